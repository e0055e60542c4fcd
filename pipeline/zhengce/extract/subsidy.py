"""Subsidies: public money, or relief from taxes and fees, under a named or describable instrument."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from zhengce.document import Document
from zhengce.extract.cap import capped
from zhengce.extract.carried import Carrier, carrier_of, is_bare_tier
from zhengce.extract.clause import Clause, read_clauses
from zhengce.extract.instrument import Mention, grants, instrument_cues, is_fund, mentions
from zhengce.extract.payee import payee_of, share_of
from zhengce.extract.payer import payer_of
from zhengce.extract.price import A_SUM, NO_PRICE, base_of, currency_of, is_money, kind_of_subsidy
from zhengce.extract.price_label import announces, label_in_force, lists_prices
from zhengce.extract.statement import Statement, leaves_from, statements
from zhengce.extract.tier import condition_before, is_ceiling_of, is_threshold, parallel, tier_span
from zhengce.record import Subsidy
from zhengce.text import Span, merge
from zhengce.value.per import per_of
from zhengce.value.unit import kind_of

__all__ = ["in_standard", "subsidies"]

PLANNED = re.compile(
    r"(?:拟|计划|预算|将|今年|全年|明年|每年|20\d\d年|[一二两三四五]年|财政)[^，,。；;]{0,10}(?:安排|拿出|列支|编列|投入|追加)[^，,。；;\d]{0,14}$|"
    r"^安排(?:资金|经费)?$|配套(?:资金)?$|预留$|总(?:经费|预算)(?:为|达|共)?$"
)
BOUNDED = re.compile(r"^(?!.*每).*\d.*(?:以[上下内]|不满|不足|至|[—～~])")
RULE_FOR = re.compile(r"^(?:对|凡|给|经).*(?:的|者|人员|企业|单位|机构|个人)$")
# 按实际取证人数补贴，初级工每人200元: the verb stands before its prices
BY_COUNT = re.compile(
    r"^按[^，。；]*(?:补[贴助]|奖[励补]|资助)$|^(?:首先|其次|再次|最后|[一二三四五]是)是?[^，。；]*(?:补[贴助]|奖[励补]|资助|津贴)$|(?:补[贴助]|奖[励补]|资助|津贴)按[^，。；]*(?:定|确定|执行|发放|计算)$"
)


def subsidies(document: Document) -> Iterator[Subsidy]:
    """Every subsidy: priced standards, disbursed totals, budgets, and instruments named without a price.

    >>> from zhengce.flow import annotate
    >>> found = annotate("对吸纳脱贫人口就业的企业，按规定给予500元/人的一次性吸纳就业补贴。")["subsidies"]
    >>> [(s.instrument, s.kind, str(s.amount), s.per) for s in found]
    [('一次性吸纳就业补贴', 'standard', '500', ('人',))]
    """
    yield from sorted(_found(document), key=lambda subsidy: subsidy.citation.span)


def in_standard(document: Document, span: Span) -> bool:
    """Whether a stretch touches a standard of a subsidy, whose numbers are neither targets nor facts."""
    starts, ends = _standards(document)
    at = bisect_left(starts, span.end) - 1
    return at >= 0 and max(span.start, starts[at]) < min(span.end, ends[at])


@lru_cache(maxsize=2)
def _standards(document: Document) -> tuple[list[int], list[int]]:
    """Where standards begin and where they end."""
    found = merge(sorted(subsidy.citation.span for subsidy in _found(document) if subsidy.kind == "standard"))
    return [span.start for span in found], [span.end for span in found]


@lru_cache(maxsize=2)
def _found(document: Document) -> tuple[Subsidy, ...]:
    priced = _by_clause(document)
    found: list[Subsidy] = []
    sentence: Span | None = None
    last: list[int] = []  # where the records of the clause before stand in `found`
    label: Mention | None = None
    running: Mention | None = None  # what the sentence has given a price for
    for before, clause, cued in _told_of(document, priced):
        if clause.sentence is not sentence:
            sentence, last, running = clause.sentence, [], None
        named = mentions(document, clause) if cued else []
        amounts = priced.get(clause.span.start, [])
        if not named and not amounts:
            continue
        label = label_in_force(document, clause, label)
        under = capped(document, named, amounts, [found[at] for at in last])
        if under:
            for at, subsidy in zip(last, under, strict=True):
                found[at] = subsidy
        else:
            carrier = None if named else carrier_of(document, clause, amounts, before, label, running)
            fresh = _of_clause(document, clause, named, amounts, before, carrier)
            if last and is_bare_tier(document, clause, amounts):
                fresh = [_like(tier, found[last[0]]) for tier in fresh]
            if last and found[last[0]].kind == "budget" and document[clause.span].startswith("其中"):
                fresh = [replace(part, kind="budget", rule="subsidy.budget") for part in fresh]
            if named and (any(s.kind == "standard" for s in fresh) or BY_COUNT.search(document[clause.span])):
                running = named[-1]
            last = list(range(len(found), len(found) + len(fresh))) if fresh else last
            found += fresh
        label = next((m for m in named if announces(document, m)), label)
    return tuple(found)


def _told_of(document: Document, priced: Mapping[int, list[Statement]]) -> Iterator[tuple[Clause | None, Clause, bool]]:
    """The clauses that may name an instrument or a price, each with the one before it in its sentence.

    The last of each says whether a word of instruments stands in it: the text is scanned once for them.
    """
    clauses = read_clauses(document)
    starts = [clause.span.start for clause in clauses]
    cued = {bisect_right(starts, cue) - 1 for cue in instrument_cues(document.text)}
    for at in sorted(cued | {bisect_left(starts, start) for start in priced}):
        before = clauses[at - 1] if at > 0 and clauses[at - 1].sentence is clauses[at].sentence else None
        if at >= 0:
            yield before, clauses[at], at in cued


def _by_clause(document: Document) -> dict[int, list[Statement]]:
    """The statements that may be a price, by where their clause begins."""
    priced: dict[int, list[Statement]] = {}
    for statement in statements(document):
        if statement.rises_from is None and leaves_from(document.text, statement.quantity):
            continue  # 从180元提高到195元: what a standard was is none any more
        if is_threshold(document, statement):
            continue
        if statement.quantity.unit and _prices(statement.quantity.unit):
            priced.setdefault(statement.clause.span.start, []).append(statement)
    return priced


def _prices(unit: str) -> bool:
    """Whether a number with this unit can be a price: money, a rate, a share (三分之二)."""
    return unit == "比例" or kind_of(unit) in ("money", "rate")


def _like(tier: Subsidy, first: Subsidy) -> Subsidy:
    """A tier with the unit and the base of the first, where it has none itself."""
    if tier.kind != "standard":
        return tier
    return replace(tier, per=tier.per or first.per, base=tier.base or first.base if tier.rate is not None else None)


def _of_clause(
    document: Document,
    clause: Clause,
    named: list[Mention],
    amounts: list[Statement],
    before: Clause | None,
    carrier: Carrier | None,
) -> list[Subsidy]:
    found: list[Subsidy | None] = []
    for ordinal, mention in enumerate(named):
        own = _own_amounts(document, named, ordinal, amounts)
        if own:
            found += _tiers(document, mention, own, before)
        elif grants(document, mention) and not lists_prices(document, mention):
            found.append(_unpriced(document, mention, before))
    if carrier:
        near = replace(carrier.mention, clause=clause, span=tier_span(document, amounts, 0))
        found += _tiers(document, near, amounts, None, carried=True, laid_down=carrier.laid_down)
    elif not named:
        part = document[clause.span].startswith("其中")
        for statement in (s for s in amounts if _is_planned(document, s) or (part and is_money(s.quantity))):
            planned = Mention(name="", span=statement.span, clause=clause, alone=False)
            found.append(_priced(document, planned, statement, None))
    return [subsidy for subsidy in found if subsidy is not None]


def _tiers(
    document: Document,
    mention: Mention,
    own: list[Statement],
    before: Clause | None,
    carried: bool = False,
    laid_down: bool = False,
) -> list[Subsidy | None]:
    """One instrument's amounts in a clause: tiers with a condition each, a ceiling folded into what it caps."""
    tiered = parallel(document, own)
    found: list[Subsidy | None] = []
    for at, statement in enumerate(own):
        last = found[-1] if found else None
        if last and is_money(statement.quantity) and is_ceiling_of(document, own[at - 1], statement, mention.clause):
            found[-1] = replace(last, cap=statement.quantity.value)
            continue
        near = replace(mention, span=tier_span(document, own, at), alone=False) if tiered else mention
        priced = _priced(document, near, statement, before, laid_down)
        met = condition_before(document, own, at)
        if priced and met and (tiered or carried or (priced.condition is None and BOUNDED.search(met))):
            priced = replace(priced, condition=met)
        listed = tiered or "分别" in document[mention.clause.span]
        first = found[0] if found and listed else None
        if priced and priced.kind == "standard" and first and set(priced.per) < set(first.per):
            priced = replace(priced, per=first.per)  # 每人每年3000元、中级班4000元
        if priced and not tiered and "分别" in document[mention.clause.span]:
            priced = replace(priced, payee=share_of(priced.payee, at, len(own)))
        found.append(priced)
    return found


