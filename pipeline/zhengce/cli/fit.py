"""Text in columns of a console, where a Chinese character is two wide."""

from __future__ import annotations

from unicodedata import east_asian_width

__all__ = ["fit", "width", "wrap"]


def width(text: str) -> int:
    """How many columns the text takes.

    >>> width("政策ab")
    6
    """
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def fit(text: str, columns: int, *, right: bool = False) -> str:
    """The text cut and filled to exactly `columns` columns; a cut one ends in "..".

    >>> fit("促进就业工作实施意见", 10), fit("促进", 6), fit("12", 4, right=True)
    ('促进就业..', '促进  ', '  12')
    """
    if width(text) > columns:
        while text and width(text) > columns - 2:
            text = text[:-1]
        text += ".."
    filling = " " * (columns - width(text))
    return filling + text if right else text + filling


def wrap(text: str, columns: int) -> list[str]:
    """The text in lines of at most `columns` columns (2 at least), broken anywhere, white space as single spaces.

    >>> wrap("到年底新增就业1万人", 10)
    ['到年底新增', '就业1万人']
    """
    lines = [""]
    for character in " ".join(text.split()):
        if width(lines[-1] + character) > columns:
            lines.append("")
        lines[-1] += character
    return lines
