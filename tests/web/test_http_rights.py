"""Every route, and whom it refuses."""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from doors import ADMIN, ANN, BOB, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from surroundings import Surroundings
from werkzeug.routing import Rule

from video_automation.access.repositories import Access
from video_automation.access.shares import Share, token
from video_automation.config import Settings
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.web.api.operations import Health
from video_automation.web.server.flask_app import create_app

OPEN_TO_ALL = (
    "GET /health",
    "GET /health/live",
    "GET /sign-in",
    "POST /sign-in",
    "POST /language",
    "POST /sign-out",
    "GET /static/<path:filename>",
    "GET /fonts/<name>",
    "GET /openapi.json",
    "GET /docs",
)
"""The routes that work without a key; all others need one."""
OF_THE_CALLER = (
    "GET /",
    "GET /tasks",
    "GET /delete",
    "POST /delete",
    "GET /archive",
    "POST /upload",
    "POST /files",
    "POST /sample",
    "GET /glossary",
    "PUT /glossary",
    "POST /glossary",
    "GET /brand",
    "POST /brand/fonts",
    "DELETE /brand/fonts/<name>",
    "GET /brand/logo",
    "PUT /brand/logo",
    "DELETE /brand/logo",
    "GET /brand/cards/<card>",
    "PUT /brand/cards/<card>",
    "DELETE /brand/cards/<card>",
    "GET /presets",
    "PUT /presets/<name>",
    "DELETE /presets/<name>",
)
"""The routes that work with every key, for the tasks of its owner alone."""
OF_OPERATORS = (
    "GET /operator",
    "GET /logs",
    "GET /debug",
    "GET /metrics",
    "POST /webhooks/test",
)
FOR_READING = (
    "GET /task/<job_id>",
    "GET /task/<job_id>/result",
    "GET /task/<job_id>/captions",
    "GET /task/<job_id>/files/<name>",
    "GET /task/<job_id>/archive",
    "GET /task/<job_id>/platforms/<name>.zip",
    "GET /result/<job_id>",
)
"""The routes about a task that its owner and operators may read."""
OF_GUESTS = (
    "GET /s/<token>",
    "POST /s/<token>",
    "GET /s/<token>/files/<name>",
    "GET /s/<token>/clips",
    "GET /s/<token>/platforms/<name>.zip",
)
"""The routes that a share link opens; an invalid link opens none."""
FOR_CHANGING = (
    "HEAD /files/<job_id>",
    "PATCH /files/<job_id>",
    "DELETE /files/<job_id>",
    "POST /task/<job_id>/cancel",
    "POST /task/<job_id>/retry",
    "POST /task/<job_id>/cleanup",
    "POST /task/<job_id>/share",
    "POST /task/<job_id>/unshare",
    "PUT /task/<job_id>/captions",
    "DELETE /task/<job_id>/captions",
    "POST /task/<job_id>/clips/<name>",
    "DELETE /task/<job_id>/clips/<name>",
    "GET /task/<job_id>/captions.ass",
    "GET /task/<job_id>/clips/<clip>/captions.ass",
    "GET /task/<job_id>/headline.ass",
    "GET /task/<job_id>/fonts/<name>",
    "PATCH /task/<job_id>",
    "DELETE /task/<job_id>",
    "POST /task/<job_id>/name",
    "GET /task/<job_id>/edit",
    "GET /task/<job_id>/plan",
    "GET /task/<job_id>/peaks",
    "GET /task/<job_id>/deliveries",
    "GET /task/<job_id>/proxy",
    "POST /task/<job_id>/edits",
    "POST /task/<job_id>/undo",
    "POST /task/<job_id>/redo",
    "POST /task/<job_id>/render",
)
"""The routes that change a task, or show what only its owner and operators may see."""
ALL = sorted(OPEN_TO_ALL + OF_THE_CALLER + OF_OPERATORS + FOR_READING + FOR_CHANGING + OF_GUESTS)
TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
"""The headers of every request that continues an upload."""
Ask = Callable[..., int]
CLOSED = [route for route in ALL if route not in OPEN_TO_ALL + OF_GUESTS]


