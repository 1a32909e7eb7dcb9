"""Clips on the pages: shown as they are finished, in a gallery, cut again; and the texts to publish with."""

import re
from pathlib import Path

import pytest
from clips import MAIN, offer, prepared, running_with, sent
from driven import Site, until
from playwright.sync_api import Browser, Locator, Page, expect
from thorough import few
from web.surroundings import made_again, plan_of

from video_automation.jobs.model import Job, State
from video_automation.jobs.revisions.stored import history_of
from video_automation.plan.edits import ClipSet

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture
def done(site: Site, media: Path) -> Job:
    return prepared(site, media, clips=3)


def opened(page: Page, site: Site, job: Job) -> Locator:
    """Opens a result page; gives its first card, ready for changes."""
    page.goto(f"{site.address}/result/{job.id}")
    card = page.locator(".clip").first
    card.get_by_text("Change this clip").click()
    return card


def test_twelve_clips_are_shown_by_their_covers_and_none_is_loaded(page: Page, site: Site, media: Path):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.address}/result/{prepared(site, media, clips=12).id}")
    page.wait_for_load_state("networkidle")
    names = [address.rpartition("/")[2] for address in asked]
    assert len([name for name in names if re.fullmatch(r"talk_short_\d\d\.jpg", name)]) == 12
    assert {name for name in names if name.endswith(".mp4")} == {MAIN}


