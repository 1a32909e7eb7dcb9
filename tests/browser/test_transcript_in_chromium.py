"""The editor's transcript: words are selected, cut, kept, corrected, found and replaced, by mouse and by keyboard."""

from pathlib import Path

from driven import Site
from editor_pages import Opened
from lectures import lecture
from playwright.sync_api import Browser, Locator, Page, expect
from web.surroundings import plan_of

from benchmarks.browsing import drag
from video_automation.jobs.model import Job
from video_automation.plan.document import Document


def word(page: Page, number: int) -> Locator:
    return page.locator(f"#words [data-id='{number}']")


def saved(page: Page, changes: str = "1 change") -> None:
    expect(page.locator("[data-told]")).to_have_text(changes)


def select(page: Page, first: int, last: int) -> None:
    """Drags the mouse over words."""
    drag(page, word(page, first), word(page, last))


def kept(site: Site, task: Job) -> Document:
    return plan_of(site.backend, task)


def cuts(document: Document) -> list[tuple[int, int]]:
    rate = document.source.picture.rate
    return [(int(cut.span.start * 1000 / rate), int(cut.span.end * 1000 / rate)) for cut in document.cuts]


def test_selected_words_are_cut_with_a_pause_and_come_back_whole(opened: Opened, site: Site, task: Job) -> None:
    page = opened()
    before = cuts(kept(site, task))
    select(page, 17, 33)
    bar = page.get_by_role("group", name="Selection")
    expect(bar).to_contain_text("17 words")
    bar.get_by_role("button", name="Cut").click()
    saved(page)
    for number in (17, 25, 33):
        expect(word(page, number)).to_have_class("w cut selected")
        expect(word(page, number)).to_have_role("deletion")
    expect(word(page, 34)).to_have_class("w")
    assert cuts(kept(site, task)) == [(7_720, 14_760), *before], "of two pauses one is left"
    page.keyboard.press("Delete")
    saved(page, "2 changes")
    assert cuts(kept(site, task)) == before


def test_a_cut_pause_says_so_and_comes_back(opened: Opened, site: Site, task: Job) -> None:
    page = opened()
    chip = page.get_by_role("button", name="Pause of 2.1 s, cut to 0.5 s").first
    chip.click()
    page.get_by_role("group", name="Selection").get_by_role("button", name="Keep").click()
    saved(page)
    assert len(kept(site, task).cuts) == 1


