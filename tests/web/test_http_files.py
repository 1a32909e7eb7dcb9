"""The files of a task: whole, in ranges, and all as a zip."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from e2e.instance import eventually
from flask.testing import FlaskClient
from surroundings import RESULT, VIDEO_BYTES

from video_automation.jobs.housekeeping.janitor import sweep
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend


@pytest.fixture
def video(finished: Job) -> str:
    return f"/task/{finished.id}/files/processed_video.mp4"


def test_a_video_is_shown_by_a_browser_and_saved_when_asked(client: FlaskClient, video: str):
    shown = client.get(video)
    assert (shown.status_code, shown.data, shown.mimetype) == (200, VIDEO_BYTES, "video/mp4")
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in shown.headers["Cache-Control"]
    saved = client.get(f"{video}?download=1")
    assert saved.headers["Content-Disposition"] == "attachment; filename=processed_video.mp4"


def test_the_text_so_far_is_read_until_there_is_a_result(client: FlaskClient, put: Callable[..., Job], backend: Backend):
    job = put(state=State.PROGRESS, stage="transcribe", building=RESULT)
    address = f"/task/{job.id}/files/said.txt"
    assert client.get(address).status_code == 404
    backend.folders.storage.write(f"output/{job.id}/{RESULT}/said.txt", "Así se hizo.".encode())
    assert (client.get(address).text, client.get(address).mimetype) == ("Así se hizo.", "text/plain")
    backend.store.change(job.id, lambda job: replace(job, output_filename="processed_video.mp4", result=RESULT))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("asked", "first", "last"), [("0-99", 0, 99), ("100-", 100, 10_239), ("-40", 10_200, 10_239)])
def test_a_range_of_a_video_is_that_range(client: FlaskClient, video: str, asked: str, first: int, last: int):
    answer = client.get(video, headers={"Range": f"bytes={asked}"})
    assert (answer.status_code, answer.data) == (206, VIDEO_BYTES[first : last + 1])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(VIDEO_BYTES)}"


def test_a_range_beyond_the_end_is_refused_with_the_length(client: FlaskClient, video: str):
    answer = client.get(video, headers={"Range": "bytes=99999-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(VIDEO_BYTES)}")


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "bytes=5-2", "lines=1-2", "nonsense"])
def test_a_range_we_do_not_serve_gives_the_whole_video(client: FlaskClient, video: str, asked: str):
    answer = client.get(video, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, VIDEO_BYTES)


def test_a_video_a_browser_has_already_is_not_sent_again(client: FlaskClient, video: str):
    tag = client.get(video).headers["ETag"]
    assert client.get(video, headers={"If-None-Match": tag}).status_code == 304


def test_the_head_of_a_video_tells_its_length(client: FlaskClient, video: str):
    answer = client.head(video)
    assert (answer.content_length, answer.data, answer.headers["Accept-Ranges"]) == (len(VIDEO_BYTES), b"", "bytes")


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [("plan.json", "application/json"), ("manifest.json", "application/json"), ("task.log", "text/plain")],
)
def test_other_files_have_their_type(client: FlaskClient, finished: Job, name: str, mimetype: str):
    answer = client.get(f"/task/{finished.id}/files/{name}")
    assert (answer.status_code, answer.mimetype) == (200, mimetype)


def test_the_log_of_a_failed_task_can_be_read(client: FlaskClient, failed: Job, backend: Backend):
    log = backend.folders.of(failed.id).log
    log.parent.mkdir(parents=True)
    log.write_text("what happened\n")
    assert client.get(f"/task/{failed.id}/files/task.log").text == "what happened\n"


@pytest.mark.parametrize(
    "name", ["nothing.mp4", "..", "%2e%2e%2fmanifest.json", ".manifest.json.part", "..%2f..%2fpipeline.log", ""]
)
def test_only_files_of_the_task_are_given(client: FlaskClient, finished: Job, name: str):
    assert client.get(f"/task/{finished.id}/files/{name}").status_code == 404


def test_files_that_were_cleaned_up_are_gone(client: FlaskClient, finished: Job, video: str):
    client.post(f"/task/{finished.id}/cleanup")
    assert client.get(video).status_code == 410
    assert client.get(f"/task/{finished.id}/archive").status_code == 410


def test_the_archive_holds_every_file_and_says_how_long_it_is(client: FlaskClient, finished: Job):
    answer = client.get(f"/task/{finished.id}/archive")
    assert answer.mimetype == "application/zip"
    assert answer.content_length == len(answer.data)
    assert answer.headers["Content-Disposition"] == "attachment; filename=my_talk.zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert packed.testzip() is None
        assert sorted(packed.namelist()) == ["manifest.json", "plan.json", "processed_video.mp4"]
        assert packed.read("processed_video.mp4") == VIDEO_BYTES


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ('日本".mp4', "attachment; filename=video.zip; filename*=UTF-8''%E6%97%A5%E6%9C%AC.zip"),
        ("Über.mp4", "attachment; filename=Uber.zip; filename*=UTF-8''%C3%9Cber.zip"),
        ('a"b\r\nc.mp4', "attachment; filename=a_b_c.zip"),
    ],
)
def test_the_archive_is_called_as_the_video_in_any_script(
    client: FlaskClient, finished: Job, backend: Backend, name: str, told: str
):
    backend.store.change(finished.id, lambda job: replace(job, filename=name))
    assert client.get(f"/task/{finished.id}/archive").headers["Content-Disposition"] == told


def test_a_task_that_is_not_done_has_no_archive(client: FlaskClient, put: Callable[..., Job], failed: Job):
    assert client.get(f"/task/{put(state=State.PROGRESS).id}/archive").status_code == 409
    assert client.get(f"/task/{failed.id}/archive").status_code == 409


@pytest.mark.parametrize("address", ["files/processed_video.mp4", "files/task.log", "archive"])
def test_no_file_goes_while_it_is_downloaded(client: FlaskClient, finished: Job, backend: Backend, address: str):
    backend.store.change(finished.id, lambda job: replace(job, ended_at=0.0))
    answer = client.get(f"/task/{finished.id}/{address}", buffered=False)
    sweep(backend, 10.0**10)
    assert not backend.store.get(finished.id).cleaned
    assert len(answer.data) == answer.content_length
    answer.close()
    assert eventually(lambda: is_swept(backend, finished))
    assert client.get(f"/task/{finished.id}/{address}").status_code == 410


def test_a_request_for_a_file_that_is_not_there_holds_nothing_up(client: FlaskClient, finished: Job, backend: Backend):
    backend.store.change(finished.id, lambda job: replace(job, ended_at=0.0))
    assert client.get(f"/task/{finished.id}/files/none.mp4").status_code == 404
    assert eventually(lambda: is_swept(backend, finished))


def is_swept(backend: Backend, job: Job) -> bool:
    """Whether a pass of the janitor removes the job's files; a program that just starts holds our locks for a moment too."""
    sweep(backend, 10.0**10)
    return backend.store.get(job.id).cleaned
