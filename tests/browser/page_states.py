"""The pages in all their states: each function here leads a page to one of them."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from accessibility import PHONE
from clips import prepared, running_with, sent
from driven import Site
from lectures import lecture
from places import on_disk, write_manifest
from playwright.sync_api import Page, expect
from web.surroundings import captioned_files, keep_plan, talk

from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.revisions.changes import edit_plan
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact
from video_automation.plan.edits import CutOut

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))
from brands import card

Reach = Callable[[Page, Site, Path], None]
"""Leads a page to a state; the folder is for small videos that are made once."""
VTT = "WEBVTT\n\n00:00:00.500 --> 00:00:02.000\nHello world.\n\n00:00:02.500 --> 00:00:04.000\nThat is all.\n"
SESSION = "(await import(document.querySelector('script[src*=\"editor/main\"]').src)).session"
"""The plan in the editor's page."""


def task_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def home_empty(page: Page, site: Site, _media: Path) -> None:
    page.goto(site.address)
    page.get_by_text("Options", exact=False).first.click()
    page.get_by_text("Colours and letters").click()


def home_with_a_brand(page: Page, site: Site, _media: Path) -> None:
    for place in ("logo", "cards/opening", "cards/closing"):
        page.request.put(f"{site.address}/brand/{place}", data=card(), headers={"Content-Type": "image/png"})
    page.goto(site.address)
    page.get_by_text("Options", exact=False).first.click()
    page.get_by_role("group", name="Closing card").scroll_into_view_if_needed()


def home_with_tasks(page: Page, site: Site, media: Path) -> None:
    prepared(site, media, clips=2)
    site.put(id=task_id(5), state=State.PROGRESS, stage="listen", progress=20, status="Listening.")
    site.put(id=task_id(6), state=State.FAILURE, problem=Problem("no_picture", "There is no picture in this file."))
    page.goto(site.address)
    page.get_by_label("Select talk.mp4").first.check()
    page.get_by_label("Rename talk.mp4").last.click()


def home_after_a_deletion(page: Page, site: Site, media: Path) -> None:
    prepared(site, media, clips=1)
    page.goto(site.address)
    page.get_by_role("button", name="Delete talk.mp4").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def home_with_a_queue(page: Page, site: Site, media: Path) -> None:
    page.goto(site.address)
    large = media / "large.mp4"
    with large.open("wb") as file:
        file.truncate(65_000_000)
    page.get_by_label("Choose a file").set_input_files([__file__, large])
    expect(page.get_by_role("alert")).to_contain_text("The limit is 64.0 MB")


def task_waiting(page: Page, site: Site, _media: Path) -> None:
    page.goto(f"{site.address}/task/{site.put(state=State.PENDING).id}")


def task_at_work(page: Page, site: Site, media: Path) -> None:
    page.goto(f"{site.address}/task/{running_with(site, media, clips=2).id}")
    expect(page.locator(".clip video")).to_have_count(2)


def task_about_to_be_stopped(page: Page, site: Site, _media: Path) -> None:
    page.goto(f"{site.address}/task/{site.put(state=State.PENDING).id}")
    page.get_by_role("button", name="Cancel", exact=True).click()


def task_in_review(page: Page, site: Site, _media: Path) -> None:
    job = site.put(state=State.REVIEW)
    keep_plan(on_disk(site.backend, job.id), talk(job.params))
    page.goto(f"{site.address}/task/{job.id}")
    expect(page.get_by_text("Ready for your review")).to_be_visible()


def task_failed(page: Page, site: Site, _media: Path) -> None:
    job = site.put(state=State.FAILURE, problem=Problem("no_picture", "There is no picture in this file."))
    page.goto(f"{site.address}/task/{job.id}")


def task_cancelled(page: Page, site: Site, _media: Path) -> None:
    page.goto(f"{site.address}/task/{site.put(state=State.REVOKED).id}")


def deletion(page: Page, site: Site, media: Path) -> None:
    page.goto(f"{site.address}/delete?task={prepared(site, media, clips=1).id}")


def whole(site: Site, media: Path) -> Job:
    """A task that is done, with clips, texts, thumbnails, captions and a transcript."""
    job = prepared(site, media, clips=3)
    place = on_disk(site.backend, job.id)
    captioned_files(place, job, VTT)
    output = place.result(job)
    (output.folder / "talk.txt").write_text("[00:00] Hello world.\n\n[00:02] That is all.\n")
    made = manifest.read_manifest(output.manifest)
    output.manifest.unlink()
    text = Artifact("talk.txt", "transcript", "text/plain")
    write_manifest(replace(made, artifacts=(*made.artifacts, text)), output.manifest)
    return job


def result(page: Page, site: Site, media: Path) -> None:
    page.goto(f"{site.address}/result/{whole(site, media).id}")
    expect(page.locator(".cues textarea")).to_have_count(2)
    for details in page.locator("details").all():
        details.evaluate("details => { details.open = true; }")


def changed(site: Site, job: Job) -> Job:
    """The task while it is made again: the long video and the first clip become others."""
    edit_plan(site.backend, job.id, (CutOut(start_ms=1200, end_ms=1700),))
    return site.move(job, state=State.PROGRESS, stage="render", progress=40, status="Rendering")


def result_made_again(page: Page, site: Site, media: Path) -> None:
    page.goto(f"{site.address}/result/{changed(site, whole(site, media)).id}")
    sent(page)
    expect(page.get_by_text("being made")).to_have_count(2)


