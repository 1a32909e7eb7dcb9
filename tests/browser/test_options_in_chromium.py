"""The options of a video that is made already: changed in the editor, cards and all, as an edit that can be undone."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from accessibility import PHONE
from driven import Site
from hands import Hands
from playwright.sync_api import Locator, Page, expect
from web.surroundings import made_again, plan_of

from video_automation.jobs.model import Job, State

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))
from brands import card, logo

MAKE = "Make the video again"
UPDATED = "Updated. The player shows the new video."


@pytest.fixture
def options(page: Page, site: Site, task: Job) -> Locator:
    """The tab with the options, whose owner has an opening card."""
    page.request.put(f"{site.address}/brand/cards/opening", data=card(), headers={"Content-Type": "image/png"})
    page.goto(f"{site.address}/task/{task.id}/edit#options")
    panel = page.get_by_role("tabpanel", name="Options")
    expect(panel.get_by_text("These are the options of this video.")).to_be_visible()
    return panel


def cards_shown(site: Site, task: Job) -> tuple[bool, bool]:
    """Whether the video begins, and ends, with a card."""
    cards = plan_of(site.backend, task).cards
    return cards.opening is not None, cards.closing is not None


def click(_: Page, control: Locator) -> None:
    control.click()


def press_space(page: Page, control: Locator) -> None:
    hands = Hands(page)
    hands.reach(control)
    hands.press("Space")


@pytest.mark.parametrize("act", [click, press_space], ids=["mouse", "keyboard"])
def test_a_card_is_chosen_taken_away_and_chosen_again_by_undo(
    act: Callable[[Page, Locator], None],
    options: Locator,
    page: Page,
    site: Site,
    task: Job,
):
    box = options.get_by_label("Begin the video with it")
    make = options.get_by_role("button", name=MAKE)
    expect(make).to_be_disabled()
    act(page, box)
    expect(options.get_by_text("Made again: the video.")).to_be_visible()
    expect(make).to_have_text("Make the video again (about 5 s)")
    act(page, make)
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    assert cards_shown(site, task) == (True, False)
    made_again(site.backend, task)
    expect(page.get_by_text(UPDATED)).to_be_visible()
    expect(options.get_by_text("These are the options of this video.")).to_be_visible()
    expect(box).to_be_checked()

    act(page, box)
    expect(make).to_be_enabled()
    act(page, make)
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    assert cards_shown(site, task) == (False, False)
    made_again(site.backend, task)
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    act(page, page.get_by_role("button", name="Undo", exact=True))
    expect(page.locator("[data-told]")).to_have_text("1 change")
    expect(box).to_be_checked()
    assert cards_shown(site, task) == (True, False)


def test_a_card_that_is_replaced_in_the_library_can_be_taken_into_the_video(
    options: Locator, page: Page, site: Site, task: Job, tmp_path: Path
):
    options.get_by_label("Begin the video with it").check()
    options.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    before = plan_of(site.backend, task).cards.opening
    made_again(site.backend, task)
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    expect(options.get_by_text("These are the options of this video.")).to_be_visible()
    file = tmp_path / "other.png"
    file.write_bytes(logo("320x180", "blue"))
    options.get_by_label("Upload an opening card").set_input_files(file)
    expect(options.get_by_text("Made again: the video.")).to_be_visible()
    options.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    now = plan_of(site.backend, task).cards.opening
    assert before
    assert now
    assert now.sha256 != before.sha256


def test_a_card_its_owner_has_deleted_can_still_be_taken_out_of_the_video(options: Locator, page: Page, site: Site, task: Job):
    options.get_by_label("Begin the video with it").check()
    options.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    made_again(site.backend, task)
    page.request.delete(f"{site.address}/brand/cards/opening")
    page.reload()
    box = options.get_by_label("Begin the video with it")
    expect(box).to_be_checked()
    box.uncheck()
    options.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    assert cards_shown(site, task) == (False, False)


def test_the_result_page_leads_to_options_that_are_as_the_video_was_made_and_others_are_one_edit(
    page: Page, site: Site, task: Job
):
    page.goto(f"{site.address}/result/{task.id}")
    page.get_by_role("link", name="Change options").click()
    options = page.get_by_role("tabpanel", name="Options")
    pause = options.get_by_label("Cut pauses longer than")
    expect(pause).to_have_value("500")
    expect(options.get_by_label("Let me look first")).to_have_count(0)
    pause.select_option("1000")
    options.get_by_label("Names and terms").fill("Gutenberg\nMainz")
    options.get_by_label("Names and terms").press("Tab")
    expect(options.get_by_text("It is decided anew what is cut")).to_be_visible()
    make = options.get_by_role("button", name=MAKE)
    expect(make).to_have_text("Make the video again (about 65 s)")
    make.click()
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    job = site.backend.store.get(task.id)
    assert (job.state, job.revision) == (State.PENDING, 1)
    assert (job.params.trim.longest_pause_ms, job.params.speech.glossary) == (1000, ("Gutenberg", "Mainz"))
    assert job.params.speech.language is None


def test_a_preset_is_used_for_a_video_that_is_made_already(options: Locator, page: Page, site: Site, task: Job):
    site.backend.presets.change("local", lambda _: {"Show": {"aspect": "1:1", "shortest_s": "10"}})
    page.reload()
    options.get_by_label("Preset", exact=True).select_option("Show")
    expect(options.get_by_label("Shape of clips")).to_have_value("1:1")
    options.get_by_label("Preset", exact=True).select_option("None")
    expect(options.get_by_label("Shape of clips")).to_have_value("9:16")
    expect(options.get_by_role("button", name=MAKE)).to_be_disabled()
    options.get_by_label("Preset", exact=True).select_option("Show")
    options.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("progressbar", name="Progress of the video")).to_be_visible()
    clips = site.backend.store.get(task.id).params.clips
    assert (clips.aspect, clips.shortest_s) == ("1:1", 10)


def test_what_cannot_be_is_told_and_reset_brings_the_options_of_the_video_back(options: Locator, page: Page):
    page.set_viewport_size(PHONE)
    options.get_by_label("Tracks to use").fill("99")
    options.get_by_label("Tracks to use").press("Tab")
    expect(options.get_by_role("alert")).to_contain_text("tracks")
    expect(options.get_by_role("button", name=MAKE)).to_be_disabled()
    options.get_by_role("button", name="Reset").click()
    expect(options.get_by_label("Tracks to use")).to_have_value("")
    expect(options.get_by_role("alert")).to_be_hidden()
