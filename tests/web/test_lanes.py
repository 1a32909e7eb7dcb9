"""Clients that hold threads (by unsent bodies, by unread responses) do not delay others."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from io import RawIOBase
from threading import Event, Thread

import pytest
from doors import ADMIN, ANN, BOB, bearer, keyed_access
from e2e.instance import PATIENCE_S, eventually
from flask import Flask
from places import on_disk
from werkzeug.test import TestResponse

from video_automation.access.repositories import Access
from video_automation.access.shares import Share, token
from video_automation.config import Settings
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend

THREADS = 128
UPLOADS, STRANGERS = THREADS * 3 // 4, THREADS // 16
DOWNLOADS = THREADS // 8
FEW = 4


@pytest.fixture
def settings(settings: Settings) -> Settings:
    server = settings.server.model_copy(update={"threads": THREADS})
    return settings.model_copy(update={"server": server})


@pytest.fixture
def access() -> Access:
    return keyed_access()


class Held(RawIOBase):
    """A body whose first byte arrives only when the test lets it."""

    def __init__(self) -> None:
        self.asked, self.may = Event(), Event()

    def readable(self) -> bool:
        return True

    def read(self, _: int = -1) -> bytes:
        self.asked.set()
        assert self.may.wait(PATIENCE_S)
        return b""

    def readinto(self, _: object) -> int:
        return len(self.read())


@pytest.fixture
def holding(app: Flask) -> Callable[..., object]:
    @contextmanager
    def holding(count: int, path: str, **how: object) -> Iterator[list[int]]:
        """`count` clients send no byte of their bodies until the block ends; gives the statuses of the refused ones."""
        bodies, statuses = [Held() for _ in range(count)], []

        def send(body: Held) -> None:
            environ = {"wsgi.input": body, "CONTENT_LENGTH": "1000"}
            kind = {"content_type": "application/x-www-form-urlencoded"} | how
            statuses.append(app.test_client().post(path, environ_overrides=environ, **kind).status_code)

        threads = [Thread(target=send, args=(body,)) for body in bodies]
        for thread in threads:
            thread.start()
        try:
            assert eventually(lambda: sum(body.asked.is_set() for body in bodies) + len(statuses) == count)
            yield list(statuses)
        finally:
            for body in bodies:
                body.may.set()
            for thread in threads:
                thread.join()

    return holding


def test_strangers_who_begin_to_sign_in_keep_nobody_from_uploading(app: Flask, holding: Callable[..., object]) -> None:
    with holding(UPLOADS, "/sign-in"):
        assert app.test_client().post("/upload", headers=bearer(ANN), data={"a": "b"}).status_code == 400


def test_those_of_one_address_keep_nobody_else_from_signing_in(app: Flask, holding: Callable[..., object]) -> None:
    with holding(UPLOADS, "/sign-in", environ_base={"REMOTE_ADDR": "2001:db8::1"}) as refused:
        assert refused == [503] * (UPLOADS - FEW)

        def signs_in(address: str) -> int:
            there = {"REMOTE_ADDR": address}
            return app.test_client().post("/sign-in", data={"key": ANN}, environ_base=there).status_code

        assert signs_in("192.0.2.1") == 303
        assert signs_in("2001:db8::2") == 503
        with holding(STRANGERS, "/sign-in", environ_base={"REMOTE_ADDR": "192.0.2.2"}) as more:
            assert more == [503] * (STRANGERS - FEW)
            assert signs_in("192.0.2.1") == 503
    assert signs_in("2001:db8::2") == 303


def test_one_key_keeps_no_other_from_uploading(app: Flask, holding: Callable[..., object]) -> None:
    form = {"content_type": "multipart/form-data; boundary=b"}
    with holding(UPLOADS // 4 + 1, "/upload", headers=bearer(ANN), **form) as refused:
        assert refused == [503]
        assert app.test_client().post("/upload", headers=bearer(BOB), data={"a": "b"}).status_code == 400
        answer = app.test_client().post("/upload", headers=bearer(ANN), data={"a": "b"})
        assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "busy", "5")
    assert app.test_client().post("/upload", headers=bearer(ANN), data={"a": "b"}).status_code == 400


@pytest.mark.parametrize("by", ["share link", "key"])
def test_one_who_reads_nothing_keeps_nobody_else_from_downloading(
    app: Flask, access: Access, backend: Backend, finished: Job, by: str
) -> None:
    share = Share("now", time.time() + 3600)
    job = backend.store.change(finished.id, lambda job: replace(job, owner="ann", share=share))
    (on_disk(backend, job.id).result(job).folder / "processed_video.mp4").write_bytes(bytes(1 << 20))
    link = f"/s/{token(access.secret, job.id, share.id)}"

    def ask(whose: str = f"/task/{job.id}", **how: object) -> TestResponse:
        return app.test_client().get(f"{whose}/files/processed_video.mp4", buffered=False, **how)

    def one() -> TestResponse:
        return ask(link) if by == "share link" else ask(headers=bearer(ADMIN))

    with ExitStack() as unread:
        said = [unread.enter_context(closing(one())).status_code for _ in range(DOWNLOADS)]
        assert said == [200] * FEW + [503] * (DOWNLOADS - FEW)
        with closing(ask(headers=bearer(ANN))) as answer:
            assert answer.status_code == 200
    with closing(one()) as answer:
        assert answer.status_code == 200
