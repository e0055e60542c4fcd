"""The order of the stages, and nothing else: read → clean → outline → extract → judge → link.

Stages never import each other; this module hands one's result to the next. `process` is a pure function of the bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from zhengce.candidate import Candidate, Judge, Proposer, Verdict
from zhengce.document import Document, Header, Part, Raw
from zhengce.errors import UnreadableFile
from zhengce.extract.assignment import assignments
from zhengce.extract.brand import brands
from zhengce.extract.event import events
from zhengce.extract.fact import facts
from zhengce.extract.goal_evidence import goal_evidence
from zhengce.extract.name_evidence import name_evidence
from zhengce.extract.record_evidence import record_evidence
from zhengce.extract.reference import references
from zhengce.extract.revise import revised
from zhengce.extract.statement_evidence import statement_evidence
from zhengce.extract.subsidy import subsidies
from zhengce.extract.target import targets
from zhengce.link.repeat import marked
from zhengce.mending import REPAIRS, Change, clean
from zhengce.model.judge import trained_judge
from zhengce.outcome import Outcome
from zhengce.outline.article import articles
from zhengce.outline.header import header
from zhengce.outline.numbering import provisions
from zhengce.outline.part import parts
from zhengce.outline.title import carried
from zhengce.record import TABLES, Failure, Record, Records
from zhengce.text import Alignment

__all__ = [
    "EXTRACTORS", "REPAIRS", "Change", "Outcome", "annotate", "candidates", "clean", "extracted", "judged", "open_file",
    "process", "repaired",
]  # fmt: skip

Extractor = Callable[[Document], Iterable[Record]]

EXTRACTORS: dict[str, Extractor] = {
    "targets": targets,
    "facts": facts,
    "subsidies": subsidies,
    "assignments": assignments,
    "brands": brands,
    "references": references,
    "events": events,
}
# what a judge is asked of a document and its records
EVIDENCE: tuple[Callable[[Document, Sequence[Record]], tuple[Candidate, ...]], ...] = (
    statement_evidence, goal_evidence, name_evidence, record_evidence,
)  # fmt: skip


def process(data: bytes, name: str, *, copies: tuple[str, ...] = (), judges: Sequence[Judge] | None = None) -> Outcome:
    """The document in some bytes and its records, or the failure to read them; never raises for bad input.

    `name` is a path or an address, `copies` other names of the same bytes. `judges` are asked one after the other, a
    later one is believed where it answers; they are the trained one unless given, and the rules alone where empty.

    >>> outcome = process("到2025年底，培训农民工2万人。".encode(), "某县方案.txt")
    >>> [(type(r).__name__, str(r.value), str(r.deadline)) for r in outcome.records]
    [('Target', '20000', '2025-12-31')]
    """
    from zhengce.read import read_file

    try:
        raw = read_file(data, name, copies=copies)
    except UnreadableFile as error:
        reason = Failure(source=name, sha256=sha256(data).hexdigest(), error=type(error).__name__, message=error.reason)
        return Outcome(failure=reason)
    document = _outlined(clean(raw))
    return Outcome(document=document, records=Records(marked(document.id, judged(document, judges))))


def open_file(path: str | Path) -> Document:
    """The cleaned and outlined document in a file; raises UnreadableFile where there is none."""
    from zhengce.read import read_file

    return _outlined(clean(read_file(Path(path).read_bytes(), Path(path).name)))


def repaired(data: bytes, name: str) -> tuple[Document, tuple[Change, ...]]:
    """The cleaned and outlined document in some bytes, and every edit that cleaning made; raises UnreadableFile.

    >>> document, changes = repaired("補貼５００元。".encode(), "某县通知.txt")
    >>> document.text, [(change.rule, change.before, change.after) for change in changes][-1]
    ('补贴500元。', ('width.narrow', '０', '0'))
    """
    from zhengce.read import read_file

    log: list[Change] = []
    document = _outlined(clean(read_file(data, name), log))
    return document, tuple(log)


def annotate(text: str, *, judges: Sequence[Judge] | None = None) -> dict[str, Records]:
    """The records of a text that is clean already, by table; its characters are taken as they are.

    `judges` are as those of `process`.
    """
    from zhengce.document import Source

    source = Source(
        name="text", sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), media_type="text/plain"
    )
    raw = Raw(source=source, text=text)
    document = _outlined(Document(raw=raw, text=text, alignment=Alignment.identity(len(text))))
    found = sorted(judged(document, judges), key=lambda record: record.citation.span)
    return {table: Records(one for one in found if isinstance(one, kind)) for kind, table in TABLES.items()}


def _outlined(document: Document) -> Document:
    head = header(document.raw, document.text)
    cover = bool(head.title and carried(head.title))  # the header's kind is that of the text which it carries
    document = replace(document, header=head)
    texts = tuple(parts(document.text, head.title, "notice" if cover else head.kind, articles(document)))
    texts = tuple(replace(part, header=head if len(texts) == 1 else _header_of(document, part)) for part in texts)
    return replace(document, parts=texts, provisions=tuple(provisions(document.text, texts)))


def _header_of(document: Document, part: Part) -> Header:
    """What one text of several says of itself; what the page states is said of the first one."""
    text = document[part.span]
    raw = document.raw if part.span.start == 0 else replace(document.raw, fields={})
    said = header(replace(raw, text=text, blocks=(), notes=()), text)
    return replace(said, title=part.title or said.title, kind=part.kind)


def judged(document: Document, judges: Sequence[Judge] | None = None) -> list[Record]:
    """What the rules find in a document, as the judges see it."""
    records = extracted(document)
    asked = candidates(document, records) if judges is None or judges else ()
    verdicts: list[Verdict | None] = [None] * len(asked)
    proposed: list[tuple[Candidate, Verdict]] = []
    for judge in (trained_judge(),) if judges is None else judges:
        verdicts = [_joined(*pair) for pair in zip(verdicts, judge(document, asked), strict=True)]
        if isinstance(judge, Proposer):
            proposed += judge.proposals(document, [one.span for one in asked if one.question == "name"])
    answered = [(candidate, verdict) for candidate, verdict in zip(asked, verdicts, strict=True) if verdict]
    return revised(document, records, [*answered, *proposed])


def _joined(before: Verdict | None, now: Verdict | None) -> Verdict | None:
    """The later of two verdicts, with the probabilities of the earlier one where it has none of its own."""
    if before and now and not now.probabilities:
        return replace(now, probabilities=before.probabilities)
    return now or before


def extracted(document: Document) -> tuple[Record, ...]:
    """What the rules find in a document, one kind after the other."""
    return tuple(record for extract in EXTRACTORS.values() for record in extract(document))


def candidates(document: Document, records: Sequence[Record]) -> tuple[Candidate, ...]:
    """What there is to judge in a document and in what the rules found in it."""
    return tuple(candidate for evidence in EVIDENCE for candidate in evidence(document, records))
