"""The package over the project's own corpora: figures against their floors, records gained and lost by name.

    python tests/check_floors.py [--raise]

The 51 documents of `corpora/` are extracted anew and evaluated by `zhengce.measure` against the gold beside them (it
knows dates that are as right as the one in the tables of `corpora/gold`). Strict F1 by kind and by sort of document
must not fall below `[own.*]` in `quality.toml`: exit code 1 where one does. What was right and is wrong now, and the
other way round, is told by name against `tests/floors/<corpus>.json`, which lists what was right. `--raise` lifts the
floors to what is reached, never lowers one, and writes the lists anew; commit both.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from zhengce.batch import run
from zhengce.measure.evaluate import evaluate

HERE = Path(__file__).parent
CORPORA = HERE.parent / "corpora"
NAMES = ("samples", "heldout", "trial", "blind", "blind2")
FLOORS = HERE / "quality.toml"
LISTS = HERE / "floors"
MARK = "# Below this line: written by tests/check_floors.py --raise\n"

Figures = dict[str, dict[str, float]]
Lists = dict[str, dict[str, list[str]]]


def measured() -> dict[str, Any]:
    """What `evaluate` says of a new run over all corpora."""
    with TemporaryDirectory() as place:
        gold, out = Path(place) / "gold", Path(place) / "run"
        gold.mkdir()
        for file, kind in _kinds().items():
            path = CORPORA / file
            marked = json.loads((path.parent / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
            text = json.dumps(marked | {"kind": kind}, ensure_ascii=False)
            (gold / f"{path.stem}.json").write_text(text, encoding="utf-8")
        run([path for name in NAMES for path in sorted((CORPORA / name).iterdir()) if path.is_file()], out)
        return evaluate(out, gold, bootstrap=0)


def _kinds() -> dict[str, str]:
    """The kind of each document by the manifest: by the run's, a header read otherwise would move its document."""
    with (CORPORA / "manifest.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return {row["file"] if "/" in row["file"] else f"samples/{row['file']}": row["kind"] for row in rows}


def reached(report: Mapping[str, Any]) -> Figures:
    """Strict F1 by kind and by sort of document."""
    kinds = {kind: figures["strict"]["f1"] for kind, figures in report["kinds"].items()}
    sorts = {name: {sort: told["strict"] for sort, told in of.items()} for name, of in report["strata"].items()}
    return {"kind": kinds} | sorts


def below(figures: Figures, floors: Figures) -> Iterator[str]:
    """What has fallen, or is no longer measured at all."""
    for name, of in floors.items():
        for sort, floor in of.items():
            now = figures.get(name, {}).get(sort)
            if now is None or now < floor:
                yield f"{name} {sort}: strict F1 {now}, floor {floor}"


def raised(figures: Figures, floors: Figures) -> Figures:
    """The floors, those lifted that are exceeded by a hundredth."""
    return {
        name: {sort: max(floors.get(name, {}).get(sort, 0.0), int(now * 100 + 1e-6) / 100) for sort, now in of.items()}
        for name, of in figures.items()
    }


def right(report: Mapping[str, Any]) -> Lists:
    """The names of the records that are right in everything, by corpus and kind."""
    corpus = {path.name: name for name in NAMES for path in (CORPORA / name).iterdir()}
    lists: Lists = {name: {} for name in NAMES}
    for name, record in report["gold"].items():
        source, kind, _ = name.split("/", 2)
        if record["verdict"] == "strict":
            lists[corpus[source]].setdefault(kind, []).append(name)
    return lists


def tell(now: Lists, before: Lists, verdicts: Mapping[str, Any]) -> None:
    """Print the records gained and lost."""
    for corpus, kinds in now.items():
        ours = {name for names in kinds.values() for name in names}
        theirs = {name for names in before.get(corpus, {}).values() for name in names}
        for word, names in (("gained", ours - theirs), ("lost", theirs - ours)):
            for name in sorted(names):
                told = verdicts.get(name, {"verdict": "no longer in the gold"})
                print(f"{word}  {corpus}/{name}  {', '.join(told.get('wrong', [told['verdict']]))}")


def write(figures: Figures, lists: Lists) -> None:
    kept = FLOORS.read_text(encoding="utf-8").partition(MARK)[0].rstrip() + "\n\n"
    sections = [
        "\n".join([f"[own.{name}]", *(f'"{sort}" = {floor}' for sort, floor in of.items())])
        for name, of in figures.items()
    ]
    FLOORS.write_text(kept + MARK + "\n" + "\n\n".join(sections) + "\n", encoding="utf-8", newline="\n")
    LISTS.mkdir(exist_ok=True)
    for corpus, kinds in lists.items():
        text = json.dumps(kinds, ensure_ascii=False, indent=1) + "\n"
        (LISTS / f"{corpus}.json").write_text(text, encoding="utf-8", newline="\n")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", action="store_true", dest="lift", help="lift the floors and write the lists anew")
    lift = parser.parse_args(words).lift
    report = measured()
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get("own", {})
    figures, lists = reached(report), right(report)
    before = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(LISTS.glob("*.json"))}
    tell(lists, before, report["gold"])
    fallen = list(below(figures, floors))
    for line in fallen:
        print("BELOW ITS FLOOR", line)
    if lift and not fallen:
        write(raised(figures, floors), lists)
    strict = sum(len(names) for kinds in lists.values() for names in kinds.values())
    print(f"{strict} records right in everything, {len(fallen)} figures below their floors")
    return int(bool(fallen))


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # quotes may have characters that the console lacks
    sys.exit(main(sys.argv[1:]))
