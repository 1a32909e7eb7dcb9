"""The API for operators: health, logs and facts."""

from dataclasses import replace
from pathlib import Path

import pytest
from doors import ANN, bearer, keyed_access
from e2e.instance import eventually, free_port
from flask import Flask
from flask.testing import FlaskClient
from surroundings import Surroundings

from video_automation.access.repositories import Access
from video_automation.jobs.model import Job
from video_automation.stores.redis import connect
from video_automation.stores.redis_access import RedisSessions
from video_automation.web.api.operations import without_secrets
from video_automation.web.server.log_tail import tail


class TestHealth:
    def test_is_well_when_every_part_is(self, client: FlaskClient):
        answer = client.get("/health")
        assert (answer.status_code, answer.json["status"]) == (200, "ok")
        parts = {name: part for name, part in answer.json.items() if name != "status"}
        assert list(parts) == ["web", "redis", "worker", "disk", "ffmpeg"]
        assert all(part["ok"] and part["fact"] for part in parts.values())
        assert "worker-1" in parts["worker"]["fact"]
        assert parts["ffmpeg"]["fact"].startswith("ffmpeg version")

    def test_names_the_part_that_is_not(self, client: FlaskClient, surroundings: Surroundings):
        surroundings.workers = ()
        answer = client.get("/health")
        assert (answer.status_code, answer.json["status"]) == (503, "degraded")
        assert (answer.json["worker"]["ok"], answer.json["redis"]["ok"]) == (False, True)

    def test_changes_with_what_it_is_about(self, client: FlaskClient, surroundings: Surroundings):
        assert client.get("/health").status_code == 200
        surroundings.redis_answers = False
        gone = {"ok": False, "fact": "Redis does not answer."}
        assert eventually(lambda: client.get("/health").json["redis"] == gone)
        assert client.get("/health").status_code == 503
        surroundings.redis_answers = True
        assert eventually(lambda: client.get("/health").status_code == 200)

    def test_does_not_wait_for_what_hangs(self, client: FlaskClient, surroundings: Surroundings):
        assert client.get("/health").status_code == 200
        with surroundings.hanging():
            assert client.get("/health").status_code == 200, "it answered a moment ago"
        assert client.get("/health").status_code == 200

    def test_of_the_process_alone_asks_nobody(self, client: FlaskClient, surroundings: Surroundings):
        surroundings.redis_answers = False
        assert client.get("/health/live").json == {"status": "ok"}


class TestHealthWhereAKeyIsNeeded:
    @pytest.fixture
    def access(self) -> Access:
        return keyed_access()

    @pytest.mark.parametrize("headers", [{}, bearer("wrong"), {"Cookie": "session=forged.one"}])
    def test_tells_strangers_what_works_and_nothing_of_what_it_is(self, client: FlaskClient, headers: dict[str, str]):
        works = {"ok": True, "fact": "It works."}
        parts = dict.fromkeys(("web", "redis", "worker", "disk", "ffmpeg"), works)
        answer = client.get("/health", headers=headers)
        assert (answer.status_code, answer.json) == (200, {"status": "ok", **parts})

    def test_tells_strangers_which_part_does_not_and_not_why(self, client: FlaskClient, surroundings: Surroundings):
        surroundings.redis_answers = False
        answer = client.get("/health")
        assert (answer.status_code, answer.json["redis"]) == (503, {"ok": False, "fact": "It does not work."})

    def test_tells_whoever_has_a_key_all(self, client: FlaskClient):
        assert "worker-1" in client.get("/health", headers=bearer(ANN)).json["worker"]["fact"]
        client.post("/sign-in", data={"key": ANN})
        assert "worker-1" in client.get("/health").json["worker"]["fact"]

    def test_is_told_while_nobody_can_say_who_asks(self, client: FlaskClient, app: Flask):
        away = RedisSessions(connect(f"redis://localhost:{free_port()}/0"))
        app.extensions["video_automation.access"] = replace(keyed_access(), sessions=away)
        answer = client.get("/health", headers={"Cookie": "session=some.one"})
        assert (answer.status_code, answer.json["worker"]["fact"]) == (200, "It works.")


class TestLogs:
    def test_are_the_last_lines(self, client: FlaskClient, tmp_path: Path):
        (tmp_path / "pipeline.log").write_text("".join(f"line {number}\n" for number in range(1000)))
        answer = client.get("/logs?lines=2")
        assert (answer.mimetype, answer.text) == ("text/plain", "line 998\nline 999\n")
        assert len(client.get("/logs").text.splitlines()) == 200

    def test_of_one_task_are_its_own(self, client: FlaskClient, finished: Job):
        assert client.get(f"/logs?task={finished.id}&lines=1").text == "last line\n"

    def test_of_a_service_that_said_nothing_yet_are_empty(self, client: FlaskClient):
        assert client.get("/logs").data == b""

    @pytest.mark.parametrize("lines", ["0", "-1", "many", "99999999"])
    def test_are_bounded(self, client: FlaskClient, lines: str):
        assert client.get(f"/logs?lines={lines}").status_code == 400

    def test_of_an_unknown_task_are_not_found(self, client: FlaskClient):
        assert client.get("/logs?task=../../etc/passwd").status_code == 404


@pytest.mark.parametrize("ending", ["\n", ""])
@pytest.mark.parametrize("width", [1, 70, 100_000])
def test_the_tail_of_a_file_is_its_last_lines_however_long_they_are(tmp_path: Path, width: int, ending: str):
    lines = [f"{number:0{width}}" for number in range(12)]
    file = tmp_path / "log"
    file.write_text("\n".join(lines) + ending)
    assert tail(file, 3).decode() == "\n".join(lines[-3:]) + ending
    assert tail(file, 50).decode() == "\n".join(lines) + ending


def test_the_tail_of_a_file_without_lines_is_bounded(tmp_path: Path):
    file = tmp_path / "log"
    file.write_bytes(b"x" * (9 << 20))
    assert len(tail(file, 1)) <= 5 << 20


def test_the_facts_hold_what_a_report_needs_and_no_secret(client: FlaskClient):
    answer = client.get("/debug")
    assert answer.status_code == 200
    assert {"version", "python", "platform", "ffmpeg", "landlock", "disk", "load", "workers", "settings", "packages"} <= set(
        answer.json
    )
    assert answer.json["limits"] == {"soft": 1500, "hard": 1800, "still": 120}
    assert "flask" in {name.lower() for name in answer.json["packages"]}
    assert answer.json["settings"]["celery_config"]["broker_url"] == "redis://user:***@localhost:6379/0"
    assert "s3cret" not in answer.text


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://:p@h/0", "redis://:***@h/0"),
        ("redis://h:1/0", "redis://h:1/0"),
        ("rediss://u:p%40q@h", "rediss://u:***@h"),
        ("redis://u:q@h/0?password=p", "redis://u:***@h/0?***"),
    ],
)
def test_the_password_of_an_address_is_masked(url: str, shown: str):
    assert without_secrets({"urls": [url]}) == {"urls": [shown]}
