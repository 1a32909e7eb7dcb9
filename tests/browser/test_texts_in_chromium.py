"""The texts on the result page: changed, replaced everywhere, copied; and the message in a page with an old plan."""

from pathlib import Path

import pytest
from clips import prepared, replace_a_word, sent
from driven import Site
from playwright.sync_api import Browser, Page, expect
from web.surroundings import plan_of

from video_automation.jobs.model import Job, State
from video_automation.jobs.revisions.changes import How, edit_plan
from video_automation.jobs.revisions.stored import history_of
from video_automation.plan.edits import Edit, Replace, Texts

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def done(site: Site, tmp_path: Path) -> Job:
    return prepared(site, tmp_path / "media", clips=1)


def last_edits(site: Site, job: Job) -> tuple[Edit, ...]:
    return history_of(site.backend.folders.of(job.id), site.backend.store.get(job.id)).entries[-1].edits


def test_titles_and_description_are_changed_and_nothing_else_is_sent(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    page.get_by_text("Change these texts").click()
    save = page.get_by_role("button", name="Save texts")
    save.click()
    expect(page.get_by_role("alert")).to_have_text("Change something first.")
    page.get_by_label("Titles, one per line").fill("Mine\n\n  Also mine ")
    save.click()
    sent(page)
    assert last_edits(site, done) == (Texts(titles=("Mine", "Also mine")),)
    assert [title.text for title in plan_of(site.backend, done).packaging.titles] == ["Mine", "Also mine"]


def test_a_word_is_replaced_everywhere_by_keyboard_alone(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    replace_a_word(page)
    sent(page)
    assert last_edits(site, done) == (Replace(find="talks", by="speeches"),)
    assert plan_of(site.backend, done).clips[0].title == "Why do most speeches lose their audience?"


def test_who_changes_an_old_page_is_told_and_overwrites_nothing(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    edit_plan(site.backend, done.id, (Texts(titles=("Of somebody else",)),), How(render=False))
    page.get_by_text("Change these texts").click()
    page.get_by_role("textbox", name="Description").fill("Mine")
    page.get_by_role("button", name="Save texts").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Somebody changed this video meanwhile. Reload the page, then make your change again."
    )
    expect(page.get_by_role("textbox", name="Description")).to_have_value("Mine")
    assert [title.text for title in plan_of(site.backend, done).packaging.titles] == ["Of somebody else"]


def test_who_changes_it_while_it_is_made_again_is_told_why_not(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    site.move(done, state=State.PROGRESS, run="some")
    page.get_by_text("Change these texts").click()
    page.get_by_role("textbox", name="Description").fill("Mine")
    page.get_by_role("button", name="Save texts").click()
    expect(page.get_by_role("alert")).to_contain_text("This video is being made again.")


def test_that_something_is_copied_is_said_aloud(chromium: Browser, site: Site, done: Job):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.address}/result/{done.id}")
    page.get_by_role("button", name="Copy “Three habits of calm speakers”").click()
    expect(page.locator("[data-copied]")).to_have_text("Copied")
    assert page.locator("[data-copied]").get_attribute("role") == "status"
    context.close()


def test_without_scripts_no_button_is_dead_and_deleting_asks_first(chromium: Browser, site: Site, done: Job):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/result/{done.id}")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    expect(page.get_by_text("Change these texts")).to_be_hidden()
    page.get_by_role("button", name="Delete video").click()
    expect(page.get_by_role("link", name="Keep")).to_be_visible()
    page.get_by_role("button", name="Delete video").click()
    page.wait_for_url(f"{site.address}/")
    assert site.backend.store.listed("local", start=0, count=9)[1] == 0
    context.close()
