"""Prints what a repair of scrape damage reaches: `python tests/bench/restore.py --repair module:function`.

The repair takes a text and gives back the repaired text and the (start, end) of what it flags in it. Made texts are
seeded from 900,000 on; calibrate thresholds and train models on smaller seeds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from damage.evaluate import Repair, Report, evaluate
from damage.simulate import Damaged, Kind, simulate, traditional
from damage.site import made_site
from damage.texts import english_texts, manual_pages, mixed_texts, policy_texts

VERDICTS = ("exact", "bare", "wrong", "flagged", "missed")
KINDS: tuple[Kind, ...] = ("annotated", "kind1", "kind2", "both")


def polluted(count: int, seed: int) -> Iterator[Damaged]:
    """Made texts damaged in the four ways in turn, each as of a site of its own."""
    for number, text in enumerate(policy_texts(count, seed)):
        yield simulate(text, seed=seed + number, kind=KINDS[number % 4], site=made_site(seed + number))


def clean(count: int, seed: int) -> Iterator[Damaged]:
    """Texts in which nothing may change: made ones in both scripts, English, mixed, and the manual pages there are."""
    made = list(policy_texts(count, seed))
    texts: Iterable[str] = chain(
        made, map(traditional, made), english_texts(count, seed), mixed_texts(count, seed), manual_pages()
    )
    return (Damaged(text=text, clean=text) for text in texts)


def table(report: Report) -> str:
    """The table of shares and counts."""
    lines = [
        f"annotations removed  {_share(report.removed, report.annotations)}",
        f"real brackets lost   {_share(report.lost, report.brackets)}",
        f"sound text altered   {_share(report.altered, report.documents)} of damaged documents",
        "stretches".ljust(12) + "".join(verdict.rjust(18) for verdict in VERDICTS),
    ]
    for kind, counts in report.stretches.items():
        cells = (_share(counts[verdict], counts.total(), of=False).rjust(18) for verdict in VERDICTS)
        lines.append(f"{kind} ({counts.total()})".ljust(12) + "".join(cells))
    return "\n".join(lines)


def _share(part: int, whole: int, *, of: bool = True) -> str:
    share = f"{100 * part / whole:.2f} % ({part}" if whole else f"– ({part}"
    return f"{share} of {whole})" if of else f"{share})"


def speed(repair: Repair, documents: Iterable[Damaged]) -> float:
    """Megabytes of UTF-8 a second."""
    texts = [document.text for document in documents]
    begun = time.perf_counter()
    for text in texts:
        repair(text)
    return sum(len(text.encode()) for text in texts) / 1e6 / (time.perf_counter() - begun)


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repair", required=True, metavar="MODULE:FUNCTION")
    parser.add_argument("--documents", type=int, default=1000, help="damaged documents, and clean ones of each kind")
    parser.add_argument("--seed", type=int, default=900_000)
    given = parser.parse_args()
    module, _, function = given.repair.partition(":")
    repair: Repair = getattr(import_module(module), function)
    damaged, sound = list(polluted(given.documents, given.seed)), list(clean(given.documents, given.seed))
    print(table(evaluate(repair, damaged)))
    unharmed = evaluate(repair, sound)
    print(f"clean documents changed  {unharmed.changed} of {unharmed.clean}")
    print(f"MB/s  clean {speed(repair, sound):.1f}, polluted {speed(repair, damaged):.2f}")


if __name__ == "__main__":
    main()
