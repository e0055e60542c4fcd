"""Builds the language model of the re-phasing repair: words with log probabilities.

    python models/charlm/build.py

Sources: jieba's dictionary (MIT; words with counts from general prose) and the texts that this project's authors wrote
(corpora/sources, the lexicons' examples, the test cases, and terms.txt: terms of policy prose). Nothing else.
The same inputs give the same bytes.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

import jieba

PROJECT = Path(__file__).parents[2]
HAN = re.compile(r"[\u3400-\u9fff]+")
LONGEST, RAREST, OWN_WEIGHT, TERM_COUNT = 4, 3, 40, 400


def own_texts() -> str:
    """Every text that the authors wrote for samples, lexicons and cases; the held-out corpus stays out."""
    pieces = [path.read_text(encoding="utf-8") for path in sorted((PROJECT / "corpora" / "sources").glob("*.txt"))]
    for path in sorted((PROJECT / "pipeline" / "zhengce" / "lexicons").glob("*.tsv")):
        if path.name != "regions.tsv":
            pieces.append(path.read_text(encoding="utf-8"))
    for path in sorted((PROJECT / "tests" / "cases").glob("*.toml")):
        cases = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
        pieces += [case.get("text", "") for case in cases if path.name != "clean.toml"]
    return "\n".join(pieces)


def main(target: Path = Path(__file__).parent / "words.tsv.gz") -> None:
    """Counts words and writes the model."""
    counts: Counter[str] = Counter()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, *_ = line.decode("utf-8").split(" ")
            if HAN.fullmatch(word) and len(word) <= LONGEST and (int(count) >= RAREST or len(word) == 1):
                counts[word] += int(count)
    terms = (Path(__file__).parent / "terms.txt").read_text(encoding="utf-8").split()
    counts.update(dict.fromkeys(set(terms), TERM_COUNT))
    for run in HAN.findall(own_texts()):
        words = list(jieba.cut(run, HMM=False))
        counts.update({word: OWN_WEIGHT * n for word, n in Counter(w for w in words if len(w) <= LONGEST).items()})
    total = math.log(sum(counts.values()))
    rows = [f"{word}\t{round(100 * (math.log(count) - total))}" for word, count in sorted(counts.items()) if count]
    target.write_bytes(gzip.compress("\n".join(rows).encode("utf-8"), 9, mtime=0))
    print(f"{len(counts)} words, {target.stat().st_size / 1e6:.2f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
