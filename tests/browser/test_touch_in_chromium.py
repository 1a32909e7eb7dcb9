"""The editor under a finger: a tap seeks and selects, a drag moves the edges of cuts and clips, two fingers zoom."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from accessibility import PHONE
from chromium import PATIENCE_MS
from driven import Site, until
from lectures import lecture
from playwright.sync_api import Browser, CDPSession, Page, expect

from video_automation.jobs.model import Job


@pytest.fixture
def task(site: Site, tmp_path: Path) -> Job:
    return lecture(site, tmp_path.parent / "lectures")


@pytest.fixture
def phone(chromium: Browser, site: Site, task: Job) -> Iterator[Page]:
    """The editor, open on a phone."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{site.address}/task/{task.id}/edit")
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    expect(page.locator("#player .said")).to_be_hidden()
    yield page
    page.evaluate("0")
    context.close()


class Fingers:
    """Fingers on the screen, each a place in pixels of the window."""

    def __init__(self, page: Page) -> None:
        self._session: CDPSession = page.context.new_cdp_session(page)

    def drag(self, *ways: tuple[tuple[float, float], tuple[float, float]], steps: int = 8) -> None:
        """Each finger goes down at the start of its way, and up at the end of it."""
        self._send("touchStart", [start for start, _ in ways])
        for step in range(1, steps + 1):
            self._send("touchMove", [_between(start, end, step / steps) for start, end in ways])
        self._send("touchEnd", [])

    def _send(self, kind: str, places: list[tuple[float, float]]) -> None:
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def _between(start: tuple[float, float], end: tuple[float, float], share: float) -> tuple[float, float]:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def plan(page: Page) -> Any:
    return page.evaluate("fetch(document.querySelector('#editor').dataset.address + '/plan').then(told => told.json())")


def canvas(page: Page) -> dict[str, float]:
    box = page.locator("#timeline canvas").bounding_box()
    assert box
    return dict(box)


def test_a_tap_on_a_word_seeks_there_and_offers_what_can_be_done_with_it(phone: Page):
    phone.get_by_role("tab", name="Words").tap()
    phone.locator("#words [data-id='7']").tap()
    until(phone, "Math.abs(document.querySelector('#player video').currentTime - 3.3) < 0.1")
    bar = phone.get_by_role("group", name="Selection")
    expect(bar).to_contain_text("1 word")
    phone.locator("#words [data-id='8']").tap()
    expect(phone.locator(".w.selected")).to_have_attribute("data-id", "8")
    bar.get_by_role("button", name="Cut").tap()
    expect(phone.locator("[data-told]")).to_have_text("1 change")
    assert not plan(phone)["words"][8]["kept"]


def test_a_finger_moves_the_edge_of_a_clip(phone: Page):
    clip, length_ms = plan(phone)["clips"][0], plan(phone)["duration_ms"]
    box = canvas(phone)
    y = box["y"] + 12

    def x(ms: float) -> float:
        return box["x"] + box["width"] * ms / length_ms

    Fingers(phone).drag(((x(clip["end_ms"]) + 8, y), (x(clip["end_ms"] + 6_500), y)))
    expect(phone.locator("[data-told]")).to_have_text("1 change")
    changed = plan(phone)
    assert changed["clips"][0]["end_ms"] == changed["words"][50]["end_ms"]


def test_two_fingers_zoom_and_one_then_moves_the_edge_of_a_cut(phone: Page):
    cut, length_ms = plan(phone)["cuts"][0], plan(phone)["duration_ms"]
    box = canvas(phone)
    x, y = box["x"] + box["width"] * cut["start_ms"] / length_ms, box["y"] + 60
    fingers = Fingers(phone)
    fingers.drag(((x - 8, y), (x - 60, y)), ((x + 8, y), (x + 60, y)))
    fingers.drag(((x, y), (x - 40, y)))
    expect(phone.locator("[data-told]")).to_have_text("1 change")
    moved = plan(phone)["cuts"][0]
    assert moved["start_ms"] < cut["start_ms"] - 200
    assert moved["end_ms"] == cut["end_ms"]


def test_a_finger_that_goes_up_or_down_scrolls_the_page_and_changes_nothing(phone: Page):
    box = canvas(phone)
    x, y = box["x"] + box["width"] / 2, box["y"] + 60
    Fingers(phone).drag(((x, y), (x + 2, y - 200)))
    until(phone, "scrollY > 100")
    assert phone.locator("#player video").first.evaluate("film => film.currentTime") == 0
    expect(phone.locator("[data-told]")).to_have_text("Up to date")
