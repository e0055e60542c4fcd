"""Clean texts to damage, or to leave alone: made policy prose, Debian's Chinese manual pages, English, mixed."""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from pathlib import Path

from damage.words import WORDS

__all__ = ["english_texts", "manual_pages", "mixed_texts", "policy_texts"]

MANUALS = Path("/usr/share/man")
SENTENCES = (
    "{place}{way}{do}{thing}，{goal}。",
    "{office}要{do}{thing}和{thing}，{way}{do}{thing}。",
    "{office}牵头，{office}、{office}配合，{do}{thing}，{goal}。",
    "到{year}年，{indicator}达到{number}{unit}，{indicator}提高到{percent}%以上。",
    "{year}年{month}月{day}日前，{place}完成{thing}{number}{unit}，{goal}。",
    "截至{month}月底，{place}累计{do}{thing}{number}{unit}，惠及{people}{number}人。",
    "对{people}给予每人{number}元补助（{bracket}），所需资金由{place}财政承担。",
    "对{people}({bracket})，{way}{do}{thing}；对{people}，由{office}{do}{thing}。",
    "{news}，{place}{do}{thing}，{indicator}同比增长{percent}%。",
    "“{thing}真不错，{goal}。”{place}{people}{person}说。",
    "打造“{name}”“{name}”等品牌，带动{people}{number}{unit}。",
    "印发《{place}{title}({bracket})》，明确{office}{do}{thing}的职责。",
    "根据《{title}》（{year}年第{day}号），{do}{thing}({bracket})与{thing}。",
    "什么是{thing}？简单说，就是{way}{do}{thing}！",
    "{people}怎么办？{office}{do}{thing}，{do}{thing}，{do}{thing}。",
    "（{bracket}）{do}{thing}。{way}{do}{thing}，{do}{place}{thing}({bracket})试点。",
    "{person}、{person}等{number}名{people}在{place}参加{thing}，人均增收{number}元。",
    "一是{do}{thing}；二是{do}{thing}；三是{way}{do}{thing}，{goal}。",
    "在{place}，{people}{way}参加{thing}；可邀请{people}参与{thing}，{goal}。",
    "{indicator}从{number}{unit}增加到{number}{unit}，{place}{thing}的模式初步形成。",
    "各地要把{thing}摆在重要位置，{do}{thing}({bracket})、{thing}，严禁{people}以外的单位套取资金。",
    "目前，{place}有{people}{number}人，其中{number}人从事{thing}，占比{percent}%。",
)
ENGLISH = (
    "The {a} of {b} shall report (see annex {n}) before {m} {n}, and may it not be late?",
    "What happens to {b}? The {a} pays {n} per cent (at most) of each {b};  no more.",
    'Under rule {n}, "{b}" means any {a} (CPU) that holds {b} for {n} months!',
    "In {m}, {n} of the {a}s were asked: do you need {b}? Most (wu) said yes.",
)
OFFICES = (
    "office",
    "council",
    "bureau",
    "agency",
    "county",
    "committee",
    "province",
    "department",
    "ministry",
    "union",
)
MATTERS = ("training", "wages", "housing", "credit", "transport", "insurance", "licences", "subsidies", "schooling")
MONTHS = ("January", "March", "May", "June", "August", "October", "November", "December")


def policy_texts(count: int, seed: int) -> Iterator[str]:
    """Yields made simplified prose of the kind of notices and news, 400 to 1,200 characters a document.

    >>> texts = list(policy_texts(50, seed=1))
    >>> all(400 <= len(text) <= 1200 for text in texts), len(set(texts))
    (True, 50)
    """
    for number in range(count):
        chance = random.Random(f"policy {seed} {number}")
        text, size = "", chance.randint(480, 1200)
        while True:
            sentence = _sentence(chance)
            if len(text) + len(sentence) >= size:
                break
            text += sentence + ("\n" if chance.random() < 0.25 else "")
        yield text


def _sentence(chance: random.Random) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: _filled(slot[1], chance), chance.choice(SENTENCES))


def _filled(slot: str, chance: random.Random) -> str:
    match slot:
        case "year":
            return str(chance.randint(2012, 2035))
        case "month":
            return str(chance.randint(1, 12))
        case "day":
            return str(chance.randint(1, 30))
        case "percent":
            return f"{chance.uniform(1, 99):.{chance.choice((0, 1, 2))}f}"
        case "number":
            return chance.choice((str(chance.randint(2, 9999)), f"{chance.uniform(0.5, 900):.1f}万"))
        case "person":
            return chance.choice(WORDS["family"]) + "".join(chance.sample(WORDS["odd"], chance.choice((1, 2))))
        case _:
            return chance.choice(WORDS[slot])


def manual_pages() -> Iterator[str]:
    """Yields the texts of Debian's Chinese manual pages (package manpages-zh), roff taken out; none if not installed.

    Simplified pages come first, then the traditional ones. The pages belong to their authors; none is kept here.
    """
    for folder in ("zh_CN", "zh_TW"):
        for path in sorted((MANUALS / folder).glob("man*/*.gz")):
            text = _plain(gzip.decompress(path.read_bytes()).decode("utf-8", "replace"))
            if text:
                yield text


def _plain(roff: str) -> str:
    """The text of a page: requests, comments and font changes out.

    >>> _plain('.TH LS 1\\n.\\\\" 注释\\n.B ls\\n列出 \\\\fI目录\\\\fR 的内容')
    'ls\\n列出 目录 的内容'
    """
    lines = [line for line in roff.split("\n") if not line.startswith(("'", ".TH", '.\\"', ".de", ".ds", ".so"))]
    text = "\n".join(re.sub(r"^\.\s*[A-Za-z]*\s?", "", line) for line in lines)
    text = re.sub(r"\\f(?:\[\w*\]|\(\w\w|\w)|\\s[-+]?\d|\\[&|^/%]", "", text)
    return re.sub(r"\n{2,}", "\n", text.replace("\\-", "-").replace("\\e", "\\").replace("\\ ", " ")).strip()


def english_texts(count: int, seed: int) -> Iterator[str]:
    """Yields made English prose with brackets, question marks and bracketed words that look like readings."""
    for number in range(count):
        chance = random.Random(f"english {seed} {number}")
        yield " ".join(
            chance.choice(ENGLISH).format(
                a=chance.choice(OFFICES), b=chance.choice(MATTERS), m=chance.choice(MONTHS), n=chance.randint(2, 98)
            )
            for _ in range(chance.randint(4, 20))
        )


def mixed_texts(count: int, seed: int) -> Iterator[str]:
    """Yields texts in which Chinese, English, toned pinyin of a textbook, marks and rare signs stand side by side."""
    english = list(english_texts(count, seed))
    for number, policy in enumerate(policy_texts(count, seed)):
        chance = random.Random(f"mixed {seed} {number}")
        lesson = chance.choice(
            (
                "拼音：务工(wùgōng)，培训（péixùn），行(xíng/háng)。",
                "“乐”有两读：音乐(yuè)、快乐(lè)。",
                "何谓SLA(服务等级)??请见第3章?答：不适用……",
                "姓名:□□ 电话:*** 温度≤25℃ 税率5‰ €3.50 ½ ①②③ 🙂",
                "Q?A!为何?因为(1)成本;(2)时间。",
            )
        )
        cut = chance.randint(0, len(policy))
        yield policy[:cut] + lesson + english[number] + "\n" + policy[cut:]
