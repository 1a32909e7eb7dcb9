"""Names and terms: sent with an upload, stored for a caller, suggested after corrections."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from places import on_disk, write_manifest
from surroundings import MAX_UPLOAD, captioned_files

from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend, Rules
from video_automation.jobs.run import manifest
from video_automation.plan.params import Params, SpeechParams

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nOther words.\n"


@pytest.fixture
def rules() -> Rules:
    defaults = Params(speech=SpeechParams(glossary=("Acme", "Mainz")))
    return Rules(max_upload_bytes=MAX_UPLOAD, max_queue=9, reserve_bytes=0, defaults=defaults)


def test_terms_are_read_replaced_and_added(client: FlaskClient) -> None:
    assert client.get("/glossary").json == {"terms": []}
    assert client.put("/glossary", json={"terms": ["Gutenberg", " Johann   Fust ", "Gutenberg", ""]}).json == {
        "terms": ["Gutenberg", "Johann Fust"]
    }
    assert client.post("/glossary", json={"terms": ["Kubernetes"]}).json["terms"] == ["Gutenberg", "Johann Fust", "Kubernetes"]
    assert client.put("/glossary", json={"terms": []}).json == client.get("/glossary").json == {"terms": []}


@pytest.mark.parametrize("terms", [["x" * 61], [str(number) for number in range(101)], [7]], ids=["long", "many", "number"])
def test_what_cannot_be_terms_is_refused_and_changes_nothing(client: FlaskClient, terms: object) -> None:
    client.put("/glossary", json={"terms": ["Gutenberg"]})
    for answer in (client.put("/glossary", json={"terms": terms}), client.post("/glossary", json={"terms": terms})):
        assert (answer.status_code, answer.json["code"]) == (400, "wrong_glossary")
    assert client.put("/glossary", json={}).status_code == 400
    assert client.get("/glossary").json == {"terms": ["Gutenberg"]}


def test_an_upload_has_its_own_terms_first_then_the_callers_then_those_of_the_settings(
    client: FlaskClient, video: bytes, backend: Backend
) -> None:
    client.put("/glossary", json={"terms": ["Kubernetes", "Mainz"]})
    answer = client.post("/upload", data={"glossary": "Gutenberg\nJohann Fust", "file": (BytesIO(video), "talk.mp4")})
    params = backend.store.get(answer.json["task_id"]).params
    assert params.speech.glossary == ("Gutenberg", "Johann Fust", "Kubernetes", "Mainz", "Acme")


def test_a_model_is_told_as_many_terms_as_it_has_room_for(client: FlaskClient, video: bytes, backend: Backend) -> None:
    client.put("/glossary", json={"terms": [f"{number:030}" for number in range(50)]})
    answer = client.post("/upload", data={"file": (BytesIO(video), "talk.mp4")})
    params = backend.store.get(answer.json["task_id"]).params
    assert sum(map(len, params.speech.glossary)) <= 600
    assert len(params.speech.glossary) == 20


def test_the_page_takes_terms_and_tells_those_that_are_remembered(client: FlaskClient) -> None:
    page = client.get("/").text
    assert 'name="glossary"' in page
    assert "remembered from before" not in page
    client.put("/glossary", json={"terms": ["Gutenberg"]})
    assert "1 more is remembered from before." in client.get("/").text
    answer = client.post("/glossary", data={"terms": "Fust\r\nMainz", "all": "yes"}, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert client.get("/glossary").json == {"terms": ["Fust", "Mainz"]}


def test_names_from_corrected_captions_are_offered_and_remembered(
    client: FlaskClient, backend: Backend, finished: Job, put: Callable[..., Job]
) -> None:
    folder = on_disk(backend, finished.id)
    captioned_files(folder, finished, VTT)
    listing = folder.result(finished).manifest
    write_manifest(replace(manifest.read_manifest(listing), language="en", corrected=("Gutenberg", "Fust")), listing)
    page = client.get(f"/result/{finished.id}").text
    assert 'value="Gutenberg" checked' in page
    sent = {"terms": ["Gutenberg", "Fust"], "task": finished.id}
    answer = client.post("/glossary", data=sent, headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/result/{finished.id}")
    assert client.get("/glossary").json == {"terms": ["Gutenberg", "Fust"]}
    assert "Remember" not in client.get(f"/result/{finished.id}").text


def test_nothing_is_remembered_for_a_task_of_nobody(client: FlaskClient) -> None:
    assert client.post("/glossary", data={"terms": "Gutenberg", "task": "nothing"}, headers=BROWSER).status_code == 404
    assert client.get("/glossary").json == {"terms": []}
