"""Units inside an office, which no lexicon lists: 就业促进科, 综合司, 规划财务处."""

from __future__ import annotations

import re

__all__ = ["is_unit"]

UNIT = re.compile(
    r"[\u4e00-\u9fff]{1,14}(?:(?<![公官上土寿有])司|科|股|(?<![好坏益害用办事])处)|"
    r"[\u4e00-\u9fff]{0,14}(?:办公|研究|督查|调研|综合|信息|法规|秘书)室"
)
# all of them, or those of somebody
KIND = re.compile(r"各|有关|相关|该|本|此|我|你|贵|其|每|业务|责任|牵头|一|多|同|到|何")
# 科 of medicine and of learning, shares and places
OTHER = re.compile(
    r"(?:[内外妇儿产骨眼牙全专本学文理医百前预转]|中医|口腔|急诊|皮肤|检验|放射|康复|精神|肿瘤|护理)科$|(?:[个控持参入招炒原]|.份)股$|"
    r"(?:深|远|近|高|低|之|妙|出|住|四)处$"
)


def is_unit(name: str) -> bool:
    """Whether a name has the form of a unit inside an office: a 司, 处, 科, 股 or one of the usual 室.

    >>> [is_unit(name) for name in ("就业促进科", "服贸司", "综合处", "办公室", "部职业能力建设司")]
    [True, True, True, True, True]
    >>> [is_unit(name) for name in ("公司", "口腔科", "各处", "本科", "教室", "精品学科")]
    [False, False, False, False, False, False]
    """
    return len(name) > 2 and bool(UNIT.fullmatch(name)) and not KIND.match(name) and not OTHER.search(name)
