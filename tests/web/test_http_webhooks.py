"""Webhooks over the API: the URL of an upload, the deliveries of a task, a test of the receivers."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from doors import ADMIN, ANN, BOB, bearer, keyed_access
from flask import url_for
from flask.app import Flask
from flask.testing import FlaskClient
from places import folders_in
from queues import ListQueue
from receivers import SECRET, WebhookServer, receiving_webhooks
from test_http_upload import field, post
from werkzeug.test import TestResponse

from video_automation.access.repositories import Access
from video_automation.config import Settings
from video_automation.jobs.lifecycle.transitions import taken_up
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend, Rules
from video_automation.jobs.webhooks.delivering import deliver_due
from video_automation.jobs.webhooks.job_events import event_body
from video_automation.jobs.webhooks.receivers import Receiver, Webhooks
from video_automation.stores.memory import MemoryOnce, MemoryStore
from video_automation.stores.owners_file import owners_files
from video_automation.web.api.operations import without_secrets


@pytest.fixture(scope="module")
def receiver() -> Iterator[WebhookServer]:
    with receiving_webhooks() as server:
        yield server


@pytest.fixture
def webhooks(receiver: WebhookServer) -> Webhooks:
    receiver.messages.clear()
    receiver.answer = lambda _: 204
    return Webhooks((Receiver(receiver.url, SECRET),), SECRET, (ip_network("127.0.0.0/8"),))


@pytest.fixture
def backend(tmp_path: Path, queue: ListQueue, rules: Rules, webhooks: Webhooks) -> Backend:
    folders = folders_in(tmp_path)
    rules = replace(rules, webhooks=webhooks)
    return Backend(MemoryStore(webhooks=webhooks), queue, folders, rules, MemoryOnce(), *owners_files(tmp_path))


@pytest.fixture
def access() -> Access:
    return keyed_access()


@pytest.fixture
def started(backend: Backend, put: Callable[..., Job], receiver: WebhookServer) -> Job:
    """A running task of Ann's with a webhook URL of its own."""
    job = put(owner="ann", webhook_url=f"http://127.0.0.1:{receiver.port}/own")
    return backend.store.change(job.id, lambda job: taken_up(job, 1, "run"))


def sent(client: FlaskClient, video: bytes, url: str) -> TestResponse:
    return post(client, field("webhook_url", url.encode()), field("file", video, "talk.mp4"), headers=bearer(ANN))


def test_an_upload_may_name_a_url_of_its_own(client: FlaskClient, backend: Backend, video: bytes) -> None:
    answer = sent(client, video, " https://example.org/hook ")
    assert answer.status_code == 202, answer.json
    assert backend.store.get(answer.json["task_id"]).webhook_url == "https://example.org/hook"


def test_a_url_after_the_video_counts_as_one_before_it(client: FlaskClient, backend: Backend, video: bytes) -> None:
    parts = (field("file", video, "talk.mp4"), field("webhook_url", b"https://example.org/hook"))
    answer = post(client, *parts, headers=bearer(ANN))
    assert backend.store.get(answer.json["task_id"]).webhook_url == "https://example.org/hook"


def test_an_upload_that_names_none_has_none(client: FlaskClient, backend: Backend, video: bytes) -> None:
    assert backend.store.get(sent(client, video, "").json["task_id"]).webhook_url is None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://169.254.169.254/latest", "private_webhook"),
        ("https://a:b@example.org/", "wrong_webhook"),
        ("gopher://example.org/", "wrong_webhook"),
    ],
)
def test_a_url_that_nothing_may_be_sent_to_is_refused(client: FlaskClient, video: bytes, url: str, code: str) -> None:
    answer = sent(client, video, url)
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_an_upload_in_pieces_may_name_a_url_too(client: FlaskClient, backend: Backend, video: bytes) -> None:
    said = {"filename": "talk.mp4", "webhook_url": "https://example.org/hook"}
    metadata = ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in said.items())
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(len(video)), "Upload-Metadata": metadata} | bearer(ANN)
    whole = {"Content-Type": "application/offset+octet-stream"}
    begun = client.post("/files", headers=headers | whole, data=video)
    assert begun.status_code == 201, begun.json
    assert backend.store.get(begun.location.rpartition("/")[2]).webhook_url == "https://example.org/hook"


