"""The words of a provision without the label and heading that they begin with."""

from __future__ import annotations

import re

__all__ = ["body"]

BETWEEN = " \u3000。．.、:："


def body(quote: str, label: object, heading: object) -> str:
    """The words after the printed label and heading, for where those stand above; all of them if nothing is left.

    Provisions that are told apart by their headings alone would else differ in their first words.

    >>> body("（二）目标任务。到2025年，培育劳务品牌60个。", "（二）", "目标任务")
    '到2025年，培育劳务品牌60个。'
    >>> body("培育劳务品牌。", None, "培育劳务品牌"), body("培育劳务品牌60个。", None, "培育劳务品牌")
    ('培育劳务品牌。', '培育劳务品牌60个。')
    """
    rest = quote.strip()
    for printed in (str(label or ""), str(heading or "")):
        # a heading ends with a mark or a line; else the sentence goes on with the words of the heading
        end = f"[{BETWEEN}]*" if printed == label else f"(?:[{BETWEEN}]|\\s)+"
        if printed and (found := re.match(re.escape(printed) + end, rest)):
            rest = rest[found.end() :]
    return rest or quote.strip()
