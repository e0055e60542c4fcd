"""The project's own repair as the harness wants it: the repaired text and the flagged stretches in it."""

from __future__ import annotations

from zhengce.clean.pinyin import strip_readings
from zhengce.clean.rephase import findings, rephase
from zhengce.text import Span, apply

__all__ = ["repair"]


def repair(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Re-phasing, then the notes; what a second look still flags is flagged."""
    first, _ = apply(text, rephase(text))
    flagged = [finding.span for finding in findings(first) if not finding.edit]
    second, alignment = apply(first, strip_readings(first))
    placed: list[Span] = [alignment.locate(span) for span in flagged]
    return second, [(span.start, span.end) for span in placed]
