"""Which format a file is in, by its bytes first and by its name second."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import Literal

from zhengce.errors import Encrypted, UnknownFormat, UnreadableFile

__all__ = ["Format", "is_office", "recognise"]

Format = Literal["pdf", "docx", "doc", "html", "picture", "txt"]

HEAD = 4096
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8")  # JPEG, PNG, TIFF, GIF
OTHERS = (
    (b"{\\rtf", "a rich text (RTF) file: open it in Word or WPS and save it as .docx"),
    (b"Rar!", "a RAR archive: unpack it and read the files in it"),
    (b"7z\xbc\xaf", "a 7z archive: `zhengce extract` reads the files in it"),
    (b"\x1f\x8b", "a gzip archive: `zhengce extract` reads the files in it"),
    (b"MIME-Version:", "a mail or web archive: `zhengce extract` reads what is in it"),
)
OLE = b"\xd0\xcf\x11\xe0"
OLE_PARTS = (
    ("Workbook", "an Excel workbook (.xls), not a document of prose"),
    ("CONTENTS", "a document of Microsoft Works (.wps): open it in WPS or LibreOffice and save it as .docx"),
    ("PowerPoint", "a PowerPoint presentation (.ppt), not a document of prose"),
)
ZIP_PARTS = (
    ("xl/", "an Excel workbook, not a document of prose"),
    ("ppt/", "a PowerPoint presentation, not a document of prose"),
    ("OFD.xml", "an OFD file: open it in an OFD reader and export it as PDF"),
    ("content.xml", "an OpenDocument file: open it and save it as .docx"),
)
WORD_XML = (b"<w:wordDocument", b"<pkg:package", b'progid="Word.Document"')
WORD_TEXT = re.compile(r"word[/\\]document\d*\.xml")
TAG = (
    rb"<(?:!doctype\s+html|html|head|body|div|table|p|br|span|article|section|h[1-6]|meta|title|script|style|"
    rb"pre|[uod]l|center|font)\b"
)
STARTS_AS_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+" + TAG, re.IGNORECASE | re.DOTALL)
HOLDS_HTML = re.compile(TAG + rb"[^>]*>", re.IGNORECASE)


def recognise(data: bytes, name: str) -> Format:
    """The format of the bytes; `name` decides only between html and plain text where the beginning leaves it open.

    Raises Encrypted, UnknownFormat or, for a broken archive, UnreadableFile, with a reason that
    says what the file is and what to do.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(OLE):
        return _ole(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if data.startswith(PICTURES):
        return "picture"
    for magic, advice in OTHERS:
        if data.startswith(magic):
            raise UnknownFormat(name, advice)
    if any(mark in data[:HEAD] for mark in WORD_XML):
        raise UnknownFormat(name, "a Word document in one XML file: open it in Word or WPS and save it as .docx")
    head = data[:HEAD].replace(b"\0", b"")  # so that UTF-16 reads like ASCII
    head = head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    named_html = name.lower().endswith((".html", ".htm", ".xhtml", ".shtml"))
    return "html" if STARTS_AS_HTML.match(head) or (named_html and _holds_html(data)) else "txt"


def _holds_html(data: bytes) -> bool:
    """Whether a tag stands anywhere; what opens behind the last > closes nowhere, and is not tried from each sign."""
    return HOLDS_HTML.search(data, 0, data.rfind(b">") + 1) is not None


def is_office(members: Sequence[str]) -> bool:
    """Whether an archive with these members is one office document, and not an archive of files."""
    return _is_word(members) or any(member.startswith(part) for part, _ in ZIP_PARTS for member in members)


def _is_word(members: Sequence[str]) -> bool:
    return any(WORD_TEXT.fullmatch(member.lower()) for member in members)


def _ole(data: bytes, name: str) -> Format:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Encrypted(name, "the document needs a password: open it, save it without one and read that copy")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    for part, advice in OLE_PARTS:
        if part.encode("utf-16-le") in data:
            raise UnknownFormat(name, advice)
    raise UnknownFormat(
        name, "an old Office file (OLE) of another kind, or cut off: fetch it again or save it as .docx"
    )


def _zipped(data: bytes, name: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError) as error:
        reason = f"a broken or cut-off .docx or ZIP file of {len(data):,} bytes: fetch or save it again"
        raise UnreadableFile(name, reason) from error
    if _is_word(members):
        return "docx"
    for part, advice in ZIP_PARTS:
        if any(member.startswith(part) for member in members):
            raise UnknownFormat(name, advice)
    raise UnknownFormat(name, f"a ZIP archive of {len(members)} files, not a .docx: `zhengce extract` reads them")
