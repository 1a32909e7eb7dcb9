"""Who waits for a video and looks elsewhere hears of its end."""

from pathlib import Path

from driven import Site, until
from playwright.sync_api import Page, expect

from video_automation.jobs.model import State

NOTED = """
    window.notified = [];
    window.Notification = class extends Notification {
        static permission = "default";
        static async requestPermission() {
            this.permission = "granted";
        }
        constructor(title, options) {
            super(title, options);
            notified.push([title, options.body]);
        }
    };
"""
"""Notes the notifications that a page shows, which are outside of it. A browser without a screen allows none by itself."""


def test_who_looks_elsewhere_is_notified_and_led_on_when_they_come_back(page: Page, site: Site, video: Path):
    page.add_init_script(NOTED)
    job = site.put(state=State.PROGRESS, stage="render", progress=61, status="Rendering.")
    page.goto(f"{site.address}/task/{job.id}")
    expect(page.get_by_text("Rendering.")).to_be_visible()
    offer = page.get_by_role("button", name="Notify me when it is done")
    offer.press("Enter")
    expect(offer).to_be_hidden()
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    site.finish(job, video)
    until(page, "document.title === 'Your video is ready · talk.mp4'")
    assert page.evaluate("notified") == [["Your video is ready", "talk.mp4"]]
    assert page.url.endswith(f"/task/{job.id}")
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_url(f"**/result/{job.id}")
