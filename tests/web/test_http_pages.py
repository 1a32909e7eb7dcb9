"""The pages as the server sends them, without scripts."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from surroundings import MAX_UPLOAD

from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.run.steps import STEPS
from video_automation.plan.choices import ASPECT_RATIOS, CLIP_STYLES
from video_automation.web.pages import template_filters

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_the_front_page_has_a_form_that_works_without_scripts(client: FlaskClient):
    page = client.get("/", headers=BROWSER).text
    assert re.search(r'<form[^>]+method="post" action="/upload" enctype="multipart/form-data"', page)
    assert f'data-most-bytes="{MAX_UPLOAD}"' in page
    assert "Video Automation" in page


def test_the_front_page_lists_all_shapes_and_caption_styles(client: FlaskClient):
    page = client.get("/", headers=BROWSER).text
    for choice in (*ASPECT_RATIOS.values(), *CLIP_STYLES.values()):
        assert re.search(rf'<option value="{choice.name}"( selected)?>{choice.label}</option>', page)


def test_the_front_page_lists_the_latest_tasks(client: FlaskClient, finished: Job, failed: Job, put: Callable[..., Job]):
    put(7, state=State.PROGRESS, progress=43, filename="<b>new</b>.mp4")
    page = client.get("/").text
    assert page.index("&lt;b&gt;new") < page.index(failed.id) < page.index(finished.id)
    assert '<progress max="100" value="43"' in page


def test_older_tasks_are_a_page_away(client: FlaskClient, put: Callable[..., Job]):
    ids = [put(at).id for at in range(14)]
    latest = client.get("/").text
    assert ids[2] in latest
    assert ids[1] not in latest
    assert 'href="/?start=12">Older' in latest
    older = client.get("/?start=12").text
    assert ids[2] not in older
    assert ids[1] in older
    assert 'href="/">Newer' in older
    assert "Older" not in older
    assert client.get("/?start=x").status_code == 400


@pytest.mark.parametrize("address", ["/", "/task/{}", "/result/{}", "/nowhere"])
def test_no_page_holds_a_script_or_a_style_of_its_own(client: FlaskClient, finished: Job, failed: Job, address: str):
    for job in (finished, failed):
        page = client.get(address.format(job.id), headers=BROWSER, follow_redirects=True).text
        assert not re.search(r"<style|style=|<script(?![^>]*src=)| on\w+=", page)


def test_a_browser_gets_the_page_of_a_task_and_a_program_its_state(client: FlaskClient, put: Callable[..., Job]):
    job = put(state=State.PROGRESS, stage="render", progress=43, status="Rendering.")
    page = client.get(f"/task/{job.id}", headers=BROWSER)
    assert page.mimetype == "text/html"
    assert 'role="progressbar"' in page.text
    assert 'aria-valuenow="43"' in page.text
    assert job.id in page.text
    assert "my talk.mp4" in page.text
    assert re.search(r'data-stage="render" aria-current="step"', page.text)
    listed = re.findall(r'<li data-stage="(\w+)"[^>]*>([^<]*)</li>', page.text)
    assert listed == [("queued", "Waiting"), *((step.name, step.doing) for step in STEPS)]
    for headers in ({}, {"Accept": "*/*"}, {"Accept": "application/json"}):
        answer = client.get(f"/task/{job.id}", headers=headers)
        assert answer.mimetype == "application/json"
        assert "Accept" in answer.headers["Vary"]


def test_a_waiting_task_says_how_many_are_before_it(client: FlaskClient, put: Callable[..., Job]):
    put(1), put(2)
    assert "Second in the queue" in client.get(f"/task/{put(2).id}", headers=BROWSER).text


def test_the_page_of_a_finished_task_leads_to_its_result(client: FlaskClient, finished: Job):
    answer = client.get(f"/task/{finished.id}", headers=BROWSER)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/result/{finished.id}")


def test_the_result_page_plays_the_video_and_tells_what_was_done(client: FlaskClient, finished: Job):
    page = client.get(f"/result/{finished.id}").text
    assert f'src="/task/{finished.id}/files/processed_video.mp4"' in page
    for text in ("0:10 → 0:08. 2 seconds (20 %) removed in 3 cuts.", "10 kB", "Two seconds went."):
        assert text in " ".join(page.split())
    assert f'name="task" value="{finished.id}"><button class="button quiet" type="submit">Delete video</button>' in page
    assert f'href="/task/{finished.id}/edit"' in page


def test_the_result_page_of_any_other_task_leads_to_the_task(client: FlaskClient, failed: Job):
    answer = client.get(f"/result/{failed.id}")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/task/{failed.id}")
    assert client.get("/result/unknown", headers=BROWSER).status_code == 404


def test_the_page_of_a_failed_task_says_why_and_what_to_do(client: FlaskClient, failed: Job):
    page = client.get(f"/task/{failed.id}", headers=BROWSER).text
    assert "It took longer than allowed." in page
    assert "Upload again" in page
    assert "too_slow" in page


@pytest.mark.parametrize(
    ("code", "advice"), [("soft_time_limit", "faster preset"), ("no_space", "make room"), ("tool_failed", "another export")]
)
def test_what_to_do_about_a_failed_task_depends_on_the_reason(
    client: FlaskClient, put: Callable[..., Job], code: str, advice: str
):
    job = put(state=State.FAILURE, problem=Problem(code, "It failed."))
    assert advice in client.get(f"/task/{job.id}", headers=BROWSER).text


@pytest.mark.parametrize("state", [State.FAILURE, State.REVOKED])
def test_the_files_of_a_task_that_came_to_nothing_can_be_removed_on_its_page(
    client: FlaskClient, put: Callable[..., Job], state: State
):
    job = put(state=state)
    button = f'name="task" value="{job.id}"><button class="button quiet" type="submit">Delete video</button>'
    assert button in client.get(f"/task/{job.id}", headers=BROWSER).text
    assert client.post(f"/task/{job.id}/cleanup", headers=BROWSER).status_code == 303
    assert button not in client.get(f"/task/{job.id}", headers=BROWSER).text


def test_the_result_page_of_a_cleaned_task_says_that_it_is_gone(client: FlaskClient, finished: Job):
    client.post(f"/task/{finished.id}/cleanup")
    page = client.get(f"/result/{finished.id}", headers=BROWSER)
    assert page.status_code == 410
    assert "cleaned up" in page.text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (3_400, "3 kB"),
        (3_400_000, "3.4 MB"),
        (999_600_000, "1.0 GB"),
        (123_000_000_000, "123 GB"),
    ],
)
def test_a_size_is_read_at_a_glance(count: int, text: str):
    assert template_filters.file_size(count) == text


@pytest.mark.parametrize(
    ("position", "seconds", "text"),
    [
        (1, 0, "Next in the queue, begins in a moment."),
        (2, None, "Second in the queue."),
        (3, 240, "Third in the queue, begins in about 4 minutes."),
        (10, 89, "Tenth in the queue, begins in about a minute."),
        (11, 90 * 60, "Number 11 in the queue, begins in about 2 hours."),
    ],
)
def test_a_place_in_the_queue_is_a_sentence(position: int, seconds: int | None, text: str):
    assert template_filters.queue_place(position, seconds) == text


@pytest.mark.parametrize(
    ("ms", "text"),
    [
        (40, "0 seconds"),
        (340, "0.3 seconds"),
        (1_000, "1 second"),
        (9_940, "9.9 seconds"),
        (9_960, "10 seconds"),
        (23_400, "23 seconds"),
        (60_000, "1 minute"),
        (725_000, "12 minutes 5 seconds"),
        (3_723_000, "1 hour 2 minutes"),
        (7_200_000, "2 hours"),
    ],
)
def test_a_length_of_time_is_told_in_words(ms: int, text: str):
    assert template_filters.lasting(ms) == text


@pytest.mark.parametrize(("ms", "text"), [(0, "0:00"), (7_499, "0:07"), (760_000, "12:40"), (3_723_000, "1:02:03")])
def test_a_length_of_time_is_shown_as_players_do(ms: int, text: str):
    assert template_filters.clock(ms) == text
