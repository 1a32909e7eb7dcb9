"""Signing in, sharing and signing out in a real browser."""

import re
import time
from pathlib import Path

import pytest
from doors import ANN, keyed_access
from driven import Site, plays
from playwright.sync_api import Browser, Page, Route, expect

from video_automation.access.quotas import Quotas
from video_automation.access.repositories import Access

pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def access() -> Access:
    return keyed_access(quotas=Quotas(films_a_day=1))


def sign_in(page: Page, site: Site) -> None:
    """Signs in; returns once the front page and its scripts are loaded."""
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("Key").fill(ANN)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.address}/")


def test_a_visitor_signs_in_shares_a_result_takes_it_back_and_signs_out(
    page: Page, chromium: Browser, site: Site, video: Path
) -> None:
    job = site.put(owner="ann")
    site.finish(job, video)
    page.goto(f"{site.address}/result/{job.id}")
    page.get_by_label("Key").fill("a key that is none")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("This key does not open this service.")
    page.get_by_label("Key").fill(ANN)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="talk.mp4")).to_be_visible()
    assert page.url == f"{site.address}/result/{job.id}"
    assert page.evaluate("document.cookie") == "", "no script can read the session"

    page.get_by_role("button", name="Make a link").click()
    link = page.locator("#share code").inner_text()
    guests = chromium.new_context(viewport={"width": 390, "height": 844})
    guest = guests.new_page()
    guest.goto(link)
    plays(guest)
    with guest.expect_download() as download:
        guest.get_by_role("link", name="Download the video").click()
    assert Path(download.value.path()).read_bytes() == video.read_bytes()
    assert guest.locator("main form").count() == 0
    assert guest.evaluate("document.documentElement.scrollWidth") == 390

    page.get_by_role("button", name="Turn off link").click()
    expect(page.get_by_role("button", name="Make a link")).to_be_visible()
    guest.reload()
    expect(guest.get_by_text("This link does not work any more")).to_be_visible()
    guests.close()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_who_has_used_up_a_day_is_told_when_to_come_back_and_nothing_counts_down(page: Page, site: Site, video: Path) -> None:
    job = site.put(owner="ann", created_at=time.time() - 19.5 * 3600)
    sign_in(page, site)
    page.get_by_label("Choose a file").set_input_files(video)
    upload = page.get_by_role("button", name="Upload and process")
    upload.click()
    expect(page.get_by_role("alert")).to_have_text("Your key allows 1 video a day. Try again in 5 hours.")
    expect(page.get_by_text("Going on in")).to_be_hidden()
    site.move(job, created_at=1.0)
    upload.click()
    page.wait_for_url(re.compile("/task/"))


def test_what_has_arrived_stays_where_only_the_day_is_used_up(page: Page, site: Site, video: Path) -> None:
    sign_in(page, site)
    page.get_by_label("Choose a file").set_input_files(video)

    def another_came_first(route: Route) -> None:
        site.put(owner="ann", created_at=time.time())
        route.continue_()

    page.route("**/files/*", another_came_first, times=1)
    page.get_by_role("button", name="Upload and process").click()
    expect(page.get_by_role("alert")).to_have_text("Your key allows 1 video a day. Try again in 24 hours.")
    assert page.evaluate("localStorage.length") == 1
