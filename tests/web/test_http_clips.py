"""Clips over the API and on the pages: while they are made, in the result, cut again."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from places import on_disk, write_manifest
from queues import ListQueue
from surroundings import RESULT, captioned_files, made_again, plan_of, talk

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, MadeClip, Manifest, VideoChapter
from video_automation.plan.choices import CLIP_STYLES, LAYOUTS
from video_automation.plan.clip import Clip, Signal
from video_automation.plan.packaging import Title

CLIP = MadeClip(
    "short_01", 1000, 9000, "A <b>title</b>", 77, (Signal("hook", 60, "Opens with a question."),), "v.mp4", "v.jpg", None
)
DECIDED = Clip("short_01", 1000, 9000, "A title", 77, id="1000-9000")
FILES = (
    Artifact("v.mp4", "short", "video/mp4", 3, "", 7_000, 1080, 1920, clip="short_01"),
    Artifact("v.jpg", "cover", "image/jpeg", 3, clip="short_01"),
)
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def with_clip(made: Manifest) -> Manifest:
    return replace(
        made,
        artifacts=(*made.artifacts, *FILES),
        clips=(CLIP,),
        titles=(Title("A title", 80, "Said."),),
        description="About.",
        hashtags=("#Talk",),
        chapters=(VideoChapter(0, "Start"), VideoChapter(65_000, "End")),
    )


@pytest.fixture
def clipped(finished: Job, backend: Backend) -> Job:
    """A finished job with a clip."""
    folder = on_disk(backend, finished.id)
    captioned_files(folder, finished, "WEBVTT\n", replace(talk(finished.params), clips=(DECIDED,), decided=(DECIDED,)))
    output = folder.result(finished)
    (output.folder / "v.mp4").write_bytes(b"mp4")
    (output.folder / "v.jpg").write_bytes(b"jpg")
    write_manifest(with_clip(manifest.read_manifest(output.manifest)), output.manifest)
    return finished


def test_the_result_has_the_clips_and_what_the_video_is_published_with(client: FlaskClient, clipped: Job) -> None:
    told = client.get(f"/task/{clipped.id}/result").json
    (clip,) = told["clips"]
    assert (clip["name"], clip["title"], clip["score"]) == ("short_01", "A <b>title</b>", 77)
    assert (clip["film"], clip["captions"]) == (f"/task/{clipped.id}/files/v.mp4", None)
    assert (clip["duration_ms"], clip["width"], clip["height"]) == (7_000, 1080, 1920)
    assert clip["signals"] == [{"name": "hook", "score": 60, "reason": "Opens with a question."}]
    assert told["titles"] == [{"text": "A title", "score": 80, "reason": "Said."}]
    assert (told["description"], told["hashtags"]) == ("About.", ["#Talk"])
    assert told["chapters"][1] == {"start_ms": 65_000, "title": "End"}


def test_clips_are_there_while_the_rest_is_still_made(
    client: FlaskClient, backend: Backend, put: Callable[..., Job], finished: Job
) -> None:
    running = put(5, state=State.PROGRESS, building=RESULT)
    output = on_disk(backend, running.id).building(running)
    output.folder.mkdir(parents=True)
    assert "clips" not in client.get(f"/task/{running.id}").json
    (output.folder / "v.mp4").write_bytes(b"mp4")
    made = manifest.read_manifest(on_disk(backend, finished.id).result(finished).manifest)
    write_manifest(replace(with_clip(made), artifacts=FILES), output.offered)
    told = client.get(f"/task/{running.id}").json
    assert ([clip["name"] for clip in told["clips"]], told["state"]) == (["short_01"], "PROGRESS")
    assert client.get(told["clips"][0]["film"]).data == b"mp4"
    assert "A &lt;b&gt;title&lt;/b&gt;" in client.get(f"/task/{running.id}", headers=BROWSER).text


def test_clips_that_are_made_again_are_not_told_of_while_their_files_are_those_of_before(
    client: FlaskClient, backend: Backend, clipped: Job
) -> None:
    running = backend.store.change(clipped.id, lambda job: replace(job, state=State.PROGRESS, building="1-other"))
    output = on_disk(backend, running.id).building(running)
    output.folder.mkdir()
    (output.folder / "v.mp4").write_bytes(b"new")
    made = with_clip(manifest.read_manifest(on_disk(backend, running.id).result(running).manifest))
    write_manifest(replace(made, artifacts=FILES), output.offered)
    assert "clips" not in client.get(f"/task/{running.id}").json
    assert client.get(f"/task/{running.id}/files/v.mp4").data == b"mp4"


def test_the_page_shows_clips_titles_and_chapters_and_no_title_is_markup(client: FlaskClient, clipped: Job) -> None:
    page = client.get(f"/result/{clipped.id}").text
    assert "A &lt;b&gt;title&lt;/b&gt;" in page
    assert "<b>title" not in page
    assert "Opens with a question." in page
    assert 'data-seek="65.0"' in page
    assert page.count('preload="none"') == 1
    for choice in (*LAYOUTS.values(), *CLIP_STYLES.values()):
        assert f'<option value="{choice.name}">{choice.label}</option>' in page


def test_the_clips_alone_can_be_had_as_a_zip(client: FlaskClient, clipped: Job) -> None:
    packed = ZipFile(BytesIO(client.get(f"/task/{clipped.id}/archive?kind=short").data))
    assert packed.namelist() == ["v.mp4", "manifest.json"]


@pytest.mark.parametrize("as_json", [True, False])
def test_a_clip_can_be_cut_again(client: FlaskClient, clipped: Job, backend: Backend, queue: ListQueue, as_json: bool) -> None:
    wish = {"start": 2, "end": "8.5", "title": "Mine", "style": "box", "layout": "fit"}
    answer = client.post(f"/task/{clipped.id}/clips/short_01", **({"json": wish} if as_json else {"data": wish}))
    assert (answer.status_code, answer.json["status"]) == (202, "PROCESSING")
    assert queue.messages == [clipped.id]
    assert backend.store.get(clipped.id).state is State.PENDING
    (clip,) = plan_of(backend, clipped).clips
    wanted = replace(DECIDED, start_ms=2000, end_ms=8500, title="Mine", style="box", layout="fit")
    assert replace(clip, score=wanted.score, signals=wanted.signals) == wanted
    assert clip.signals != wanted.signals, "they are those of another stretch"


def test_wishes_about_a_clip_add_up_and_can_be_dropped(client: FlaskClient, clipped: Job, backend: Backend) -> None:
    address = f"/task/{clipped.id}/clips/short_01"
    client.post(address, json={"title": "Mine"})
    made_again(backend, clipped)
    client.post(address, json={"start": 3})
    assert [(clip.start_ms, clip.title) for clip in plan_of(backend, clipped).clips] == [(3000, "Mine")]
    made_again(backend, clipped)
    assert client.delete(address).status_code == 202
    assert plan_of(backend, clipped).clips == (DECIDED,)


@pytest.mark.parametrize(
    ("name", "wish", "status", "code"),
    [
        ("short_09", {"start": 2}, 404, "unknown_clip"),
        ("short_01", {"start": 9, "end": 2}, 400, "wrong_clip"),
        ("short_01", {"end": 99}, 400, "wrong_clip"),
        ("short_01", {"end": 1.5}, 400, "wrong_clip"),
        ("short_01", {"start": "soon"}, 400, "wrong_clip"),
        ("short_01", {"start": "nan"}, 400, "wrong_clip"),
        ("short_01", {"style": "nice"}, 400, "wrong_clip"),
        ("short_01", {"color": "red"}, 400, "wrong_clip"),
        ("short_01", {"title": "x" * 101}, 400, "wrong_clip"),
        ("short_01", [1], 400, "wrong_clip"),
    ],
)
def test_a_wrong_wish_is_refused_and_changes_nothing(
    client: FlaskClient, clipped: Job, name: str, wish: object, status: int, code: str
) -> None:
    answer = client.post(f"/task/{clipped.id}/clips/{name}", json=wish)
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert client.get(f"/task/{clipped.id}").json["state"] == "SUCCESS"
