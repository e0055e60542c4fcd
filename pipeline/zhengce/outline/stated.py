"""What the lines above a text state by label (发文字号：…), where a page came without its index table."""

from __future__ import annotations

import re

__all__ = ["LABELLED", "stated"]

# as printed, and the label that they are kept by
LABELS = {
    "索引号": "索引号", "发文字号": "发文字号", "公文字号": "发文字号", "文件编号": "发文字号", "文件号": "发文字号",
    "文号": "发文字号", "字号": "发文字号", "发文机关": "发文机关", "制发机关": "发文机关", "发文单位": "发文机关",
    "成文日期": "成文日期", "成文时间": "成文日期", "生成日期": "生成日期", "签发日期": "签发日期",
    "发布机构": "发布机构", "发布单位": "发布机构", "公开主体": "发布机构", "发文日期": "发文日期",
    "印发日期": "印发日期", "发布日期": "发布日期", "发布时间": "发布日期", "公开日期": "发布日期",
    "发表时间": "发布日期", "信息名称": "标题", "文件名称": "标题", "名称": "标题", "标题": "标题",
    "主题分类": "主题分类", "信息分类": "信息分类", "信息来源": "来源", "来源": "来源", "公文种类": "文种",
    "文种": "文种", "主题词": "主题词", "有效性": "有效性", "公开方式": "公开方式", "公开形式": "公开形式",
    "有效期": "有效期", "体裁分类": "体裁分类", "组配分类": "组配分类", "服务对象": "服务对象",
    "公开范围": "公开范围", "公开时限": "公开时限", "关键词": "关键词", "内容概述": "内容概述", "作者": "作者",
    "生效日期": "生效日期", "实施日期": "生效日期", "废止日期": "废止日期", "失效日期": "废止日期",
}  # fmt: skip
SPACED = "|".join(r"\s{0,4}".join(label) for label in sorted(LABELS, key=len, reverse=True))
LABELLED = re.compile(rf"(?:^|(?<=[\s\t|｜【\[]))[【\[]?(?P<label>{SPACED})(?:[】\]]\s?[:：]?|\s?[:：])[ \t]*")
BARE = re.compile(rf"(?P<label>{SPACED})\s?[:：]?")
FEW = 30
WIDE = 400


def stated(text: str) -> dict[str, str]:
    r"""The labelled values of the lines before the first sentence; blank ones are left out, the first of a label stays.

    Labels may be spaced out (索 引 号), several may share a line, and a label may have its value in the next line or
    cell, as tables come when they are copied.

    >>> stated("索 引 号：SY-01 文号：某政发〔2024〕3号\n发布日期\n2024-03-05\n关于试办的通知\n各县：\n来源：某报。")
    {'索引号': 'SY-01', '发文字号': '某政发〔2024〕3号', '发布日期': '2024-03-05'}
    """
    found: dict[str, str] = {}
    label = ""
    for line in text[: 4 * WIDE].split("\n")[:FEW]:
        if ("。" in line and len(line) > FEW) or (
            line.rstrip().endswith(("：", ":")) and not BARE.fullmatch(line.strip())
        ):
            break  # prose, or the line that greets whom it is written to
        matches = list(LABELLED.finditer(line))
        if len(matches) > 1 or (matches and not line[: matches[0].start()].strip(" \t|｜")):
            ends = [match.start() for match in matches[1:]] + [len(line)]
            for match, end in zip(matches, ends, strict=True):
                value = line[match.end() : end].strip(" \t\u3000\xa0|｜【】[]")
                label = LABELS["".join(match["label"].split())]
                if value:
                    found.setdefault(label, value)
                    label = ""
            continue
        for cell in line.split("\t"):
            bare = BARE.fullmatch(cell.strip())
            if bare and (len(cell.strip()) > 2 or "\t" in line):
                label = LABELS["".join(bare["label"].rstrip(":：").split())]
            elif label and cell.strip():
                found.setdefault(label, cell.strip())
                label = ""
    return found
