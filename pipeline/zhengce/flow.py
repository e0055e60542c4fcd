"""The order of the stages, and nothing else: read → clean → outline → extract.

Stages never import each other; this module hands one's result to the next. `process` is a pure function of the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from zhengce.candidate import Candidate
from zhengce.clean.damage import damage
from zhengce.clean.furniture import MESSAGES, furniture
from zhengce.clean.join import rejoin
from zhengce.clean.margin import margins
from zhengce.clean.mojibake import mojibake
from zhengce.clean.order import reading_order
from zhengce.clean.pinyin import strip_readings
from zhengce.clean.redaction import redactions
from zhengce.clean.rephase import Finding, findings, rephase
from zhengce.clean.script import is_traditional, simplify
from zhengce.clean.space import fold
from zhengce.clean.spun import spun
from zhengce.clean.width import narrow
from zhengce.clean.wrap import unwrap
from zhengce.document import Document, Doubt, Header, Note, Part, Raw
from zhengce.errors import UnreadableFile
from zhengce.extract.assignment import assignments
from zhengce.extract.brand import brands
from zhengce.extract.fact import facts
from zhengce.extract.goal_evidence import goal_evidence
from zhengce.extract.name_evidence import name_evidence
from zhengce.extract.record_evidence import record_evidence
from zhengce.extract.reference import references
from zhengce.extract.statement_evidence import statement_evidence
from zhengce.extract.subsidy import subsidies
from zhengce.extract.target import targets
from zhengce.link.repeat import marked
from zhengce.outline.article import articles
from zhengce.outline.header import header
from zhengce.outline.numbering import provisions
from zhengce.outline.part import parts
from zhengce.outline.title import carried
from zhengce.record import Failure, Record
from zhengce.text import Alignment, Certainty, Edit, Repair, Span, apply, rearrange

__all__ = [
    "EXTRACTORS",
    "REPAIRS",
    "Change",
    "Outcome",
    "annotate",
    "candidates",
    "clean",
    "extracted",
    "open_file",
    "process",
    "repaired",
]

Extractor = Callable[[Document], Iterable[Record]]

# Damage is undone in the reverse of its order. Reading bytes with the wrong table came last, and no stretch out of
# phase looks like it, so that goes first. Bytes out of phase are next: every other repair would change the evidence.
# Then pinyin, which breaks the phrases that the conversion of script knows. Furniture goes last: its words are matched
# in simplified script.
REPAIRS: tuple[Repair, ...] = (mojibake, rephase, strip_readings, simplify, narrow, fold)
# These work on lines in reading order, so the page is put in order between the two.
LATER_REPAIRS: tuple[Repair, ...] = (unwrap, rejoin, furniture)
DAMAGE_RULES = ("mojibake.", "pinyin.", "rephase.")
EXTRACTORS: dict[str, Extractor] = {
    "targets": targets,
    "facts": facts,
    "subsidies": subsidies,
    "assignments": assignments,
    "brands": brands,
    "references": references,
}
# what a judge is asked of a document and its records
EVIDENCE: tuple[Callable[[Document, Sequence[Record]], tuple[Candidate, ...]], ...] = (
    statement_evidence, goal_evidence, name_evidence, record_evidence,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one input: a document with its records, or a failure."""

    document: Document | None = None
    records: tuple[Record, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One edit as it was made: what stood `before` it and `after` it, and the stretches of the raw text it rests on.

    `before` is the text as the repairs before it had left it; one that only puts text in has no raw spans.
    """

    rule: str
    certainty: Certainty
    before: str
    after: str
    raw_spans: tuple[Span, ...]


def process(data: bytes, name: str, *, copies: tuple[str, ...] = ()) -> Outcome:
    """The document in some bytes and its records, or the failure to read them; never raises for bad input.

    `name` is a path or an address, `copies` other names of the same bytes.

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
    return Outcome(document=document, records=tuple(marked(document.id, extracted(document))))


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


def annotate(text: str) -> dict[str, list[Record]]:
    """The records of a text that is clean already, by table; its characters are taken as they are."""
    from zhengce.document import Source

    source = Source(
        name="text", sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), media_type="text/plain"
    )
    raw = Raw(source=source, text=text)
    document = _outlined(Document(raw=raw, text=text, alignment=Alignment.identity(len(text))))
    return {kind: list(extract(document)) for kind, extract in EXTRACTORS.items()}


