"""`python -m benchmarks.screenshots VIDEO FOLDER` takes the pictures of the README, in Chromium, from a running service."""

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import requests
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from benchmarks.service import ended, running, uploaded

_DESKTOP, _PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
_WAITED_MS = 60_000
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page: its file, the page's path, and what is to be seen before it is taken."""

    name: str
    path: str
    shown: str
    """A CSS selector."""
    phone: bool = False
    scheme: Literal["light", "dark"] = "light"


def shots(task: str) -> Iterator[Shot]:
    """The pictures of a finished task."""
    yield Shot("home", "/", "main")
    yield Shot("result", f"/result/{task}", "video")
    yield Shot("editor", f"/task/{task}/edit", ".words button")
    yield Shot("editor-dark", f"/task/{task}/edit", ".words button", scheme="dark")
    yield Shot("editor-phone", f"/task/{task}/edit", ".words button", phone=True)


def main() -> None:
    video, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, running(Path(data)) as (address, _, _), chromium() as browser:
        task = uploaded(address, video)
        ended(address, task)
        proxy_there(address, task)
        for shot in shots(task):
            _take(browser, address, shot, folder)


def proxy_there(address: str, task: str) -> None:
    """Asks for the small copy that the editor plays, and returns once it is made."""
    while requests.get(f"{address}/task/{task}/proxy", timeout=60).status_code != requests.codes.ok:
        time.sleep(1)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        raise SystemExit("There is no Chromium here: install the package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox"])
        yield browser
        browser.close()


def _take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    context = browser.new_context(
        viewport=_PHONE if shot.phone else _DESKTOP, color_scheme=shot.scheme, device_scale_factor=2 if shot.phone else 1
    )
    page = context.new_page()
    page.goto(address + shot.path)
    page.wait_for_selector(shot.shown, timeout=_WAITED_MS)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{shot.name}.png")
    context.close()


if __name__ == "__main__":
    main()
