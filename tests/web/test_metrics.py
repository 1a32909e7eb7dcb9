"""Metrics, read with Prometheus' own parser."""

import time
from collections.abc import Callable

from e2e.instance import eventually
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from surroundings import Surroundings

from video_automation.jobs.model import Job, State


def measured(client: FlaskClient) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        ",".join((sample.name.removeprefix("video_automation_"), *sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_tell_what_is_at_work_and_what_waits(client: FlaskClient, put: Callable[..., Job]):
    now = time.time()
    put(1, state=State.PROGRESS)
    put(2, created_at=now - 100)
    put(3, created_at=now - 50)
    seen = measured(client)
    assert (seen["tasks,waiting"], seen["tasks,running"]) == (2, 1)
    assert 100 <= seen["queue_wait_seconds"] <= 100 + time.time() - now
    assert (seen["workers"], seen["slots"]) == (1, 1)
    assert 0 < seen["disk_free_bytes"] < seen["disk_total_bytes"]


def test_of_an_idle_service_say_that_nothing_waits(client: FlaskClient):
    seen = measured(client)
    assert (seen["tasks,waiting"], seen["queue_wait_seconds"]) == (0, 0)
    assert [seen[f"up,{part}"] for part in ("web", "redis", "worker", "disk", "ffmpeg")] == [1] * 5


def test_leave_out_what_does_not_answer(client: FlaskClient, surroundings: Surroundings):
    assert measured(client)["up,redis"] == 1
    surroundings.redis_answers = False
    assert eventually(lambda: measured(client)["up,redis"] == 0)
    assert "workers" not in measured(client)
    assert "disk_free_bytes" in measured(client)
