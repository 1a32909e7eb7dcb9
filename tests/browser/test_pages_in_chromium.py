"""The pages in a real browser, while a test changes their tasks."""

import re
from pathlib import Path

import pytest
from driven import Site, plays
from places import on_disk
from playwright.sync_api import Browser, Page, Route, expect
from thorough import few

from video_automation.jobs.model import Problem, State

# A browser that leaves a page resets the connection of its video. Werkzeug's server, which these tests use, then forgets to
# close the file. granian, which serves the product, closes it.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


def uploaded(site: Site) -> int:
    return site.backend.store.listed("local", start=0, count=9)[1]


def slow_down(page: Page, bytes_a_second: int) -> None:
    network = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_a_second}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", network)


class TestUpload:
    def test_a_video_is_chosen_sent_and_followed(self, page: Page, site: Site, video: Path):
        page.goto(site.address)
        page.get_by_label("Choose a file").set_input_files(video)
        expect(page.get_by_role("list", name="Videos to upload")).to_contain_text("my talk.mp4")
        page.locator("summary", has_text="Options").click()
        page.get_by_label("Cut pauses longer than").select_option("0.7 seconds")
        page.get_by_label("Quality of the picture").select_option("Higher, larger file")
        page.get_by_role("button", name="Upload and process").click()
        page.wait_for_url(re.compile("/task/[0-9a-f-]{36}$"))
        expect(page.get_by_role("heading", name="my talk.mp4")).to_be_visible()
        expect(page.get_by_text("Next in the queue")).to_be_visible()
        [job] = site.backend.store.listed("local", start=0, count=9)[0]
        assert (job.params.trim_silence, job.params.trim.longest_pause_ms, job.params.encode.crf) == (True, 700, 17)
        assert on_disk(site.backend, job.id).source.read_bytes() == video.read_bytes()

    def test_a_video_that_was_chosen_before_the_scripts_came_is_shown(self, page: Page, site: Site, video: Path):
        held: list[Route] = []
        page.route("**/upload.js", lambda route: held.append(route))  # noqa: PLW0108
        page.goto(site.address, wait_until="commit")
        page.get_by_label("Choose a file").set_input_files(video)
        expect(page.get_by_role("list", name="Videos to upload")).not_to_contain_text("my talk.mp4")
        while not held:
            page.wait_for_timeout(20)
        held[0].continue_()
        expect(page.get_by_role("list", name="Videos to upload")).to_contain_text("my talk.mp4")

    def test_it_can_be_done_by_keyboard_alone(self, page: Page, site: Site, video: Path):
        page.goto(site.address)
        page.get_by_label("Choose a file").set_input_files(video)
        page.get_by_label("Choose a file").focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Remove my talk.mp4")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # opens the options
        page.keyboard.press("Tab")
        page.keyboard.press("Space")  # cuts no pauses
        send = page.get_by_role("button", name="Upload and process")
        for _ in range(30):
            page.keyboard.press("Tab")
            if send.evaluate("button => button === document.activeElement"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/task/*")
        assert not site.backend.store.listed("local", start=0, count=1)[0][0].params.trim_silence

    def test_it_shows_how_much_is_sent_and_can_be_cancelled(self, page: Page, site: Site, tmp_path: Path):
        large = tmp_path / "large.mp4"
        large.write_bytes(bytes(20_000_000))
        page.goto(site.address)
        slow_down(page, 500_000)
        page.get_by_label("Choose a file").set_input_files(large)
        page.get_by_role("button", name="Upload and process").click()
        expect(page.locator("[data-sent]")).to_contain_text(re.compile(r"\d MB of 20\.0 MB"))
        expect(page.locator("[data-speed]")).to_contain_text(re.compile(r"kB/s · .* left"))
        page.get_by_role("button", name="Cancel upload").click()
        expect(page.get_by_text("Nothing was kept")).to_be_visible()
        expect(page.get_by_label("Choose a file")).to_be_focused()
        expect(page.get_by_role("button", name="Upload and process")).to_be_visible()
        assert uploaded(site) == 0

    def test_no_video_at_all_is_asked_for_and_what_is_too_large_is_not_sent_at_all(
        self, page: Page, site: Site, tmp_path: Path
    ):
        large = tmp_path / "large.mp4"
        with large.open("wb") as file:
            file.truncate(65_000_000)
        page.goto(site.address)
        page.get_by_role("button", name="Upload and process").click()
        expect(page.get_by_role("alert")).to_contain_text("Choose a video first")
        page.get_by_label("Choose a file").set_input_files(large)
        expect(page.get_by_role("alert")).to_have_text("This file is 65.0 MB. The limit is 64.0 MB.")
        page.get_by_role("button", name="Upload and process").click()
        expect(page.get_by_text("None of these files can be uploaded.")).to_be_visible()
        assert uploaded(site) == 0

    def test_a_refusal_is_shown_and_the_video_stays_chosen(self, page: Page, site: Site, video: Path):
        page.goto(site.address)
        page.locator("#quality").evaluate("select => select.options[0].value = '99'")
        page.locator("summary", has_text="Options").click()
        page.get_by_label("Quality of the picture").select_option("Higher, larger file")
        page.get_by_label("Choose a file").set_input_files(video)
        page.get_by_role("button", name="Upload and process").click()
        expect(page.get_by_role("alert")).to_contain_text("crf")
        page.get_by_label("Quality of the picture").select_option("Standard")
        page.get_by_role("button", name="Upload and process").click()
        page.wait_for_url("**/task/*")

    def test_a_video_can_be_dropped_anywhere(self, page: Page, site: Site):
        page.goto(site.address)
        page.evaluate(
            """() => {
                const carried = new DataTransfer();
                carried.items.add(new File(["video"], "dropped.mp4"));
                for (const type of ["dragover", "drop"]) {
                    const options = { dataTransfer: carried, bubbles: true, cancelable: true };
                    document.body.dispatchEvent(new DragEvent(type, options));
                }
            }"""
        )
        expect(page.get_by_role("list", name="Videos to upload")).to_contain_text("dropped.mp4")

    def test_it_works_without_scripts(self, chromium: Browser, site: Site, video: Path):
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(site.address)
        field = page.locator("#file")  # the browser's own field, which shows the chosen file
        field.set_input_files(video)
        assert field.bounding_box()["width"] > 100  # type: ignore[index]
        page.get_by_role("button", name="Upload and process").click()
        expect(page.get_by_role("heading", name="my talk.mp4")).to_be_visible()
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("This task was cancelled.")).to_be_visible()
        page.get_by_role("button", name="Delete video").click()
        expect(page.get_by_role("heading", name="Delete this video?")).to_be_visible()
        page.get_by_role("button", name="Delete video").click()
        page.wait_for_url(f"{site.address}/")
        assert uploaded(site) == 0
        context.close()


class TestProgress:
    def test_the_bar_moves_and_ends_at_the_result_which_plays(self, page: Page, site: Site, video: Path):
        job = site.put(state=State.PROGRESS, stage="listen", progress=20, status="Listening.", attempts=1)
        page.goto(f"{site.address}/task/{job.id}")
        bar = page.get_by_role("progressbar", name="Progress")
        expect(bar).to_have_attribute("aria-valuenow", "20")
        site.move(job, stage="render", progress=61, status="Rendering, 2 of 3 seconds", eta_seconds=140)
        expect(bar).to_have_attribute("aria-valuenow", "61")
        expect(page.locator("[aria-current=step]")).to_have_text("Rendering")
        expect(page.get_by_text("Rendering, 2 of 3 seconds")).to_be_visible()
        expect(page.get_by_text("About 3 min left")).to_be_visible()
        page.reload()
        expect(bar).to_have_attribute("aria-valuenow", "61")
        site.finish(job, video)
        page.wait_for_url(f"**/result/{job.id}")
        plays(page)
        with page.expect_download() as download:
            page.get_by_role("link", name="Download the video").click()
        assert download.value.suggested_filename == "processed_talk.mp4"
        assert Path(download.value.path()).read_bytes() == video.read_bytes()

    def test_it_asks_every_two_seconds_and_seldom_while_nobody_looks(self, page: Page, site: Site):
        job = site.put(state=State.PROGRESS)
        page.clock.install()
        page.goto(f"{site.address}/task/{job.id}")
        shown = page.locator("[data-progress]")

        def is_shown_after(seconds: int, progress: int) -> None:
            before = shown.text_content()
            site.move(job, progress=progress)
            page.clock.run_for(seconds * 1000 - 200)
            assert shown.text_content() == before
            page.clock.run_for(200)
            expect(shown).to_have_text(str(progress))

        page.clock.pause_at(page.evaluate("Date.now()") + 60_000)
        site.move(job, progress=2)
        while shown.text_content() != "2":  # from then on the time of its next request is known to 100 ms
            page.clock.run_for(100)
        for progress in (3, 4):
            is_shown_after(2, progress)
        page.evaluate("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
        is_shown_after(2, 5)
        is_shown_after(15, 6)
        site.move(job, progress=7)
        page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
        expect(shown).to_have_text("7")

    def test_it_says_when_the_service_does_not_answer_and_goes_on_when_it_does(self, page: Page, site: Site):
        job = site.put(state=State.PROGRESS, progress=5)
        page.clock.install()
        page.goto(f"{site.address}/task/{job.id}")
        page.route("**/task/*", lambda route: route.abort())
        trouble = page.get_by_role("alert")
        for _ in range(50):  # the wait for the next try begins only once the failure is known
            if trouble.is_visible():
                break
            page.clock.run_for(1_000)
        expect(trouble).to_contain_text("does not answer")
        page.unroute("**/task/*")
        site.move(job, progress=50)
        page.clock.run_for(30_000)
        expect(page.locator("[data-progress]")).to_have_text("50")
        expect(page.get_by_role("alert")).to_be_hidden()

    def test_a_failure_is_shown_with_its_reason_and_a_way_on(self, page: Page, site: Site):
        job = site.put(state=State.PROGRESS)
        page.goto(f"{site.address}/task/{job.id}")
        site.move(job, state=State.FAILURE, problem=Problem("no_picture", "There is no picture in this file."))
        expect(page.get_by_text("There is no picture in this file.")).to_be_visible()
        page.get_by_role("link", name="Upload again").click()
        page.wait_for_url(f"{site.address}/")

    def test_cancelling_is_asked_about_first(self, page: Page, site: Site):
        job = site.put(state=State.PENDING)
        page.goto(f"{site.address}/task/{job.id}")
        page.get_by_role("button", name="Cancel", exact=True).click()
        expect(page.get_by_role("dialog")).to_contain_text("Stop processing?")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        assert site.backend.store.get(job.id).state is State.PENDING
        page.get_by_role("button", name="Cancel", exact=True).click()
        page.get_by_role("button", name="Stop", exact=True).click()
        expect(page.get_by_text("This task was cancelled.")).to_be_visible()
        assert site.backend.store.get(job.id).state is State.REVOKED


def test_deleting_is_asked_about_first_and_ends_on_the_front_page(page: Page, site: Site, video: Path):
    job = site.put()
    site.finish(job, video)
    page.goto(f"{site.address}/result/{job.id}")
    page.get_by_role("button", name="Delete video").click()
    expect(page.get_by_text("talk.mp4")).to_be_visible()
    page.get_by_role("link", name="Keep").click()
    page.wait_for_url(f"{site.address}/result/{job.id}")
    page.get_by_role("button", name="Delete video").click()
    page.get_by_role("button", name="Delete video").click()
    page.wait_for_url(f"{site.address}/")
    assert uploaded(site) == 0
    assert not on_disk(site.backend, job.id).output.exists()


@pytest.mark.parametrize(
    ("width", "scheme"), few([(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")], (360, "dark"), (1280, "light"))
)
def test_every_page_fits_its_window_and_obeys_its_own_policy(
    chromium: Browser, site: Site, video: Path, width: int, scheme: str
):
    done = site.put(filename="a name without a single place to break it " + "x" * 150)
    site.finish(done, video)
    running = site.put(id="00000000-0000-4000-8000-000000000002", state=State.PROGRESS)
    failed = site.put(id="00000000-0000-4000-8000-000000000003", state=State.FAILURE, problem=Problem("x", "It failed. " * 30))
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None)
    for address in (
        "/",
        f"/delete?task={done.id}",
        f"/result/{done.id}",
        f"/task/{running.id}",
        f"/task/{failed.id}",
        "/operator",
        "/nowhere",
    ):
        page.goto(site.address + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        light = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => part > 128)")
        assert light == (scheme == "light")
    assert not violations
    context.close()
