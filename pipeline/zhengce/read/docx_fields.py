"""Fields of Word documents (page numbers, cross-references, formulas): their results are text, their codes are none."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Fields", "drawn"]

OVERSTRUCK = re.compile(r"\s*EQ\s+\\o\s*(?:\\a[clr]\s*)?\((?P<marks>.*)\)\s*$", re.IGNORECASE | re.DOTALL)
COUNTED = re.compile(r"\s*(LISTNUM|AUTONUM\w*)\b", re.IGNORECASE)
RINGS = "○〇◯⭕"


@dataclass(slots=True)
class _Field:
    code: str = ""
    in_code: bool = True


class Fields:
    """The complex fields (`w:fldChar`) that are open at a place of the text."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def instruct(self, text: str) -> bool:
        """Take in a piece of a field's code; whether the place is one for code."""
        in_code = bool(self._open) and self._open[-1].in_code
        if in_code:
            self._open[-1].code += text
        return in_code

    def mark(self, kind: str) -> tuple[str, str | None]:
        """Pass a field's begin, separate or end mark: what one without a result shows, and what it counts unseen."""
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_code = False
        elif kind == "end" and self._open and (ended := self._open.pop()).in_code and self.is_shown():
            return drawn(ended.code)
        return "", None

    def is_shown(self) -> bool:
        """Whether text at this place is shown; the result of a field in another one's code is not."""
        return not any(field.in_code for field in self._open[:-1])

    def end_paragraph(self) -> None:
        """Forget a field whose code did not end with its paragraph: its end mark is lost, what follows is text."""
        self._open = [field for field in self._open if not field.in_code]


def drawn(code: str) -> tuple[str, str | None]:
    r"""What a field shows that has no result: characters struck over each other, as in 带圈字符 (a number in a ring).

    The second value names a field that counts by itself and keeps no result.

    >>> drawn(r" EQ \o\ac(○,3)"), drawn(" LISTNUM  ")
    (('③', None), ('', 'LISTNUM'))
    """
    counted = COUNTED.match(code)
    found = OVERSTRUCK.match(code)
    if not found:
        return "", counted[1].upper() if counted else None
    marks = [mark.strip() for mark in re.split(r"[,;，]", found["marks"]) if mark.strip()]
    inner = "".join(mark for mark in marks if mark not in RINGS)
    ringed = len(inner) < len("".join(marks)) and inner.isdecimal() and 1 <= int(inner) <= 20
    return (chr(ord("①") + int(inner) - 1) if ringed else inner), None
