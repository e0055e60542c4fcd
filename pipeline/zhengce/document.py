"""What a document is: its source, its raw text in blocks, its clean text, its outline, and the citations from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from zhengce.showing import html
from zhengce.text import Alignment, Span

__all__ = [
    "Block", "BlockKind", "Citation", "Document", "DocumentKind", "Doubt", "Header", "Level", "Note", "Part",
    "Provision", "Raw", "Source",
]  # fmt: skip

BlockKind = Literal["paragraph", "heading", "cell", "caption", "furniture"]
Level = Literal["central", "province", "city", "county", "township"]
DocumentKind = Literal[
    "notice", "opinion", "plan", "measures", "interpretation", "news", "speech", "report", "list", "other"
]
Doubt = Literal[
    "damaged", "inferred", "truncated", "redacted", "spun", "furniture", "conflicting", "undecodable", "unreadable_part"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the bytes came from: `name` is a path or an address, `copies` are other names of the same bytes."""

    name: str
    sha256: str
    media_type: str
    encoding: str | None = None
    fetched: date | None = None
    copies: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the document: the first 16 hexadecimal digits of the hash of its bytes."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the raw text that the format sets apart; `box` is (x0, top, x1, bottom) in points on `page`.

    `confidence` is the score that OCR gives the line, from 0 to 1; None for what was not read from a picture.
    """

    span: Span
    kind: BlockKind = "paragraph"
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A doubt about a stretch of the text, with a message that a person understands.

    `raw_spans` are given where the clean text no longer shows what the note is about; else they follow from `span`.
    """

    doubt: Doubt
    span: Span
    message: str
    raw_spans: tuple[Span, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A file as read: the decoded text, its blocks, the fields that the page states of itself, the reader's notes.

    `fields` maps printed labels without white space (索引号, 发文字号 …) to printed values. Spans are of `text`.
    """

    source: Source
    text: str
    blocks: tuple[Block, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A numbered unit of the outline; `id` is the ordinal path in its part, never the printed number.

    `span` covers label and heading, `body` runs to the next provision of the same or a higher level.
    """

    id: str
    part: str
    label: str
    level: int | None
    depth: int
    heading: str | None
    span: Span
    body: Span
    parent: str | None = None
    anomaly: Literal["duplicate", "gap", "restart"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a text says of itself; `number` is the 文号 (document number) in the form 代字〔年〕号.

    `addressees` are the 主送机关 (to whom it is sent), as printed, `outlet` the 来源 (who published it).
    """

    title: str | None = None
    kind: DocumentKind = "other"
    issuers: tuple[str, ...] = ()
    number: str | None = None
    written: date | None = None
    published: date | None = None
    region: str | None = None
    region_code: str | None = None
    level: Level | None = None
    outlet: str | None = None
    index_number: str | None = None
    topic: str | None = None
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One text of those that share a file: the notice, the opinion it carries, the interpretation, an article.

    `header` is what this text says of itself; that of the document is what the file says as a whole.
    """

    id: str
    kind: DocumentKind
    title: str | None
    byline: str | None
    span: Span
    header: Header = Header()


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The words that a record rests on, in the clean text and in the raw one; only `Document.cite` makes them.

    `boxes` say where they stand: (page, x0, top, x1, bottom) in points, for every printed line or other block once.
    """

    document: str
    part: str | None
    provision: str | None
    span: Span
    quote: str
    raw_spans: tuple[Span, ...]
    raw_quote: str
    page: int | None
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Document:
    """A cleaned and outlined text that never loses its way back to the raw page; compared by identity."""

    raw: Raw
    text: str
    alignment: Alignment
    header: Header = Header()
    parts: tuple[Part, ...] = ()
    provisions: tuple[Provision, ...] = ()
    notes: tuple[Note, ...] = ()
    script: Literal["hans", "hant"] = "hans"
    damage: float = 0.0

    @property
    def id(self) -> str:
        """The id of the document's source."""
        return self.raw.source.id

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _repr_html_(self) -> str | None:
        return html(self)

    def trace(self, span: Span) -> tuple[Span, ...]:
        """The stretches of the raw text that a stretch of the clean text rests on."""
        return self.alignment.trace(span)

    def part_at(self, offset: int) -> Part | None:
        """The part that holds a character of the clean text."""
        at = bisect_right(self._part_starts, offset) - 1
        return self.parts[at] if at >= 0 and offset < self.parts[at].span.end else None

    def provision_at(self, offset: int) -> Provision | None:
        """The innermost provision that holds a character of the clean text."""
        at = bisect_right(self._provision_starts, offset) - 1
        part = self.part_at(offset) if at >= 0 else None
        while at >= 0 and (not self.parts or (part and self.provisions[at].part == part.id)):
            provision = self.provisions[at]
            if offset < provision.body.end:
                return provision
            at -= 1
        return None

    def cite(self, span: Span) -> Citation:
        """The citation of a stretch of the clean text."""
        raw_spans = self.trace(span)
        part, provision = self.part_at(span.start), self.provision_at(span.start)
        return Citation(
            document=self.id,
            part=part.id if part else None,
            provision=provision.id if provision else None,
            span=span,
            quote=self[span],
            raw_spans=raw_spans,
            raw_quote="".join(self.raw.text[raw.start : raw.end] for raw in raw_spans),
            page=self._page(raw_spans[0].start) if raw_spans else None,
            boxes=tuple(dict.fromkeys(box for raw in raw_spans for box in self._boxes(raw))) if self._placed else (),
        )

    @cached_property
    def _part_starts(self) -> list[int]:
        return [part.span.start for part in self.parts]

    @cached_property
    def _provision_starts(self) -> list[int]:
        return [provision.span.start for provision in self.provisions]

    def _page(self, raw_offset: int) -> int | None:
        at = bisect_right(self._block_starts, raw_offset) - 1
        return self.raw.blocks[at].page if at >= 0 else None

    def _boxes(self, raw: Span) -> Iterator[tuple[int, float, float, float, float]]:
        """The boxes of the blocks that a stretch of the raw text touches, rounded to a hundredth of a point."""
        first = max(bisect_right(self._block_starts, raw.start) - 1, 0)
        for at in range(first, len(self.raw.blocks)):
            block = self.raw.blocks[at]
            if block.span.start >= raw.end:
                return
            if block.box and block.page is not None and block.span.overlaps(raw):
                x0, top, x1, bottom = (round(float(edge), 2) for edge in block.box)
                yield block.page, x0, top, x1, bottom

    @cached_property
    def _placed(self) -> bool:
        return any(block.box for block in self.raw.blocks)

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.raw.blocks]
