"""The documents and records as a project that NVivo, MAXQDA, ATLAS.ti and QualCoder import (REFI-QDA)."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from zhengce.write.qde import guid, write_qde
from zhengce.write.replacing import replacing
from zhengce.write.steady import steady
from zhengce.write.stored import stored
from zhengce.write.zip_member import zip_member

__all__ = ["write_qdpx"]

NAME = "zhengce.qdpx"
LARGE = 1 << 30  # bytes of tables from which the project may need more than a ZIP file has by itself


def write_qdpx(out: Path) -> None:
    """Write `zhengce.qdpx`, a REFI-QDA project 1.5, from the run in the folder `out`.

    A text source and a case for every document, a code for every kind of record with one below it for every value of
    its enumerations, a coded selection for every record. Positions are code points of the text, half-open; texts are
    UTF-8 without a byte order mark, line ends are LF, and what programs would drop or fold is replaced one by one (see
    `steady`). Raises OSError where it cannot write.
    """
    size = sum(path.stat().st_size for path in out.glob("*.jsonl"))
    with replacing(out / NAME) as path, ZipFile(path, "w") as package:
        for row in stored(out, "documents"):
            package.writestr(zip_member(f"sources/{guid('document', row['document'])}.txt"), steady(str(row["text"])))
        with package.open(zip_member("project.qde"), "w", force_zip64=size > LARGE) as file:
            write_qde(out, file)
