"""Builds `corpora/gold/` from the hand-made gold beside the texts: the tables that a run would write if it were right.

The package reads, cleans and outlines each text; the gold's quotes and offsets are placed in the clean text and cited
by `Document.cite`; the package's own writer makes the rows. What the gold does not state is null; what it leaves open
(borderline, qualitative, relative, departments without a full name) has the rule `gold.open` instead of `gold`.

    python corpora/build_gold.py [TARGET_DIR]
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhengce.document import Citation, Document, Header, Provision
from zhengce.flow import repaired
from zhengce.record import Assignment, Brand, Fact, Record, Reference, Subsidy, Target
from zhengce.text import Span
from zhengce.write.jsonl import open_tables
from zhengce.write.row import Row, rows

HERE = Path(__file__).parent
CORPORA = ("samples", "heldout", "trial", "blind", "blind2")

Gold = dict[str, Any]

# From the guideline's words to those of the tables (guideline, "From these files to the tables").
BOUNDS = {"==": "=", "at_least_one_per": "each>="}
UNITS = {"名": "人", "位(排名)": "位"}
SUBSIDIES = {"unpriced mention": "unpriced", "disbursed-total": "disbursed"}
RELATIONS = {"self_alias": "self", "to_be_issued": "cited"}
# no department in particular: 财政部门, 我
UNNAMED = re.compile(r"[\[*]|部门$|^我$")
QUOTES = str.maketrans("“”‘’「」『』", '""\'\'""""')


class Folded:
    """A text without white space, with one width and one style of quotes, and the way back to its offsets."""

    def __init__(self, text: str) -> None:
        pieces = [(at, char) for at, whole in enumerate(text) for char in fold(whole)]
        self.text = "".join(char for _, char in pieces)
        self.offsets = [at for at, _ in pieces]

    def find(self, words: str, within: str) -> Span | None:
        """Where `words` stand, at or behind the place where `within` begins."""
        words, within = fold(words), fold(within)
        at = self.text.find(words, max(self.text.find(within), 0))
        return Span(start=self.offsets[at], end=self.offsets[at + len(words) - 1] + 1) if at >= 0 else None


def fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(QUOTES)))


