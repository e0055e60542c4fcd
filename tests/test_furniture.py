"""What belongs to a page is taken out and said; what only looks like it stays. Masks and spun terms are flagged."""

import json
from pathlib import Path

import pytest

from zhengce.clean.furniture import MESSAGES, furniture
from zhengce.clean.redaction import redactions
from zhengce.clean.repeat import repeats
from zhengce.clean.spun import spun
from zhengce.flow import clean, repaired
from zhengce.lexicon import table
from zhengce.read import read_file
from zhengce.text import apply

SHARED = Path(__file__).parents[2] / "shared"
BEFORE, BEHIND = "全县召开就业工作会议。\n", "会议要求年底前完成。\n"
LONG = (
    "各乡镇要在每月月底前把外出务工人员名单、务工地点和联系方式报送县专班，由县专班汇总后向市专班报告，不得迟报漏报。"
)

TAKEN = {
    "furniture.banner": ["点击上方蓝字关注某县发布"],
    "furniture.source": ["来源：某县融媒体中心", "转载自 某省日报"],
    "furniture.editor": [
        "责任编辑：林小满",
        "初审：周禾 复审：吴苗 终审：郑穗",
        "（编辑 何田 审核 许麦）",
        "供稿：某县人社局",
    ],
    "furniture.page": ["— 7 —", "第3页 共12页"],
    "furniture.tool": [
        "分享到：微信 微博",
        "【字体：大 中 小】",
        "微信 微博 QQ空间 复制链接",
        "【打印】【关闭】【收藏】",
        "浏览次数：1024",
        "您当前的位置：首页 > 新闻中心 > 就业",
        "当前位置: 人事处 >> 人事服务 >> 正文",
    ],
    "furniture.rights": [
        "版权声明：本网所有内容归本网所有，违者必究。",
        "版权所有 某县人民政府办公室",
        "未经本网授权不得转载",
        "转载请注明来源：某县在线",
        "某ICP备12345678号"[1:],
    ],
    "furniture.links": ["上一篇：某县举办春招会", "友情链接：某省政府 某市政府"],
    "furniture.continued": ["（下转第3版）"],
    "furniture.spam": [
        "代开发票加微信：fp88888",
        "真人棋牌、百家乐 尽在本站",
        "成人视频|亚洲精品|在线观看",
        "www.a1.com www.b2.com www.c3.com 好站",
    ],
    "furniture.list": [
        "相关新闻\n某县举办春季专场招聘会\n某县技能大赛圆满落幕",
        "某县春季专场招聘会吸引三千余人到场2025-03-01\n某县技能大赛在职教中心圆满落幕2025-03-02\n"
        "某县返乡创业园迎来首批入驻企业2025-03-03\n某县劳务经纪人培训班在县城开班2025-03-04\n"
        "某县外出务工人员乘专列返岗复工2025-03-05",
    ],
}
KEPT = [
    "报道中写明“来源：某县人社局”的，视为权威发布。",
    "资金来源：县财政安排500万元。",
    "审核：由乡镇在3个工作日内提出意见。",
    "初审：乡镇人社所",
    "统筹：县人社局",
    "版权所有者应当办理登记。",
    "版权声明制度由主管部门另行制定。",
    "通过微信、微博、QQ空间等渠道开展宣传。",
    "大\t中\t小\t微信",
    "- 建设培训基地\n- 开展技能大赛\n- 组织专场招聘\n- 发放创业贷款\n- 完善服务体系",
    "相关报道：某台播出了节目。其中介绍了做法。",
    "相关新闻\n各县要高度重视宣传工作。\n加大报道力度。",
    "废止文件清单\n某县就业补助资金管理暂行规定 2015-03-01\n某县农民工培训补贴暂行规定 2015-03-02\n"
    "某县创业担保贷款实施细则的通知 2015-03-03\n某县公益性岗位开发管理规定 2015-03-04\n"
    "某县劳务经纪人管理暂行规定 2015-03-05",
    "张三\n李四\n王五\n赵六\n孙七\n周八\n吴九",
    "严厉打击代开发票、棋牌赌博等违法行为，举报电话12345678。",
    "体育彩票公益金用于就业援助，下载申请表后登录平台填报。",
    "文化站设棋牌、阅览等活动室，对务工人员免费开放。",
    "申请表可在https://a.example和https://b.example、https://c.example下载，由各乡镇统一收取后交县人社局就业股审核。",
    "2024年全县培训1/2的劳务经纪人。",
    "关注\n重点群体就业。",
]
MASKED = {
    "*县、*区人社局作了发言。": ["*县", "*区"],
    "XX市与××县签订协议。": ["XX市", "××县"],
    "来自×××公司的代表参加。": ["×××公司"],
    "代表XXXXXXXX公司讲话。": ["XXXXXXXX公司"],
    "由XXX同志主持会议。": ["XXX同志"],
    "某某镇建成就业驿站。": ["某某镇"],
    "李某某，男，从事家政。": ["某某"],
    "打造“”劳务品牌。": ["“”"],
    "擦亮“**”品牌，推广《》经验。": ["**", "《》"],
    "培育“*工匠”品牌。": ["*"],
    "×月×日前报送。": ["×月×日"],
    "2023年X月X日印发。": ["2023年X月X日"],
    "**县的工作走在**市前列。": ["**县", "**市"],
    "我X县先行先试。": ["X县"],
    "实行1+6机制,与*市、*县协作,共建5×2平台。": ["*市", "*县"],
}
UNMASKED = [
    "补贴额＝人数×县级标准×月数。",
    "按每人500元×区内人数计算。",
    "面积为3×5米，共3*5个。",
    "评级：***级。",
    "用“”标出的词语为专有名词。",
    "**重点工作**由县人社局牵头。",
    "**加强培训**县人社局牵头实施。",
    "*县级数据不含开发区。",
    "*为试点县。",
    "高级工*占比30%。",
    "XX染色体、XXL号服装。",
    "某企业、某县、某地的做法。",
    "国家市场监督管理总局X光检查。",
    "★★★示范基地。",
]


