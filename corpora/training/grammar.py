"""Writes `grammar/`: marked documents made by a grammar, in which the same words mean different things by their place.

What a frame says is a target under a heading that plans, and a fact under one that looks back or in a report of the
news, so that a judge has to weigh heading, section and kind of text, which prose written by hand varies too little.
Same seed, same bytes.

    python corpora/training/grammar.py
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

HERE = Path(__file__).parent
SEED = 20261122
PLACES = [
    "青源县",
    "临溪市",
    "南屏县",
    "北陵区",
    "柳川市",
    "石桥县",
    "云岭县",
    "沙河市",
    "东浦区",
    "平乐县",
    "龙湾镇",
    "松江县",
]
COUNTED = [
    ("城镇新增就业", "人", 800, 60000),
    ("开展职业技能培训", "人次", 500, 90000),
    ("新建乡镇卫生院", "所", 1, 30),
    ("建成高标准农田", "亩", 2000, 300000),
    ("培育家庭农场", "家", 10, 900),
    ("改造老旧小区", "个", 3, 400),
    ("新增托位", "个", 100, 9000),
    ("转移农村劳动力", "人", 600, 80000),
    ("创建零工市场", "个", 1, 40),
    ("认定就业帮扶车间", "家", 2, 200),
    ("铺设燃气管网", "公里", 5, 600),
    ("发放社会保障卡", "张", 900, 700000),
    ("引进产业项目", "个", 2, 120),
    ("新增充电桩", "个", 50, 8000),
    ("举办专场招聘会", "场", 3, 500),
]
RATED = [
    "地区生产总值",
    "居民人均可支配收入",
    "规模以上工业增加值",
    "一般公共预算收入",
    "社会消费品零售总额",
    "固定资产投资",
    "进出口总额",
]
SHARES = ["培训合格率", "签约率", "污水集中处理率", "合同签订率", "森林覆盖率", "村级服务站覆盖率", "持证上岗比例"]
PLAN_HEADS = ["二、下一步工作安排", "二、主要目标", "三、重点任务", "二、今年工作打算", "三、工作部署", "二、目标任务"]
PAST_HEADS = ["一、去年工作回顾", "一、工作成效", "一、主要做法和成绩", "一、基本情况", "一、今年以来工作进展"]
SHARED = [
    "{counted}",
    "{counted}",
    "{share}{rate}%",
    "{rated}增长{small}%",
    "{rated}增长{small}%左右",
    "{counted}以上",
    "{share}达到{rate}%",
    "为{place}群众{counted}",
    "全县{counted}",
    "{share}稳定在{rate}%以上",
    "其中{counted}",
]
ONLY_TARGET = [
    "力争{counted}",
    "确保{share}不低于{rate}%",
    "计划{counted}",
    "每个乡镇至少{counted}",
    "{counted}，按时完成",
]
ONLY_FACT = [
    "累计{counted}",
    "完成{counted}",
    "{rated}同比增长{small}%",
    "{share}比上年提高{small}个百分点",
    "共有{few}家企业参加",
]
STANDARD = [
    "<standard><subsidy>按每人{money}元给予一次性补贴</subsidy></standard>",
    "<standard>公示时间不少于{few}个工作日</standard>",
    "<standard>招用{few}人以上</standard>的企业可以申请",
    "<standard>贷款额度最高不超过{few}万元</standard>",
    "<standard>毕业{few}年以内</standard>的高校毕业生优先",
    "<standard>连续缴费满{few}个月</standard>的人员可以享受",
    "<standard><subsidy>对认定的基地给予{few}万元奖补</subsidy></standard>",
    "<standard>注册资金不低于{few}万元</standard>",
    "<standard>同一单位补贴期限不超过{few}年</standard>",
    "<standard>评审得分低于{rate}分的不予认定</standard>",
]
NONE = [
    "实施<none>“{word}{few}千”</none>工程",
    "抓好<none>{few}项工作</none>",
    "召开<none>第{few}次</none>专题会议",
    "咨询电话：<none>0{tel}</none>",
    "聚焦新材料、数字经济等<none>{few}个重点产业</none>",
    "围绕<none>{few}条重点产业链</none>延链补链",
    "做强粮油、果蔬等<none>{few}个优势产业集群</none>",
    "对高校毕业生等<none>{few}类重点群体</none>分类帮扶",
    "巩固<none>{few}个薄弱村</none>帮扶成效",
    "落实稳就业<none>{few}条政策</none>",
    "加快推进轨道交通等<none>{few}个重大项目</none>",
    "由<none>{few}个部门</none>组成工作专班",
    "在人口<none>{few}万以上</none>的县先行试点",
]
REGIONS = ["青源", "柳川", "云岭", "沙河", "黔东", "川北", "皖南", "湘西", "陇上", "石桥", "赣北", "临溪"]
TRADES = [
    "焊工",
    "绣娘",
    "月嫂",
    "厨师",
    "电工",
    "建筑工",
    "护工",
    "木匠",
    "茶艺师",
    "保安",
    "瓦工",
    "面点师",
    "船工",
    "阿姨",
]
OTHER = [
    "一站式",
    "绿色通道",
    "诚信经营",
    "银发课堂",
    "就在身边",
    "红色先锋",
    "放管服",
    "订单班",
    "山水田园",
    "云上课堂",
    "三务公开",
    "直播间",
]
BRANDS = [
    "打造<brand>“{name}”</brand>劳务品牌",
    "<brand>“{name}”</brand>远近闻名",
    "推介<brand>“{name}”</brand>等劳务品牌",
    "开展<programme>“{name}”</programme>专项培训",
    "<brand>{name}</brand>等劳务品牌持续壮大",
    "培育劳务品牌<brand>“{name}”</brand>",
    "推行<other>“{other}”</other>服务",
    "设立<other>“{other}”</other>窗口",
    "践行<other>“{other}”</other>理念",
    "用好<other>“{other}”</other>平台",
]
KINDS = [
    ("report", "{place}人民政府工作报告"),
    ("notice", "关于做好{place}年度重点工作的通知"),
    ("plan", "{place}三年行动方案"),
    ("news", "{place}：一线见闻"),
    ("measures", "{place}专项资金管理办法"),
    ("opinion", "{place}关于促进就业的实施意见"),
    ("other", "{place}年度工作总结"),
]
# which roles stand under which heading of which kind of text
PAST, PLAN, RULES = ("fact", "none", "name"), ("target", "standard", "none", "name"), ("standard", "name", "none")


def sentence(random: Random, role: str, place: str) -> str:
    frames = {
        "target": SHARED * 2 + ONLY_TARGET,
        "fact": SHARED * 2 + ONLY_FACT,
        "standard": STANDARD,
        "none": NONE,
        "name": BRANDS,
    }
    name, unit, least, most = random.choice(COUNTED)
    number = random.choice([random.randint(least, most), round(random.randint(least, most), -2) or least])
    shown = f"{number / 10000:g}万{unit}" if number % 1000 == 0 and number >= 10000 else f"{number}{unit}"
    text = random.choice(frames[role]).format(
        counted=f"{name}{shown}", place=place, rated=random.choice(RATED), share=random.choice(SHARES),
        rate=random.randint(60, 99), small=random.randint(3, 99) / 10, few=random.randint(2, 12),
        money=random.choice([200, 300, 500, 800, 1000, 1500]), tel=random.randint(1000000, 9999999),
        word=random.choice("百万"), name=random.choice(REGIONS) + random.choice(TRADES), other=random.choice(OTHER),
    )  # fmt: skip
    return f"<{role}>{escape(text)}</{role}>" if role in ("target", "fact") else text


def passage(random: Random, roles: tuple[str, ...], place: str, weights: list[int]) -> str:
    lines = []
    for _ in range(3):
        clauses = [sentence(random, role, place) for role in random.choices(roles, weights, k=random.randint(2, 4))]
        lines.append("，".join(clauses) + "。")
    return "\n".join(lines)


def document(random: Random, kind: str, title: str) -> str:
    place = random.choice(PLACES)
    past = passage(random, PAST, place, [6, 2, 2])
    plan = passage(random, PLAN, place, [6, 2, 2, 2])
    rules = passage(random, RULES, place, [6, 1, 1])
    body = {
        "report": [random.choice(PAST_HEADS), past, random.choice(PLAN_HEADS), plan],
        "other": [random.choice(PAST_HEADS), past, random.choice(PLAN_HEADS), plan],
        "news": [past, passage(random, PAST, place, [6, 1, 3])],
        "measures": ["第一条　" + rules, "第二条　" + passage(random, RULES, place, [6, 1, 1])],
    }.get(kind, [random.choice(PAST_HEADS), past, random.choice(PLAN_HEADS), plan, "四、支持政策", rules])
    lines = "\n".join([title.format(place=place), *body])
    return f'<document kind="{kind}" genre="made by grammar.py">\n{lines}\n</document>\n'


def main() -> None:
    out = HERE / "grammar"
    out.mkdir(exist_ok=True)
    random = Random(SEED)
    for number in range(42):
        kind, title = KINDS[number % len(KINDS)]
        text = document(random, kind, title)
        (out / f"g{number + 1:02}_{kind}.xml").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
