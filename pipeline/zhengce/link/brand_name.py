"""What the name of a brand is made of: the region in front of it, full or short, and the rest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from zhengce.lexicon import table
from zhengce.link.territory import compatible, holds

__all__ = ["BrandName", "brand_name", "printed_forms", "region_before", "region_name"]

LONGEST = 12  # characters of a region's name
FEWEST = 2  # characters that a name has behind its region
TAIL = re.compile(r"(?:劳务|用工)?品牌$")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandName:
    """A name without its region, and the region's code where the name tells it."""

    stem: str
    code: str | None


def brand_name(name: str, context: str | None = None) -> BrandName:
    """The parts of a brand's name; of places that are called alike the one that fits the region code `context`.

    >>> brand_name("苍溪县月嫂"), brand_name("苍溪月嫂") == brand_name("苍溪县月嫂"), brand_name("天府护工")
    (BrandName(stem='月嫂', code='510824'), True, BrandName(stem='天府护工', code=None))
    """
    bare = TAIL.sub("", name) or name
    stem, code = bare, None
    while (found := _leading(stem, code or context)) and compatible(found[1], code):
        stem, code = stem[found[0] :], found[1]
    return BrandName(stem=stem, code=code)


def region_before(text: str, at: int, context: str | None = None) -> tuple[int, str] | None:
    """Where a region's name begins that ends at `at`, and its code; the one that fits `context` of those of one name.

    >>> region_before("来自从江县的“绣娘”", 6), region_before("师傅“绣娘”", 2)
    ((2, '522633'), None)
    """
    end = at - 1 if text[at - 1 : at] == "的" else at
    for start in range(max(0, end - LONGEST), end - 1):
        if code := _code(text[start:end], context):
            return start, code
    return None


def region_name(code: str) -> str:
    """The full name of a region with those of what holds it.

    >>> region_name("510824")
    '四川省广元市苍溪县'
    """
    held = (_rows().get(outer, {}).get("name", "") for outer in (code[:2] + "0000", code[:4] + "00", code))
    return "".join(dict.fromkeys(filter(None, held)))


def printed_forms(stem: str, code: str) -> tuple[str, ...]:
    """How a brand with its region in front may be printed: with the region's full name and with the short one.

    >>> printed_forms("月嫂", "510824")
    ('苍溪县月嫂', '苍溪月嫂')
    """
    row = _rows().get(code)
    forms = (row["name"], row["short"], *row["alias"].split(";")) if row else ()
    return tuple(dict.fromkeys(f"{form}{stem}" for form in forms if len(form) > 1))


def _leading(name: str, context: str | None) -> tuple[int, str] | None:
    for length in range(min(LONGEST, len(name) - FEWEST), 1, -1):
        if code := _code(name[:length], context):
            return length, code
    return None


def _code(form: str, context: str | None) -> str | None:
    """The code of a place by its full or short name: the one that fits the context, else the only one."""
    codes = _codes().get(form, ())
    fitting = [code for code in codes if context and compatible(code, context)]
    return _outermost(fitting) or _outermost(codes)


def _outermost(codes: Sequence[str]) -> str | None:
    """The region that holds all the others: 长沙 is the city rather than the county in it."""
    return next((code for code in codes if all(holds(code, other) for other in codes)), None)


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in table("regions"):
        forms = {row["name"], row["short"], *(row["alias"].split(";") if row["level"] != "province" else ())}
        for form in forms:
            if len(form) > 1 and row["code"] not in found[form]:
                found[form].append(row["code"])
    return {form: tuple(codes) for form, codes in found.items()}


@cache
def _rows() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in table("regions")}
