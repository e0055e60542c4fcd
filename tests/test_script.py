import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengce.clean.script import is_traditional, only_simplified, simplify, to_simplified, to_traditional
from zhengce.lexicon import table
from zhengce.text import Span, apply

# traditional → simplified, a pair a line
CONVERTED = """
著力推動產業升級 着力推动产业升级
沿著河岸發展 沿着河岸发展
隨著經濟成長 随着经济成长
著眼於長遠規劃 着眼于长远规划
著手研擬辦法 着手研拟办法
著重輔導青年 着重辅导青年
藉著補助鼓勵創業 借着补助鼓励创业
本著公開原則審查 本着公开原则审查
這意味著責任更重 这意味着责任更重
標誌著計畫啟動 标志着计划启动
有著明顯優勢 有着明显优势
隨著名額增加 随着名额增加
公布著名單上的學員 公布着名单上的学员
沿著作業道修復 沿着作业道修复
朝著有利方向發展 朝着有利方向发展
成效顯著 成效显著
顯著落後地區 显著落后地区
顯著提升服務品質 显著提升服务品质
享有著名商標 享有著名商标
對著作權保護 对著作权保护
專著與論著獎勵 专著与论著奖励
討論著作權問題 讨论著作权问题
會議討論著預算 会议讨论着预算
結合著名景點發展觀光 结合著名景点发展观光
教育結合著產業 教育结合着产业
原著土著居民權益 原著土著居民权益
見微知著 见微知著
執著精神 执着精神
沉著應對 沉着应对
重新著手規畫 重新着手规划
創新著力點 创新着力点
臭名昭著 臭名昭著
跟著名師學手藝 跟着名师学手艺
試著作業 试着作业
出版鉅著 出版巨著
計畫書送審 计划书送审
都市計畫與規畫 都市计划与规划
企畫案 企划案
策畫單位 策划单位
籌畫經費 筹划经费
權責畫分 权责划分
畫定範圍 划定范围
動畫分級與漫畫分享 动画分级与漫画分享
繪畫課程與書畫展覽 绘画课程与书画展览
擘畫藍圖 擘画蓝图
甚麼時候辦理 什么时候办理
為什麼補助 为什么补助
這裡與那裏 这里与那里
公里與鄰里 公里与邻里
臺北市與台中市 台北市与台中市
颱風過後平臺搶修 台风过后平台抢修
週邊設施與週年活動 周边设施与周年活动
佔地五畝獨佔鰲頭 占地五亩独占鳌头
鉅額資金艱鉅任務 巨额资金艰巨任务
一份報告與身分證 一份报告与身分证
部份農戶成分複雜 部份农户成分复杂
蚌埠經濟開發區 蚌埠经济开发区
核心指標體系 核心指标体系
軟體產業 软体产业
資訊服務業 资讯服务业
網路平臺 网路平台
程式設計與計程車業 程式设计与计程车业
智慧財產與行動裝置 智慧财产与行动装置
乾縣與禮泉縣 乾县与礼泉县
乾安縣畜牧業 乾安县畜牧业
乾隆年間與乾坤灣 乾隆年间与乾坤湾
餅乾安全檢驗 饼干安全检验
乾旱防治與乾淨用水 干旱防治与干净用水
幹部若干干預 干部若干干预
於潛鎮農會 於潜镇农会
設在於潛鎮的車間 设在於潜镇的车间
位於潛江市的園區 位于潜江市的园区
由於潛在風險較高 由于潜在风险较高
關於陵園維護 关于陵园维护
對於鄉鎮而言 对于乡镇而言
瞭望塔建設 瞭望塔建设
瞭解實際情況 了解实际情况
宮商角徵羽音樂課 宫商角徵羽音乐课
徵收徵求與徵信 征收征求与征信
魏徵與文徵明紀念館 魏徵与文徵明纪念馆
祇有繳納祇要申請 只有缴纳只要申请
民間神祇信仰調查 民间神祇信仰调查
反覆審覈答覆覆蓋 反复审核答复覆盖
復興複習回復 复兴复习回复
頭髮發展 头发发展
皇后鎮與後勤 皇后镇与后勤
范縣師範範圍 范县师范范围
穀物山谷五穀 谷物山谷五谷
鬆綁松樹 松绑松树
乾麵麵粉面積 干面面粉面积
聯繫關係系統 联系关系系统
製造制度 制造制度
鐘點鍾情 钟点钟情
匯率彙報詞彙 汇率汇报词汇
儘速盡力 尽速尽力
準備批准 准备批准
併購並且合併 并购并且合并
衝突沖洗 冲突冲洗
捲動試卷 卷动试卷
鬱悶濃郁 郁闷浓郁
誌謝雜誌志工 志谢杂志志工
憑藉狼藉藉由 凭借狼藉借由
夥伴合夥 伙伴合伙
蒐集僱用洩漏 搜集雇用泄漏
鍛鍊精鍊 锻炼精炼
朱鎔基與錢鍾書 朱镕基与钱锺书
畢昇昇華提昇 毕昇升华提升
扶餘市餘姚市餘額 扶余市余姚市余额
瀋陽沈先生 沈阳沈先生
甦醒復甦 苏醒复苏
蒜薹菜薹種植 蒜薹菜薹种植
讚揚贊助 赞扬赞助
佈局公佈分布 布局公布分布
釐清毫釐 厘清毫厘
託付委託拜託 托付委托拜托
羣眾路綫 群众路线
衞生署説明 卫生署说明
着力推動裏面 着力推动里面
衛生署說明 卫生署说明
裡面群眾線上 里面群众线上
産業啓動温度 产业启动温度
麪粉牀位峯會 面粉床位峰会
閲讀税務鋭減 阅读税务锐减
考取証照 考取证照
汚水處理與濬縣麻紡 污水处理与浚县麻纺
菸草果菓園 烟草果果园
倣照辦理徬徨青年 仿照办理彷徨青年
彜族與傣族鄉 彝族与傣族乡
敍永縣衞東區 叙永县卫东区
勞務派遣與勞動報酬 劳务派遣与劳动报酬
鄉村振興補貼 乡村振兴补贴
"""
UNTOUCHED = """
著作权登记，著名企业，显著提升，专著编著原著，土著居民
乾县、乾安县、乾隆年间、扭转乾坤
於潜镇召开会议，於先生到会讲话
瞭望塔与宫商角徵羽
魏徵与文徵明
朱镕基、钱锺书、毕昇
李昇、王甦、陈邨等三人获补贴
朱鎔基、张三出席劳务协作会议
李濬、翁同龢故居修缮
狼藉与慰藉，甚夥
蒜薹和菜薹价格稳定
台湾、里程、皇后、范县、干预、制度、面积、云南、采邑
着力推进，沿着，随着，意味着
公司简称“鑫淼”
海淀区、于洪区、沈丘县
身份、部分、份额、蚌埠、核心指标
软件、信息、网络、程序、出租车
神祇与什么
ABC 123, no Chinese at all; café “quote”
东京の労働者向け補助金です
"""
MIXED = [
    (
        "县人社局转载公告：“為青年提供實習機會，隨著經濟發展，合作共贏。”专著显著，於潜镇。",
        "县人社局转载公告：“为青年提供实习机会，随着经济发展，合作共赢。”专著显著，於潜镇。",
    ),
    ("据《聯合報》报道，乾县与著名企业签约。", "据《联合报》报道，乾县与著名企业签约。"),
    (
        "著力培訓青年，計畫補助。\n县里著名专著、乾县於先生，沿著一处。\n隨著時間推移。",
        "着力培训青年，计划补助。\n县里著名专著、乾县於先生，沿著一处。\n随着时间推移。",
    ),
    ("發展經濟，增進福祉。\n合作，於是，乾果。\n辦理登記。", "发展经济，增进福祉。\n合作，于是，干果。\n办理登记。"),
    ("劳务品牌（勞務品牌）建设", "劳务品牌（劳务品牌）建设"),
    ("人数：李昇、乾县；總計二人，經費三萬元", "人数：李昇、乾县；总计二人，经费三万元"),
    (
        "各县抓好落实。\n發揮優勢，著眼長遠。\n落实到人，著作等身。",
        "各县抓好落实。\n发挥优势，着眼长远。\n落实到人，著作等身。",
    ),
    ("東京の労働者です。補助經費說明", "東京の労働者です。补助经费说明"),
]
CASES = [tuple(line.split()) for line in CONVERTED.strip().splitlines()]
NAMES = sorted({row[key] for row in table("regions") for key in ("name", "short")})
SCRIPTS = "著著乾於瞭徵計畫發展顯隨沿说显随着专劳务勞務里裏台臺衞羣苧薴祇只昇の，。“”\n ?fùwù)(甲名作力"


