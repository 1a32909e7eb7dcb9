"""The operators' page in a real browser."""

from pathlib import Path

import pytest
from driven import Site
from playwright.sync_api import Browser, Page, expect

from video_automation.jobs.model import State

LOG = (
    "2026-11-24 19:00:00,000 INFO    - video_automation.web: Listening\n"
    "2026-11-24 19:00:01,000 ERROR   - video_automation.jobs: It failed\n"
)


@pytest.mark.thorough
def test_its_log_is_filtered_by_keyboard_and_without_scripts(page: Page, chromium: Browser, site: Site, tmp_path: Path):
    (tmp_path / "pipeline.log").write_text(LOG)
    context = chromium.new_context(java_script_enabled=False)
    for each in (page, context.new_page()):
        each.goto(f"{site.address}/operator")
        expect(each.get_by_text("Listening")).to_be_visible()
        each.get_by_label("Text").focus()
        each.keyboard.type("FAILED")
        each.keyboard.press("Enter")
        expect(each.get_by_text("It failed")).to_be_visible()
        expect(each.get_by_text("Listening")).to_have_count(0)
        each.get_by_role("link", name="Show all").click()
        expect(each.get_by_text("Listening")).to_be_visible()
    context.close()


def test_it_shows_what_happens_without_a_reload(page: Page, site: Site, tmp_path: Path):
    (tmp_path / "pipeline.log").write_text(LOG)
    page.clock.install()
    page.goto(f"{site.address}/operator")
    page.mouse.move(0, 0)
    expect(page.get_by_text("Nothing is worked on")).to_be_visible()
    site.put(state=State.PROGRESS, progress=43, filename="talk.mp4")
    with page.expect_response("**/operator"):
        page.clock.run_for(5_000)
    expect(page.get_by_text("43 %")).to_be_visible()
    page.route("**/operator", lambda route: route.abort())
    page.clock.run_for(5_000)
    expect(page.locator("[data-live=state]")).to_have_text("The service does not answer.")


def test_a_task_leads_to_its_log(page: Page, site: Site, tmp_path: Path):
    job = site.put(state=State.PROGRESS, filename="talk.mp4")
    log = site.backend.folders.of(job.id).log
    log.parent.mkdir(parents=True)
    log.write_text(LOG.replace("It failed", "ffmpeg -i source"))
    page.goto(f"{site.address}/operator")
    page.get_by_role("link", name="Log of talk.mp4").click()
    expect(page.get_by_role("heading", name="Log of one task")).to_be_visible()
    expect(page.get_by_text("ffmpeg -i source")).to_be_visible()
