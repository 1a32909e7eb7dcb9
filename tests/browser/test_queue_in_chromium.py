"""The page queues several videos before it sends them, and remembers options."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from driven import Site
from playwright.sync_api import Locator, Page, Route, expect


@pytest.fixture
def talks(video: Path, tmp_path: Path) -> list[Path]:
    """Three videos with different names."""
    made = [tmp_path / f"talk {at}.mp4" for at in (1, 2, 3)]
    for at, file in enumerate(made):
        file.write_bytes(video.read_bytes() + (8 + at).to_bytes(4) + b"free" + bytes(at))
    return made


def queue_of(page: Page) -> Locator:
    return page.get_by_role("list", name="Videos to upload").locator("> li")


def names(site: Site) -> list[str]:
    return sorted(job.filename for job in site.backend.store.listed("local", start=0, count=9)[0])


@contextmanager
def held_back(page: Page) -> Iterator[list[Route]]:
    """Holds back all pieces of videos while the block runs; then lets those that wait continue."""
    held: list[Route] = []
    passing: list[bool] = []
    page.route(
        "**/files/*", lambda route: route.continue_() if passing or route.request.method != "PATCH" else held.append(route)
    )
    yield held
    passing.append(True)
    for route in held:
        route.continue_()


def test_each_row_shows_a_picture_the_length_and_how_long_the_work_takes(page: Page, site: Site, talks: list[Path]):
    page.goto(site.address)
    page.get_by_label("Choose a file").set_input_files(talks)
    page.get_by_label("Choose a file").set_input_files(talks[:1])  # it is chosen already
    rows = queue_of(page)
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("talk 2.mp4")
    expect(rows.nth(1)).to_contain_text(re.compile(r"kB · 0:06 · about 4 s of work on this machine"))
    for at in range(3):
        expect(rows.nth(at).locator("video")).to_be_visible()
    page.get_by_role("button", name="Remove talk 2.mp4").click()
    expect(rows).to_have_count(2)
    expect(page.get_by_role("button", name="Remove talk 3.mp4")).to_be_focused()


def test_what_no_browser_plays_waits_all_the_same(page: Page, site: Site, tmp_path: Path):
    odd = tmp_path / "odd.mxf"
    odd.write_bytes(b"\x06\x0e\x2b\x34" * 1000)
    page.goto(site.address)
    page.get_by_label("Choose a file").set_input_files(odd)
    expect(queue_of(page)).to_contain_text("4 kB")


def test_all_are_sent_with_the_options_and_come_into_the_list(page: Page, site: Site, talks: list[Path]):
    page.goto(site.address)
    page.get_by_label("Choose a file").set_input_files(talks[:2])
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Cut pauses", exact=False).first.uncheck()
    with held_back(page):
        page.get_by_role("button", name="Upload and process").click()
        page.get_by_label("Choose a file").set_input_files(talks[2])  # while the first is sent
        expect(queue_of(page)).to_have_count(3)
    expect(page.locator("[data-videos] h3")).to_have_text(["talk 3.mp4", "talk 2.mp4", "talk 1.mp4"])
    expect(queue_of(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Upload and process")).to_be_visible()
    assert names(site) == ["talk 1.mp4", "talk 2.mp4", "talk 3.mp4"]
    assert not any(job.params.trim_silence for job in site.backend.store.listed("local", start=0, count=9)[0])
    assert page.url == f"{site.address}/"


@pytest.mark.thorough
def test_one_can_rest_while_others_go_and_goes_on_where_it_was(page: Page, site: Site, talks: list[Path]):
    page.goto(site.address)
    page.get_by_label("Choose a file").set_input_files(talks[:2])
    with held_back(page) as held:
        page.get_by_role("button", name="Upload and process").click()
        page.get_by_role("button", name="Pause talk 1.mp4").click()
        expect(page.get_by_role("button", name="Resume talk 1.mp4")).to_be_visible()
        expect(page.get_by_role("button", name="Pause talk 2.mp4")).to_be_visible()
        while len(held) < 2:
            page.wait_for_timeout(20)
        held.pop(0)
    expect(page.locator("[data-videos] h3")).to_have_text(["talk 2.mp4"])
    page.get_by_role("button", name="Resume talk 1.mp4").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-videos] h3")).to_have_text(["talk 1.mp4", "talk 2.mp4"])
    assert names(site) == ["talk 1.mp4", "talk 2.mp4"]


def test_one_that_is_refused_says_why_and_the_others_go_on(page: Page, site: Site, talks: list[Path], tmp_path: Path):
    notes = tmp_path / "notes.mp4"
    notes.write_bytes(b"PK\x03\x04" + bytes(1000))
    page.goto(site.address)
    page.get_by_label("Choose a file").set_input_files([notes, talks[0]])
    page.get_by_role("button", name="Upload and process").click()
    expect(page.get_by_role("alert")).to_contain_text("This is a ZIP archive, not a video.")
    expect(page.locator("[data-videos] h3")).to_have_text(["talk 1.mp4"])
    expect(queue_of(page)).to_have_count(1)


def test_an_option_that_is_wrong_opens_the_options_and_says_so(page: Page, site: Site, talks: list[Path]):
    page.goto(site.address)
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Tracks to use").fill("the first")
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Choose a file").set_input_files(talks[0])
    page.get_by_role("button", name="Upload and process").click()
    expect(page.get_by_label("Tracks to use")).to_be_focused()
    assert names(site) == []


def test_options_are_remembered_and_can_be_as_they_were(page: Page, site: Site):
    page.goto(site.address)
    page.locator("summary", has_text="Options").click()
    reset = page.get_by_role("button", name="Reset")
    expect(reset).to_be_hidden()
    page.get_by_label("Make short clips").uncheck()
    expect(page.get_by_label("Shape of clips")).to_be_hidden()
    page.get_by_label("Cut pauses longer than").select_option("1 second")
    page.reload()
    expect(page.get_by_text("2 changed")).to_be_visible()
    page.locator("summary", has_text="Options").click()
    expect(page.get_by_label("Make short clips")).not_to_be_checked()
    expect(page.get_by_label("Cut pauses longer than")).to_have_value("1000")
    reset.click()
    expect(page.get_by_label("Make short clips")).to_be_checked()
    expect(reset).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_the_focus_on_the_file_field_is_shown_once(page: Page, site: Site):
    page.goto(site.address)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Choose a file")).to_be_focused()
    rings = "all => all.filter(each => getComputedStyle(each).outlineStyle === 'solid').map(each => each.className || each.id)"
    assert page.locator("[data-drop] > *").evaluate_all(rings) in (["button quiet"], ["button quiet", "file"])
    assert page.locator("#limit").evaluate("note => getComputedStyle(note).outlineStyle") == "none"
