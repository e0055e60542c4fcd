"""Task tables: rows whose cells name who leads and who supports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengce.extract.assignee import assignees, is_department
from zhengce.extract.assignment_bracket import Group, role_of
from zhengce.text import Span

__all__ = ["table_groups"]

LINE = re.compile(r"[^\n]+")
CELL = re.compile(r"[^\s|｜]+")
# what stands over a column of departments
DUTY = re.compile(
    r"(?P<mode>牵头|责任|配合|参与|实施|协办|主办|负责|承办|协同|参加)(?:单位|部门|科室|领导)?(?:（[^（）]*）)?"
)
LEAST_COLUMNS = 3


def table_groups(text: str) -> Iterator[Group]:
    r"""The departments in the columns of a table whose head says who leads, is responsible, or supports.

    Cells are parted by tabs, or by blanks or bars where rows have as many of them as the head; the table ends at the
    first line with one cell.

    >>> rows = "序号\t任务\t牵头单位\t配合单位\n1\t修路\t县交通运输局\t县财政局、县水务局\n"
    >>> [(group.names, group.role) for group in table_groups(rows)]
    [(('县交通运输局',), 'lead'), (('县财政局', '县水务局'), 'cooperate')]
    """
    if "\t" not in text and not DUTY.search(text):  # only behind a tab may blanks stand in a cell
        return
    duties: dict[int, str] = {}
    width = 0
    for line in LINE.finditer(text):
        cells = list(_cells(line))
        if len(cells) < LEAST_COLUMNS:
            duties = duties if len(cells) > 1 else {}
            continue
        head = {at: met["mode"] for at, cell in enumerate(cells) if (met := DUTY.fullmatch(re.sub(r"\s", "", cell[1])))}
        if head:
            duties, width = head, len(cells)
        elif "\t" in line[0] or len(cells) == width:
            yield from _row(cells, duties)
        elif list(duties) == [width - 1]:  # blanks within the head or a cell shift all columns but the last
            yield from _row(cells, {len(cells) - 1: duties[width - 1]})


def _row(cells: list[tuple[Span, str]], duties: dict[int, str]) -> Iterator[Group]:
    for at, mode in duties.items():
        if at >= len(cells):
            continue
        span, shown = cells[at]
        names = assignees(shown)
        if names and all(is_department(name) for name in names):
            yield Group(names=names, role=role_of(mode, len(names)), mode=mode, span=span)


def _cells(line: re.Match[str]) -> Iterator[tuple[Span, str]]:
    """The cells of a line, blank ones where two tabs meet; without the blanks round them."""
    if "\t" in line[0]:
        at = line.start()
        for part in line[0].split("\t"):
            bare = part.strip()
            start = at + part.find(bare) if bare else at
            yield Span(start=start, end=start + len(bare)), bare
            at += len(part) + 1
        return
    for match in CELL.finditer(line[0]):
        bare = match[0].strip()
        start = line.start() + match.start() + match[0].find(bare)
        if bare:
            yield Span(start=start, end=start + len(bare)), bare
