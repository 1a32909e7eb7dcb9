"""Naughty strings as names, titles and captions in Chromium: they are shown as text; nothing of them runs or is fetched."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from clips import prepared
from driven import Site, plays
from naughty import CANARY, NAUGHTY
from places import on_disk, write_manifest
from playwright.sync_api import Page, expect
from web.surroundings import captioned_files

from video_automation.errors import RequestError
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, VideoChapter
from video_automation.plan.cues import plain_line
from video_automation.plan.packaging import Title
from video_automation.web.pages import page_views
from video_automation.web.uploads.form_upload import shown_name

# See test_pages_in_chromium.py.
pytestmark = pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO:pytest.PytestUnraisableExceptionWarning")

TEXTS = tuple(filter(None, map(plain_line, NAUGHTY)))
MARKUP = tuple(text for text in TEXTS if set(text) & set("<\"'"))[-150:]
"""The strings that a page could mistake for markup; test_http_strings.py has the others."""
WITNESS = """
    window.seen = [];
    addEventListener("securitypolicyviolation", (event) => window.seen.push(`${event.violatedDirective} ${event.blockedURI}`));
    for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.seen.push(name);
"""


@pytest.fixture
def watched(page: Page, site: Site) -> Iterator[Page]:
    """A page that fails the test if a string runs as a script, opens a dialog, or requests another host."""
    told: list[str] = []
    page.add_init_script(WITNESS)
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    page.on(
        "request", lambda request: told.append(request.url) if not request.url.startswith((site.address, "data:")) else None
    )
    page.on("popup", lambda popup: told.append(popup.url))
    yield page
    assert told == []


def unharmed(page: Page) -> None:
    assert page.evaluate("window.__pwned ?? 'no'") == "no"
    assert page.evaluate("window.seen ?? []") == []
    assert page.title() != "pwned"


def names() -> list[str]:
    found = []
    for text in NAUGHTY:
        try:
            found.append(shown_name(text))
        except RequestError:
            continue
    return found


def test_no_name_is_more_than_a_name_on_the_front_page_and_the_page_of_a_task(
    watched: Page, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_views, "RECENT", 1_000)
    shown = names()
    for at, name in enumerate(shown):
        site.put(id=f"00000000-0000-4000-8000-{at:012}", filename=name, created_at=1_750_000_000.0 - at)
    watched.goto(site.address)
    assert watched.locator(".video-row h3 a").all_text_contents() == shown
    unharmed(watched)
    job = site.put(state=State.FAILURE)
    for name in shown[-40::4]:
        site.move(job, filename=name, problem=Problem("x", name))
        watched.goto(f"{site.address}/task/{job.id}")
        assert watched.locator("h1").text_content() == watched.locator(".status").text_content() == name
        unharmed(watched)


def titled(site: Site, job: Job) -> None:
    """Gives a result clips, titles and chapters with naughty names."""
    listing = on_disk(site.backend, job.id).result(job).manifest
    made = manifest.read_manifest(listing)
    first = made.clips[0]
    clips = tuple(replace(first, name=f"short_{at}", title=text) for at, text in enumerate(MARKUP))
    filled = replace(
        made, clips=clips, titles=tuple(Title(text, 80, text) for text in MARKUP), description="\n".join(MARKUP),
        chapters=tuple(VideoChapter(0, text) for text in MARKUP), remarks=MARKUP, hashtags=MARKUP,
    )  # fmt: skip
    write_manifest(filled, listing)


def test_no_title_is_more_than_a_title_on_the_result_page(watched: Page, site: Site, tmp_path: Path) -> None:
    job = prepared(site, tmp_path, clips=1)
    titled(site, job)
    watched.goto(f"{site.address}/result/{job.id}")
    assert watched.locator(".clip h3").all_text_contents() == list(MARKUP)
    assert watched.locator(".titles li span").all_text_contents() == list(MARKUP)
    values = watched.locator("input[name=title]").evaluate_all("fields => fields.map(field => field.value)")
    assert values == list(MARKUP)
    watched.locator("[data-copy]").evaluate_all("buttons => buttons.forEach(button => button.click())")
    watched.locator("details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    unharmed(watched)


def test_no_caption_is_more_than_a_caption_where_it_is_read_and_corrected(watched: Page, site: Site, video: Path) -> None:
    job = site.finish(site.put(), video)
    texts = [text for text in TEXTS if len(text) < 2_000 and not set(text) & set("\u2060\uffff")]
    escaped = (text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts)
    cues = (
        f"00:{at // 60:02}:{at % 60:02}.000 --> 00:{at // 60:02}:{at % 60:02}.900\n{text}\n" for at, text in enumerate(escaped)
    )
    captioned_files(on_disk(site.backend, job.id), job, "\n".join(("WEBVTT\n", *cues)))
    watched.goto(f"{site.address}/result/{job.id}")
    fields = watched.locator("[data-cues] textarea")
    expect(fields).to_have_count(len(texts))
    assert fields.evaluate_all("fields => fields.map(field => field.value)") == texts
    watched.locator("video").evaluate("video => { video.textTracks[0].mode = 'showing'; }")
    plays(watched)
    unharmed(watched)


def test_a_task_at_work_shows_its_naughty_clips_as_text(watched: Page, site: Site, tmp_path: Path) -> None:
    job = prepared(site, tmp_path, clips=1)
    titled(site, job)
    place = on_disk(site.backend, job.id)
    made = manifest.read_manifest(place.result(job).manifest)
    clips = tuple(replace(clip, film=f"{at}.mp4") for at, clip in enumerate(made.clips[-60:]))
    listed = tuple(Artifact(clip.film, "short", "video/mp4", width=16, height=16, clip=clip.name) for clip in clips)
    site.move(job, state=State.PROGRESS, output_filename=None, stage="render", progress=40, status=TEXTS[-5])
    watched.goto(f"{site.address}/task/{job.id}")
    write_manifest(replace(made, clips=clips, artifacts=listed), place.building(job).offered)
    titles = watched.locator("[data-clips] h3")
    expect(titles).to_have_count(len(clips))
    assert titles.all_text_contents() == [clip.title for clip in clips]
    unharmed(watched)


def test_a_file_of_a_task_opened_as_a_page_runs_nothing(watched: Page, site: Site, video: Path) -> None:
    job = site.finish(site.put(), video)
    output = on_disk(site.backend, job.id).result(job)
    made = manifest.read_manifest(output.manifest)
    kinds = ("application/xml", "text/plain", "application/json", "text/vtt")
    files = tuple(Artifact(f"v.{at}", "timeline", kind) for at, kind in enumerate(kinds))
    write_manifest(replace(made, artifacts=(*made.artifacts, *files)), output.manifest)
    for file in files:
        (output.folder / file.name).write_text(
            f'<x xmlns="http://www.w3.org/1999/xhtml"><script>{CANARY}</script><img src="x" onerror="{CANARY}"/></x>'
        )
        watched.goto(f"{site.address}/task/{job.id}/files/{file.name}")
        assert watched.evaluate("window.__pwned ?? 'no'") == "no", file
        assert watched.evaluate("self.origin") == "null", file


def test_a_video_that_is_opened_by_itself_plays(page: Page, site: Site, video: Path) -> None:
    job = site.put()
    site.finish(job, video)
    page.goto(f"{site.address}/task/{job.id}/files/processed_talk.mp4")
    plays(page)
