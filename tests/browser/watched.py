"""What the player and the list of cuts in the editor show."""

from typing import Any

from driven import Site
from playwright.sync_api import Locator, Page, expect

from video_automation.jobs.model import Job


def open_player(page: Page, site: Site, task: Job) -> Page:
    """Opens the editor, and returns once its player can play."""
    page.goto(f"{site.address}/task/{task.id}/edit")
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    expect(page.locator("#player .said")).to_be_hidden()
    return page


def plan(page: Page) -> Any:
    """The plan on the server, once all changes are saved."""
    expect(page.locator("[data-told]")).not_to_have_text("Saving…")
    return page.evaluate("fetch(document.querySelector('#editor').dataset.address + '/plan').then(told => told.json())")


def film(page: Page) -> Locator:
    return page.locator("#player video").first


def now_ms(page: Page) -> float:
    return 1000 * float(film(page).evaluate("film => film.currentTime"))


def go_to(page: Page, video_ms: int) -> None:
    """Goes to a moment of the video."""
    page.get_by_role("slider", name="Position").fill(str(video_ms))


def cut_window(page: Page, number: int = 1) -> Locator:
    """Opens a cut in the list of cuts, by keyboard alone."""
    page.locator(".cut-list summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Cut {number} of").focus()
    page.keyboard.press("Enter")
    return page.get_by_role("dialog")