def test_words_are_selected_and_cut_by_the_keyboard_alone(opened: Opened, site: Site, task: Job) -> None:
    page = opened()
    word(page, 1).click()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(word(page, 3)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Cut", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    saved(page)
    assert (1_320, 2_040) in cuts(kept(site, task))
    page.keyboard.press("Escape")
    expect(word(page, 2)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Backspace")
    saved(page, "2 changes")
    expect(page.locator(".w.cut")).to_have_count(3)
    page.keyboard.press("Control+z")
    saved(page)
    expect(page.locator(".w.cut")).to_have_count(2)


def test_a_click_on_a_struck_word_selects_all_of_its_cut(opened: Opened, site: Site, task: Job) -> None:
    page = opened()
    select(page, 2, 4)
    page.keyboard.press("Delete")
    saved(page)
    word(page, 75).click()
    expect(page.locator(".w.selected")).to_have_count(0)
    word(page, 3).click()
    expect(page.get_by_role("group", name="Selection")).to_contain_text("3 words")
    page.get_by_role("button", name="Keep", exact=True).click()
    saved(page, "2 changes")
    assert len(kept(site, task).cuts) == 2


def test_a_word_that_was_not_heard_clearly_is_dotted(opened: Opened) -> None:
    page = opened()
    expect(word(page, 9)).to_have_attribute("title", "Not heard clearly")
    expect(word(page, 9)).to_have_css("text-decoration-style", "dotted")
    expect(word(page, 8)).to_have_css("text-decoration-line", "none")


def test_a_corrected_name_is_remembered_and_replaced_everywhere(opened: Opened, site: Site, task: Job) -> None:
    page = opened()
    word(page, 9).dblclick()
    field = page.get_by_label("Correct “Guttenberg”")
    field.fill("Delete")
    field.press("Escape")
    expect(word(page, 9)).to_be_focused()
    page.keyboard.press("F2")
    field.fill("Gutenberg")
    field.press("Enter")
    saved(page)
    expect(word(page, 9)).to_have_attribute("title", "Heard as “Guttenberg”")
    page.get_by_role("button", name="Remember “Gutenberg” for next videos").click()
    expect(page.locator("[data-notice]")).to_have_text("Remembered: Gutenberg.")
    assert site.backend.glossaries.of("local") == ("Gutenberg",)

    page.get_by_role("button", name="Find more of “Guttenberg”").click()
    finder = page.get_by_role("search", name="Find and replace")
    expect(finder).to_contain_text("Replaces “Guttenberg”: 11 places in the transcript, 1 title, 1 place in the description.")
    page.keyboard.press("Enter")
    saved(page, "2 changes")
    expect(page.get_by_text("Guttenberg", exact=True)).to_have_count(0)
    assert [title.text for title in kept(site, task).packaging.titles][1] == "How Gutenberg changed the world"


def test_hits_are_found_by_the_keyboard_whatever_their_case(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("Control+f")
    page.keyboard.type("FÓREVER")
    finder = page.get_by_role("search", name="Find and replace")
    expect(finder).to_contain_text("1 of 12")
    page.keyboard.press("Shift+Enter")
    expect(finder).to_contain_text("12 of 12")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(finder).to_contain_text("2 of 12")
    expect(page.locator(".w.found")).to_have_attribute("data-id", "33")
    page.keyboard.press("Escape")
    expect(word(page, 33)).to_be_focused()
    expect(page.locator(".w.hit")).to_have_count(0)


def test_selected_words_become_a_clip_and_are_played(opened: Opened, site: Site, task: Job) -> None:
    page = opened()
    select(page, 34, 40)
    page.get_by_role("group", name="Selection").get_by_role("button", name="New clip").click()
    expect(page.locator("[data-notice]")).to_have_text("The new clip is among the clips.")
    said = kept(site, task).transcript
    assert said
    clip = kept(site, task).clips[-1]
    assert (clip.start_ms, clip.end_ms) == (said.words[34].start_ms, said.words[40].end_ms)
    page.get_by_role("group", name="Selection").get_by_role("button", name="Play").click()
    expect(page.locator(".w.now")).to_have_attribute("data-id", "40")  # it plays to the end of what is selected


def test_a_click_seeks_and_clocks_tell_both_times(opened: Opened) -> None:
    page = opened()
    word(page, 70).click()
    expect(page.locator(".w.now")).to_have_attribute("data-id", "70")
    page.get_by_role("button", name="Go to 0:29, 0:30 in the recording").click()
    expect(page.locator(".w.now")).to_have_attribute("data-id", "68")


def test_words_are_cut_by_touch_on_a_phone(chromium: Browser, site: Site, task: Job) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{site.address}/task/{task.id}/edit")
    saved(page, "Up to date")
    word(page, 5).tap()
    expect(page.locator(".w.now")).to_have_attribute("data-id", "5")
    page.evaluate(  # selects as a long press does; Playwright cannot drag its handles
        """() => getSelection().setBaseAndExtent(
            document.querySelector("[data-id='5']").firstChild, 1, document.querySelector("[data-id='7']").firstChild, 1)"""
    )
    page.get_by_role("button", name="Cut", exact=True).tap()
    saved(page)
    expect(page.locator(".w.cut")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()


def test_far_paragraphs_are_empty_until_they_are_near(page: Page, site: Site, tmp_path: Path) -> None:
    task = lecture(site, tmp_path.parent / "lectures", words=9_000)
    page.goto(f"{site.address}/task/{task.id}/edit")
    saved(page, "Up to date")
    assert page.locator(".w").count() < 2_500
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    expect(word(page, 0)).to_have_count(0)
    shown = page.evaluate(
        """() => [...document.querySelectorAll(".w")].filter((word) => word.getBoundingClientRect().top > 300)
            .map((word) => Number(word.dataset.id))"""
    )
    word(page, shown[0]).click()
    page.keyboard.press("Delete")
    saved(page)
    expect(page.locator(".w.cut")).to_have_count(1)
    page.keyboard.press("Control+f")
    page.keyboard.type("printing")
    expect(word(page, 1)).to_be_in_viewport()


def test_languages_are_joined_and_split_as_they_are_written(opened: Opened) -> None:
    page = opened()
    assert page.evaluate(
        """async () => {
            const place = new URL("transcript_text.js", document.querySelector("script[src*='editor/main']").src);
            const { joined, paragraphsFrom } = await import(place);
            const texts = ["昨日。", "Go", "ไป", "ไหน", "هل؟", "نعم"];
            const words = texts.map((text, at) => ({ text, start_ms: at * 2000, end_ms: at * 2000 + 500 }));
            return [joined(texts), paragraphsFrom(words, 0)];
        }"""
    ) == ["昨日。Go ไปไหน هل؟ نعم", [{"first": 0, "last": 0}, {"first": 1, "last": 4}, {"first": 5, "last": 5}]]