@pytest.fixture
def access() -> Access:
    return keyed_access()


@pytest.fixture
def task(finished: Job, backend: Backend) -> Job:
    """A finished task of Ann's, whose share link has been turned off."""
    return backend.store.change(
        finished.id, lambda job: replace(job, owner="ann", share=Share("it-was-shared", time.time() - 1))
    )


@pytest.fixture
def ask(client: FlaskClient, task: Job) -> Ask:
    """Sends a request about Ann's task to a route; gives the status of the response."""

    def ask(route: str, query: str = "", *, by: str = "made-up", **how: object) -> int:
        method, rule = route.split(" ")
        address = (
            rule.replace("<job_id>", task.id)
            .replace("<name>.zip", "youtube.zip")
            .replace("<name>", "processed_video.mp4")
            .replace("<path:filename>", "app.css")
            .replace("<clip>", "1000-5000")
            .replace("<any(opening,closing):card>", "opening")
            .replace("<token>", by)
        )
        headers = (TUS if rule.startswith("/files") else {}) | how.pop("headers", {})
        return client.open(address + query, method=method, headers=headers, **how).status_code

    return ask


def let_in(ask: Ask, routes: Iterable[str], refused_with: tuple[int, ...], query: str = "", **how: object) -> list[str]:
    """The routes that do not refuse a request with one of these statuses."""
    return [f"{route}: {status}" for route in routes if (status := ask(route, query, **how)) not in refused_with]


def methods_of(rule: Rule) -> set[str]:
    """The methods that have a view."""
    methods = set(rule.methods or ()) - {"OPTIONS"}
    return methods - {"HEAD"} if "GET" in methods else methods


def unversioned(rule: Rule) -> str:
    """The address of a rule, without the version of static files."""
    return re.sub(r"^/static/[0-9a-f]{16}/", "/static/", rule.rule)


def test_every_route_is_listed_here(app: Flask) -> None:
    routes = {f"{method} {unversioned(rule)}" for rule in app.url_map.iter_rules() for method in methods_of(rule)}
    assert sorted(routes) == ALL


def test_without_a_key_nothing_answers(ask: Ask) -> None:
    assert not let_in(ask, CLOSED, (401,))


@pytest.mark.parametrize("header", ["Bearer wrong-key-that-nobody-has", "Bearer ", "Basic YW5uOmFubg==", f"Bearer {ANN[:-1]}"])
def test_nor_does_it_with_a_wrong_key(ask: Ask, header: str) -> None:
    assert not let_in(ask, CLOSED, (401, 429), headers={"Authorization": header})


@pytest.mark.parametrize("cookie", ["forged", "", "../../secret", "va_" + 40 * "x", ANN])
def test_nor_with_a_forged_cookie(ask: Ask, client: FlaskClient, cookie: str) -> None:
    client.set_cookie("session", cookie)
    assert not let_in(ask, CLOSED, (401,))


def test_the_task_of_another_key_is_not_there(ask: Ask) -> None:
    assert not let_in(ask, FOR_READING + FOR_CHANGING, (404,), headers=bearer(BOB))


def test_nor_are_its_log_and_its_place_in_a_list(client: FlaskClient, task: Job) -> None:
    assert client.get(f"/logs?task={task.id}", headers=bearer(BOB)).status_code == 404
    assert client.get("/tasks", headers=bearer(BOB)).json["total"] == 0
    assert task.id not in client.get("/", headers=bearer(BOB)).text
    assert client.get("/tasks", headers=bearer(ANN)).json["total"] == 1


def test_what_is_for_operators_is_for_nobody_else(ask: Ask) -> None:
    assert not let_in(ask, OF_OPERATORS, (403,), headers=bearer(ANN))
    assert not let_in(ask, OF_OPERATORS, (200,), headers=bearer(ADMIN))


