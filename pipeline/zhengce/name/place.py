"""Places: the region that a name or a text speaks of, with its code (GB/T 2260)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from zhengce.lexicon import finder, table

__all__ = [
    "MUNICIPALITIES",
    "Place",
    "find_city",
    "find_place",
    "last_place",
    "places_in",
    "province_by_sign",
    "province_of",
]

MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
NOT_A_PLACE = ("市辖区", "县", "郊区", "城区", "矿区", "新区", "区", "和平", "新华", "建设", "东方", "文化", "服务")
# words in which the name of a place only seems to stand: 示范县, 小康县
SEEMING = re.compile(r"(?<=[示模典规])范县|(?<=[小健])康县")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A unit of the administrative division: full name, short name, six-digit code, level."""

    name: str
    short: str
    code: str
    level: Literal["province", "city", "county"]


@cache
def _places() -> dict[str, Place]:
    """Every printed form → place; where two places share a form, the higher level holds it."""
    found: dict[str, Place] = {}
    for row in sorted(table("regions"), key=lambda row: ("province", "city", "county").index(row["level"])):
        level = row["level"]
        place = Place(name=row["name"], short=row["short"], code=row["code"], level=level)  # type: ignore[arg-type]
        found.setdefault(row["name"], place)
        if level != "county" and len(row["short"]) > 1:
            found.setdefault(row["short"], place)
        if level == "county":  # 威宁彝族回族苗族自治县 is printed 威宁县
            for alias in filter(None, row["alias"].split(";")):
                found.setdefault(alias, place)
    return {form: place for form, place in found.items() if form not in NOT_A_PLACE}


@cache
def _namesakes() -> dict[str, tuple[Place, ...]]:
    """Every printed form → all the places that bear it."""
    found: dict[str, tuple[Place, ...]] = {form: (place,) for form, place in _places().items()}
    for row in table("regions"):
        if row["level"] == "county" and row["name"] in found and found[row["name"]][0].code != row["code"]:
            place = Place(name=row["name"], short=row["short"], code=row["code"], level="county")
            found[row["name"]] += (place,)
    return found


@cache
def _finder() -> Callable[[str], list[tuple[int, int]]]:
    find = finder(_places())

    def named(text: str) -> list[tuple[int, int]]:
        seeming = {match.start() for match in SEEMING.finditer(text)}
        return [(start, end) for start, end in find(text) if start not in seeming]

    return named


def find_place(text: str) -> Place | None:
    """The first place named in a text, at the lowest level where names follow on from each other.

    >>> find_place("贵州省遵义市正安县").code, find_place("四川将培训3万人").name, find_place("福州市鼓楼区").code
    ('520324', '四川省', '350102')
    >>> find_place("威宁县").name
    '威宁彝族回族苗族自治县'
    """
    found = _finder()(text)
    if not found:
        return None
    start, at = found[0]
    place = _places()[text[start:at]]
    for start, end in found[1:]:
        inner = _within(text[start:end], place) if start == at else None
        if inner is None:
            break
        place, at = inner, end
    return place


def places_in(text: str) -> list[tuple[int, int]]:
    """Where a text names places, each from its first character to behind its last.

    >>> places_in("四川省成都市和达州")
    [(0, 3), (3, 6), (7, 9)]
    """
    return _finder()(text)


def last_place(text: str, level: str) -> Place | None:
    """The place of a level that a text names last.

    >>> last_place("商城县的月嫂、光山县的面点师", "county").name
    '光山县'
    """
    forms = (text[start:end] for start, end in reversed(_finder()(text)))
    return next((place for form in forms if (place := _places()[form]).level == level), None)


def _within(form: str, outer: Place) -> Place | None:
    """The place of that name in a larger one: 鼓楼区 of 福州市 is not that of 南京市."""
    shared = 4 if outer.level != "province" and outer.name not in MUNICIPALITIES else 2
    places = [place for place in _namesakes().get(form, ()) if place.code[:2] == outer.code[:2]]
    return next((place for place in places if place.code[:shared] == outer.code[:shared]), next(iter(places), None))


def find_city(place: Place) -> Place | None:
    """The prefecture-level unit that holds a place; None where it has none above it but the province.

    >>> find_city(find_place("正安县")).name
    '遵义市'
    """
    return next((other for other in _places().values() if other.code == place.code[:4] + "00"), None)


def province_of(place: Place) -> Place:
    """The province that holds a place.

    >>> province_of(find_place("遵义市")).name
    '贵州省'
    """
    return next(other for other in _places().values() if other.level == "province" and other.code[:2] == place.code[:2])


def province_by_sign(number: str) -> Place | None:
    """The province whose short sign a document number begins with.

    >>> province_by_sign("黔人社发〔2022〕10号").name, province_by_sign("国发〔2022〕1号")
    ('贵州省', None)
    """
    for row in table("regions"):
        if row["level"] == "province" and any(number.startswith(sign) for sign in row["alias"].split(";") if sign):
            return find_place(row["name"])
    return None