def result_shared(page: Page, site: Site, media: Path) -> None:
    page.goto(f"{site.address}/result/{prepared(site, media, clips=0).id}")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("button", name="Turn off link")).to_be_visible()


def share_link(page: Page, site: Site, media: Path, *, password: str = "") -> str:
    page.goto(f"{site.address}/result/{whole(site, media).id}")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Make a link").click()
    return page.locator("#share code").inner_text()


def share(page: Page, site: Site, media: Path) -> None:
    page.goto(share_link(page, site, media))
    expect(page.get_by_role("heading", name="Transcript")).to_be_visible()


def share_password(page: Page, site: Site, media: Path) -> None:
    page.goto(share_link(page, site, media, password="sesame"))
    page.get_by_label("Password").fill("open")
    page.get_by_role("button", name="Watch").click()
    expect(page.get_by_role("alert")).to_be_visible()


def share_ended(page: Page, site: Site, _media: Path) -> None:
    page.goto(f"{site.address}/s/no-such-link")


def not_found(page: Page, site: Site, _media: Path) -> None:
    page.goto(f"{site.address}/nowhere")


def operator(page: Page, site: Site, media: Path) -> None:
    running_with(site, media, clips=0)
    site.put(state=State.PENDING)
    page.goto(f"{site.address}/operator")
    for details in page.locator("details").all():
        details.evaluate("details => { details.open = true; }")


def editor(page: Page, site: Site, media: Path) -> None:
    page.goto(f"{site.address}/task/{lecture(site, media).id}/edit")
    expect(page.locator("[data-told]")).to_have_text("Up to date")
    expect(page.locator("#player .said")).to_be_hidden()


def editor_made_again(page: Page, site: Site, media: Path) -> None:
    page.goto(f"{site.address}/task/{changed(site, lecture(site, media)).id}/edit")
    page.get_by_role("tab", name="Clips").click()
    expect(page.get_by_text("being made")).to_have_count(1)


def editor_words(page: Page, site: Site, media: Path) -> None:
    """On a phone the words have a tab; some are cut, and others selected."""
    page.set_viewport_size(PHONE)
    editor(page, site, media)
    page.get_by_role("tab", name="Words").click()
    page.evaluate(f"async () => {{ const session = {SESSION}; session.edit([{{ op: 'cut', start_ms: 500, end_ms: 2000 }}]); }}")
    page.evaluate(f"async () => {SESSION}.select(17, 33)")
    expect(page.get_by_role("group", name="Selection")).to_contain_text("17 words")


def editor_clip(page: Page, site: Site, media: Path) -> None:
    editor(page, site, media)
    page.get_by_role("button", name="Open “The press”").click()
    page.get_by_text("Colours and letters").click()


def editor_clean_up(page: Page, site: Site, media: Path) -> None:
    editor(page, site, media)
    page.get_by_role("tab", name="Clean up").click()
    expect(page.get_by_role("tabpanel", name="Clean up").get_by_role("checkbox").first).to_be_visible()


def editor_texts(page: Page, site: Site, media: Path) -> None:
    editor(page, site, media)
    page.get_by_role("tab", name="Texts").click()
    for details in page.locator("#texts details").all():
        details.evaluate("details => { details.open = true; }")


def editor_options(page: Page, site: Site, media: Path) -> None:
    page.request.put(f"{site.address}/brand/cards/opening", data=card(), headers={"Content-Type": "image/png"})
    editor(page, site, media)
    page.get_by_role("tab", name="Options").click()
    page.get_by_label("Begin the video with it").check()
    expect(page.get_by_text("Made again: the video.")).to_be_visible()


def editor_cut(page: Page, site: Site, media: Path) -> None:
    editor(page, site, media)
    page.locator(".cut-list summary").click()
    page.get_by_role("button", name="Cut 1 of").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def editor_finder(page: Page, site: Site, media: Path) -> None:
    editor_words(page, site, media)
    page.keyboard.press("Control+f")
    page.keyboard.type("guttenberg")
    expect(page.get_by_role("search")).to_contain_text("1 of")


def editor_correction(page: Page, site: Site, media: Path) -> None:
    editor_words(page, site, media)
    page.locator("#words [data-id='9']").dblclick()
    expect(page.get_by_label("Correct “Guttenberg”")).to_be_visible()


def editor_offer(page: Page, site: Site, media: Path) -> None:
    editor_correction(page, site, media)
    page.get_by_label("Correct “Guttenberg”").fill("Gutenberg")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remember “Gutenberg” for next videos")).to_be_visible()


def editor_keys(page: Page, site: Site, media: Path) -> None:
    editor(page, site, media)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def editor_told(page: Page, site: Site, media: Path) -> None:
    editor(page, site, media)
    page.evaluate(f"async () => {SESSION}.notice('Someone else changed the same place.', {{ trouble: true }})")


STATES = (
    *(home_empty, home_with_a_brand, home_with_tasks, home_after_a_deletion, home_with_a_queue),
    *(task_waiting, task_at_work, task_about_to_be_stopped, task_in_review, task_failed, task_cancelled, deletion),
    *(result, result_made_again, result_shared, share, share_password, share_ended, not_found, operator),
    *(
        editor,
        editor_made_again,
        editor_words,
        editor_clip,
        editor_clean_up,
        editor_texts,
        editor_options,
        editor_cut,
        editor_finder,
    ),
    *(editor_correction, editor_offer, editor_keys, editor_told),
)
