"""Strict F1 of the records against the density of damage: `python tests/bench/robustness.py --scorer PATH/score.py`.

The project's samples, whose records are known, are put into traditional script and damaged as by sites whose list of
annotated characters grows; every page is read, repaired and extracted, and scored against the samples' gold.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from damage.simulate import Kind, simulate
from damage.site import PHANTOMS, READINGS, made_site

from zhengce.batch import run

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
SIZES = (0, 60, 150, 334)
KINDS: tuple[Kind, ...] = ("annotated", "kind1", "both")
PRIVATE: tuple[Literal["kept", "stripped"], ...] = ("kept", "stripped")
SEED = 7


def point(
    kind: Kind, size: int, scorer: Path, private: Literal["kept", "stripped"] = "kept"
) -> tuple[float, float, int]:
    """Mean strict F1, stretches a thousand characters, and all stretches, at one kind of damage and length of list."""
    order = [*PHANTOMS, *(char for char in READINGS if char not in PHANTOMS)]
    notes = tuple((char, f"({READINGS[char]})") for char in order[:size])
    site = replace(made_site(SEED), notes=notes, missing=0.0, private=private, fold=False, comma=False)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "in").mkdir()
        (place / "gold").mkdir()
        stretches = characters = 0
        for gold in sorted((CORPORA / "samples" / "gold").glob("*.json")):
            clean = (CORPORA / "sources" / f"{gold.stem}.txt").read_text(encoding="utf-8")
            damaged = simulate(clean, seed=SEED, kind=kind, site=site)
            stretches += len(damaged.stretches)
            characters += len(clean)
            (place / "in" / f"{gold.stem}.txt").write_text(damaged.text, encoding="utf-8", newline="")
            data = json.loads(gold.read_text(encoding="utf-8")) | {"file": f"{gold.stem}.txt"}
            (place / "gold" / gold.name).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        run([place / "in"], place / "out")
        report = place / "report.json"
        command = [sys.executable, str(scorer), str(place / "gold"), str(place / "out"), "--json", str(report)]
        subprocess.run(command, check=True, capture_output=True)
        kinds = json.loads(report.read_text(encoding="utf-8")).values()
    scores = [kind_["strict"] for kind_ in kinds if kind_["gold"]]
    return sum(scores) / len(scores), 1000 * stretches / characters, stretches


def main() -> None:
    """Prints the curve as a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scorer", type=Path, required=True)
    given = parser.parse_args()
    print("kind       private   characters annotated   stretches/1000   strict F1")
    for kind in KINDS:
        for private in PRIVATE:
            for size in SIZES:
                score, density, _ = point(kind, size, given.scorer, private)
                print(f"{kind:10} {private:9} {size:20} {density:16.2f} {score:11.3f}")


if __name__ == "__main__":
    main()
