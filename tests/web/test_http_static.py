"""Static files have addresses that change with their content; text responses are compressed."""

import gzip
import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from places import on_disk
from werkzeug.test import TestResponse

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.web.security.authentication import open_to_all
from video_automation.web.server import static_files

BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip, deflate, br, zstd"}
READ = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


def read(answer: TestResponse) -> bytes:
    """The body of a response, decompressed."""
    return READ[answer.headers.get("Content-Encoding")](answer.data)


def address(client: FlaskClient, name: str) -> str:
    """The address of this file in the front page."""
    found = re.search(rf'"(/static/[0-9a-f]{{16}}/{name})"', client.get("/").text)
    assert found
    return found[1]


class TestStaticFiles:
    def test_a_page_names_them_at_addresses_of_their_version_which_are_kept_for_good(self, client: FlaskClient):
        answer = client.get(address(client, "app.css"))
        assert answer.data == (static_files.STATIC_FOLDER / "app.css").read_bytes()
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers

    def test_the_plain_address_still_answers_and_is_asked_for_each_time(self, client: FlaskClient):
        answer = client.get("/static/app.css")
        assert answer.data == (static_files.STATIC_FOLDER / "app.css").read_bytes()
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert client.get("/static/app.css", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304

    @pytest.mark.parametrize(
        "place", ["/static/0123456789abcdef/app.css", "/static/vendor", "/static/..%2fpages", "/static/%00"]
    )
    def test_what_is_not_there_is_not_found(self, client: FlaskClient, place: str):
        assert client.get(place).status_code == 404

    def test_another_version_has_another_address(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        monkeypatch.setattr(static_files, "STATIC_FOLDER", tmp_path)
        addresses = set()
        for text in ("a", "b", "a"):
            (tmp_path / "app.css").write_text(text)
            other = Flask("other", static_folder=None)
            static_files.register_static_files(other)
            with other.test_request_context():
                addresses.add(other.url_for("static", filename="app.css"))
        assert len(addresses) == 2

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("app.js", "text/javascript; charset=utf-8"),
            ("icon.svg", "image/svg+xml; charset=utf-8"),
            ("vendor/jassub/dist/wasm/jassub-worker.wasm", "application/wasm"),
        ],
    )
    def test_each_has_the_type_browsers_ask_for(self, client: FlaskClient, name: str, kind: str):
        assert client.get(f"/static/{name}").headers["Content-Type"] == kind

    @pytest.mark.parametrize("encoding", ["br", "gzip"])
    def test_they_are_sent_compressed(self, client: FlaskClient, encoding: str):
        answer = client.get("/static/upload.js", headers={"Accept-Encoding": encoding})
        assert answer.headers["Content-Encoding"] == encoding
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert read(answer) == (static_files.STATIC_FOLDER / "upload.js").read_bytes()
        assert len(answer.data) < 0.5 * len(read(answer))


class TestModules:
    def test_a_page_names_all_that_its_scripts_import_and_they_are_there(self, client: FlaskClient):
        named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', client.get("/").text)
        texts = {posixpath.normpath(place): client.get(place).text for place in (*named, address(client, "app.js"))}
        imported = {
            posixpath.normpath(posixpath.join(posixpath.dirname(place), other))
            for place, text in texts.items()
            for other in re.findall(r'^import .* from "([^"]+)";$', text, re.MULTILINE)
        }
        assert len(imported) > 5
        assert imported == set(named)

    def test_what_is_imported_only_when_it_is_needed_is_not_named(self):
        modules = static_files.imported_modules("editor/main.js")
        assert {"page.js", "editor/clips_preview.js"} < set(modules)
        assert "drawn_captions.js" not in modules


