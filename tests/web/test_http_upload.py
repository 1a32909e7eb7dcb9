"""`POST /upload`: what is accepted, what is refused, and which files it leaves."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from doors import open_access
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from places import on_disk
from queues import ListQueue
from surroundings import MAX_UPLOAD

from video_automation.errors import RequestError
from video_automation.jobs.model import State
from video_automation.jobs.ports import Backend
from video_automation.web.api.operations import Health
from video_automation.web.server.flask_app import create_app
from video_automation.web.uploads.form_reader import BESIDE
from video_automation.web.uploads.form_upload import shown_name

BOUNDARY = "----boundary"


def field(name: str, value: bytes, filename: str | None = None) -> bytes:
    file = "" if filename is None else f'; filename="{filename}"'
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + value + b"\r\n"


def post(client: FlaskClient, *fields: bytes, end: bytes = f"--{BOUNDARY}--\r\n".encode(), **more: object):
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **more.pop("headers", {})}  # type: ignore[dict-item]
    return client.post("/upload", data=b"".join(fields) + end, headers=headers, **more)


def nothing_remains(backend: Backend, queue: ListQueue) -> bool:
    folders = backend.folders
    left = [file for root in (folders.input, folders.work, folders.output) for file in root.rglob("*") if file.is_file()]
    return not left and not queue.messages and backend.store.listed("local", start=0, count=9) == ((), 0)


def test_an_upload_is_answered_as_the_document_says_and_queued(
    client: FlaskClient, backend: Backend, queue: ListQueue, video: bytes
):
    answer = client.post("/upload", data={"file": (io.BytesIO(video), "video.mp4")})
    assert answer.status_code == 202
    body = answer.json
    task_id = body["task_id"]
    links = body.pop("links")
    assert body == {
        "message": "Video upload successful! Processing started.",
        "task_id": task_id,
        "status": "PROCESSING",
        "filename": "video.mp4",
    }
    assert answer.headers["Location"] == links["task"] == f"/task/{task_id}"
    assert queue.messages == [task_id]
    assert on_disk(backend, task_id).source.read_bytes() == video
    assert client.get(links["task"]).json["state"] == State.PENDING


def test_options_count_before_the_file_and_after_it(client: FlaskClient, backend: Backend, video: bytes):
    answer = post(client, field("crf", b"30"), field("file", video, "a.mp4"), field("trim_silence", b"false"))
    params = backend.store.get(answer.json["task_id"]).params
    assert (params.encode.crf, params.trim_silence) == (30, False)


def test_the_last_value_of_an_option_counts_as_in_forms(client: FlaskClient, backend: Backend, video: bytes):
    answer = post(client, field("trim_silence", b"false"), field("trim_silence", b"true"), field("file", video, "a.mp4"))
    assert backend.store.get(answer.json["task_id"]).params.trim_silence


@pytest.mark.parametrize("fields", [(b"", b"wrong"), (b"wrong", b"")])
def test_a_wrong_option_is_refused_by_name_wherever_it_stands(
    client: FlaskClient, backend: Backend, queue: ListQueue, video: bytes, fields: tuple[bytes, bytes]
):
    options = [field("crf", value) if value else b"" for value in fields]
    answer = post(client, options[0], field("file", video, "a.mp4"), options[1])
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_option")
    assert "crf" in answer.json["error"]
    assert nothing_remains(backend, queue)


def test_an_unknown_option_is_refused(client: FlaskClient, video: bytes):
    answer = post(client, field("shiny", b"yes"), field("file", video, "a.mp4"))
    assert (answer.status_code, answer.json["code"]) == (400, "unknown_option")


def test_only_the_part_named_file_is_taken(client: FlaskClient, backend: Backend, video: bytes):
    answer = post(client, field("other", b"not", "other.mp4"), field("file", video, "a.mp4"), field("more", b"x", "more.mp4"))
    assert on_disk(backend, answer.json["task_id"]).source.read_bytes() == video


def test_a_form_without_a_length_is_read_to_its_end(app: Flask, backend: Backend, video: bytes):
    body = field("file", video, "a.mp4") + f"--{BOUNDARY}--\r\n".encode()
    answer = app.test_client().post(
        "/upload",
        input_stream=io.BytesIO(body),
        headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert on_disk(backend, answer.json["task_id"]).source.read_bytes() == video


def test_a_video_that_holds_line_ends_and_half_a_boundary_arrives_as_it_is(client: FlaskClient, backend: Backend, video: bytes):
    tricky = video + b"\r\n--" + BOUNDARY[:-1].encode() + b"\r\r\n" * 1000
    task_id = post(client, field("file", tricky, "a.mp4")).json["task_id"]
    assert on_disk(backend, task_id).source.read_bytes() == tricky


def test_a_video_of_exactly_the_largest_size_is_taken_and_one_byte_more_is_not(client: FlaskClient, video: bytes):
    rest = MAX_UPLOAD - len(video) - 8
    largest = video + (rest + 8).to_bytes(4) + b"free" + bytes(rest)
    assert post(client, field("crf", b"30"), field("file", largest, "a.mp4"), field("trim_silence", b"no")).status_code == 202
    answer = post(client, field("file", largest + b"x", "a.mp4"))
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_what_clients_send_about_the_file_beside_it_is_no_option(client: FlaskClient, video: bytes):
    about = [field(name, b"null") for name in ("name", "type", "relativePath", "filename", "filetype")]
    assert post(client, *about, field("file", video, "a.mp4")).status_code == 202


class Endless(io.BytesIO):
    """A form that continues with zeros without an end."""

    given = 0

    def read(self, size: int | None = -1, /) -> bytes:
        block = super().read(size) or bytes(1 << 18)
        self.given += len(block)
        assert self.given < 10 * MAX_UPLOAD + (64 << 20)
        return block


class TestRefused:
    @pytest.fixture(autouse=True)
    def _leaves_nothing(self, backend: Backend, queue: ListQueue):
        yield
        assert nothing_remains(backend, queue)

    def refused(self, answer, status: int, code: str) -> None:
        assert (answer.status_code, answer.json["code"]) == (status, code)
        assert answer.mimetype == "application/problem+json"
        assert answer.json["error"] == answer.json["detail"]

    def test_no_file(self, client: FlaskClient):
        self.refused(post(client, field("crf", b"20")), 400, "no_file")

    def test_an_empty_file_name(self, client: FlaskClient):
        self.refused(post(client, field("file", b"", "")), 400, "no_file")

    def test_a_field_named_file_that_is_no_file(self, client: FlaskClient):
        self.refused(post(client, field("file", b"text")), 400, "no_file")

    def test_two_videos(self, client: FlaskClient, video: bytes):
        self.refused(post(client, field("file", video, "a.mp4"), field("file", video, "b.mp4")), 400, "no_file")

    @pytest.mark.parametrize(
        ("beginning", "said"),
        [(b"PK\x03\x04", "ZIP"), (b"%PDF-1.7", "PDF"), (b"MZ\x90\x00", "program"), (b"\x89PNG\r\n\x1a\n", "picture")],
    )
    def test_what_is_evidently_no_video_before_all_of_it_is_sent(self, app: Flask, beginning: bytes, said: str):
        body = Endless(field("file", beginning, "a.mp4").removesuffix(b"\r\n"))
        answer = app.test_client().post(
            "/upload",
            input_stream=body,
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
            environ_overrides={"CONTENT_LENGTH": str(MAX_UPLOAD)},
        )
        self.refused(answer, 415, "not_a_film")
        assert said in answer.json["error"]
        assert body.given <= 2 << 18

    def test_no_form_at_all(self, client: FlaskClient):
        self.refused(client.post("/upload", data=b"raw"), 400, "no_form")
        self.refused(client.post("/upload", json={}), 400, "no_form")

    def test_a_form_that_ends_early(self, client: FlaskClient, video: bytes):
        self.refused(post(client, field("file", video, "a.mp4"), end=b""), 400, "broken_form")

    def test_a_form_that_does_not_end_in_parts_nobody_asked_for(self, app: Flask):
        body = Endless(field("other", b"", "other.mp4"))
        answer = app.test_client().post(
            "/upload",
            input_stream=body,
            environ_overrides={"wsgi.input_terminated": True},
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Transfer-Encoding": "chunked"},
        )
        self.refused(answer, 413, "too_large")
        assert body.given <= MAX_UPLOAD + (2 << 20)

    def test_a_connection_that_ends_early(self, app: Flask, video: bytes):
        body = field("file", video, "a.mp4")
        answer = app.test_client().post(
            "/upload",
            input_stream=io.BytesIO(body),
            environ_overrides={"CONTENT_LENGTH": str(len(body) + 5000)},
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
        )
        self.refused(answer, 400, "broken_form")

    def test_a_form_with_a_broken_head(self, client: FlaskClient):
        self.refused(post(client, f"--{BOUNDARY}\r\nnonsense\r\n\r\nx\r\n".encode()), 400, "broken_form")

    def test_endless_options(self, client: FlaskClient):
        self.refused(post(client, *[field("crf", b"20")] * 100), 400, "broken_form")
        self.refused(post(client, field("crf", b"2" * 100_000)), 400, "wrong_option")

    def test_an_option_that_is_no_text(self, client: FlaskClient):
        self.refused(post(client, field("crf", b"\xff\xfe")), 400, "wrong_option")

    def test_too_many_bytes_by_what_the_client_says(self, app: Flask):
        unread = io.BytesIO(b"x" * 10)
        answer = app.test_client().post(
            "/upload", input_stream=unread, environ_overrides={"CONTENT_LENGTH": str(MAX_UPLOAD + BESIDE + 1)}
        )
        self.refused(answer, 413, "too_large")
        assert unread.tell() == 0

    def test_too_many_bytes_by_count(self, app: Flask, video: bytes):
        body = field("file", video + bytes(MAX_UPLOAD), "a.mp4") + f"--{BOUNDARY}--\r\n".encode()
        answer = app.test_client().post(
            "/upload",
            input_stream=io.BytesIO(body),
            headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"},
            environ_overrides={"wsgi.input_terminated": True},
        )
        self.refused(answer, 413, "too_large")

    def test_what_is_no_video(self, client: FlaskClient):
        answer = post(client, field("file", b"I am a text, whatever my name says.", "video.mp4"))
        assert answer.status_code in (415, 422)
        assert answer.json["error"]

    def test_an_empty_video(self, client: FlaskClient):
        assert post(client, field("file", b"", "video.mp4")).status_code in (415, 422)


def test_a_video_is_accepted_and_waits_while_no_worker_can_be_called(client: FlaskClient, queue: ListQueue, video: bytes):
    queue.broken = True
    assert post(client, field("file", video, "a.mp4")).status_code == 202


def test_the_next_upload_is_refused_while_too_many_wait(client: FlaskClient, video: bytes):
    for _ in range(3):
        assert post(client, field("file", video, "a.mp4")).status_code == 202
    answer = post(client, field("file", video, "a.mp4"))
    assert (answer.status_code, answer.json["code"]) == (429, "queue_full")
    assert int(answer.headers["Retry-After"]) > 0


def test_no_upload_may_use_the_reserve_of_the_disk(backend: Backend, video: bytes, tmp_path: Path, settings):
    full = replace(backend, rules=replace(backend.rules, reserve_bytes=1 << 60))
    health = Health(redis=lambda: None, workers=tuple, folder=tmp_path, reserve=0)
    client = create_app(full, open_access(), health, settings=settings, version="1", log_file=tmp_path / "log").test_client()
    answer = post(client, field("file", video, "a.mp4"))
    assert (answer.status_code, answer.json["code"]) == (507, "no_space")


def test_a_browser_without_scripts_is_led_to_the_page_of_the_task(client: FlaskClient, video: bytes, queue: ListQueue):
    answer = post(client, field("file", video, "a.mp4"), headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/task/{queue.messages[0]}")


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("video.mp4", "video.mp4"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\my video.mov", "my video.mov"),
        ("two\nlines\x00.mp4", "twolines.mp4"),
        ("evil\u202e4pm.exe", "evil4pm.exe"),
        ("bank\u034f.m\U0001d173p4", "bank.mp4"),
        ("Grüße 日本.mkv", "Grüße 日本.mkv"),
        ("  much   space .mp4", "much space .mp4"),
        ("n" * 5000, "n" * 255),
    ],
)
def test_a_name_is_shown_as_the_user_gave_it_without_folders_and_tricks(given_name: str, shown: str):
    assert shown_name(given_name) == shown


@pytest.mark.parametrize("name", ["", " ", "..", "/", "\\", "a/", "\x00\x1f", "\u2800"])
def test_a_name_of_which_nothing_is_left_is_refused(name: str):
    with pytest.raises(RequestError):
        shown_name(name)


@given(st.text())
def test_any_name_is_made_showable_or_refused(name: str):
    try:
        shown = shown_name(name)
    except RequestError:
        return
    assert 0 < len(shown) <= 200
    assert not set(shown) & set("/\\\r\n\x00")
    shown.encode()
