"""What whole processes cost, from their start: CPU time and the most memory; for `speed.py`."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

__all__ = ["PROCESSES", "Process", "cost", "of_all"]

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples"
ONE_EACH = (
    "news_report.txt",
    "hunan_opinion.txt",
    "central_opinion.html",
    "sichuan_opinion.docx",
    "yunnan_opinion.pdf",
)
ZHENGCE = [sys.executable, "-m", "zhengce"]
# A process is told to have had at least the memory of the one that started it, so a small one does. On Linux it
# inherits what a command leaves behind: the server of its workers, who are no children of the command.
LAUNCHER = """
import ctypes, os, resource, subprocess, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
try:
    while True:
        os.wait()
except ChildProcessError:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(code)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A command, and its aim in seconds of CPU; `{out}` is a folder of its own."""

    name: str
    command: list[str]
    aim: float | None = None


def _python(name: str, code: str) -> Process:
    return Process(name=name, command=[sys.executable, "-c", code])


def _extract(name: str, *paths: Path) -> Process:
    command = [*ZHENGCE, "extract", "--quiet", *map(str, paths), "-o", "{out}"]
    return Process(name=f"extract {name}", command=command)


def of_all(paths: Iterable[Path]) -> Process:
    """One worker that extracts all that is in some folders."""
    return _extract("all documents", *paths)


PROCESSES = [
    _python("· Python, nothing else", ""),
    _python("· spaCy, blank zh", "import spacy; spacy.blank('zh')"),
    _python("· JioNLP, import", "import jionlp"),
    _python("· trafilatura, import", "import trafilatura"),
    Process(name="zhengce --help", command=[*ZHENGCE, "--help"], aim=0.3),
    _python("import zhengce, its stages", "import zhengce; zhengce.process"),
    *(_extract(name, SAMPLES / name) for name in ONE_EACH),
]


def cost(process: Process, rounds: int) -> tuple[float, float] | None:
    """CPU seconds of all its processes, the median of `rounds` after one that is not counted, and the most MB of one.

    None where the command fails.
    """
    turns = []
    with tempfile.TemporaryDirectory() as folder:
        # modules are compiled in the round that is not counted
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/compiled", "PYTHONDONTWRITEBYTECODE": ""}
        for turn in range(rounds + 1):
            # a run goes on with what a former one has left in its folder
            command = [word.replace("{out}", f"{folder}/{turn}") for word in process.command]
            told = subprocess.run(
                [sys.executable, "-c", LAUNCHER, *command], capture_output=True, check=False, env=environment
            )
            if told.returncode:
                return None
            turns.append([float(figure) for figure in told.stdout.split()])
    return median(seconds for seconds, _ in turns[1:]), max(peak for _, peak in turns) / 1024
