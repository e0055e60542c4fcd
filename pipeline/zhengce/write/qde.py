"""The XML of a REFI-QDA project: codes, cases with variables, sources with coded selections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from zhengce.version import VERSION
from zhengce.write.columns import columns
from zhengce.write.enumeration import Choice, enumeration
from zhengce.write.kind import Kind, kinds
from zhengce.write.marked import Marked, marked
from zhengce.write.steady import steady
from zhengce.write.stored import stored

__all__ = ["guid", "write_qde"]

SCHEMA = "urn:QDA-XML:project:1.0"
OURS = uuid5(NAMESPACE_URL, "urn:zhengce")
TIME = "2000-01-01T00:00:00Z"  # not the clock's: the same run gives the same bytes
VARIABLES = {"title": "Text", "number": "Text", "region": "Text", "published": "Date", "kind": "Text"}
NAME_LENGTH = 40

Row = Mapping[str, object]


@lru_cache(maxsize=4096)  # codes, and the user, are named with every selection
def guid(what: str, name: object) -> str:
    """The identifier of a thing: the same for the same document or record in every run.

    >>> guid("document", "749e79aafcfe4328")
    '03f3719d-6fe1-5d52-af63-2e1056df08b2'
    """
    return str(uuid5(OURS, f"{what}/{name}"))


def write_qde(out: Path, file: IO[bytes]) -> None:
    """Write the project of the run in the folder `out` to an open file, in the order that the schema asks for.

    One document at a time is in memory: the tables are gone through once for the cases and once for the sources.
    """
    text = TextIOWrapper(file, encoding="utf-8", newline="\n")  # of its own the generator would write word by word
    _project(_Writer(text), out)
    text.detach()


def _project(writer: _Writer, out: Path) -> None:
    about = {"name": "zhengce", "origin": f"zhengce {VERSION}", "creatingUserGUID": guid("user", "zhengce")}
    with writer.element("Project", {"xmlns": SCHEMA, **about, "creationDateTime": TIME}):
        with writer.element("Users"):
            writer.empty("User", {"guid": guid("user", "zhengce"), "name": "zhengce"})
        with writer.element("CodeBook"), writer.element("Codes"):
            for kind in kinds():
                _code(writer, kind)
        with writer.element("Variables"):
            told = {column.name: column for column in columns()["documents"]}
            for name, kind_of in VARIABLES.items():
                about = {"guid": guid("variable", name), "name": f"{told[name].label_zh} {name}"}
                with writer.element("Variable", {**about, "typeOfVariable": kind_of}):
                    writer.text("Description", told[name].meaning)
        if next(stored(out, "documents"), None):  # the schema knows no empty lists
            with writer.element("Cases"):
                for row in stored(out, "documents"):
                    _case(writer, row)
            with writer.element("Sources"):
                for held in marked(out):
                    _source(writer, held)


class _Writer:
    """Elements and texts, fit for XML 1.0."""

    def __init__(self, file: TextIOWrapper) -> None:
        self._sax = XMLGenerator(file, "utf-8", short_empty_elements=True)
        self._sax.startDocument()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        self._sax.startElement(name, AttributesImpl({key: steady(value) for key, value in (attributes or {}).items()}))
        yield
        self._sax.endElement(name)
        self._sax.ignorableWhitespace("\n")

    def empty(self, name: str, attributes: Mapping[str, str]) -> None:
        with self.element(name, attributes):
            pass

    def text(self, name: str, content: str) -> None:
        with self.element(name):
            self._sax.characters(steady(content))


def _code(writer: _Writer, kind: Kind) -> None:
    meanings = {column.name: column.meaning for column in columns()[kind.table]}
    about = {"guid": guid("code", kind.table), "name": f"{kind.label_zh} {kind.table}"}
    with writer.element("Code", {**about, "isCodable": "true", "color": kind.colour}):
        writer.text("Description", kind.meaning)
        for field in kind.fields:
            for choice in _own(kind, field):
                name = f"{choice.label_zh} {kind.table}/{choice.value}"
                about = {"guid": _value_guid(kind, field, choice), "name": name}
                with writer.element("Code", {**about, "isCodable": "true", "color": kind.colour}):
                    writer.text("Description", f"{choice.label_en}. {field}: {meanings[field]}")


def _own(kind: Kind, field: str) -> Iterator[Choice]:
    """The values of an enumeration of this kind alone; what every table shares (bounds, levels) makes no codes."""
    return (choice for choice in enumeration(kind.table, field) if choice.own)


def _value_guid(kind: Kind, field: str, choice: Choice) -> str:
    return guid("code", f"{kind.table}/{field}/{choice.value}")


def _case(writer: _Writer, row: Row) -> None:
    name = str(row["title"] or row["source"])
    with writer.element("Case", {"guid": guid("case", row["document"]), "name": name}):
        for column, kind_of in VARIABLES.items():
            if row[column] is not None:
                with writer.element("VariableValue"):
                    writer.empty("VariableRef", {"targetGUID": guid("variable", column)})
                    writer.text(f"{kind_of}Value", str(row[column]))
        writer.empty("SourceRef", {"targetGUID": guid("document", row["document"])})


def _source(writer: _Writer, held: Marked) -> None:
    identity = guid("document", held.document["document"])
    about = {"guid": identity, "name": str(held.document["source"]), "plainTextPath": f"internal://{identity}.txt"}
    with writer.element("TextSource", {**about, **_made()}):
        writer.text("Description", str(held.document["title"] or ""))
        for kind, row in held.records:
            _selection(writer, kind, row)


def _selection(writer: _Writer, kind: Kind, row: Row) -> None:
    place = {"startPosition": str(row["start"]), "endPosition": str(row["end"])}
    name = " ".join(str(row["quote"]).split())[:NAME_LENGTH]
    codes = [guid("code", kind.table)]
    codes += [
        _value_guid(kind, field, choice)
        for field in kind.fields
        for choice in _own(kind, field)
        if choice.value == row[field]
    ]
    with writer.element(
        "PlainTextSelection", {"guid": guid("record", row["record"]), "name": name, **place, **_made()}
    ):
        writer.text("Description", "\n".join([str(row["record"]), *kind.lines(row)]))
        for code in codes:
            with writer.element("Coding", {"guid": guid("coding", f"{row['record']}/{code}"), **_made()}):
                writer.empty("CodeRef", {"targetGUID": code})


def _made() -> dict[str, str]:
    return {"creatingUser": guid("user", "zhengce"), "creationDateTime": TIME}
