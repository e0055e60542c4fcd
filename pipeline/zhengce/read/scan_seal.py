"""Seals (印章) off a scanned page: red ink in round shapes, which lies over the signature and the date."""

from __future__ import annotations

from typing import Any

__all__ = ["without_seals"]

REDDER, DARK, PAPER = 45, 120, 255
# a seal's side, as a share of the page's width: 2.5 to 7 cm of 21
LEAST, MOST, LONGEST = 0.11, 0.34, 1.5
FILLED = (0.04, 0.7)


def without_seals(picture: Any) -> Any:
    """The picture (height × width × 3, red first) with red seals made paper; black print under them stays.

    Wide red shapes, as the red head (发文机关标志) and its rule, are left as they are. Source of the size (4.2 to 6 cm
    across): 国发〔1999〕25号.
    """
    import cv2
    import numpy as np

    colours = picture.astype(np.int16)
    red, green, blue = colours[:, :, 0], colours[:, :, 1], colours[:, :, 2]
    inked = ((red - green > REDDER) & (red - blue > REDDER)).astype(np.uint8)
    width = picture.shape[1]
    if inked.sum() < (LEAST * width) ** 2 * FILLED[0]:
        return picture
    reach = max(int(width / 80), 3)
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(inked, np.ones((reach, reach), np.uint8)))
    cleaned = picture
    for x, y, wide, high, _ in stats[1:count]:
        share = inked[y : y + high, x : x + wide].mean()
        round_one = max(wide, high) <= LONGEST * min(wide, high) and LEAST * width <= max(wide, high) <= MOST * width
        if round_one and FILLED[0] <= share <= FILLED[1]:
            cleaned = picture.copy() if cleaned is picture else cleaned
            part = cleaned[y : y + high, x : x + wide]
            # red ink is light in the red channel, black print under it is dark there as well
            coloured = part[:, :, 0] > part.min(axis=2) + REDDER // 2
            part[coloured & (part[:, :, 0] > DARK)] = PAPER
    return cleaned
