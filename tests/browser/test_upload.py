"""The whole service in a real browser: a recording is uploaded, the progress bar moves, the finished video plays."""

import json
import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from driven import plays
from hands import Hands
from playwright.sync_api import Page, expect


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """A video of four seconds in which somebody speaks."""
    path, speech = tmp_path / "my talk.mp4", Path(__file__).parents[1] / "recordings/en.ogg"
    inputs = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=30", "-i", str(speech))
    output = ("-t", "4", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path))
    subprocess.run((imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-nostdin", *inputs, *output), check=True)
    return path


def test_a_recording_dropped_into_the_page_comes_out_as_a_video_that_plays_and_a_corrected_caption_is_in_the_next_one(
    page: Page, service: str, talk: Path
):
    page.goto(service)
    page.get_by_label("Choose a file").set_input_files(talk)
    page.get_by_role("button", name="Upload and process").click()
    page.wait_for_url(re.compile("/(task|result)/"))
    page.wait_for_url("**/result/*")
    expect(page.get_by_role("heading", name="my talk.mp4")).to_be_visible()
    plays(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the video").click()
    assert Path(download.value.path()).stat().st_size > 1000
    result = page.url
    [found] = page.request.get(f"{service}/tasks?q=saturday").json()["tasks"]
    assert result.endswith(found["task_id"])
    assert found["hits"][0]["href"].startswith(f"/result/{found['task_id']}#t=")
    fields = page.get_by_role("list").get_by_role("textbox")
    fields.nth(0).fill("Corrected by hand.")
    page.get_by_role("button", name="Save corrections").click()
    expect(page.get_by_text("Updated. The player shows the new video.")).to_be_visible()
    assert page.url == result
    expect(fields.nth(0)).to_have_value("Corrected by hand.")
    plan = page.request.get(f"{result.replace('/result/', '/task/')}/files/plan.json").text()
    assert json.loads(plan)["renditions"][0]["cues"][0]["lines"] == ["Corrected by hand."]


def test_what_waits_for_a_review_is_changed_made_and_changed_again_by_keyboard_alone(page: Page, service: str, talk: Path):
    page.goto(service)
    page.get_by_label("Choose a file").set_input_files(talk)
    page.locator("summary", has_text="Options").click()
    page.get_by_label("Let me look first").check()
    page.get_by_role("button", name="Upload and process").click()
    expect(page.get_by_text("Ready for your review")).to_be_visible()
    hands, told = Hands(page), page.locator("[data-told]")
    hands.reach(page.get_by_role("link", name="See what is cut, and change it"))
    hands.press("Enter")
    expect(told).to_have_text("Ready for your review")
    strike_a_word(hands)
    expect(told).to_have_text("1 change")
    hands.reach(page.get_by_role("button", name="Make the video"))
    hands.press("Enter")
    expect(page.locator("[data-notice]")).to_have_text("Updated. The player shows the new video.")
    expect(told).to_have_text("Up to date")

    hands.reach(page.get_by_role("radio", name="Edit view"))
    hands.press("ArrowRight")
    shown = page.locator("#player video:not([hidden])")
    expect(shown).to_have_attribute("aria-label", "The video")
    before = shown.get_attribute("src")
    strike_a_word(hands)
    hands.reach(page.get_by_role("button", name="Update video"))
    hands.press("Enter")
    expect(told).to_have_text("Up to date")
    expect(shown).not_to_have_attribute("src", str(before))
    plan = page.request.get(page.url.replace("/edit", "/plan")).json()
    assert [word["kept"] for word in plan["words"]].count(False) == 2
    assert (plan["revision"], plan["rendered_revision"]) == (2, 2)


def strike_a_word(hands: Hands) -> None:
    """Strikes the first word that is left in the open editor."""
    hands.page.locator("#words").evaluate("list => list.querySelector('.w:not(.cut)').scrollIntoView({ block: 'center' })")
    hands.reach(hands.page.get_by_role("group", name="Words", exact=True))
    while "cut" in str(hands.page.locator("#words .w:focus").get_attribute("class")).split():
        hands.press("ArrowRight")
    hands.press("Delete")
    expect(hands.page.locator("#words .w:focus")).to_have_class(re.compile(r"\bcut\b"))
    hands.press("Escape")


def test_a_video_that_is_made_gets_a_card_without_another_upload_and_loses_it_by_undo(page: Page, service: str, talk: Path):
    page.goto(service)
    page.get_by_label("Choose a file").set_input_files(talk)
    page.get_by_role("button", name="Upload and process").click()
    page.wait_for_url("**/result/*")
    task = page.url.replace("/result/", "/task/")
    before = lasts_ms(page, task)
    page.get_by_role("link", name="Change options").click()
    options = page.get_by_role("tabpanel", name="Options")
    picture = page.request.get(f"{service}/static/sample.jpg").body()
    chosen = {"name": "card.jpg", "mimeType": "image/jpeg", "buffer": picture}
    options.get_by_label("Upload an opening card").set_input_files(chosen)  # type: ignore[arg-type]
    options.get_by_label("Begin the video with it").check()
    options.get_by_role("button", name="Make the video again").click()
    notice, told = page.locator("[data-notice]"), page.locator("[data-told]")
    expect(notice).to_have_text("Updated. The player shows the new video.")
    assert lasts_ms(page, task) == pytest.approx(before + 3_000, abs=100)
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(told).to_have_text("1 change")
    page.get_by_role("button", name="Update video").click()
    expect(told).to_have_text("Up to date")
    assert lasts_ms(page, task) == before
    page.request.delete(f"{service}/brand/cards/opening")


def lasts_ms(page: Page, task: str) -> int:
    """How long the video of a task lasts."""
    files = page.request.get(f"{task}/result").json()["artifacts"]
    length: int = next(file["duration_ms"] for file in files if file["kind"] == "video")
    return length


def test_a_file_that_is_no_video_is_refused_with_a_reason_in_the_page(page: Page, service: str, tmp_path: Path):
    text = tmp_path / "notes.mp4"
    text.write_text("These are notes, whatever their name says.")
    page.goto(service)
    page.get_by_label("Choose a file").set_input_files(text)
    page.get_by_role("button", name="Upload and process").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("button", name="Upload and process")).to_be_enabled()
