"""The list of videos in a real browser: progress bars, search, names, several videos at once, deletion with undo."""

import zipfile
from pathlib import Path

import pytest
from clips import offer, prepared
from driven import Site, until
from places import on_disk
from playwright.sync_api import Locator, Page, expect

from video_automation.jobs.catalog.spoken_words import SPOKEN, spoken_file
from video_automation.jobs.model import Job, State
from video_automation.render.captions.transcripts import VideoSentence, VideoTranscript, VideoWord

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


def task(at: int) -> str:
    return f"00000000-0000-4000-8000-{at:012}"


def row(page: Page, name: str) -> Locator:
    return page.locator(".video-row").filter(has=page.get_by_role("heading", name=name))


def there(site: Site) -> int:
    return site.backend.store.listed("local", start=0, count=9)[1]


@pytest.fixture
def three(site: Site, video: Path) -> list[Job]:
    """Three finished tasks."""
    jobs = [site.put(id=task(at), filename=f"talk {at}.mp4", created_at=1_750_000_000.0 + at) for at in (1, 2, 3)]
    return [site.finish(job, video) for job in jobs]


def test_an_empty_home_has_no_list_and_no_search(page: Page, site: Site):
    page.goto(site.address)
    expect(page.get_by_role("heading", name="Your videos")).to_be_hidden()


def test_a_row_shows_a_picture_lengths_and_clips(page: Page, site: Site, tmp_path: Path):
    prepared(site, tmp_path, clips=2)
    page.goto(site.address)
    expect(row(page, "talk.mp4")).to_contain_text("1:40 →cut to 0:04 · 2 clips")
    picture = row(page, "talk.mp4").locator("img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    row(page, "talk.mp4").get_by_role("link", name="talk.mp4").click()
    page.wait_for_url("**/result/*")


def test_the_bar_of_a_task_at_work_moves_and_its_row_changes_when_it_is_done(
    page: Page, site: Site, tmp_path: Path, video: Path
):
    job = site.put(state=State.PROGRESS, stage="listen", progress=20, status="Listening.", attempts=1, duration_ms=9_000)
    page.clock.install()
    page.goto(site.address)
    bar = page.get_by_role("progressbar", name="Progress of talk.mp4")
    expect(bar).to_have_js_property("value", 20)
    site.move(job, progress=61, stage="render", status="Rendering", eta_seconds=140)
    page.clock.run_for(3_000)
    expect(bar).to_have_js_property("value", 61)
    expect(page.get_by_text("Rendering · about 3 min left")).to_be_visible()
    assert row(page, "talk.mp4").locator("img").count() == 0
    page.get_by_label("Select talk.mp4").check()
    offer(site, job, tmp_path, clips=1)
    page.clock.run_for(3_000)
    expect(row(page, "talk.mp4").locator("img")).to_be_visible()
    expect(page.get_by_label("Select talk.mp4")).to_be_checked()
    site.finish(job, video)
    page.clock.run_for(3_000)
    expect(row(page, "talk.mp4")).to_contain_text("Ready")
    expect(bar).to_be_hidden()


def test_what_was_said_is_found_as_one_types_and_leads_to_that_second(page: Page, site: Site, three: list[Job]):
    words = ["The", "printing", "press", "was", "made", "in", "Mainz."]
    said = tuple(VideoWord(200 * at, 200 * at + 99, 200 * at, 200 * at + 99, text, 90) for at, text in enumerate(words))
    told = VideoTranscript("en", 99, (), (), (VideoSentence(0, 1, 0, 1, "", said),))
    (on_disk(site.backend, three[1].id).result(three[1]).folder / SPOKEN).write_bytes(spoken_file(told))
    page.goto(site.address)
    page.get_by_role("searchbox").press_sequentially("máde in mai")
    expect(page.locator(".video-row")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 video")).to_be_visible()
    hit = page.get_by_role("link", name="0:00 …The printing press was made in Mainz.")
    expect(hit.locator("mark")).to_have_text("made in Mainz.")
    assert page.url.endswith("/?q=m%C3%A1de+in+mai")
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("máde in mai")
    hit.click()
    page.wait_for_url(f"**/result/{three[1].id}#t=0.8")
    until(page, "document.querySelector('#video').currentTime >= 0.8")
    page.go_back()
    page.get_by_role("searchbox").fill("")
    expect(page.locator(".video-row")).to_have_count(3)
    page.get_by_role("searchbox").fill("nobody said this")
    expect(page.get_by_text("Nothing found.")).to_be_visible()


def test_a_video_is_renamed_by_keyboard_alone(page: Page, site: Site, three: list[Job]):
    page.goto(site.address)
    page.get_by_label("Rename talk 2.mp4").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("New name").nth(1)).to_be_focused()
    page.keyboard.type("Interview")
    page.keyboard.press("Enter")
    expect(row(page, "Interview")).to_be_visible()
    expect(page.get_by_label("Rename Interview")).to_be_focused()
    assert site.backend.store.get(three[1].id).name == "Interview"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_label("New name").nth(1)).to_be_hidden()
    expect(page.get_by_label("Rename Interview")).to_be_focused()


