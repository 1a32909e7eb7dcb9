"""Naughty strings over HTTP are stored, shown and sent unchanged; they change no page, header or response otherwise."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st
from naughty import CANARY, HOSTILE, JSON, NAUGHTY, OURS, fuzzed
from places import on_disk, write_manifest
from surroundings import VIDEO_BYTES, captioned_files

from video_automation.errors import RequestError
from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, MadeClip, VideoChapter
from video_automation.plan.clip import Signal
from video_automation.plan.cues import plain_line
from video_automation.plan.packaging import Title
from video_automation.web.uploads.form_upload import shown_name

PAGE = {"Accept": "text/html"}
BOUNDARY = "x"


class _Page(HTMLParser):
    """The elements of a page with their attributes, and the texts of some of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[str] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.values += (value or "" for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def shown() -> list[str]:
    """The names that are shown for all naughty strings, without the refused ones."""
    names = []
    for text in NAUGHTY:
        try:
            names.append(shown_name(text))
        except RequestError:
            continue
    return names


def test_every_name_is_shown_as_it_is_on_a_page_of_the_same_elements(
    client: FlaskClient, put: Callable[..., Job], backend: Backend
) -> None:
    job = put(filename="plain", state=State.FAILURE, problem=Problem("x", "plain"))
    expected = _Page(client.get(f"/task/{job.id}", headers=PAGE).text).elements
    for name in shown():
        backend.store.change(job.id, lambda job, name=name: replace(job, filename=name, problem=Problem("x", name)))
        page = _Page(client.get(f"/task/{job.id}", headers=PAGE).text)
        assert page.elements == expected
        assert page.texts.count(name) >= 2
        assert client.get(f"/task/{job.id}").json["filename"] == name


def test_every_title_is_shown_as_it_is_on_a_page_of_the_same_elements(
    client: FlaskClient, finished: Job, backend: Backend
) -> None:
    listing = on_disk(backend, finished.id).result(finished).manifest
    made = manifest.read_manifest(listing)
    video = Artifact("v.mp4", "short", "video/mp4", 3, "", 7_000, 1080, 1920, clip="short_01")

    def page(texts: list[str]) -> _Page:
        clips = tuple(
            MadeClip(f"short_{at}", 0, 9000, text, 77, (Signal("hook", 60, text),), "v.mp4", "v.jpg", None)
            for at, text in enumerate(texts)
        )
        titles = tuple(Title(text, 80, text) for text in texts)
        filled = replace(
            made, artifacts=(*made.artifacts, video), clips=clips, titles=titles, remarks=tuple(texts),
            description="".join(texts), hashtags=tuple(texts), chapters=tuple(VideoChapter(0, text) for text in texts),
        )  # fmt: skip
        listing.unlink()
        write_manifest(filled, listing)
        return _Page(client.get(f"/result/{finished.id}", headers=PAGE).text)

    all_texts = list(filter(None, map(plain_line, NAUGHTY)))
    for texts in (all_texts[at : at + 50] for at in range(0, len(all_texts), 50)):
        expected = page(["plain"] * len(texts)).elements
        got = page(texts)
        assert got.elements == expected
        assert [clip["title"] for clip in client.get(f"/task/{finished.id}/result").json["clips"]] == texts
        for text in texts:
            assert got.values.count(text) >= 4  # two copy buttons, a field, a label for screen readers
            assert text in got.texts


def part(name: str, body: bytes, filename: str | None = None) -> bytes:
    file = "" if filename is None else f'; filename="{filename}"'
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode(errors="surrogatepass") + body + b"\r\n"


def upload(client: FlaskClient, *fields: bytes, **headers: str):  # type: ignore[no-untyped-def]
    body = b"".join((*fields, f"--{BOUNDARY}--\r\n".encode()))
    return client.post("/upload", data=body, headers={"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **headers})


@pytest.mark.parametrize("name", ["../../x\u202e.mp4", "=1+1;<b>{{7*7}}%d.mp4", "é" * 2000])
def test_an_uploaded_name_is_shown_and_is_no_path(client: FlaskClient, backend: Backend, video: bytes, name: str) -> None:
    answer = upload(client, part("file", video, name))
    assert answer.status_code == 202
    assert answer.json["filename"] == shown_name(name)
    place = on_disk(backend, answer.json["task_id"])
    assert {file.name for file in place.upload.iterdir()} <= {"source", "job.json", "lock"}
    assert {path.name for path in (place.upload.parent, place.work.parent)} == {"input", "work"}


def test_no_file_of_a_task_can_be_a_page(client: FlaskClient, finished: Job, backend: Backend) -> None:
    folder = on_disk(backend, finished.id)
    output = folder.result(finished)
    captioned_files(folder, finished, f"WEBVTT\n\n00:00.000 --> 00:01.000\n<script>{CANARY}</script>\n")
    made = manifest.read_manifest(output.manifest)
    lists = (Artifact("v.xml", "timeline", "application/xml"), Artifact("v.edl", "timeline", "text/plain"))
    write_manifest(replace(made, artifacts=(*made.artifacts, *lists)), output.manifest)
    for file in lists:
        (output.folder / file.name).write_text(f"<script xmlns='http://www.w3.org/1999/xhtml'>{CANARY}</script>")
    for name in ("task.log", "manifest.json", "video.srt", "video.vtt", "v.xml", "v.edl", "processed_video.mp4"):
        answer = client.get(f"/task/{finished.id}/files/{name}")
        assert answer.status_code == 200
        assert answer.mimetype not in ("text/html", "application/xhtml+xml", "image/svg+xml")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert ("sandbox" in answer.headers.getlist("Content-Security-Policy")) == (answer.mimetype != "video/mp4")
        assert "unsafe" not in str(answer.headers).replace("wasm-unsafe-eval", "")
        saved = client.get(f"/task/{finished.id}/files/{name}?download=1")
        assert saved.headers["Content-Disposition"] == f"attachment; filename={name}"


@pytest.mark.parametrize("text", [text for text in OURS if "/" in text or "\\" in text][:12])
def test_no_string_is_an_address_of_a_file(client: FlaskClient, finished: Job, text: str) -> None:
    for address in (
        "/task/{}/files/" + finished.id,
        f"/task/{finished.id}/files/{{}}",
        "/task/{}",
        "/result/{}",
        "/logs?task={}",
    ):
        assert client.get(address.format(text.replace("%", "%25").replace("?", "%3F"))).status_code in (200, 404)
    assert client.get(f"/task/{finished.id}/files/..%2f..%2fjob.json").status_code == 404


LATIN = HOSTILE.map(lambda text: re.sub("[\r\n]", " ", text).encode("latin-1", "replace").decode("latin-1"))
NUMBER = st.one_of(st.integers(-9, 99_999).map(str), st.just("9" * 5000), LATIN)
RANGE = st.builds("{}={}-{},{}".format, st.sampled_from(("bytes", "", "x")), NUMBER, NUMBER, NUMBER)
HEADERS = st.dictionaries(
    st.sampled_from(("Range", "If-Range", "If-None-Match", "If-Modified-Since", "Accept", "Cookie", "Host", "Content-Length")),
    st.one_of(LATIN, RANGE, st.just("Mon, 99 Foo 99999 99:99:99 GMT")),
    max_size=4,
)


@fuzzed
@given(HEADERS)
@example({"Range": "bytes=" + "9" * 5000 + "-"})
def test_a_file_is_sent_or_refused_whatever_range_is_asked_for(
    client: FlaskClient, finished: Job, headers: dict[str, str]
) -> None:
    answer = client.get(f"/task/{finished.id}/files/processed_video.mp4", headers=headers)
    assert answer.status_code < 500
    if answer.status_code == 200:
        assert answer.data == VIDEO_BYTES
    if answer.status_code == 206:
        assert answer.data in VIDEO_BYTES


WAYS = ("/", "/tasks", "/task/{id}", "/result/{id}", "/task/{id}/files/{x}", "/task/{id}/archive", "/task/{x}", "/logs", "/{x}")


@fuzzed
@given(
    st.sampled_from(WAYS),
    st.dictionaries(st.sampled_from(("start", "count", "lines", "task", "kind", "download", "x")), HOSTILE),
    HOSTILE,
)
def test_a_query_is_answered_or_refused(
    client: FlaskClient, finished: Job, way: str, query: dict[str, str], text: str
) -> None:  # fmt: skip
    text = re.sub("[\ud800-\udfff]", "", text)
    address = "/" + way.format(id=finished.id, x=text).lstrip("/")
    clean = {name: re.sub("[\ud800-\udfff]", "", value) for name, value in query.items()}
    answer = client.get("/", query_string=clean, environ_overrides={"PATH_INFO": address.encode().decode("latin-1")})
    assert answer.status_code < 500


BODY = st.one_of(
    JSON.map(json.dumps),
    st.dictionaries(st.sampled_from(("crf", "clips", "fillers", "start", "end", "title", "style")), JSON).map(json.dumps),
    st.sampled_from(
        ("[" * 100_000, '{"a":' * 50_000, '{"clips":[[1,1' + "0" * 400 + "]]}", '{"title":"\\ud800"}', "x" * 200_000)
    ),
    HOSTILE,
)


@fuzzed
@given(
    st.sampled_from(("POST /task/{}/retry", "POST /task/{}/clips/short_01", "PUT /task/{}/captions", "POST /upload")),
    BODY,
    st.sampled_from(
        ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/vtt", "")
    ),
)
def test_a_body_is_taken_or_refused(client: FlaskClient, failed: Job, call: str, body: str, kind: str) -> None:
    method, address = call.split()
    answer = client.open(address.format(failed.id), method=method, data=body.encode(errors="surrogatepass"), content_type=kind)
    assert 400 <= answer.status_code < 500
    assert len(answer.json["error"]) < 4_000


@fuzzed
@given(st.lists(st.tuples(st.one_of(st.just("file"), HOSTILE), st.one_of(st.none(), HOSTILE), HOSTILE), max_size=4), LATIN)
def test_a_form_of_an_upload_without_a_video_is_refused(
    client: FlaskClient, fields: list[tuple[str, str | None, str]], key: str
) -> None:
    answer = upload(
        client, *(part(name, body.encode(errors="replace"), filename) for name, filename, body in fields),
        **{"Idempotency-Key": key},
    )  # fmt: skip
    assert 400 <= answer.status_code < 500


def test_what_is_wished_of_a_task_has_a_bound(client: FlaskClient, failed: Job) -> None:
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        answer = client.post(f"/task/{failed.id}/retry", data=b"a" * 1_000_000, content_type=kind)
        assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_no_answer_carries_a_header_that_a_name_asked_for(client: FlaskClient, finished: Job, backend: Backend) -> None:
    for name in shown()[-60:]:
        backend.store.change(finished.id, lambda job, name=name: replace(job, filename=name))
        answer = client.get(f"/task/{finished.id}/archive")
        assert re.fullmatch(
            r"attachment; filename=[A-Za-z0-9._-]+\.zip(; filename\*=UTF-8''[A-Za-z0-9._%-]+\.zip)?",
            answer.headers["Content-Disposition"],
        )
        assert "Set-Cookie" not in answer.headers


def test_nothing_was_made_by_a_command_in_a_string() -> None:
    assert not any((Path(folder) / name).exists() for folder in ("/tmp", ".") for name in ("blns.fail", "pwned"))
