"""Uploads in pieces that are interrupted, sent twice at once, or abandoned: nothing is lost, and nothing is kept for ever."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.utils import parsedate_to_datetime
from hashlib import sha1
from pathlib import Path
from threading import BoundedSemaphore

import pytest
from e2e.instance import PATIENCE_S
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from queues import ListQueue
from tus_client import VERSION, begun, checksum, create, folder, head, nothing_remains, offset, refused, send

from video_automation.access.quotas import UNBOUNDED
from video_automation.errors import NoSpaceError, TransientError
from video_automation.jobs.housekeeping.janitor import sweep
from video_automation.jobs.locks import taken, try_lock
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads import receive, resumable
from video_automation.jobs.uploads.pending_uploads import UNFINISHED_S, pending_upload, promised_bytes
from video_automation.media.probing import probe
from video_automation.stores.memory import MemoryStore


def test_two_requests_never_send_at_once(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    with folder(backend, place).sending.open("ab") as other:
        assert taken(other)
        answer = send(client, place, 0, b"abc")
        refused(answer, 423, "locked")
        assert int(answer.headers["Retry-After"]) > 0
    assert send(client, place, 0, b"abc").status_code == 204


def test_one_that_fell_silent_gives_its_turn_to_the_next_and_may_not_go_on(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    upload, workspace = pending_upload(folder(backend, place)), folder(backend, place)

    def blocks():
        yield b"012"
        os.utime(workspace.partial, (0, time.time() - resumable.SILENT_S - 1))
        assert send(client, place, 3, b"34").status_code == 204
        assert send(client, place, 5, b"56").status_code == 204
        yield b"xyz"

    with pytest.raises(resumable.StateError):
        resumable.receive(backend, upload, blocks(), offset=0)
    assert workspace.partial.read_bytes() == b"0123456"


def test_one_whose_piece_is_checked_first_is_not_silent_while_its_bytes_come(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    upload, workspace = pending_upload(folder(backend, place)), folder(backend, place)

    def blocks():
        os.utime(workspace.partial, (0, time.time() - resumable.SILENT_S - 1))
        yield b"012"
        refused(send(client, place, 0, b"34"), 423, "locked")
        yield b"345"

    resumable.receive(backend, upload, blocks(), offset=0, checksum=resumable.Checksum("sha1", sha1(b"012345").digest()))
    assert workspace.partial.read_bytes() == b"012345"
    assert workspace.sending.stat().st_size == 0


def test_one_that_lost_its_turn_takes_no_more_of_a_piece_that_is_checked_first(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    upload, workspace = pending_upload(folder(backend, place)), folder(backend, place)

    def blocks():
        yield b"012"
        os.utime(workspace.partial, (0, time.time() - resumable.SILENT_S - 1))
        with workspace.sending.open("rb") as unseen:
            assert unseen.read() == b"012"
            assert send(client, place, 0, b"34").status_code == 204
            assert os.fstat(unseen.fileno()).st_size == 0
        yield b"345"
        pytest.fail("It goes on.")

    with pytest.raises(resumable.LockedError):
        resumable.receive(backend, upload, blocks(), offset=0, checksum=resumable.Checksum("sha1", b""))
    assert workspace.partial.read_bytes() == b"34"


def test_an_upload_that_is_ended_while_it_arrives_takes_no_more(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    upload = pending_upload(folder(backend, place))

    def blocks():
        yield b"012"
        assert client.delete(place, headers=VERSION).status_code == 204
        yield b"345"

    with pytest.raises(resumable.UnknownTaskError):
        resumable.receive(backend, upload, blocks(), offset=0)
    assert nothing_remains(backend)


def test_while_a_video_is_looked_at_nobody_else_hands_it_over_or_ends_it(client: FlaskClient, backend: Backend, video: bytes):
    place = begun(client, len(video))
    workspace = folder(backend, place)
    workspace.partial.write_bytes(video)
    with try_lock(workspace.announced):
        assert head(client, place).status_code == 423
        refused(client.delete(place, headers=VERSION), 423, "locked")
    assert head(client, place).headers["Location"]


class Mute(MemoryStore):
    """A store that refuses new jobs."""

    def add(self, job: Job) -> None:
        raise TransientError(f"No answer about {job.id}.")


def test_a_video_that_cannot_be_recorded_just_now_stays_until_it_can(
    client: FlaskClient, app: Flask, backend: Backend, video: bytes
):
    place = begun(client, len(video))
    store = backend.store
    app.extensions["video_automation.backend"] = replace(backend, store=Mute())
    refused(send(client, place, 0, video), 503, "unavailable")
    app.extensions["video_automation.backend"] = replace(backend, store=store)
    assert head(client, place).headers["Location"]
    assert store.get(place.rpartition("/")[2])


def test_a_video_nobody_can_look_at_just_now_stays_until_somebody_can(
    client: FlaskClient, backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch
):
    place = begun(client, len(video))
    with monkeypatch.context() as patch:
        patch.setattr(probe, "LONGEST_WAIT_S", 0.01)
        patch.setattr(probe, "CHECKS", BoundedSemaphore(1))
        with probe.turn(probe.CHECKS):
            answer = send(client, place, 0, video)
            refused(answer, 503, "busy")
            assert int(answer.headers["Retry-After"]) > 0
    assert send(client, place, len(video), b"").headers["Location"]
    assert backend.store.get(place.rpartition("/")[2])


def test_a_video_that_came_whole_with_its_announcement_waits_for_its_look(
    client: FlaskClient, backend: Backend, video: bytes, monkeypatch: pytest.MonkeyPatch
):
    """The client does not know the upload's address yet: after a refusal it would have to send everything again."""
    monkeypatch.setattr(probe, "LONGEST_WAIT_S", 0.01)
    monkeypatch.setattr(probe, "CHECKS", BoundedSemaphore(1))
    with ThreadPoolExecutor(1) as pool:
        with probe.turn(probe.CHECKS):
            created = pool.submit(create, client, len(video), video)
            with pytest.raises(TimeoutError):
                created.result(1)
        place = created.result(PATIENCE_S).headers["Location"]
    assert backend.store.get(place.rpartition("/")[2])


