"""`/files`: uploads in pieces by the tus protocol."""

import io
import json
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import on_disk
from queues import ListQueue
from surroundings import MAX_UPLOAD
from tus_client import VERSION, begun, checksum, create, folder, head, metadata, nothing_remains, offset, refused, send

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.pending_uploads import pending_upload
from video_automation.web.uploads import tus_headers

DAY_S = 86_400


def test_what_is_possible_is_told_to_whoever_asks(client: FlaskClient):
    answer = client.options("/files")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,creation-with-upload,termination,expiration,checksum"
    assert answer.headers["Tus-Max-Size"] == str(MAX_UPLOAD)
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"


def test_a_video_in_two_pieces_becomes_a_task_with_its_name_and_options(
    client: FlaskClient, backend: Backend, queue: ListQueue, video: bytes
):
    place = begun(client, len(video), filename="dir/my täl\u202ek.mp4", crf="30", trim_silence="false")
    first = send(client, place, 0, video[:1000])
    assert (first.status_code, first.headers["Upload-Offset"], first.data) == (204, "1000", b"")
    assert "Location" not in first.headers
    assert backend.store.listed("local", start=0, count=9) == ((), 0)
    last = send(client, place, 1000, video[1000:])
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(video)))
    task_id = place.rpartition("/")[2]
    assert last.headers["Location"] == f"/task/{task_id}"
    assert queue.messages == [task_id]
    job = backend.store.get(task_id)
    assert (job.filename, job.params.encode.crf, job.params.trim_silence) == ("my tälk.mp4", 30, False)
    workspace = folder(backend, place)
    assert backend.folders.storage.read(workspace.source) == video
    assert workspace.lock.exists()
    assert not workspace.announced.exists()
    assert client.get(last.headers["Location"]).json["state"] == State.PENDING


def test_a_piece_may_be_larger_than_any_other_body(app: Flask, client: FlaskClient, video: bytes):
    app.config["MAX_CONTENT_LENGTH"] = 1000
    last = send(client, begun(client, len(video)), 0, video)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(len(video)))
    whole = create(client, len(video), video)
    assert (whole.status_code, whole.headers["Upload-Offset"]) == (201, str(len(video)))


def test_a_complete_upload_leads_to_its_task_and_takes_no_more(client: FlaskClient, video: bytes):
    place = begun(client, len(video))
    task = send(client, place, 0, video).headers["Location"]
    answer = head(client, place)
    assert (answer.status_code, answer.headers["Location"]) == (200, task)
    assert answer.headers["Upload-Offset"] == answer.headers["Upload-Length"] == str(len(video))
    refused(send(client, place, len(video), b"more"), 409, "wrong_offset")
    refused(client.delete(place, headers=VERSION), 409, "done")
    assert client.get(task).status_code == 200


def test_a_first_piece_may_come_with_the_announcement(client: FlaskClient, backend: Backend, video: bytes):
    part = create(client, len(video), video[:500])
    assert (part.status_code, part.headers["Upload-Offset"]) == (201, "500")
    assert offset(client, part.headers["Location"]) == 500
    whole = create(client, len(video), video, headers=checksum("sha256", video))
    assert (whole.status_code, whole.headers["Upload-Offset"]) == (201, str(len(video)))
    task_id = whole.headers["Location"].rpartition("/")[2]
    assert head(client, whole.headers["Location"]).headers["Location"] == f"/task/{task_id}"
    assert on_disk(backend, task_id).source.read_bytes() == video


def test_a_first_piece_that_is_refused_leaves_nothing(client: FlaskClient, backend: Backend, video: bytes):
    refused(create(client, 9, b"0123456789"), 413, "longer_than_announced")
    refused(create(client, 9, b"012345678", headers=checksum("sha1", b"other")), 460, "wrong_checksum")
    assert create(client, 9, b"no video.").status_code in (415, 422)
    assert nothing_remains(backend)


