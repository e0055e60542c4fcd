"""Prints how fast script and misread text are judged: `python tests/bench/script.py`.

Ratios say more than megabytes a second, which depend on the machine: each figure is also given as a share of the speed
of one `str.translate` over the same text.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from damage.simulate import traditional
from damage.texts import english_texts, mixed_texts, policy_texts

from zhengce.clean.mojibake import mojibake
from zhengce.clean.script import is_traditional, simplify, to_simplified

FOLD = str.maketrans("０１２３４５６７８９", "0123456789")
MEASURED: dict[str, Callable[[str], object]] = {
    "is_traditional": is_traditional,
    "simplify": lambda text: list(simplify(text)),
    "mojibake": lambda text: list(mojibake(text)),
    "opencc t2s": to_simplified,
}


def speed(function: Callable[[str], object], texts: Iterable[str]) -> float:
    """Megabytes of UTF-8 a second, the best of three rounds."""
    kept = list(texts)
    size = sum(len(text.encode()) for text in kept) / 1e6
    best = 0.0
    for _ in range(3):
        begun = time.perf_counter()
        for text in kept:
            function(text)
        best = max(best, size / (time.perf_counter() - begun))
    return best


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--seed", type=int, default=910_000)
    given = parser.parse_args()
    simplified = list(policy_texts(given.documents, given.seed))
    corpora = {
        "simplified": simplified,
        "traditional": [traditional(text) for text in simplified],
        "english": list(english_texts(given.documents, given.seed)),
        "mixed": list(mixed_texts(given.documents, given.seed)),
        "utf-8 as latin-1": [text.encode().decode("latin-1") for text in simplified],
        "utf-8 as gbk": [text.encode().decode("gbk", "replace") for text in simplified],
    }
    print("MB/s (share of str.translate)".ljust(30) + "".join(name.rjust(22) for name in MEASURED))
    for name, texts in corpora.items():
        unit = speed(lambda text: text.translate(FOLD), texts)
        found = ((rate := speed(function, texts), rate / unit) for function in MEASURED.values())
        print(name.ljust(30) + "".join(f"{rate:.1f} ({share:.2f})".rjust(22) for rate, share in found))


if __name__ == "__main__":
    main()
