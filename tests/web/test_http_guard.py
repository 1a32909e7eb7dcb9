"""Which requests are refused, and what error responses contain."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from doors import open_access
from flask import Flask
from flask.testing import FlaskClient

from video_automation.config import Settings
from video_automation.errors import ToolError, TransientError
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.sections import ServerSettings
from video_automation.web.api.operations import Health
from video_automation.web.server.flask_app import create_app

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://localhost@evil.example"},
        {"Origin": "localhost"},
        {"Origin": "http://localhost:9999"},
    ],
)
@pytest.mark.parametrize("address", ["/upload", "/task/x/cancel", "/task/x/cleanup"])
def test_a_strange_page_cannot_have_anything_changed(client: FlaskClient, address: str, headers: dict[str, str]):
    answer = client.post(address, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}],
)
def test_our_own_page_and_programs_can(client: FlaskClient, put: Callable[..., Job], headers: dict[str, str]):
    assert client.post(f"/task/{put().id}/cancel", headers=headers).status_code != 403


def test_reading_is_open_to_links_from_anywhere(client: FlaskClient):
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("rebound.example", 421),
        ("[", 421),
        ("localhost]", 421),
        ("localhost.evil.example", 421),
    ],
)
def test_a_service_on_the_loopback_address_answers_to_its_own_names(client: FlaskClient, host: str, status: int):
    assert client.get("/health/live", headers={"Host": host}).status_code == status


def test_a_service_on_any_other_address_answers_to_every_name(backend: Backend, tmp_path: Path):
    settings = Settings(server=ServerSettings(host="0.0.0.0"))
    health = Health(redis=lambda: None, workers=tuple, folder=tmp_path, reserve=0)
    open_app = create_app(backend, open_access(), health, settings=settings, version="1", log_file=tmp_path / "log")
    assert open_app.test_client().get("/health/live", headers={"Host": "video.example"}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/health/live", "/task/none", "/static/app.js"])
def test_every_answer_says_what_a_browser_may_do(client: FlaskClient, address: str):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Referrer-Policy"] == "same-origin"


def test_an_error_is_a_problem_for_programs_and_a_page_for_people(client: FlaskClient):
    answer = client.get("/nowhere")
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is nothing at this address.",
        "code": "not_found",
        "error": "There is nothing at this address.",
        "advice": "Check the address, or start from the front page.",
    }
    page = client.get("/nowhere", headers=BROWSER)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "There is nothing at this address." in page.text


def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient):
    answer = client.delete("/tasks")
    assert (answer.status_code, answer.json["code"]) == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]


@pytest.fixture
def failing(app: Flask, backend: Backend) -> Callable[[Exception], FlaskClient]:
    """A client of an app whose store raises this error."""

    def failing(error: Exception) -> FlaskClient:
        class Store:
            def get(self, _: str) -> Job:
                raise error

        app.extensions["video_automation.backend"] = replace(backend, store=Store())  # type: ignore[arg-type]
        return app.test_client()

    return failing


def test_a_service_that_does_not_answer_is_told_with_when_to_come_back(failing: Callable[[Exception], FlaskClient]):
    answer = failing(TransientError("Redis does not answer.", retry_after_s=3)).get("/task/x")
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "unavailable", "3")


@pytest.mark.parametrize("error", [RuntimeError("secret path /root"), ToolError("ffmpeg", 1, "secret path /root")])
@pytest.mark.parametrize("headers", [{}, BROWSER])
def test_an_unforeseen_error_tells_nothing_of_our_insides(
    failing: Callable[[Exception], FlaskClient], error: Exception, headers: dict[str, str]
):
    answer = failing(error).get("/task/x", headers=headers)
    assert answer.status_code == 500
    assert "secret" not in answer.text


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"])
def test_a_body_that_is_no_video_is_never_held_in_memory_whatever_its_size(
    client: FlaskClient, put: Callable[..., Job], kind: str, told: bool
):
    body = EndlessBody()
    length = {"CONTENT_LENGTH": "20000000000"} if told else {"wsgi.input_terminated": True}
    environ = {"wsgi.input": body, "CONTENT_TYPE": kind, **length}
    answer = client.post(f"/task/{put(state=State.FAILURE).id}/retry", environ_overrides=environ)
    assert answer.status_code in (400, 413)
    assert body.given < 10_000_000


class EndlessBody:
    """A body without an end; it counts the bytes that are read."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "all of it was asked for"
        self.given += size
        assert self.given < 50_000_000, "all of it is taken"
        return size * b"a"


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_a_service_that_needs_no_key_lets_nobody_in_whom_a_proxy_sends(client: FlaskClient, header: str) -> None:
    assert client.get("/tasks").status_code == 200
    answer = client.get("/tasks", headers={header: "for=203.0.113.9"})
    assert (answer.status_code, answer.json["code"]) == (403, "behind_proxy")
    assert client.get("/health/live", headers={header: "203.0.113.9"}).status_code == 200
