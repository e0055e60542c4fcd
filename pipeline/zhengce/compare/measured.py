"""Names of what is measured, as printed, taken apart: the form that the lexicon knows and the words round it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from zhengce.lexicon import alternation, table
from zhengce.pair import Indicator

__all__ = ["Measured", "indicators", "measured"]

Measure = Literal["level", "growth", "fall", "added", "done"]

WHOLE = ["全省", "全市", "全县", "全区", "全州", "全国", "全疆", "全盟", "全旗", "我国", "我省", "我市", "我区", "我县", "省内"]
# verbs that make more of something: what they add is no level of it
MAKING = (
    "新增 净增 增加 新建 新建成 新开工 开工 开工建设 启动 新认定 认定 培育 新培育 培养 打造 新打造 创建 新创建 建设 建成 新建设 改造 提升 "
    "改建 扩建 新改建 新改造 新改扩建 改扩建 新扩建 修复 治理 筹集 筹建 新筹集 发放 新发放 增设 建立 开发 新开发 新设 新设立 设立 评选 遴选 "
    "引进 交付 更新 加装 推出 新入选 入选 新投用 投用 建好 再认定 再新增 并网 转移 扩充 增补"
).split()
FINISHING = ["完成"]
LEADING = (
    "计划 开展 组织 实施 实现 举办 推进 推动 帮助 促进 帮扶 支持 接待 开行 累计 累计开行 稳定 保持 提高 达到 取得 获得 拥有 发展 每年 年度 全年 "
    "年 当年 共 总计 争取 力争 确保 全面 大力 精准 广泛 加快 大规模 持续 继续 预计 预期 深入 要 将 使 再 新 稳住 并 本年 今年"
).split()
JOINING = ["和", "及", "与", "、", "或", "并"]
RISE = "增长率 增长速度 增长 增速 增幅 涨幅 上涨 提高 提升 上升 扩大".split()
FALL = "改善 下降率 降低率 下降 降低 减少 压减 降幅 削减 回落 缩减".split()
FILLING = (
    "同比 同口径 可比 比上年 较上年 较 比 预计 开行 累计开行 年均 年度 分别 均 累计 平均值 平均 均值 平 稳定 保持 继续 持续 达到 达 总体 "
    "规模 总量 总数 数量 总规模 数 人数 面积 任务 工程 水平 左右 控制 等"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A name taken apart: the form, the way it changes, whether a verb makes more of it, and what follows it."""

    form: str
    change: Literal["growth", "fall"] | None
    made: Literal["yes", "finished"] | None
    rest: str = ""

    def indicators(self, unit: str | None) -> Iterator[Indicator]:
        """The indicators that it may be of, the likeliest first; a unit of None is that of a goal in words."""
        for measure in self._measures(unit):
            for one in _rows()[self.form, measure]:
                if unit is None or unit in one.units:
                    yield one

    def _measures(self, unit: str | None) -> tuple[Measure, ...]:
        if unit is None:
            return (self.change,) if self.change else ("level", "growth", "fall", "done")
        if unit == "%":
            return (self.change,) if self.change else ("level",)
        if self.change == "fall":
            return ()  # less by so many is no number of its own
        if self.made == "yes" or self.change:
            return ("added", "done")
        return ("added", "done", "level") if self.made else ("level", "done")


@cache
def _rows() -> Mapping[tuple[str, str], list[Indicator]]:
    """Form and measure → indicators."""
    found: dict[tuple[str, str], list[Indicator]] = defaultdict(list)
    for row in table("indicators"):
        one = Indicator(
            id=row["id"], zh=row["zh"], en=row["en"], units=tuple(row["units"].split(";")), group=row["group"],
            better=row["better"],  # type: ignore[arg-type]
        )  # fmt: skip
        for form in row["forms"].split(";"):
            for measure in row["measures"].split(";"):
                found[form, measure].append(one)
    return found


@cache
def indicators() -> tuple[Indicator, ...]:
    """Every indicator of the lexicon, in its order."""
    return tuple(dict.fromkeys(one for held in _rows().values() for one in held))


@cache
def _pattern(whole: bool) -> re.Pattern[str]:
    """A pattern for a name; behind one that only begins some words (粮食产量保持稳定) 保持 and the like are no filling."""
    forms = alternation(form for row in table("indicators") for form in row["forms"].split(";"))
    lead = alternation([*WHOLE, *MAKING, *FINISHING, *LEADING, *JOINING])
    tail = alternation([*RISE, *FALL, *MAKING, *FILLING] if whole else [*RISE, *FALL])
    end = r"\Z" if whole else ""
    return re.compile(rf"(?P<lead>{lead}*)(?P<form>{forms})(?P<tail>{tail}*){end}")


@cache
def _cues() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(alternation(words)) for words in (MAKING, FINISHING, RISE, FALL))


def measured(words: str, *, whole: bool = True) -> Measured | None:
    """The name that some words are, or, unless they must be it as a `whole`, begin with; None where it is unknown.

    >>> name = measured("全省规上工业增加值同比增长")
    >>> name.form, name.change, [one.id for one in name.indicators("%")]
    ('规上工业增加值', 'growth', ['industry_growth'])
    >>> measured("开发区规上工业增加值增长")
    """
    match = _pattern(whole).match(words)
    if not match:
        return None
    making, finishing, rise, fall = _cues()
    change = "fall" if fall.search(match["tail"]) else "growth" if rise.search(match["tail"]) else None
    made = match["lead"] + (match["tail"] if not change else "")
    return Measured(
        form=match["form"], change=change,
        made="yes" if making.search(made) else "finished" if finishing.search(made) else None,
        rest=words[match.end() :],
    )  # fmt: skip
