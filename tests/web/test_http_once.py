"""`Idempotency-Key`: an upload that is sent again makes no second task."""

import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from e2e.instance import PATIENCE_S, eventually
from flask import Flask
from flask.testing import FlaskClient
from queues import ListQueue
from surroundings import MAX_UPLOAD
from test_http_upload import BOUNDARY, field, post
from thorough import few

from video_automation.jobs.lifecycle import idempotency
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend

Send = Callable[..., object]
KEY = {"Idempotency-Key": "8e03978e-40d5"}


@pytest.fixture(autouse=True)
def _given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a response wait for the release of its key, also on a slow machine."""
    monkeypatch.setattr(idempotency, "RELEASED_WITHIN_S", PATIENCE_S)


@pytest.fixture
def send(client: FlaskClient, video: bytes) -> Send:
    def send(*, content: bytes = video, name: str = "a.mp4", headers: dict[str, str] = KEY, options: bytes = b""):
        return post(client, options, field("file", content, name), headers=headers)

    return send


def tasks(backend: Backend) -> tuple[Job, ...]:
    return backend.store.listed("local", start=0, count=99)[0]


def sources(backend: Backend) -> list[str]:
    return [file.parent.name for file in backend.folders.input.glob("*/source*")]


def test_the_same_video_under_the_same_key_is_one_task(send: Send, backend: Backend, queue: ListQueue) -> None:
    first, second = send(), send()
    assert (first.status_code, second.status_code) == (202, 202)
    assert second.json == first.json
    assert second.headers["Location"] == first.headers["Location"]
    assert len(tasks(backend)) == 1
    assert sources(backend) == queue.messages == [first.json["task_id"]]


def test_without_a_key_or_with_another_it_is_two(send: Send, backend: Backend) -> None:
    ids = {send(headers=headers).json["task_id"] for headers in ({}, KEY, {"Idempotency-Key": "another"})}
    assert len(ids) == len(tasks(backend)) == 3


@pytest.mark.parametrize(("option", "value"), few([("colour", "red"), ("crf", "99")], ("crf", "99")))
def test_a_repeat_with_options_that_no_upload_may_have_is_refused(send: Send, backend: Backend, option: str, value: str):
    first = send()
    assert send(options=field(option, value.encode())).status_code == 400
    assert sources(backend) == [first.json["task_id"]]


def test_another_video_under_the_same_key_is_refused(send: Send, backend: Backend, video: bytes) -> None:
    first = send()
    for other in (video + b"more", video[:-1], b""):
        answer = send(content=other)
        assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_reused")
    assert sources(backend) == [first.json["task_id"]]


def test_a_repeat_is_answered_though_the_queue_is_full_and_the_task_has_ended(
    send: Send, backend: Backend, put: Callable[..., Job]
) -> None:
    first = send()
    for number in range(backend.rules.max_queue):
        put(number)
    assert send(headers={}).status_code == 429
    assert send().json == first.json
    backend.store.change(first.json["task_id"], lambda job: replace(job, state=State.FAILURE))
    assert send().json["task_id"] == first.json["task_id"]


@pytest.mark.parametrize(
    ("refused", "status"),
    [
        ({"content": b"no video"}, 415),
        ({"content": bytes(MAX_UPLOAD + 1)}, 413),
        ({"options": field("crf", b"loud")}, 400),
    ],
)
def test_a_refused_upload_leaves_its_key_free(send: Send, refused: dict[str, bytes], status: int) -> None:
    assert send(**refused).status_code in (status, 422)
    assert send().status_code == 202


def test_an_upload_that_breaks_off_leaves_its_key_free(client: FlaskClient, send: Send, video: bytes) -> None:
    assert post(client, field("file", video, "a.mp4"), end=b"", headers=KEY).status_code == 400
    assert send(content=video + b"other").status_code == 202


class Unread(io.BytesIO):
    """A body that must not be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError(size)


def test_a_repeat_that_says_it_is_too_large_is_refused_before_its_first_byte(app: Flask, send: Send) -> None:
    assert send().status_code == 202
    answer = app.test_client().post(
        "/upload",
        input_stream=Unread(),
        headers=KEY | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
        environ_overrides={"CONTENT_LENGTH": str(10**12)},
    )
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


@pytest.mark.parametrize("key", ["", "é", "tab\there", "x" * 201])
def test_a_key_that_cannot_be_one_is_refused(send: Send, backend: Backend, key: str) -> None:
    answer = send(headers={"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_key")
    assert not tasks(backend)


@pytest.mark.parametrize("key", few(["x", "~ any thing! /\\\"'", "x" * 200], "~ any thing! /\\\"'"))
def test_any_printable_text_is_a_key(send: Send, key: str) -> None:
    assert {send(headers={"Idempotency-Key": key}).status_code for _ in range(2)} == {202}


class Slow(io.BytesIO):
    """A body that arrives only when the test lets it."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.began, self.go_on = threading.Event(), threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        self.began.set()
        assert self.go_on.wait(PATIENCE_S)
        return super().read(size)


@contextmanager
def under_way(app: Flask, video: bytes) -> Iterator[tuple[Future, Slow]]:
    """An upload that is being received. The test must let it continue within the block."""
    body = Slow(field("file", video, "a.mp4") + f"--{BOUNDARY}--\r\n".encode())
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **KEY}
    with ThreadPoolExecutor() as pool:
        first = pool.submit(app.test_client().post, "/upload", headers=headers, input_stream=body)
        assert body.began.wait(PATIENCE_S)
        try:
            yield first, body
        finally:
            body.go_on.set()


def test_while_the_first_is_received_a_second_is_told_to_wait(app: Flask, send: Send, backend: Backend, video: bytes) -> None:
    with under_way(app, video) as (first, body):
        answer = send()
        assert (answer.status_code, answer.json["code"]) == (409, "under_way")
        assert int(answer.headers["Retry-After"]) > 0
        body.go_on.set()
        assert first.result().status_code == 202
    assert send().json == first.result().json
    assert len(tasks(backend)) == 1


def test_of_many_at_the_same_time_one_makes_a_task(app: Flask, backend: Backend, video: bytes) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(app.test_client(), field("file", video, "a.mp4"), headers=KEY), range(8)))
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert {answer.json["task_id"] for answer in answers if answer.status_code == 202} == {tasks(backend)[0].id}
    assert len(tasks(backend)) == 1


def test_an_upload_that_lost_its_key_to_another_ends(
    app: Flask, send: Send, backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "RENEW_EVERY_S", PATIENCE_S)  # otherwise the first one may take it back
    with under_way(app, video) as (first, body):
        (name, holder), *_ = backend.once.holders.items()
        backend.once.release(name, holder)  # as Redis does if a process hangs for half a minute
        second = send()
        assert second.status_code == 202
        assert backend.once.hold(name, "a third, that repeats it")
        body.go_on.set()
        assert first.result().status_code == 409
    assert sources(backend) == [second.json["task_id"]]


def test_a_claim_is_renewed_while_its_upload_lasts(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(idempotency, "RENEW_EVERY_S", 0.01)
    with idempotency.claimed(backend, owner="ann", key="key") as claim:
        backend.once.release(claim.name, claim.holder)
        assert eventually(lambda: claim.name in backend.once.holders)
    assert backend.once.hold(claim.name, "another"), "given back"
