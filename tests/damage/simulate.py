"""Makes the damage that mirrors of policy pages carry, with the truth of every stretch.

Three passes, as damage research found them: A simplified → traditional, one character to one within GBK; B a
find-and-replace over the raw GBK bytes that sets a pinyin note after each character of the site's list; C a cut at
the byte patterns of a few marks, each piece decoded by itself. B and C pay no heed to where a character begins.

A character outside GBK stood in such pages as an HTML entity: it is one ASCII byte here and comes back as itself.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from damage.decode import Cell, iconv, php, private
from damage.site import Site

__all__ = ["Damaged", "Kind", "Stretch", "simulate", "traditional"]

Kind = Literal["annotated", "kind1", "kind2", "both"]
FOLD = {0xFF01 + n: 0x21 + n for n in range(94)}
# characters of the simplified set that are traditional ones too: the converter left them as they were
MERGED = frozenset("里后干于范采并占系制云余征筑伙游愿咨吃群床斗谷丑卷松舍辟郁")
VARIANTS = {"着": "著", "为": "為", "台": "臺", "众": "眾", "启": "啟", "签": "簽", "说": "說"}
PHANTOM = -1
ENTITY = b"&"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A garbled stretch: its place in the damaged text, that of what it stands for in the clean one, and its cause.

    `swallowed` are the places in the clean text of ASCII characters of which nothing is left.
    """

    shown: tuple[int, int]
    clean: tuple[int, int]
    kind: Literal["kind1", "kind2", "both"]
    swallowed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A text as readers see it, and the true one; full-width ASCII is folded in both where the site folds it.

    `annotations` are the places in `text` of notes that stand after the character they belong to.
    """

    text: str
    clean: str
    stretches: tuple[Stretch, ...] = ()
    annotations: tuple[tuple[int, int], ...] = ()


def traditional(text: str) -> str:
    """Pass A: simplified → traditional, one to one; a character without a partner in GBK stays.

    >>> traditional("为了里面的干部，着力发展云计算平台")
    '為了里面的干部，著力發展云計算平臺'
    """
    return "".join(map(_traditional, text))


@cache
def _traditional(char: str) -> str:
    if char in MERGED:
        return char
    turned = VARIANTS.get(char) or _converter().convert(char)
    return turned if len(turned) == 1 and _code(turned) != ENTITY else char


@cache
def _converter():  # type: ignore[no-untyped-def]
    from opencc import OpenCC

    return OpenCC("s2t")


def _code(char: str) -> bytes:
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return ENTITY


def simulate(clean: str, *, seed: int, kind: Kind, site: Site) -> Damaged:
    """The text as the site would show it: converted (A), annotated (B), for `kind2` and `both` cut (C), cleaned up.

    `annotated` and `kind2` set notes at true characters only; `kind1` and `both` match bytes blindly. The seed decides
    which notes are missing (`Site.missing`). There may be none to garble.

    >>> site = Site(notes=(("復", "(fù)"), ("業", "(yè)")), fold=True)
    >>> simulate("稳岗拓岗促就业，", seed=0, kind="kind1", site=site).text
    '穩崗?fù)貚彺倬蜆I(yè),'
    """
    truth = traditional(clean)
    data, owner = _encoded(truth)
    aligned = kind in ("annotated", "kind2")
    data, owner = _annotated(data, owner, site, aligned, random.Random(seed))
    cells = _decoded(data, site, cut=kind in ("kind2", "both"))
    if site.private != "kept":
        cells = [Cell("" if private(cell.char) else cell.char, cell.start, cell.end, cell.cut) for cell in cells]
    told = _told(cells, data, owner, truth)
    return replace(told, text=told.text.translate(FOLD), clean=truth.translate(FOLD)) if site.fold else told


def _encoded(text: str) -> tuple[bytes, list[int]]:
    pieces = [_code(char) for char in text]
    return b"".join(pieces), [at for at, piece in enumerate(pieces) for _ in piece]


def _annotated(
    data: bytes, owner: list[int], site: Site, aligned: bool, chance: random.Random
) -> tuple[bytes, list[int]]:
    """Pass B. The owner of a note's bytes is -2 - the place of its character, or PHANTOM."""
    for char, note in sorted(site.notes, key=lambda pair: pair[0].encode("gbk")):
        code, tail = char.encode("gbk"), note.encode("gbk")
        pieces, owners, done = [], [], 0
        at = data.find(code)
        while at >= 0:
            end = at + 2
            true = owner[at] == owner[at + 1]
            if (true or not aligned) and chance.random() >= site.missing:
                pieces += [data[done:end], tail]
                owners += [*owner[done:end], *[-2 - owner[at] if true else PHANTOM] * len(tail)]
                done = end
            at = data.find(code, end)
        data, owner = b"".join(pieces) + data[done:], owners + owner[done:]
    return data, owner


