"""The language of pages: by what the browser asks for, or by a choice; the API stays English."""

from collections.abc import Callable
from html import escape

import pytest
from flask.testing import FlaskClient

from video_automation.jobs.model import Job, Problem, State

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
TITLES = {
    "en": "Drop a video here",
    "de": "Video hier ablegen",
    "es": "Suelta un video aquí",
    "fr": "Déposez une vidéo ici",
}


def language_of(page: str) -> str:
    (language,) = (code for code, title in TITLES.items() if title in page)
    assert f'<html lang="{language}" dir="ltr"' in page
    return language


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("da, en-gb;q=0.8, es;q=0.7", "en"),
        ("es-419", "es"),
        ("de-AT, en;q=0.5", "de"),
        ("de;q=0, es;q=0.1", "es"),
        ("ja", "en"),
        ("*", "en"),
        ("no; such, header", "en"),
    ],
)
def test_a_page_is_in_the_first_language_asked_for_that_there_is(client: FlaskClient, asked: str, language: str):
    answer = client.get("/", headers=BROWSER | {"Accept-Language": asked})
    assert language_of(answer.text) == language
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)


def test_a_choice_counts_more_than_what_the_browser_asks_for(client: FlaskClient):
    answer = client.post("/language", data={"language": "fr", "page": "/?q=press"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?q=press")
    assert language_of(client.get("/", headers=BROWSER | {"Accept-Language": "de"}).text) == "fr"


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_a_choice_leads_to_no_strange_page(client: FlaskClient, page: str):
    assert client.post("/language", data={"language": "de", "page": page}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["", "tlh", "../de"])
def test_a_language_there_is_not_is_refused(client: FlaskClient, language: str):
    answer = client.post("/language", data={"language": language})
    assert (answer.status_code, answer.json["code"]) == (400, "unknown_language")


def test_an_error_is_told_in_the_language_of_the_page_and_to_programs_in_english(client: FlaskClient):
    german = {"Accept-Language": "de"}
    assert "Diesen Auftrag gibt es nicht." in client.get("/task/nothing", headers=BROWSER | german).text
    assert client.get("/task/nothing", headers=german).json["error"] == "There is no such task."


def test_why_a_task_failed_is_told_as_far_as_it_is_known(client: FlaskClient, put: Callable[..., Job]):
    problem = Problem("unreadable", "This <b> nobody translated. Copy it again.")
    job = put(state=State.FAILURE, problem=problem, status=problem.sentence)
    page = client.get(f"/task/{job.id}", headers=BROWSER | {"Accept-Language": "de"}).text
    assert f"{escape('This <b> nobody translated.')} Neu kopieren." in page
    assert "Fehlgeschlagen" in page


def test_pages_for_operators_and_of_the_api_say_that_they_are_english(client: FlaskClient):
    for address in ("/operator", "/docs"):
        page = client.get(address, headers=BROWSER | {"Accept-Language": "de"}).text
        assert '<html lang="de" dir="ltr"' in page
        assert '<main id="main" lang="en">' in page
