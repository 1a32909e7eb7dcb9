"""Clips in the editor: their cards, opening one, adding one. The server saves each change."""

from collections.abc import Callable
from pathlib import Path

import pytest
from clips import TITLES, decided_anew, prepared
from driven import Site, until
from editor_pages import SavedPlan, Tab
from playwright.sync_api import Locator, Page, expect
from web.surroundings import made_again

from video_automation.jobs.model import State


@pytest.fixture
def room(tab: Tab) -> Locator:
    """Opens the editor at its clips."""
    return tab("Clips")


SESSION = "(await import(document.querySelector('script[src*=\"editor/main\"]').src)).session"
"""The script expression for the editor's session, which holds the plan in the page."""


def opened(room: Locator) -> Locator:
    room.get_by_role("button", name="Open “The press”").click()
    expect(room.get_by_role("button", name="All clips")).to_be_focused()
    return room


def test_a_card_tells_what_a_clip_is_and_why(room: Locator):
    card = room.get_by_role("listitem").filter(has=room.page.get_by_role("button", name="Open “The press”"))
    expect(card.get_by_role("img", name="Score 77 of 100")).to_be_visible()
    expect(card).to_contain_text("Opening80")
    expect(card).to_contain_text("Opens with a question.")
    expect(card).to_contain_text("from 0:00 to 0:14")
    assert card.bounding_box()["width"] >= 240


def test_clips_are_put_in_another_order(room: Locator):
    def titles() -> list[str]:
        return room.get_by_role("textbox").evaluate_all("all => all.map((one) => one.value)")

    assert titles() == ["The press", "In Mainz"]
    room.get_by_role("textbox", name="Title of clip 2").fill("Later")
    room.get_by_label("Order").select_option("As in the video")
    assert titles() == ["The press", "Later"]
    room.get_by_label("Order").select_option("Shortest first")
    assert set(titles()) == {"The press", "Later"}


def test_a_title_is_changed_in_place(room: Locator, plan: SavedPlan):
    title = room.get_by_role("textbox", name="Title of clip 1")
    title.fill("How print began")
    title.press("Tab")
    assert [clip["title"] for clip in plan()["clips"]] == ["How print began", "In Mainz"]
    expect(room.get_by_role("button", name="Open “How print began”")).to_be_visible()