def manifest() -> dict[str, dict[str, str]]:
    with (HERE / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        listed = csv.DictReader(lines, delimiter="\t")
        return {row["file"] if "/" in row["file"] else f"samples/{row['file']}": row for row in listed}


def tables(file: str, listed: dict[str, str]) -> dict[str, list[Row]]:
    """The tables of one document, `file` given as in the manifest and below its corpus."""
    path = HERE / file
    gold: Gold = json.loads((path.parent / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    document, _ = repaired(path.read_bytes(), file)
    place = placer(document)
    header = Header(title=printed(document, listed["title"]), kind=listed["kind"])  # type: ignore[arg-type]
    document = replace(document, header=header, parts=tuple(replace(part, header=Header()) for part in document.parts))
    document = replace(document, provisions=tuple(provisions(document, gold["outline"], place)))
    made = rows(document, list(records(gold, lambda record: document.cite(place(record)))))
    return made | {"facts": list(duplicates(made["facts"])), "notes": []}  # the reader's doubts are not the gold's


def printed(document: Document, title: str) -> str | None:
    """The title of the manifest as the clean text has it."""
    span = Folded(document.text).find(title, title)
    if span is None and (old := Folded(document.raw.text).find(title, title)):
        span = document.alignment.locate(old)
    return document[span] if span else None


def placer(document: Document) -> Callable[[Gold], Span]:
    """Where a record of the gold stands in the clean text; raises ValueError where it stands nowhere."""
    folded = Folded(document.text)

    def place(record: Gold) -> Span:
        spans = record.get("spans") or ([record] if "start" in record else [])
        if spans:  # offsets into the decoded file
            shown = [document.alignment.locate(Span(start=span["start"], end=span["end"])) for span in spans]
            span: Span | None = Span(start=min(s.start for s in shown), end=max(s.end for s in shown))
        else:
            span = folded.find(record.get("span", record["quote"]), record["quote"])
        if span is None or not len(span):
            raise ValueError(f"{document.raw.source.name}: the clean text does not hold {record['quote']}")
        return span

    return place


def provisions(document: Document, outline: list[Gold], place: Callable[[Gold], Span]) -> Iterator[Provision]:
    """The gold's labels and headings in the tree that the package makes of them.

    Raises ValueError where the package finds others: ids, parents and bodies follow from all labels together.
    """
    gold = [(place(entry), entry) for entry in outline]
    found = [provision.span.start for provision in document.provisions]
    if found != [span.start for span, _ in gold]:
        raise ValueError(f"{document.raw.source.name}: the outline does not find the labels of the gold")
    for provision, (span, entry) in zip(document.provisions, gold, strict=True):
        body = Span(start=span.end, end=max(span.end, provision.body.end))
        yield replace(provision, label=entry["label"], heading=entry["heading"], span=span, body=body)


def records(gold: Gold, cite: Callable[[Gold], Citation]) -> Iterator[Record]:
    """The records of every list of the gold that has a table."""
    for kind, make in MAKERS.items():
        for record in gold[kind]:
            if record.get("kind") != "other_quoted_not_brand":
                yield make(record, cite(record))
    for record in gold["responsibilities"]:
        for department in record["departments"]:
            yield assignment(record, department, cite(record))


def rule(record: Gold, unsettled: bool = False) -> str:
    return "gold.open" if unsettled or record.get("borderline") or record.get("redacted") else "gold"


def target(record: Gold, citation: Citation) -> Target:
    deadline, starts = day(record["deadline"]), day(record.get("starts"))
    if record.get("deadline_type") == "from":
        deadline, starts = None, starts or deadline
    bound = bound_of(record)
    relative = record["cls"] == "relative"
    return Target(
        citation=citation, rule=rule(record, relative or record["cls"] == "qualitative"), indicator=None,
        value=decimal(record["value_min"]), value_max=decimal(record["value_max"]), unit=unit_of(record), bound=bound,
        each=record.get("per") if bound == "each>=" else None, deadline=deadline, starts=starts,
        responsible=named(record.get("responsible")), nature="dated" if relative else record["cls"],
    )  # fmt: skip


def named(bodies: str | list[str] | None) -> tuple[str, ...]:
    """The bodies of a record, which gold files give as a list or joined by 、."""
    return tuple(bodies.split("、") if isinstance(bodies, str) else bodies or ())


def fact(record: Gold, citation: Citation) -> Fact:
    low = record["value"] if record["value"] is not None else record.get("value_min")
    return Fact(
        citation=citation, rule=rule(record), duplicate_of=record.get("duplicate_of"), indicator=None,
        value=decimal(low), value_max=decimal(record.get("value_max")), unit=unit_of(record), bound=bound_of(record),
        tier=record.get("tier"),
    )  # fmt: skip


def subsidy(record: Gold, citation: Citation) -> Subsidy:
    instrument = record.get("instrument")
    return Subsidy(
        citation=citation, rule=rule(record), instrument=instrument.removesuffix("(泛指)") if instrument else None,
        kind=SUBSIDIES.get(record["kind"], record["kind"]), amount=decimal(record["amount_yuan"]),  # type: ignore[arg-type]
        amount_max=decimal(record.get("amount_max_yuan")), rate=decimal(record["percent"]),
        currency=record.get("currency"), bound=bound_of(record), per=tuple(record["per"]),
        cap=decimal(record.get("cap_yuan")),
    )  # fmt: skip


def assignment(record: Gold, department: Gold, citation: Citation) -> Assignment:
    name = department.get("canonical")
    return Assignment(
        citation=citation, rule=rule(record, not name or bool(UNNAMED.search(name))),
        department_text=department["surface"], department=name, level=None, region=None, role=department["role"],
        group=citation.quote, mode=None,  # type: ignore[arg-type]
    )  # fmt: skip


def brand(record: Gold, citation: Citation) -> Brand:
    return Brand(
        citation=citation, rule=rule(record), name=record.get("canonical") or record["surface"], kind=record["kind"],
        workers=decimal(record.get("workers")), output_yuan=decimal(record.get("output_yuan")),
        status=None,  # type: ignore[arg-type]
    )  # fmt: skip


def reference(record: Gold, citation: Citation) -> Reference:
    relation = RELATIONS.get(record["relation"], record["relation"])
    unsettled = not (record["title"] or record["number"])
    return Reference(
        citation=citation, rule=rule(record, unsettled), title=record["title"], number=record["number"],
        relation=relation,  # type: ignore[arg-type]
    )  # fmt: skip


MAKERS: dict[str, Callable[[Gold, Citation], Record]] = {
    "targets": target, "facts": fact, "subsidies": subsidy, "brands": brand, "citations": reference,
}  # fmt: skip


def bound_of(record: Gold) -> Any:
    said = record.get("comparator")
    return BOUNDS.get(said, said)


def unit_of(record: Gold) -> str | None:
    said = record.get("unit")
    return UNITS.get(said, said)


def decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def day(value: Any) -> date | None:
    said = value.get("iso") if isinstance(value, dict) else value
    return date.fromisoformat(said) if said else None


def duplicates(facts: list[Row]) -> Iterator[Row]:
    """The facts, those that repeat an earlier one with its id: the first of the same value and unit."""
    first: dict[tuple[object, object], object] = {}
    for row in facts:
        told = first.setdefault((row["value"], row["unit"]), row["record"])
        yield row | {"duplicate_of": told if row["duplicate_of"] and told != row["record"] else None}


def main(target: Path = HERE / "gold") -> None:
    listed = manifest()
    files = [file for name in CORPORA for file in listed if file.startswith(f"{name}/")]
    target.mkdir(parents=True, exist_ok=True)
    with open_tables(target) as append:
        for file in files:
            append(tables(file, listed[file]))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
