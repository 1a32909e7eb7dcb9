"""Captions on the result page: they are shown, lead the player to their time, are corrected and saved."""

from pathlib import Path

import pytest
from clips import sent
from driven import Site, plays, until
from places import on_disk
from playwright.sync_api import Locator, Page, expect
from thorough import few
from web.surroundings import captioned_files, made_again, plan_of

from video_automation.jobs.lifecycle.recaptioning import replace_captions
from video_automation.jobs.model import Job, Problem, State
from video_automation.plan.params import CaptionParams, Params

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")

VTT = "WEBVTT\n\n00:00.500 --> 00:02.000\nHello wirld.\n\n00:02.500 --> 00:05.000\nR&amp;D is\n&lt;here&gt;.\n"


def captioned(site: Site, video: Path, vtt: str = VTT, **changes: object) -> Job:
    job = site.finish(site.put(**changes), video)
    captioned_files(on_disk(site.backend, job.id), job, vtt)
    return job


def written(site: Site, job: Job) -> list[str]:
    """The captions in a task's plan, as a person has written them."""
    return [cue.text for cue in plan_of(site.backend, job).captions or ()]


def opened(page: Page, site: Site, job: Job) -> Locator:
    """Opens a result page; gives the fields of its captions once they are shown."""
    page.goto(f"{site.address}/result/{job.id}")
    fields = page.locator("[data-cues] textarea")
    expect(fields.first).to_be_visible()
    return fields


def track_mode(page: Page) -> str:
    mode: str = page.locator("video").evaluate("video => video.textTracks[0].mode")
    return mode


def test_a_corrected_caption_is_saved_and_the_page_stays_until_it_shows_the_new_result(page: Page, site: Site, video: Path):
    job = captioned(site, video)
    fields = opened(page, site, job)
    save = page.get_by_role("button", name="Save corrections")
    expect(save).to_be_disabled()
    fields.nth(0).fill("Hello <World> & all.")
    expect(page.get_by_text("1 caption changed")).to_be_visible()
    with page.expect_request("**/edits") as asked:
        save.click()
    expect(page.get_by_text("Next in the queue")).to_be_visible()
    [edit] = asked.value.post_data_json["edits"]
    corrected = edit["vtt"]
    assert corrected == (
        "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nHello &lt;World&gt; &amp; all.\n\n"
        "00:00:02.500 --> 00:00:05.000\nR&amp;D is\n&lt;here&gt;.\n"
    )
    assert written(site, job) == ["Hello <World> & all.", "R&D is <here>."]
    place = on_disk(site.backend, job.id)
    (place.result(job).folder / "video.vtt").write_text(corrected)
    made_again(site.backend, job)
    expect(page.get_by_text("Updated. The player shows the new video.")).to_be_visible()
    expect(fields.nth(0)).to_have_value("Hello <World> & all.")
    expect(fields.nth(1)).to_have_value("R&D is\n<here>.")
    expect(save).to_be_disabled()
    expect(page.get_by_role("heading", name="Captions")).to_be_focused()


def test_it_can_be_done_by_keyboard_alone(page: Page, site: Site, video: Path):
    job = captioned(site, video)
    fields = opened(page, site, job)
    page.locator("video").evaluate("video => { video.muted = true; }")
    page.get_by_role("link", name="Skip the captions").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(fields.nth(1)).to_be_focused()
    page.keyboard.press("Control+Enter")
    until(page, "document.querySelector('video').currentTime >= 2.5")
    page.keyboard.press("Shift+Tab")
    expect(fields.nth(0)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" Indeed.")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save corrections")).to_be_focused()
    page.keyboard.press("Enter")
    sent(page)
    assert written(site, job)[0] == "Hello wirld. Indeed."


def test_there_is_a_way_past_the_captions(page: Page, site: Site, video: Path):
    opened(page, site, captioned(site, video))
    page.get_by_role("link", name="Skip the captions").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="processed_talk.mp4")).to_be_focused()


def test_the_time_of_a_caption_leads_the_video_there_and_the_list_shows_where_it_is(page: Page, site: Site, video: Path):
    opened(page, site, captioned(site, video))
    page.locator("video").evaluate("video => { video.muted = true; }")
    page.get_by_role("button", name="Play from 0:02").click()
    until(page, "document.querySelector('video').currentTime >= 2.5")
    expect(page.get_by_role("listitem").filter(has=page.get_by_role("button", name="Play from 0:02"))).to_have_attribute(
        "aria-current", "true"
    )


