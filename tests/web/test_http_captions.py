"""Captions over the API and on the result page."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from places import on_disk, write_manifest
from queues import ListQueue
from surroundings import captioned_files, made_again, plan_of

from video_automation.jobs.model import Job, Problem, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run import manifest
from video_automation.plan.params import CaptionParams, Params
from video_automation.plan.time import FrameSpan

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nGrüße & more.\n"
SRT = "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\nHello.\r\n"
SAID = {VTT: "Grüße & more.", SRT: "Hello."}
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture
def captioned(finished: Job, backend: Backend) -> Job:
    """A finished job whose video has captions."""
    captioned_files(on_disk(backend, finished.id), finished, VTT)
    return finished


@pytest.fixture
def address(captioned: Job) -> str:
    return f"/task/{captioned.id}/captions"


class TestReading:
    def test_gives_the_captions_as_webvtt(self, client: FlaskClient, address: str):
        answer = client.get(address)
        assert (answer.status_code, answer.text) == (200, VTT)
        assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8"
        assert answer.headers["Content-Disposition"].startswith("inline")

    def test_of_a_video_without_captions_finds_none(self, client: FlaskClient, finished: Job):
        answer = client.get(f"/task/{finished.id}/captions")
        assert (answer.status_code, answer.json["code"]) == (404, "no_captions")

    def test_of_a_task_that_has_no_video_says_why(self, client: FlaskClient, put: Callable[..., Job], failed: Job):
        for job, code in ((put(3, state=State.PROGRESS), "not_done"), (failed, "too_slow")):
            answer = client.get(f"/task/{job.id}/captions")
            assert (answer.status_code, answer.json["code"]) == (409, code)

    def test_every_file_of_captions_says_what_it_is(self, client: FlaskClient, captioned: Job):
        types = [client.get(f"/task/{captioned.id}/files/video.{end}").headers["Content-Type"] for end in ("vtt", "srt")]
        assert types == ["text/vtt; charset=utf-8", "application/x-subrip; charset=utf-8"]


class TestCorrecting:
    @pytest.mark.parametrize(
        ("text", "kind"), [(VTT, "text/vtt"), (SRT, "application/x-subrip"), (SRT, "text/plain"), (VTT, "image/png"), (VTT, "")]
    )
    def test_is_accepted_and_queued(
        self, client: FlaskClient, captioned: Job, backend: Backend, queue: ListQueue, text: str, kind: str
    ):
        answer = client.put(f"/task/{captioned.id}/captions", data=text.encode(), content_type=kind)
        assert (answer.status_code, answer.headers["Location"]) == (202, f"/task/{captioned.id}")
        assert {name: answer.json[name] for name in ("message", "task_id", "status")} == {
            "message": "Captions accepted! Processing started.",
            "task_id": captioned.id,
            "status": "PROCESSING",
        }
        assert answer.json["links"]["task"] == f"/task/{captioned.id}"
        assert queue.messages == [captioned.id]
        assert [(cue.span, cue.text) for cue in plan_of(backend, captioned).captions] == [(FrameSpan(25, 50), SAID[text])]

    def test_says_what_was_found_in_a_file_and_what_of_it_is_lost(
        self, client: FlaskClient, captioned: Job, address: str, backend: Backend
    ):
        content = "1\n-00:00:01 –> 00:00:02\n<i>Grüße</i>\n".encode("cp1252")
        answer = client.put(address, data=content, content_type="text/plain; charset=iso-8859-1")
        assert answer.status_code == 202
        assert [told.split(":")[0].split(".")[0] for told in answer.json["remarks"]] == [
            "The file is not in UTF-8",
            "Styling is not kept",
            "Line 2",
        ]
        assert [cue.text for cue in plan_of(backend, captioned).captions] == ["Grüße"]

    def test_says_nothing_of_a_file_that_is_taken_as_it_is(self, client: FlaskClient, address: str):
        assert client.put(address, data=VTT.encode()).json["remarks"] == []

    def test_names_the_line_that_cannot_be_read_and_what_would_be_right(self, client: FlaskClient, address: str):
        answer = client.put(address, data=SRT.replace("01,000", "0x,000").encode("utf-16"))
        assert (answer.status_code, answer.json["code"]) == (400, "broken_captions")
        assert answer.json["error"] == (
            "Line 2: “00:00:0x,000 --> 00:00:02,000” is not a time. Write it as 00:01:02,500 --> 00:01:04,000."
        )

    def test_leaves_the_result_to_be_had_until_the_new_one_is_there(self, client: FlaskClient, captioned: Job, address: str):
        client.put(address, data=VTT.encode())
        assert client.get(f"/task/{captioned.id}").json["state"] == "PENDING"
        assert client.get(f"/task/{captioned.id}/result").status_code == 202
        for file in ("processed_video.mp4", "video.vtt", "plan.json"):
            assert client.get(f"/task/{captioned.id}/files/{file}").status_code == 200
        assert client.get(address).text == VTT

    def test_is_for_tasks_that_are_done(self, client: FlaskClient, address: str, failed: Job, put: Callable[..., Job]):
        client.put(address, data=VTT.encode())
        for where in (address, f"/task/{failed.id}/captions", f"/task/{put(4, state=State.REVOKED).id}/captions"):
            assert client.put(where, data=VTT.encode()).status_code == 409
            assert client.delete(where).status_code == 409

    def test_of_a_cleaned_task_is_too_late(self, client: FlaskClient, captioned: Job, address: str):
        client.post(f"/task/{captioned.id}/cleanup")
        answers = (client.get(address), client.put(address, data=VTT.encode()), client.delete(address))
        assert [answer.status_code for answer in answers] == [410] * 3

    @pytest.mark.parametrize("content", [b"", b"no captions", "WEBVTT\n\nGrüße".encode("latin-1"), "WEBVTT\n".encode("utf-16")])
    def test_takes_nothing_that_is_no_captions(self, client: FlaskClient, address: str, queue: ListQueue, content: bytes):
        answer = client.put(address, data=content)
        assert (answer.status_code, answer.json["code"]) == (400, "broken_captions")
        assert queue.messages == []

    def test_takes_two_megabytes_and_no_more(self, client: FlaskClient, address: str, queue: ListQueue):
        answer = client.put(address, data=VTT.encode().ljust(2_000_001))
        assert (answer.status_code, answer.json["code"], queue.messages) == (413, "too_large", [])
        assert client.put(address, data=VTT.encode().ljust(2_000_000)).status_code == 202

    def test_is_not_for_strange_pages(self, client: FlaskClient, address: str):
        strange = {"Sec-Fetch-Site": "cross-site"}
        answers = (client.put(address, data=VTT.encode(), headers=strange), client.delete(address, headers=strange))
        assert [answer.status_code for answer in answers] == [403] * 2

    def test_can_be_dropped(self, client: FlaskClient, captioned: Job, address: str, backend: Backend):
        client.put(address, data=VTT.encode())
        made_again(backend, captioned)
        answer = client.delete(address)
        assert (answer.status_code, answer.json["task_id"]) == (202, captioned.id)
        assert plan_of(backend, captioned).captions is None

    def test_that_came_to_nothing_is_told_with_the_result(self, client: FlaskClient, captioned: Job, backend: Backend):
        problem = Problem("too_slow", "It took longer than allowed.")
        backend.store.change(captioned.id, lambda job: replace(job, problem=problem, status="Not now. The video is as before."))
        for address in (f"/task/{captioned.id}", f"/task/{captioned.id}/result"):
            answer = client.get(address)
            assert (answer.status_code, answer.json["code"], answer.json["error"]) == (200, "too_slow", problem.sentence)
        assert "Not now. The video is as before." in client.get(f"/result/{captioned.id}").text

    def test_can_be_cancelled_back_to_the_result(self, client: FlaskClient, captioned: Job, address: str):
        client.put(address, data=VTT.encode())
        assert "stay as they were" in client.get(f"/task/{captioned.id}", headers=BROWSER).text
        assert client.post(f"/task/{captioned.id}/cancel").json["state"] == "SUCCESS"
        assert client.get(f"/task/{captioned.id}/result").json["code"] == "cancelled"


class TestPage:
    def page(self, client: FlaskClient, backend: Backend, job: Job, *, burned: bool, language: str | None = None) -> str:
        params, place = Params(captions=CaptionParams(burn_captions=burned)), on_disk(backend, job.id).result(job).manifest
        backend.store.change(job.id, lambda job: replace(job, params=params))
        write_manifest(replace(manifest.read_manifest(place), language=language), place)
        return client.get(f"/result/{job.id}").text

    def test_shows_captions_that_are_not_in_the_picture(self, client: FlaskClient, backend: Backend, captioned: Job):
        page = self.page(client, backend, captioned, burned=False, language="de")
        assert re.search(r'<track kind="captions"[^>]+src="/task/[^"]+/video\.vtt"[^>]* srclang="de" default>', page)

    def test_offers_captions_that_are_in_the_picture_but_does_not_show_them_twice(
        self, client: FlaskClient, backend: Backend, captioned: Job
    ):
        [track] = re.findall("<track[^>]+>", self.page(client, backend, captioned, burned=True))
        assert "default" not in track

    def test_names_the_kinds_of_files(self, client: FlaskClient, captioned: Job):
        page = client.get(f"/result/{captioned.id}").text
        assert re.findall(r'<span class="soft">([A-Z][a-z ]+)</span>', page) == ["Video", "Captions", "Captions", "Edit plan"]

    def test_of_a_video_without_captions_has_no_list_of_them(self, client: FlaskClient, finished: Job):
        page = client.get(f"/result/{finished.id}").text
        assert not re.search("<track|data-cues", page)

    def test_offers_the_way_back_once_there_are_corrections(
        self, client: FlaskClient, captioned: Job, address: str, backend: Backend
    ):
        assert "Restore automatic captions" not in client.get(f"/result/{captioned.id}").text
        client.put(address, data=VTT.encode())
        made_again(backend, captioned)
        assert "Restore automatic captions" in client.get(f"/result/{captioned.id}").text


def test_the_front_page_asks_for_captions_as_the_settings_have_them(client: FlaskClient):
    page = client.get("/").text
    assert [name for name in ("add_subtitles", "burn_captions") if f'name="{name}" value="true" checked' in page] == [
        "add_subtitles",
        "burn_captions",
    ]
    assert 'name="remove_fillers" value="true" >' in page
