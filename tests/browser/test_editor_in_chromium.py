"""The editor reads the plan, changes it, undoes changes, and saves them on the server."""

from editor_pages import Opened
from playwright.sync_api import expect


def test_the_editor_says_how_the_video_stands(opened: Opened):
    page = opened()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.get_by_role("button", name="Update video")).to_be_hidden()


def test_question_mark_shows_the_keys(opened: Opened):
    page = opened()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Undo")
