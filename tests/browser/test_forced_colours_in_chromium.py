"""Forced colours, where the few colours of a person stand in for those of the pages: what differs still looks so."""

from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from accessibility import SETTLED, flaws
from driven import Site
from likeness import from_png
from page_states import (
    SESSION,
    Reach,
    editor,
    editor_clip,
    editor_finder,
    editor_words,
    home_empty,
    home_with_tasks,
    result,
    result_made_again,
    task_at_work,
)
from playwright.sync_api import FloatRect, Locator, Page

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")

AROUND_PX = 6
TIMES_BRIGHTER = 3
FEWEST_PX, FEWEST_ON_TIMELINE_PX = 12, 120
"""What differs is so many times brighter or darker, by the formula of contrasts, at so many pixels."""
DIFFERENCES: dict[Reach, tuple[tuple[str, str], ...]] = {
    home_empty: ((".clip-picture b >> nth=1", "one.style.setProperty('--spoken', '#000')"),),
    home_with_tasks: (
        (".chip >> nth=0", "one.className = ''"),
        (".pick :checked", "one.checked = false"),
        ("progress >> nth=0", "one.value = 0"),
    ),
    task_at_work: ((".stages [aria-current]", "one.removeAttribute('aria-current')"),),
    result: ((".cues li >> nth=1", "one.ariaCurrent = 'true'"),),
    result_made_again: (("#again progress", "one.value = 0"),),
    editor: (
        (".w[data-like=doubtful] >> nth=0", "delete one.dataset.like"),
        (".w >> nth=0", "one.classList.add('now')"),
        (".pause >> nth=0", "one.ariaPressed = 'true'"),
        ("[role=tab][aria-selected=true]", "one.ariaSelected = 'false'"),
        (".control[aria-pressed=true]", "one.ariaPressed = 'false'"),
        (".views label >> nth=0", "one.control.checked = false"),
        (".position", "one.value = one.max / 2"),
        (".volume", "one.value = one.max / 2"),
        (".ring >> nth=0", "one.style.setProperty('--score', 0)"),
        (".filled >> nth=0", "one.style.inlineSize = '5%'"),
    ),
    editor_words: (
        (".w.cut >> nth=0", "one.classList.remove('cut')"),
        (".w.selected >> nth=1", "one.classList.add('now')"),
        (".w.selected >> nth=0", "one.classList.remove('selected')"),
    ),
    editor_finder: (
        (".w.hit:not(.found) >> nth=-1", "one.classList.add('found')"),
        (".w.hit:not(.found) >> nth=-1", "one.classList.remove('hit')"),
    ),
    editor_clip: (
        (".options-row label:has(:checked) >> nth=0", "one.control.checked = false"),
        (".sketch.fit i >> nth=0", "one.style.opacity = 0"),
    ),
}
"""By the page: what is seen, and how it would be if it were not chosen, pressed, cut, spoken or done."""
ON_TIMELINE = (
    "one.querySelector('.playhead').hidden = true",
    f"{SESSION}.select()",
    f"const session = {SESSION}; session.edit([{{ op: 'keep', start_ms: 0, end_ms: session.plan.duration_ms }}])",
    f"const session = {SESSION}; session.edit([{{ op: 'clip_drop', clip: session.plan.clips[0].id }}])",
)
FOCUSED: dict[Reach, tuple[str, ...]] = {
    home_with_tasks: (".search input", ".row-actions .button >> nth=0", ".pick input >> nth=0", "summary >> nth=0"),
    result: (".cues textarea >> nth=0", ".stamp >> nth=0", ".files a >> nth=0"),
    editor: (
        *(".w >> nth=3", ".pause >> nth=0", "[role=tab] >> nth=1", ".position", ".control >> nth=0", ".views input >> nth=0"),
        *(".poster >> nth=0", ".clip-head .title >> nth=0"),
    ),
}


@pytest.fixture(autouse=True)
def forced(page: Page) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")


def differing_px(page: Page, place: Locator, otherwise: str) -> int:
    """At how many pixels of a place, and close around it, it would look different."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    left, top = max(0, box["x"] - AROUND_PX), max(0, box["y"] - AROUND_PX)
    clip = FloatRect(x=left, y=top, width=box["width"] + 2 * AROUND_PX, height=box["height"] + 2 * AROUND_PX)

    def bright() -> np.ndarray:
        page.evaluate(SETTLED)
        parts = from_png(page.screenshot(clip=clip)) / 255
        return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722) + 0.05

    before = bright()
    place.evaluate(f"async (one) => {{ {otherwise}; }}")
    after = bright()
    return int((np.maximum(before, after) / np.minimum(before, after) >= TIMES_BRIGHTER).sum())


@pytest.mark.parametrize("reach", DIFFERENCES, ids=lambda reach: reach.__name__)
def test_what_differs_is_told_apart(reach: Reach, page: Page, site: Site, media: Path):
    reach(page, site, media)
    seen = {(place, otherwise): differing_px(page, page.locator(place), otherwise) for place, otherwise in DIFFERENCES[reach]}
    assert [what for what, pixels in seen.items() if pixels < FEWEST_PX] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_so_is_what_the_timeline_shows(scheme: Literal["light", "dark"], page: Page, site: Site, media: Path):
    editor(page, site, media)
    page.emulate_media(color_scheme=scheme)
    stage = page.locator("#timeline .stage")
    stage.click(position={"x": 300, "y": 60})
    page.evaluate(f"async () => {SESSION}.select(17, 33)")
    seen = {otherwise: differing_px(page, stage, otherwise) for otherwise in ON_TIMELINE}
    assert [what for what, pixels in seen.items() if pixels < FEWEST_ON_TIMELINE_PX] == []


@pytest.mark.parametrize("reach", FOCUSED, ids=lambda reach: reach.__name__)
def test_the_focus_is_seen(reach: Reach, page: Page, site: Site, media: Path):
    reach(page, site, media)
    page.keyboard.press("Tab")
    seen = {}
    for place in FOCUSED[reach]:
        page.locator(place).evaluate("one => { if (one.tabIndex < 0) one.tabIndex = -1; one.focus(); }")
        seen[place] = differing_px(page, page.locator(place), "document.activeElement.blur()")
    assert [what for what, pixels in seen.items() if pixels < FEWEST_PX] == []


@pytest.mark.parametrize(
    "reach", [home_empty, home_with_tasks, result, editor, editor_words, editor_clip], ids=lambda reach: reach.__name__
)
def test_axe_finds_nothing_but_the_colours_it_takes_for_ours(reach: Reach, page: Page, site: Site, media: Path):
    reach(page, site, media)
    assert [flaw for flaw in flaws(page) if "color-contrast:" not in flaw] == []
