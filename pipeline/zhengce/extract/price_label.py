"""Instruments that stand over the prices which follow them: 补贴标准：…, 按下列标准给予补贴."""

from __future__ import annotations

import re

from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.instrument import Mention
from zhengce.extract.price import is_money
from zhengce.extract.statement import statements
from zhengce.text import Span

__all__ = ["announces", "heads", "label_in_force", "lists_prices", "sets_standard"]

LABEL = re.compile(r"(?:标准|比例)(?:为|如下|是|分(?:为|成)?[一二两三四五六\d][档类级个]+)?$|(?:下列|以下|如下)标准")
LISTED = re.compile(r"(?:下列|以下|如下)标准")


def announces(document: Document, mention: Mention) -> bool:
    """Whether a clause puts an instrument over the amounts that follow: 补贴标准：…, 按下列标准给予补贴."""
    clause = mention.clause.span
    rest = document[Span(start=mention.span.end, end=clause.end)]
    colon = not rest and document.text[clause.end : clause.end + 1] in ("：", ":")
    return bool(colon or _labels(mention, rest) or LISTED.search(document[clause]) or heads(document, mention))


def heads(document: Document, mention: Mention) -> bool:
    """Whether an instrument is the heading of a provision, whose text then gives its prices: 五、高龄津贴。"""
    provision = document.provision_at(mention.span.start)
    rest = document.text[mention.span.end : mention.clause.span.end]
    return provision is not None and mention.span.end <= provision.span.end and rest in ("", "标准")


def sets_standard(document: Document, label: Mention) -> bool:
    """Whether a label says that what follows is the standard, in a text of any kind: 补贴标准分三档."""
    rest = document[Span(start=label.span.end, end=label.clause.span.end)]
    return _labels(label, rest) or label.name.endswith("标准")


def _labels(mention: Mention, rest: str) -> bool:
    """Whether the words behind an instrument announce its standards; 标准 may belong to its name (护理标准分三档)."""
    return bool(LABEL.search("标准" + rest if rest and mention.name.endswith("标准") else rest))


def label_in_force(document: Document, clause: Clause, label: Mention | None) -> Mention | None:
    """An instrument whose standards are announced (补贴标准：…) holds to the end of its provision or line."""
    if label is None:
        return None
    rest = document[Span(start=label.span.end, end=label.clause.span.end)]
    bare = rest.endswith("标准") and document.text[label.clause.span.end : label.clause.span.end + 1] not in ("：", ":")
    head = document.text[label.clause.span.start : label.span.start]
    if bare and re.search(r"[\u4e00-\u9fff]{2}", head) and clause.sentence != label.clause.sentence:
        return None  # 提高补助标准。 announces no sum of a later sentence, the heading 补助标准。 does
    provision = document.provision_at(label.clause.span.start)
    end = provision.body.end if provision else document.text.find("\n", label.clause.span.end)
    return label if end < 0 or clause.span.start < end else None


def lists_prices(document: Document, mention: Mention) -> bool:
    """Whether the prices of an instrument follow it: 按下列标准, or a colon with amounts behind it."""
    clause = mention.clause
    behind = (s for s in statements(document) if s.clause.sentence == clause.sentence and is_money(s.quantity))
    colon = document.text[clause.span.end : clause.span.end + 1] in ("：", ":")
    return bool(LISTED.search(document[clause.span])) or (
        colon and any(s.span.start >= clause.span.end for s in behind)
    )
