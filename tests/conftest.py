"""What tests in different files share: a real browser."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with playwright.sync_playwright() as started:
        if found is None and not os.path.exists(started.chromium.executable_path):  # noqa: PTH110
            told = "no Chromium on this machine (Debian: apt-get install chromium)"
            if os.environ.get("ZHENGCE_BROWSER") == "needed":
                pytest.fail(told)
            pytest.skip(told)
        browser = started.chromium.launch(executable_path=found)
        yield browser
        browser.close()
