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
from zhengce.errors import Encrypted, TooLarge

__all__ = ["WORD", "Package", "open_package"]

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument", b"http://schemas.openxmlformats.org/officeDocument/2006"),
)  # fmt: skip
MEBIBYTE = 1 << 20
UNPACKED_LIMIT = 512 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An open package: its archive, the members by name in lower case, the main part and what is related to it."""

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
        return _parse(self.archive.read(self.members[name]))


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
    top = [name for kind, name in _relations(archive, members, "") if kind == "officeDocument" and name in members]
    main = top[0] if top else "word/document.xml"
    relations = tuple(_relations(archive, members, main))
    return Package(archive=archive, members=members, main=main, relations=relations)


def _relations(archive: ZipFile, members: dict[str, ZipInfo], part: str) -> list[tuple[str, str]]:
    """What a part is related to inside the package, as pairs of the kind and the name."""
    folder, name = posixpath.split(part)
    member = members.get(posixpath.join(folder, "_rels", f"{name}.rels"))
    if member is None:
        return []
    return [
        (relation.get("Type", "").rpartition("/")[2], _resolved(folder, relation.get("Target", "")))
        for relation in _parse(archive.read(member))
        if relation.get("TargetMode") != "External"
    ]


def _resolved(folder: str, target: str) -> str:
    path = unquote(target).replace("\\", "/").lower()
    return posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))


def _parse(data: bytes) -> Element:
    for strict, transitional in STRICT:
        data = data.replace(strict, transitional)
    return ElementTree.fromstring(data)
