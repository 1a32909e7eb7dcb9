"""Who speaks, in the editor's transcript: names where another one begins, changed by mouse and by keyboard."""

from driven import Site
from editor_pages import Opened
from playwright.sync_api import Page, expect

from video_automation.jobs.model import Job


def two_speakers(page: Page, site: Site, task: Job) -> Page:
    """The editor of a recording in which words 20 to 40 are somebody else's."""
    given = {"edits": [{"op": "speaker", "words": [20, 40], "speaker": 2}], "render": False}
    assert page.request.post(f"{site.address}/task/{task.id}/edits", data=given).ok
    page.goto(f"{site.address}/task/{task.id}/edit")
    expect(page.locator("[data-told]")).to_have_text("1 change")
    return page


def names(page: Page) -> list[str]:
    return page.locator("#words .paragraph .speaker").all_inner_texts()


def speakers(page: Page, site: Site, task: Job) -> list[str]:
    told = page.request.get(f"{site.address}/task/{task.id}/plan?words=false").json()
    return [one["name"] for one in told["speakers"]]


def test_one_speaker_is_not_named(opened: Opened) -> None:
    page = opened()
    expect(page.locator("#words .speakers")).to_be_hidden()
    expect(page.locator("#words .paragraph .speaker")).to_have_count(0)


def test_a_paragraph_begins_where_another_speaks_and_is_named_by_the_mouse(page: Page, site: Site, task: Job) -> None:
    two_speakers(page, site, task)
    assert names(page)[:3] == ["Speaker 1", "Speaker 2", "Speaker 1"]
    second = page.locator("#words .paragraph", has=page.locator("[data-id='20']"))
    expect(second.locator("[data-id='19']")).to_have_count(0)
    second.get_by_role("button", name="Speaker 2").click()
    page.get_by_role("textbox", name="Name of Speaker 2").fill("Ada")
    page.keyboard.press("Enter")
    expect(page.locator("[data-told]")).to_have_text("2 changes")
    assert names(page)[:3] == ["Speaker 1", "Ada", "Speaker 1"]
    assert speakers(page, site, task) == ["Speaker 1", "Ada"]
    page.keyboard.press("Control+z")
    expect(second.get_by_role("button", name="Speaker 2")).to_be_visible()


def test_by_keyboard_the_name_of_another_makes_both_one(page: Page, site: Site, task: Job) -> None:
    two_speakers(page, site, task)
    page.get_by_role("group", name="Speakers").get_by_role("button", name="Speaker 2").focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Name of Speaker 2")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Speakers").get_by_role("button", name="Speaker 2")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("speaker 1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-told]")).to_have_text("2 changes")
    expect(page.locator("#words .speakers")).to_be_hidden()
    expect(page.locator("#words .paragraph .speaker")).to_have_count(0)
    assert speakers(page, site, task) == ["Speaker 1"]
