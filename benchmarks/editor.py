"""The editor in Chromium: its longest tasks with hours of words, how soon a strike is left out, how soon it is in the video."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

import requests
from playwright.sync_api import Browser, Page

from benchmarks.browsing import Spent, chromium, fresh_page, longest_task, select_words, shown, word
from benchmarks.lectures import SENTENCE, finish_lecture
from benchmarks.service import ended, free_port, running, uploaded
from benchmarks.talks import talk
from video_automation import bootstrap, config
from video_automation.jobs.lifecycle.submit import new_job
from video_automation.jobs.model import State
from video_automation.plan.params import Params

_WORDS = (9_000, 90_000)
"""Of an hour of speech, and of ten."""
_TIMES = 3
_STRIKES = 5
_PLAYS = """film => new Promise(done => {
    const from = film.currentTime;
    const look = () => film.currentTime > from + 0.3 ? done() : setTimeout(look, 20);
    look();
})"""
"""Returns once the video has played for a moment."""
_STRUCK = """async () => {
    const film = document.querySelector("#player video");
    const { timeStamp } = await new Promise(done => addEventListener("keydown", done, { capture: true, once: true }));
    const from = film.currentTime;
    const past = new Promise(done => {
        const look = () => film.currentTime > from + 1 ? done(performance.now() - timeStamp) : setTimeout(look);
        setTimeout(look);
    });
    const seen = new Promise(done => {
        const look = (now, { mediaTime }) => {
            if (mediaTime > from + 1) done(now - timeStamp);
            else film.requestVideoFrameCallback(look);
        };
        film.requestVideoFrameCallback(look);
    });
    return Promise.all([past, seen]);
}"""
"""Milliseconds from the next key until the player is past what it strikes, and until a frame from there is on the screen."""


def tasks(folder: Path) -> Iterator[str]:
    """The longest tasks of the page while a transcript of one hour, and one of ten, is opened and worked with."""
    with chromium() as browser:
        for words in _WORDS:
            with _lecture(folder, words) as address:
                runs = [_worked_with(browser, address) for _ in range(_TIMES)]
            told = (f"{act} {_median(run[act] for run in runs)}" for act in runs[0])
            yield f"{words:,} words, longest task of the page, ms of processor (of the clock): {', '.join(told)}"


def strikes(folder: Path) -> list[str]:
    """How soon playback leaves out a sentence that is struck while it plays, in an hour of speech."""
    with _lecture(folder, _WORDS[0]) as address, chromium() as browser, fresh_page(browser) as page:
        page.goto(address)
        shown(page, "Up to date")
        page.locator("#player .said").wait_for(state="hidden")
        found = [_struck_while_played(page, number) for number in range(1, _STRIKES + 1)]
    past, seen = zip(*found, strict=True)
    passed, on_screen = (f"{median(found):.0f} ms, {max(found):.0f} at most" for found in (past, seen))
    return [f"from a strike until playback is past it: {passed}; until that is on the screen: {on_screen}"]


def struck(folder: Path, *, minutes: float = 5) -> list[str]:
    """From a strike of one sentence in the editor until the updated video plays there, against the whole job."""
    video = talk(folder, minutes=minutes).video
    with running(folder) as (address, _, _), chromium() as browser, fresh_page(browser) as page:
        began = time.monotonic()
        task = uploaded(address, video)
        ended(address, task)
        whole_s = time.monotonic() - began
        page.goto(f"{address}/task/{task}/edit")
        shown(page, "Up to date")
        page.get_by_text("Result", exact=True).last.click()
        first, last = _sentence(requests.get(f"{address}/task/{task}/plan", timeout=60).json()["words"])
        select_words(page, first, last)
        began = time.monotonic()
        page.keyboard.press("Delete")
        page.get_by_role("button", name="Update video").click()
        page.locator("[data-notice]", has_text="Updated").wait_for()
        page.locator("#player video:not([hidden])").evaluate(
            """video => new Promise(done => { video.requestVideoFrameCallback(done); video.muted = true; video.play(); })"""
        )
        again_s = time.monotonic() - began
    share = f"{again_s / whole_s:.1%} of the whole job's {whole_s:.0f} s"
    return [f"one of {last - first + 1} words struck in {minutes} min of talk: it plays after {again_s:.1f} s, {share}"]


@contextmanager
def _lecture(folder: Path, words: int) -> Iterator[str]:
    """A service with a finished task of so many words: the address of its editor."""
    redis = f"redis://127.0.0.1:{free_port()}/0"
    with running(folder, REDIS_URL=redis) as (address, _, _):
        settings = config.load(environment={"REDIS_URL": redis, "DATA_FOLDER": str(folder / "data")})
        backend = bootstrap.redis_backend(settings)
        job = replace(new_job(filename="talk.mp4", owner="local", params=Params()), state=State.PROGRESS, run="elsewhere")
        backend.store.add(job)  # at work, or the worker would begin with it
        finish_lecture(backend, job, folder / "media", words=words)
        yield f"{address}/task/{job.id}/edit"


def _worked_with(browser: Browser, address: str) -> dict[str, Spent]:
    """The longest task of each thing a person does."""
    with fresh_page(browser) as page:
        page.goto(address.partition("/task/")[0])  # Chromium starts a process for the page of a new origin

        def opens() -> None:
            page.goto(address)
            shown(page, "Up to date")
            page.locator("#player .said").wait_for(state="hidden")
            page.wait_for_load_state("networkidle")

        def scrolls() -> None:
            page.mouse.move(400, 500)
            for by in (*[400] * 15, *[-400] * 15):
                page.mouse.wheel(0, by)
                page.wait_for_timeout(50)

        def leaps() -> None:
            for part in (0.5, 1, 0.2, 0):
                page.evaluate(f"scrollTo(0, {part} * document.documentElement.scrollHeight)")
                page.wait_for_timeout(200)

        def strikes_them() -> None:
            page.keyboard.press("Delete")
            shown(page, "1 change")

        def finds() -> None:
            page.keyboard.press("Control+f")
            page.keyboard.type("printing")
            place = page.locator("#replace .count")
            place.filter(has_text=" of ").wait_for()
            first = place.text_content()
            page.keyboard.press("Enter")
            place.filter(has_not_text=first).wait_for()

        acts: dict[str, Callable[[], None]] = {
            "open": opens,
            "scroll": scrolls,
            "leap": leaps,
            "select": lambda: select_words(page, 17, 33),
            "strike": strikes_them,
            "find": finds,
        }
        spent = {name: longest_task(browser, page, act) for name, act in acts.items()}
        page.get_by_role("button", name="Undo", exact=True).click()
        shown(page, "Up to date")
        return spent


def _struck_while_played(page: Page, number: int) -> tuple[float, float]:
    """Strikes the sentence of this number while its third word is spoken."""
    first = number * len(SENTENCE)
    word(page, first + 2).click()
    select_words(page, first, first + len(SENTENCE) - 1)
    page.keyboard.press("Space")
    page.locator("#player video").first.evaluate(_PLAYS)
    with page.expect_response("**/edits"):
        timing = page.evaluate_handle(f"({{ timed: ({_STRUCK})() }})")
        page.keyboard.press("Delete")
        past, seen = timing.evaluate("({ timed }) => timed")
    page.keyboard.press("k")
    return past, seen


def _sentence(words: list[dict[str, object]]) -> tuple[int, int]:
    """The first and last word of a sentence near the beginning that is kept and has six words at least."""
    ends = [at for at, word in enumerate(words) if str(word["text"]).endswith((".", "?", "!"))]
    for before, end in pairwise(ends):
        if end - before >= 6 and all(word["kept"] for word in words[before + 1 : end + 1]):
            return before + 1, end
    raise SystemExit("Nobody says a whole sentence in this talk.")


def _median(found: Iterator[Spent]) -> str:
    runs = tuple(found)
    return f"{median(run.processor_ms for run in runs):.0f} ({median(run.wall_ms for run in runs):.0f})"