def cleaned(page: str) -> str:
    return apply(page, furniture(page))[0]


@pytest.mark.parametrize(("rule", "lines"), [(rule, lines) for rule, some in TAKEN.items() for lines in some])
def test_furniture_is_taken_out_by_its_rule(rule: str, lines: str) -> None:
    # a list of dated titles is one at the end of a page only
    page = f"{BEFORE}{lines}\n" if rule == "furniture.list" else f"{BEFORE}{lines}\n{BEHIND}"
    edits = list(furniture(page))
    assert [edit.rule for edit in edits] == [rule]
    assert cleaned(page).replace("\n\n", "\n") == page.replace(f"{lines}\n", "")


@pytest.mark.parametrize("lines", KEPT)
def test_what_only_looks_like_furniture_stays(lines: str) -> None:
    page = f"{BEFORE}{lines}\n"
    assert cleaned(page) == page


def test_every_rule_has_a_message() -> None:
    assert set(TAKEN) | {
        "furniture.column",
        "furniture.margin",
        "furniture.repeat",
        "furniture.title",
        "gap.paywall",
    } == set(MESSAGES)


def test_a_column_label_stands_before_a_headline() -> None:
    page = f"# 甲地春耕\n{BEFORE}关注\n# 乙地招工\n{BEHIND}"
    assert cleaned(page) == page.replace("关注\n", "")


def test_a_gap_on_a_line_of_its_own_joins_no_lines() -> None:
    page = f"{BEFORE}（未完，全文共3500字，登录后查看）\n{BEHIND}"
    assert cleaned(page) == f"{BEFORE}……\n{BEHIND}"


def test_a_block_shown_twice_is_kept_once_with_its_lines() -> None:
    block = f"工作动态\n{LONG}\n请遵照执行。\n"
    page = f"{block}{BEFORE}{block}{BEHIND}"
    assert cleaned(page) == f"{block}{BEFORE}{BEHIND}"
    assert cleaned(f"{LONG}\n" * 3) == f"{LONG}\n"


def test_furniture_that_overlaps_goes_whole() -> None:
    page = f"编辑：张三\n{LONG}\n{BEFORE}相关新闻\n某县春招会开幕\n编辑：张三\n{LONG}\n"
    assert cleaned(page) == f"{LONG}\n{BEFORE}"


@pytest.mark.parametrize(
    "page",
    [
        f"第一条 {LONG}\n{BEFORE}第一条 {LONG}\n",
        f"{LONG[:39]}\n{BEFORE}{LONG[:39]}\n",
        f"甲\t{LONG}\n{BEFORE}甲\t{LONG}\n",
        f"{'_' * 60}\n{BEFORE}{'_' * 60}\n",
    ],
    ids=["one article in two measures", "short", "rows of a table", "lines to write on"],
)
def test_what_may_be_said_twice_stays(page: str) -> None:
    assert list(repeats(page)) == []


@pytest.mark.parametrize(("page", "masks"), MASKED.items())
def test_masks_are_flagged_and_nothing_is_filled_in(page: str, masks: list[str]) -> None:
    notes = list(redactions(page))
    assert [page[note.span.start : note.span.end] for note in notes] == masks
    document, _ = repaired(page.encode(), "page.txt")
    assert document.text == page
    assert {note.doubt for note in document.notes} == {"redacted"}


@pytest.mark.parametrize("page", UNMASKED)
def test_multiplications_ratings_and_footnotes_are_no_masks(page: str) -> None:
    assert [page[note.span.start : note.span.end] for note in redactions(page)] == []


def test_spun_pages_are_flagged_and_left() -> None:
    page = "省生长改造委、省农业乡村厅要引导农夫工返乡创业。"
    document, _ = repaired(page.encode(), "page.txt")
    assert document.text == page
    assert [(note.doubt, document[note.span]) for note in document.notes] == [
        ("spun", "生长改造委"),
        ("spun", "农业乡村厅"),
        ("spun", "农夫工"),
    ]
    assert len(table("spun")) >= 30


def test_one_slip_or_one_term_in_many_forms_is_no_spun_page() -> None:
    assert not list(spun("农夫工、农人工和农夫工，省生长改造委。"))


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the gold (../shared/gold) is not beside this checkout")
def test_furniture_and_gaps_of_real_pages() -> None:
    right = wanted = found = 0
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        page = SHARED / "documents" / "seeds" / gold["file"]
        document = clean(read_file(page.read_bytes(), page.name))
        here = {at for part in gold["document"]["boilerplate"] for at in range(part["start"], part["end"])}
        notes = [note for note in document.notes if note.doubt in ("furniture", "truncated")]
        taken = {at for note in notes for span in note.raw_spans or () for at in range(span.start, span.end)}
        here, taken = ({at for at in some if not document.raw.text[at].isspace()} for some in (here, taken))
        right, wanted, found = right + len(here & taken), wanted + len(here), found + len(taken)
    assert right / wanted >= 0.99
    assert right / found >= 0.99
