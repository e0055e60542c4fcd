"""Ceilings: a clause that only caps what the clause before it gives (…，最高50万元)."""

from __future__ import annotations

import re
from dataclasses import replace

from zhengce.document import Document
from zhengce.extract.instrument import Mention
from zhengce.extract.price import NO_PRICE, currency_of, is_money
from zhengce.extract.statement import Statement
from zhengce.record import Subsidy
from zhengce.text import Span
from zhengce.value.per import per_of

__all__ = ["capped"]


def capped(
    document: Document, named: list[Mention], amounts: list[Statement], last: list[Subsidy]
) -> list[Subsidy] | None:
    """What the clause before gives, under the ceiling that this clause puts on it; None where it puts none.

    >>> from zhengce.flow import annotate
    >>> [(str(s.rate), str(s.cap)) for s in annotate("按保费的50%给予补贴，每家企业最高2万元。")["subsidies"]]
    [('50', '20000')]
    """
    return (
        [_under(document, subsidy, amounts[0]) for subsidy in last] if _is_cap(document, named, amounts, last) else None
    )


def _is_cap(document: Document, named: list[Mention], amounts: list[Statement], last: list[Subsidy]) -> bool:
    """Whether a clause only puts a ceiling on what the clause before it gives."""
    if not last or len(amounts) != 1 or not is_money(amounts[0].quantity) or amounts[0].quantity.bound != "<=":
        return False
    if NO_PRICE.search(document[amounts[0].clause.span]) or last[-1].kind in ("budget", "disbursed"):
        return False
    quantity, clause = amounts[0].quantity, amounts[0].clause.span
    apart = re.search("[；;]", document.text[last[-1].citation.span.end : clause.start])
    if apart and re.search(r"[\u4e00-\u9fff]{3}", document.text[clause.start : quantity.span.start]):
        return False  # another group's own tier: …；签订契约者每公顷最高9万元
    if last[-1].bound == "<=" and last[-1].amount is not None and named:
        return False  # two ceilings of two things
    if len(named) == 1 and re.match(r"单[个户家][^，。；]{0,12}累计|累计|同一", document[clause]):
        return True
    return not named or (len(named) == 1 and (last[-1].instrument or "")[-2:] == named[0].name[-2:])


def _under(document: Document, subsidy: Subsidy, statement: Statement) -> Subsidy:
    value = statement.quantity.value
    span = Span(start=subsidy.citation.span.start, end=max(subsidy.citation.span.end, statement.clause.span.end))
    per = subsidy.per or per_of(document.text, statement.quantity, statement.clause.span)
    cited = document.cite(span)
    if subsidy.kind == "unpriced":
        currency = currency_of(document.text, statement.quantity)
        return replace(
            subsidy, citation=cited, kind="standard", rule="subsidy.standard", amount=value, bound="<=", cap=value,
            currency=currency, per=per,
        )  # fmt: skip
    return replace(subsidy, citation=cited, cap=value, per=per if subsidy.rate is not None else subsidy.per)
