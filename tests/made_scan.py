"""Pictures of pages that the tests of OCR draw for themselves, in whatever Chinese font the machine has."""

from __future__ import annotations

import math
import shutil
import subprocess
from functools import cache
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

__all__ = ["font_file", "page", "saved", "sealed", "table", "two_columns", "worn"]

RED = (222, 32, 36)
DPI = 150


@cache
def font_file() -> str | None:
    """A Chinese font of the machine, None where there is none."""
    if not shutil.which("fc-match"):
        return None
    found = subprocess.run(
        ["fc-match", "-f", "%{file}|%{lang}", ":lang=zh-cn"], capture_output=True, text=True, check=False
    ).stdout
    path, _, languages = found.partition("|")
    return path if "zh-cn" in languages else None


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file() or "", size)


def page(lines: list[str], *, red_head: str = "", size: int = 33) -> Image.Image:
    """An A4 page at 150 dpi with one line under the other, under a red head (发文机关标志) where one is given."""
    picture = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(picture)
    top = 120
    if red_head:
        draw.text((220, top), red_head, font=_font(70), fill=RED)
        draw.line((100, top + 140, 1140, top + 140), fill=RED, width=4)
        top += 190
    for line in lines:
        draw.text((120, top), line, font=_font(size), fill="black")
        top += round(1.7 * size)
    return picture


def table(rows: list[list[str]], edges: list[int], high: int = 80) -> Image.Image:
    """A page with a sentence over a ruled table whose columns begin at `edges`."""
    picture = page(["　　各县区目标任务如下表所示，请按时完成。"])
    draw = ImageDraw.Draw(picture)
    top = 260
    for at, row in enumerate(rows):
        for x, text in zip(edges, row, strict=False):
            draw.text((x + 16, top + at * high + 22), text, font=_font(30), fill="black")
    foot = top + len(rows) * high
    for at in range(len(rows) + 1):
        draw.line((edges[0], top + at * high, edges[-1], top + at * high), fill="black", width=2)
    for x in edges:
        draw.line((x, top, x, foot), fill="black", width=2)
    return picture


def two_columns(left: list[str], right: list[str]) -> Image.Image:
    """A page with two columns."""
    picture = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(picture)
    for x, column in ((90, left), (650, right)):
        for at, line in enumerate(column):
            draw.text((x, 160 + 54 * at), line, font=_font(30), fill="black")
    return picture


def sealed(picture: Image.Image, words: str, middle: tuple[int, int]) -> Image.Image:
    """The page with a round red seal printed over it, as ink does: black stays black."""
    ink = Image.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(ink)
    x, y = middle
    draw.ellipse((x - 125, y - 125, x + 125, y + 125), outline=RED, width=8)
    draw.regular_polygon((x, y, 34), 5, fill=RED)
    for at, char in enumerate(words):
        angle = math.radians(200 + at * 140 / max(len(words) - 1, 1))
        draw.text((x + 92 * math.cos(angle), y + 92 * math.sin(angle)), char, font=_font(28), fill=RED, anchor="mm")
    return ImageChops.multiply(picture, ink)


def worn(picture: Image.Image, *, degrees: float = 0.8, blur: float = 0.7) -> Image.Image:
    """The page blurred and askew."""
    soft = picture.filter(ImageFilter.GaussianBlur(blur))
    return soft.rotate(degrees, fillcolor="white", resample=Image.Resampling.BICUBIC)


def saved(picture: Image.Image, kind: str = "JPEG") -> bytes:
    """The bytes of a picture that states its resolution."""
    out = BytesIO()
    picture.save(out, kind, dpi=(DPI, DPI), **({"quality": 50} if kind == "JPEG" else {}))
    return out.getvalue()