@pytest.mark.parametrize("at", [(resumable, "settle"), (resumable, "hand_over"), (Path, "unlink")])
def test_killed_between_the_last_byte_and_the_record_the_next_process_finishes_it(
    client: FlaskClient,
    backend: Backend,
    video: bytes,
    queue: ListQueue,
    monkeypatch: pytest.MonkeyPatch,
    at: tuple[object, str],
):
    place = begun(client, len(video))
    upload = pending_upload(folder(backend, place))
    resumable.receive(backend, upload, [video], offset=0)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*at, killed)
        with pytest.raises(KeyboardInterrupt):
            resumable.finish_upload(backend, upload, UNBOUNDED)
    assert head(client, place).headers["Location"] == f"/task/{upload.id}"
    assert backend.folders.storage.read(folder(backend, place).source) == video
    assert queue.messages == [upload.id]
    assert not folder(backend, place).announced.exists()


def test_an_upload_that_broke_off_expires_a_day_after_its_last_byte_wherever_it_stood(
    client: FlaskClient, backend: Backend, video: bytes
):
    half, received = begun(client, 100), begun(client, len(video))
    folder(backend, received).partial.write_bytes(video)
    receive.settle(folder(backend, received))
    expires = parsedate_to_datetime(head(client, half).headers["Upload-Expires"]).timestamp()
    sweep(backend, expires - 5)
    assert folder(backend, half).partial.exists()
    assert backend.folders.storage.find(folder(backend, received).source)
    sweep(backend, time.time() + UNFINISHED_S)
    assert nothing_remains(backend)


def test_room_for_the_rest_of_what_is_arriving_is_kept_but_not_for_what_is_silent(client: FlaskClient, backend: Backend):
    place = begun(client, 100_000)
    send(client, place, 0, bytes(60_000))
    assert promised_bytes(backend.folders, time.time()) == 250_000 - 60_000
    assert promised_bytes(backend.folders, time.time() + 601) == 0
    client.delete(place, headers=VERSION)
    assert promised_bytes(backend.folders, time.time()) == 0


def test_announcements_that_do_not_fit_together_are_refused(
    client: FlaskClient, app: Flask, backend: Backend, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(receive, "free_bytes", lambda _: 1_000_000)
    any_size = replace(backend, rules=replace(backend.rules, max_upload_bytes=1 << 60))
    app.extensions["video_automation.backend"] = any_size
    assert create(client, 250_000).status_code == 201
    refused(create(client, 250_000), 507, "no_space")


def test_a_disk_that_is_full_keeps_what_has_arrived_and_says_so(client: FlaskClient, backend: Backend):
    place = begun(client, 1000)
    send(client, place, 0, b"abc")
    full = replace(backend, rules=replace(backend.rules, reserve_bytes=1 << 60))
    with pytest.raises(NoSpaceError):
        resumable.receive(full, pending_upload(folder(backend, place)), [b"def"], offset=3)
    assert offset(client, place) == 3


PIECES = st.lists(st.tuples(st.binary(max_size=40), st.sampled_from(["whole", "lost", "damaged", "ahead"])), max_size=6)


@given(PIECES, st.binary(min_size=1, max_size=9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_however_it_is_cut_and_whatever_fails_between_the_same_bytes_arrive(
    client: FlaskClient, backend: Backend, pieces: list[tuple[bytes, str]], rest: bytes
):
    pieces = [(b"\0\0\0\x18ftyp", "whole"), *pieces]  # otherwise random bytes could be recognised as another type of file
    video = b"".join(piece for piece, _ in pieces) + rest
    place = begun(client, len(video))
    upload, workspace = pending_upload(folder(backend, place)), folder(backend, place)
    end = 0
    for piece, fate in pieces:
        start, end = end, end + len(piece)
        if fate == "lost":
            with pytest.raises(ConnectionResetError):
                resumable.receive(backend, upload, breaking(piece[:5]), offset=start)
        elif fate == "damaged":
            assert send(client, place, start, piece, **checksum("sha1", piece + b"?")).status_code == 460
        elif fate == "ahead":
            assert send(client, place, start + 1, piece).status_code == 409
        there = offset(client, place)
        assert workspace.partial.read_bytes() == video[:there]
        assert send(client, place, there, video[there:end], **checksum("sha256", video[there:end])).status_code == 204
        assert workspace.partial.read_bytes() == video[:end]
    client.delete(place, headers=VERSION)


def breaking(block: bytes) -> Iterator[bytes]:
    """A body whose connection breaks after this block."""
    yield block
    raise ConnectionResetError
