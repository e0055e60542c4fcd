"""The instruments of public money that a clause names: 岗位补贴, 稳岗返还, 免征增值税."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zhengce.document import Document
from zhengce.extract.clause import Clause
from zhengce.lexicon import alternation, alternatives, column
from zhengce.text import Span

__all__ = ["Mention", "grants", "instrument_cues", "is_fund", "mentions"]

# standards of living that are paid: 低保 (minimum living allowance), pensions, care
STANDARDS = (
    r"(?:城乡|城市|农村)?低保(?:[\u4e00-\u9fff、]{0,10}?标准)?|(?:基础|基本)?养老金(?:最低)?标准|"
    r"(?:基本生活|供养|救助|优待|抚恤|护理|养育)(?:[金费])?标准"
)
ANY_FUND = r"(?:资金|经费)(?!补[贴助]|奖[励补]|支持|扶持)"
TAXES = (
    r"(?:增值税|所得税|契税|房产税|印花税|土地使用税|关税|附加|税费?|保障金|保险费|通行费|使用费|学费|"
    r"租金|房租|收费|费用|费)"
)
RELIEVES = ("免征", "免收", "免除", "减征", "减收", "减免", "减半征收", "暂免征收", "扣减", "抵减", "缓缴", "降低")
RELIEF = rf"(?:{'|'.join(RELIEVES)})(?:(?!时间|成本)[\u4e00-\u9fff、\d个]){{0,16}}?{TAXES}"
# words that stand before an instrument and are no part of its name
BEFORE = re.compile(
    r".*(?:给予|享受|落实|发放|发给|核给|兑现|兑付|按规定|按照规定|予以|申领|申请|提供|安排|拨付|支付|核发|领取|投入|设立|统筹|"
    r"符合条件的?|可以?按|可以|还可|按|将|对|把|向|从|为|由|使用|用于|纳入|进行|加大|优先|再|元/?[人户亩月年]?的?|元|万的?|%的?|"
    r"的(?!士)|等|和|及(?!贴)|与|、|，|,|或|积极|相关|予|出台|健全|下达|完善|实施|建立|推动|政策支持|强化|开展|做好|用好用活|用好|用活|各类|各项|优化|一定的?|适当的?|政策(?=减税)|提高|加强|"
    r"期间|其中|分别|以[上下内]|不|了|陆续|足额|及时|全额|率先|最高|最低(?!生活|养育)|最多|累计|每[人户亩月年生辆台家个名座张]|延续|执行)"
)
GRANT = re.compile(
    r"给予|享受|落实|发放|发给|核给|兑现|兑付|予以|申请|申领|补[贴助]|安排|倾斜|拨付|奖励|支付|领取|核发|贴息|提供|投入|减免|"
    r"资助|执行|激励|免征|免收|减征|扣减|缓缴|降低"
)
NO_GRANT_AFTER = re.compile(
    r"^(?:申[领请报](?!条件)|项目(?!库)|资格|名单|办法|管理|台账|审核|工作|评选|对象|制度|机制|范围|力度|额度管理|信息|程序|流程|"
    r"监管|审批|服务|材料|政策执行|以外|(?:、[^，。；、]{2,16})*(?:中|内)?(?:列支|支出|解决)|发放(?:工作|细则|办法|坚持|标准|流程)|的申[领请])"
)
NO_GRANT = re.compile(
    r"不宜|不可|不重复|不予|暂不|不得|研究制定|骗取|套取|冒领|追回|退回|不再享受|截留|挪用|违规|取消|人才奖|奖项|损害赔偿|"
    r"是指[^。；]{0,30}(?:取得|支付给|按照?国家)|表彰(?:和|、|与)?奖|(?:申请|办理)退税|工资[^，。]{0,8}所得|为基层减负|"
    r"(?:享受|申[请领]|补[贴助])[^，。；]{0,6}[\d一二两三四五]次(?!性)|分[\d一二两三四五][年次期批][发拨]|包吃|包住|月薪|底薪|五险|企业提供|用人单位提供|规范[^，。]{0,12}申领"
)
YEARS = re.compile(r"(?<=[征收除缴减])[\d一二两三四五六七八九十]+年")  # 免征五年房产税
ECOLOGICAL = re.compile(r"生态|效益|风险|水源|湿地|公益林|转产")
QUESTION = re.compile(r"什么|哪些|谁|如何|怎[样么]|多少|是否|吗|几")


@dataclass(slots=True, kw_only=True)
class Mention:
    """An instrument named in a clause, with the span of its name; alone where the clause names no other."""

    name: str
    span: Span
    clause: Clause
    alone: bool


@cache
def _instrument() -> re.Pattern[str]:
    heads = alternation(column("instruments", "word"))
    return re.compile(rf"{RELIEF}|[\u4e00-\u9fffA-Za-z0-9“”]{{0,22}}?(?P<head>{heads}|{STANDARDS}|{ANY_FUND})")


@cache
def _cue() -> re.Pattern[str]:
    """What no clause names an instrument without: the words of the lexicon, and one in each of the patterns above."""
    heads = column("instruments", "word")
    return re.compile(alternatives([*heads, "低保", "养老金", "标准", "资金", "经费", *RELIEVES]))


def instrument_cues(text: str) -> list[int]:
    """Where in a text words stand without one of which no clause names an instrument."""
    return [match.start() for match in _cue().finditer(text)]


def is_fund(name: str) -> bool:
    """Whether money is named that is a subsidy only where a budget says how much of it: 发展资金, but not 补助资金."""
    return name.endswith(("资金", "经费")) and not name.endswith(column("instruments", "word"))


def mentions(document: Document, clause: Clause) -> list[Mention]:
    """The instruments that a clause names, in order; a title names none that it grants."""
    words = document[clause.span]
    if _is_title(document, words):
        return []
    found = []
    for match in _instrument().finditer(words):
        boundary = BEFORE.match(match[0][: -len(match["head"])]) if match["head"] else None
        start = match.start() + (boundary.end() if boundary else 0)
        if match["head"] and match["head"].startswith(("减税", "退税减税")):
            start = match.start("head")  # 支持制造业发展减税降费: what it is for is no part of its name
        if words[:start].endswith("为") and words[: match.end()].endswith(("减负", "减税", "让利")):
            start = match.end() - 2  # 为经营主体减负: whose burden is no part of its name
        name = YEARS.sub("", words[start : match.end()]) if match["head"] is None else words[start : match.end()]
        name = name.strip("“”") if name.count("“") != name.count("”") or name[-1:] == "”" else name
        name = name.rpartition("“")[2] if name.count("“") > name.count("”") else name  # 护理“两项补贴
        after = words[match.end() :]
        if not name or NO_GRANT_AFTER.match(after) or (after[:1] == "由" and name.endswith(("资金", "经费"))):
            continue
        found.append((name, Span(start=clause.span.start + start, end=clause.span.start + match.end())))
    return [Mention(name=name, span=span, clause=clause, alone=len(found) == 1) for name, span in found]


def grants(document: Document, mention: Mention) -> bool:
    """Whether a clause gives an instrument that it names without a price, rather than regulating or refusing it."""
    words = document[mention.clause.span]
    sentence = document[Span(start=mention.clause.sentence.start, end=mention.clause.span.end)]
    if is_fund(mention.name) or re.match(r"标准|金额", document.text[mention.span.end : mention.span.end + 2]):
        return False
    if mention.name.endswith("专项资金") and not re.search(r"给予|支持|补", words):
        return False
    if mention.name.endswith(("补偿", "补偿金")) and not ECOLOGICAL.search(mention.name):
        return False  # what the law makes one pay, severance or land taken, where no price makes it a standard
    if _asked(document, mention) or _heads(document, mention):
        return False
    relief = re.match(RELIEF, mention.name)
    given = relief or GRANT.search(words.replace(mention.name, "")) or re.search(r"政策$|等政策", words)
    return bool(given) and not NO_GRANT.search(sentence[-60:])


def _asked(document: Document, mention: Mention) -> bool:
    """Whether a question names the instrument (哪些企业可以申领稳岗返还？): the answer gives it."""
    end = mention.clause.sentence.end
    return document.text[end - 1 : end + 1].find("？") >= 0 and bool(QUESTION.search(document[mention.clause.sentence]))


def _heads(document: Document, mention: Mention) -> bool:
    """Whether a heading names an instrument that the text under it names again."""
    provision = document.provision_at(mention.span.start)
    if provision is None or mention.span.end > provision.span.end:
        return False
    return mention.name[-4:] in document.text[provision.body.start : provision.body.end]


def _is_title(document: Document, words: str) -> bool:
    titles = [document.header.title, *(part.title for part in document.parts)]
    return any(title and words in title for title in titles if len(words) >= 6)
