"""Words as they are compared: without what every province puts in for itself, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress

from zhengce.lexicon import alternation, table
from zhengce.name.place import places_in
from zhengce.text import Span

__all__ = ["LABEL", "Folded", "departments", "fold"]

# which territory a text speaks of
TERRITORY = (
    r"全国|全[省市县区州盟]|[我本][国省市县区州盟]|各(?:地级以上|设区的?)?[省市州盟县区旗]+(?:[（(、，及和与][省市州盟县区旗、（）()自治直辖设的]+)*[）)]?|"
    r"各地区?|自治区(?!级)|(?:国家|[省市县区州]|自治区)级(?!别)|本?行政区域内?|各级"
)
OFFICE = r"(?:主管|行政|行政主管)?(?:部门|委员会|办公室|总局|[部委厅局办署](?!门))"
RULED = r"国家|中国|中华人民共和国|国务院|自治区|[省市区县州]"
NUMBER = r"[一二三四五六七八九十百零\d]+"
LABEL = re.compile(
    r"(?<![ \u3000])[ \u3000]*"
    rf"(?:[（(]{NUMBER}[)）]|第{NUMBER}[条章节]|(?<![一二三四五六七八九十百])[一二三四五六七八九十百]+、|(?<!\d)\d+[.．、])"
    r"[ \u3000]*"
)
# who does it, in brackets behind the measure
DUTY = re.compile(
    r"[（(](?:责任单位|牵头单位|配合单位|牵头部门|责任部门)?[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*(?:负责|牵头|配合|参加|参与|落实|责任单位[:：][^（）()]*|部门[:：][^（）()]*|单位[:：][^（）()]*|[厅局委部])[）)]"
)
# what says nothing of a measure: by the rules, in the light of what is so here
FORMULA = (
    r"按照?(?:有关|相关|国家)*规定|按职责分工负责|结合(?:[我本][省市区]|各地|当地|本地区?|地方)?(?:的)?实际(?:情况)?|"
    r"符合条件的|有条件的地[方区]|(?:进一步|切实|积极|大力|着力|扎实|深入|不断|持续|全面|加快|有序|充分|认真|全力)(?=[\u4e00-\u9fff])|"
    r"(?:有关|相关)(?:部门|单位)"
)
MARKS = r"(?:[^\u4e00-\u9fffA-Za-z0-9%‰.]|(?<!\d)\.|\.(?!\d))+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What is left of a unit's words; `places[i]` is where the i-th character stands in the unit's text."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the folded words stands in the unit's text."""
        return Span(start=self.places[start], end=self.places[end - 1] + 1)


@cache
def _offices() -> str:
    return alternation(short for row in table("departments") for short in row["shorts"].split(";"))


@cache
def _dropped() -> re.Pattern[str]:
    # a first character is asked for, and the head is a branch and not optional: else all is tried at every character
    firsts = "".join(sorted({short[0] for row in table("departments") for short in row["shorts"].split(";")}))
    office = rf"(?=[{firsts}]){_offices()}{OFFICE}"
    return re.compile(
        rf"{MARKS}|{FORMULA}|(?:{RULED}){office}|{office}|(?:{RULED})(?:人民)?政府(?:办公厅|办公室)?|{TERRITORY}"
    )


@cache
def _department() -> re.Pattern[str]:
    return re.compile(rf"(?P<stem>{_offices()}){OFFICE}")


@lru_cache(maxsize=8192)  # the sentences of a baseline stand beside those of every document
def fold(text: str) -> Folded:
    """A unit's words without label, marks, names of places and departments, duties in brackets, and formulas.

    Source: names out before reuse is measured, as in studies of policy diffusion (methods notes 5.4).

    >>> fold("（三）各地要按规定给予补贴500元。（省财政厅、省人力资源社会保障厅按职责分工负责）").text
    '要给予补贴500元'
    >>> fold("四川省大力培育劳务品牌").text == fold("我省培育劳务品牌").text
    True
    """
    label = LABEL.match(text)
    kept = bytearray(b"\1") * len(text)
    for start, end in _stretches(text, label.end() if label else 0):
        kept[start:end] = bytes(end - start)
    return Folded(text="".join(compress(text, kept)), places=tuple(compress(range(len(text)), kept)))


def _stretches(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """What is left out of a text, label first."""
    yield 0, begin
    yield from (match.span() for match in DUTY.finditer(text, begin))
    yield from (match.span() for match in _dropped().finditer(text, begin))
    yield from places_in(text)


def departments(text: str) -> frozenset[str]:
    """The stems of the departments that a text names, whichever level they are of.

    >>> sorted(departments("省人力资源社会保障厅、财政部门负责教育"))
    ['人力资源社会保障', '财政']
    """
    return frozenset(match["stem"] for match in _department().finditer(text))
