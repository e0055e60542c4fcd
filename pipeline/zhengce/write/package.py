"""What makes tables a publication: data package, codebook, README, citation, programs that read them again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from zhengce.version import VERSION
from zhengce.write.citation import write_citation
from zhengce.write.codebook import write_codebook
from zhengce.write.columns import columns, sheets
from zhengce.write.datapackage import write_datapackage
from zhengce.write.manifest import Made
from zhengce.write.reload import write_reload
from zhengce.write.stored import stored

__all__ = ["write_package"]

FIELD = re.compile(r"\{(\w+)\}")
FOR_CSV = ("`datapackage.json`", "`reload.do`")
README = Path(__file__).with_name("package_readme.md")


def write_package(out: Path, made: Made, books: Sequence[str]) -> None:
    """Write what the tables in the folder `out` are published with; CSV files must be there for the data package.

    `README.md`, `CITATION.cff`, `codebook.md`, `codebook.xlsx`; with CSV also `datapackage.json`, `reload.do` and
    `reload.R`. Nothing in them depends on the day or the machine. A citation that is there stays: `clear` leaves what
    people filled in. Raises OSError where a file cannot be written.
    """
    write_codebook(out, books)
    if "csv" in made.formats:
        write_datapackage(out, made, books)
        write_reload(out, books)
    title = made.title or "zhengce dataset"
    counts = {table: sum(1 for _ in stored(out, table)) for book in books for table in columns(book)}
    (out / "README.md").write_text(_readme(title, counts, made), encoding="utf-8", newline="\n")
    write_citation(out, title, made.creators)


def _readme(title: str, counts: Mapping[str, int], made: Made) -> str:
    rows = "\n".join(f"| `{table}` | {sheets()[table]} | {count} |" for table, count in counts.items())
    options = ", ".join(f"{name}={value}" for name, value in made.options.items()) or "-"
    told = README.read_text(encoding="utf-8")
    if "csv" not in made.formats:  # what reads the CSV files was not written
        told = "".join(line for line in told.splitlines(keepends=True) if not line.startswith(FOR_CSV))
    fields = {
        "title": title, "version": VERSION, "rows": rows, "options": options, "formats": ", ".join(made.formats),
        "documents": str(counts.get("documents", 0)), "failures": str(counts.get("failures", 0)),
        "edits": str(counts.get("audit", 0)),
    }  # fmt: skip
    return FIELD.sub(lambda found: fields[found[1]], told)
