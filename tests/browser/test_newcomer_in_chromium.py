"""A newcomer's ten tasks: as few clicks and keys as the tour says, and each by keyboard alone."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from driven import Site
from hands import Hands
from lectures import lecture
from places import on_disk
from playwright.sync_api import Locator, Page, expect
from web.surroundings import plan_of

from video_automation.jobs.catalog.spoken_words import SPOKEN, spoken_file
from video_automation.jobs.model import Job
from video_automation.plan.document import Document
from video_automation.render.captions.transcripts import VideoSentence, VideoTranscript, VideoWord

TOUR = Path(__file__).parents[2] / "docs/tour.md"
MOST = 6
"""Clicks and keys of a task, at most."""
SAID = ("The", "printing", "press", "was", "made", "in", "Mainz.")


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture
def task(site: Site, media: Path) -> Job:
    """A lecture of the week before, which is found by what is said in it."""
    job = lecture(site, media)
    said = tuple(VideoWord(200 * at, 200 * at + 99, 200 * at, 200 * at + 99, text, 90) for at, text in enumerate(SAID))
    told = VideoTranscript("en", 99, (), (), (VideoSentence(0, 1, 0, 1, "", said),))
    (on_disk(site.backend, job.id).result(job).folder / SPOKEN).write_bytes(spoken_file(told))
    return job


@dataclass
class Newcomer:
    """Somebody before the open editor, and what each task took."""

    page: Page
    site: Site
    task: Job
    hands: Hands
    counts: dict[str, int] = field(default_factory=dict)

    def done(self, task: str) -> None:
        self.counts[task], self.hands.count = self.hands.count, 0

    def plan(self, changes: int) -> Document:
        """The plan, once this many changes are kept by the server."""
        told = {0: "Up to date", 1: "1 change"}.get(changes, f"{changes} changes")
        expect(self.page.locator("[data-told]")).to_have_text(told)
        return plan_of(self.site.backend, self.task)

    def word(self, number: int) -> Locator:
        return self.page.locator(f"#words [data-id='{number}']")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name).first

    @property
    def bar(self) -> Locator:
        """What is offered for the words that are selected."""
        return self.page.get_by_role("group", name="Selection")


@pytest.fixture
def newcomer(page: Page, site: Site, task: Job) -> Newcomer:
    page.goto(f"{site.address}/task/{task.id}/edit")
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    return Newcomer(page, site, task, Hands(page))


def kept(document: Document, first: int, last: int) -> bool:
    """Whether the middles of these words are in the video."""
    assert document.transcript
    middles = [(said.start_ms + said.end_ms) * 25 / 2000 for said in document.transcript.words[first : last + 1]]
    return not any(cut.span.start <= middle < cut.span.end for cut in document.cuts for middle in middles)


def in_the_tour() -> dict[str, int]:
    """The tour's table of what each task takes."""
    rows = re.findall(r"^\| ([^|]+) \| (\d+) \|$", TOUR.read_text(), re.MULTILINE)
    return {task: int(count) for task, count in rows}


class TestByMouse:
    """What is done with the mouse, and keys where they serve."""

    def test_each_task_takes_no_more_clicks_and_keys_than_the_tour_says(self, newcomer: Newcomer) -> None:
        self.changes_words(newcomer)
        self.changes_a_clip(newcomer)
        self.undoes_shares_and_finds(newcomer)
        assert newcomer.counts == in_the_tour()
        assert max(newcomer.counts.values()) <= MOST

    def changes_words(self, one: Newcomer) -> None:
        hands = one.hands
        hands.click(one.button("Pause of 2.1 s, cut to 0.5 s"))
        hands.click(one.bar.get_by_role("button", name="Keep"))
        one.done("take back a cut")
        assert len(one.plan(1).cuts) == 1

        hands.drag(one.word(17), one.word(33))
        hands.press("Delete")
        one.done("strike a sentence")
        assert not kept(one.plan(2), 17, 33)

        hands.click(one.button("Find and replace"))
        hands.type("Guttenberg")
        hands.click(one.page.get_by_label("Replace with"))
        hands.type("Gutenberg")
        hands.press("Enter")
        one.done("correct a name everywhere")
        assert one.plan(3).packaging.titles[1].text == "How Gutenberg changed the world"
        expect(one.page.get_by_text("Guttenberg", exact=True)).to_have_count(0)

    def changes_a_clip(self, one: Newcomer) -> None:
        hands = one.hands
        hands.drag(one.word(34), one.word(50))
        hands.click(one.bar.get_by_role("button", name="New clip"))
        one.done("make a clip from a sentence")
        assert len(one.plan(4).clips) == 3

        hands.click(one.button("Open “The press”"))
        hands.click(one.page.get_by_text("On the speaker", exact=True))
        one.done("change its framing")
        assert one.plan(5).clips[0].layout == "crop"

        one.button("All clips").click()
        hands.click(one.button("Open “The press”"))
        hands.click(one.page.get_by_text("Plain", exact=True))
        one.done("change its style")
        assert one.plan(6).clips[0].style == "plain"

        one.button("All clips").click()
        hands.click(one.page.get_by_role("textbox", name="Title of clip 1"))
        hands.press("ControlOrMeta+a")
        hands.type("Print")
        hands.press("Enter")
        one.done("change its title")
        assert one.plan(7).clips[0].title == "Print"

    def undoes_shares_and_finds(self, one: Newcomer) -> None:
        hands = one.hands
        hands.click(one.button("Undo all"))
        one.done("undo all")
        document = one.plan(0)
        assert document.clips == document.decided
        assert kept(document, 17, 33)

        one.page.goto(f"{one.site.address}/result/{one.task.id}")
        hands.click(one.button("Make a link"))
        hands.click(one.button("Copy link"))
        one.done("share the video")
        assert one.site.backend.store.get(one.task.id).share

        one.page.goto(one.site.address)
        hands.click(one.page.get_by_role("searchbox"))
        hands.type("made in Mainz")
        hands.click(one.page.get_by_role("link", name="made in Mainz."))
        one.done("find a quote from last week")
        one.page.wait_for_url(f"**/result/{one.task.id}#t=0.8")


