"""The operators' page as the server sends it: health, running tasks, log and facts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from doors import ADMIN, ANN, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from places import on_disk
from surroundings import Surroundings

from video_automation.errors import TransientError
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.web.server.log_lines import LogEntry, is_looked_for, log_entries

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TASK = "00000000-0000-4000-8000-000000000001"
LOG = f"""    the end of an older entry
2026-11-24 19:00:00,000 INFO    - video_automation.web: Listening
2026-11-24 19:00:01,500 WARNING {TASK} video_automation.jobs: <b>Slow</b>
2026-11-24 19:00:02,000 ERROR   {TASK} video_automation.jobs: It failed
    Traceback (most recent call last):
2026-11-24 19:00:03,000 DEBUG   - video_automation.web: Asked
"""


@pytest.fixture(autouse=True)
def _log(tmp_path: Path) -> None:
    (tmp_path / "pipeline.log").write_text(LOG)


def told(client: FlaskClient, query: str = "") -> str:
    answer = client.get(f"/operator{query}", headers=BROWSER)
    assert answer.status_code == 200
    return answer.text


def test_it_says_of_each_part_that_it_works(client: FlaskClient):
    page = told(client)
    assert "Everything works." in page
    assert page.count('class="well"') == 5
    assert "worker-1" in page
    assert "Start a worker" not in page


def test_it_says_what_to_do_about_a_part_that_does_not_work(client: FlaskClient, surroundings: Surroundings):
    surroundings.workers = ()
    page = told(client)
    assert "Something does not work." in page
    assert 'class="unwell"' in page
    assert "No worker is there; tasks wait until one is." in page
    assert "python start_worker.py" in page


def test_it_lists_the_tasks_at_work_and_those_that_wait(client: FlaskClient, put: Callable[..., Job]):
    assert "Nothing is worked on" in told(client)
    running = put(1, state=State.PROGRESS, progress=43, filename="one.mp4", status="Rendering")
    waiting = put(2, filename="<two>.mp4")
    page = told(client)
    assert "43 %" in page
    assert "Rendering" in page
    assert "<bdi>&lt;two&gt;.mp4</bdi>" in page
    for job in (running, waiting):
        assert f'href="/task/{job.id}"' in page
        assert f'href="/operator?task={job.id}#log"' in page


def test_it_is_there_while_the_list_of_tasks_is_not(client: FlaskClient, app: Flask, backend: Backend):
    class Away:
        def __getattr__(self, _: str) -> object:
            raise TransientError("Redis does not answer.")

    app.extensions["video_automation.backend"] = replace(backend, store=Away())
    page = told(client)
    assert "The list of tasks cannot be reached just now." in page
    assert "Listening" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("", ["Listening", "&lt;b&gt;Slow", "It failed", "Traceback", "Asked"], ["older entry"]),
        ("?level=warning", ["&lt;b&gt;Slow", "It failed", "Traceback"], ["Listening", "Asked"]),
        ("?level=ERROR", ["It failed", "Traceback"], ["Listening", "&lt;b&gt;Slow"]),
        ("?text=traceBACK", ["It failed"], ["Listening", "&lt;b&gt;Slow"]),
        ("?text=none+of+it", ["Nothing in the log is like this."], ["Listening"]),
        ("?lines=1", ["Asked"], ["It failed"]),
    ],
)
def test_its_log_is_filtered(client: FlaskClient, query: str, shown: list[str], hidden: list[str]):
    page = told(client, query)
    assert [text for text in shown if text not in page] == []
    assert [text for text in hidden if text in page] == []


def test_it_shows_the_log_of_one_task(client: FlaskClient, finished: Job, backend: Backend):
    log = on_disk(backend, finished.id).log
    log.write_text(f"2026-11-24 19:00:00,000 DEBUG   {finished.id} video_automation.media: ffmpeg -i source\n")
    page = told(client, f"?task={finished.id}")
    assert "ffmpeg -i source" in page
    assert "Listening" not in page
    assert f'value="{finished.id}"' in page


@pytest.mark.parametrize(("query", "status"), [("?level=loud", 400), ("?lines=0", 400), ("?task=../../etc/passwd", 404)])
def test_what_makes_no_sense_is_refused(client: FlaskClient, query: str, status: int):
    assert client.get(f"/operator{query}").status_code == status


def test_its_facts_hold_no_secret(client: FlaskClient):
    page = told(client)
    assert "redis://user:***@localhost:6379/0" in page
    assert "s3cret" not in page
    assert "flask" in page.lower()


class TestWhereAKeyIsNeeded:
    @pytest.fixture
    def access(self):
        return keyed_access()

    def test_only_operators_see_it_and_are_led_there(self, client: FlaskClient):
        assert client.get("/operator", headers=BROWSER).headers["Location"].startswith("/sign-in")
        assert client.get("/operator", headers=bearer(ANN)).status_code == 403
        assert client.get("/operator", headers=bearer(ADMIN)).status_code == 200
        assert 'href="/operator"' in client.get("/", headers=bearer(ADMIN)).text
        assert 'href="/operator"' not in client.get("/", headers=bearer(ANN)).text


def test_the_lines_of_a_log_are_entries():
    entries = list(log_entries(LOG.splitlines()))
    assert entries[2] == LogEntry(
        "2026-11-24 19:00:02", "ERROR", TASK, "video_automation.jobs", "It failed\n    Traceback (most recent call last):"
    )
    assert [entry.level for entry in entries] == ["INFO", "WARNING", "ERROR", "DEBUG"]
    assert list(log_entries(["nothing", "of ours"])) == []


def test_an_entry_of_an_unknown_level_is_never_hidden():
    assert is_looked_for(LogEntry("now", "NOTICE", "-", "x", "y"), level="ERROR", text="")
