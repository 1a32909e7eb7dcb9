"""The pages on a phone, by a finger alone: taps do what clicks do, and nothing needs a mouse or keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from accessibility import PHONE
from chromium import PATIENCE_MS
from clips import prepared
from driven import Site, until
from lectures import lecture
from page_states import whole
from playwright.sync_api import Browser, Page, expect

from video_automation.jobs.model import State

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A page of a phone; an error in its script, or in its console, fails the test."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    page.evaluate("0")
    in_use = tuple(errors)
    context.close()
    assert not in_use


def told(page: Page, text: str) -> None:
    expect(page.locator("[data-told]")).to_have_text(text)


def editor(page: Page, site: Site, folder: Path, tab: str) -> None:
    """Opens the editor at a tab."""
    page.goto(f"{site.address}/task/{lecture(site, folder.parent / 'lectures').id}/edit")
    told(page, "Up to date")
    page.get_by_role("tab", name=tab).tap()


def test_a_video_is_queued_with_options_and_sent(phone: Page, site: Site, video: Path):
    phone.goto(site.address)
    phone.get_by_label("Choose a file").set_input_files(video)
    expect(phone.get_by_role("list", name="Videos to upload").locator("video")).to_be_visible()
    phone.locator("summary", has_text="Options").tap()
    phone.get_by_text("Let me look first").tap()
    phone.get_by_role("button", name="Upload and process").tap()
    phone.wait_for_url("**/task/*")
    assert site.backend.store.listed("local", start=0, count=1)[0][0].params.review


def test_videos_are_renamed_chosen_deleted_and_brought_back(phone: Page, site: Site, tmp_path: Path):
    job = prepared(site, tmp_path / "media", clips=1)
    phone.goto(site.address)
    phone.get_by_label("Rename talk.mp4").tap()
    phone.get_by_label("New name").fill("Interview")
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_role("heading", name="Interview")).to_be_visible()
    assert site.backend.store.get(job.id).name == "Interview"
    phone.get_by_label("Select Interview").tap()
    phone.get_by_role("button", name="Delete selected").tap()
    expect(phone.locator(".video-row")).to_be_hidden()
    phone.get_by_role("button", name="Undo").tap()
    expect(phone.get_by_role("heading", name="Interview")).to_be_visible()
    phone.get_by_role("heading", name="Interview").get_by_role("link").tap()
    phone.wait_for_url("**/result/*")


def test_work_is_followed_and_stopped(phone: Page, site: Site):
    job = site.put(state=State.PENDING)
    phone.goto(f"{site.address}/task/{job.id}")
    phone.get_by_role("button", name="Cancel", exact=True).tap()
    phone.get_by_role("button", name="Stop", exact=True).tap()
    expect(phone.get_by_text("This task was cancelled.")).to_be_visible()


def test_a_clip_is_opened_changed_and_its_neighbour_dropped(phone: Page, site: Site, tmp_path: Path):
    editor(phone, site, tmp_path, "Clips")
    room = phone.get_by_role("tabpanel", name="Clips")
    room.get_by_role("button", name="Drop “In Mainz”").tap()
    told(phone, "1 change")
    room.get_by_role("button", name="Open “The press”").tap()
    room.get_by_text("Plain", exact=True).tap()
    told(phone, "2 changes")
    room.get_by_role("button", name="End one sentence later").tap()
    told(phone, "3 changes")
    room.get_by_role("button", name="All clips").tap()
    phone.get_by_role("button", name="Undo all").tap()
    told(phone, "Up to date")
    expect(room.get_by_role("button", name="Open “In Mainz”")).to_be_visible()


def test_a_cut_is_heard_and_taken_back(phone: Page, site: Site, tmp_path: Path):
    editor(phone, site, tmp_path, "Words")
    expect(phone.locator("#player .said")).to_be_hidden()
    box = phone.locator("#timeline canvas").bounding_box()
    assert box
    plan = phone.request.get(phone.url.replace("/edit", "/plan")).json()
    cut = plan["cuts"][0]
    middle = (cut["start_ms"] + cut["end_ms"]) / 2 / plan["duration_ms"]
    phone.touchscreen.tap(box["x"] + box["width"] * middle, box["y"] + 60)
    window = phone.get_by_role("dialog", name="Pause, 1.6 s, at 0:29")
    window.get_by_role("button", name="Play what is cut").tap()
    until(phone, f"document.querySelector('#player video').currentTime * 1000 > {cut['start_ms'] + 100}")
    window.get_by_role("button", name="Keep this").tap()
    told(phone, "1 change")


def test_what_could_go_is_removed_and_texts_are_written(phone: Page, site: Site, tmp_path: Path):
    editor(phone, site, tmp_path, "Clean up")
    phone.get_by_role("button", name="Remove 12 filler words").tap()
    told(phone, "1 change")
    phone.get_by_role("tab", name="Texts").tap()
    texts = phone.get_by_role("tabpanel", name="Texts")
    texts.get_by_role("button", name="Use title 2").tap()
    told(phone, "2 changes")
    texts.get_by_role("button", name="Use this frame").tap()
    told(phone, "3 changes")
    with phone.expect_download() as download:
        texts.get_by_role("group").filter(has_text="YouTube").locator("summary").tap()
        texts.get_by_role("link", name="Download all for YouTube").tap()
    assert download.value.suggested_filename == "talk_youtube.zip"


def test_a_result_is_shared_and_guests_watch_it(phone: Page, site: Site, tmp_path: Path):
    phone.goto(f"{site.address}/result/{whole(site, tmp_path / 'media').id}")
    phone.get_by_role("button", name="Make a link").tap()
    phone.get_by_role("link", name="See what guests see").tap()
    phone.get_by_role("link", name="The pause").first.tap()
    until(phone, "document.querySelector('#video').currentTime >= 2")
