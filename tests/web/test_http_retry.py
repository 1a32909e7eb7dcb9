"""`POST /task/<id>/retry`, and its button on the page."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from places import on_disk
from queues import ListQueue

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend

Put = Callable[..., Job]
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def put_with_source(put: Put, backend: Backend) -> Put:
    def put_with_source(**changes: object) -> Job:
        job = put(**changes)
        source = on_disk(backend, job.id).source
        source.parent.mkdir(parents=True)
        source.write_bytes(b"film")
        return job

    return put_with_source


@pytest.mark.parametrize("state", [State.FAILURE, State.REVOKED])
def test_a_task_that_came_to_nothing_waits_again(
    client: FlaskClient, put_with_source: Put, queue: ListQueue, state: State
) -> None:
    job = put_with_source(state=state, attempts=3, cancel_requested=True)
    for _ in range(2):
        answer = client.post(f"/task/{job.id}/retry")
        assert (answer.status_code, answer.headers["Location"]) == (202, f"/task/{job.id}")
        assert answer.json == {
            "message": "Retry accepted",
            "task_id": job.id,
            "state": "PENDING",
            "status": "Waiting for its turn.",
        }
    assert queue.messages == [job.id]
    assert client.get(f"/task/{job.id}").json["attempts"] == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"crf": "30", "trim_silence": "off", "language": "", "clips": "1-9"}},
        {"json": {"crf": 30, "trim_silence": False, "language": "", "clips": [[1, 9]]}},
    ],
    ids=["form", "json"],
)
def test_options_are_changed_by_a_form_or_by_json(
    client: FlaskClient, put_with_source: Put, backend: Backend, sent: dict[str, object]
) -> None:
    job = put_with_source(state=State.FAILURE)
    assert client.post(f"/task/{job.id}/retry", **sent).status_code == 202
    params = backend.store.get(job.id).params
    assert (params.encode.crf, params.trim_silence, params.speech.language) == (30, False, None)
    assert params.clips.clips == ((1.0, 9.0),)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"data": {"crf": "loud"}}, "wrong_option"),
        ({"json": {"shiny": 1}}, "unknown_option"),
        ({"json": [1]}, "wrong_option"),
        ({"json": {"crf": None}}, "wrong_option"),
        ({"data": "{", "content_type": "application/json"}, "wrong_option"),
    ],
)
def test_wrong_options_are_refused(
    client: FlaskClient, put_with_source: Put, backend: Backend, sent: dict[str, object], code: str
) -> None:
    job = put_with_source(state=State.FAILURE)
    answer = client.post(f"/task/{job.id}/retry", **sent)
    assert (answer.status_code, answer.json["code"]) == (400, code)
    assert backend.store.get(job.id) == job


def test_a_wrong_state_is_named(client: FlaskClient, put_with_source: Put, finished: Job) -> None:
    done = client.post(f"/task/{finished.id}/retry")
    assert (done.status_code, done.json["code"]) == (409, "done")
    running = client.post(f"/task/{put_with_source(number=5, state=State.PROGRESS).id}/retry", json={"crf": 30})
    assert (running.status_code, running.json["code"]) == (409, "wrong_state")


def test_what_is_gone_is_not_tried_again(client: FlaskClient, put: Put, put_with_source: Put) -> None:
    for job in (put(7, state=State.FAILURE), put_with_source(number=8, state=State.FAILURE, cleaned=True)):
        answer = client.post(f"/task/{job.id}/retry")
        assert (answer.status_code, answer.json["code"]) == (410, "cleaned_up")
    assert client.post("/task/nothing/retry").status_code == 404


@pytest.mark.parametrize("state", [State.FAILURE, State.REVOKED])
def test_its_page_has_a_button_for_it_that_leads_back(client: FlaskClient, put_with_source: Put, state: State) -> None:
    job = put_with_source(state=state)
    address = f"/task/{job.id}/retry"
    assert f'action="{address}"' in client.get(f"/task/{job.id}", headers=BROWSER).text
    answer = client.post(address, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/task/{job.id}")
    assert f'action="{address}"' not in client.get(f"/task/{job.id}", headers=BROWSER).text


def test_a_cleaned_task_has_no_button_for_it(client: FlaskClient, put: Put) -> None:
    job = put(state=State.FAILURE, cleaned=True)
    assert "/retry" not in client.get(f"/task/{job.id}", headers=BROWSER).text


def test_its_address_is_among_the_links(client: FlaskClient, put: Put) -> None:
    job = put(state=State.PROGRESS)
    assert client.get(f"/task/{job.id}/result").json["links"]["retry"] == f"/task/{job.id}/retry"


def test_json_nested_without_end_is_refused(client: FlaskClient, put_with_source: Put) -> None:
    job = put_with_source(state=State.FAILURE)
    answer = client.post(f"/task/{job.id}/retry", data="[" * 100_000, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_option")
