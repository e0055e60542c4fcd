"""What the first page of a report shows: a summary of each document, and the figures of all of them as bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhengce.name.place import find_place, province_of
from zhengce.write.kind import kinds

__all__ = ["LOW", "Chart", "Summary", "charts", "summary"]

Row = Mapping[str, Any]
LOW = 0.8  # below this confidence a record is worth a look
MOST = 16  # bars of a chart; what is rarer is summed up
DAMAGE = ((0.0, "0"), (0.001, "< 0.1%"), (0.01, "0.1–1%"), (0.05, "1–5%"), (1.0, "> 5%"))
CENTRE = "中央"  # whose documents are of no province
TENTHS = tuple(f"{low / 10:.1f}–{(low + 1) / 10:.1f}" for low in range(4, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What is told of one document: `counts` of its records by kind, `low` how many are not sure, `confidences` in
    tenths.
    """

    about: Row
    province: str | None
    counts: Mapping[str, int]
    low: int
    confidences: Counter[str]
    doubts: Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars under a title, by the keys of words or as they are: (label, whether it is a key, number, class)."""

    title: str
    bars: tuple[tuple[str, bool, int, str], ...]


def summary(rows: Mapping[str, Sequence[Row]]) -> Summary:
    """The summary of the document that has these rows, by table."""
    (about,) = rows["documents"]
    sure = [row["confidence"] for kind in kinds() for row in rows[kind.table] if row["confidence"] is not None]
    return Summary(
        about={name: value for name, value in about.items() if name not in ("text", "parts", "cites")},
        province=_province(about),
        counts={kind.table: len(rows[kind.table]) for kind in kinds()},
        low=sum(float(one) < LOW for one in sure),
        confidences=Counter(TENTHS[min(max(int(float(one) * 10) - 4, 0), len(TENTHS) - 1)] for one in sure),
        doubts=Counter(row["doubt"] for row in rows["notes"]),
    )


def charts(summaries: Sequence[Summary]) -> tuple[Chart, ...]:
    """The charts of the first page, those with nothing in them left out.

    >>> charts([])
    ()
    """
    records: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    doubts: Counter[str] = Counter()
    for one in summaries:
        records.update(one.counts)
        sure.update(one.confidences)
        doubts.update(one.doubts)
    about = [one.about for one in summaries]
    dates = [str(row["published"] or row["written"] or "")[:4] or None for row in about]
    made = (
        Chart(
            title="by_kind",
            bars=tuple((f"kind.{kind.table}", True, records[kind.table], kind.table) for kind in kinds()),
        ),
        Chart(title="by_confidence", bars=tuple((tenth, False, sure[tenth], "") for tenth in TENTHS)),
        Chart(title="by_document_kind", bars=_ranked((row["kind"] for row in about), "value.documents.kind.")),
        Chart(title="by_province", bars=_ranked(one.province for one in summaries)),
        Chart(title="by_year", bars=_in_order(dates)),
        Chart(title="by_damage", bars=_by_damage(about)),
        Chart(title="by_doubt", bars=_ranked(doubts.elements(), "value.notes.doubt.")),
    )
    return tuple(one for one in made if any(number for _, _, number, _ in one.bars))


def _province(about: Row) -> str | None:
    place = find_place(about["region"]) if about["region"] else None
    if place is None:
        return CENTRE if about["level"] == "central" else None
    return province_of(place).name


def _ranked(values: Iterable[object], key: str = "") -> tuple[tuple[str, bool, int, str], ...]:
    counted = Counter(values)
    unknown = counted.pop(None, 0)
    held = counted.most_common()
    bars = [(f"{key}{value}", bool(key), number, "") for value, number in held[:MOST]]
    if rest := sum(number for _, number in held[MOST:]):
        bars.append(("word.others", True, rest, ""))
    return (*bars, *([("word.unknown", True, unknown, "")] if unknown else []))


def _in_order(values: Iterable[str | None]) -> tuple[tuple[str, bool, int, str], ...]:
    counted = Counter(values)
    unknown = counted.pop(None, 0)
    bars = [(str(value), False, number, "") for value, number in sorted(counted.items())[-MOST:]]
    return (*bars, *([("word.unknown", True, unknown, "")] if unknown else []))


def _by_damage(about: Iterable[Row]) -> tuple[tuple[str, bool, int, str], ...]:
    shares = [float(row["damage"] or 0) for row in about]
    counted = Counter(next(label for most, label in DAMAGE if share <= most) for share in shares)
    return tuple((label, False, counted[label], "") for _, label in DAMAGE)