class TestByKeyboard:
    """The same without a mouse: Tab leads to everything."""

    def test_each_task_is_done_by_keyboard_alone(self, newcomer: Newcomer) -> None:
        self.changes_words(newcomer)
        self.changes_a_clip(newcomer)
        self.undoes_shares_and_finds(newcomer)

    def changes_words(self, one: Newcomer) -> None:
        hands = one.hands
        hands.reach(one.page.locator(".cut-list summary"))
        hands.press("Enter")
        hands.press("Tab")
        hands.press("Enter")
        hands.reach(one.page.get_by_role("dialog").get_by_role("button", name="Keep this"))
        hands.press("Enter")
        assert len(one.plan(1).cuts) == 1
        hands.press("Escape")

        self.selects_a_sentence(one)
        hands.press("Delete")
        assert not kept(one.plan(2), 0, 16)
        hands.press("Escape")

        hands.press("ControlOrMeta+f")
        hands.type("Guttenberg")
        expect(one.page.get_by_role("search", name="Find and replace")).to_contain_text("1 of 12")
        hands.reach(one.page.get_by_label("Replace with"))
        hands.type("Gutenberg")
        hands.press("Enter")
        assert one.plan(3).packaging.titles[1].text == "How Gutenberg changed the world"
        hands.press("Escape")

    def selects_a_sentence(self, one: Newcomer) -> None:
        one.hands.reach(one.page.get_by_role("group", name="Words", exact=True))
        expect(one.page.locator("#words .w:focus")).to_be_visible()
        one.hands.press("Shift+ArrowRight", 16)

    def changes_a_clip(self, one: Newcomer) -> None:
        hands = one.hands
        self.selects_a_sentence(one)
        hands.reach(one.bar.get_by_role("button", name="New clip"))
        hands.press("Enter")
        assert len(one.plan(4).clips) == 3

        hands.reach(one.button("Open “The press”"))
        hands.press("Enter")
        hands.reach(one.page.get_by_role("group", name="Picture").get_by_role("radio", name="As for all clips"))
        hands.press("ArrowUp")  # which leads to the last
        assert one.plan(5).clips[0].layout == "stack"

        hands.reach(one.page.get_by_role("group", name="Caption style").get_by_role("radio", name="As for all clips"))
        hands.press("ArrowDown")
        assert one.plan(6).clips[0].style == "pop"

        hands.reach(one.page.get_by_role("textbox", name="Title of the clip"))
        hands.press("ControlOrMeta+a")
        hands.type("Print")
        hands.press("Enter")
        assert one.plan(7).clips[0].title == "Print"

    def undoes_shares_and_finds(self, one: Newcomer) -> None:
        hands = one.hands
        hands.reach(one.button("Undo all"))
        hands.press("Enter")
        document = one.plan(0)
        assert document.clips == document.decided
        expect(one.button("Redo")).to_be_focused()

        one.page.goto(f"{one.site.address}/result/{one.task.id}")
        hands.reach(one.button("Make a link"))
        hands.press("Enter")
        hands.reach(one.button("Copy link"))
        hands.press("Enter")
        assert one.site.backend.store.get(one.task.id).share

        one.page.goto(one.site.address)
        hands.reach(one.page.get_by_role("searchbox"))
        hands.type("made in Mainz")
        hands.reach(one.page.get_by_role("link", name="made in Mainz."))
        hands.press("Enter")
        one.page.wait_for_url(f"**/result/{one.task.id}#t=0.8")
