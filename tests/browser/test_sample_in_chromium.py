"""An empty home page offers a sample."""

import re

from driven import Site
from playwright.sync_api import Browser, Page, expect

BUTTON = "Try the sample"


def test_one_click_begins_a_task_with_the_options_that_are_chosen(page: Page, site: Site):
    page.goto(site.address)
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Cut pauses longer than").select_option("0.7 seconds")
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url(re.compile("/task/[0-9a-f-]{36}$"))
    expect(page.get_by_role("heading", name="Sample.mp4")).to_be_visible()
    [job] = site.backend.store.listed("local", start=0, count=9)[0]
    assert job.params.trim.longest_pause_ms == 700


def test_it_is_done_by_keyboard_and_without_scripts(chromium: Browser, site: Site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address)
    page.get_by_role("button", name=BUTTON).press("Enter")
    expect(page.get_by_role("heading", name="Sample.mp4")).to_be_visible()
    context.close()


def test_a_wrong_option_is_shown_first(page: Page, site: Site):
    page.goto(site.address)
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Tracks to use").fill("the first")
    page.locator("summary", has_text="Options").click()
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_label("Tracks to use")).to_be_focused()
    assert page.url == f"{site.address}/"


def test_it_goes_with_the_first_video_and_comes_back_after_the_last(page: Page, site: Site):
    job = site.put()
    page.goto(site.address)
    expect(page.get_by_role("heading", name="Your videos")).to_be_visible()
    expect(page.get_by_role("button", name=BUTTON)).to_be_hidden()
    site.backend.store.remove(job.id)
    page.evaluate("document.dispatchEvent(new Event('tasks'))")
    expect(page.get_by_role("button", name=BUTTON)).to_be_visible()