def _is_planned(document: Document, statement: Statement) -> bool:
    """安排12亿元支持…: a budget that names no fund."""
    head = document.text[statement.clause.span.start : statement.quantity.span.start]
    money = is_money(statement.quantity) and statement.quantity.value >= A_SUM
    return bool(money and PLANNED.search(head))


def _own_amounts(document: Document, named: list[Mention], ordinal: int, amounts: list[Statement]) -> list[Statement]:
    """The amounts of a clause that belong to one of its instruments: those between its neighbours."""
    amounts = [s for s in amounts if not _no_price(document, s)]
    mine = named[ordinal].span
    if len(named) == 1:
        shared = "分别" in document[named[0].clause.span] or parallel(document, amounts)
        own = [
            s for s in amounts if shared or s.span.overlaps(mine) or per_of(document.text, s.quantity, s.clause.span)
        ]
        if own and own[-1] is not amounts[-1]:
            cap = amounts[amounts.index(own[-1]) + 1]
            own += [cap] if is_ceiling_of(document, own[-1], cap, named[0].clause) else []
        return own or [s for s in amounts if s.quantity.span.start >= mine.end][:1] or amounts[-1:]
    low = named[ordinal - 1].span.end if ordinal else 0
    high = named[ordinal + 1].span.start if ordinal + 1 < len(named) else 10**9
    after = [s for s in amounts if mine.end <= s.quantity.span.start < high]
    before = [s for s in amounts if low <= s.quantity.span.start < mine.start]
    return after if ordinal or not before else before


