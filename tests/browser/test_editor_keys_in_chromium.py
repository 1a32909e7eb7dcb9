"""Keys of the editor: they select, undo and zoom; and its clocks."""

import pytest
from editor_pages import Opened, SavedPlan
from playwright.sync_api import Page, expect
from watched import film, go_to, now_ms


@pytest.fixture
def ready(opened: Opened) -> Page:
    """The editor, once its player can play."""
    page = opened()
    expect(page.locator("#player .said")).to_be_hidden()
    return page


def test_keys_select_from_here_to_there_undo_and_redo(ready: Page, plan: SavedPlan):
    go_to(ready, 10_000)
    ready.keyboard.press("i")
    bar = ready.get_by_role("group", name="Selection")
    expect(bar).to_contain_text("1 word")
    for _ in range(3):
        ready.keyboard.press("Shift+ArrowRight")
    ready.keyboard.press("o")
    expect(bar).to_contain_text("4 words")
    ready.keyboard.press("Delete")
    expect(ready.locator("[data-told]")).to_have_text("1 change")
    assert [word["id"] for word in plan()["words"] if not word["kept"]] == [22, 23, 24, 25]
    ready.keyboard.press("Control+z")
    expect(ready.locator("[data-told]")).to_have_text("Up to date")
    ready.keyboard.press("Control+Shift+z")
    expect(ready.locator("[data-told]")).to_have_text("1 change")
    assert len([word for word in plan()["words"] if not word["kept"]]) == 4


def test_l_plays_faster_when_pressed_again_k_stops_and_j_goes_back(ready: Page):
    speed, playing = ready.get_by_label("Speed"), ready.get_by_role("button", name="Pause", exact=True)
    for shown, rate in (("1", 1), ("1.5", 1.5), ("2", 2), ("2", 2)):
        ready.keyboard.press("l")
        expect(speed).to_have_value(shown)
        expect(playing).to_be_visible()
        assert film(ready).evaluate("film => film.playbackRate") == rate
    ready.keyboard.press("k")
    expect(playing).to_be_hidden()
    for _ in range(3):
        ready.keyboard.down("l")  # it is held
    ready.keyboard.up("l")
    expect(playing).to_be_visible()
    expect(speed).to_have_value("1")
    ready.keyboard.press("k")
    expect(playing).to_be_hidden()
    ready.keyboard.press("k")
    expect(playing).to_be_hidden()
    go_to(ready, 20_000)
    for at in (15_000, 10_000):
        ready.keyboard.press("j")
        assert now_ms(ready) == at
    ready.keyboard.press("l")
    expect(speed).to_have_value("1")
    speed.select_option("1.25×")
    ready.get_by_role("button", name="Pause", exact=True).focus()
    ready.keyboard.press("l")
    expect(speed).to_have_value("1.5")
    ready.keyboard.press("?")
    keys = ready.get_by_role("dialog", name="Keys")
    for told in ("J5 seconds back", "KStop", "LPlay; pressed again: 1.5 and 2 times as fast"):
        expect(keys).to_contain_text(told)


def test_one_clock_is_shown_and_the_other_where_one_points_at_it(ready: Page):
    clocks, other = ready.get_by_role("timer", name="Time"), ready.get_by_text("In the recording")
    go_to(ready, 40_000)
    expect(clocks).to_contain_text("0:40 / 1:27")
    expect(other).to_be_hidden()
    clocks.hover()
    expect(other).to_have_text("In the recording 0:41")
    ready.mouse.move(0, 0)
    expect(other).to_be_hidden()
    clocks.focus()
    expect(other).to_be_visible()


def test_it_zooms_by_keyboard(ready: Page):
    box = ready.locator("#timeline canvas").bounding_box()
    assert box

    def middle_is(stamp: str) -> None:
        """The moment in the middle of what is shown."""
        ready.mouse.move(0, 0)
        ready.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
        expect(ready.locator(".hint")).to_contain_text(f"recording {stamp}")

    middle_is("0:45")
    ready.get_by_role("button", name="Zoom in").press("Enter")
    middle_is("0:22")
    ready.get_by_role("button", name="Zoom in").press("Enter")
    middle_is("0:11")
    ready.get_by_role("button", name="Zoom out").press("Enter")
    middle_is("0:22")
    ready.get_by_role("button", name="Show the whole recording").press("Enter")
    middle_is("0:45")
