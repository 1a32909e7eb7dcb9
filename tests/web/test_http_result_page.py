"""The result page as the server sends it: what it shows, and what works without scripts."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from flask.testing import FlaskClient
from linked import BROWSER
from places import on_disk, write_manifest
from surroundings import VIDEO_BYTES

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, MadeClip, Stats, VideoChapter
from video_automation.plan.clip import Signal
from video_automation.plan.packaging import Title

FILES = (
    Artifact("v.mp4", "short", "video/mp4", 3, "", 7_900, 1080, 1920, clip="short_01"),
    Artifact("v.jpg", "cover", "image/jpeg", 3, clip="short_01"),
)


@pytest.fixture
def rewrite(backend: Backend, planned: Job) -> Callable[..., None]:
    """Changes the manifest of the planned task."""

    def rewrite(**changes: object) -> None:
        listing = on_disk(backend, planned.id).result(planned).manifest
        made = manifest.read_manifest(listing)
        listing.unlink()
        write_manifest(replace(made, artifacts=(*made.artifacts, *FILES), **changes), listing)  # type: ignore[arg-type]

    return rewrite


@pytest.fixture
def page(client: FlaskClient, planned: Job) -> Callable[[], str]:
    def page() -> str:
        answer = client.get(f"/result/{planned.id}", headers=BROWSER)
        assert answer.status_code == 200
        return " ".join(unescape(answer.text).split())

    return page


@pytest.mark.parametrize(
    ("stats", "told"),
    [
        (Stats(185_400, 161_600, 23_800, 13, ()), "3:05 → 2:41. 24 seconds (13 %) removed in 13 cuts."),
        (Stats(10_000, 9_700, 300, 1, ()), "0:10 → 0:09. 0.3 seconds (3 %) removed in 1 cut."),
        (Stats(10_000, 10_000, 0, 0, ()), "0:10, nothing was cut."),
    ],
)
def test_it_says_what_was_cut_as_the_player_counts(
    page: Callable[[], str], rewrite: Callable[..., None], stats: Stats, told: str
):
    rewrite(stats=stats)
    assert told in page()


def test_a_clip_is_placed_in_the_video_that_is_played(page: Callable[[], str], rewrite: Callable[..., None]):
    clips = tuple(
        MadeClip(name, start_ms, end_ms, "Title", 77, (Signal("hook", 60, "Why."),), "v.mp4", "v.jpg")
        for name, start_ms, end_ms in (("short_01", 1000, 5000), ("short_02", 5000, 9000))
    )
    rewrite(clips=clips)
    assert re.findall(r"(\d:\d\d)( · score \d+)? · at\s(\d:\d\d) of the video", page()) == [
        ("0:07", " · score 77", "0:01"),
        ("0:07", " · score 77", "0:05"),
    ]


def test_a_clip_that_a_person_has_cut_shows_no_score(page: Callable[[], str], rewrite: Callable[..., None]):
    clip = MadeClip("short_01", 1000, 5000, "Title", 100, (), "v.mp4", "v.jpg")
    rewrite(clips=(clip,))
    told = page()
    assert "score" not in told
    assert "You chose it." in told


def test_every_video_and_button_has_a_name_of_its_own(page: Callable[[], str], rewrite: Callable[..., None]):
    clips = tuple(MadeClip(f"short_{at}", 1000, 5000, f"Title {at}", 100, (), "v.mp4", "v.jpg") for at in range(3))
    titles = tuple(Title(f"Of the video {at}", 80, "Said.") for at in range(3))
    rewrite(clips=clips, titles=titles)
    told = page()
    assert all('aria-label="' in tag for tag in re.findall(r"<video[^>]*>", told))
    names = re.findall(r'<(?:a|button)[^>]*aria-label="((?:Copy|Download)[^"]*)"', told)
    assert len(names) == 9
    assert len(set(names)) == 9


def test_what_needs_a_script_is_hidden_without_one(page: Callable[[], str], rewrite: Callable[..., None]):
    rewrite(titles=(Title("One", 80, "Said."),))
    told = page()
    assert all(" hidden>" in tag for tag in re.findall(r"<button[^>]*data-copy[^>]*>", told))
    assert all(" hidden>" in tag for tag in re.findall(r"<details[^>]*data-scripted[^>]*>", told))
    assert '<noscript><p class="note">Download the captions to read them.' in told


def test_chapters_lead_into_the_video_without_a_script_too(page: Callable[[], str], rewrite: Callable[..., None], planned: Job):
    rewrite(chapters=(VideoChapter(0, "Start"), VideoChapter(4_500, "Mainz")))
    assert f'href="/task/{planned.id}/files/processed_video.mp4#t=4.5"' in page()


def test_its_texts_are_there_to_be_changed_by_the_times_of_the_recording(page: Callable[[], str], rewrite: Callable[..., None]):
    rewrite(titles=(Title("One", 80, "Said."),), chapters=(VideoChapter(0, "Start"), VideoChapter(3_900, "Mainz")))
    told = page()
    assert re.findall(r'data-start-ms="(\d+)"[^>]*value="([^"]*)"', told) == [("0", "Start"), ("4000", "Mainz")]
    assert 'data-revision="0"' in told


@pytest.mark.parametrize(("size", "is_told"), [(len(VIDEO_BYTES) // 2, True), (len(VIDEO_BYTES), False)])
def test_it_says_why_the_video_is_larger_than_the_recording(
    page: Callable[[], str], backend: Backend, planned: Job, size: int, is_told: bool
):
    on_disk(backend, planned.id).source.write_bytes(bytes(size))
    assert ("larger than your recording (5 kB)" in page()) == is_told


def test_archives_are_called_by_what_is_in_them(client: FlaskClient, planned: Job):
    names = {
        kind: client.get(f"/task/{planned.id}/archive{query}").headers["Content-Disposition"]
        for kind, query in (("all", ""), ("clips", "?kind=short"), ("captions", "?kind=captions"))
    }
    assert names == {
        "all": "attachment; filename=my_talk.zip",
        "clips": "attachment; filename=my_talk_clips.zip",
        "captions": "attachment; filename=my_talk_captions.zip",
    }


def test_a_change_while_the_video_is_made_again_is_told_in_plain_words(client: FlaskClient, planned: Job, backend: Backend):
    backend.store.change(planned.id, lambda job: replace(job, state=State.PROGRESS, run="some"))
    edit = {"edits": [{"op": "text", "titles": ["Mine"]}]}
    told = client.post(f"/task/{planned.id}/edits", json=edit).json
    assert told["error"] == "This video is being made again. Wait until that is done, then make your change."
    assert told["code"] == "not_done"


def test_a_refusal_says_to_programs_what_can_be_done_as_the_page_does(client: FlaskClient, planned: Job):
    client.post(f"/task/{planned.id}/cleanup")
    told = client.get(f"/task/{planned.id}/result").json
    assert told["advice"] == "Upload the recording again to process it once more."
    assert told["advice"] in client.get(f"/result/{planned.id}", headers=BROWSER).text
    assert "advice" not in client.post(f"/task/{planned.id}/edits", json={"edits": []}).json
