"""The words of a comparison's files in Chinese and in English, and the colours that go with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal

from zhengce.lexicon import table

__all__ = ["LANGUAGES", "Language", "terms"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def terms(group: str, what: Literal["zh", "en", "mark", "light", "ink", "dark"]) -> Mapping[str, str]:
    """The words of a group in one language, or their marks or colours; keyed by code, in the order of a legend.

    From `lexicons/compare_terms.tsv`.

    >>> terms("relation", "zh")["quantify"], terms("change", "en")["stronger"], terms("relation", "mark")["omit"]
    ('量化', 'Stronger', '－')
    """
    return MappingProxyType({row["key"]: row[what] for row in table("compare_terms") if row["group"] == group})