def clean(raw: Raw, log: list[Change] | None = None) -> Document:
    """The document of a raw text with every repair made, and a note for each that a reader should know of.

    Every edit is added to `log`, in the order of the repairs.
    """
    state = _State(text=raw.text, alignment=Alignment.identity(len(raw.text)), log=log)
    state.repair(lambda text: margins(text, raw.blocks))  # first, while the places of blocks are those of the text
    stretches: list[tuple[Finding, tuple[Span, ...]]] = []
    for repair in REPAIRS:
        if repair is rephase:
            stretches = [(finding, state.alignment.trace(finding.span)) for finding in findings(state.text)]
        state.repair(repair)
    # where blocks have boxes the reader has put the page in order by what it saw there
    placed = any(block.box for block in raw.blocks)
    pieces = (Span(start=0, end=len(state.text)),) if placed else reading_order(state.text)
    ordered = len(pieces) > 1 and list(pieces) != sorted(pieces)
    state.text, step = rearrange(state.text, pieces)
    state.alignment = state.alignment.then(step)
    for repair in LATER_REPAIRS:
        state.repair(repair)
    flagged = _damage_notes(stretches, state)
    notes = [*_read_notes(raw, state.alignment), *_taken_notes(state), *flagged]
    notes += [*_lost_notes(state.text, notes), *redactions(state.text), *spun(state.text)]
    if ordered:
        message = "articles that the page had cut and interleaved were put in reading order"
        notes.append(Note(doubt="inferred", span=Span(start=0, end=0), message=message))
    touched = state.touched + sum(len(note.span) for note in flagged)
    return Document(
        raw=raw, text=state.text, alignment=state.alignment, notes=tuple(sorted(notes, key=lambda note: note.span)),
        script="hant" if is_traditional(raw.text) else "hans",
        damage=round(min(touched / max(len(state.text), 1), 1), 4),
    )  # fmt: skip


@dataclass(slots=True)
class _State:
    """The text so far, the way back, what was taken out with a message, and how many characters damage had touched."""

    text: str
    alignment: Alignment
    taken: list[tuple[Edit, tuple[Span, ...]]] = field(default_factory=list)
    touched: int = 0
    log: list[Change] | None = None

    def repair(self, repair: Repair) -> None:
        edits = list(repair(self.text))
        if self.log is not None:
            self.log += [self._change(edit) for edit in edits]
        self.taken += [(edit, self.alignment.trace(edit.span)) for edit in edits if edit.rule in MESSAGES]
        self.touched += sum(len(edit.replacement) for edit in edits if edit.rule.startswith(DAMAGE_RULES))
        self.text, step = apply(self.text, edits)
        self.alignment = self.alignment.then(step)

    def _change(self, edit: Edit) -> Change:
        before = self.text[edit.span.start : edit.span.end]
        raw_spans = self.alignment.trace(edit.span)
        return Change(
            rule=edit.rule, certainty=edit.certainty, before=before, after=edit.replacement, raw_spans=raw_spans
        )


def _read_notes(raw: Raw, alignment: Alignment) -> Iterable[Note]:
    return [replace(note, span=alignment.locate(note.span)) for note in raw.notes]


def _lost_notes(text: str, known: Iterable[Note]) -> list[Note]:
    """Characters that were lost before the file was written, where no reader has said so."""
    told = [note.span for note in known if note.doubt == "undecodable"]
    runs = [Span(start=run.start(), end=run.end()) for run in re.finditer("\ufffd+", text)]
    message = "a character was lost here before the file was written"
    return [Note(doubt="undecodable", span=run, message=message) for run in runs if not any(map(run.overlaps, told))]


def _damage_notes(stretches: Iterable[tuple[Finding, tuple[Span, ...]]], state: _State) -> list[Note]:
    """Stretches out of phase: what could not be restored, and what was restored by the model or lost a character.

    Each comes with the stretches of the raw text that it rests on.
    """
    notes = []
    for finding, origins in stretches:
        whole = Span(start=origins[0].start, end=origins[-1].end)
        span = state.alignment.locate(whole)
        if finding.edit is None:
            said = f"; may read: {' / '.join(finding.suggestions)}" if finding.suggestions else ""
            message = f"bytes out of phase: the characters shown are not the ones that were written{said}"
            notes.append(Note(doubt="damaged", span=span, message=message))
        elif finding.edit.certainty == "lost":
            message = "restored from bytes out of phase, but a character (perhaps a digit) was lost with them"
            notes.append(Note(doubt="damaged", span=span, message=message))
        elif finding.edit.certainty != "exact":
            message = f"restored from bytes out of phase ({finding.edit.certainty})"
            notes.append(Note(doubt="inferred", span=span, message=message))
    known = [note.span for note in notes]
    return notes + [note for note in damage(state.text) if not any(note.span.overlaps(span) for span in known)]


def _taken_notes(state: _State) -> Iterable[Note]:
    for edit, origins in state.taken:
        whole = Span(start=origins[0].start, end=origins[-1].end) if origins else Span(start=0, end=0)
        doubt: Doubt = "truncated" if edit.rule.startswith("gap.") else "furniture"
        yield Note(doubt=doubt, span=state.alignment.locate(whole), message=MESSAGES[edit.rule], raw_spans=origins)


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


def extracted(document: Document) -> tuple[Record, ...]:
    """What the rules find in a document, one kind after the other."""
    return tuple(record for extract in EXTRACTORS.values() for record in extract(document))


def candidates(document: Document, records: Sequence[Record]) -> tuple[Candidate, ...]:
    """What there is to judge in a document and in what the rules found in it."""
    return tuple(candidate for evidence in EVIDENCE for candidate in evidence(document, records))
