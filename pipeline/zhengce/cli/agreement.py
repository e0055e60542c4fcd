"""The page that `zhengce evaluate --agree` prints: how far coders agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zhengce.cli.fit import fit, wrap
from zhengce.cli.messages import Say

__all__ = ["agreement_page"]

LINE = 79  # one less than where a console wraps
NAME, NUMBER = 16, 10
PAIRS = (LINE - NAME - 3 * NUMBER) // NUMBER


def agreement_page(agreed: Mapping[str, Any], say: Say) -> list[str]:
    """The lines of the page: a table for each level, and Cohen's kappa of further pairs below."""
    lines = [say("agree_head", coders=len(agreed["coders"]), documents=agreed["documents"])]
    for letter, path in agreed["coders"].items():
        first, *rest = wrap(path, LINE - 5)
        lines += [f"  {letter}: {first}", *(f"     {line}" for line in rest)]
    for letter, count in agreed["unplaced"].items():
        if count:
            lines.append(say("agree_unplaced", coder=letter, count=count))
    for level, kinds in agreed["levels"].items():
        lines += ["", *_table(level, kinds, say)]
    return [*lines, "", *say("agree_note").split("\n")]


def _table(level: str, kinds: Mapping[str, Any], say: Say) -> Iterator[str]:
    pairs = list(next(iter(kinds.values()))["cohen"])
    for at in range(0, len(pairs), PAIRS):
        shown = pairs[at : at + PAIRS]
        heads = [say("agree_units"), "alpha", "Fleiss", *(f"Cohen {pair}" for pair in shown)]
        yield fit(say(f"agree_{level}"), NAME) + _right(heads if at == 0 else ["", "", "", *heads[3:]])
        for kind, figures in kinds.items():
            name = say("agree_set") if kind == "set" else say(kind)
            rest = [figures["units"], _figure(figures["alpha"]), _figure(figures["fleiss"])]
            cohen = [_figure(figures["cohen"][pair]) for pair in shown]
            yield fit(name, NAME) + _right([*(rest if at == 0 else ["", "", ""]), *cohen])


def _right(cells: Iterable[object]) -> str:
    return "".join(fit(str(cell), NUMBER, right=True) for cell in cells)


def _figure(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"
