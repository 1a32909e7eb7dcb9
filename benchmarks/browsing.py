"""Chromium for measurements: the browser of this machine, what a person does in the editor, a page's longest tasks."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, sync_playwright

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
_TRACED = ("toplevel", "disabled-by-default-devtools.timeline", "__metadata")
_PATIENCE_MS = 600_000


@dataclass(frozen=True, slots=True)
class Spent:
    """The longest task of a page's own thread, in milliseconds."""

    processor_ms: float
    """What the thread worked: other programs do not lengthen it."""
    wall_ms: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of this machine; it ends with the block."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None:
        raise SystemExit("There is no Chromium here: install the package chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--mute-audio"])
        yield browser
        browser.close()


@contextmanager
def fresh_page(browser: Browser) -> Iterator[Page]:
    """A page that has nothing in its cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(_PATIENCE_MS)
    yield context.new_page()
    context.close()


def longest_task(browser: Browser, page: Page, act: Callable[[], object]) -> Spent:
    """The longest tasks of pages while something is done, by Chromium's own trace; of some it has the clock's time alone."""
    browser.start_tracing(page=page, categories=list(_TRACED))
    act()
    events = json.loads(browser.stop_tracing())["traceEvents"]
    named = [event for event in events if event["name"] == "thread_name"]
    pages = {(event["pid"], event["tid"]) for event in named if event["args"]["name"] == "CrRendererMain"}
    tasks = [event for event in events if event["name"] == "RunTask" and (event["pid"], event["tid"]) in pages]
    worked = max(task["tdur"] for task in tasks if "tdur" in task)
    return Spent(worked / 1000, max(task["dur"] for task in tasks) / 1000)


def shown(page: Page, told: str) -> None:
    """Returns once the editor tells this of the video and its changes."""
    page.locator("[data-told]", has_text=told).wait_for()


def word(page: Page, number: int) -> Locator:
    """A word of the transcript."""
    return page.locator(f"#words [data-id='{number}']")


def drag(page: Page, start: Locator, end: Locator) -> None:
    """Drags the mouse from the beginning of one place to the end of another; both are in sight."""
    first, last = start.bounding_box(), end.bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 2, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 2, last["y"] + last["height"] / 2, steps=4)
    page.mouse.up()


def select_words(page: Page, first: int, last: int) -> None:
    """Drags the mouse over words."""
    word(page, last).scroll_into_view_if_needed()
    drag(page, word(page, first), word(page, last))
    page.get_by_role("group", name="Selection").wait_for()
