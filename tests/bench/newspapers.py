"""Prints how many stories of newspaper pages laid out by chance come out whole: `python tests/bench/newspapers.py`.

Articles are told by the blocks of kind heading in the raw text, or with `--parts` by the parts of the document.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from layouts import by_chance
from test_read_newspaper import articles, f1

from zhengce.flow import process
from zhengce.read import read_file


def by_parts(data: bytes) -> list[list[str]]:
    """The lines of each part of the document."""
    document = process(data, "报纸.pdf").document
    return [document[part.span].strip("\n").split("\n") for part in document.parts] if document else []


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--show", action="store_true", help="print what differs")
    parser.add_argument("--parts", action="store_true", help="tell articles by Document.parts")
    given = parser.parse_args()
    whole = stories = 0
    scores = []
    for seed in range(given.first, given.first + given.pages):
        paper = by_chance(seed)
        found = by_parts(paper.pdf()) if given.parts else articles(read_file(paper.pdf(), "报纸.pdf"))
        for truth in paper.truth:
            wanted = truth.lines
            best = max(found, key=lambda article: len({*article} & {*wanted}))
            scores.append(1.0 if best == wanted else f1("\n".join(best), truth.text))
            whole, stories = whole + (best == wanted), stories + 1
            if best != wanted:
                print(f"seed {seed}: {truth.headline} F1 {scores[-1]:.3f}")
            if best != wanted and given.show:
                print(*(f"  + {line}" for line in best if line not in wanted), sep="\n")
                print(*(f"  - {line}" for line in wanted if line not in best), sep="\n")
    print(
        f"{whole} of {stories} stories whole; F1 in characters {sum(scores) / len(scores):.4f}, least {min(scores):.3f}"
    )


if __name__ == "__main__":
    main()