def test_a_share_link_that_has_ended_opens_nothing(ask: Ask, access: Access, task: Job) -> None:
    assert task.share is not None
    assert not let_in(ask, OF_GUESTS, (410,), by=token(access.secret, task.id, task.share.id))


@pytest.mark.parametrize("given", ["made-up", "W10.made-up", "%00", "%C3%A4", 3000 * "a", 56 * "A"])
def test_nor_does_a_made_up_one(ask: Ask, given: str) -> None:
    assert not let_in(ask, CLOSED, (401,), f"?share={given}")
    assert not let_in(ask, OF_GUESTS, (404,), by=given)


def test_one_in_force_opens_its_own_addresses_and_nothing_else(ask: Ask, access: Access, backend: Backend, task: Job) -> None:
    share = Share("now", time.time() + 3600)
    backend.store.change(task.id, lambda job: replace(job, share=share))
    link = token(access.secret, task.id, share.id)
    assert [ask(route, by=link) for route in OF_GUESTS] == [200, 303, 200, 404, 200], "there are no clips"
    assert not let_in(ask, CLOSED, (401,), f"?share={link}")
    assert not let_in(ask, FOR_READING + FOR_CHANGING, (404,), f"?share={link}", headers=bearer(BOB))


def test_the_link_of_another_task_shows_that_one(ask: Ask, access: Access, backend: Backend, task: Job) -> None:
    share = Share("now", time.time() + 3600)
    backend.store.change(task.id, lambda job: replace(job, share=share))
    other = token(access.secret, "00000000-0000-4000-8000-00000000000f", share.id)
    assert not let_in(ask, OF_GUESTS, (410,), by=other), "there is no such task"
    mine = token(b"another secret", task.id, share.id)
    assert not let_in(ask, OF_GUESTS, (404,), by=mine)


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_form_on_a_strange_page_is_refused_even_where_the_browser_has_signed_in(
    ask: Ask, client: FlaskClient, headers: dict[str, str]
) -> None:
    assert client.post("/sign-in", data={"key": ANN}).status_code == 303
    assert not let_in(ask, [route for route in ALL if not route.startswith(("GET ", "HEAD "))], (403,), headers=headers)


@pytest.mark.parametrize("key", [ANN, ADMIN])
def test_its_owner_and_operators_come_in(ask: Ask, key: str) -> None:
    # no task is named; there is none
    empty = ("GET /archive", "GET /brand/logo", "GET /brand/cards/<card>", "GET /task/<job_id>/captions")
    there = [route for route in (*OF_THE_CALLER, *FOR_READING) if route.startswith("GET") and route not in empty]
    assert not let_in(ask, there, (200,), headers=bearer(key))
    assert ask("POST /upload", headers=bearer(key)) == 400


@pytest.mark.parametrize("address", ["/nothing", "/task", "/static/../secret", "/.env", "/task/none/none"])
def test_without_a_key_not_even_what_there_is_not_is_told(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code in (401, 404)


@pytest.mark.parametrize("method", ["OPTIONS", "HEAD"])
def test_other_methods_tell_no_more(client: FlaskClient, task: Job, method: str) -> None:
    addresses = chain([f"/task/{task.id}/result"], [f"/task/{task.id}/files/processed_video.mp4"])
    assert [client.open(address, method=method).status_code for address in addresses] == [401, 401]


def test_health_is_told_to_everybody_even_while_redis_is_away(
    backend: Backend, access: Access, surroundings: Surroundings, settings: Settings, tmp_path: Path
) -> None:
    def away(_: str) -> None:
        raise AssertionError("nobody needs to know who asks")

    deaf = replace(access, keys=away)  # type: ignore[arg-type]
    health = Health(redis=surroundings.ping, workers=surroundings.present, folder=tmp_path, reserve=0)
    client = create_app(backend, deaf, health, settings=settings, version="1", log_file=tmp_path / "log").test_client()
    client.set_cookie("session", "whatever")
    assert client.get("/health/live", headers=bearer(ANN)).status_code == 200
