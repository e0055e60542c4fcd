"""A value of a row as the text of one cell."""

from __future__ import annotations

__all__ = ["cell"]


def cell(value: object) -> str:
    """The value as a person reads it in a table: lists joined by "; ", spans as start-end, boxes as page and
    edges, nothing for None.

    Objects in a list (the parts of a document) have their values joined by " | ".

    >>> cell(["人", "年"]), cell([[12, 30], [40, 41]]), cell(True), cell(None)
    ('人; 年', '12-30; 40-41', 'true', '')
    >>> cell([[3, 72.0, 100.5, 540.25, 112.5], [3, 72.0, 118.5, 310.0, 130.5]])
    '3 72.0 100.5 540.25 112.5; 3 72.0 118.5 310.0 130.5'
    >>> cell([{"id": "1", "kind": "notice", "title": None, "byline": "某市人社局", "spans": [[0, 90]]}])
    '1 | notice |  | 某市人社局 | 0-90'
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case [int(start), int(end)]:
            return f"{start}-{end}"
        case [int(), float(), float(), float(), float()]:
            return " ".join(map(str, value))
        case list():
            return "; ".join(map(cell, value))
        case dict():
            return " | ".join(map(cell, value.values()))
        case _:
            return str(value)