class TestWhereUploadsMayNameNone:
    @pytest.fixture
    def webhooks(self) -> Webhooks:
        return Webhooks()

    def test_a_url_is_refused_with_the_reason(self, client: FlaskClient, video: bytes) -> None:
        answer = sent(client, video, "https://example.org/hook")
        assert (answer.status_code, answer.json["code"]) == (400, "no_webhooks")


def test_a_url_cannot_be_changed_by_trying_again(client: FlaskClient, put: Callable[..., Job]) -> None:
    job = put(owner="ann", state=State.FAILURE)
    answer = client.post(f"/task/{job.id}/retry", json={"webhook_url": "https://example.org/"}, headers=bearer(ANN))
    assert (answer.status_code, answer.json["code"]) == (400, "unknown_option")


def told(client: FlaskClient, job: Job, key: str) -> list[dict[str, object]]:
    answer = client.get(f"/task/{job.id}/deliveries", headers=bearer(key))
    assert answer.status_code == 200, answer.json
    assert answer.json["task_id"] == job.id
    deliveries: list[dict[str, object]] = answer.json["deliveries"]
    return deliveries


def test_deliveries_wait_and_then_are_delivered(client: FlaskClient, started: Job, backend: Backend) -> None:
    waiting = told(client, started, ADMIN)
    assert [(one["type"], one["state"], one["attempts"]) for one in waiting] == [("task.started", "waiting", 0)] * 2
    assert all(one["next_attempt_at"] and one["last_attempt_at"] is None for one in waiting)
    deliver_due(backend.store, backend.rules.webhooks, holder="one")
    assert [(one["state"], one["status"]) for one in told(client, started, ADMIN)] == [("delivered", 204)] * 2


def test_a_delivery_that_fails_says_why_and_when_it_is_sent_again(
    client: FlaskClient, started: Job, backend: Backend, receiver: WebhookServer
) -> None:
    receiver.answer = lambda message: 500 if message.path == "/own" else 410
    deliver_due(backend.store, backend.rules.webhooks, holder="one")
    gone, own = told(client, started, ADMIN)
    assert (gone["state"], gone["status"], gone["next_attempt_at"]) == ("given_up", 410, None)
    assert (own["state"], own["status"], own["error"]) == ("waiting", 500, "The receiver answered with status 500.")
    assert own["next_attempt_at"]


def test_an_owner_sees_what_goes_to_the_url_of_the_task_and_nobody_else_anything(client: FlaskClient, started: Job) -> None:
    assert [one["url"] for one in told(client, started, ANN)] == [started.webhook_url]
    assert client.get(f"/task/{started.id}/deliveries", headers=bearer(BOB)).status_code == 404


def test_operators_try_all_receivers(client: FlaskClient, receiver: WebhookServer) -> None:
    answer = client.post("/webhooks/test", headers=bearer(ADMIN))
    assert answer.json == {"receivers": [{"url": receiver.url, "ok": True, "status": 204, "error": None}]}
    assert [json.loads(one.body)["type"] for one in receiver.messages] == ["webhook.test"]
    receiver.answer = lambda _: 403
    tried = client.post("/webhooks/test", headers=bearer(ADMIN)).json["receivers"]
    assert [(one["ok"], one["status"]) for one in tried] == [(False, 403)]
    assert client.post("/webhooks/test", headers=bearer(ANN)).status_code == 403


def test_the_links_of_an_event_are_addresses_of_this_service(app: Flask, started: Job) -> None:
    links = json.loads(event_body("clip.ready", 0, started, "ünï 1.mp4"))["data"]["links"]
    with app.test_request_context():
        assert links == {
            "task": url_for("api.task", job_id=started.id),
            "result": url_for("api.result", job_id=started.id),
            "page": url_for("pages.result", job_id=started.id),
            "clip": url_for("files.file", job_id=started.id, name="ünï 1.mp4"),
        }


def test_facts_about_the_system_show_no_secret_of_webhooks() -> None:
    given = {"webhooks": {"receivers": [{"url": "https://a.example/?token=t0ken", "secret": SECRET}], "upload_secret": SECRET}}
    shown = json.dumps(without_secrets(Settings.model_validate(given).model_dump(mode="json")))
    assert SECRET not in shown
    assert "t0ken" not in shown