def test_a_clip_becomes_longer_by_a_sentence_and_is_scored_anew(page: Page, room: Locator, plan: SavedPlan):
    opened(room).get_by_role("button", name="End one sentence later").press("Enter")
    clip = plan()["clips"][0]
    assert clip["end_ms"] > 21_000
    assert len(clip["signals"]) == 6
    expect(room.get_by_role("img", name=f"Score {clip['score']} of 100")).to_be_visible()
    expect(room.locator(".clip-open").get_by_text("not made yet")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(room.get_by_role("img", name="Score 77 of 100")).to_be_visible()


def test_picture_and_captions_are_chosen_with_the_keyboard(page: Page, room: Locator, plan: SavedPlan):
    opened(room).get_by_role("radio", name="Automatic").focus()
    page.keyboard.press("ArrowDown")
    assert plan()["clips"][0]["layout"] == "crop"
    expect(room.get_by_role("radio", name="On the speaker")).to_be_focused()


def test_captions_are_previewed_as_they_will_be_drawn(page: Page, room: Locator):
    opened(room)
    frame, canvas = room.locator(".preview-frame"), room.locator(".preview-frame canvas")
    with page.expect_response(lambda answer: "captions.ass?" in answer.url and "style=plain" in answer.url) as asked:
        room.get_by_role("radio", name="Plain").check()
    assert asked.value.ok
    canvas.evaluate("canvas => { canvas.style.visibility = 'hidden'; }")
    without = frame.screenshot()
    canvas.evaluate("canvas => { canvas.style.visibility = ''; }")
    while frame.screenshot() == without:
        page.wait_for_timeout(50)


def test_a_dropped_clip_comes_back_by_undo(page: Page, room: Locator, plan: SavedPlan):
    room.get_by_role("button", name="Drop “The press”").click()
    expect(page.locator("[data-notice]")).to_contain_text("“Undo” brings it back")
    expect(room.get_by_role("button", name="Open “In Mainz”")).to_be_focused()
    assert [clip["id"] for clip in plan()["clips"]] == ["b"]
    page.get_by_role("button", name="Undo").click()
    expect(room.get_by_role("button", name="Open “The press”")).to_be_visible()


def test_the_next_passage_is_made_a_clip(page: Page, room: Locator, plan: SavedPlan):
    room.get_by_text("More passages that could be clips (1)").click()
    room.get_by_role("button", name="Make “It changed the world” a clip").click()
    told = plan()
    assert ([clip["title"] for clip in told["clips"]][-1], told["candidates"]) == ("It changed the world", [])
    expect(room.get_by_text("not made yet")).to_have_count(3)


def test_selected_words_become_a_clip(page: Page, room: Locator, plan: SavedPlan):
    create = room.get_by_role("button", name="New clip from the selected words")
    expect(create).to_be_disabled()
    page.evaluate(f"async () => {SESSION}.select(17, 33)")
    create.click()
    clip = plan()["clips"][-1]
    assert (clip["start_ms"], clip["name"]) == (page.evaluate(f"async () => {SESSION}.words[17].start_ms - 150"), "short_03")
    assert clip["title"]


def test_a_clip_plays_where_it_stands(page: Page, room: Locator):
    room.get_by_role("button", name="Play “In Mainz”").last.click()
    until(page, "document.querySelector('#player video').currentTime > 28")
    until(page, "!document.querySelector('#player video').paused")


def test_a_click_on_a_word_seeks_there(page: Page, room: Locator):
    opened(room).get_by_text("Johannes").first.click()
    until(page, "Math.abs(document.querySelector('#player video').currentTime - 3.3) < 0.5")


def test_a_rendered_clip_is_shown_as_it_is_until_it_is_changed(page: Page, site: Site, tmp_path: Path):
    task = prepared(site, tmp_path / "media", clips=2)
    page.goto(f"{site.address}/task/{task.id}/edit")
    room = page.get_by_role("tabpanel", name="Clips")
    page.get_by_role("tab", name="Clips").click()
    expect(room.locator(".clip-card img")).to_have_count(2)
    expect(room.locator(".clip-card").get_by_text("changed")).to_have_count(0)
    room.get_by_role("button", name="Open “Three habits of calm speakers”").click()
    film = room.get_by_label("Video of the clip “Three habits of calm speakers”")
    expect(film).to_be_visible()
    room.get_by_role("radio", name="Plain").check()
    expect(room.locator(".clip-open").get_by_text("changed")).to_be_visible()
    expect(film).to_have_count(0)
    room.get_by_role("button", name="Reset").click()
    expect(room.get_by_role("radio", name="Plain")).not_to_be_checked()


def test_bars_appear_once_it_is_decided_anew_what_becomes_another_video(page: Page, site: Site, tmp_path: Path):
    task = prepared(site, tmp_path / "media", clips=2)
    page.goto(f"{site.address}/task/{task.id}/edit")
    page.get_by_role("tab", name="Clips").click()
    page.evaluate(f"async () => {SESSION}.edit([{{ op: 'options', options: {{ remove_fillers: true }} }}])")
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    site.move(task, state=State.PROGRESS, stage="decide", progress=20, status="Deciding")
    expect(page.locator("[data-told]")).to_contain_text("20 %")
    video = page.get_by_role("progressbar", name="Progress of Result")
    expect(video).to_be_hidden()
    decided_anew(site, task)
    site.move(task, stage="render", progress=40, status="Rendering")
    expect(video).to_have_js_property("value", 40)


@pytest.mark.parametrize("act", [Locator.click, lambda button: button.press("Enter")], ids=["mouse", "keyboard"])
def test_only_what_becomes_another_video_shows_a_bar(act: Callable[[Locator], None], page: Page, site: Site, tmp_path: Path):
    task = prepared(site, tmp_path / "media", clips=2)
    page.goto(f"{site.address}/task/{task.id}/edit")
    page.get_by_role("tab", name="Clips").click()
    other, touched = (page.locator(".clip-card").filter(has=page.get_by_label(f"Open “{title}”")) for title in TITLES[:2])
    video = page.get_by_role("progressbar", name="Progress of Result")

    def change(edit: str) -> None:
        page.evaluate(f"async () => {SESSION}.edit([{edit}])")
        act(page.get_by_role("button", name="Update video"))

    change("{ op: 'clip_set', clip: '2000-34400', style: 'plain' }")
    expect(touched).to_contain_text("being made")
    site.move(task, state=State.PROGRESS, stage="render", progress=40, status="Rendering")
    expect(touched.get_by_role("progressbar")).to_have_js_property("value", 40)
    expect(other.get_by_role("progressbar")).to_be_hidden()
    expect(other.locator(".chip")).to_be_hidden()
    expect(video).to_be_hidden()
    made_again(site.backend, task)
    expect(page.locator("[data-notice]")).to_contain_text("Updated.")
    expect(touched.get_by_role("progressbar")).to_be_hidden()
    expect(touched.locator(".chip")).to_be_hidden()
    change("{ op: 'cut', start_ms: 0, end_ms: 500 }")
    expect(video).to_be_visible()
    page.reload()
    expect(video).to_be_visible()
    page.get_by_role("tab", name="Clips").click()
    expect(touched).to_contain_text("Open")
    expect(page.locator(".clip-card .chip:visible")).to_have_count(0)
