"""The door of RapidOCR: the lines that it reads in a picture, each character in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

__all__ = ["Character", "Line", "can_read", "read_lines", "read_strip"]


MOST_PIXELS = 3600


class Character(NamedTuple):
    """A character and its middle, in pixels, with its width."""

    text: str
    x: float
    y: float
    width: float


class Line(NamedTuple):
    """A line as read: its characters, its four corners (clockwise from the upper left) in pixels, how sure it is.

    `confidence` is RapidOCR's score of the line, from 0 to 1. It is no probability: it was not calibrated.
    """

    characters: tuple[Character, ...]
    corners: tuple[tuple[float, float], ...]
    confidence: float

    @property
    def text(self) -> str:
        """The characters in their order."""
        return "".join(character.text for character in self.characters)


def can_read() -> bool:
    """Whether the extra `ocr` is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _engine() -> Any:
    # onnxruntime from 1.29 on reports to its makers and writes into the home folder unless told otherwise before import
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from rapidocr import RapidOCR

    # a newspaper page at 150 dpi is not made smaller: its type would lose strokes
    return RapidOCR(params={"Global.log_level": "critical", "Global.max_side_len": MOST_PIXELS})


def read_lines(picture: Any) -> Iterator[Line]:
    """The lines in a picture (an array of height × width × 3, red first); lines that stand tall may be read wrongly."""
    # it takes blue first, and keeps what it was last told to do
    found = _engine()(picture[:, :, ::-1], use_det=True, use_cls=True, return_word_box=True)
    for words, corners, score in zip(found.word_results or (), _or_none(found.boxes), found.scores or (), strict=False):
        yield Line(
            characters=tuple(character for text, _, quad in words for character in _characters(text, quad)),
            corners=tuple((float(x), float(y)) for x, y in corners),
            confidence=float(score),
        )


def read_strip(picture: Any) -> tuple[str, float]:
    """The text of a picture that holds one level line, and how sure it is."""
    found = _engine()(picture[:, :, ::-1], use_det=False, use_cls=False, return_word_box=False)
    return (str(found.txts[0]), float(found.scores[0])) if found.txts else ("", 0.0)


def _or_none(boxes: Any) -> Any:
    return () if boxes is None else boxes


def _characters(text: str, quad: Any) -> Iterator[Character]:
    """The characters of a word (a Latin one comes whole) spread over its place."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in quad)
    left, right = ((x0 + x3) / 2, (y0 + y3) / 2), ((x1 + x2) / 2, (y1 + y2) / 2)
    width = max(((right[0] - left[0]) ** 2 + (right[1] - left[1]) ** 2) ** 0.5 / max(len(text), 1), 1.0)
    for at, char in enumerate(text):
        share = (at + 0.5) / len(text)
        if not char.isspace():
            x, y = left[0] + share * (right[0] - left[0]), left[1] + share * (right[1] - left[1])
            yield Character(char, x, y, width)
