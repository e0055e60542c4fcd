"""Which characters a site's annotator has on its list, as the page itself shows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from zhengce.clean.readings import is_reading, reads_toneless
from zhengce.clean.window import ANNOTATED

__all__ = ["Listed", "listed"]

PRIVATE = re.compile("[\ue000-\uf8ff]")
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Listed:
    """The characters of a page that bear a note wherever they stand, and those that bear one nowhere.

    A find-and-replace over bytes spares no place: a character of its list that stands without a note is not there.
    `keeps` says that pairs of bytes without a character are still to be seen, as private-use characters.
    """

    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    keeps: bool = False


def listed(text: str) -> Listed:
    """The characters that a page's annotator notes always and never; what it notes here and there is in neither.

    >>> found = listed("勞(láo)務(wù)工和勞(láo)動者，工作(CPU)")
    >>> "".join(sorted(found.always)), "工" in found.never, "作" in found.never
    ('務勞', True, True)
    """
    noted: Counter[str] = Counter()
    for match in ANNOTATED.finditer(text):
        if is_reading(match["char"], match["syllable"]) or reads_toneless(match["char"], match["syllable"]):
            noted[match["char"]] += 1
    shown = Counter(HAN.findall(text))
    return Listed(
        always=frozenset(char for char, times in noted.items() if times == shown[char]),
        never=frozenset(char for char in shown if char not in noted),
        keeps=PRIVATE.search(text) is not None,
    )
