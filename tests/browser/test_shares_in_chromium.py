"""What guests see under a share link in a real browser: by mouse, by keyboard, with a password, without scripts."""

from dataclasses import replace
from pathlib import Path

import pytest
from clips import prepared
from driven import Site, until
from places import on_disk, write_manifest
from playwright.sync_api import Browser, Page, expect

from video_automation.jobs.model import Job
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")

SAID = ("[00:00] Most talks lose their audience.\n", "[00:02] The pause is not your enemy.\n", "[00:03] Use it.\n")


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture
def done(site: Site, media: Path) -> Job:
    """A finished task with clips, chapters and a transcript."""
    job = prepared(site, media, clips=3)
    output = on_disk(site.backend, job.id).result(job)
    made = manifest.read_manifest(output.manifest)
    (output.folder / "talk.txt").write_text("\n".join(SAID))
    text = Artifact("talk.txt", "transcript", "text/plain")
    output.manifest.unlink()
    write_manifest(replace(made, artifacts=(*made.artifacts, text)), output.manifest)
    return job


def shared(page: Page, site: Site, job: Job, *, password: str = "") -> str:
    """Makes a share link on a result page; gives its address."""
    page.goto(f"{site.address}/result/{job.id}")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Make a link").click()
    return page.locator("#share code").inner_text()


def silent(page: Page) -> None:
    page.locator("#video").evaluate("video => { video.muted = true; }")


def is_at(page: Page, seconds: float) -> None:
    until(page, f"document.querySelector('#video').currentTime >= {seconds}")


def test_chapters_and_sentences_lead_the_video_there_and_show_where_it_is(page: Page, site: Site, done: Job):
    page.goto(shared(page, site, done))
    silent(page)
    chapters = page.get_by_role("navigation", name="Chapters")
    chapters.get_by_role("link", name="The pause").click()
    is_at(page, 2)
    expect(chapters.get_by_role("listitem").nth(1)).to_have_attribute("aria-current", "true")
    expect(page.locator(".said li").nth(1)).to_have_attribute("aria-current", "true")
    page.locator("#video").evaluate("video => video.pause()")
    page.get_by_role("link", name="Play from 0:00").click()
    expect(chapters.get_by_role("listitem").nth(0)).to_have_attribute("aria-current", "true")
    assert page.url.startswith(f"{site.address}/s/")


def test_it_can_be_done_by_keyboard_alone(page: Page, site: Site, done: Job):
    page.goto(shared(page, site, done))
    silent(page)
    page.get_by_role("link", name="What to do").focus()
    page.keyboard.press("Enter")
    is_at(page, 3)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the video").focus()
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "processed_talk.mp4"


def test_an_address_with_a_time_plays_from_there(page: Page, site: Site, done: Job):
    for address in (shared(page, site, done), f"{site.address}/result/{done.id}"):
        page.goto(f"{address}#t=2.5")
        until(page, "document.querySelector('#video').currentTime >= 2.5")
        page.evaluate("location.hash = 't=1'")
        until(page, "document.querySelector('#video').currentTime < 2.5")


def test_a_clip_plays_and_is_saved(page: Page, site: Site, done: Job):
    page.goto(shared(page, site, done))
    clip = page.locator(".clip").nth(1)
    clip.locator("video").evaluate("async video => { video.muted = true; await video.play(); }")
    with page.expect_download() as download:
        clip.get_by_role("link", name="Download “Three habits of calm speakers”").click()
    assert download.value.suggested_filename == "talk_short_02.mp4"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all clips as a zip").click()
    assert download.value.suggested_filename.endswith("_clips.zip")


def test_a_password_is_asked_for_once(page: Page, chromium: Browser, site: Site, done: Job):
    link = shared(page, site, done, password="sesame")
    expect(page.get_by_text("and its password")).to_be_visible()
    context = chromium.new_context()
    guest = context.new_page()
    guest.goto(link)
    assert guest.title() == "A shared video"
    guest.get_by_label("Password").fill("open")
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("alert")).to_have_text("This password is not right.")
    guest.get_by_label("Password").fill("sesame")
    guest.get_by_role("button", name="Watch").click()
    expect(guest.get_by_role("heading", name="Why do most talks lose their audience?", level=1)).to_be_visible()
    guest.reload()
    guest.locator("video#video").evaluate("video => { video.muted = true; }")
    guest.get_by_role("link", name="The pause", exact=False).first.click()
    is_at(guest, 2)
    assert guest.evaluate("document.cookie") == "", "no script can read it"
    context.close()


def test_it_works_without_scripts(page: Page, chromium: Browser, site: Site, done: Job):
    link = shared(page, site, done)
    context = chromium.new_context(java_script_enabled=False)
    guest = context.new_page()
    guest.goto(link)
    expect(guest.get_by_text("The pause is not your enemy.").last).to_be_visible()
    place = guest.get_by_role("link", name="Play from 0:02").get_attribute("href")
    assert place is not None
    assert place.endswith("/files/processed_talk.mp4#t=2.0")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_its_window_and_obeys_its_policy(page: Page, chromium: Browser, site: Site, done: Job, width: int, scheme: str):
    link = shared(page, site, done)
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    guest = context.new_page()
    said: list[str] = []
    guest.on("console", lambda message: said.append(message.text))
    guest.goto(link)
    assert guest.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = guest.locator("a:not(.said a), button, input, summary").evaluate_all(
        """all => all.filter(each => each.checkVisibility() && !each.matches(".skip"))
            .map(each => [each.textContent.trim(), each.getBoundingClientRect()])
            .filter(([_, box]) => box.width < 24 || box.height < 23.9).map(([text]) => text)"""
    )
    assert small == []
    assert said == []
    context.close()
