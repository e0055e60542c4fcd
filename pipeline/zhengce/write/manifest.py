"""What a dataset was made of and by what: with the same of all that, the same tables come out byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType

from zhengce.version import VERSION
from zhengce.weights import PACKAGE, weights
from zhengce.write.columns import columns
from zhengce.write.stored import stored

__all__ = ["LASTING", "Made", "differences", "made_by", "pipeline", "write_manifest"]

# what reads, segments and matches: another version of one of these can change a table
LIBRARIES = (
    "ahocorasick-rs", "jieba", "networkx", "olefile", "opencc", "pdfplumber", "py7zr", "pypdfium2", "pypinyin",
    "python-docx", "rapidfuzz", "rapidocr", "rensa", "rjieba", "selectolax", "warcio",
)  # fmt: skip
MODELS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "charlm": ("words.tsv.gz",),
    "judge": tuple(f"{name}.json" for name in ("assignment", "goal", "name", "reference", "statement", "subsidy")),
})  # fmt: skip
# the forms of a table whose bytes are the same in every run; the others hold the time at which they were written
LASTING = ("jsonl", "csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How a dataset was asked for; `options` are what changes its tables."""

    formats: tuple[str, ...]
    options: Mapping[str, object]
    title: str | None = None
    creators: tuple[str, ...] = ()
    edits: bool = False


def write_manifest(out: Path, made: Made, books: Sequence[str]) -> None:
    """Write `manifest.json` beside the tables in the folder `out`; no clock and no path of the machine is in it.

    Hashes are SHA-256. `tables` are the files whose bytes a second run must give again.
    """
    told = {
        "made_by": f"zhengce {VERSION}",
        **made_by(),
        "options": dict(made.options),
        "formats": list(made.formats),
        "title": made.title,
        "creators": list(made.creators),
        "edits": _hash(out / "edits.jsonl") if made.edits else None,
        "inputs": [*_inputs(out, "documents"), *_inputs(out, "failures")],
        "tables": {path.name: _hash(path) for path in _tables(out, books)},
    }
    path = out / "manifest.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def pipeline(options: Mapping[str, object]) -> str:
    """One hash over all that changes what is read out of a document: code, lexicons, models, libraries, `options`."""
    told = {**made_by(), "options": dict(options)}
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def differences(former: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """What differs between two manifests, a line each: what the tables are made of first, then the tables.

    >>> list(differences({"version": "1", "tables": {"a.csv": "x"}}, {"version": "1", "tables": {"a.csv": "y"}}))
    ['tables: a.csv']
    """
    for name in (*(key for key in now if key != "tables"), "tables"):
        before, after = former.get(name), now.get(name)
        if before == after or name in ("formats", "made_by"):
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            held = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
            yield f"{name}: {', '.join(held)}"
        elif name == "inputs":
            yield f"inputs: {_changed(before, after)} other or missing"
        else:
            yield name


def _changed(before: object, after: object) -> int:
    hashes = [{str(one) for one in held} if isinstance(held, list) else set() for held in (before, after)]
    return len(hashes[0] ^ hashes[1])


def made_by() -> dict[str, object]:
    """What changes what is read out of a document: version, and hashes of code, lexicons, models and libraries."""
    lexicons = sorted(path for path in (PACKAGE / "lexicons").iterdir() if path.is_file())
    return {
        "version": VERSION,
        "rules": _rules(),
        "lexicons": {path.name: _hash(path) for path in lexicons},
        "models": {f"{model}/{name}": _hash(weights(model, name)) for model, names in MODELS.items() for name in names},
        "libraries": dict(_libraries()),
    }


@cache
def _rules() -> str:
    """One hash over the code of the package, in the order of its files."""
    told = sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        told.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return told.hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _libraries() -> Iterator[tuple[str, str]]:
    for name in LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def _inputs(out: Path, table: str) -> Iterator[dict[str, object]]:
    for row in stored(out, table):
        yield {name: row[name] for name in ("source", "sha256", "copies") if name in row}


def _tables(out: Path, books: Iterable[str]) -> Iterator[Path]:
    for book in books:
        for table in columns(book):
            yield from (path for suffix in LASTING if (path := out / f"{table}.{suffix}").is_file())
