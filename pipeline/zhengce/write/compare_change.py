"""A difference between two provisions, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from zhengce.write.amount import amount
from zhengce.write.compare_terms import Language, terms

__all__ = ["Change", "change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs (`kind`, `about`), what either side says in short, and where it goes.

    `code` is the change's code, `word` its word with its mark, `direction` whether the value is higher or lower, the
    deadline earlier or later, in words; empty where that cannot be told. `going` is the code of the direction.
    """

    code: str
    kind: str
    about: str
    base: str
    own: str
    word: str
    direction: str
    going: str

    def __str__(self) -> str:
        """In one line, as a cell of a table has it."""
        how = f"{self.word}({self.direction})" if self.direction else self.word
        both = " → ".join(filter(None, (self.base, self.own)))
        about = self.about or self.kind
        return f"{how} {about}: {both}" if about not in both else f"{how} {both}"


def change(row: Mapping[str, object], lang: Language) -> Change:
    """A row of `differences` in words.

    >>> told = {"kind": "value", "change": "stronger", "indicator": "技能培训", "unit": "人次", "per": []}
    >>> told |= {"base_value": "500000", "base_bound": ">=", "value": "600000", "bound": ">=", "base_words": None}
    >>> told |= {"words": None, "base_value_max": None, "value_max": None, "base_date": None, "date": None}
    >>> str(change(told, "zh"))
    '▲ 力度更大(数值更高) 技能培训: 50万人次以上 → 60万人次以上'
    """
    code = str(row["change"])
    going = _direction(row)
    return Change(
        code=code,
        kind=terms("kind", lang)[str(row["kind"])],
        about=str(row["indicator"] or ""),
        base=_side(row, "base_", lang),
        own=_side(row, "", lang),
        word=f"{terms('change', 'mark')[code]} {terms('change', lang)[code]}",
        direction=terms("direction", lang)[going] if going else "",
        going=going,
    )


def _side(row: Mapping[str, object], side: str, lang: Language) -> str:
    per = cast(Sequence[str], row["per"] or ())
    value, most = row[f"{side}value"], row[f"{side}value_max"]
    if value is not None:
        return amount(value, most, row[f"{side}bound"], row["unit"], per, lang=lang)
    return str(row[f"{side}date"] or row[f"{side}words"] or "")


def _direction(row: Mapping[str, object]) -> str:
    if row["change"] in ("equal", "scope"):  # a province's total is lower than the nation's, and tells nothing
        return ""
    if row["kind"] == "deadline":
        before, now = row["base_date"], row["date"]
        return "" if None in (before, now) or before == now else "earlier" if str(now) < str(before) else "later"
    if row["base_value"] is None or row["value"] is None:
        return ""
    old, new = Decimal(str(row["base_value"])), Decimal(str(row["value"]))
    return "" if old == new else "higher" if new > old else "lower"
