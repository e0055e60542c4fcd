"""Who receives a subsidy, and on what condition."""

from __future__ import annotations

import re

from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.extract.instrument import Mention
from zhengce.text import Span
from zhengce.words import tag

__all__ = ["payee_of", "share_of"]

RECEIVER = (
    r"(?:子女|学生|毕业生|人员|家庭|老人|老年人|儿童|孤儿|职工|劳动者|农民工|农户|牧户|群众|居民|患者|军人|教师|企业|单位|机构|个体工商户|"
    r"经营主体|市场主体|合作社|高校|院校|学校|医院)"
)
# in the order of their weight: 对…企业取得的收入免征, 对…给予, 为…发放, …可申领, 惠及…
PAYEES = (
    re.compile(
        rf"(?:^|对|[，,；;])(?P<who>(?!其)[^，,。；;对由]{{0,24}}?{RECEIVER})"
        r"(?:收取|取得|获得|从事|销售|提供|购置|生产|开发|自用|用于|在[^，,。；;]{1,12}的)[^。；;]{0,40}?(?:[免减][征收免]|减半征收|，$)"
    ),
    re.compile(r"为(?P<who>[^，,。；;为]{2,16}?)(?=减负|减税|减免|让利|降本|纾困)"),
    re.compile(
        r"(?:对|给(?!予)|向)(?P<who>[^，,。；;]{2,50}?)(?:[，,]|给予|按(?:规定|照|每)?|落实|发放|发给|予以|可|每|暂?免|减[免征收半])"
    ),
    re.compile(
        r"(?<![作成认因])为(?P<who>[^，,。；;]{2,30}?)(?:每[人户名])?(?:发放|提供|给予|补[贴助]|代缴|缴纳|减免|落实|支付)"
    ),
    re.compile(
        r"(?:^|[，,；;])(?P<who>(?!其中|还|也|并|同时|期间)[^，,。；;对给向为按]{2,24}?)(?:可以?|均可|还可|能)?(?:继续|按规定)?"
        r"(?:申[领请]|享受|领取|(?:暂?免|减半?)[征收缴])"
    ),
    re.compile(
        r"惠及(?:[\d.,]+[万亿]?[余多]?(?:人次|[个名户家位人])?)?(?P<who>(?![万亿余多人次])[\u4e00-\u9fff]{2,16})"
    ),
)
SUBJECT = re.compile(rf"(?:对|凡)?(?P<who>[^，,。；;]{{2,40}}的[^的，,。；;]{{0,8}}{RECEIVER})")
# what a tax or a price is on, no one who receives
OBJECT = re.compile(
    r"(?:收入|房产|土地|车辆|船舶|费用?|贷款|产品|货物|设备|标准|工作|问题|政策|措施|情况|津贴|补[贴助]|项目)$"
)
NOBODY = re.compile(r"的|自\d|其|继续|一次性|可|暂|均|也|还|再|依法")  # what no name begins with
LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十百]+条|[（(]?[\d一二三四五六七八九十]+[)）、.．]|[一二三四五六七八九十]+是)\s*"
)


def payee_of(document: Document, mention: Mention, before: Clause | None) -> tuple[str | None, str | None]:
    """Who receives, and on what condition, in the clause of an instrument and the one before it.

    >>> from zhengce.flow import annotate
    >>> [(s.payee, s.condition) for s in annotate("为经济困难的失能老人发放养老服务补贴。")["subsidies"]]
    [('失能老人', '经济困难')]
    """
    clause = mention.clause.span
    for words in (document[clause], document[before.span] + "，" if before else ""):
        words = LABEL.sub("", words)
        who = next((found for pattern in PAYEES if (found := _named(pattern, words))), None)
        if who:
            return _parted(who, _condition(document, before))
    subject = SUBJECT.fullmatch(LABEL.sub("", document[before.span])) if before else None
    if subject:
        return _parted(subject["who"], None)
    met = _condition(document, before)
    if met:
        return None, met
    words = document[Span(start=before.span.start if before else clause.start, end=mention.span.end)]
    return None, "按规定" if "按规定" in words else None


def _parted(who: str, met: str | None) -> tuple[str | None, str | None]:
    """Who receives without what makes them eligible: 经济困难的|失能老人; 表现突出的 names nobody."""
    condition, _, noun = who.rpartition("的")
    if not noun:
        return None, condition
    name = re.sub(r"^[\d.,]+[万亿]?[余多]?[名户家个位]", "", noun)
    return _without_deed(name), condition or met


def _has_verb(words: str) -> bool:
    return any(kind.startswith("v") or word in ("入学", "就学", "升学") for word, kind in tag(words))


def _without_deed(name: str) -> str:
    """对困难家庭子女普通高校入学给予: what they do is no part of who they are."""
    ends = [match.end() for match in re.finditer(rf"{RECEIVER}+", name)]
    ends = [end for end in ends if not re.match("[人者员户主负]", name[end:])]
    acts = [end for end in ends if len(name) - end >= 4 and _has_verb(name[end:])]
    return name[: acts[0]] if acts and not name.endswith(("人", "者", "员", "户", "主体", "企业")) else name


def _named(pattern: re.Pattern[str], words: str) -> str | None:
    match = pattern.search(words)
    who = match["who"].strip("“”") if match else ""
    return who if who and not OBJECT.search(who) and not NOBODY.match(who) else None


def _condition(document: Document, before: Clause | None) -> str | None:
    """A clause before that says whom a rule is for: 吸纳10人以上的，奖补2万元."""
    words = LABEL.sub("", document[before.span]) if before else ""
    if not words.endswith("的") or re.match(r"对|给|向", words):
        return None
    return words.removesuffix("的")


def share_of(payee: str | None, at: int, count: int) -> str | None:
    """The one of several payees that 分别 gives the amount at a place to, where there are as many as amounts.

    >>> share_of("博士、硕士、本科毕业生", 1, 3), share_of("企业", 1, 3)
    ('硕士', '企业')
    """
    parts = re.split(r"、|和|及", payee or "")
    return parts[at].removesuffix("的") if len(parts) == count else payee
