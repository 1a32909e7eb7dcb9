"""The Tab key alone: wherever it leads, the focus is seen, and nothing lies over it."""

from pathlib import Path

import pytest
from accessibility import DESKTOP, PHONE
from driven import Site
from page_states import Reach, editor, editor_finder, home_with_tasks, result, share, task_at_work
from playwright.sync_api import Page, ViewportSize

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")

MOST_STOPS = 250
FOCUSED = """() => {
    const at = document.activeElement;
    if (at === document.body) return null;
    const outlined = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    const seen = [at, at.nextElementSibling, at.closest(".drop")?.querySelector(".button")].some((one) => one && outlined(one))
        || at.matches("video:not(:focus-visible)"); // a part of the browser's own controls has it
    const box = at.getBoundingClientRect();
    const parts = [0.1, 0.5, 0.9];
    const onTop = parts.flatMap((x) => parts.map((y) => [x, y])).some(([x, y]) => {
        const top = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
        return top && (at.contains(top) || top.contains(at) || [...at.labels ?? []].some((label) => label.contains(top)));
    });
    const name = `${at.tagName}.${at.className} ${at.ariaLabel ?? at.textContent.trim().slice(0, 30)}`;
    return { name, seen, onTop: onTop || at.matches(".file") };
}"""
"""What has the focus: whether an outline shows it (a hidden field's own label has that), and whether any of it is on top."""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    "state", [home_with_tasks, task_at_work, result, share, editor, editor_finder], ids=lambda state: state.__name__
)
def test_the_focus_is_seen_wherever_it_goes(state: Reach, size: ViewportSize, page: Page, site: Site, media: Path):
    state(page, site, media)
    page.set_viewport_size(size)
    page.locator(".skip").focus()
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if not stop:
            break
        stops.append(stop)
    assert len(stops) > 5
    assert [stop["name"] for stop in stops if not (stop["seen"] and stop["onTop"])] == []
