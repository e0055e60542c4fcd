"""Prints how fast a long page is in a real browser, beside its text alone: `python tests/bench/pages.py`.

A document of 560,000 characters with 2,700 records is made, read and reported; then its page and a page of its lines
alone are opened in turn, seven times each, and the medians shown in milliseconds: until a page is loaded, until it is
painted, and what a key, a search and the raw text cost once it is there. Loading is to stay below 2,000.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import defaultdict
from html import escape
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from zhengce.batch import run
from zhengce.reporting import report
from zhengce.write.stored import stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

CHARACTERS, RECORDS, ROUNDS = 560_000, 2_700, 7
PLAIN = (
    "各地要把稳就业摆在突出位置，健全协调机制，细化任务分工，明确时间节点，确保各项举措落到实处。",
    "坚持市场主导与政府引导相结合，发挥用人单位主体作用，推动供需有效对接，营造良好发展环境。",
    "加强舆论引导，总结推广典型经验，及时回应社会关切，讲好劳动者的故事，凝聚支持发展的共识。",
    "依托公共就业服务平台，完善信息采集、分析和发布制度，提高服务的精准性和便利度。",
)
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def text() -> str:
    """A plan of the size that is asked for; the same on every machine."""
    chance = random.Random(9)
    lines, held, found = ["关于印发促进就业工作规划的通知"], 0, 0
    while held < CHARACTERS:
        line = f"第{len(lines)}条，" + "".join(chance.choice(PLAIN) for _ in range(3))
        if found < RECORDS:
            line += f"到{chance.randint(2026, 2030)}年底，培训农民工{chance.randint(2, 90)}万人次，"
            line += f"建设示范基地{chance.randint(3, 60)}个。"
            found += 2
        if len(lines) % 8 == 0:
            lines.append(f"{len(lines) // 8}、加强第{len(lines) // 8}项工作")
        lines.append(line)
        held += len(line)
    return "\n".join(lines)


def main() -> None:
    """Make the pages, open them and print the table."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as started:
        folder = Path(place)
        (folder / "in").mkdir()
        (folder / "in" / "plan.txt").write_text(text(), encoding="utf-8")
        run([folder / "in"], folder / "out")
        begun = time.perf_counter()
        report(folder / "out")
        made = time.perf_counter() - begun
        (row,) = stored(folder / "out", "documents")
        full = folder / "out" / "report" / "documents" / f"{row['document']}.html"
        bare = folder / "bare.html"
        lines = "".join(f"<p>{escape(line)}</p>\n" for line in str(row["text"]).split("\n"))
        bare.write_text(f'<!doctype html><html lang="zh-CN"><meta charset="utf-8">{lines}', encoding="utf-8")
        browser = started.chromium.launch(executable_path=shutil.which("chromium"))
        print(f"{row['characters']:,} characters, {full.stat().st_size / 1e6:.1f} MB, made in {made:.1f} s")
        times: dict[str, list[float]] = defaultdict(list)
        for _ in range(ROUNDS):
            for name, path in (("text alone", bare), ("page", full)):
                page = browser.new_page(viewport={"width": 1280, "height": 860})
                _clock(times, f"{name}: loaded", lambda page=page, path=path: page.goto(path.as_uri()))
                _clock(times, f"{name}: and painted", lambda page=page: page.evaluate(PAINTED))
                if path is full:
                    _work(page, times)
                page.close()
        browser.close()
    for name, taken in times.items():
        print(f"{name:<28}{1000 * median(taken):>8.0f} ms")
    ratio = median(times["page: loaded"]) / median(times["text alone: loaded"])
    print(f"{'page / text alone':<28}{ratio:>8.1f}")


def _work(page: Page, times: dict[str, list[float]]) -> None:
    assert page.locator(".card").count() == RECORDS
    page.fill("#coder", "甲")
    page.locator("#coder").blur()
    for name, key in (("next record (j)", "j"), ("confirm (y)", "y"), ("undo (u)", "u"), ("raw text (r)", "r")):
        _clock(times, name, lambda key=key: (page.keyboard.press(key), page.evaluate(PAINTED)))
    _clock(times, "find 就业", lambda: (page.fill("#find", "就业"), page.evaluate(PAINTED)))


def _clock(times: dict[str, list[float]], name: str, act: Callable[[], object]) -> None:
    begun = time.perf_counter()
    act()
    times[name].append(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
