"""The sample that comes with the service: it becomes a task like any upload."""

import pytest
from doors import ANN, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from places import on_disk

from video_automation.access.quotas import Quotas
from video_automation.jobs.ports import Backend, Rules
from video_automation.web.server.static_files import STATIC_FOLDER

PAGE = {"Accept": "text/html"}
OF_THE_PAGE = [("file", "my talk.mp4"), ("trim_silence", "false"), ("trim_silence", "true"), ("longest_pause_ms", "700")]
"""As a browser sends the form, whose file was chosen but is not sent."""


@pytest.fixture
def rules() -> Rules:
    return Rules(max_upload_bytes=10_000_000, reserve_bytes=0)


def test_it_is_worked_on_with_the_options_of_the_page(client: FlaskClient, backend: Backend) -> None:
    pairs = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in OF_THE_PAGE)
    answer = client.post("/sample", data=pairs, content_type="application/x-www-form-urlencoded", headers=PAGE)
    [job], _ = backend.store.listed("local", start=0, count=9)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/task/{job.id}")
    assert (job.filename, job.params.trim_silence, job.params.trim.longest_pause_ms) == ("Sample.mp4", True, 700)
    assert on_disk(backend, job.id).source.read_bytes() == (STATIC_FOLDER / "sample.mp4").read_bytes()


def test_a_program_may_leave_the_options_out(client: FlaskClient, backend: Backend) -> None:
    answer = client.post("/sample")
    [job], _ = backend.store.listed("local", start=0, count=9)
    assert (answer.status_code, answer.json["task_id"], answer.json["filename"]) == (202, job.id, "Sample.mp4")
    assert job.params == backend.rules.defaults


def test_a_wrong_option_is_refused_and_nothing_is_left(client: FlaskClient, backend: Backend) -> None:
    answer = client.post("/sample", json={"crf": "finest"})
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_option")
    assert backend.store.listed("local", start=0, count=9)[1] == 0


def test_it_counts_for_what_a_key_allows(client: FlaskClient, app: Flask, backend: Backend) -> None:
    app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(films_a_day=1))
    assert client.post("/sample", headers=bearer(ANN)).status_code == 202
    answer = client.post("/sample", headers=bearer(ANN))
    assert (answer.status_code, answer.json["code"]) == (429, "quota_films")
    assert backend.store.listed("ann", start=0, count=9)[1] == 1
