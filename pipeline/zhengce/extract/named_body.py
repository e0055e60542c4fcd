"""Bodies that a text names: offices, banks and companies of the state, not kinds of them."""

from __future__ import annotations

import re

from zhengce.extract.inner_unit import is_unit
from zhengce.name.central_body import central_body
from zhengce.name.department import is_listed
from zhengce.name.place import find_place

__all__ = ["BODIES", "ELIDED", "NAME", "OTHERS", "is_central", "is_named"]

ENDING = (
    r"(?:部(?![门分队署长级位件委属])|总局|委员会|委(?!员|托|派|宣传部|组织部|统战部|政法委|信访局|办|网信|编办|社会工作|改革办|金融办|教育工|农[办村]|机关)|(?<![布格大结])局(?![长面部])|署|"
    r"办公室|办公厅|办(?![公理法事学])|厅|银行|总社|总会|总行|公司|集团|中心|政府|法院|检察院|国务院(?!有关|相关|各|领导|部|直)|科学院|工程院|研究院|总工会|工会|"
    r"妇联|残联|工商联|科协|日报社|报社|广播电视台|电视台|融媒体中心|贸促会|监会|协会|联合会|基金会|团中央|团[省市县区]委|指挥部|领导小组|联席会议|专班|海关|总队|支队|"
    r"司(?![法机令长局])|科(?![技学研教普协长室])|处(?![理置罚分于长级室])|股(?![份权东市长])|管委会|督查室|研究室|纪委|监委|机关|供销社)"
)
NAME = rf"(?:(?!会同|负责|牵头|配合|参加|协助|[由将对为])[\u4e00-\u9fff（）]){{0,18}}?{ENDING}"
ELIDED = r"(?:等(?:\d+|[一二三四五六七八九十]+)?个?(?:国务院)?(?:有关|相关)?(?:部门|单位|方面)(?:和单位)?|等)?"
BODIES = rf"{NAME}(?:(?:[、和及与]|以及){NAME})*{ELIDED}"
OTHERS = (
    rf"(?:{NAME}(?:(?:[、和及与]|以及){NAME})*{ELIDED}|"
    r"(?:国务院)?(?:有关|相关)(?:部门|单位|方面|地区)(?:（单位）|和单位|和地区)?)"
)
KIND = re.compile(
    r"各|有关|相关|该|本|此|我|你|贵|其|上述|所在|当地|地方|(?:省|市|县|区|乡)级(?!机关)|县级以上|基层|同级|上级|下级|主管|行业|业务|牵头|"
    r"成员|责任|制定|登记|审核|起草|申请|使用|承办|企业|公司|集团|办公室|办公厅|指挥部|领导小组|联席会议|专班|政府|人民政府|人民法院|中心|"
    r"银行|机关|协会|工会|办|局|部|委|厅|处"
)
PLACED = re.compile(
    r"国务院|国网|军委|武警|中央|国家|全国|中国|中共|最高人民|(?:自治区|[省市县区州旗])(?![场域级内外]).|"
    r".{2,}(?:新区|高新区|开发区|经开区|试验区|示范区|园区|科学城|保税区)(?:管委会|管理委员会)$"
)
LONGEST = 26


def is_named(name: str) -> bool:
    """Whether a name is that of one body: by the lexicons, or by its place or the state at its head.

    >>> [is_named(name) for name in ("铁道部", "中国农业发展银行", "省信访局", "青海省人民政府", "财政局")]
    [True, True, True, True, True]
    >>> [is_named(name) for name in ("主管部门", "指挥部", "有关公司", "省级财政部门", "干部", "该司")]
    [False, False, False, False, False, False]
    """
    if not 2 <= len(name) <= LONGEST or re.search(r"有关|相关|各级|或|(?:部门|单位|机构|企业|地区)$", name):
        return False
    if central_body(name, "central", None) or is_listed(name):
        return True
    if re.fullmatch(r"[\u4e00-\u9fff]{3,12}(?:部|委员会|总局)[\u4e00-\u9fff]{2,10}司", name):
        return True
    if name[-1] in "司处科股" and is_unit(name):
        return True
    if re.fullmatch(rf"(?:{KIND.pattern}).*", name):
        return False
    place = find_place(name)
    return bool(PLACED.match(name)) or (place is not None and name.startswith((place.name, place.short)))


def is_central(name: str) -> bool:
    """Whether a name is that of one body in a central text: 发展改革委, 海关总署, not 财政局 anywhere.

    >>> [is_central(name) for name in ("发展改革委", "海关总署", "青海省人民政府", "财政局", "省教育厅")]
    [True, True, True, False, False]
    """
    if not is_named(name) or re.match(r"[省市县区州](?![\u4e00-\u9fff]*部$)", name):
        return False
    own = central_body(name, "central", None) or find_place(name) or PLACED.match(name)
    return own is not None or not re.search(r"[局厅]$", name)
