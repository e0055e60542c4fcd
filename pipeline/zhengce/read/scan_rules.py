"""Ruled lines of a scanned page, by which tables, boxes and columns are told."""

from __future__ import annotations

from typing import Any

from zhengce.read.layout_sheet import Area

__all__ = ["rules_of"]

# shares of the page's width and height that a stroke must run on to be a ruled line and none of a character's
ACROSS, DOWN = 1 / 14, 1 / 32
GAP, THICK = 7, 12


def rules_of(picture: Any, slope: float, points: float) -> tuple[Area, ...]:
    """The ruled lines of a page (height × width × 3, red first) in points, the page levelled by `slope` degrees."""
    import cv2
    import numpy as np

    height, width = picture.shape[:2]
    grey = cv2.cvtColor(np.ascontiguousarray(picture), cv2.COLOR_RGB2GRAY)
    if slope:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), slope, 1.0)
        grey = cv2.warpAffine(grey, turn, (width, height), borderValue=255)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    found: list[Area] = []
    for gap, stroke in (((3, GAP), (1, int(width * ACROSS))), ((GAP, 3), (int(height * DOWN), 1))):
        closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones(gap, np.uint8))
        strokes = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(stroke, np.uint8))
        count, _, stats, _ = cv2.connectedComponentsWithStats(strokes)
        for x, y, wide, high, _ in stats[1:count]:
            if min(wide, high) <= THICK:
                found.append(Area(x * points, y * points, (x + wide) * points, (y + high) * points))
    return tuple(found)