def test_a_clip_plays_in_its_own_shape_and_silences_the_others(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    first, second = (page.locator(".clip video").nth(at) for at in (0, 1))
    shown = first.bounding_box()
    assert shown
    assert shown["height"] / shown["width"] == pytest.approx(320 / 180, rel=0.01)
    for video in (first, second):
        video.evaluate("async video => { video.muted = true; video.loop = true; await video.play(); }")
    assert first.evaluate("video => video.paused")
    assert not second.evaluate("video => video.paused")


def test_a_card_says_what_the_clip_is_and_why_it_was_chosen(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    card = page.locator(".clip").first
    expect(card.get_by_role("heading")).to_have_text("Why do most talks lose their audience?")
    expect(card).to_contain_text(re.compile(r"0:01 · score 89 · at\s0:01 of the video"))
    card.get_by_text("Why this one").click()
    expect(card.get_by_role("listitem")).to_have_text(["Opens with a question.", "Spoken faster and louder than the rest."])
    card.get_by_text("More files").click()
    for link, file in (
        ("Download “Why do most talks lose their audience?”", "mp4"),
        ("Cover", "jpg"),
        ("Captions", "srt"),
        ("Edit list (edl)", "edl"),
    ):
        with page.expect_download() as download:
            card.get_by_role("link", name=link, exact=True).click()
        assert download.value.suggested_filename == f"talk_short_01.{file}"


def test_a_clip_without_a_title_is_called_by_its_number(page: Page, site: Site, media: Path):
    page.goto(f"{site.address}/result/{prepared(site, media, clips=4).id}")
    card = page.locator(".clip").nth(3)
    expect(card.get_by_role("heading")).to_have_text("Clip 4")
    expect(card.get_by_role("button", name="Copy title")).to_have_count(0)


def test_titles_are_copied_also_where_the_browser_has_no_clipboard_for_pages(chromium: Browser, site: Site, done: Job):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site.address}/result/{done.id}")
    for title in ("Three habits of calm speakers", "The pause is not your enemy"):
        button = page.locator(f"[data-copy='{title}']:not(.clip *)")
        expect(button).to_have_text("Copy")
        button.click()
        expect(button).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == title
        page.evaluate("navigator.clipboard.writeText = undefined")
    context.close()


def test_a_chapter_leads_the_video_there(page: Page, site: Site, done: Job):
    page.goto(f"{site.address}/result/{done.id}")
    page.locator("#video").evaluate("video => { video.muted = true; }")
    page.get_by_role("link", name="Play from 0:02").click()
    until(page, "document.querySelector('#video').currentTime >= 2")


def test_a_clip_is_cut_again_by_keyboard_and_only_what_was_changed_is_sent(page: Page, site: Site, done: Job):
    card = opened(page, site, done)
    card.get_by_label("End, seconds").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("20.5")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.type("!")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("Whole")
    page.keyboard.press("Tab")
    expect(card.get_by_role("button", name="Update clip")).to_be_focused()
    page.keyboard.press("Enter")
    sent(page)
    edits = history_of(site.backend.folders.of(done.id), site.backend.store.get(done.id)).entries[-1].edits
    wish = ClipSet(clip="1000-33400", end_ms=20_500, title="Why do most talks lose their audience?!", layout="fit")
    assert edits == (wish,)
    assert site.backend.store.get(done.id).state is State.PENDING


def test_a_wrong_wish_is_told_in_the_card_and_nothing_is_lost(page: Page, site: Site, done: Job):
    card = opened(page, site, done)
    cut = card.get_by_role("button", name="Update clip")
    cut.click()
    expect(card.get_by_role("alert")).to_have_text("Change something first.")
    card.get_by_label("Start, seconds").fill("90")
    card.get_by_role("textbox", name="Title").fill("Mine")
    cut.click()
    expect(card.get_by_role("alert")).to_contain_text("starts before it ends")
    expect(card.get_by_role("textbox", name="Title")).to_have_value("Mine")
    page.route("**/clips/*", lambda route: route.abort())
    cut.click()
    expect(card.get_by_role("alert")).to_contain_text("does not answer")
    expect(cut).to_be_enabled()
    assert site.backend.store.get(done.id).state is State.SUCCESS


def test_a_changed_clip_can_be_had_as_it_was_first_cut(page: Page, site: Site, done: Job):
    card = opened(page, site, done)
    expect(card.get_by_role("button", name="Restore original")).to_have_count(0)
    card.get_by_role("textbox", name="Title").fill("Mine")
    card.get_by_role("button", name="Update clip").click()
    sent(page)
    made_again(site.backend, done)
    expect(page.get_by_text("Updated. The player shows the new video.")).to_be_visible()
    opened(page, site, done).get_by_role("button", name="Restore original").click()
    sent(page)
    plan = plan_of(site.backend, done)
    assert plan.clips == plan.decided


def test_a_clip_is_cut_again_without_scripts(chromium: Browser, site: Site, done: Job):
    context = chromium.new_context(java_script_enabled=False)
    card = opened(context.new_page(), site, done)
    card.get_by_label("Start, seconds").fill("3")
    card.get_by_role("button", name="Update clip").click()
    expect(card.page.get_by_text("Next in the queue")).to_be_visible()
    assert plan_of(site.backend, done).clips[0].start_ms == 3_000
    context.close()


def test_clips_come_one_by_one_while_the_rest_is_made_and_one_that_plays_goes_on(page: Page, site: Site, media: Path):
    job = site.put(id="00000000-0000-4000-8000-000000000002", state=State.PROGRESS, stage="render")
    page.goto(f"{site.address}/task/{job.id}")
    expect(page.get_by_role("heading", name="Clips that are ready")).to_be_hidden()
    offer(site, job, media, clips=1)
    cards = page.locator(".clip")
    expect(cards).to_have_count(1)
    expect(cards.first.get_by_role("heading")).to_have_text("Why do most talks lose their audience?")
    video = cards.first.locator("video")
    video.evaluate("async video => { video.muted = true; video.loop = true; await video.play(); }")
    offer(site, job, media, clips=2)
    expect(cards).to_have_count(2)
    assert not video.evaluate("video => video.paused")
    with page.expect_download() as download:
        cards.nth(1).get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "talk_short_02.mp4"


@pytest.mark.parametrize(
    ("width", "scheme"), few([(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")], (360, "dark"), (1280, "light"))
)
def test_pages_with_clips_fit_their_window_and_obey_their_policy(
    chromium: Browser, site: Site, media: Path, done: Job, width: int, scheme: str
):
    running = running_with(site, media, clips=2)
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if "Content Security Policy" in message.text else None)
    opened(page, site, done)
    for card in page.locator(".clip").all()[1:]:
        card.get_by_text("Change this clip").click()
    for address in (None, f"/task/{running.id}"):
        if address:
            page.goto(site.address + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        assert page.locator(".clip :is(button, a.button, input, select)").evaluate_all(
            """all => all.filter(each => each.checkVisibility({ contentVisibilityAuto: true }))
                .every(each => each.scrollWidth <= each.clientWidth || each.matches("input"))"""
        )
    assert not violations
    context.close()
