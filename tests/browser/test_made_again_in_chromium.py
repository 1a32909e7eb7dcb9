"""The result page while its video is made again: it stays, tells how far that is, and then shows it where it was changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from clips import TITLES, decided_anew, prepared, replace_a_word, sent
from driven import Site
from playwright.sync_api import Locator, Page, expect
from web.surroundings import made_again, plan_of

from video_automation.jobs.lifecycle.cancel import cancel_job
from video_automation.jobs.model import Job, State
from video_automation.jobs.revisions.changes import How, edit_plan
from video_automation.plan.edits import CutOut, OtherOptions, Texts

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")

UPDATED = "Updated. The player shows the new video."


@pytest.fixture
def done(site: Site, tmp_path: Path) -> Job:
    return prepared(site, tmp_path / "media", clips=3)


def test_it_stays_while_the_old_video_plays_and_shows_the_new_one_at_the_same_place(page: Page, site: Site, done: Job):
    address = f"{site.address}/result/{done.id}"
    page.goto(address)
    page.locator("#video").evaluate("video => { video.muted = true; video.loop = true; return video.play(); }")
    replace_a_word(page)
    bar = page.get_by_role("progressbar", name="Progress of the video")
    expect(bar).to_be_visible()
    summary = page.get_by_text("Replace a word everywhere")
    expect(summary).to_be_focused()
    assert not page.locator("#video").evaluate("video => video.paused")
    site.move(done, state=State.PROGRESS, stage="render", progress=40, status="Rendering")
    expect(bar).to_have_js_property("value", 40)
    expect(page.get_by_text("Rendering")).to_be_visible()
    assert page.url == address
    before = page.evaluate("scrollY")
    assert before > 0
    made_again(site.backend, done)
    expect(page.get_by_text(UPDATED)).to_be_visible()
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    page.reload()
    expect(page.get_by_text(UPDATED)).to_be_hidden()


@pytest.mark.parametrize("act", [Locator.click, lambda button: button.press("Enter")], ids=["mouse", "keyboard"])
def test_a_bar_stands_at_what_becomes_another_video_and_nowhere_else(
    act: Callable[[Locator], None], page: Page, site: Site, done: Job
):
    page.goto(f"{site.address}/result/{done.id}")
    card = page.get_by_role("listitem").filter(has=page.get_by_label(TITLES[1], exact=True))
    act(card.get_by_text("Change this clip"))
    card.get_by_label("Captions").select_option("Plain")
    act(card.get_by_role("button", name="Update clip"))
    sent(page)
    bars = page.get_by_role("progressbar", name="Progress of ")
    expect(bars).to_have_count(2)
    site.move(done, state=State.PROGRESS, stage="render", progress=40, status="Rendering")
    expect(card.get_by_role("progressbar", name=f"Progress of {TITLES[1]}")).to_have_js_property("value", 40)
    expect(card).to_contain_text("being made")
    page.reload()
    expect(card.get_by_role("progressbar")).to_be_visible()
    expect(bars).to_have_count(2)
    made_again(site.backend, done)
    expect(page.get_by_text(UPDATED)).to_be_visible()
    expect(bars).to_have_count(0)
    edit_plan(site.backend, done.id, (CutOut(start_ms=0, end_ms=500),))
    page.reload()
    expect(page.get_by_role("progressbar", name="Progress of talk.mp4")).to_be_visible()


def test_bars_appear_once_it_is_decided_anew_what_becomes_another_video(page: Page, site: Site, done: Job):
    edit_plan(site.backend, done.id, (OtherOptions(options=(("remove_fillers", "true"),)),))
    with page.expect_response(lambda answer: answer.url.endswith("/plan?words=false")) as told:
        page.goto(f"{site.address}/result/{done.id}")
    assert told.value.json()["update"]["touched"] is None
    video = page.get_by_role("progressbar", name="Progress of talk.mp4")
    expect(video).to_be_hidden()
    decided_anew(site, done)
    site.move(done, state=State.PROGRESS, stage="render", progress=40, status="Rendering")
    expect(video).to_have_js_property("value", 40)


def test_what_came_of_a_change_can_be_undone_at_once(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    before = plan_of(site.backend, done).clips
    replace_a_word(page)
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    made_again(site.backend, done)
    expect(page.get_by_text(UPDATED)).to_be_visible()
    assert plan_of(site.backend, done).clips != before
    page.get_by_role("button", name="Undo", exact=True).press("Enter")
    sent(page)
    assert plan_of(site.backend, done).clips == before
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    made_again(site.backend, done)
    expect(page.get_by_text(UPDATED)).to_be_focused()
    expect(page.get_by_role("button", name="Undo", exact=True)).to_be_hidden()


def test_what_somebody_else_changed_meanwhile_is_not_undone(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    replace_a_word(page)
    sent(page)
    made_again(site.backend, done)
    expect(page.get_by_text(UPDATED)).to_be_visible()
    edit_plan(site.backend, done.id, (Texts(description="Theirs"),), How(render=False))
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Somebody changed this video meanwhile.")).to_be_visible()
    assert plan_of(site.backend, done).description == "Theirs"


def test_a_task_that_is_deleted_meanwhile_is_followed_no_longer(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    replace_a_word(page)
    sent(page)
    site.backend.store.remove(done.id)
    expect(page.get_by_text("There is no such task")).to_be_visible()


def test_a_cancelled_change_leaves_the_page_as_it_was(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    replace_a_word(page)
    page.get_by_role("button", name="Cancel").click()
    changes = page.get_by_role("group", name="Changes")
    expect(changes).to_contain_text("The changes were cancelled. The video is as it was before.")
    expect(changes.get_by_role("button")).to_have_count(0)
    expect(page.get_by_text("Replace a word everywhere")).to_be_focused()


def test_another_tab_keeps_the_result_and_says_that_it_is_made_again(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    site.move(done, state=State.PROGRESS, run="some", stage="render", progress=40, status="Rendering")
    page.reload()
    expect(page.locator("#video")).to_be_visible()
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_have_js_property("value", 40)
    cancel_job(site.backend, done.id)
    expect(page.get_by_text("Stopping.")).to_be_visible()
