"""Fonts, a logo and cards: uploaded on the home page, used there and in the editor."""

import sys
from pathlib import Path

import pytest
from driven import Site
from lectures import lecture
from playwright.sync_api import FloatRect, Locator, Page, expect

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))
from brands import card, font, logo

NAME = "Acme Sans Bold"


@pytest.fixture
def options(page: Page, site: Site) -> Page:
    """The options of an upload, open."""
    page.goto(site.address)
    page.locator("summary", has_text="Options").click()
    return page


def test_a_font_is_uploaded_chosen_and_deleted(options: Page, site: Site, tmp_path: Path):
    file = tmp_path / "a.ttf"
    file.write_bytes(font())
    options.get_by_label("Upload a font").set_input_files(file)
    expect(options.get_by_text(f"“{NAME}” can be used in all your videos now.")).to_be_visible()
    expect(options.get_by_label("Font of captions in clips")).to_have_value(NAME)
    assert [one.family for one in site.backend.brands.of("local").fonts] == [NAME]
    options.reload()
    options.locator("summary", has_text="Options").click()
    expect(options.get_by_label("Font of captions in clips")).to_have_value(NAME)
    options.get_by_role("button", name="Delete this font").click()
    expect(options.get_by_label("Font of captions in clips")).to_have_value("")
    assert site.backend.brands.of("local").fonts == ()


def test_what_is_no_font_is_told(options: Page, tmp_path: Path):
    file = tmp_path / "a.ttf"
    file.write_text("no font")
    options.get_by_label("Upload a font").set_input_files(file)
    expect(options.get_by_text("This font cannot be read.")).to_be_visible()


def test_a_logo_is_uploaded_shown_and_part_of_a_preset_until_it_is_deleted(options: Page, site: Site, tmp_path: Path):
    file = tmp_path / "a.png"
    file.write_bytes(logo())
    expect(options.get_by_label("Show it in clips")).to_be_hidden()
    options.get_by_label("Upload a logo").set_input_files(file)
    picture = options.get_by_role("img", name="Your logo")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") == 200
    options.get_by_label("Show it in clips").check()
    options.get_by_label("Corner").select_option("Bottom left")
    options.get_by_label("Save these options as a preset").fill("Show")
    options.get_by_role("button", name="Save", exact=True).click()
    expect(options.get_by_text("Saved as “Show”.")).to_be_visible()
    kept = site.backend.presets.of("local")["Show"]
    assert (kept["logo_in_clips"], kept["logo_in_video"], kept["logo_corner"]) == ("true", "false", "bottom-left")
    options.get_by_role("button", name="Delete the logo").click()
    expect(picture).to_have_count(0)
    expect(options.get_by_label("Show it in clips")).not_to_be_checked()


def test_cards_are_uploaded_shown_and_part_of_a_preset(options: Page, site: Site, tmp_path: Path):
    file = tmp_path / "a.png"
    file.write_bytes(card())
    opening, closing = (options.get_by_role("group", name=name) for name in ("Opening card", "Closing card"))
    colour = options.get_by_label("Colour around cards")
    expect(opening.get_by_label("Begin the video with it")).to_be_hidden()
    expect(colour).to_be_hidden()
    opening.get_by_label("Upload an opening card").set_input_files(file)
    picture = opening.get_by_role("img", name="Your opening card")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") == 320
    expect(closing.get_by_role("img")).to_have_count(0)
    opening.get_by_label("Begin the video with it").check()
    opening.get_by_label("How many seconds").select_option("5")
    colour.fill("#ff8800")
    options.get_by_label("Save these options as a preset").fill("Show")
    options.get_by_role("button", name="Save", exact=True).click()
    expect(options.get_by_text("Saved as “Show”.")).to_be_visible()
    kept = site.backend.presets.of("local")["Show"]
    told = [kept[name] for name in ("opening_in_video", "opening_in_clips", "opening_s", "closing_in_video", "card_colour")]
    assert told == ["true", "false", "5", "false", "#ff8800"]
    opening.get_by_role("button", name="Delete the opening card").click()
    expect(picture).to_have_count(0)
    expect(colour).to_be_hidden()
    expect(opening.get_by_label("Begin the video with it")).not_to_be_checked()


def test_a_clip_takes_an_uploaded_font_and_shows_what_apps_cover(page: Page, site: Site, tmp_path: Path):
    task = lecture(site, tmp_path.parent / "lectures")
    page.request.post(f"{site.address}/brand/fonts", data=font(), headers={"Content-Type": "font/ttf"})
    page.goto(f"{site.address}/task/{task.id}/edit")
    page.get_by_role("tab", name="Clips").click()
    page.get_by_role("button", name="Open “The press”").click()
    choice = page.get_by_label("Font of captions")
    expect(choice.locator("option", has_text=NAME)).to_be_attached()
    with page.expect_response(lambda answer: "/fonts/Brand" in answer.url) as drawn:
        choice.select_option(NAME)
    assert drawn.value.ok
    expect(page.locator("[data-told]")).to_have_text("1 change")
    plan = page.request.get(f"{site.address}/task/{task.id}/plan").json()
    assert plan["clips"][0]["look"]["font"] == NAME
    toggle = page.get_by_role("button", name="Show what apps cover")
    expect(page.locator(".covered")).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".covered i")).to_have_count(3)
    choice.select_option("")
    expect(page.locator("[data-told]")).to_have_text("2 changes")
    assert page.request.get(f"{site.address}/task/{task.id}/plan").json()["clips"][0]["look"] in (
        None,
        {},
        dict.fromkeys(plan["clips"][0]["look"]),
    )


