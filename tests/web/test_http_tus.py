"""`/files`: uploads that arrive piece by piece, as the tus protocol has it."""

import hashlib
import io
import json
import os
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from surroundings import MAX_UPLOAD, ListQueue
from werkzeug.test import TestResponse

from video_automation.errors import NoSpaceError, TransientError
from video_automation.jobs import receive, resumable
from video_automation.jobs.janitor import sweep
from video_automation.jobs.locks import alone, taken
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.unfinished import announced, promised_bytes
from video_automation.jobs.workspace import Workspace
from video_automation.stores.memory import MemoryStore
from video_automation.web.resumable import _metadata

VERSION = {"Tus-Resumable": "1.0.0"}
DAY_S = 86_400


def metadata(**texts: str) -> str:
    return ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in texts.items())


def create(client: FlaskClient, length: int, body: bytes | None = None, headers: dict[str, str] | None = None, **texts: str):
    said = VERSION | {"Upload-Length": str(length), "Upload-Metadata": metadata(**{"filename": "a.mp4"} | texts)}
    if body is not None:
        said["Content-Type"] = "application/offset+octet-stream"
    return client.post("/files", data=body, headers=said | (headers or {}))


def send(client: FlaskClient, place: str, offset: int, body: bytes, **headers: str) -> TestResponse:
    kind = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.patch(place, data=body, headers=VERSION | kind | headers)


def head(client: FlaskClient, place: str) -> TestResponse:
    return client.head(place, headers=VERSION)


def offset(client: FlaskClient, place: str) -> int:
    return int(head(client, place).headers["Upload-Offset"])


def begun(client: FlaskClient, length: int, **texts: str) -> str:
    answer = create(client, length, **texts)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"]


def folder(backend: Backend, place: str) -> Workspace:
    return backend.folders.of(place.rpartition("/")[2])


