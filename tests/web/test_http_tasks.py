"""The state of tasks, their results, and how to end them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from places import on_disk
from queues import ListQueue

from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend

Put = Callable[..., Job]


def test_a_task_tells_where_it_stands(client: FlaskClient, put: Put):
    job = put(
        state=State.PROGRESS, stage="render", stage_progress=0.25, progress=43, status="Rendering.", eta_seconds=90, attempts=1
    )
    answer = client.get(f"/task/{job.id}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json == {
        "task_id": job.id,
        "filename": "my talk.mp4",
        "name": "my talk.mp4",
        "state": "PROGRESS",
        "status": "Rendering.",
        "progress": 43,
        "stage": "render",
        "stage_progress": 0.25,
        "eta_seconds": 90,
        "attempts": 1,
        "created_at": "2025-06-15T15:06:41.500+00:00",
        "started_at": None,
        "ended_at": None,
        "revision": 0,
        "rendered_revision": None,
        "language": None,
        "language_name": None,
        "language_certainty": None,
        "cleaned": False,
        "kept_until": None,
        "position": None,
        "starts_in_seconds": None,
    }


def test_a_waiting_task_knows_its_place(client: FlaskClient, put: Put):
    first, second = put(1), put(2)
    assert client.get(f"/task/{first.id}").json["position"] == 1
    assert client.get(f"/task/{second.id}").json["position"] == 2


def test_a_waiting_task_tells_when_it_begins(client: FlaskClient, put: Put):
    put(1, state=State.SUCCESS, started_at=100.0, ended_at=340.0, cleaned=True)
    put(2, state=State.PROGRESS, eta_seconds=60)
    first, second = put(3), put(4)
    told = client.get(f"/task/{first.id}").json
    assert (told["starts_in_seconds"], told["status"]) == (
        60,
        "Waiting for its turn. Next in the queue, begins in about a minute.",
    )
    told = client.get(f"/task/{second.id}").json
    assert (told["starts_in_seconds"], told["status"]) == (
        300,
        "Waiting for its turn. Second in the queue, begins in about 5 minutes.",
    )


def test_a_waiting_task_says_nothing_of_when_it_begins_where_nothing_is_known(client: FlaskClient, put: Put):
    put(1, state=State.PROGRESS)
    told = client.get(f"/task/{put(2).id}").json
    assert (told["starts_in_seconds"], told["status"]) == (None, "Waiting for its turn. Next in the queue.")


def test_a_failed_task_tells_why(client: FlaskClient, failed: Job):
    body = client.get(f"/task/{failed.id}").json
    assert (body["state"], body["error"], body["code"]) == ("FAILURE", "It took longer than allowed.", "too_slow")


def test_a_finished_task_lists_its_files(client: FlaskClient, finished: Job):
    body = client.get(f"/task/{finished.id}").json
    assert [file["name"] for file in body["artifacts"]] == ["processed_video.mp4", "plan.json"]


def test_an_unchanged_task_costs_no_second_answer(client: FlaskClient, put: Put, backend: Backend):
    job = put()
    tag = client.get(f"/task/{job.id}").headers["ETag"]
    same = client.get(f"/task/{job.id}", headers={"If-None-Match": tag})
    assert (same.status_code, same.data) == (304, b"")
    backend.store.change(job.id, lambda job: replace(job, progress=1))
    assert client.get(f"/task/{job.id}", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "job_id", ["nothing", "00000000-0000-4000-8000-000000000009", "%00", "..%2f..", "a" * 5000, "'; DROP", "日本"]
)
@pytest.mark.parametrize("rest", ["", "/result", "/files/a.mp4", "/archive"])
def test_an_unknown_task_is_not_found_whatever_its_name(client: FlaskClient, job_id: str, rest: str):
    answer = client.get(f"/task/{job_id}{rest}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("act", ["cancel", "cleanup"])
def test_an_unknown_task_cannot_be_acted_on(client: FlaskClient, act: str):
    assert client.post(f"/task/nothing/{act}").status_code == 404


class TestResult:
    def test_of_a_finished_task_is_as_the_document_says(self, client: FlaskClient, finished: Job):
        body = client.get(f"/task/{finished.id}/result").json
        assert {name: body[name] for name in ("status", "output_filename", "message")} == {
            "status": "SUCCESS",
            "output_filename": "processed_video.mp4",
            "message": "Video processed successfully!",
        }
        assert body["stats"] == {
            "source_ms": 10_000,
            "kept_ms": 8_000,
            "removed_ms": 2_000,
            "cuts": 3,
            "seconds": {"render": 1.5},
        }
        assert body["remarks"] == ["Two seconds went."]
        video = body["artifacts"][0]
        assert (video["kind"], video["duration_ms"], video["width"]) == ("video", 8_000, 640)
        assert client.get(video["href"]).status_code == 200
        assert client.get(body["links"]["archive"]).status_code == 200

    def test_of_a_running_task_is_to_be_asked_for_again(self, client: FlaskClient, put: Put):
        answer = client.get(f"/task/{put(state=State.PROGRESS, progress=7).id}/result")
        assert (answer.status_code, answer.json["progress"]) == (202, 7)
        assert int(answer.headers["Retry-After"]) > 0

    def test_of_a_failed_task_is_its_reason(self, client: FlaskClient, failed: Job):
        answer = client.get(f"/task/{failed.id}/result")
        assert (answer.status_code, answer.json["code"], answer.json["error"]) == (
            409,
            "too_slow",
            "It took longer than allowed.",
        )

    def test_of_a_cancelled_task_is_that_it_was_cancelled(self, client: FlaskClient, put: Put):
        answer = client.get(f"/task/{put(state=State.REVOKED).id}/result")
        assert (answer.status_code, answer.json["code"]) == (409, "cancelled")

    def test_of_a_cleaned_task_is_gone(self, client: FlaskClient, finished: Job):
        client.post(f"/task/{finished.id}/cleanup")
        answer = client.get(f"/task/{finished.id}/result")
        assert (answer.status_code, answer.json["code"]) == (410, "cleaned_up")

    def test_of_a_task_whose_files_somebody_removed_is_gone(self, client: FlaskClient, finished: Job, backend: Backend):
        on_disk(backend, finished.id).result(finished).manifest.unlink()
        assert client.get(f"/task/{finished.id}/result").status_code == 410


class TestCleanup:
    def test_removes_the_files_of_that_task_and_is_fine_twice(self, client: FlaskClient, finished: Job, backend: Backend):
        for _ in range(2):
            answer = client.post(f"/task/{finished.id}/cleanup")
            assert (answer.status_code, answer.json) == (202, {"message": "Cleanup task started"})
        assert not on_disk(backend, finished.id).output.exists()
        body = client.get(f"/task/{finished.id}").json
        assert (body["cleaned"], "artifacts" in body) == (True, False)

    def test_is_refused_while_the_task_runs(self, client: FlaskClient, put: Put):
        assert client.post(f"/task/{put(state=State.PROGRESS).id}/cleanup").status_code == 409

    def test_leads_a_browser_without_scripts_to_the_front_page(self, client: FlaskClient, finished: Job):
        answer = client.post(f"/task/{finished.id}/cleanup", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")


class TestCancel:
    def test_ends_a_waiting_task_at_once(self, client: FlaskClient, put: Put, queue: ListQueue):
        job = put()
        queue.publish(job.id)
        answer = client.post(f"/task/{job.id}/cancel")
        assert (answer.status_code, answer.json["state"]) == (202, "REVOKED")
        assert queue.messages == [job.id], "a worker that gets it finds the job ended"

    def test_asks_a_running_task_to_end(self, client: FlaskClient, put: Put, backend: Backend):
        job = put(state=State.PROGRESS)
        assert client.post(f"/task/{job.id}/cancel").status_code == 202
        assert backend.store.get(job.id).cancel_requested

    def test_is_refused_once_the_task_is_done(self, client: FlaskClient, finished: Job):
        assert client.post(f"/task/{finished.id}/cancel").status_code == 409

    def test_leads_a_browser_without_scripts_back_to_the_task(self, client: FlaskClient, put: Put):
        job = put(state=State.PROGRESS)
        answer = client.post(f"/task/{job.id}/cancel", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/task/{job.id}")


class TestList:
    def test_has_the_newest_first_and_pages(self, client: FlaskClient, put: Put):
        ids = [put(number, state=State.PROGRESS).id for number in range(1, 6)]
        first = client.get("/tasks?count=3").json
        assert [task["task_id"] for task in first["tasks"]] == ids[:1:-1]
        assert (first["total"], first["count"]) == (5, 3)
        rest = client.get(first["next"]).json
        assert [task["task_id"] for task in rest["tasks"]] == ids[1::-1]
        assert rest["next"] is None

    @pytest.mark.parametrize("query", ["start=-1", "start=x", "count=0", "count=1000", "start=" + "9" * 5000, "count=٣"])
    def test_refuses_what_is_no_place_in_it(self, client: FlaskClient, query: str):
        assert client.get(f"/tasks?{query}").status_code == 400


def test_a_result_says_until_when_it_is_kept(client: FlaskClient, finished: Job, backend: Backend):
    backend.store.change(finished.id, lambda job: replace(job, ended_at=1_750_000_000.0))
    kept_until = "2025-06-22T15:06:40.000+00:00"
    assert client.get(f"/task/{finished.id}").json["kept_until"] == kept_until
    assert client.get(f"/task/{finished.id}/result").json["kept_until"] == kept_until
    page = client.get(f"/result/{finished.id}").text
    assert f'<time datetime="{kept_until}">22 Jun 2025, 15:06 UTC</time>' in page
    client.post(f"/task/{finished.id}/cleanup")
    assert client.get(f"/task/{finished.id}").json["kept_until"] is None