class TestDeletion:
    def test_can_be_undone_for_ten_seconds(self, page: Page, site: Site, three: list[Job]):
        page.clock.install()
        page.goto(site.address)
        page.get_by_role("button", name="Delete talk 2.mp4").click()
        expect(row(page, "talk 2.mp4")).to_be_hidden()
        expect(page.get_by_text("“talk 2.mp4” will be deleted.")).to_be_visible()
        page.clock.run_for(9_000)
        assert there(site) == 3
        page.keyboard.press("Enter")  # on Undo
        expect(row(page, "talk 2.mp4")).to_be_visible()
        expect(row(page, "talk 2.mp4").get_by_role("link", name="talk 2.mp4")).to_be_focused()
        page.clock.run_for(20_000)
        assert there(site) == 3
        page.get_by_role("button", name="Delete talk 2.mp4").click()
        page.mouse.move(0, 0)
        with page.expect_response(lambda answer: answer.request.method == "DELETE"):
            page.clock.run_for(10_000)
        expect(page.locator(".video-row")).to_have_count(2)
        assert there(site) == 2
        assert not on_disk(site.backend, three[1].id).output.exists()

    def test_happens_when_the_page_is_left(self, page: Page, site: Site, three: list[Job]):
        page.goto(site.address)
        page.get_by_role("button", name="Delete talk 2.mp4").click()
        page.goto(f"{site.address}/result/{three[0].id}")
        page.goto(site.address)
        expect(page.locator(".video-row")).to_have_count(2)

    def test_of_several_at_once_by_keyboard(self, page: Page, site: Site, three: list[Job]):
        page.clock.install()
        page.goto(site.address)
        expect(page.get_by_role("button", name="Delete selected")).to_be_hidden()
        for at in (1, 3):
            page.get_by_label(f"Select talk {at}.mp4").focus()
            page.keyboard.press("Space")
        expect(page.get_by_text("2 selected")).to_be_visible()
        page.get_by_role("button", name="Delete selected").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_text("2 videos will be deleted.")).to_be_visible()
        page.clock.run_for(11_000)
        expect(page.locator(".video-row")).to_have_count(1)
        expect(page.get_by_text("2 selected")).to_be_hidden()
        assert [job.id for job in site.backend.store.listed("local", start=0, count=9)[0]] == [three[1].id]

    def test_of_what_is_worked_on_again_meanwhile_says_why_not(self, page: Page, site: Site, three: list[Job]):
        page.clock.install()
        page.goto(site.address)
        page.get_by_role("button", name="Delete talk 2.mp4").click()
        site.move(three[1], state=State.PROGRESS, stage="render")
        page.mouse.move(0, 0)
        page.clock.run_for(10_000)
        expect(page.get_by_role("alert")).to_contain_text("This task has not ended")
        expect(row(page, "talk 2.mp4")).to_be_visible()
        assert there(site) == 3

    def test_takes_what_has_no_files_off_the_list(self, page: Page, site: Site):
        site.put(state=State.SUCCESS, cleaned=True, output_filename="processed_talk.mp4")
        page.goto(site.address)
        expect(page.get_by_text("Files deleted")).to_be_visible()
        page.get_by_role("button", name="Remove from the list: talk.mp4").click()
        page.goto(site.address)
        expect(page.get_by_role("heading", name="Your videos")).to_be_hidden()


def test_several_are_downloaded_as_one_file(page: Page, site: Site, three: list[Job], tmp_path: Path):
    page.goto(site.address)
    page.get_by_label("Select talk 1.mp4").check()
    page.get_by_label("Select talk 2.mp4").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download selected").click()
    download.value.save_as(tmp_path / "videos.zip")
    assert zipfile.ZipFile(tmp_path / "videos.zip").namelist() == ["talk_2/processed_talk.mp4", "talk_1/processed_talk.mp4"]
    assert three