def checksum(algorithm: str, body: bytes) -> dict[str, str]:
    digest = b64encode(hashlib.new(algorithm, body).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


def refused(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def nothing_remains(backend: Backend) -> bool:
    return not any(path.is_file() for root in (backend.folders.input, backend.folders.work) for path in root.glob("*/**/*"))


def test_what_is_possible_is_told_to_whoever_asks(client: FlaskClient):
    answer = client.options("/files")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,termination,expiration,checksum"
    assert answer.headers["Tus-Max-Size"] == str(MAX_UPLOAD)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_film_in_two_pieces_becomes_a_task_with_its_name_and_options(
    client: FlaskClient, backend: Backend, queue: ListQueue, film: bytes
):
    place = begun(client, len(film), filename="dir/my täl\u202ek.mp4", crf="30", trim_silence="false")
    first = send(client, place, 0, film[:1000])
    assert (first.status_code, first.headers["Upload-Offset"], first.data) == (204, "1000", b"")
    assert "Location" not in first.headers
    assert backend.store.listed("local", start=0, count=9) == ((), 0)
    last = send(client, place, 1000, film[1000:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(film)))
    task_id = place.rpartition("/")[2]
    assert last.headers["Location"] == f"/task/{task_id}"
    assert queue.messages == [task_id]
    job = backend.store.get(task_id)
    assert (job.filename, job.params.encode.crf, job.params.trim_silence) == ("my tälk.mp4", 30, False)
    workspace = folder(backend, place)
    assert workspace.source.read_bytes() == film
    assert workspace.lock.exists()
    assert not workspace.announced.exists()
    assert client.get(last.headers["Location"]).json["state"] == State.PENDING


def test_a_complete_upload_leads_to_its_task_and_takes_no_more(client: FlaskClient, film: bytes):
    place = begun(client, len(film))
    task = send(client, place, 0, film).headers["Location"]
    answer = head(client, place)
    assert (answer.status_code, answer.headers["Location"]) == (200, task)
    assert answer.headers["Upload-Offset"] == answer.headers["Upload-Length"] == str(len(film))
    refused(send(client, place, len(film), b"more"), 409, "wrong_offset")
    refused(client.delete(place, headers=VERSION), 409, "done")
    assert client.get(task).status_code == 200


def test_a_first_piece_may_come_with_the_announcement(client: FlaskClient, backend: Backend, film: bytes):
    part = create(client, len(film), film[:500])
    assert (part.status_code, part.headers["Upload-Offset"]) == (201, "500")
    assert offset(client, part.headers["Location"]) == 500
    whole = create(client, len(film), film, headers=checksum("sha256", film))
    assert (whole.status_code, whole.headers["Upload-Offset"]) == (201, str(len(film)))
    task_id = whole.headers["Location"].rpartition("/")[2]
    assert head(client, whole.headers["Location"]).headers["Location"] == f"/task/{task_id}"
    assert backend.folders.of(task_id).source.read_bytes() == film


def test_a_first_piece_that_is_refused_leaves_nothing(client: FlaskClient, backend: Backend, film: bytes):
    refused(create(client, 9, b"0123456789"), 413, "longer_than_announced")
    refused(create(client, 9, b"012345678", headers=checksum("sha1", b"other")), 460, "wrong_checksum")
    assert create(client, 9, b"no film..").status_code in (415, 422)
    assert nothing_remains(backend)


def test_where_an_upload_stands_is_never_cached_and_says_when_it_expires(client: FlaskClient):
    answer = head(client, begun(client, 100))
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == ("0", "100")
    expires = parsedate_to_datetime(answer.headers["Upload-Expires"]).timestamp()
    assert time.time() + DAY_S - 60 < expires <= time.time() + DAY_S + 1


@pytest.mark.parametrize("version", [None, "0.2.2", "2.0.0", ""])
@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE"])
def test_another_version_of_the_protocol_is_refused_and_changes_nothing(
    client: FlaskClient, backend: Backend, method: str, version: str | None
):
    place = "/files" if method == "POST" else begun(client, 10)
    before = sorted(backend.folders.input.rglob("*"))
    answer = client.open(place, method=method, headers={"Tus-Resumable": version} if version is not None else {})
    assert (answer.status_code, answer.headers["Tus-Version"], answer.headers["Tus-Resumable"]) == (412, "1.0.0", "1.0.0")
    assert sorted(backend.folders.input.rglob("*")) == before


def test_every_answer_says_the_version_also_of_what_is_not_there(client: FlaskClient):
    answers = (client.get("/files"), client.put("/files/x"), head(client, "/files/x"), send(client, "/files/../etc", 0, b""))
    assert [answer.status_code for answer in answers] == [405, 405, 404, 404]
    assert all(answer.headers["Tus-Resumable"] == "1.0.0" for answer in answers)
    assert "Tus-Resumable" not in client.get("/tasks").headers


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Upload-Length": ""}, 400, "wrong_number"),
        ({"Upload-Length": "-1"}, 400, "wrong_number"),
        ({"Upload-Length": "1e3"}, 400, "wrong_number"),
        ({"Upload-Length": "9" * 19}, 400, "wrong_number"),
        ({"Upload-Length": str(MAX_UPLOAD + 1)}, 413, "too_large"),
        ({"Upload-Defer-Length": "1"}, 400, "no_length"),
        ({"Upload-Metadata": ""}, 400, "no_file"),
        ({"Upload-Metadata": "filename"}, 400, "no_file"),
        ({"Upload-Metadata": metadata(filename="../..")}, 400, "no_file"),
        ({"Upload-Metadata": "filename %%%"}, 400, "wrong_metadata"),
        ({"Upload-Metadata": "filename /w=="}, 400, "wrong_metadata"),
        ({"Upload-Metadata": f"{metadata(filename='a')},{metadata(filename='b')}"}, 400, "wrong_metadata"),
        ({"Upload-Metadata": metadata(filename="a", crf="loud")}, 400, "wrong_option"),
        ({"Upload-Metadata": metadata(filename="a", shiny="yes")}, 400, "unknown_option"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_the_film_is_sent(
    client: FlaskClient, backend: Backend, headers: dict[str, str], status: int, code: str
):
    refused(create(client, 10, headers=headers), status, code)
    assert nothing_remains(backend)


def test_a_full_queue_refuses_an_upload_before_it_begins_and_has_one_that_is_there_wait(
    client: FlaskClient, backend: Backend, put: Callable[..., Job], film: bytes
):
    place = begun(client, len(film))
    waiting = [put(number) for number in range(backend.rules.max_queue)]
    refused(create(client, 10), 429, "queue_full")
    answer = send(client, place, 0, film)
    refused(answer, 429, "queue_full")
    assert int(answer.headers["Retry-After"]) > 0
    backend.store.remove(waiting[0].id)
    assert "/task/" in send(client, place, len(film), b"").headers["Location"]


def test_an_offset_that_is_not_the_next_one_is_refused_and_changes_nothing(client: FlaskClient):
    place = begun(client, 100)
    send(client, place, 0, b"0123456789")
    for wrong in (0, 9, 11, 100, 101):
        refused(send(client, place, wrong, b"abc"), 409, "wrong_offset")
    refused(send(client, place, 10, b"abc", **{"Upload-Offset": "ten"}), 400, "wrong_number")
    assert offset(client, place) == 10


def test_a_piece_of_another_type_is_refused(client: FlaskClient):
    place = begun(client, 100)
    refused(send(client, place, 0, b"abc", **{"Content-Type": "video/mp4"}), 415, "wrong_type")
    assert offset(client, place) == 0


def test_more_than_was_announced_is_refused_and_what_came_before_stays(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    send(client, place, 0, bytes(60))
    refused(send(client, place, 60, bytes(41)), 413, "longer_than_announced")
    assert offset(client, place) == 60


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_with_another_checksum_is_refused_and_nothing_of_it_stays(
    client: FlaskClient, backend: Backend, algorithm: str
):
    place = begun(client, 100_000)
    body = os.urandom(70_000)
    refused(send(client, place, 0, body, **checksum(algorithm, body[1:])), 460, "wrong_checksum")
    assert offset(client, place) == 0
    assert send(client, place, 0, body, **checksum(algorithm, body)).headers["Upload-Offset"] == "70000"
    assert folder(backend, place).partial.read_bytes() == body


@pytest.mark.parametrize("header", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 %%%", "", "sha1 "])
def test_a_checksum_we_cannot_check_is_refused(client: FlaskClient, header: str):
    place = begun(client, 100)
    refused(send(client, place, 0, b"abc", **{"Upload-Checksum": header}), 400, "wrong_checksum_header")


def test_what_is_no_film_is_refused_with_a_reason_and_gone(client: FlaskClient, backend: Backend):
    place = begun(client, 10)
    answer = send(client, place, 0, b"I am text.")
    assert answer.status_code in (415, 422)
    assert answer.json["error"]
    assert nothing_remains(backend)
    assert head(client, place).status_code == 404


def test_a_connection_that_is_lost_leaves_what_has_arrived(app: Flask, client: FlaskClient):
    place = begun(client, 150_000)
    answer = app.test_client().patch(
        place,
        input_stream=io.BytesIO(bytes(140_000)),
        headers=VERSION | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
        environ_overrides={"CONTENT_LENGTH": "150000"},
    )
    refused(answer, 400, "connection_lost")
    assert 0 < offset(client, place) <= 140_000


def test_an_ended_upload_is_gone(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    send(client, place, 0, b"abc")
    assert client.delete(place, headers=VERSION).status_code == 204
    assert nothing_remains(backend)
    refused(client.delete(place, headers=VERSION), 404, "unknown_task")
    refused(send(client, place, 3, b"abc"), 404, "unknown_task")


def test_an_upload_of_somebody_else_is_not_there(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    file = folder(backend, place).announced
    file.write_text(json.dumps(json.loads(file.read_text()) | {"owner": "ann"}))
    nowhere = "/files/00000000-0000-4000-8000-000000000001"
    for ask in (lambda at: send(client, at, 0, b"abc"), lambda at: client.delete(at, headers=VERSION)):
        refused(ask(place), 404, "unknown_task")
        assert ask(place).data == ask(nowhere).data
    assert head(client, place).status_code == 404
    assert folder(backend, place).partial.exists()


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
    upload, workspace = announced(folder(backend, place)), folder(backend, place)

    def blocks():
        yield b"012"
        os.utime(workspace.partial, (0, time.time() - resumable._SILENT_S - 1))
        assert send(client, place, 3, b"34").status_code == 204
        assert send(client, place, 5, b"56").status_code == 204
        yield b"xyz"

    with pytest.raises(resumable.StateError):
        resumable.receive(backend, upload, blocks(), offset=0)
    assert workspace.partial.read_bytes() == b"0123456"


def test_an_upload_that_is_ended_while_it_arrives_takes_no_more(client: FlaskClient, backend: Backend):
    place = begun(client, 100)
    upload = announced(folder(backend, place))

    def blocks():
        yield b"012"
        assert client.delete(place, headers=VERSION).status_code == 204
        yield b"345"

    with pytest.raises(resumable.UnknownTaskError):
        resumable.receive(backend, upload, blocks(), offset=0)
    assert nothing_remains(backend)


def test_while_a_film_is_looked_at_nobody_else_hands_it_over_or_ends_it(client: FlaskClient, backend: Backend, film: bytes):
    place = begun(client, len(film))
    workspace = folder(backend, place)
    workspace.partial.write_bytes(film)
    with alone(workspace.announced):
        assert head(client, place).status_code == 423
        refused(client.delete(place, headers=VERSION), 423, "locked")
    assert head(client, place).headers["Location"]


class Mute(MemoryStore):
    """A store that takes nothing new."""

    def add(self, job: Job) -> None:
        raise TransientError(f"No answer about {job.id}.")


def test_a_film_that_cannot_be_recorded_just_now_stays_until_it_can(
    client: FlaskClient, app: Flask, backend: Backend, film: bytes
):
    place = begun(client, len(film))
    store = backend.store
    app.extensions["video_automation.backend"] = replace(backend, store=Mute())
    refused(send(client, place, 0, film), 503, "unavailable")
    app.extensions["video_automation.backend"] = replace(backend, store=store)
    assert head(client, place).headers["Location"]
    assert store.get(place.rpartition("/")[2])


@pytest.mark.parametrize("at", [(resumable, "settle"), (resumable, "hand_over"), (Path, "unlink")])
def test_killed_between_the_last_byte_and_the_record_the_next_process_finishes_it(
    client: FlaskClient,
    backend: Backend,
    film: bytes,
    queue: ListQueue,
    monkeypatch: pytest.MonkeyPatch,
    at: tuple[object, str],
):
    place = begun(client, len(film))
    upload = announced(folder(backend, place))
    resumable.receive(backend, upload, [film], offset=0)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(*at, killed)
        with pytest.raises(KeyboardInterrupt):
            resumable.finish(backend, upload)
    assert head(client, place).headers["Location"] == f"/task/{upload.id}"
    assert folder(backend, place).source.read_bytes() == film
    assert queue.messages == [upload.id]
    assert not folder(backend, place).announced.exists()


def test_an_upload_that_broke_off_expires_a_day_after_its_last_byte_wherever_it_stood(
    client: FlaskClient, backend: Backend, film: bytes
):
    half, received = begun(client, 100), begun(client, len(film))
    folder(backend, received).partial.write_bytes(film)
    receive.settle(folder(backend, received))
    expires = parsedate_to_datetime(head(client, half).headers["Upload-Expires"]).timestamp()
    sweep(backend, expires - 5)
    assert folder(backend, half).partial.exists()
    assert folder(backend, received).source.exists()
    sweep(backend, expires + 5)
    assert nothing_remains(backend)


def test_room_for_the_rest_of_what_is_arriving_is_kept_but_not_for_what_is_silent(client: FlaskClient, backend: Backend):
    place = begun(client, 100_000)
    send(client, place, 0, bytes(60_000))
    assert promised_bytes(backend.folders, time.time()) == 250_000 - 60_000
    assert promised_bytes(backend.folders, time.time() + 601) == 0
    client.delete(place, headers=VERSION)
    assert promised_bytes(backend.folders, time.time()) == 0


def test_announcements_that_do_not_fit_together_are_refused(client: FlaskClient, app: Flask, backend: Backend):
    with ExitStack() as stack:
        free = receive.free_bytes(backend.folders)
        tight = replace(backend, rules=replace(backend.rules, reserve_bytes=free - 700_000))
        app.extensions["video_automation.backend"] = tight
        stack.callback(app.extensions.update, {"video_automation.backend": backend})
        assert create(client, 150_000).status_code == 201
        refused(create(client, 150_000), 507, "no_space")


def test_a_disk_that_is_full_keeps_what_has_arrived_and_says_so(client: FlaskClient, backend: Backend):
    place = begun(client, 1000)
    send(client, place, 0, b"abc")
    full = replace(backend, rules=replace(backend.rules, reserve_bytes=1 << 60))
    with pytest.raises(NoSpaceError):
        resumable.receive(full, announced(folder(backend, place)), [b"def"], offset=3)
    assert offset(client, place) == 3


PIECES = st.lists(st.tuples(st.binary(max_size=40), st.sampled_from(["whole", "lost", "damaged", "ahead"])), max_size=6)


@given(PIECES, st.binary(min_size=1, max_size=9))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_it_is_cut_and_whatever_fails_between_the_same_bytes_arrive(
    client: FlaskClient, backend: Backend, pieces: list[tuple[bytes, str]], rest: bytes
):
    film = b"".join(piece for piece, _ in pieces) + rest
    place = begun(client, len(film))
    upload, workspace = announced(folder(backend, place)), folder(backend, place)
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
        assert workspace.partial.read_bytes() == film[:there]
        assert send(client, place, there, film[there:end], **checksum("sha256", film[there:end])).status_code == 204
        assert workspace.partial.read_bytes() == film[:end]
    client.delete(place, headers=VERSION)


def breaking(block: bytes) -> Iterator[bytes]:
    """A body whose connection is lost after this block."""
    yield block
    raise ConnectionResetError


@given(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_header_is_read_or_refused(client: FlaskClient, text: str):
    for name in ("Upload-Length", "Upload-Metadata"):
        assert create(client, 10, headers={name: text}).status_code in (201, 400, 413)
    assert send(client, "/files/x", 0, b"", **{"Upload-Checksum": text, "Upload-Offset": text}).status_code in (400, 404)


@given(st.dictionaries(st.sampled_from(["filename", "crf", "language"]), st.text(max_size=20)))
def test_metadata_is_read_as_it_was_written(texts: dict[str, str]):
    assert _metadata(metadata(**texts)) == texts
