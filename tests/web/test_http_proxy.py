"""The proxy of a recording over the API: requested once from a worker, then sent in ranges."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from places import on_disk
from queues import ListQueue

from video_automation.jobs.lifecycle import proxy_calls
from video_automation.jobs.lifecycle.proxy_calls import keep_proxy_problem
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.ports import Backend
from video_automation.storage.disk_use import held_bytes

BYTES = bytes(range(256)) * 4


@pytest.fixture
def address(planned: Job) -> str:
    return f"/task/{planned.id}/proxy"


@pytest.fixture
def place(backend: Backend, planned: Job) -> Path:
    """The path of the proxy."""
    file = backend.folders.of(planned.id).proxy(planned)
    file.parent.mkdir(parents=True)
    return file


def test_a_worker_is_called_once_however_often_it_is_asked_for(
    client: FlaskClient, address: str, planned: Job, queue: ListQueue
) -> None:
    answers = [client.get(address) for _ in range(3)]
    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in answers] == [(202, "2")] * 3
    assert answers[0].json == {
        "message": "The proxy is being made.", "task_id": planned.id, "state": "SUCCESS", "status": "Done.",
    }  # fmt: skip
    assert queue.messages == [planned.id]


def test_the_plan_says_where_it_is(client: FlaskClient, address: str, planned: Job) -> None:
    assert client.get(f"/task/{planned.id}/plan").json["links"]["proxy"] == address


def test_a_task_in_review_has_one_too(
    client: FlaskClient, address: str, backend: Backend, planned: Job, queue: ListQueue
) -> None:
    backend.store.change(planned.id, lambda job: replace(job, state=State.REVIEW, output_filename=None, result=""))
    assert (client.get(address).status_code, queue.messages) == (202, [planned.id])


def test_it_is_sent_whole_or_in_ranges_to_be_played(client: FlaskClient, address: str, place: Path, queue: ListQueue) -> None:
    place.write_bytes(BYTES)
    whole, part = client.get(address), client.get(address, headers={"Range": "bytes=10-19"})
    assert (whole.status_code, whole.mimetype, whole.data) == (200, "video/mp4", BYTES)
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, BYTES[10:20], "bytes 10-19/1024")
    assert "Content-Security-Policy" not in whole.headers or "sandbox" not in whole.headers["Content-Security-Policy"]
    assert client.get(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    assert queue.messages == []


def test_it_is_played_on_while_the_result_is_made_again(
    client: FlaskClient, address: str, backend: Backend, planned: Job, place: Path
) -> None:
    place.write_bytes(BYTES)
    backend.store.change(planned.id, lambda job: replace(job, state=State.PROGRESS, run="some"))
    assert client.get(address).data == BYTES


def test_with_other_tracks_it_is_another_one(
    client: FlaskClient, address: str, backend: Backend, planned: Job, place: Path
) -> None:
    place.write_bytes(BYTES)
    backend.store.change(planned.id, lambda job: replace(job, params=replace(job.params, tracks=(0, 2))))
    assert client.get(address).status_code == 202


def test_it_counts_as_held_and_goes_with_the_files(
    client: FlaskClient, address: str, backend: Backend, planned: Job, place: Path
) -> None:
    folders = on_disk(backend, planned.id).folders
    before = held_bytes(folders)
    place.write_bytes(BYTES)
    assert held_bytes(folders) > before
    client.post(f"/task/{planned.id}/cleanup")
    assert not place.exists()
    answer = client.get(address)
    assert (answer.status_code, answer.json["code"]) == (410, "cleaned_up")


def test_a_task_whose_recording_is_gone_has_none(
    client: FlaskClient, address: str, backend: Backend, planned: Job, queue: ListQueue
) -> None:
    on_disk(backend, planned.id).source.unlink()
    assert (client.get(address).status_code, queue.messages) == (410, [])


def test_a_failed_task_has_none(client: FlaskClient, failed: Job, queue: ListQueue) -> None:
    answer = client.get(f"/task/{failed.id}/proxy")
    assert (answer.status_code, answer.json["code"], queue.messages) == (409, "too_slow", [])


def test_one_that_could_not_be_made_says_why_and_is_not_tried_again_at_once(
    client: FlaskClient, address: str, place: Path, queue: ListQueue
) -> None:
    keep_proxy_problem(place, Problem("undecodable_picture", "The picture breaks off."))
    answer = client.get(address)
    assert (answer.status_code, answer.json["code"], queue.messages) == (409, "undecodable_picture", [])


def test_without_a_queue_it_is_asked_for_again_later(client: FlaskClient, address: str, queue: ListQueue) -> None:
    queue.broken = True
    assert client.get(address).status_code == 503
    queue.broken = False
    assert (client.get(address).status_code, len(queue.messages)) == (202, 1)


def test_on_a_full_disk_none_is_begun(
    client: FlaskClient, address: str, backend: Backend, queue: ListQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proxy_calls, "free_bytes", lambda _: -1)
    answer = client.get(address)
    assert (answer.status_code, answer.json["code"], queue.messages) == (507, "no_space", [])