def test_a_clip_takes_colours_and_letters_of_its_own_by_keyboard_and_shows_them(page: Page, site: Site, tmp_path: Path):
    task = lecture(site, tmp_path.parent / "lectures")
    page.goto(f"{site.address}/task/{task.id}/edit")
    page.get_by_role("tab", name="Clips").click()
    page.get_by_role("button", name="Open “The press”").click()
    page.get_by_text("Colours and letters").focus()
    page.keyboard.press("Enter")
    letters = page.get_by_label("Letters", exact=True)
    letters.focus()
    page.keyboard.type("#ff8800")
    with page.expect_response(lambda answer: "letter_colour=%23ff8800" in answer.url.lower()) as drawn:
        page.keyboard.press("Tab")
    assert "&H0088FF&" in drawn.value.text()
    expect(page.locator("[data-told]")).to_have_text("1 change")
    expect(page.get_by_label("Letters: choose a colour")).to_have_value("#ff8800")
    page.get_by_label("Words at a time").select_option("2")
    page.get_by_role("combobox", name="Capitals").select_option("All capitals")
    expect(page.locator("[data-told]")).to_have_text("3 changes")
    look = page.request.get(f"{site.address}/task/{task.id}/plan").json()["clips"][0]["look"]
    assert (look["letter_colour"], look["words_per_line"], look["letter_case"]) == ("#FF8800", 2, "capitals")
    letters.fill("orange")
    letters.press("Tab")
    expect(page.locator("[data-told]")).to_have_text("3 changes")
    letters.fill("")
    letters.press("Tab")
    expect(page.locator("[data-told]")).to_have_text("4 changes")
    look = page.request.get(f"{site.address}/task/{task.id}/plan").json()["clips"][0]["look"]
    assert (look["letter_colour"], look["words_per_line"]) == (None, 2)


def place_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box
    return box


def test_the_look_of_all_clips_is_chosen_seen_and_kept_in_a_preset(options: Page, site: Site):
    picture = options.get_by_role("img", name="How captions in clips look")
    expect(picture.locator(".styled-words")).to_have_css("color", "rgb(255, 255, 255)")
    options.get_by_label("Shape of clips").select_option("1:1")
    box = place_of(picture)
    assert box["width"] == pytest.approx(box["height"], abs=1)
    options.get_by_label("Caption style of clips").select_option("comic")
    expect(picture.locator(".styled-words")).to_have_text("AS YOU SPEAK")
    options.get_by_label("Height of captions in clips").select_option("high")
    assert place_of(picture.locator(".styled-words"))["y"] < place_of(picture)["y"] + box["height"] / 3
    options.get_by_text("Colours and letters of captions in clips").click()
    options.get_by_label("Letters: choose a colour").evaluate(
        "palette => { palette.value = '#00ff88'; palette.dispatchEvent(new Event('change', { bubbles: true })); }"
    )  # the palette itself is a window of the system
    expect(options.get_by_label("Letters", exact=True)).to_have_value("#00FF88")
    expect(picture.locator(".styled-words")).to_have_css("color", "rgb(0, 255, 136)")
    options.get_by_label("Save these options as a preset").fill("Green")
    options.get_by_role("button", name="Save", exact=True).click()
    expect(options.get_by_text("Saved as “Green”.")).to_be_visible()
    kept = site.backend.presets.of("local")["Green"]
    assert (kept["letter_colour"], kept["caption_position"], kept["clip_style"]) == ("#00FF88", "high", "comic")
    options.get_by_role("button", name="Reset", exact=True).click()
    expect(picture.locator(".styled-words")).to_have_css("color", "rgb(255, 255, 255)")


def test_a_colour_that_is_none_is_shown_before_anything_is_sent(options: Page, site: Site, video: Path):
    options.get_by_text("Colours and letters of captions in clips").click()
    options.get_by_label("Outline", exact=True).fill("red")
    options.get_by_text("Colours and letters of captions in clips").click()
    options.get_by_label("Choose a file").set_input_files(video)
    options.get_by_role("button", name="Upload and process").click()
    expect(options.get_by_label("Outline", exact=True)).to_be_focused()
    assert not site.backend.store.listed("local", start=0, count=1)[1]


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_picture_of_a_style_moves_for_a_while_unless_motion_is_unwanted(
    page: Page, site: Site, tmp_path: Path, motion: str
):
    task = lecture(site, tmp_path.parent / "lectures")
    page.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    page.goto(f"{site.address}/task/{task.id}/edit")
    page.get_by_role("tab", name="Clips").click()
    page.get_by_role("button", name="Open “The press”").click()
    word = page.locator("label", has=page.get_by_role("radio", name="Karaoke")).locator(".styled-words b").first
    page.get_by_role("radio", name="Karaoke").check()
    name, times = word.evaluate("(b) => [getComputedStyle(b).animationName, getComputedStyle(b).animationIterationCount]")
    assert (name, times) == (("none", "1") if motion == "reduce" else ("spoken", "3"))
