"""A real browser for tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

PATIENCE_MS = 120_000
"""Milliseconds to wait for anything, since the machine may be busy."""
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The one without windows first: it takes a third of the time of the others to open a page."""
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def headless() -> Iterator[Browser]:
    """The Chromium of this machine, until the block ends. Without one the test is skipped, or fails under CI."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if not program:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "no Chromium here: install the package chromium-headless-shell to run these tests"
        )
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS), timeout=PATIENCE_MS)
        yield browser
        browser.close()
