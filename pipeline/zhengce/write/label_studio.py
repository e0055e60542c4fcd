"""The documents with their records as Label Studio imports them, and the labelling interface for it."""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import quoteattr

from zhengce.version import VERSION
from zhengce.write.kind import kinds
from zhengce.write.marked import Marked, marked
from zhengce.write.replacing import replacing
from zhengce.write.steady import steady
from zhengce.write.utf16 import utf16

__all__ = ["write_label_studio"]

TASKS, CONFIG = "label_studio.json", "label_studio.xml"
MADE_BY = f"zhengce {VERSION}"
TOLD = ("document", "title", "number", "region", "published", "kind", "source")


def write_label_studio(out: Path) -> None:
    """Write `label_studio.json`, tasks with predictions, and `label_studio.xml`, their labelling configuration.

    Offsets of a region are code points, half-open: Label Studio stores them so since it told them apart from
    JavaScript's (its own tests take 🐱 for one); what JavaScript counts is in `meta.utf16`. The score of a region is
    the record's confidence, `meta` has its id and columns. Characters that a database refuses are replaced one by one
    (see `steady`). Raises OSError where it cannot write.
    """
    with replacing(out / CONFIG) as path:
        path.write_text(_config(), encoding="utf-8", newline="\n")
    with replacing(out / TASKS) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for place, held in enumerate(marked(out)):
            file.write(",\n" if place else "\n")
            file.write(json.dumps(_task(held), ensure_ascii=False))
        file.write("\n]\n")


def _task(held: Marked) -> dict[str, object]:
    text = steady(str(held.document["text"]))
    offset = utf16(str(held.document["text"]))
    result = []
    for kind, row in held.records:
        start, end = int(str(row["start"])), int(str(row["end"]))
        region: dict[str, object] = {
            "id": row["record"],
            "from_name": "kind",
            "to_name": "text",
            "type": "labels",
            "value": {"start": start, "end": end, "text": text[start:end], "labels": [kind.table]},
            "meta": {
                "text": kind.lines(row),  # shown beside the region
                "record": row["record"],
                "rule": row["rule"],
                "fields": kind.held(row),
                "utf16": [offset(start), offset(end)],
            },
        }
        if row["confidence"] is not None:
            region["score"] = float(str(row["confidence"]))
        result.append(region)
    about = {name: held.document[name] for name in TOLD}
    return {
        "data": {"made_by": MADE_BY, **about, "text": text},
        "predictions": [{"model_version": MADE_BY, "result": result}],
    }


def _config() -> str:
    """The interface: a label a kind, and every space kept, without which offsets would not hold on the screen."""
    labels = "".join(
        f"    <Label value={quoteattr(kind.table)} html={quoteattr(f'{kind.label_zh} {kind.table}')}"
        f" hint={quoteattr(kind.meaning)} background={quoteattr(kind.colour)}/>\n"
        for kind in kinds()
    )
    return (
        f"<View><!-- {MADE_BY} -->\n"
        "  <Style>.htx-text{ white-space: pre-wrap; }</Style>\n"
        f'  <Labels name="kind" toName="text">\n{labels}  </Labels>\n'
        '  <Text name="text" value="$text"/>\n'
        "</View>\n"
    )
