"""The figures of linking on the made reports in `corpora/reports`: `python tests/link_scores.py` prints them."""

from __future__ import annotations

import sys
import tempfile
import tomllib
from pathlib import Path

from zhengce import batch
from zhengce.link.dataset import linked
from zhengce.measure.linking import Share, linking
from zhengce.restored import reports

CORPUS = Path(__file__).parent.parent / "corpora" / "reports"


def scores(part: str) -> dict[str, Share]:
    """The shares on one part of the corpus, `train` or `test`."""
    gold = tomllib.loads((CORPUS / part / "gold.toml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        batch.run([CORPUS / part], Path(folder))
        return linking(linked(tuple(reports(Path(folder)))), gold)


def main() -> None:
    for part in ("train", "test", "blind"):
        for name, share in scores(part).items():
            told = f"{share.right:4} right of {share.found:4} found, {share.gold:4} there are"
            sys.stdout.write(f"{part:6}{name:14}{told}  P {share.precision:.3f}  R {share.recall:.3f}\n")


if __name__ == "__main__":
    main()
