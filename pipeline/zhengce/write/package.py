"""What makes tables a publication: data package, codebook, README, citation, programs that read them again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengce.lexicon import table as entries
from zhengce.version import VERSION
from zhengce.write.codebook import write_codebook
from zhengce.write.columns import columns
from zhengce.write.datapackage import write_datapackage
from zhengce.write.manifest import Made
from zhengce.write.reload import write_reload
from zhengce.write.stored import stored

__all__ = ["write_package"]

SHEETS = {row["table"]: row["sheet"] for row in entries("sheets")}
README = Path(__file__).with_name("package_readme.md")
CITATION = """# made by zhengce
cff-version: 1.2.0
message: "如使用本数据集, 请引用。If you use this dataset, please cite it."
type: dataset
title: {title}
version: {version}
authors:
{authors}
"""


def write_package(out: Path, made: Made, books: Sequence[str]) -> None:
    """Write what the tables in the folder `out` are published with; CSV files must be there for the data package.

    `README.md`, `CITATION.cff`, `codebook.md`, `codebook.xlsx`; with CSV also `datapackage.json`, `reload.do` and
    `reload.R`. Nothing in them depends on the day or the machine. Raises OSError where a file cannot be written.
    """
    write_codebook(out, books)
    if "csv" in made.formats:
        write_datapackage(out, made, books)
        write_reload(out, books)
    title = made.title or "zhengce dataset"
    counts = {table: sum(1 for _ in stored(out, table)) for book in books for table in columns(book)}
    (out / "README.md").write_text(_readme(title, counts, made), encoding="utf-8", newline="\n")
    creators = made.creators or ("[填写作者 fill in the authors]",)
    authors = "\n".join(f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in creators)
    told = CITATION.format(title=json.dumps(title, ensure_ascii=False), version=VERSION, authors=authors)
    (out / "CITATION.cff").write_text(told, encoding="utf-8", newline="\n")


def _readme(title: str, counts: Mapping[str, int], made: Made) -> str:
    rows = "\n".join(f"| `{table}` | {SHEETS[table]} | {count} |" for table, count in counts.items())
    options = ", ".join(f"{name}={value}" for name, value in made.options.items()) or "-"
    told = README.read_text(encoding="utf-8")
    fields = {
        "title": title, "version": VERSION, "rows": rows, "options": options, "formats": ", ".join(made.formats),
        "documents": str(counts.get("documents", 0)), "failures": str(counts.get("failures", 0)),
        "edits": str(counts.get("audit", 0)),
    }  # fmt: skip
    for name, value in fields.items():
        told = told.replace(f"{{{name}}}", value)
    return told
