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
