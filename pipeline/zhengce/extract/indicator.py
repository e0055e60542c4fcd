"""What a number is about: the words of a statement without number, time, mood and subject."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from zhengce.lexicon import alternation, column
from zhengce.text import Span
from zhengce.value.date import dates
from zhengce.value.numeral import AMONG
from zhengce.words import tag

__all__ = ["each_of", "each_over", "indicator", "scope_of"]

BODIES = (
    r"(?:省份|省|市|县|区|州|旗|盟|乡镇|乡|镇|街道|村|社区|部门|单位|企业|学校|高校|院校|机构|基地|园区|行业|"
    r"卫生院|医院|单元|站点|园|馆|家|户|协会|银行|局|厅|委|办|站|中心|班|组|[）)])"
)
UNITS = rf"(?:各|每个?|所有|全部)(?!类|种|项|方|界|年|月|季|周)(?P<unit>[\u4e00-\u9fff（()）、]{{0,13}}?{BODIES})"
EACH = re.compile(
    rf"{UNITS}(?=结合|根据|要|均|都|至少|每年|原则|应|可|建|培|打造|开展|力争|不少|组织|设|有|完成|新|举办|集中|重点|筛选|达到|配)"
)
# a floor that stands right behind its subject: 每县站点不得少于2个
EACH_FLOOR = re.compile(rf"{UNITS}[\u4e00-\u9fff]{{0,6}}不得?[少低]于")
SCOPE = re.compile(
    r"^(?:全国|全省|全市|全县|全区|全州|我省|我市|我县|各地)(?![\u4e00-\u9fff]{0,2}(?:重点|性))|^(?:各|所有|每(?![年月周天日次季])个?)(?![百千万]人)[\u4e00-\u9fff（()）、]{1,10}?(?=原则|均|都|要|应|力争|计划|至少|每年|结合|培|建|开展|打造|新增|完成|组织|集中|重点|筛选|实现|累计|共|做好|举办|$)"
)
EDGE = re.compile(
    r"^(?:其中|预计|首次|率先|主要是|以及|并且|并|和|与|及(?=[^时早格])|的|到(?!位|岗|账)|至|在|为|是|等|了|则|还|也|将|要|应|可(?!降|再|持|支|靠|比|视|穿)|力争|同时|原则上|逐步|共(?!建|同|享|青|富)|累计|已|大力|着力|积极|努力|重点(?=打造|支持|建设|培育|发展|实施|开展|推进|做|抓|帮扶|培养|扶持)|确保|一般(?!公共|预算|债|贸易|工业|固)|均|且|首先|（?见附[表件]）?|实现|使|约(?!束)|近(?!零|海|郊|视|岸)|达|达到|保持在|：|:|、|，|,)+|(?:的|等|和|与|(?<![惠涉普波])及|分别|应|应当|须|均|累计|共计|设定|达到|达|为|约|到|至|力争|保持在|稳定在|控制在|超|超过|突破|有|是|在|占|、|，|,|：|:|了|以上|以内|左右|不|共|首次|率先|历史性|大关)+$"
)


# the numbers before it in the same list, and where its change starts (由9800元增加到)
NUMBERS_BEFORE = re.compile(
    r"(?:[\d.,]+(?:万亿|[万亿])?(?:%|％|[\u4e00-\u9fff]{1,3})?[、和及与])+$|"
    r"[由从][\d.,]+(?:万亿|[万亿])?(?:%|％|[\u4e00-\u9fff]{1,4}?)?(?:提高|增加|增长|上升|扩大|降低|下降|减少|降|升|增)?(?:到|至|为)?$"
)


# a number behind 提高到 is a level: the verb of change is no part of its name
LEVEL = re.compile(
    r"(?:提高|增加|增长|提升|上升|扩大|拓展|扩展|下降|降低|减少|压减|缩短|回落|延长|调整|增|升|降|减|压)(?:到|至|为)$"
)
# what leads to a rank is no part of what is ranked: 连续15年稳居西部省区, 从第9名提升至
RANKING = re.compile(
    r"(?:均|已|稳|跃|位|名|首次|持续|继续|排名?|综合)*"
    r"(?:连续[\d一二三四五六七八九十]+(?:个?(?:年|月|季度|榨季))?|[从由][^，、]{0,6}第\d+[位名]?|居(?![民住家委])|列|排名?|[跃提上]?升至?|保持|蝉联|夺得|进入)[^、，]{0,16}$|"
    rf"{AMONG}(?:地区|省[份区市]|各?城市|主要[^、，]{2, 5})?$"
)
AIM = re.compile("、(?=力争|确保|争取)")
BOUND_VERB = re.compile(r"(?:至少|最高|最多|最低)(?P<verb>[\u4e00-\u9fff]{1,8})\d")
UP_TO_MARK = re.compile(r"(?:[（(][^（）()]*[）)]|[^、，])*")  # up to a mark that stands in no bracket
RANK = re.compile(r"第|首位")
HEAD = 24  # characters of a sentence in which its subject stands
LONGEST = 60
# what names of what is measured end in
MEASURE = re.compile(
    r"(?:率|额|量|数|值|收入|支出|投资|消费|面积|总数|比重|占比|价格|指数|标准|规模|长度|里程|人数|次数|贷款|存款|就业)$"
)


@cache
def _modals() -> re.Pattern[str]:
    return re.compile(alternation(column("cues", "word", kind="modal")))


def indicator(words: str, number: Span, share: tuple[int, int] = (0, 1)) -> str | None:
    """The indicator in the words of a statement; `number` is the quantity's place in them.

    `share` is the number's place in its list and how many that has: 分别 gives each its own name. What is longer than
    60 characters ends in ….

    >>> words = "全省所有县（市、区）至少培育1个劳务品牌"
    >>> indicator("培训合格率力争达到95%以上", Span(start=7, end=14)), indicator(words, Span(start=10, end=16))
    ('培训合格率', '培育劳务品牌')
    """
    head = LEVEL.sub("", AIM.split(words[: number.start])[-1])
    if words[number.start - 1 : number.start] == "第" or RANK.match(words, number.start):
        head = RANKING.sub("", head.removesuffix("第"))
    head, tail = _own_name(head, share), UP_TO_MARK.match(words, number.end)[0]  # type: ignore[index]
    verb = BOUND_VERB.search(words[number.start : number.end] + "0")
    kept = _bare(SCOPE.sub("", SCOPE.sub("", _timeless(head)))) + (verb["verb"] if verb else "") + _bare(tail)
    return (kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…") or None


def _own_name(head: str, share: tuple[int, int]) -> str:
    """The words before a number with its own name only, where 分别 parts several: 登记数和成交额分别增长21%和35%."""
    place, count = share
    if count == 1 or "分别" not in head:
        return head
    names, _, rest = head.rpartition("分别")
    verb = re.match(r"[\u4e00-\u9fff]*", rest)[0]  # type: ignore[index]
    if count == 2 and (both := re.search("城乡(?:居民)?", names)):  # town and country, as one word
        one = both[0].replace("城乡", ("城镇", "农村")[place])
        return names[: both.start()] + one + names[both.end() :] + verb
    parts = re.split(r"、|以及|和(?!谐)|与|(?<![普惠涉波])及(?![时早格])", re.split(r"[，,；;：:]", names)[-1])
    if len(parts) != count:
        return head
    last = next((part for part in parts[place:] if MEASURE.search(part)), parts[-1])
    return _with_measure(parts[place], last) + verb


def _with_measure(name: str, last: str) -> str:
    """A name of a list with what it leaves to the last one to say: 城镇、农村居民收入 → 城镇居民收入."""
    if MEASURE.search(name) or not MEASURE.search(last):
        return name
    for size in (3, 2, 1):  # 装备制造业、高技术制造业增加值 share 制造业
        own = name[-size:]
        if len(name) > size and own in last[:-1] and (size > 1 or own in "业县市"):
            return name + last[last.rindex(own) + size :]
    if len(last) <= len(name) + 1:
        return name + tag(last)[-1][0]
    if name[0] == last[0] or name in ("城镇", "城市"):  # 第一、第三产业增加值; 城镇、农村居民收入
        return name + last[len(name) :]
    ends = list(accumulate(len(word) for word, _ in tag(last)))[:-1]
    return name + last[min(ends, key=lambda end: (abs(end - len(name)), -end)) if ends else len(name) :]


def _timeless(words: str) -> str:
    for mention in reversed([mention for mention in dates(words) if mention.text != "年均"]):
        words = words[: mention.span.start] + words[mention.span.end :]
    return words.strip(" ，,")


def _bare(words: str) -> str:
    words = NUMBERS_BEFORE.sub("", words)
    words = _modals().sub("", _timeless(words)).strip(" ，,")
    before = None
    while before != words:
        before, words = words, EDGE.sub("", words)
    return words


def each_over(words: str) -> str | None:
    """Whom the head of a sentence makes the floors of its later clauses hold for: 各县至少建1个，…

    A floor that stands right behind its subject is its own only (每县站点不得少于2个).
    """
    match = None if EACH_FLOOR.search(words) else EACH.search(words, 0, HEAD)
    return match["unit"] if match else None


def each_of(words: str) -> str | None:
    """Whom every one of a floor holds for: 各市州, 每个县(区), 所有县（市、区）.

    >>> each_of("所有县(市、区)至少培育1个劳务品牌"), each_of("培训2万人")
    ('县(市、区)', None)
    """
    match = EACH.search(words) or EACH_FLOOR.search(words)
    return match["unit"] if match else None


def scope_of(words: str) -> str | None:
    """The territory or body that a statement is about, where it stands at its head.

    >>> scope_of("全省培训2万人"), scope_of("培训2万人")
    ('全省', None)
    """
    match = SCOPE.match(words)
    return match[0] if match else None
