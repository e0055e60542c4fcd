"""Who pays a subsidy."""

from __future__ import annotations

import re

from zhengce.document import Document
from zhengce.extract.clause import Clause

__all__ = ["payer_of"]

TREASURY = re.compile(
    r"(?P<who>(?:中央|地方|自治区|各级|同级|本级|[省市县区州旗乡镇][级本]?|[、和与及]|[两三]级){0,7}财政(?:部门)?)(?!补[助贴](?:标准|资金))"
    r"(?:资金)?(?=也?可以?给予|对|按|给予|安排|补|予以|拨|投入|统筹|每|将|承担|负担|全额|列支|支付|出资|设立|下达|分别|再)"
)
FUND = re.compile(
    r"(?:从|由|在)(?P<who>[\u4e00-\u9fff]{2,16}?(?:基金|资金|经费|预算))(?:中|内|里)?(?:予以)?(?:列支|支付|支出|解决)"
)
GOVERNMENT = re.compile(r"(?P<who>(?:特区|[省市县区州]人?民?)政府)(?:向|给予|对|发放)")


def payer_of(document: Document, clause: Clause) -> str | None:
    """The treasury, fund or government that the sentence of a clause says pays.

    >>> from zhengce.flow import annotate
    >>> [s.payer for s in annotate("市财政对托育机构按每人每月300元给予补贴。")["subsidies"]]
    ['市财政']
    """
    words = document.text[clause.sentence.start : clause.span.end]
    found = FUND.search(document[clause.sentence]) or TREASURY.search(words) or GOVERNMENT.search(words)
    return found["who"].lstrip("、和与及") if found else None