class TestCompression:
    @pytest.mark.parametrize(
        ("accepted", "encoding"),
        [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip, deflate", "gzip"),
            ("br;q=0.5, gzip", "gzip"),
            ("br;q=0, gzip;q=0", None),
            ("zstd", None),
            ("identity", None),
            ("", None),
        ],
    )
    def test_a_page_is_sent_as_the_client_can_read_it(self, client: FlaskClient, accepted: str, encoding: str | None):
        plain = client.get("/", headers={"Accept": "text/html"})
        answer = client.get("/", headers={"Accept": "text/html", "Accept-Encoding": accepted})
        assert answer.headers.get("Content-Encoding") == encoding
        assert read(answer) == plain.data
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        assert "Accept-Encoding" in answer.headers["Vary"]

    def test_a_short_answer_is_sent_as_it_is(self, client: FlaskClient):
        assert "Content-Encoding" not in client.get("/health/live", headers=BROWSER).headers

    def test_a_head_has_the_headers_of_its_get(self, client: FlaskClient):
        got, told = client.get("/", headers=BROWSER), client.head("/", headers=BROWSER)
        assert got.headers["Content-Encoding"] == told.headers["Content-Encoding"] == "br"
        assert got.headers["Content-Length"] == told.headers["Content-Length"]
        assert told.data == b""

    def test_the_revision_of_a_plan_is_a_weak_mark_where_the_plan_is_compressed(self, client: FlaskClient, planned: Job):
        place = f"/task/{planned.id}/plan"
        plain, packed = client.get(place), client.get(place, headers=BROWSER)
        assert (plain.headers["ETag"], packed.headers["ETag"]) == ('"0"', 'W/"0"')
        assert read(packed) == plain.data
        for mark in ('"0"', 'W/"0"'):
            again = client.get(place, headers={**BROWSER, "If-None-Match": mark})
            assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", 'W/"0"')
            assert "Content-Encoding" not in again.headers
            assert client.get(place, headers={"If-None-Match": mark}).headers["ETag"] == '"0"'
        assert client.get(place, headers={**BROWSER, "If-None-Match": 'W/"1"'}).status_code == 200

    def test_a_task_that_moved_is_told_anew(self, client: FlaskClient, backend: Backend, put: Callable[..., Job]):
        job = put(state=State.PROGRESS, progress=10, filename="a" * 250, status="b" * 900)
        place, asked = f"/task/{job.id}", {"Accept": "application/json", "Accept-Encoding": "br"}
        mark = client.get(place, headers=asked).headers["ETag"]
        assert mark.startswith("W/")
        assert client.get(place, headers={**asked, "If-None-Match": mark}).status_code == 304
        backend.store.change(job.id, lambda before: replace(before, progress=11))
        assert client.get(place, headers={**asked, "If-None-Match": mark}).status_code == 200

    def test_a_video_is_never_compressed_and_a_text_beside_it_is(self, client: FlaskClient, backend: Backend, planned: Job):
        vtt = "WEBVTT\n\n" + "".join(f"00:{n:02}.000 --> 00:{n:02}.900\nSaid at {n}.\n\n" for n in range(60))
        (on_disk(backend, planned.id).result(planned).folder / "video.vtt").write_text(vtt)
        video = client.get(f"/task/{planned.id}/files/processed_video.mp4", headers=BROWSER)
        assert "Content-Encoding" not in video.headers
        assert not video.headers["ETag"].startswith("W/")
        captions = client.get(f"/task/{planned.id}/files/video.vtt", headers=BROWSER)
        assert captions.headers["Content-Encoding"] == "br"
        assert read(captions) == vtt.encode()

    def test_a_range_is_of_the_file_as_it_is(self, client: FlaskClient, backend: Backend, planned: Job):
        vtt = "WEBVTT\n\n" + 200 * "NOTE nothing\n\n"
        (on_disk(backend, planned.id).result(planned).folder / "video.vtt").write_text(vtt)
        place, part = f"/task/{planned.id}/files/video.vtt", {"Range": "bytes=0-1999"}
        answer = client.get(place, headers={**BROWSER, **part})
        assert (answer.status_code, answer.headers.get("Content-Encoding"), answer.text) == (206, None, vtt[:2000])
        mark = client.get(place, headers=BROWSER).headers["ETag"]
        whole = client.get(place, headers={**BROWSER, **part, "If-Range": mark})
        assert (whole.status_code, read(whole)) == (200, vtt.encode()), "what goes on from a compressed part would be garbled"

    def test_what_streams_without_end_is_left_alone(self, app: Flask):
        def parts():
            yield b"data: 1\n\n" * 500
            pytest.fail("the rest of the stream was read before its beginning was sent")

        app.add_url_rule("/stream", view_func=open_to_all(lambda: Response(parts(), mimetype="text/event-stream")))
        stream = app.test_client().open("/stream", headers=BROWSER, buffered=False)
        assert next(iter(stream.response)) == b"data: 1\n\n" * 500
        assert "Content-Encoding" not in stream.headers