def simplified(text: str) -> str:
    return apply(text, simplify(text))[0]


@pytest.mark.parametrize(("traditional", "expected"), CASES)
def test_traditional_prose_is_simplified_exactly(traditional: str, expected: str) -> None:
    assert simplified(traditional) == expected


@pytest.mark.parametrize(("traditional", "expected"), CASES)
def test_a_simplified_text_keeps_what_it_says_in_other_words(traditional: str, expected: str) -> None:
    assert simplified(expected) == expected


@pytest.mark.parametrize("text", UNTOUCHED.strip().splitlines())
def test_simplified_text_is_left_byte_for_byte(text: str) -> None:
    assert not list(simplify(text))
    assert not list(simplify(f"各县（区）要认真组织实施：{text}。\n专项资金发给劳动者。"))


@pytest.mark.parametrize(("mixed", "expected"), MIXED)
def test_each_passage_is_judged_by_itself(mixed: str, expected: str) -> None:
    assert simplified(mixed) == expected


def test_region_names_stay_in_simplified_text() -> None:
    assert [name for name in NAMES if list(simplify(name))] == []


@pytest.mark.parametrize("config", ["s2t", "s2tw", "s2hk"])
def test_region_names_come_back_from_traditional_text(config: str) -> None:
    import opencc

    convert = opencc.OpenCC(config).convert
    pages = ((name, f"說明：{convert(name)}，發揚傳統，在{convert(name)}開創業績。") for name in NAMES)
    assert [name for name, page in pages if simplified(page) != f"说明：{name}，发扬传统，在{name}开创业绩。"] == []


