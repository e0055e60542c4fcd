"""The parts of a Word package: what is in the archive, and what is related to the main text.

Source of rules: ECMA-376 part 2 (Open Packaging Conventions). The package is opened here and not by python-docx because
that raises on a relation that leads nowhere (`NULL`, which Word itself writes for lost pictures) and on strict files.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from zhengce.document import Source
from zhengce.errors import Encrypted, TooLarge, UnreadableFile

__all__ = ["WORD", "Package", "open_package"]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument", b"http://schemas.openxmlformats.org/officeDocument/2006"),
)  # fmt: skip
MEBIBYTE = 1 << 20
UNPACKED_LIMIT = 512 * MEBIBYTE
# a tree of elements takes some thirty times the room of short tags: what is parsed has limits of its own
PART_LIMIT = 64 * MEBIBYTE
MOST_TAGS = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An open package: its archive, the members by name in lower case, the main part and what is related to it."""

    source: Source
    archive: ZipFile
    members: dict[str, ZipInfo]
    main: str
    relations: tuple[tuple[str, str], ...]

    def body(self) -> Element:
        """The root of the main part."""
        return self._parsed(self.main)

    def related(self, kind: str) -> list[Element]:
        """The roots of the parts that the main part is related to by `kind` (styles, numbering, header …)."""
        return [self._parsed(name) for found, name in self.relations if found == kind and name in self.members]

    def _parsed(self, name: str) -> Element:
        return _parse(_read(self.archive, self.members[name], self.source), self.source)


def open_package(data: bytes, source: Source) -> Package:
    """The package in the bytes of a .docx; raises Encrypted, TooLarge, and KeyError where it has no main part."""
    archive = ZipFile(BytesIO(data))
    members = {member.filename.replace("\\", "/").lower().lstrip("/"): member for member in archive.infolist()}
    if any(member.flag_bits & 1 for member in members.values()):
        raise Encrypted(source.name, "the document needs a password: open it, save it without one and read that copy")
    unpacked = sum(member.file_size for member in members.values())
    if unpacked > UNPACKED_LIMIT:
        size, most = unpacked // MEBIBYTE, UNPACKED_LIMIT // MEBIBYTE
        raise TooLarge(source.name, f"unpacked the document has {size:,} MiB, more than the limit of {most:,} MiB")
    top = [
        name for kind, name in _relations(archive, members, "", source) if kind == "officeDocument" and name in members
    ]
    main = top[0] if top else "word/document.xml"
    relations = tuple(_relations(archive, members, main, source))
    return Package(source=source, archive=archive, members=members, main=main, relations=relations)


def _relations(archive: ZipFile, members: dict[str, ZipInfo], part: str, source: Source) -> list[tuple[str, str]]:
    """What a part is related to inside the package, as pairs of the kind and the name."""
    folder, name = posixpath.split(part)
    member = members.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if member is None:
        return []
    return [
        (relation.get("Type", "").rpartition("/")[2], _resolved(folder, relation.get("Target", "")))
        for relation in _parse(_read(archive, member, source), source)
        if relation.get("TargetMode") != "External"
    ]


def _resolved(folder: str, target: str) -> str:
    path = unquote(target).replace("\\", "/").lower()
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))


def _read(archive: ZipFile, member: ZipInfo, source: Source) -> bytes:
    if member.file_size > PART_LIMIT:
        size, most = member.file_size // MEBIBYTE, PART_LIMIT // MEBIBYTE
        raise TooLarge(source.name, f"its part {member.filename} has {size:,} MiB, more than the limit of {most:,} MiB")
    return archive.read(member)


def _parse(data: bytes, source: Source) -> Element:
    if b"<!DOCTYPE" in data:  # no program that makes documents writes one; entities are how XML is blown up
        raise UnreadableFile(source.name, "a Word file with a document type of its own, which is not trusted")
    if data.count(b"<") > MOST_TAGS:
        raise TooLarge(source.name, f"more than {MOST_TAGS:,} tags in one part: split the document")
    for strict, transitional in STRICT:
        data = data.replace(strict, transitional)
    return ElementTree.fromstring(data)
