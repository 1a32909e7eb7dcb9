"""Forms that arrive at the same time: each takes into account the disk space and the quotas that the others use."""

import fcntl
import io
import os
import time
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest
from doors import ANN, BOB, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from test_http_upload import BOUNDARY, field
from tus_client import begun
from werkzeug.test import TestResponse

from video_automation.access.quotas import Quotas
from video_automation.jobs.policy import quota
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads import receive, resumable
from video_automation.jobs.uploads.pending_uploads import PendingUpload, announce, promised_bytes
from video_automation.jobs.workspace import Folders
from video_automation.plan.params import Params


class Halting(io.BytesIO):
    """A form that calls a function in its middle."""

    def __init__(self, content: bytes, meanwhile: Callable[[], None]) -> None:
        super().__init__(field("file", content, "a.mp4") + f"--{BOUNDARY}--\r\n".encode())
        self.length, self._meanwhile = len(self.getvalue()), meanwhile

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() == 0:
            return super().read(self.length // 2)
        meanwhile, self._meanwhile = self._meanwhile, lambda: None
        meanwhile()
        return super().read(size)


def post(app: Flask, content: bytes, key: str = ANN, meanwhile: Callable[[], None] = lambda: None) -> TestResponse:
    body = Halting(content, meanwhile)
    headers = bearer(key) | {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    return app.test_client().post(
        "/upload", input_stream=body, headers=headers, environ_overrides={"CONTENT_LENGTH": str(body.length)}
    )


def refused(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_they_do_not_promise_themselves_the_same_room(
    app: Flask, backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.extensions["video_automation.access"] = keyed_access()
    monkeypatch.setattr(receive, "free_bytes", lambda _: 4 * len(video))
    assert post(app, video, meanwhile=lambda: refused(post(app, video, BOB), 507, "no_space")).status_code == 202
    assert promised_bytes(backend.folders, time.time()) == 0
    assert post(app, video, BOB).status_code == 202


def test_an_empty_note_of_a_form_as_a_power_cut_leaves_it_stops_nobody(app: Flask, backend: Backend, video: bytes) -> None:
    note = backend.folders.of(str(uuid4())).announced
    note.parent.mkdir(parents=True)
    note.touch()
    assert post(app, video).status_code == 202


def test_nobody_else_looks_for_room_until_what_takes_it_is_noted(
    backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = PendingUpload(str(uuid4()), "ann", "", len(video), Params())

    def alone() -> bool:
        handle = os.open(backend.folders.input, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(handle)
        return True

    def free(_: Folders) -> int:
        assert not alone()
        return 4 * len(video)

    monkeypatch.setattr(receive, "free_bytes", free)
    with receive.noted(backend, upload):
        assert promised_bytes(backend.folders, time.time())
        assert not alone()
    assert alone()


def test_they_count_as_held_while_they_arrive(app: Flask, video: bytes) -> None:
    app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=2 * len(video)))

    def meanwhile() -> None:
        refused(post(app, video), 429, "quota_bytes")
        assert post(app, video, BOB).status_code == 202

    assert post(app, video, meanwhile=meanwhile).status_code == 202


def test_one_of_unsaid_size_ends_where_its_owner_may_hold_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quota, "LOOK_EVERY", 50_000)
    app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=40_000))
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Transfer-Encoding": "chunked"}
    body = Halting(bytes(120_000), lambda: pytest.fail("It goes on."))
    environ = {"wsgi.input_terminated": True}
    answer = app.test_client().post("/upload", input_stream=body, headers=bearer(ANN) | headers, environ_overrides=environ)
    refused(answer, 413, "quota_bytes")


def test_one_that_is_refused_leaves_its_room_to_the_next(app: Flask, backend: Backend, video: bytes) -> None:
    app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=2 * len(video)))
    assert post(app, bytes(len(video))).status_code == 415
    assert not any(backend.folders.input.glob("*/*"))
    assert post(app, video).status_code == 202


def test_one_whose_process_died_counts_no_more(app: Flask, client: FlaskClient, backend: Backend, video: bytes) -> None:
    app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(bytes_held=2 * len(video)))
    dead = PendingUpload(str(uuid4()), "ann", "", len(video), Params(), resumable=False)
    announce(backend.folders.of(dead.id), dead)
    assert promised_bytes(backend.folders, time.time()) == 0
    assert post(app, video).status_code == 202


def test_they_are_none_of_the_uploads_in_pieces_an_owner_may_begin(
    app: Flask, video: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resumable, "MOST_UNFINISHED", 1)
    assert post(app, video, meanwhile=lambda: begun(app.test_client(), 100) and None).status_code == 202


def test_they_are_at_no_address_of_uploads_in_pieces(app: Flask, backend: Backend, video: bytes) -> None:
    def meanwhile() -> None:
        (note,) = backend.folders.input.glob("*/upload.json")
        answer = app.test_client().delete(f"/files/{note.parent.name}", headers={"Tus-Resumable": "1.0.0"})
        assert answer.status_code == 404

    assert post(app, video, meanwhile=meanwhile).status_code == 202


def test_the_disk_is_looked_at_before_each_block(backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    reserved = replace(backend, rules=replace(backend.rules, reserve_bytes=100))
    free = [110, 104]
    monkeypatch.setattr(receive.shutil, "disk_usage", lambda _: type("Usage", (), {"free": free.pop(0)}))
    with receive.receiving(reserved, str(uuid4())) as incoming:
        incoming.write(b"123456")
        with pytest.raises(receive.NoSpaceError):
            incoming.write(b"12345")
