"""Who issued a text, from the page's fields, the signature, the title, the red head or the number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from zhengce.outline.signature import BODY, names_on

__all__ = ["issuers"]

NAME = rf"[\u4e00-\u9fff（）()·]{{0,38}}(?:国务院|中央|[省市州县区]委|{BODY})"
ELIDED = r"(?:等[^关于印转《》]{0,14}?(?:部门|单位|机构|[厅局委部家]))?"
CUES = (
    "关于|印发|转发|批转|公布|发布|废止",
    "对|致|给",
    # a body's own year: 商务部2031年工作要点
    r"(?<!自治区)(?<!街道)(?:19|20)\d\d年度?[^《》，。]{0,40}(?:总结|要点|打算|公报|预算|决算)(?:[（(]|$)",
)
BETWEEN = re.compile(r"[\s、，,;；/]+")
RED_HEAD = re.compile(r"(?m)^\s*(?P<names>[^\n，。；：《》]{3,80}?)\s?文\s?件\s*$")
ORDER = re.compile(r"(?P<names>.{2,80}?)(?:令|公告|通告)(?:(?:19|20)\d\d年)?第\d+号")
REPORTED = re.compile(
    r"我(?:谨|受.{0,12}委托，?)?代表(?P<name>[\u4e00-\u9fff]{1,16}?(?:人民政府|政府|人大常委会|人民代表大会常务委员会|法院|检察院))"
)
HEAD = 800


def issuers(
    fields: Mapping[str, str], text: str, title: str | None, number: str | None, signers: Sequence[str]
) -> list[str]:
    """The names of the issuers as printed, in their order; of 等二十部门 (and others) only those that are named.

    What the page states (发文机关) counts unless more have signed; the signature counts before the title, but not where
    it is that of a report which the title says is relayed (转发).

    >>> issuers({}, "", "教育部 财政部等九部门关于做好资助工作的通知", None, ())
    ['教育部', '财政部']
    """
    stated = _listed(fields.get("发文机关") or fields.get("制发机关") or "")
    titled = _titled(title or "")
    if re.search("转发|批转", title or "") and titled and not set(titled) & set(signers):
        signers = ()
    if len(stated) >= max(len(signers), 1):
        return stated
    if signers or titled:
        return list(signers) or titled
    red = RED_HEAD.search(text[:HEAD])
    order = ORDER.fullmatch(number or "")
    report = REPORTED.search(text[:HEAD])
    return (
        (names_on(red["names"]) if red else [])
        or (_listed(order["names"]) if order else [])
        or ([report["name"]] if report else [])
        or next(
            (found for label in ("发布机构", "发布单位", "公开主体") if (found := _listed(fields.get(label, "")))),
            [],
        )
    )


def _listed(value: str) -> list[str]:
    value = re.sub(rf"{ELIDED[:-1]}$", "", value.strip()) if "等" in value else value.strip()
    names = [name for name in BETWEEN.split(value) if name]
    return names if all(re.fullmatch(NAME, name) for name in names) else []


def _titled(title: str) -> list[str]:
    """The names that a title begins with."""
    for cue in CUES:
        head = re.match(rf"(?P<names>[^《》]{{2,160}}?){ELIDED}\s?(?:{cue})", title)
        if head and (names := _listed(head["names"])):
            return names
    return []
