"""Pages in a language that is written from right to left; time still goes from left to right."""

from pathlib import Path

import pytest
from accessibility import DESKTOP, PHONE, SETTLED
from driven import Site
from page_states import STATES, Reach, editor
from playwright.sync_api import Page

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")

OUTSIDE = """() => [...document.querySelectorAll("main *, header *")]
    .filter((element) => element.checkVisibility() && !element.closest(".away, .skip, .tabs, svg, video"))
    .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width && (left < -1 || right > innerWidth + 1);
    })
    .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 30)}`)"""
"""What reaches over an edge of the window."""


def turn(page: Page) -> None:
    page.evaluate("document.documentElement.dir = 'rtl'")
    page.evaluate(SETTLED)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_every_page_fits_its_window_from_right_to_left(state: Reach, page: Page, site: Site, media: Path):
    state(page, site, media)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        turn(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), size
        assert page.evaluate(OUTSIDE) == [], size


def test_what_stands_on_the_left_stands_on_the_right(page: Page, site: Site, media: Path):
    editor(page, site, media)

    def left(selector: str) -> float:
        box = page.locator(selector).first.bounding_box()
        assert box
        return box["x"]

    assert left("#words") < left(".side")
    assert left("[data-undo]") < left("[data-redo]")
    turn(page)
    assert left("#words") > left(".side")
    assert left("[data-undo]") > left("[data-redo]")


def test_time_goes_from_left_to_right_all_the_same(page: Page, site: Site, media: Path):
    editor(page, site, media)
    turn(page)
    box = page.locator("#timeline canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 4, box["y"] + 60)
    length_ms = page.evaluate("fetch(document.querySelector('#editor').dataset.address + '/plan').then(told => told.json())")[
        "duration_ms"
    ]
    now_ms = 1000 * page.locator("#player video").first.evaluate("film => film.currentTime")
    assert now_ms == pytest.approx(length_ms / 4, rel=0.02)
    head = page.locator(".playhead").bounding_box()
    assert head
    assert head["x"] == pytest.approx(box["x"] + box["width"] / 4, abs=2)
    position = page.get_by_role("slider", name="Position")
    before = position.input_value()
    position.focus()
    page.keyboard.press("ArrowRight")
    assert float(position.input_value()) > float(before)
