"""Plain text files."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace

from zhengce.document import Block, Raw, Source
from zhengce.errors import UnknownFormat, UnreadableFile
from zhengce.read.encoding import decode
from zhengce.text import Span

__all__ = ["read_txt"]

SAMPLE = 20_000
STRANGE = {"Cc", "Cn", "Co", "Cs"}
TOO_STRANGE = 0.1
ADDRESSES = re.compile(r"\s*https?://[^\s，。；]+(?:\s+https?://[^\s，。；]+)*\s*")
SHORTCUT = re.compile(r"\s*\[(?:InternetShortcut|\{[0-9A-F-]{36}\})\]\s")  # what Windows saves of an address (.url)
C1 = re.compile("[\x80-\x9f]+")


def read_txt(data: bytes, source: Source) -> Raw:
    r"""The decoded file, unchanged, with one block for every line that is not blank.

    Offsets into `text` are offsets into the decoded file: newlines are not translated, nothing is stripped. Raises
    UnreadableFile where there is nothing but white space, UnknownFormat where the bytes are no text in any encoding or
    nothing but addresses of pages.

    >>> raw = read_txt("一、总体要求\r\n\r\n坚持就业优先。".encode(), Source(name="通知.txt", sha256="", media_type=""))
    >>> raw.text, [(block.span.start, block.span.end) for block in raw.blocks]
    ('一、总体要求\r\n\r\n坚持就业优先。', [(0, 6), (10, 17)])
    """
    text, encoding, notes = decode(data)
    if not text.strip("\0\ufeff \t\r\n\f\v\u00a0\u3000"):
        raise UnreadableFile(source.name, "the file is blank: it holds nothing but white space")
    if ADDRESSES.fullmatch(text) or SHORTCUT.match(text):
        reason = (
            "a list of addresses and no document: zhengce fetch LIST -o FOLDER gets the pages, then give that FOLDER"
        )
        raise UnknownFormat(source.name, reason)
    # in sound UTF-8 they are bytes that were read as Latin-1, which the repairs undo; a binary file is no sound UTF-8
    shown = C1.sub("", text) if encoding == "utf-8" and not notes else text
    if shown and _strangeness(shown) > TOO_STRANGE:
        raise UnknownFormat(source.name, f"its {len(data):,} bytes are no text in any encoding and no known format")
    blocks = tuple(
        Block(span=Span(start=line.start(), end=line.end()))
        for line in re.finditer(r"[^\r\n]+", text)
        if line.group().strip()
    )
    return Raw(source=replace(source, encoding=encoding), text=text, blocks=blocks, notes=notes)


def _strangeness(text: str) -> float:
    """The share of characters that no text holds: lost bytes, controls, private and unassigned code points."""
    marks = Counter(text[:SAMPLE])
    strange = sum(
        count
        for mark, count in marks.items()
        if mark == "\ufffd" or (unicodedata.category(mark) in STRANGE and mark not in "\t\r\n\f\v")
    )
    return strange / marks.total()
