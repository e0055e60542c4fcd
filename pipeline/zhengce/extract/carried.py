"""Prices that name no instrument in their own clause: what gives them stands before, over them, or only as a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.instrument import Mention
from zhengce.extract.price import A_LARGE_SUM, DONE, NO_PRICE, base_of, is_money
from zhengce.extract.price_label import heads, sets_standard
from zhengce.extract.statement import Statement
from zhengce.extract.tier import parallel
from zhengce.value.per import per_of

__all__ = ["Carrier", "carrier_of", "is_bare_tier"]

BARE_TIER = re.compile(
    r"(?!.*(?:工资|收入|收费|自付|投资|个人缴|人均|户均|月领|增\d|增长|占|率达?\d|率(?:为|放宽|降|提|升|在)))[\u4e00-\u9fff（）()“”\d—\-]{2,20}?"
    r"(?:则|每[人户亩年月天]|按|为|的|不(?:超过|高于|低于))*[\d,.]+(?:万?元|%)"
)
GIVES = re.compile(
    r"(?:给予|发给|发放|奖励|奖补|补[贴助]|资助|(?<=每)[^，,。；;]{0,12}补|再发|加发|[可再]?获发?|再[补奖]|定额标准为)[^，,。；;\d]{0,10}$"
)
# a verb of giving with nothing between it and the sum: 就业补400元, 再奖30万元, 贴一半利息
PLAIN = re.compile(
    r"(?:拿到|能领|可领|扣减|少缴|[^候递增填弥修]补|[^获中颁]奖|[^津补倒]贴|再[补奖发获]|加发|获发一次过[^，。；]{0,6})$"
)
PLAIN_RATE = re.compile(r"^(?:补|贴|返|给)(?![充齐缴课])")
PAID_BY_PEOPLE = re.compile(r"缴|收费|工资|自付|扣除")
GIVING_TITLE = re.compile(r"补[贴助]|奖[励补]|资助|扶持|支持|优惠")
# a condition or a person who is given to: 对获评的，奖励…; 每吸纳1名，补…
NORM = re.compile(r"^(?:对|凡|给|经)|的$|每|一次性|满\d+个?[年月]")
RATED = re.compile(r"(?:^|[，；])(?:按|提高[到至]|上浮[到至]|调整[到至为])")


@dataclass(frozen=True, slots=True)
class Carrier:
    """What gives the prices of a clause, and whether it lays them down in a text of any kind."""

    mention: Mention
    laid_down: bool


def carrier_of(
    document: Document,
    clause: Clause,
    amounts: list[Statement],
    before: Clause | None,
    label: Mention | None,
    running: Mention | None,
) -> Carrier | None:
    """What gives the amounts of a clause that names no instrument itself; None where they are no prices.

    `label` stands over them (补贴标准：, the heading 高龄津贴), `running` has given a price in their sentence.
    """
    words = document[clause.span]
    if not amounts or NO_PRICE.search(words):
        return None
    since = re.split("[；;]", document.text[clause.sentence.start : clause.span.start])[-1]
    if NO_PRICE.search(since) and all(statement.quantity.bound == "<=" for statement in amounts):
        return None  # 个人贷款最高50万元，可叠加，最高300万元
    money = all(is_money(statement.quantity) for statement in amounts)
    bare = is_bare_tier(document, clause, amounts) or (money and parallel(document, amounts))
    rated = _is_rated(document, amounts) or (
        len(amounts) == 1 and amounts[0].rises_from is not None and not is_money(amounts[0].quantity)
    )
    counted = money and _is_counted(document, amounts)
    if label:
        gives = all(GIVES.search(head) for head in _heads_of(document, clause, amounts))
        fits = bare or rated or counted or gives
        over = heads(document, label)
        if fits or (money and not over):
            return Carrier(label, bare or rated or over or sets_standard(document, label))
    if running and (bare or rated or counted):
        return Carrier(running, bare or rated)
    return _unnamed(document, clause, amounts, before, money)


def is_bare_tier(document: Document, clause: Clause, amounts: list[Statement]) -> bool:
    """Whether a clause is a tier and no more: 硕士毕业生1800元."""
    if len(amounts) != 1 or amounts[0].quantity.value >= A_LARGE_SUM:
        return False
    return bool(BARE_TIER.fullmatch(document[clause.span]))


def _is_counted(document: Document, amounts: list[Statement]) -> bool:
    """Whether all amounts of a clause are prices by the unit, none that people pay: 国有林每亩10元."""
    return all(
        per_of(document.text, s.quantity, s.clause.span) and not PAID_BY_PEOPLE.search(document[s.clause.span])
        for s in amounts
    )


def _is_rated(document: Document, amounts: list[Statement]) -> bool:
    """Whether the one amount is a rate of a named base: 按最低工资标准的60%发放, 提高至…的80%."""
    if len(amounts) != 1 or is_money(amounts[0].quantity):
        return False
    quantity, clause = amounts[0].quantity, amounts[0].clause.span
    head = document.text[clause.start : quantity.span.start]
    return bool(RATED.search(head) and base_of(document.text, quantity, clause))


def _heads_of(document: Document, clause: Clause, amounts: list[Statement]) -> list[str]:
    """The words before each number, those of a far bound included: 最高可扣减2.4万元."""
    bounds = (re.match(r"[^\d一二三四五六七八九半]*", statement.quantity.text) for statement in amounts)
    ends = (s.quantity.span.start + (b.end() if b else 0) for s, b in zip(amounts, bounds, strict=True))
    return [document.text[clause.span.start : end] for end in ends]


def _unnamed(
    document: Document, clause: Clause, amounts: list[Statement], before: Clause | None, money: bool
) -> Carrier | None:
    """What gives a price without a name (每带动1人给予1000元): in a text about giving, or to whom a rule says."""
    words, head = document[clause.span], _heads_of(document, clause, amounts)
    nameless = Mention(name="", span=amounts[0].span, clause=clause, alone=False)
    if PAID_BY_PEOPLE.search(words):
        return None
    told = clause.mood.evidence == "past" or DONE.search(words)
    plain = all(PLAIN.search(part) for part in head) or (
        not money and PLAIN_RATE.match(document.text[amounts[0].quantity.span.end :]) and "按" in words
    )
    if plain and not told:
        return Carrier(nameless, laid_down=True)
    if not money or not all(GIVES.search(part) for part in head):
        return None
    titled = GIVING_TITLE.search(document.header.title or "") and clause.mood.tense != "past"
    norm = NORM.search(words) or (before is not None and NORM.search(document[before.span]))
    return Carrier(nameless, laid_down=False) if titled or (norm and not DONE.search(words)) else None
