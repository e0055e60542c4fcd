"""The project's own repair as the harness wants it: the repaired text and the flagged stretches in it."""

from __future__ import annotations

from zhengce.clean.pinyin import strip_readings
from zhengce.clean.rephase import findings
from zhengce.text import Span, apply

__all__ = ["repair"]


def repair(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Re-phasing, then the notes, as the flow runs them."""
    found = findings(text)
    first, step = apply(text, [finding.edit for finding in found if finding.edit])
    second, alignment = apply(first, strip_readings(first))
    whole = step.then(alignment)
    placed: list[Span] = [whole.locate(finding.span) for finding in found if not finding.edit]
    return second, [(span.start, span.end) for span in placed]