def test_changes_can_be_undone_and_an_emptied_caption_is_left_out(page: Page, site: Site, video: Path):
    job = captioned(site, video)
    fields = opened(page, site, job)
    fields.nth(1).fill("Gone wrong")
    page.get_by_role("button", name="Undo changes").click()
    expect(fields.nth(1)).to_have_value("R&D is\n<here>.")
    fields.nth(0).fill("  \n")
    page.get_by_role("button", name="Save corrections").click()
    sent(page)
    assert len(written(site, job)) == 1


def test_a_refusal_is_shown_and_nothing_that_was_written_is_lost(page: Page, site: Site, video: Path):
    job = captioned(site, video)
    fields = opened(page, site, job)
    fields.nth(0).fill("")
    fields.nth(1).fill("")
    save = page.get_by_role("button", name="Save corrections")
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("captions")
    fields.nth(1).fill("Something.")
    page.route("**/edits", lambda route: route.abort())
    save.click()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    expect(fields.nth(1)).to_have_value("Something.")
    page.unroute("**/edits")
    save.click()
    sent(page)


def test_corrections_that_could_not_be_made_into_a_video_are_still_there(page: Page, site: Site, video: Path):
    job = captioned(site, video)
    fields = opened(page, site, job)
    fields.nth(0).fill("Hello world.")
    page.get_by_role("button", name="Save corrections").click()
    sent(page)
    problem = Problem("no_space", "The disk is full.")
    site.move(job, state=State.SUCCESS, problem=problem, status="The disk is full. The video is as it was before.")
    expect(page.get_by_role("group", name="Changes")).to_contain_text("The disk is full. The video is as it was before.")
    expect(fields.nth(0)).to_have_value("Hello world.")
    expect(page.get_by_role("button", name="Save corrections")).to_be_enabled()


def test_two_tabs_correct_two_captions_and_neither_is_lost(page: Page, site: Site, video: Path):
    job = captioned(site, video)
    fields = opened(page, site, job)
    fields.nth(1).fill("R&D is over there.")
    replace_captions(site.backend, job.id, VTT.replace("wirld", "world").encode())  # another tab's
    place = on_disk(site.backend, job.id)
    (place.result(job).folder / "video.vtt").write_text(VTT.replace("wirld", "world"))
    made_again(site.backend, job)
    page.get_by_role("button", name="Save corrections").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody changed this video meanwhile. Reload the page")
    assert written(site, job)[0] == "Hello world."
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(fields.nth(0)).to_have_value("Hello world.")
    expect(fields.nth(1)).to_have_value("R&D is over there.")
    page.get_by_role("button", name="Save corrections").click()
    sent(page)
    assert written(site, job) == ["Hello world.", "R&D is over there."]


def test_going_back_to_the_automatic_captions_is_asked_about_first(page: Page, site: Site, video: Path):
    job = captioned(site, video)
    replace_captions(site.backend, job.id, VTT.encode())
    made_again(site.backend, job)
    opened(page, site, job)
    button = page.get_by_role("button", name="Restore automatic captions")
    button.click()
    page.get_by_role("button", name="Keep corrections").click()
    assert written(site, job)
    button.click()
    page.get_by_role("button", name="Drop corrections").click()
    sent(page)
    assert plan_of(site.backend, job).captions is None


@pytest.mark.parametrize(("burned", "mode"), [(True, "disabled"), (False, "showing")])
def test_captions_are_shown_once(page: Page, site: Site, video: Path, burned: bool, mode: str):
    job = captioned(site, video, params=Params(captions=CaptionParams(burn_captions=burned)))
    opened(page, site, job)
    assert track_mode(page) == mode
    plays(page)
    assert track_mode(page) == mode


@pytest.mark.parametrize("width", few([360, 1280], 360))
def test_a_thousand_captions_can_be_worked_on(page: Page, site: Site, video: Path, width: int):
    blocks = [
        f"{at // 60:02}:{at % 60:02}.000 --> {at // 60:02}:{at % 60:02}.900\nCaption number {at}.\n" for at in range(1000)
    ]
    job = captioned(site, video, "\n".join(("WEBVTT\n", *blocks)))
    page.set_viewport_size({"width": width, "height": 800})
    fields = opened(page, site, job)
    expect(fields).to_have_count(1000)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    redrawn = page.evaluate(
        """() => {
            const list = document.querySelector("[data-cues]");
            const seen = new MutationObserver(() => {});
            seen.observe(list, { attributes: true, characterData: true, childList: true, subtree: true });
            const field = list.querySelectorAll("textarea")[900];
            field.value = "Changed.";
            field.dispatchEvent(new Event("input", { bubbles: true }));
            return seen.takeRecords().length;
        }"""
    )
    assert redrawn == 0, "typing draws no caption anew"
    expect(page.get_by_text("1 caption changed")).to_be_visible()