def test_only_names_without_a_mark_of_their_script_are_left_where_they_stand_alone() -> None:
    # a page of nothing but 於洪 might be simplified as well
    assert [name for name in NAMES if simplified(to_traditional(name)) != name] == ["于洪", "澄江", "澄江市"]


def test_every_word_of_the_table_is_as_long_as_its_simplified_form() -> None:
    assert [row["word"] for row in table("script") if len(row["word"]) != len(row["simplified"])] == []


def test_damaged_stretches_keep_their_characters() -> None:
    page = "穩(wěn)崗?fù)貚彺倬蜆I 貴州發展"
    assert "崗?fù)貚彺倬蜆I" in simplified(page)
    assert simplified(page).endswith("贵州发展")


@given(st.text(alphabet=SCRIPTS, max_size=60))
def test_a_second_pass_changes_nothing_more(text: str) -> None:
    once = simplified(text)
    assert simplified(once) == once


@given(st.text(alphabet=SCRIPTS, max_size=60))
def test_each_edit_is_one_character_for_one(text: str) -> None:
    shown, alignment = apply(text, simplify(text))
    assert len(shown) == len(text)
    for at in range(len(text)):
        assert alignment.trace(Span(start=at, end=at + 1)) == (Span(start=at, end=at + 1),)


def test_which_script_a_text_is_in() -> None:
    assert is_traditional("加強勞務品牌建設，这是例外")
    assert not is_traditional("加强劳务品牌建设，著作乾坤，引用「勞務」一詞")
    assert not is_traditional("台北后里")
    assert [char for char in "节節业業的台" if only_simplified(char)] == ["节", "业", "台"]
    assert to_simplified("資訊") == "资讯"
