"""The language of a video in a real browser: chosen before, shown during the work, corrected after; names and terms."""

import re
from dataclasses import replace
from pathlib import Path

from driven import Site
from places import on_disk, write_manifest
from playwright.sync_api import Browser, Page, expect
from web.surroundings import keep_plan, talk

from video_automation.jobs.model import Job, State
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact

VTT = "WEBVTT\n\n00:00.200 --> 00:01.500\nاخترع غوتنبرغ آلة الطباعة، في ماينتس.\n"


def arabic(site: Site, video: Path) -> Job:
    """A finished task in Arabic, with a corrected name."""
    job = site.finish(site.put(filename="محاضرة.mp4"), video)
    place = on_disk(site.backend, job.id)
    keep_plan(place, talk(job.params))
    output = place.result(job)
    (output.folder / "video.vtt").write_text(VTT)
    made = manifest.read_manifest(output.manifest)
    captions = Artifact("video.vtt", "captions", "text/vtt", 9, "")
    told = replace(made, artifacts=(*made.artifacts, captions), language="ar", certainty=62, corrected=("غوتنبرغ",))
    write_manifest(told, output.manifest)
    return job


def test_a_language_and_names_are_chosen_and_sent(page: Page, site: Site, video: Path):
    page.goto(site.address)
    page.get_by_label("Choose a file").set_input_files(video)
    page.locator("summary", has_text="Options").click()
    expect(page.get_by_label("Language spoken", exact=True)).to_have_accessible_description(
        re.compile("base.* knows 99 languages")
    )
    page.get_by_label("Language spoken", exact=True).select_option("German – Deutsch")
    page.get_by_label("Names and terms").fill("Gutenberg\nJohann Fust")
    page.get_by_role("button", name="Upload and process").click()
    page.wait_for_url(re.compile("/task/[0-9a-f-]{36}$"))
    [job] = site.backend.store.listed("local", start=0, count=9)[0]
    assert (job.params.speech.language, job.params.speech.glossary) == ("de", ("Gutenberg", "Johann Fust"))


def test_it_is_told_once_it_is_known(page: Page, site: Site):
    job = site.put(state=State.PROGRESS, stage="transcribe", progress=20)
    page.goto(f"{site.address}/task/{job.id}")
    expect(page.locator("[data-language]")).to_be_empty()
    site.move(job, stage="plan", progress=40, language="es", language_certainty=97)
    expect(page.locator("[data-language]")).to_have_text("Language: Spanish (97 % sure)")


def test_what_is_said_is_read_while_it_is_transcribed(page: Page, site: Site):
    job = site.put(state=State.PROGRESS, stage="transcribe", progress=20)
    page.goto(f"{site.address}/task/{job.id}")
    text = f"{site.backend.folders.of(job.id).building(job)}said.txt"
    site.backend.folders.storage.write(text, "Así se hizo".encode())
    expect(page.locator(".text-so-far")).to_have_text("Así se hizo")
    site.backend.folders.storage.write(text, "Así se hizo la imprenta.".encode())
    expect(page.locator(".text-so-far")).to_have_text("Así se hizo la imprenta.")
    expect(page.get_by_role("link", name="See what is cut")).to_be_hidden()
    site.move(job, stage="render", progress=60)
    expect(page.locator(".text-so-far")).to_be_hidden()
    expect(page.get_by_role("link", name="See what is cut")).to_be_visible()


def test_a_wrong_one_is_put_right_without_another_upload(page: Page, site: Site, video: Path):
    job = arabic(site, video)
    page.goto(f"{site.address}/result/{job.id}")
    expect(page.get_by_text("Language: Arabic (62 % sure)")).to_be_visible()
    page.get_by_text("Not right?").click()
    expect(page.get_by_label("Language spoken", exact=True)).to_have_value("ar")
    page.get_by_label("Language spoken", exact=True).select_option("Persian – فارسی")
    page.get_by_role("button", name="Transcribe again").click()
    page.wait_for_url(f"**/task/{job.id}")
    expect(page.get_by_text("Next in the queue")).to_be_visible()
    assert site.backend.store.get(job.id).params.speech.language == "fa"


def test_captions_are_written_in_the_direction_of_their_language(page: Page, site: Site, video: Path):
    job = arabic(site, video)
    page.goto(f"{site.address}/result/{job.id}")
    caption = page.get_by_label("Caption at 0:00")
    expect(caption).to_have_attribute("lang", "ar")
    assert caption.evaluate("field => getComputedStyle(field).direction") == "rtl"
    assert page.locator("track").get_attribute("srclang") == "ar"


def test_names_and_terms_are_remembered_without_scripts(chromium: Browser, site: Site, video: Path):
    job = arabic(site, video)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}/result/{job.id}")
    page.get_by_role("button", name="Remember").click()
    page.wait_for_url(f"**/result/{job.id}")
    assert site.backend.glossaries.of("local") == ("غوتنبرغ",)
    page.goto(site.address)
    page.get_by_text("Names and terms for all your videos").click()
    page.get_by_label("Names and terms, one per line").fill("Gutenberg\nFust")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"{site.address}/")
    assert site.backend.glossaries.of("local") == ("Gutenberg", "Fust")
    context.close()
