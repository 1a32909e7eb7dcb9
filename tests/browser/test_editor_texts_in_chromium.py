"""The editor's texts, checklists and suggested cuts. The server saves each change."""

from driven import Site, until
from editor_pages import Opened, SavedPlan, Tab
from playwright.sync_api import Page, expect

from video_automation.jobs.model import Job
from video_automation.jobs.revisions.stored import keep_peaks
from video_automation.plan.source.heard import LEVEL_HOP_MS, Hearing


def test_a_title_is_edited_with_a_counter(tab: Tab, plan: SavedPlan):
    texts = tab("Texts")
    title = texts.get_by_role("textbox", name="Title 2")
    title.fill("x" * 70)
    expect(texts.get_by_text("70/100")).to_be_visible()
    title.press("Tab")
    assert [one["text"] for one in plan()["titles"]] == ["The printing press", "x" * 70]


def test_another_title_is_picked_with_the_keyboard(page: Page, tab: Tab, plan: SavedPlan):
    texts = tab("Texts")
    texts.get_by_role("button", name="Use title 2").press("Enter")
    expect(texts.get_by_role("textbox", name="Title 1")).to_be_focused()
    assert [one["text"] for one in plan()["titles"]] == ["How Guttenberg changed the world", "The printing press"]


def test_a_title_is_copied_and_that_is_told(page: Page, tab: Tab, site: Site):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    texts = tab("Texts")
    texts.get_by_role("button", name="Copy title 1").click()
    expect(texts.get_by_role("status")).to_have_text("Copied: title 1.")
    assert page.evaluate("navigator.clipboard.readText()") == "The printing press"


def test_the_description_is_a_persons_own(tab: Tab, plan: SavedPlan):
    description = tab("Texts").get_by_role("textbox", name="Description")
    description.fill("All about print.")
    description.press("Tab")
    assert plan()["description"] == "All about print."


def test_a_chapter_begins_at_the_playhead(page: Page, tab: Tab, plan: SavedPlan):
    texts = tab("Texts")
    texts.get_by_role("button", name="Go to").nth(1).click()
    until(page, "document.querySelector('#player video').currentTime > 29")
    texts.get_by_role("button", name="Delete chapter 2").click()
    texts.get_by_role("button", name="Add a chapter at the playhead").click()
    page.keyboard.type("In Mainz")
    page.keyboard.press("Tab")
    expect(page.locator("[data-told]")).to_have_text("3 changes")
    told = page.request.get(page.url.replace("/edit", "/plan")).json()["chapters"]
    assert [one["title"] for one in told] == ["Start", "In Mainz"]
    assert 29_000 < told[1]["start_ms"] < 33_000


def test_a_checklist_tells_what_fits_where(page: Page, tab: Tab):
    texts = tab("Texts")
    youtube = texts.get_by_role("group").filter(has_text="YouTube")
    expect(youtube).to_contain_text("1 to look at")
    youtube.locator("summary").click()
    expect(youtube).to_contain_text("Title: 18 of 100 characters")
    expect(youtube).to_contain_text("Chapters are shown if there are three at least")
    expect(youtube.get_by_role("link", name="processed_talk.mp4")).to_be_visible()
    tiktok = texts.get_by_role("group").filter(has_text="TikTok")
    expect(tiktok).to_contain_text("All fits")


def test_fillers_are_listed_heard_and_removed_as_one_change(page: Page, tab: Tab, plan: SavedPlan):
    finds = tab("Clean up")
    expect(finds.get_by_role("heading", name="Filler words (12)")).to_be_visible()
    expect(finds.get_by_text("No pause is longer than a second.")).to_be_visible()
    first = finds.get_by_role("listitem").first
    expect(first).to_contain_text("it changed the world um forever.")
    first.get_by_role("checkbox").press("Space")
    remove = finds.get_by_role("button", name="Remove 11 filler words")
    remove.press("Enter")
    told = plan()
    assert [word["kept"] for word in told["words"] if word["text"] == "um"] == [True, *[False] * 11]
    expect(finds.get_by_role("heading", name="Filler words (1)")).to_be_visible()
    expect(first.get_by_role("checkbox")).not_to_be_checked()
    page.get_by_role("button", name="Undo").click()
    expect(finds.get_by_role("heading", name="Filler words (12)")).to_be_visible()


def test_retakes_are_listed_and_removed_by_mouse(page: Page, tab: Tab, plan: SavedPlan):
    finds = tab("Clean up")
    expect(finds.get_by_role("heading", name="Retakes (11)")).to_be_visible()
    finds.get_by_role("button", name="Remove 11 retakes").click()
    kept = [word["id"] for word in plan()["words"] if word["kept"]]
    assert kept[0] == 11 * 17, "the last attempt stays"
    expect(page.locator("[data-notice]")).to_have_text("11 retakes removed. “Undo” brings them back.")
    expect(finds.get_by_text("Nothing was found that is said again.")).to_be_visible()


def test_a_long_pause_is_listed_and_shortened_by_mouse(page: Page, site: Site, task: Job, opened: Opened):
    silent(site, task)
    page = opened()
    page.get_by_role("button", name="Pause of 2.1 s, cut to 0.5 s").first.click()
    page.get_by_role("group", name="Selection").get_by_role("button", name="Keep").click()
    page.get_by_role("tab", name="Clean up").click()
    finds = page.get_by_role("tabpanel", name="Clean up")
    expect(finds.get_by_role("heading", name="Long pauses (1)")).to_be_visible()
    expect(finds.get_by_role("checkbox", name="Remove “pause of 1.5 s”")).to_be_checked()
    finds.get_by_role("button", name="Remove 1 pause").click()
    expect(page.locator("[data-told]")).to_have_text("2 changes")
    expect(finds.get_by_text("No pause is longer than a second.")).to_be_visible()


def silent(site: Site, task: Job) -> None:
    """Makes the recording silent, as its waveform shows it."""
    keep_peaks(site.backend.folders.of(task.id), Hearing(levels_db=(-90,) * (90_000 // LEVEL_HOP_MS)))


def test_a_found_place_is_played_before_it_goes(page: Page, tab: Tab):
    tab("Clean up").get_by_role("button", name="Play “um” at 0:06").click()
    until(page, "document.querySelector('#player video').currentTime > 4.5")
