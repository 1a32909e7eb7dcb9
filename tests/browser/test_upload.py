"""The whole service in a real browser: a recording goes in, the bar moves, the video comes out and plays."""

import re
from pathlib import Path

from driven import plays
from playwright.sync_api import Page, expect


def test_a_recording_dropped_into_the_page_comes_out_as_a_video_that_plays(page: Page, service: str, video: Path):
    page.goto(service)
    page.get_by_label("Choose a file").set_input_files(video)
    page.get_by_role("button", name="Upload and process").click()
    page.wait_for_url(re.compile("/(task|result)/"))
    page.wait_for_url("**/result/*")
    expect(page.get_by_role("heading", name="my talk.mp4")).to_be_visible()
    plays(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the video").click()
    assert Path(download.value.path()).stat().st_size > 1000


def test_a_file_that_is_no_video_is_refused_with_a_reason_in_the_page(page: Page, service: str, tmp_path: Path):
    text = tmp_path / "notes.mp4"
    text.write_text("These are notes, whatever their name says.")
    page.goto(service)
    page.get_by_label("Choose a file").set_input_files(text)
    page.get_by_role("button", name="Upload and process").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Upload and process")).to_be_enabled()
