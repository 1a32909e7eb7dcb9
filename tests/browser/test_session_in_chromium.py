"""Edits on their way to the server: an answer that is lost, a video under way, a page that is loaded again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driven import Site
from lectures import lecture
from playwright.sync_api import Page, Route, expect

from video_automation.jobs.model import Job, State


@pytest.fixture
def task(site: Site, tmp_path: Path) -> Job:
    return lecture(site, tmp_path.parent / "lectures")


@pytest.fixture
def opens(page: Page, site: Site, task: Job) -> Callable[[], None]:
    """Opens the editor at its texts."""
    page.on("dialog", lambda dialog: dialog.accept())  # there are changes that are not saved yet

    def opens() -> None:
        page.goto(f"{site.address}/task/{task.id}/edit")
        choose_texts(page)
        expect(page.get_by_role("textbox", name="Title 1")).not_to_have_value("")

    return opens


@pytest.fixture
def plan(page: Page, site: Site, task: Job) -> Callable[[], dict[str, Any]]:
    return lambda: page.request.get(f"{site.address}/task/{task.id}/plan").json()


def choose_texts(page: Page) -> None:
    """Opens the texts, once the plan is there and with it the parts of the page."""
    expect(page.locator("[data-told]")).not_to_be_empty()
    page.get_by_role("tab", name="Texts").click()


def write_title(page: Page, text: str) -> None:
    title = page.get_by_role("textbox", name="Title 1")
    title.fill(text)
    title.press("Tab")


def test_an_edit_whose_answer_was_lost_is_made_once(page: Page, opens: Callable[[], None], plan: Callable[[], dict[str, Any]]):
    opens()
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    taken: list[int] = []

    def lose_the_first(route: Route) -> None:
        if taken:
            route.continue_()
        else:
            taken.append(route.fetch().status)
            route.abort()

    page.route("**/edits", lose_the_first)
    write_title(page, "Print")
    expect(page.locator("[data-told]")).to_have_text("1 change")
    assert taken == [202]
    expect(page.get_by_role("textbox", name="Title 1")).to_have_value("Print")
    expect(page.locator("[data-notice]")).to_be_hidden()
    told = plan()
    assert (told["revision"], len(told["history"]), told["titles"][0]["text"]) == (1, 1, "Print")


def test_an_edit_made_while_a_video_is_made_outlasts_a_reload_and_is_kept_after_that(
    page: Page, site: Site, task: Job, opens: Callable[[], None], plan: Callable[[], dict[str, Any]]
):
    site.move(task, state=State.PROGRESS, stage="render", progress=50, status="Rendering")
    opens()
    write_title(page, "Print")
    assert plan()["titles"][0]["text"] == "The printing press"
    page.reload()
    choose_texts(page)
    expect(page.get_by_role("textbox", name="Title 1")).to_have_value("Print")
    site.move(task, state=State.SUCCESS, stage="done", progress=100, status="Done.")
    expect(page.locator("[data-told]")).to_have_text("1 change")
    assert [one["kind"] for one in plan()["history"]] == ["edit"]
    assert plan()["titles"][0]["text"] == "Print"
    page.reload()
    expect(page.locator("[data-told]")).to_have_text("1 change")
    assert len(plan()["history"]) == 1, "it is sent once"


def test_an_edit_of_before_a_reload_gives_way_to_one_of_the_same_place_and_stands_beside_others(
    page: Page, site: Site, task: Job, opens: Callable[[], None], plan: Callable[[], dict[str, Any]]
):
    site.move(task, state=State.PROGRESS, stage="render", progress=50, status="Rendering")
    opens()
    write_title(page, "Print")
    headline = page.get_by_role("textbox", name="Headline")
    headline.fill("Who?")
    headline.press("Tab")
    page.goto("about:blank")
    site.move(task, state=State.SUCCESS, stage="done", progress=100, status="Done.")
    theirs = {"edits": [{"op": "text", "titles": ["Theirs"]}], "render": False}
    assert page.request.post(f"{site.address}/task/{task.id}/edits", data=theirs).ok
    opens()
    expect(page.locator("[data-notice]")).to_contain_text("no longer fits")
    expect(page.locator("[data-told]")).to_have_text("2 changes")
    told = plan()
    assert (told["titles"][0]["text"], told["thumbnail"]["headline"]) == ("Theirs", "Who?")


def test_two_tabs_share_changes_undo_and_redo(page: Page, site: Site, task: Job, opens: Callable[[], None]):
    opens()
    other = page.context.new_page()
    other.goto(f"{site.address}/task/{task.id}/edit")
    choose_texts(other)
    write_title(page, "Print")
    expect(other.get_by_role("textbox", name="Title 1")).to_have_value("Print")
    expect(other.locator("[data-told]")).to_have_text("1 change")
    other.locator("h1").click()
    other.keyboard.press("Control+z")
    expect(page.get_by_role("textbox", name="Title 1")).to_have_value("The printing press")
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    page.locator("h1").click()
    page.keyboard.press("Control+Shift+z")
    expect(other.get_by_role("textbox", name="Title 1")).to_have_value("Print")


def test_a_second_person_is_told_and_what_both_change_at_once_is_joined_or_refused(
    page: Page, site: Site, task: Job, opens: Callable[[], None], plan: Callable[[], dict[str, Any]]
):
    opens()
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    page.route(f"**/task/{task.id}", lambda route: route.abort())  # it hears of nothing by itself
    cut = plan()["cuts"][0]
    edit(page, site, task, {"op": "text", "titles": ["Theirs"]})
    description = page.get_by_role("textbox", name="Description")
    description.fill("Mine.")
    description.press("Tab")
    expect(page.locator("[data-notice]")).to_have_text(
        "Someone else is editing this video, too. Your change was added to theirs."
    )
    expect(page.locator("[data-told]")).to_have_text("2 changes")
    assert (plan()["titles"][0]["text"], plan()["description"]) == ("Theirs", "Mine.")

    edit(page, site, task, {"op": "keep", "start_ms": cut["start_ms"], "end_ms": cut["end_ms"]})
    page.locator(".cut-list summary").click()
    page.get_by_role("button", name="Cut 1 of 2").click()
    page.get_by_role("button", name="Starts 50 ms earlier").click()
    expect(page.locator("[data-notice]")).to_contain_text("Someone else changed the same place a moment ago.")
    expect(page.locator("[data-told]")).to_have_text("3 changes")
    assert len(plan()["cuts"]) == 1, "what they took back stays"


def edit(page: Page, site: Site, task: Job, change: dict[str, Any]) -> None:
    """Makes an edit as another person."""
    assert page.request.post(f"{site.address}/task/{task.id}/edits", data={"edits": [change], "render": False}).ok


def test_edits_of_the_same_thing_are_told_from_edits_of_others(page: Page, site: Site):
    page.goto(site.address)
    cut, keep, title = {"op": "cut", "start_ms": 5, "end_ms": 9}, {"op": "keep", "start_ms": 8, "end_ms": 20}, {"op": "text"}
    pairs = [
        (cut, keep, True),
        (cut, keep | {"start_ms": 9}, False),
        (cut, cut, False),
        (title | {"titles": ["A"]}, title | {"titles": ["B"]}, True),
        (title | {"titles": ["A"]}, title | {"description": "B"}, False),
        (title | {"titles": ["A"]}, {"op": "replace", "find": "A", "with": "B"}, True),
        ({"op": "thumbnail_set"}, {"op": "thumbnail_set"}, True),
        ({"op": "thumbnail_set"}, {"op": "thumbnail_set", "clip": "a"}, False),
        ({"op": "clip_set", "clip": "a"}, {"op": "clip_drop", "clip": "a"}, True),
        ({"op": "clip_set", "clip": "a"}, {"op": "clip_drop", "clip": "b"}, False),
        ({"op": "correct", "words": [1, 3]}, {"op": "correct", "words": [3, 4]}, True),
        ({"op": "correct", "words": [1, 2]}, {"op": "correct", "words": [3, 4]}, False),
        (cut, {"op": "options"}, True),
    ]
    told = page.evaluate(
        """async pairs => {
            const { collides } = await import("/static/editor/local_edits.js");
            return pairs.map(([one, other]) => [collides([one], [other]), collides([other], [one])]);
        }""",
        [pair[:2] for pair in pairs],
    )
    assert told == [[both, both] for *_, both in pairs]


def test_the_time_left_is_told_coarsely_and_goes_up_only_where_it_is_clearly_more(page: Page, site: Site):
    page.goto(site.address)
    series = [140, 118, 122, 130, 61, 58, 63, 40, 31, 12, 9, 11, 4, 300, 280, 4000]
    told = page.evaluate(
        """async (series) => {
            const { calmTimeLeft } = await import("/static/time_left.js");
            return series.map(calmTimeLeft());
        }""",
        series,
    )
    assert told == [
        *("3 min", "2 min", "2 min", "2 min", "2 min", "1 min", "1 min", "40 s", "40 s", "15 s"),
        *("a few seconds", "a few seconds", "a few seconds", "5 min", "5 min", "1 h 10 min"),
    ]
