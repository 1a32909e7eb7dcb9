"""The editor's player shows the result at the same moment as the recording, and swaps it for a new one."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driven import Site
from places import on_disk
from playwright.sync_api import Page, expect
from watched import cut_window, go_to, now_ms, open_player, plan

from video_automation.jobs.model import Job

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))
from brands import card


@pytest.fixture
def opened(page: Page, site: Site, task: Job) -> Callable[[], Page]:
    return lambda: open_player(page, site, task)


def made(site: Site, task: Job, mark: str, *, card_frames: int = 0) -> None:
    """Gives the result a plan with a cut of 4 seconds and perhaps an opening card, and its video another hash."""
    output = on_disk(site.backend, task.id).result(task)
    rendition: dict[str, Any] = {
        "kind": "main",
        "timeline": {"rate": "25", "spans": [{"start": 0, "end": 100}, {"start": 200, "end": 2000}]},
    }
    if card_frames:
        rendition["cards"] = {"opening": {"sha256": "0" * 64, "frames": card_frames, "colour": "#000000"}, "closing": None}
    (output.folder / "plan.json").write_text(json.dumps({"renditions": [rendition], "source": {}}))
    manifest = json.loads(output.manifest.read_text())
    manifest["artifacts"][0]["sha256"] = mark * 12
    named = {"name": "plan.json", "kind": "plan", "type": "application/json", "bytes": 9, "sha256": mark * 12}
    manifest["artifacts"] = [manifest["artifacts"][0], named]
    output.manifest.write_text(json.dumps(manifest))


def test_the_result_is_shown_at_the_same_moment_and_swaps_when_a_new_one_is_made(
    page: Page, site: Site, task: Job, opened: Callable[[], Page]
):
    opened()
    made(site, task, "one")
    page.reload()
    expect(page.locator("#player .said")).to_be_hidden()
    go_to(page, 30_000)
    moment = now_ms(page)  # 30 s into the video; in the recording, the first cut comes on top
    page.get_by_role("radio", name="Result").click()
    shown = page.locator("#player video:not([hidden])")
    expect(shown).to_have_attribute("aria-label", "The video")
    assert 1000 * shown.evaluate("film => film.currentTime") == pytest.approx(moment - 4_000, abs=2)
    expect(page.locator(".views")).not_to_contain_text("Older")

    cut_window(page).get_by_role("button", name="Keep this").click()
    expect(page.locator(".views")).to_contain_text("Older than your changes")
    assert plan(page)["revision"] == 1
    page.evaluate("scrollTo(0, 40)")
    made(site, task, "two")
    site.move(task, rendered_revision=1)
    expect(page.locator("#player video:not([hidden])")).to_have_attribute("src", re.compile("made=two"))
    expect(page.locator(".views")).not_to_contain_text("Older")
    assert 1000 * shown.evaluate("film => film.currentTime") == pytest.approx(moment - 4_000, abs=60)
    assert page.evaluate("scrollY") == 40


def test_the_clock_is_that_of_a_video_with_an_opening_card(page: Page, site: Site, task: Job, opened: Callable[[], Page]):
    opened()
    at_first = page.locator("#player .clocks .shown").text_content()
    made(site, task, "one", card_frames=75)
    page.request.put(f"{site.address}/brand/cards/opening", data=card(), headers={"Content-Type": "image/png"})
    edits = {"edits": [{"op": "options", "opening_in_video": True, "opening_s": 3}], "render": False}
    assert page.request.post(f"{site.address}/task/{task.id}/edits", data=edits).status == 202
    page.reload()
    expect(page.locator("#player .said")).to_be_hidden()
    clock = page.locator("#player .clocks .shown")
    assert at_first
    assert at_first.startswith("0:00 / 1:")
    expect(clock).to_have_text(re.compile(r"^0:03 / 1:"))
    shown = page.locator("#player video:not([hidden])")
    page.get_by_role("radio", name="Result").click()
    expect(shown).to_have_attribute("aria-label", "The video")
    assert shown.evaluate("film => film.currentTime") == 0, "the very beginning is the card's"
    page.get_by_role("radio", name="Edit view").click()
    go_to(page, 33_000)
    moment = now_ms(page)
    page.get_by_role("radio", name="Result").click()
    assert 1000 * shown.evaluate("film => film.currentTime") == pytest.approx(moment - 4_000 + 3_000, abs=2)
    position = page.get_by_role("slider", name="Position")
    position.press("Home")
    assert shown.evaluate("film => film.currentTime") == 0
    page.get_by_role("radio", name="Edit view").click()
    assert now_ms(page) == 0
