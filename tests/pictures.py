"""Draws the pictures of the README anew, from the samples: `python tests/pictures.py`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from zhengce.batch import run
from zhengce.reporting import report
from zhengce.write.stored import stored

if TYPE_CHECKING:
    from playwright.sync_api import Page

PROJECT = Path(__file__).parents[1]
PICTURES = PROJECT / "notebooks" / "pictures"
SIZE = {"width": 1280, "height": 760}


def main() -> None:
    """Report on the samples and take two pictures: a record being corrected, and a damaged page beside its repairs."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, sync_playwright() as started:
        out = Path(place)
        run([PROJECT / "corpora" / "samples"], out)
        report(out)
        ids = {str(row["source"]).split(".")[0].split("/")[-1]: row["document"] for row in stored(out, "documents")}
        browser = started.chromium.launch(executable_path=shutil.which("chromium"))
        PICTURES.mkdir(exist_ok=True)
        for name, document, show in (("review", "yunnan_opinion", _review), ("repairs", "hunan_opinion", _repairs)):
            page = browser.new_page(viewport=SIZE, locale="zh-CN", color_scheme="light")
            page.goto((out / "report" / "documents" / f"{ids[document]}.html").as_uri())
            show(page)
            path = PICTURES / f"{name}.png"
            page.screenshot(path=path)
            with Image.open(path) as image:
                image.convert("RGB").quantize(96).save(path, optimize=True)
            page.close()
        browser.close()


def _review(page: Page) -> None:
    page.fill("#coder", "张三")
    page.locator("#coder").blur()
    page.locator("#clean mark.targets").first.click()
    for key in "yyn":
        page.keyboard.press(key)
        page.wait_for_timeout(100)
    page.wait_for_timeout(300)


def _repairs(page: Page) -> None:
    page.click("#show-raw")
    page.locator("#raw mark.targets").first.click()
    page.wait_for_timeout(300)


if __name__ == "__main__":
    main()