def _decoded(data: bytes, site: Site, *, cut: bool) -> list[Cell]:
    """Pass C where asked for, and the decoding of each piece."""
    cells: list[Cell] = []
    for start, end, mark in _pieces(data, site) if cut else [(0, len(data), False)]:
        if mark:
            if site.comma and cells and cells[-1].cut and cells[-1].end == cells[-1].start + 1:
                cells.append(Cell(",", start, start, True))
            cells.append(Cell(data[start:end].decode("gbk"), start, end, True))
            continue
        piece = list(php(data, start, end, legacy=site.legacy))
        # seen once on a real page: such a piece was decoded as `iconv -c` does, which drops bytes and swallows nothing
        if cut and site.private == "ignored" and any(private(cell.char) for cell in piece):
            piece = list(iconv(data, start, end))
        cells += piece
    return cells


def _pieces(data: bytes, site: Site) -> list[tuple[int, int, bool]]:
    pieces = [(0, len(data), False)]
    for mark in (mark.encode("gbk") for mark in site.marks):
        split: list[tuple[int, int, bool]] = []
        for start, end, is_mark in pieces:
            at = -1 if is_mark else data.find(mark, start, end)
            while at >= 0:
                split += [(start, at, False), (at, at + 2, True)]
                start = at + 2
                at = data.find(mark, start, end)
            split.append((start, end, is_mark))
        pieces = [piece for piece in split if piece[0] < piece[1]]
    return pieces


def _told(cells: Iterable[Cell], data: bytes, owner: list[int], truth: str) -> Damaged:
    """Tells garbled stretches from sound text, by whose bytes each character was decoded from."""
    shown: list[str] = []
    stretches: list[Stretch] = []
    notes: list[tuple[int, int]] = []
    pending: list[Cell] = []
    at = begin = 0
    last = -1
    for cell in [*cells, Cell("", len(data), len(data))]:
        owners = set(owner[cell.start : cell.end])
        whose = next(iter(owners)) if len(owners) == 1 else PHANTOM
        if whose >= 0 and data[cell.start : cell.end] == ENTITY == _code(truth[whose]):
            cell = Cell(truth[whose], cell.start, cell.end)
        closing = cell.start == len(data)
        sound = whose >= 0 and cell.char == truth[whose] and cell.end - cell.start == len(_code(truth[whose]))
        if sound or closing:
            here = len(truth) if closing else whose
            if pending or here != last + 1:
                stretches.append(_stretch(pending, (begin, at), (last + 1, here), data, owner))
                pending = []
            last = here
        elif not pending and whose == -2 - last:
            if notes and notes[-1][1] == at:
                notes[-1] = (notes[-1][0], at + len(cell.char))
            else:
                notes.append((at, at + len(cell.char)))
        else:
            begin = begin if pending else at
            pending.append(cell)
        shown.append(cell.char)
        at += len(cell.char)
    return Damaged(text="".join(shown), clean=truth, stretches=tuple(stretches), annotations=tuple(notes))


def _stretch(
    cells: list[Cell], shown: tuple[int, int], clean: tuple[int, int], data: bytes, owner: list[int]
) -> Stretch:
    owned = [whose for cell in cells for whose in owner[cell.start : cell.end]]
    by_mark = any(cell.cut for cell in cells)
    by_note = PHANTOM in owned
    swallowed = tuple(
        owner[cell.end - 1]
        for cell in cells
        if cell.end - cell.start == 2 and data[cell.end - 1] < 0x40 and owner[cell.end - 1] >= 0
    )
    kind: Literal["kind1", "kind2", "both"] = "both" if by_note and by_mark else "kind1" if by_note else "kind2"
    return Stretch(shown=shown, clean=clean, kind=kind, swallowed=swallowed)