def test_where_an_upload_stands_is_never_cached_and_says_when_it_expires(client: FlaskClient):
    before = time.time()
    answer = head(client, begun(client, 100))
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == ("0", "100")
    expires = parsedate_to_datetime(answer.headers["Upload-Expires"]).timestamp()
    assert before + DAY_S - 2 < expires <= time.time() + DAY_S + 1


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
        ({"Upload-Concat": "partial"}, 400, "no_concatenation"),
        ({"Upload-Concat": "final;/files/a /files/b"}, 400, "no_concatenation"),
        ({"Upload-Length": "0"}, 422, "empty"),
        ({"Upload-Metadata": "filename %%%"}, 400, "wrong_metadata"),
        ({"Upload-Metadata": "filename /w=="}, 400, "wrong_metadata"),
        ({"Upload-Metadata": "crf MzA,crf M"}, 400, "wrong_metadata"),
        ({"Upload-Metadata": metadata(filename="a", crf="loud")}, 400, "wrong_option"),
        ({"Upload-Metadata": metadata(filename="a", language="tlh")}, 400, "unknown_language"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_the_video_is_sent(
    client: FlaskClient, backend: Backend, headers: dict[str, str], status: int, code: str
):
    refused(create(client, 10, headers=headers), status, code)
    assert nothing_remains(backend)


@pytest.mark.parametrize(
    ("said", "filename", "crf"),
    [
        ("filename dGFsay5tcDQ=,filetype dmlkZW8vbXA0,relativePath bnVsbA==,name b3RoZXI=", "talk.mp4", None),
        ("filename dGFsay5tcDQ=, crf MzA=", "talk.mp4", 30),
        (" filename   dGFsay5tcDQ=  ,\tcrf MzA= ,", "talk.mp4", 30),
        ("filename dGFsay5tcDQ,crf MzA", "talk.mp4", 30),
        ("name dGFsay5tcDQ=", "talk.mp4", None),
        ("filename ,name dGFsay5tcDQ=", "talk.mp4", None),
        ("filename,relativePath,is_confidential", "video", None),
        ("filename Li4vLi4=,name Li4=", "video", None),
        ("filename 0LTQvtC8IPCfmIAubXA0", "дом 😀.mp4", None),
        ("filename w7_Dvy5tcDQ", "ÿÿ.mp4", None),
        ("filename YQ==,filename Yg==,crf MzA=,crf MzE=", "b", 31),
        ("filename YQ==,photo /9j/4AAQ,plain not base64 at all,,shiny eWVz", "a", None),
        ("", "video", None),
    ],
)
def test_metadata_is_taken_as_clients_send_it_and_what_means_nothing_is_passed_over(
    client: FlaskClient, backend: Backend, said: str, filename: str, crf: int | None
):
    answer = create(client, 10, headers={"Upload-Metadata": said})
    assert answer.status_code == 201, answer.text
    upload = pending_upload(folder(backend, answer.headers["Location"]))
    assert (upload.filename, upload.params.encode.crf) == (filename, crf or backend.rules.defaults.encode.crf)


def test_an_upload_needs_no_metadata(client: FlaskClient, backend: Backend, video: bytes):
    answer = client.post("/files", headers=VERSION | {"Upload-Length": str(len(video))})
    assert answer.status_code == 201
    task = send(client, answer.headers["Location"], 0, video).headers["Location"]
    assert client.get(task).json["filename"] == "video"


def test_a_client_that_may_only_post_names_the_method_it_means(client: FlaskClient, video: bytes):
    place = begun(client, len(video))
    post = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream", "X-HTTP-Method-Override": "PATCH"}
    assert client.post(place, data=video[:100], headers=VERSION | post).headers["Upload-Offset"] == "100"
    asked = client.post(place, headers=VERSION | {"X-HTTP-Method-Override": "HEAD"})
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, "100")
    assert client.post(place, headers=VERSION | {"X-HTTP-Method-Override": "delete"}).status_code == 204
    assert head(client, place).status_code == 404


def test_no_other_method_and_no_other_address_is_overridden(client: FlaskClient, finished: Job):
    assert client.post(begun(client, 10), headers=VERSION | {"X-HTTP-Method-Override": "GET"}).status_code == 405
    override = {"X-HTTP-Method-Override": "DELETE"}
    assert client.post(f"/task/{finished.id}/captions", headers=override).status_code == 405
    assert client.get(begun(client, 10), headers=VERSION | override).status_code == 405


def test_a_slash_at_the_end_leads_to_the_same_place(client: FlaskClient):
    said = VERSION | {"Upload-Length": "10", "Upload-Metadata": metadata(filename="a")}
    assert client.post("/files/", headers=said).status_code == 201
    assert client.options("/files/").headers["Tus-Version"] == "1.0.0"


def test_what_is_possible_is_told_at_the_address_of_an_upload_too(client: FlaskClient):
    assert client.options(begun(client, 10)).headers["Tus-Extension"] == client.options("/files").headers["Tus-Extension"]


def test_a_full_queue_refuses_an_upload_before_it_begins_and_has_one_that_is_there_wait(
    client: FlaskClient, backend: Backend, put: Callable[..., Job], video: bytes
):
    place = begun(client, len(video))
    waiting = [put(number) for number in range(backend.rules.max_queue)]
    refused(create(client, 10), 429, "queue_full")
    answer = send(client, place, 0, video)
    refused(answer, 429, "queue_full")
    assert int(answer.headers["Retry-After"]) > 0
    backend.store.remove(waiting[0].id)
    assert "/task/" in send(client, place, len(video), b"").headers["Location"]


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


@given(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_header_is_read_or_refused(client: FlaskClient, text: str):
    for name in ("Upload-Length", "Upload-Metadata"):
        assert create(client, 10, headers={name: text}).status_code in (201, 400, 413, 422, 429)
    assert send(client, "/files/x", 0, b"", **{"Upload-Checksum": text, "Upload-Offset": text}).status_code in (400, 404)


@given(st.dictionaries(st.sampled_from(["filename", "crf", "language"]), st.text(max_size=20)))
def test_metadata_is_read_as_it_was_written(texts: dict[str, str]):
    (filename, _), options = tus_headers.metadata(metadata(**texts))
    assert options | ({"filename": filename} if "filename" in texts else {}) == texts
