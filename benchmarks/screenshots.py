"""`python -m benchmarks.screenshots VIDEO FOLDER` takes the README's screenshots of a running service, with Chromium."""

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import requests
from playwright.sync_api import Browser, ViewportSize

from benchmarks.browsing import chromium
from benchmarks.service import ended, running, uploaded

_DESKTOP, _PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
_WAITED_MS = 60_000


@dataclass(frozen=True, slots=True)
class Shot:
    """A screenshot: its file, the path of the page, and what must be visible before it is taken."""

    name: str
    path: str
    shown: str
    """The CSS selector of what must be visible."""
    phone: bool = False
    scheme: Literal["light", "dark"] = "light"


def shots(task: str) -> Iterator[Shot]:
    """The screenshots of a finished task."""
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
