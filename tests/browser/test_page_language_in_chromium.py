"""The pages in another language than English: nothing on them stays English, and labels have room."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import PATIENCE_MS
from driven import Site
from lectures import lecture
from playwright.sync_api import Browser, Page, expect

from video_automation.jobs.model import Job, State

TEXTS = """() => {
    const found = new Set();
    const skipped = "script, template, noscript, bdi, code, body [lang], .paragraphs, .clip-words, mark, [name=language]";
    const shown = (element) => element.checkVisibility({ visibilityProperty: true });
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.nodeType === Node.TEXT_NODE) {
            if (!node.parentElement.closest(skipped)) found.add(node.data.trim());
        } else if (shown(node)) {
            for (const name of ["aria-label", "title", "placeholder", "alt"]) found.add(node.getAttribute(name) ?? "");
        }
    }
    return [...found];
}"""
"""All texts of a page, those that are hidden too, and the names of what is shown; without what people have said or named."""
BEYOND = """() => [...document.querySelectorAll("main, footer, header, button, a, input, select, video, canvas, p, h1, h2, h3")]
    .filter((one) => one.checkVisibility() && !one.closest(".away, .skip"))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map((one) => `${one.localName} ${one.textContent.trim()}`)"""
"""What reaches beyond the right edge of the window."""
WORD = re.compile(r"[a-z]{3}", re.IGNORECASE)


def page_of(chromium: Browser, locale: str, width: int = 1280) -> Page:
    context = chromium.new_context(viewport={"width": width, "height": 800}, locale=locale)
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


@pytest.fixture
def english(chromium: Browser) -> Iterator[Page]:
    page = page_of(chromium, "en-GB")
    yield page
    page.context.close()


@pytest.fixture
def german(chromium: Browser) -> Iterator[Page]:
    page = page_of(chromium, "de-AT")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.evaluate("0")
    page.context.close()
    assert not errors


@pytest.fixture
def task(site: Site, tmp_path: Path) -> Job:
    return lecture(site, tmp_path.parent / "lectures")


def texts(page: Page) -> set[str]:
    return {text for text in page.evaluate(TEXTS) if WORD.search(text)}


ALIKE = re.compile(
    r"""Video|Video\ Automation|Deutsch|English|Español|Français|Clips?|Clip\ \d|Pause|Player|Position|Hashtags|Standard|Start
    |Karaoke|Neon|Comic|Roboto|Logo|Text|YouTube|TikTok|Instagram|LinkedIn|Ctrl.*|Shift.*|Space|Delete|Backspace|Enter|Home|End
    |talk.*|processed_talk.*|.*\#press.*|.*Gut+enberg.*|(Clip:\ )?(The\ press|In\ Mainz)|Mainz|Kubernetes|forever\.
    |.*changed\ the\ world.*|.*printing\ press.*|Energy|Spoken\ faster.*""",
    re.VERBOSE,
)
"""What is the same in both languages: names, and what the lecture says."""


def same(one: set[str], other: set[str]) -> set[str]:
    return {text for text in one & other if not ALIKE.fullmatch(text)}


def test_the_home_page_has_no_english_left(english: Page, german: Page, site: Site, task: Job):
    other = site.put(id="00000000-0000-4000-8000-000000000002", filename="talk 2.mp4")
    site.move(other, state=State.FAILURE)
    for page in (english, german):
        page.goto(site.address)
    expect(german.get_by_role("heading", name="Meine Videos")).to_be_visible()
    assert german.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["de", "ltr"]
    assert len(texts(english)) > 60
    assert same(texts(english), texts(german)) == set()


def test_the_editor_has_no_english_left(english: Page, german: Page, site: Site, task: Job):
    for page, stand, clips in ((english, "Up to date", "Clips"), (german, "Aktuell", "Clips")):
        page.goto(f"{site.address}/task/{task.id}/edit")
        expect(page.locator("[data-told]")).to_have_text(stand)
        page.get_by_role("tab", name=clips).click()
        page.get_by_role("tabpanel", name=clips).get_by_role("button").nth(2).click()
        page.locator("#tab-finds").click()
        page.locator("#finds .finds-list li").first.wait_for()
        page.keyboard.press("?")
        expect(page.locator("#keys dl > div").first).to_be_visible()
    assert len(texts(english)) > 100
    assert same(texts(english), texts(german)) == set()


def test_the_page_of_a_result_has_no_english_left(english: Page, german: Page, site: Site, task: Job):
    for page in (english, german):
        page.goto(f"{site.address}/result/{task.id}")
    expect(german.get_by_role("heading", name="Dateien")).to_be_visible()
    assert len(texts(english)) > 20
    assert same(texts(english), texts(german)) == set()


def test_who_chooses_a_language_has_it_on_the_same_page_and_the_next(page: Page, site: Site, task: Job):
    page.goto(f"{site.address}/result/{task.id}")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("link", name="Descargar el video")).to_be_visible()
    assert page.url.endswith(f"/result/{task.id}")
    page.goto(site.address)
    expect(page.get_by_role("button", name="Subir y procesar")).to_be_visible()
    expect(page.get_by_role("button", name="Español")).to_have_attribute("aria-current", "true")


def test_an_english_page_reads_no_translations(page: Page, site: Site):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    assert [address for address in asked if "/texts/" in address] == []


@pytest.mark.parametrize(("language", "width"), [("de", 320), ("de", 390), ("es", 320), ("fr", 320)])
def test_labels_have_room_on_a_narrow_page(chromium: Browser, site: Site, task: Job, language: str, width: int):
    page = page_of(chromium, language, width)
    for path in ("", f"result/{task.id}", f"task/{task.id}/edit"):
        page.goto(f"{site.address}/{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate(BEYOND) == [], path
    page.context.close()
