"""The documents with their records as doccano imports them."""

from __future__ import annotations

import json
from pathlib import Path

from zhengce.version import VERSION
from zhengce.write.marked import marked
from zhengce.write.replacing import replacing
from zhengce.write.steady import steady

__all__ = ["write_doccano"]

NAME = "doccano.jsonl"
TOLD = ("title", "number", "region", "published", "kind", "source")


def write_doccano(out: Path) -> None:
    """Write `doccano.jsonl` (format JSONL of sequence labelling) from the run in the folder `out`.

    A line a document: `id`, `text`, `label` as [start, end, table] in code points, half-open, and `meta`, whose
    `records` are the ids of the labels in their order. Labels overlap: the project has to allow it. Characters that a
    database refuses are replaced one by one (see `steady`). Raises OSError where it cannot write.
    """
    with replacing(out / NAME) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        for held in marked(out):
            told = {name: held.document[name] for name in TOLD}
            line = {
                "id": held.document["document"],
                "text": steady(str(held.document["text"])),
                "label": [[row["start"], row["end"], kind.table] for kind, row in held.records],
                "meta": {
                    "made_by": f"zhengce {VERSION}",
                    **told,
                    "records": [row["record"] for _, row in held.records],
                },
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
