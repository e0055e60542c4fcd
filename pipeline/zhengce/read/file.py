"""One file's bytes → Raw, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePath

from zhengce.document import Note, Raw, Source
from zhengce.errors import TooLarge, UnreadableFile, ZhengceError
from zhengce.read.format import Format, recognise
from zhengce.text import Span

__all__ = ["LIMIT", "MEBIBYTE", "parsing", "read_file"]

MEBIBYTE = 1 << 20
LIMIT = 64 * MEBIBYTE
MEDIA_TYPES: Mapping[Format, str] = {
    "txt": "text/plain",
    "html": "text/html",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "pdf": "application/pdf",
    "picture": "image/*",
}
BINARY_SUFFIXES = (".pdf", ".docx", ".doc", ".wps", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".tif", ".tiff")


def read_file(data: bytes, name: str, *, copies: tuple[str, ...] = (), limit: int = LIMIT) -> Raw:
    """The raw text of a file, with its blocks, the fields it states of itself, and notes on what is doubtful.

    The bytes say what the format is, `name` (a path or an address) is asked second; `copies` are other names of the
    same bytes; `limit` is in bytes. Raises UnreadableFile or one of its kinds, with a reason for people.

    >>> raw = read_file("新增创业者2.5万人。".encode("gb18030"), "某县简报.txt")
    >>> raw.text, raw.source.media_type, raw.source.encoding
    ('新增创业者2.5万人。', 'text/plain', 'gb18030')
    """
    if not data:
        raise UnreadableFile(name, "the file is empty (0 bytes)")
    if len(data) > limit:
        size, most = len(data) / MEBIBYTE, limit / MEBIBYTE
        raise TooLarge(name, f"the file has {size:,.1f} MiB, more than the limit of {most:,.1f} MiB")
    kind = recognise(data, name)
    source = Source(name=name, sha256=sha256(data).hexdigest(), media_type=MEDIA_TYPES[kind], copies=copies)
    read = _reader(kind)
    with parsing(name, f"{kind} file of {len(data):,} bytes"):
        raw = read(data, source)
    return replace(raw, notes=(*_mislabelled(kind, name), *raw.notes))


def _reader(kind: Format) -> Callable[[bytes, Source], Raw]:
    """The reader of a format; it is loaded with the first file, for each has patterns that take long to compile."""
    match kind:
        case "txt":
            from zhengce.read.txt import read_txt as read
        case "html":
            from zhengce.read.html import read_html as read
        case "docx":
            from zhengce.read.docx import read_docx as read
        case "doc":
            from zhengce.read.doc import read_doc as read
        case "pdf":
            from zhengce.read.pdf import read_pdf as read
        case "picture":
            from zhengce.read.picture import read_picture as read
    return read


@contextmanager
def parsing(name: str, what: str) -> Iterator[None]:
    """Turns whatever a parser of third parties throws at a broken file into UnreadableFile."""
    try:
        yield
    except ZhengceError:
        raise
    except Exception as error:
        reason = f"a broken {what} ({type(error).__name__}): fetch or save it again"
        raise UnreadableFile(name, reason) from error


def _mislabelled(kind: Format, name: str) -> tuple[Note, ...]:
    """A note where a text or web page bears a document's or a picture's suffix: often a site's error page."""
    suffix = PurePath(name).suffix.lower()
    if kind not in ("txt", "html") or suffix not in BINARY_SUFFIXES:
        return ()
    message = f"named {suffix}, but the file is {kind}: it may be an error page instead of the document"
    return (Note(doubt="conflicting", span=Span(start=0, end=0), message=message),)
