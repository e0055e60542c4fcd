"""Highlighted text as a piece of HTML that needs no style sheet and no script: what notebooks show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields
from html import escape

from zhengce.record import TABLES, Failure, Record
from zhengce.text import Span
from zhengce.write.cell import cell
from zhengce.write.enumeration import enumeration
from zhengce.write.kind import Kind, kinds
from zhengce.write.own_column import own_columns
from zhengce.write.page_text import Highlight, page_text
from zhengce.write.row import plain
from zhengce.write.visible import visible

__all__ = ["failure_fragment", "records_fragment", "text_fragment"]

MOST = 200  # records, or lines of a text, that are shown; a notebook holds them all again
SERIF = "'Noto Serif CJK SC','Source Han Serif SC','Songti SC',SimSun,serif"
OUTER = f'<div lang="zh-CN" style="max-width:60em;font:16px/1.9 {SERIF}">'
MARK = re.compile(r'<mark class="(\w+)" data-r="[\d ]+"(?: data-zh="([^"]*)" data-en="[^"]*")?>')


def text_fragment(title: str | None, text: str, places: Iterable[tuple[str, Span]]) -> str:
    """A text with the stretches that records of some tables rest on highlighted.

    >>> text_fragment(None, "培训2万人。", [("targets", Span(start=0, end=5))]).count("目标")
    1
    """
    names = {kind.table: kind for kind in kinds()}
    highlights = [
        Highlight(
            start=span.start, end=span.end, number=number, kind=table, label_zh=names[table].label_zh, label_en=table
        )
        for number, (table, span) in enumerate(places)
    ]
    lines = [line.html for line in page_text(text, highlights, [])]
    shown = "".join(f'<p style="margin:0 0 .3em;white-space:pre-wrap">{_styled(line)}</p>' for line in lines[:MOST])
    head = f"<h3>{escape(visible(title))}</h3>" if title else ""
    return f"{OUTER}{head}{shown}{_rest(len(lines))}</div>"


def records_fragment(records: Sequence[Record]) -> str:
    """Records one below the other: the words that each rests on, highlighted, and what it says."""
    shown = "".join(map(_record, records[:MOST]))
    return f"{OUTER}{shown}{_rest(len(records))}</div>"


def failure_fragment(failure: Failure) -> str:
    """Why a file could not be read."""
    told = f"{failure.source}: {failure.message} ({failure.error})"
    return f'<div lang="zh-CN" style="color:#9a1c1c">{escape(visible(told))}</div>'


def _record(record: Record) -> str:
    table = TABLES[type(record)]
    kind = next(one for one in kinds() if one.table == table)
    mark = f'<mark class="{table}" data-r="0" data-zh="{kind.label_zh}" data-en="{table}">'
    quote = "<br>".join(escape(line) for line in visible(record.citation.quote).split("\n"))
    told = (f"{kind.fields[name]}：{_value(kind, name, value)}" for name, value in _held(record, table))
    return (
        f'<p style="margin:.4em 0">{_styled(f"{mark}{quote}</mark>")}<br>'
        f'<small style="font-family:sans-serif;opacity:.8">{escape(visible("；".join(told)))}</small></p>'
    )


def _held(record: Record, table: str) -> Iterable[tuple[str, object]]:
    own = own_columns(table)
    for field in fields(record):
        value = plain(getattr(record, field.name)) if field.name in own else None
        if value not in (None, [], ""):
            yield field.name, value


def _value(kind: Kind, name: str, value: object) -> str:
    return next((one.label_zh for one in enumeration(kind.table, name) if one.value == value), cell(value))


def _styled(html: str) -> str:
    return MARK.sub(_style, html)


def _style(match: re.Match[str]) -> str:
    colour = next(kind.colour for kind in kinds() if kind.table == match[1])
    label = (
        f'<span style="background:{colour};color:#fff;font:600 11px sans-serif;padding:0 3px;margin-right:3px;'
        f'border-radius:2px">{match[2]}</span>'
        if match[2]
        else ""
    )
    # notebooks have light and dark themes: a tint of some transparency is read on both
    return f'<mark style="background:{colour}33;color:inherit;border-bottom:2px solid {colour}">{label}'


def _rest(number: int) -> str:
    return f"<p><small>… 共 {number} · {number} in all</small></p>" if number > MOST else ""