def _no_price(document: Document, statement: Statement) -> bool:
    """Whether the money is none that is given; the base of a rate (投资额的10%) may be what is none itself."""
    words = document[statement.span]
    if not is_money(statement.quantity):
        base = base_of(document.text, statement.quantity, statement.clause.span)
        words = words.partition(base)[2] if base else words
    return bool(NO_PRICE.search(words))


def _unpriced(document: Document, mention: Mention, before: Clause | None) -> Subsidy:
    payee, condition = payee_of(document, mention, before)
    return Subsidy(
        citation=document.cite(_quote(document, mention, before) if mention.alone else mention.span),
        rule="subsidy.named", instrument=mention.name, kind="unpriced", payee=payee, condition=condition,
        payer=payer_of(document, mention.clause),
    )  # fmt: skip


@lru_cache(maxsize=2)
def _stated(document: Document) -> frozenset[Span]:
    """The clauses that state a number."""
    return frozenset(statement.clause.span for statement in statements(document))


def _quote(document: Document, mention: Mention, before: Clause | None) -> Span:
    """The clause, with the one before it that names the payee (对…的，) or that a short clause leans on."""
    span = mention.clause.span
    leans = before is not None and (
        document[before.span].endswith(("的", "者", "的机构", "的企业", "的单位", "的人员"))
        or (len(span) < 12 and before.span not in _stated(document))
    )
    return Span(start=before.span.start if before and leans else span.start, end=span.end)


def _priced(
    document: Document, mention: Mention, statement: Statement, before: Clause | None, laid_down: bool = False
) -> Subsidy | None:
    quantity, clause = statement.quantity, mention.clause
    per = per_of(document.text, quantity, clause.span)
    kind = kind_of_subsidy(document[clause.span], quantity, per, clause.mood)
    ruled = laid_down or (before is not None and RULE_FOR.search(document[before.span]))
    if kind is None and ruled and (laid_down or is_money(quantity)):
        kind = "standard"  # 对获评的，奖励500万元: 获评 is a condition here and no result
    if kind is None or (is_fund(mention.name) and kind != "budget"):
        return None
    if kind == "disbursed":
        per = ()  # a total is counted by nothing
    if kind == "budget":
        per = tuple(unit for unit in per if unit != "年")  # 每年安排: how often, not for what
    money = is_money(quantity)
    share = quantity.unit == "比例"
    rate = None if money else (quantity.value * 100).normalize() if share else quantity.value
    payee, condition = payee_of(document, mention, before)
    span = Span(start=min(statement.span.start, mention.span.start), end=max(statement.span.end, mention.span.end))
    if mention.alone and kind == "standard" and "分别" not in document[clause.span]:
        span = _quote(document, mention, before)
    return Subsidy(
        citation=document.cite(span), rule=f"subsidy.{kind}", instrument=mention.name or None, kind=kind,
        amount=quantity.value if money else None, amount_max=quantity.upper if money else None,
        rate=rate, base=None if money else base_of(document.text, quantity, clause.span),
        currency=currency_of(document.text, quantity) if money else None, bound=quantity.bound, per=per, payee=payee,
        condition=condition, payer=payer_of(document, clause),
        cap=quantity.value if money and quantity.bound == "<=" else None,
    )  # fmt: skip
