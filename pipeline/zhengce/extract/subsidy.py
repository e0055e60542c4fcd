"""Subsidies: public money, or relief from taxes and fees, under a named or describable instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from zhengce.document import Document
from zhengce.extract.statement import Clause, Statement, read_clauses, statements
from zhengce.extract.tense import Mood
from zhengce.record import Quantity, Subsidy
from zhengce.text import Span
from zhengce.value.unit import kind_of

__all__ = ["standard_spans", "subsidies"]

Kind = Literal["standard", "budget", "disbursed", "unpriced"]
HEAD = (
    r"(?:奖补资金|补助资金|补贴资金|扶持资金|奖励资金|专项资金|资助资金|资金支持|经费支持|资金扶持|资金奖励|资金补助|宣传资金|"
    r"补贴|补助|奖补|资助|贴息|津贴|补偿金|补偿|奖励金|奖金|奖励|减免|返还|退税|表扬激励|免征|资金|经费)"
)
INSTRUMENT = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9“”]{{0,22}}?(?:贷款及贴息|{HEAD})")
# words that stand before an instrument and are no part of its name
BEFORE = re.compile(
    r".*(?:给予|享受|落实|发放|兑现|按规定|按照规定|予以|申领|申请|提供|安排|拨付|支付|核发|领取|投入|设立|统筹|符合条件的?|可以|还可|"
    r"可以?按|按|将|对|把|向|从|为|由|使用|用于|纳入|进行|加大|优先|再|元/?[人户亩月年]?的?|元|万的?|%的?|的(?!士)|等|和|及(?!贴)|与|、|，|,|或|积极|相关|予|出台|健全|下达|完善|实施|建立|推动|强化|开展|做好|用好用活|提高|加强|期间|不|了|陆续|足额|及时|全额|率先)"
)
GRANT = re.compile(
    r"给予|享受|落实|发放|兑现|予以|申请|申领|补[贴助]|安排|倾斜|拨付|奖励|支付|领取|核发|贴息|提供|投入|减免|资助|执行|激励"
)
NO_GRANT_AFTER = re.compile(
    r"^(?:申[领请报](?!条件)|项目(?!库)|资格|名单|办法|管理|台账|审核|工作|评选|对象|制度|机制|范围|力度|额度管理|信息|程序|流程|监管|审批|服务|材料|发放工作)"
)
# money that is a subsidy only where a budget says how much of it
FUND = re.compile(r"(?<!补助)(?<!补贴)(?<!奖补)(?<!扶持)(?<!奖励)(?<!专项)(?<!资助)(?:资金|经费)$")
NO_GRANT = re.compile(
    r"不宜|不予|暂不|不得|研究制定|骗取|套取|冒领|追回|退回|不再享受|不得享受|截留|挪用|违规|取消|人才奖|奖项|损害赔偿"
)
TOTAL = re.compile(r"发放|下达|兑现|拨付|惠及|累计|支出|落实(?!到)|减免|返还|共|已")
BUDGET = re.compile(r"安排|投入|预算|计划|筹集|设立|统筹")
PER_AFTER = re.compile(
    r"^(?:/|每)(?P<a>[人户亩年月天日班个次名家吨课辆平台件套])(?:[·/.每](?P<b>[人户亩年月天日班次]))?(?:[·/.每](?P<c>[人户亩年月天日班次]))?"
)
PER_BEFORE = re.compile(
    r"(?:每(?:位|一)?(?P<unit>个?[人户亩年月天日班次名家吨辆件套村县场批造学期个]|平方米|人次|千瓦时))"
)
RATE_BASE = re.compile(r"按(?:照)?(?:其|企业|单位|个人)?(?P<base>[^，,。；;、按]{2,24}?)的?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mention:
    """An instrument named in a clause, with the span of its name."""

    name: str
    span: Span
    clause: Clause
    alone: bool


def subsidies(document: Document) -> Iterator[Subsidy]:
    """Every subsidy: priced standards, disbursed totals, budgets, and instruments named without a price.

    >>> from zhengce.flow import annotate
    >>> found = annotate("对吸纳脱贫人口就业的企业，按规定给予500元/人的一次性吸纳就业补贴。")["subsidies"]
    >>> [(s.instrument, s.kind, str(s.amount), s.per) for s in found]
    [('一次性吸纳就业补贴', 'standard', '500', ('人',))]
    """
    yield from _found(document)


def standard_spans(document: Document) -> tuple[Span, ...]:
    """The stretches that hold a standard of a subsidy: their numbers are neither targets nor facts."""
    return tuple(subsidy.citation.span for subsidy in _found(document) if subsidy.kind == "standard")


@lru_cache(maxsize=2)
def _found(document: Document) -> tuple[Subsidy, ...]:
    priced: dict[int, list[Statement]] = {}
    for statement in statements(document):
        if statement.quantity.unit and kind_of(statement.quantity.unit) in ("money", "rate"):
            priced.setdefault(statement.clause.span.start, []).append(statement)
    every = read_clauses(document)
    found: list[Subsidy | None] = []
    for at, clause in enumerate(every):
        before = every[at - 1] if at and every[at - 1].sentence == clause.sentence else None
        mentions = _mentions(document, clause)
        amounts = priced.get(clause.span.start, [])
        for ordinal, mention in enumerate(mentions):
            own = _own_amounts(mentions, ordinal, amounts)
            if own:
                found += [_priced(document, mention, statement, before) for statement in own]
            elif _grants(document, mention):
                found.append(_unpriced(document, mention, before))
    return tuple(subsidy for subsidy in found if subsidy is not None)


def _mentions(document: Document, clause: Clause) -> list[_Mention]:
    words = document[clause.span]
    found = []
    for match in INSTRUMENT.finditer(words):
        boundary = BEFORE.match(match[0][:-1])
        start = match.start() + (boundary.end() if boundary else 0)
        name = words[start : match.end()].strip("“”")
        if not name or NO_GRANT_AFTER.match(words[match.end() :]):
            continue
        found.append((name, Span(start=clause.span.start + start, end=clause.span.start + match.end())))
    return [_Mention(name=name, span=span, clause=clause, alone=len(found) == 1) for name, span in found]


def _own_amounts(mentions: list[_Mention], ordinal: int, amounts: list[Statement]) -> list[Statement]:
    """The amounts of a clause that belong to one of its instruments: those between its neighbours."""
    if len(mentions) == 1:
        own = [s for s in amounts if s.span.overlaps(mentions[0].span)]
        return own or [s for s in amounts if s.quantity.span.start >= mentions[0].span.end][:1] or amounts[-1:]
    low = mentions[ordinal - 1].span.end if ordinal else 0
    high = mentions[ordinal + 1].span.start if ordinal + 1 < len(mentions) else 10**9
    mine = mentions[ordinal].span
    after = [s for s in amounts if mine.end <= s.quantity.span.start < high]
    before = [s for s in amounts if low <= s.quantity.span.start < mine.start]
    return after if ordinal or not before else before


def _grants(document: Document, mention: _Mention) -> bool:
    words = document[mention.clause.span]
    sentence = document[Span(start=mention.clause.sentence.start, end=mention.clause.span.end)]
    if FUND.search(mention.name) or re.match(r"标准|金额", document.text[mention.span.end :][:2]):
        return False
    if mention.name.endswith("专项资金") and not re.search(r"给予|支持|补", words):
        return False
    return bool(
        GRANT.search(words.replace(mention.name, "")) or re.search(r"政策$|等政策", words)
    ) and not NO_GRANT.search(sentence[-60:])


def _unpriced(document: Document, mention: _Mention, before: Clause | None) -> Subsidy:
    span = _quote(document, mention, before) if mention.alone else mention.span
    payee, condition = _payee(document, mention, before)
    return Subsidy(
        citation=document.cite(span),
        rule="subsidy.named",
        instrument=mention.name,
        kind="unpriced",
        payee=payee,
        condition=condition,
    )


def _quote(document: Document, mention: _Mention, before: Clause | None) -> Span:
    """The clause, with the one before it that names the payee (对…的，) or that a short clause leans on."""
    span = mention.clause.span
    leans = before is not None and (
        document[before.span].endswith(("的", "的机构", "的企业", "的单位", "的人员")) or len(span) < 12
    )
    return Span(start=before.span.start if before and leans else span.start, end=span.end)


def _payee(document: Document, mention: _Mention, before: Clause | None) -> tuple[str | None, str | None]:
    words = document[Span(start=before.span.start if before else mention.clause.span.start, end=mention.span.end)]
    match = re.search(r"对(?P<who>[^，,。；;]{2,50}?)(?:[，,]|给予|按规定|落实|发放|予以|可|每)", words)
    if not match:
        return None, "按规定" if "按规定" in words else None
    who = match["who"]
    noun = re.search(r"的(?P<noun>[\u4e00-\u9fff]{2,14})$", who)
    return (noun["noun"] if noun else who), (who if noun or who.endswith("的") else None)


def _priced(document: Document, mention: _Mention, statement: Statement, before: Clause | None) -> Subsidy | None:
    quantity = statement.quantity
    words = document[mention.clause.span]
    per = _per(document.text, quantity, mention.clause.span)
    kind = _kind(words, quantity, per, mention.clause.mood)
    if kind is None:
        return None
    if FUND.search(mention.name) and kind != "budget":
        return None
    money = kind_of(quantity.unit or "") == "money"
    base = RATE_BASE.search(document.text[mention.clause.span.start : quantity.span.start]) if not money else None
    payee, condition = _payee(document, mention, before)
    span = (
        _quote(document, mention, before)
        if mention.alone and kind == "standard"
        else Span(start=min(statement.span.start, mention.span.start), end=max(statement.span.end, mention.span.end))
    )
    return Subsidy(
        citation=document.cite(span), rule=f"subsidy.{kind}", instrument=mention.name, kind=kind,
        amount=quantity.value if money else None, amount_max=quantity.upper if money else None,
        rate=None if money else quantity.value, base=base["base"] if base else None,
        currency=_currency(quantity) if money else None, bound=quantity.bound, per=per, payee=payee,
        condition=condition,
        cap=quantity.value if money and quantity.bound == "<=" else None,
    )  # fmt: skip


def _currency(quantity: Quantity) -> str:
    return {"元": "CNY", "美元": "USD", "港元": "HKD", "新台币元": "TWD", "欧元": "EUR"}.get(
        quantity.unit or "", quantity.unit or ""
    )


def _per(text: str, quantity: Quantity, clause: Span) -> tuple[str, ...]:
    after = PER_AFTER.match(text[quantity.span.end : quantity.span.end + 8])
    if after:
        return tuple(part for part in after.groups() if part)
    head = text[max(clause.start, quantity.span.start - 16) : quantity.span.start]
    return tuple(dict.fromkeys(match["unit"].removeprefix("个") or "个" for match in PER_BEFORE.finditer(head)))


def _kind(words: str, quantity: Quantity, per: tuple[str, ...], mood: Mood) -> Kind | None:
    money = kind_of(quantity.unit or "") == "money"
    if not money:
        return "standard" if mood.tense == "future" and re.search(r"按|给予|补", words) else None
    if per or (quantity.bound == "<=" and mood.evidence != "past"):
        return "standard"
    paid = TOTAL.search(words) and not re.search(r"投入|援助|到位", words)
    if mood.tense == "past":
        return "disbursed" if paid else None
    if paid and quantity.value >= 10_000_000 and not re.search(r"安排|计划|预算", words):
        return "disbursed"
    if BUDGET.search(words) and quantity.value >= 100000 and not re.search(r"给予|一次性", words):
        return "budget"
    return "standard"
