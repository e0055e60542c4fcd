"""Stems: what stands over a list or a task table and holds for each of its items."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from zhengce.document import Document
from zhengce.text import Span
from zhengce.value.date import DateMention

__all__ = ["Stem", "stem_of"]

# what is announced for each of those listed below: 任务分解如下：
QUOTAS = re.compile(r"(?:任务|指标|目标|名额|计划|数量|分配|分解)[^，。；]{0,12}(?:如下|为|是|见下)?[：:]$")
# the head of a table whose rows are tasks
TASKS = re.compile(r"(?:任务|目标|指标|内容|项目|工作)")
DUTY_OR_TERM = re.compile(r"(?:牵头|责任|配合|负责|完成|实施)(?:单位|部门|时限|时间|期限)|时限|进度|目标值")
LINE = re.compile(r"[^\n]+")
CELLS = re.compile(r"[^\s|｜]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """A deadline, and whether the items are quotas or tasks, in force up to `until`."""

    deadline: DateMention | None = None
    quotas: bool = False
    until: int = 0


def stem_of(document: Document, sentence: Span, deadline: DateMention | None, told: DateMention | None) -> Stem | None:
    """The stem that a sentence is for what follows it; None where it is none.

    `deadline` is in force at the end of the sentence, `told` was in its line before it: it holds for quotas, which
    no verb dates again.
    """
    words = document[sentence]
    if words.endswith(("：", ":")):
        quotas = bool(QUOTAS.search(words))
        deadline = deadline or (told if quotas else None)
        if deadline is None and not quotas:
            return None
        provision, part = document.provision_at(sentence.start), document.part_at(sentence.start)
        until = provision.body.end if provision else part.span.end if part else 0
        return Stem(deadline=deadline, quotas=quotas, until=until)
    return Stem(quotas=True, until=_table_end(document.text, sentence.end)) if _heads_tasks(words) else None


def _heads_tasks(words: str) -> bool:
    if len(words.split(None, 2)) < 3 and "|" not in words and "｜" not in words:
        return False
    cells = CELLS.findall(words)
    return len(cells) >= 3 and bool(TASKS.search(words)) and any(DUTY_OR_TERM.search(cell) for cell in cells)


def _table_end(text: str, at: int) -> int:
    """The end of the last line with several cells behind a place."""
    rest = LINE.match(text, at)
    if rest and not _has_cells(rest[0]):
        return at
    others = _others(text)
    below = bisect_right(others, at)
    return others[below] if below < len(others) else len(text)


@lru_cache(maxsize=2)
def _others(text: str) -> list[int]:
    """Where the lines begin that are no rows of a table."""
    return [line.start() for line in LINE.finditer(text) if not _has_cells(line[0])]


def _has_cells(line: str) -> bool:
    return len(CELLS.findall(line)) > 1
