"""The list of videos: its rows, search, names, deletion, several videos at once."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from doors import ANN, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from places import on_disk, write_manifest

from video_automation.access.quotas import Quotas
from video_automation.jobs.catalog.spoken_words import MOST_HITS, SPOKEN, spoken_file
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.run import manifest
from video_automation.jobs.run.manifest import Artifact, MadeClip
from video_automation.render.captions.transcripts import VideoSentence, VideoTranscript, VideoWord

Put = Callable[..., Job]
BROWSER = {"Accept": "text/html"}
SAID = "The printing press was made in Mainz. Gutenberg printed the Bible."


def says(backend: Backend, job: Job, text: str, *, cut: str = "") -> None:
    """Gives the result of a job a transcript of these words, one a second; the words in `cut` are cut from the video."""
    words = tuple(
        VideoWord(
            1000 * at, 1000 * at + 600, *((None, None) if word in cut.split() else (1000 * at, 1000 * at + 600)), word, 90
        )
        for at, word in enumerate(text.split())
    )
    said = VideoTranscript("en", 99, (), (), (VideoSentence(0, 1, 0, 1, text, words),))
    folder = on_disk(backend, job.id).result(job).folder
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SPOKEN).write_bytes(spoken_file(said))


@pytest.fixture
def spoken(finished: Job, backend: Backend) -> Job:
    says(backend, finished, SAID)
    return finished


class TestRow:
    def test_of_a_finished_task_tells_its_lengths_its_clips_and_its_picture(
        self, client: FlaskClient, finished: Job, backend: Backend
    ):
        listing = on_disk(backend, finished.id).result(finished).manifest
        made = manifest.read_manifest(listing)
        clip = MadeClip("short_01", 0, 1, "", 50, (), "processed_video.mp4", "cover.jpg")
        pictures = (Artifact("cover.jpg", "cover", "image/jpeg"), Artifact("thumbnail.jpg", "still", "image/jpeg"))
        write_manifest(replace(made, artifacts=(*made.artifacts, *pictures), clips=(clip,)), listing)
        [row] = client.get("/tasks").json["tasks"]
        assert (row["duration_ms"], row["kept_ms"], row["clip_count"]) == (10_000, 8_000, 1)
        assert row["poster"] == f"/task/{finished.id}/files/thumbnail.jpg"
        assert f'poster="{row["poster"]}"' in client.get(f"/task/{finished.id}/edit").text

    def test_of_a_task_at_work_shows_the_first_clip_that_is_there(self, client: FlaskClient, put: Put, backend: Backend):
        job = put(state=State.PROGRESS, stage="render", duration_ms=60_000, building="0-new")
        [row] = client.get("/tasks").json["tasks"]
        assert (row["poster"], row["duration_ms"], row["kept_ms"], row["clip_count"]) == (None, 60_000, None, 0)
        offered = on_disk(backend, job.id).building(job).offered
        offered.parent.mkdir(parents=True)
        files = (Artifact("a.mp4", "short", "video/mp4", clip="short_01"), Artifact("a.jpg", "cover", "image/jpeg"))
        clip = MadeClip("short_01", 0, 1, "", 50, (), "a.mp4", "a.jpg")
        write_manifest(manifest.Manifest("v.mp4", files, manifest.Stats(60_000, 50_000, 10_000, 1, ()), clips=(clip,)), offered)
        [row] = client.get("/tasks").json["tasks"]
        assert (row["poster"], row["clip_count"], row["kept_ms"]) == (f"/task/{job.id}/files/a.jpg", 1, None)

    def test_keeps_the_result_while_another_is_made(self, client: FlaskClient, finished: Job, backend: Backend):
        backend.store.change(finished.id, lambda job: replace(job, state=State.PROGRESS, stage="render", building="1-new"))
        assert client.get("/tasks").json["tasks"][0]["kept_ms"] == 8_000

    def test_of_a_task_whose_files_somebody_removed_still_stands(self, client: FlaskClient, finished: Job, backend: Backend):
        on_disk(backend, finished.id).result(finished).manifest.unlink()
        assert client.get("/tasks").json["tasks"][0]["poster"] is None

    def test_an_unchanged_list_costs_no_second_answer(self, client: FlaskClient, finished: Job, backend: Backend):
        tag = client.get("/tasks").headers["ETag"]
        assert client.get("/tasks", headers={"If-None-Match": tag}).status_code == 304
        backend.store.change(finished.id, lambda job: replace(job, renamed="Other"))
        assert client.get("/tasks", headers={"If-None-Match": tag}).status_code == 200


class TestSearch:
    def test_finds_what_is_said_with_the_second_and_the_words_round_it(self, client: FlaskClient, spoken: Job):
        told = client.get("/tasks?q=made+in+mainz").json
        assert told["total"] == 1
        assert told["tasks"][0]["hits"] == [
            {
                "start_ms": 4_000,
                "before": "The printing press was",
                "found": "made in Mainz.",
                "after": "Gutenberg printed the Bible.",
                "href": f"/result/{spoken.id}#t=4",
            }
        ]

    def test_finds_names_too_and_nothing_else(self, client: FlaskClient, spoken: Job, put: Put):
        other = put(2, filename="Café_interview.mp4")
        [row] = client.get("/tasks?q=cafe interview").json["tasks"]
        assert (row["task_id"], row["hits"]) == (other.id, [])
        assert other.id != spoken.id
        assert client.get("/tasks?q=nobody").json["tasks"] == []
        assert client.get("/tasks?q=!").json["total"] == 0
        assert client.get("/tasks?q=").json["total"] == 2

    def test_knows_nothing_of_what_was_cut(self, client: FlaskClient, finished: Job, backend: Backend):
        says(backend, finished, SAID, cut="press")
        assert client.get("/tasks?q=press").json["total"] == 0
        assert client.get("/tasks?q=printing was").json["total"] == 1

    def test_tells_the_first_places(self, client: FlaskClient, finished: Job, backend: Backend):
        says(backend, finished, "well " * 20)
        [row] = client.get("/tasks?q=well").json["tasks"]
        assert [hit["start_ms"] for hit in row["hits"]] == [1000 * at for at in range(MOST_HITS)]

    def test_goes_by_the_result_that_is_served(self, client: FlaskClient, spoken: Job, backend: Backend):
        again = backend.store.change(spoken.id, lambda job: replace(job, building="1-new"))
        newer = replace(again, result="1-new")
        says(backend, newer, "Something else entirely.")
        assert client.get("/tasks?q=gutenberg").json["total"] == 1
        backend.store.change(spoken.id, lambda _: newer)
        assert client.get("/tasks?q=gutenberg").json["total"] == 0
        assert client.get("/tasks?q=entirely").json["total"] == 1

    def test_pages_and_carries_the_words_along(self, client: FlaskClient, put: Put):
        ids = [put(number, filename=f"talk {number}").id for number in range(1, 4)]
        told = client.get("/tasks?q=talk&count=2").json
        assert ([task["task_id"] for task in told["tasks"]], told["total"]) == (ids[:0:-1], 3)
        assert [task["task_id"] for task in client.get(told["next"]).json["tasks"]] == ids[:1]

    def test_of_a_cleaned_task_knows_its_name_alone(self, client: FlaskClient, spoken: Job):
        client.post(f"/task/{spoken.id}/cleanup")
        assert client.get("/tasks?q=gutenberg").json["total"] == 0
        assert client.get("/tasks?q=talk").json["total"] == 1

    def test_is_of_a_size_that_somebody_types(self, client: FlaskClient):
        answer = client.get("/tasks?q=" + 201 * "a")
        assert (answer.status_code, answer.json["code"]) == (400, "wrong_query")

    def test_shows_others_nothing(self, client: FlaskClient, app: Flask, spoken: Job, backend: Backend):
        app.extensions["video_automation.access"] = keyed_access()
        assert client.get("/tasks?q=gutenberg", headers=bearer(ANN)).json["total"] == 0
        backend.store.change(spoken.id, lambda job: replace(job, owner="ann"))

    def test_is_on_the_page_without_a_script(self, client: FlaskClient, spoken: Job):
        page = client.get("/?q=Mainz", headers=BROWSER).text
        assert f'href="/result/{spoken.id}#t=6"' in page
        assert "<mark>Mainz.</mark>" in page
        assert "Nothing found" in client.get("/?q=nobody", headers=BROWSER).text


class TestName:
    def test_is_shown_everywhere_and_files_keep_theirs(self, client: FlaskClient, finished: Job):
        answer = client.patch(f"/task/{finished.id}", json={"name": "  Interview\u202e with\nAnna "})
        assert (answer.status_code, answer.json["name"]) == (200, "Interview withAnna")
        client.patch(f"/task/{finished.id}", json={"name": "AC/DC"})
        for address in ("/", f"/result/{finished.id}"):
            assert "<bdi>AC/DC</bdi>" in client.get(address, headers=BROWSER).text
        told = client.get(f"/task/{finished.id}").json
        assert (told["name"], told["filename"]) == ("AC/DC", "my talk.mp4")
        assert told["artifacts"][0]["name"] == "processed_video.mp4"

    def test_of_the_file_is_that_again(self, client: FlaskClient, finished: Job, backend: Backend):
        for name in ("Other", "my talk.mp4"):
            client.patch(f"/task/{finished.id}", json={"name": name})
        assert backend.store.get(finished.id).renamed == ""

    @pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": " \u200b"}, {"name": {}}, []])
    def test_is_refused_where_nobody_could_see_it(self, client: FlaskClient, finished: Job, body: object):
        answer = client.patch(f"/task/{finished.id}", json=body)
        assert (answer.status_code, answer.json["code"]) == (400, "wrong_name")

    def test_can_be_given_by_a_form(self, client: FlaskClient, finished: Job, backend: Backend):
        answer = client.post(f"/task/{finished.id}/name", data={"name": "Other"}, headers=BROWSER)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert backend.store.get(finished.id).name == "Other"


class TestDelete:
    def test_removes_the_files_and_the_task(self, client: FlaskClient, finished: Job, backend: Backend):
        assert client.delete(f"/task/{finished.id}").status_code == 200
        assert client.get(f"/task/{finished.id}").status_code == 404
        assert client.get("/tasks").json["total"] == 0
        place = on_disk(backend, finished.id)
        assert not any(folder.exists() for folder in place.folders)
        assert client.delete(f"/task/{finished.id}").status_code == 404

    def test_takes_a_cleaned_task_off_the_list(self, client: FlaskClient, finished: Job):
        client.post(f"/task/{finished.id}/cleanup")
        page = client.get("/", headers=BROWSER).text
        assert "Files deleted" in page
        assert "Remove from the list" in page
        assert client.delete(f"/task/{finished.id}").status_code == 200
        assert "Files deleted" not in client.get("/", headers=BROWSER).text

    def test_is_refused_while_it_is_worked_on(self, client: FlaskClient, put: Put):
        assert client.delete(f"/task/{put(state=State.PROGRESS).id}").status_code == 409

    def test_does_not_give_back_what_a_key_allows_for_a_day(self, client: FlaskClient, app: Flask, put: Put, backend: Backend):
        app.extensions["video_automation.access"] = keyed_access(quotas=Quotas(films_a_day=1))
        now = 4_000_000_000.0
        job = put(state=State.FAILURE, owner="ann", created_at=now)
        told = client.delete(f"/task/{job.id}", headers=bearer(ANN)).json
        assert "counts for what your key allows" in told["message"]
        assert backend.store.get(job.id).cleaned
        backend.store.change(job.id, lambda job: replace(job, created_at=1.0))
        assert client.delete(f"/task/{job.id}", headers=bearer(ANN)).json == {"message": "Deleted."}

    def test_asks_first_where_there_is_no_script(self, client: FlaskClient, finished: Job, failed: Job):
        for job in (finished, failed):
            page = client.get(f"/task/{job.id}", headers=BROWSER, follow_redirects=True).text
            assert 'action="/delete"' in page
            assert f'name="task" value="{job.id}"' in page
        asked = client.get(f"/delete?task={finished.id}&task={failed.id}").text
        assert "Delete these 2 videos?" in asked
        assert client.get("/tasks").json["total"] == 2
        answer = client.post("/delete", data={"task": [finished.id, failed.id]}, headers=BROWSER)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert client.get("/tasks").json["total"] == 0

    def test_of_several_removes_none_where_one_is_worked_on(self, client: FlaskClient, finished: Job, put: Put):
        running = put(3, state=State.PROGRESS)
        assert client.post("/delete", data={"task": [finished.id, running.id]}).status_code == 409
        assert client.get(f"/task/{finished.id}").json["cleaned"] is False


class TestArchive:
    def test_of_several_has_a_folder_for_each(
        self, client: FlaskClient, finished: Job, failed: Job, put: Put, backend: Backend
    ):
        twin = put(7, state=State.SUCCESS, output_filename="processed_video.mp4", result=finished.result, renamed="MY talk.mov")
        folder, other = (on_disk(backend, job.id).result(job).folder for job in (finished, twin))
        other.mkdir(parents=True)
        for file in folder.iterdir():
            (other / file.name).write_bytes(file.read_bytes())
        answer = client.get(f"/archive?task={finished.id}&task={failed.id}&task={twin.id}")
        assert answer.headers["Content-Disposition"] == "attachment; filename=videos.zip"
        assert int(answer.headers["Content-Length"]) == len(answer.data)
        names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
        assert names == [
            "my_talk/processed_video.mp4", "my_talk/plan.json", "MY_talk (2)/processed_video.mp4", "MY_talk (2)/plan.json",
        ]  # fmt: skip

    def test_of_nothing_is_refused(self, client: FlaskClient, failed: Job):
        answer = client.get(f"/archive?task={failed.id}")
        assert (answer.status_code, answer.json["code"]) == (409, "not_done")


def test_a_search_on_the_page_has_pages(client: FlaskClient, put: Put):
    for number in range(1, 15):
        put(number, filename=f"talk {number}")
    page = client.get("/?q=talk", headers=BROWSER).text
    assert 'href="/?q=talk&amp;start=12">Older' in page
    assert client.get("/?start=12&q=talk", headers=BROWSER).text.count('data-task="') == 2


def test_a_person_who_cancelled_is_not_shown_an_error(client: FlaskClient, put: Put):
    page = client.get(f"/task/{put(state=State.REVOKED).id}", headers=BROWSER).text
    assert '<p class="chip revoked">Cancelled</p>' in page
    assert "trouble" not in page


def test_the_page_tells_how_long_the_work_on_a_video_takes_here(client: FlaskClient, put: Put):
    put(state=State.SUCCESS, started_at=100.0, ended_at=130.0, duration_ms=60_000, rendered_revision=0, cleaned=True)
    assert 'data-work-share="0.5"' in client.get("/", headers=BROWSER).text
