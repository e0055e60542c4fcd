"""How right the header is on portal pages whose own index table was hidden: `python tests/bench/header.py`.

Each page of `../shared/documents/statecouncil` states title, issuers, number and dates in an index table above the
text. The table and every meta tag are withheld (`Raw.fields` is empty), the header is taken from the text alone and
compared with the table: F1 by field. The work reports that
lie beside them have only their file names to compare with.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zhengce.document import Header
from zhengce.flow import clean
from zhengce.name.department import official_name
from zhengce.outline.header import header
from zhengce.outline.numbered import numbered
from zhengce.read import read_file
from zhengce.value.day import parse_day

SHARED = Path(__file__).parents[3] / "shared" / "documents"
FIELDS = ("title", "issuers", "number", "written")


def main() -> None:
    pages = sorted((SHARED / "statecouncil").glob("*.html"))
    if not pages:
        sys.exit(f"no pages at {SHARED / 'statecouncil'}: this measure runs only where they lie beside the project")
    counts = {field: [0, 0, 0] for field in FIELDS}  # right, given, stated
    for page in pages:
        raw = read_file(page.read_bytes(), page.name)
        found = header(replace(raw, fields={}), clean(raw).text)
        for field, stated in _stated(dict(raw.fields)).items():
            given = _given(found, field)
            both = len(stated & given)
            counts[field] = [a + b for a, b in zip(counts[field], (both, len(given), len(stated)), strict=True)]
            if stated != given:
                print(f"{page.name} {field}: {sorted(given)} instead of {sorted(stated)}")
    for field, (right, given, stated) in counts.items():
        print(f"{field:8} F1 {2 * right / max(given + stated, 1):.3f}  right {right} of {given} given, {stated} stated")
    _reports(sorted((SHARED / "reports").glob("*.docx")))


def _stated(fields: dict[str, str]) -> dict[str, set[str]]:
    number, day = numbered(fields.get("发文字号", "")), parse_day(fields.get("成文日期", ""))
    names = re.split(r"[\s、，,]+", fields.get("发文机关", ""))
    return {
        "title": {_bare(fields["标题"])} if fields.get("标题") else set(),
        "issuers": {official_name(name, None, "central").name or name for name in names if name},
        "number": {number} if number else set(),
        "written": {str(day)} if day else set(),
    }


def _given(found: Header, field: str) -> set[str]:
    value = getattr(found, field)
    if field == "issuers":
        return set(value)
    return {_bare(str(value)) if field == "title" else str(value)} if value else set()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _reports(files: Sequence[Path]) -> None:
    """Title, kind, region, level, issuer and day of work reports, beside the file's name (2025年某省政府工作报告)."""
    right: Counter[str] = Counter()
    for file in files:
        raw = read_file(file.read_bytes(), file.name)
        found = header(raw, clean(raw).text)
        region = re.sub(r"^\d+年|政府工作报告$", "", file.stem)
        judged = {
            "title": found.title == file.stem,
            "kind": found.kind == "report",
            "region": bool(found.region and found.region.startswith(region)),
            "level": found.level == "province",
            "issuer": len(found.issuers) == 1 and found.issuers[0] == f"{found.region}人民政府",
            "day": found.written is not None and str(found.written.year) == file.stem[:4],
        }
        right.update(name for name, well in judged.items() if well)
        if not all(judged.values()):
            print(file.name, [name for name, well in judged.items() if not well], found)
    print(f"work reports, right of {len(files)}:", dict(right))


if __name__ == "__main__":
    main()
