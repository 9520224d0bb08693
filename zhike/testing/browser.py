"""测试用浏览器: the Chromium that journeys, pictures and measurements drive."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

BROWSERS = ("chromium-headless-shell", "chromium")
"""The shell draws the same pages without the desktop around them: a quarter less for the processor to do."""


def found() -> str | None:
    """Where it is, or None when Debian's packages have yet to be installed."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that runs until the end of the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=["--no-sandbox"])
        yield browser
        browser.close()
