"""The documents and records as a project that NVivo, MAXQDA, ATLAS.ti and QualCoder import (REFI-QDA)."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from zhengce.write.qde import guid, write_qde
from zhengce.write.replacing import replacing
from zhengce.write.steady import steady
from zhengce.write.stored import stored

__all__ = ["write_qdpx"]

NAME = "zhengce.qdpx"
FIRST_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP file can tell; the same run gives the same bytes
UNIX, READABLE = 3, 0o644 << 16
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
            package.writestr(_member(f"sources/{guid('document', row['document'])}.txt"), steady(str(row["text"])))
        with package.open(_member("project.qde"), "w", force_zip64=size > LARGE) as file:
            write_qde(out, file)


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, FIRST_TIME)
    member.compress_type, member.create_system, member.external_attr = ZIP_DEFLATED, UNIX, READABLE
    return member
