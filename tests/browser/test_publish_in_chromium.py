"""Publishing from the editor: a thumbnail with a headline, one download for each platform; by pointer and by keyboard."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driven import Site, until
from lectures import lecture
from playwright.sync_api import Locator, Page, expect

from video_automation.jobs.model import Job


@pytest.fixture
def task(site: Site, tmp_path: Path) -> Job:
    return lecture(site, tmp_path.parent / "lectures")


@pytest.fixture
def texts(page: Page, site: Site, task: Job) -> Locator:
    """The texts of the open editor."""
    page.goto(f"{site.address}/task/{task.id}/edit")
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    until(page, "document.querySelector('#player video').readyState > 1")
    page.get_by_role("tab", name="Texts").click()
    return page.get_by_role("tabpanel", name="Texts")


@pytest.fixture
def plan(page: Page, site: Site, task: Job) -> Callable[[int], dict[str, Any]]:
    """The plan as the server has it, once so many changes are kept."""

    def reads(changes: int = 1) -> dict[str, Any]:
        expect(page.locator("[data-told]")).to_have_text(f"{changes} change{'s' if changes > 1 else ''}")
        return page.request.get(f"{site.address}/task/{task.id}/plan").json()

    return reads


def test_the_frame_in_the_player_becomes_the_thumbnail_with_a_headline_by_keyboard_alone(
    page: Page, texts: Locator, plan: Callable[..., dict[str, Any]]
):
    texts.get_by_role("button", name="Go to").nth(1).press("Enter")
    until(page, "document.querySelector('#player video').currentTime > 29")
    use = texts.get_by_role("button", name="Use this frame")
    use.press("Enter")
    expect(texts.get_by_text("The frame at 0:30 of the recording.")).to_be_visible()
    headline = texts.get_by_role("textbox", name="Headline")
    headline.press_sequentially("Who made it?")
    expect(texts.get_by_text("12/60")).to_be_visible()
    headline.press("Tab")
    at_ms = plan(2)["chapters"][1]["start_ms"]
    assert plan(2)["thumbnail"] == {"at_ms": at_ms, "headline": "Who made it?"}
    texts.get_by_role("button", name="Best frame again").press("Enter")
    assert plan(3)["thumbnail"] == {"at_ms": None, "headline": "Who made it?"}
    page.get_by_role("button", name="Undo", exact=True).click()
    assert plan(2)["thumbnail"]["at_ms"] == at_ms
    expect(use).to_be_enabled()


def test_the_headline_is_drawn_over_the_frame_while_it_is_typed_and_seen_small(page: Page, texts: Locator):
    headline, frame = texts.get_by_role("textbox", name="Headline"), texts.get_by_role("img", name="Preview of the thumbnail")
    frame.scroll_into_view_if_needed()
    until(page, "document.querySelector('.thumbnail-frame video').readyState > 1")
    without = frame.screenshot()
    with page.expect_response(lambda answer: "headline.ass?headline=Who" in answer.url) as asked:
        headline.fill("Who?")
    assert asked.value.ok
    while frame.screenshot() == without:
        page.wait_for_timeout(50)
    small = texts.get_by_role("button", name="As small as in lists")
    small.press("Enter")
    expect(small).to_have_attribute("aria-pressed", "true")
    assert frame.bounding_box()["width"] == 160


def test_the_cover_of_a_clip_is_a_frame_of_the_clip(page: Page, texts: Locator, plan: Callable[..., dict[str, Any]]):
    texts.get_by_role("combobox", name="Thumbnail of").select_option("Clip: In Mainz")
    texts.get_by_role("button", name="Use this frame").click()
    expect(page.locator("[data-notice]")).to_contain_text("it goes from 0:30 to")
    texts.get_by_role("button", name="Go to").nth(1).click()
    until(page, "document.querySelector('#player video').currentTime > 29")
    texts.get_by_role("button", name="Use this frame").click()
    told = plan()
    assert told["clips"][1]["thumbnail"]["at_ms"] == told["clips"][1]["start_ms"]


def test_a_clip_with_another_cover_is_not_told_to_be_another_clip(page: Page, site: Site):
    page.goto(site.address)
    told = page.evaluate(
        """async () => {
            const { standOf } = await import("/static/editor/clips_changes.js");
            return ["thumbnail_set", "clip_set"].map((op) => {
                const history = [{ revision: 1, kind: "edit", state: "kept", edits: [{ op, clip: "a" }] }];
                const session = { plan: { history, rendered_revision: 0 }, result: { clips: [{ id: "a" }] }, words: [] };
                return standOf(session)({ id: "a", start_ms: 0, end_ms: 1 });
            });
        }"""
    )
    assert told == ["", "changed"]


def test_all_for_a_platform_is_one_download(page: Page, texts: Locator, tmp_path: Path):
    youtube = texts.get_by_role("group").filter(has_text="YouTube")
    youtube.get_by_text("YouTube").first.press("Enter")
    link = youtube.get_by_role("link", name="Download all for YouTube")
    with page.expect_download() as download:
        link.press("Enter")
    assert download.value.suggested_filename == "talk_youtube.zip"
    download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert packed.namelist() == ["processed_talk.mp4", "youtube.txt"]
    expect(youtube).to_contain_text("A zip with the video or the clips")
    texts.get_by_role("textbox", name="Title 1").fill("x" * 101)
    texts.get_by_role("textbox", name="Title 1").press("Tab")
    expect(youtube).to_contain_text("Title: 101 of 100 characters")
    expect(youtube).to_contain_text("as they were last made")


def test_a_platform_counts_as_it_counts(page: Page, texts: Locator):
    description = texts.get_by_role("textbox", name="Description")
    description.fill("é" * 2_000 + "🎬" * 100)
    description.press("Tab")
    for platform, counted in (
        ("YouTube", "Description: 4423 of 5000 bytes"),
        ("TikTok", "Text: 2220 of 2200 characters"),
        ("Instagram", "Text: 2120 of 2200 characters"),
    ):
        expect(texts.get_by_role("group").filter(has_text=platform)).to_contain_text(counted)
