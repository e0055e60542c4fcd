"""Which reports are worth laying side by side: those that share shingles, and those that share telling words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from zhengce.link.body import body
from zhengce.linked import Report

__all__ = ["copy_pairs"]

PERMUTATIONS, BANDS = 128, 64  # two rows a band: half of the pairs with Jaccard index .11 are met, nearly all above .25
TELLING = re.compile(r"(?:(?<!\d)\d+\.\d+|[1-9]\d{2,30}+)[\u4e00-\u9fff%]|[“「《][^”」》\n]{3,20}[”」》]")
YEAR = re.compile(r"(?:19|20)\d\d年")
COMMON = 30  # a word that more reports have tells nothing; this also bounds the number of pairs
SHARED = 2


def copy_pairs(reports: Sequence[Report]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `reports`, the lower first, each once; in time that grows with their number.

    MinHash over 4-grams of characters with locality-sensitive hashing (Broder 1997) by rensa, and, for what was
    written anew, an index of long numbers and quoted names. Of reports with the same words all are paired with the
    first, which alone is paired with others.
    """
    firsts: dict[str, int] = {}
    pairs = {(first, at) for at, one in enumerate(reports) if (first := firsts.setdefault(body(one).words, at)) != at}
    looked_at = [at for words, at in firsts.items() if words]
    pairs |= set(_hashed(reports, looked_at)) | set(_telling(reports, looked_at))
    yield from sorted((one, other) for one, other in pairs if body(reports[one]).words)


def _hashed(reports: Sequence[Report], looked_at: Sequence[int]) -> Iterator[tuple[int, int]]:
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=0.3, num_perm=PERMUTATIONS, num_bands=BANDS)
    for at in looked_at:
        hashed = RMinHash(num_perm=PERMUTATIONS, seed=7)
        hashed.update(sorted(body(reports[at]).shingles))
        yield from ((other, at) for other in index.query(hashed))
        index.insert(at, hashed)


def _telling(reports: Sequence[Report], looked_at: Sequence[int]) -> Iterator[tuple[int, int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for at in looked_at:
        for word in {word for word in TELLING.findall(_text(reports[at])) if not YEAR.fullmatch(word)}:
            holders[word].append(at)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for held in holders.values():
        for upper, at in enumerate(held if len(held) <= COMMON else ()):
            for other in held[:upper]:
                shared[other, at] += 1
    yield from (pair for pair, count in shared.items() if count >= SHARED)


def _text(report: Report) -> str:
    return "".join(report.text[one.span.start : one.span.end] for one in body(report).told)
