"""The editor reads the plan, changes it, undoes changes, and saves them on the server."""

from collections.abc import Callable
from pathlib import Path

import pytest
from driven import Site
from lectures import lecture
from playwright.sync_api import Page, expect

from video_automation.jobs.model import Job


@pytest.fixture
def task(site: Site, tmp_path: Path) -> Job:
    return lecture(site, tmp_path.parent / "lectures")


@pytest.fixture
def opened(page: Page, site: Site, task: Job) -> Callable[[], Page]:
    """Opens the editor, and makes its `session` available to the scripts of a test."""

    def opens() -> Page:
        page.goto(f"{site.address}/task/{task.id}/edit")
        expect(page.locator("[data-told]")).to_have_text("Up to date")
        return page

    return opens


def test_the_editor_says_how_the_video_stands(opened: Callable[[], Page]):
    page = opened()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.get_by_role("button", name="Update video")).to_be_hidden()


def test_question_mark_shows_the_keys(opened: Callable[[], Page]):
    page = opened()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Undo")
