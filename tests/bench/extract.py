"""Prints how fast clean text becomes records, stage by stage: `python tests/bench/extract.py`.

The texts are the work reports that lie beside the project, or the files and folders given. All figures are of CPU time,
the medians of rounds that each run in a process of their own: what is kept of a text must not speed up the next round.
Megabytes a second depend on the machine, ratios less, so each round also times three things that only go over the same
texts: a search for numbers, segmentation by rjieba, and a blank spaCy pipeline with that segmentation.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from zhengce.document import Document
from zhengce.extract.assignment import assignments
from zhengce.extract.brand import brands
from zhengce.extract.clause import read_clauses
from zhengce.extract.fact import facts
from zhengce.extract.reference import references
from zhengce.extract.revise import revised
from zhengce.extract.statement import statements
from zhengce.extract.subsidy import subsidies
from zhengce.extract.target import targets
from zhengce.flow import _outlined, annotate, candidates, clean
from zhengce.inputs import contents, plan
from zhengce.link.repeat import marked
from zhengce.model.judge import trained_judge
from zhengce.read import read_file
from zhengce.record import Failure, Record
from zhengce.words import create_pipeline, tag, words

REPORTS = Path(__file__).parents[3] / "shared" / "documents" / "reports"
# has one of everything, so that every pattern is compiled and every table loaded before the clock runs
WARM = (
    "关于做好培训工作的通知\n各县：\n到2025年底，各县至少建设2个培训基地，按规定给予500元补贴。（县财政局负责）\n"
    "累计培训“甲县焊工”劳务品牌2.5万人次。根据《就业办法》（甲政发〔2024〕3号），省人社厅牵头，市财政局要配合。\n"
    "县财政局落实经费，县教育局指导培训，县妇联负责宣传，经费由县民政局安排。\n"
)
NUMBER = re.compile(r"\d+(?:\.\d+)?|[零〇○一二三四五六七八九十百千万亿两]+")
# in this order: each finds made already what it leans on, so that its time is its own
STAGES: Mapping[str, Callable[[Document], Iterable[object]]] = {
    "clauses": read_clauses, "statements": statements, "subsidies": subsidies, "assignments": assignments,
    "targets": targets, "facts": facts, "brands": brands, "references": references,
}  # fmt: skip


def cleaned(paths: Sequence[Path]) -> Iterator[Document]:
    """The clean texts of the files, as the flow hands them to the outline."""
    for item, data in contents(plan(paths)):
        if not isinstance(data, Failure):
            yield clean(read_file(data, item.name))


def staged(documents: Sequence[Document]) -> dict[str, float]:
    """Seconds of each stage, from clean text to records."""
    annotate(WARM)
    words(WARM), tag(WARM)
    spent = dict.fromkeys(("outline", *STAGES, "evidence", "judge", "revision", "repeats"), 0.0)
    for document in documents:
        begun = time.process_time()
        document = _outlined(document)
        spent["outline"] += time.process_time() - begun
        records: list[Record] = []
        for name, stage in STAGES.items():
            begun = time.process_time()
            records += [found for found in stage(document) if isinstance(found, Record)]
            spent[name] += time.process_time() - begun
        begun = time.process_time()
        asked = candidates(document, records)
        spent["evidence"] += time.process_time() - begun
        begun = time.process_time()
        verdicts = trained_judge()(document, asked)
        spent["judge"] += time.process_time() - begun
        begun = time.process_time()
        records = revised(document, records, [pair for pair in zip(asked, verdicts, strict=True) if pair[1]])
        spent["revision"] += time.process_time() - begun
        begun = time.process_time()
        list(marked(document.id, records))
        spent["repeats"] += time.process_time() - begun
    return spent


def beside(documents: Sequence[Document]) -> dict[str, float]:
    """Seconds of what only goes over the texts."""
    nlp = create_pipeline()
    nlp.remove_pipe("zhengce")
    nlp(WARM)
    measured: dict[str, Callable[[str], object]] = {
        "re, numbers": lambda text: sum(1 for _ in NUMBER.finditer(text)), "rjieba": words, "spaCy blank": nlp,
    }  # fmt: skip
    spent = {}
    for name, function in measured.items():
        begun = time.process_time()
        for document in documents:
            function(document.text)
        spent[name] = time.process_time() - begun
    return spent


def main() -> None:
    """Runs the bench."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("paths", nargs="*", type=Path, default=[REPORTS])
    given = parser.parse_args()
    documents = list(cleaned(given.paths))
    size = sum(len(document.text.encode()) for document in documents) / 1e6
    stages, others = [], []
    for _ in range(given.rounds):
        with get_context("fork").Pool(1) as pool:
            stages.append(pool.apply(staged, (documents,)))
            others.append(pool.apply(beside, (documents,)))
    whole = median(sum(spent.values()) for spent in stages)
    print(f"{len(documents)} texts, {size:.2f} MB of UTF-8; CPU time, median of {given.rounds} rounds")
    print(f"{'text → records':<16}{size / whole:>9.2f} MB/s")
    for name in stages[0]:
        spent = median(one[name] for one in stages)
        print(f"  {name:<14}{size / spent:>9.2f} MB/s{spent / whole:>8.1%}")
    for name in others[0]:
        spent = median(one[name] for one in others)
        print(f"{name:<16}{size / spent:>9.2f} MB/s{whole / spent:>8.1f}× as fast")


if __name__ == "__main__":
    main()
