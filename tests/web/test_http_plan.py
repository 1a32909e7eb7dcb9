"""Plans over the API: read, undo, redo, render; and who may do that."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from doors import ANN, BOB, bearer, keyed_access
from flask import Flask
from flask.testing import FlaskClient
from places import on_disk
from planned import CLIPS, VTT, stretches, texts
from queues import ListQueue
from surroundings import made_again, plan_of, talk
from werkzeug.test import TestResponse

from video_automation.access.repositories import Access
from video_automation.access.shares import Share, token
from video_automation.jobs.model import Job, State
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions.stored import keep_peaks
from video_automation.plan.edit import EditPlan, plan_json
from video_automation.plan.params import EncodeParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing

Plan = Callable[[], dict[str, Any]]
Change = Callable[..., TestResponse]


class TestReading:
    def test_tells_all_that_was_decided_in_milliseconds_of_the_recording(self, plan: Plan, planned: Job):
        told = plan()
        assert {name: told[name] for name in ("revision", "rendered_revision", "language", "duration_ms", "kept_ms")} == {
            "revision": 0,
            "rendered_revision": 0,
            "language": "en",
            "duration_ms": 10_000,
            "kept_ms": 8_000,
        }
        assert told["words"][1] == {
            "id": 1, "start_ms": 1000, "end_ms": 1600, "text": "printing", "heard": "printing", "confidence": 90,
            "speaker": None, "kept": True,
        }  # fmt: skip
        assert stretches(told) == [(8_000, 10_000, "pause")]
        assert [(clip["id"], clip["name"], clip["title"]) for clip in told["clips"]] == [
            ("1000-5000", "short_01", "The press"),
            ("5000-9000", "short_02", "In Mainz"),
        ]
        assert [(clip["id"], clip["name"]) for clip in told["candidates"]] == [("2000-8000", "")]
        assert [title["text"] for title in told["titles"]] == ["The printing press"]
        assert told["chapters"] == [{"start_ms": 0, "title": "Start"}, {"start_ms": 4000, "title": "Mainz"}]
        assert told["options"]["encode"]["crf"] == 21
        assert (told["history"], told["can_undo"], told["can_redo"]) == ([], False, False)
        assert told["links"]["result"] == f"/task/{planned.id}/result"

    def test_suggests_what_could_still_be_cut_out_where_that_is_asked_for(
        self, client: FlaskClient, backend: Backend, planned: Job, plan: Plan, change: Change
    ):
        change({"op": "cut", "words": [2, 2]}, {"op": "cut", "words": [3, 3]})
        assert plan()["suggestions"] == []
        address = f"/task/{planned.id}/plan?words=false&suggestions=true"
        pause = {"kind": "pause", "start_ms": 1775, "end_ms": 3825, "words": None, "text": ""}
        assert client.get(address).json["suggestions"] == [pause]
        loud = tuple(-20 for _ in range(1000))
        keep_peaks(on_disk(backend, planned.id).workspace, Hearing(levels_db=loud))
        assert client.get(address).json["suggestions"] == [], "something is heard there all along"

    def test_is_answered_once_where_it_stays_the_same(self, client: FlaskClient, planned: Job, change: Change):
        address = f"/task/{planned.id}/plan"
        first = client.get(address).headers["ETag"]
        assert first == '"0"'
        assert client.get(address, headers={"If-None-Match": first}).status_code == 304
        change({"op": "cut", "start_ms": 1000, "end_ms": 2000})
        changed = client.get(address, headers={"If-None-Match": first})
        assert (changed.status_code, changed.json["revision"]) == (200, 1)
        assert client.get(address, headers={"If-None-Match": changed.headers["ETag"]}).status_code == 304

    def test_tells_that_a_revision_is_rendered_to_who_has_it_already(
        self, client: FlaskClient, backend: Backend, planned: Job, change: Change
    ):
        change({"op": "cut", "start_ms": 1000, "end_ms": 2000})
        address = f"/task/{planned.id}/plan"
        had = client.get(address)
        client.post(f"/task/{planned.id}/render")
        made_again(backend, planned)
        told = client.get(address, headers={"If-None-Match": had.headers["ETag"]})
        assert (had.json["rendered_revision"], told.json["rendered_revision"], told.headers["ETag"]) == (0, 1, '"1"')
        assert [entry["state"] for entry in told.json["history"]] == ["rendered"]

    def test_of_a_task_of_the_version_before_is_made_of_its_files(
        self, client: FlaskClient, backend: Backend, put: Callable[..., Job]
    ):
        old = put(9, state=State.SUCCESS, output_filename="processed_video.mp4")
        place, document = on_disk(backend, old.id), talk(old.params)
        for folder in (place.output, place.upload):
            folder.mkdir(parents=True)
        place.source.write_bytes(b"film")
        video = Rendition("processed_video.mp4", document.timeline, 640, 360, None, -2.0, EncodeParams())
        made = EditPlan(document.source, (video,), old.params, transcript=document.transcript, clips=CLIPS)
        place.result(old).plan.write_bytes(plan_json(made))
        (place.upload / "clips").write_text('{"short_02": {"title": "Mine"}}')
        told = client.get(f"/task/{old.id}/plan").json
        assert (texts(told)[-1], stretches(told)) == ("Mainz.", [(8_000, 10_000, "pause")])
        assert [clip["title"] for clip in told["clips"]] == ["The press", "Mine"]
        sent = {"edits": [{"op": "clip_reset", "clip": told["clips"][1]["id"]}]}
        assert client.post(f"/task/{old.id}/edits", json=sent).status_code == 202
        assert [clip.title for clip in plan_of(backend, old).clips] == ["The press", "In Mainz"]

    def test_draws_the_waveform_once_there_is_one(self, client: FlaskClient, backend: Backend, planned: Job):
        address = f"/task/{planned.id}/peaks"
        assert (client.get(address).status_code, client.get(address).json["code"]) == (409, "not_done")
        keep_peaks(backend.folders.of(planned.id), Hearing(levels_db=(0, -120, -20, -20)))
        answer = client.get(address)
        assert answer.json == {"samples_per_second": 50.0, "peaks": [255, 26]}
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


class TestTurning:
    def test_takes_edits_back_and_makes_them_again(self, client: FlaskClient, change: Change, plan: Plan, planned: Job):
        undo, redo = f"/task/{planned.id}/undo", f"/task/{planned.id}/redo"
        for address, code in ((undo, "nothing_to_undo"), (redo, "nothing_to_redo")):
            answer = client.post(address)
            assert (answer.status_code, answer.json["code"]) == (409, code)
        change({"op": "cut", "start_ms": 1000, "end_ms": 2000})
        change({"op": "cut", "start_ms": 3000, "end_ms": 4000})
        later = {"render": False}
        assert client.post(undo, json=later).json["kept_ms"] == 7_000
        assert client.post(undo, json=later).json["kept_ms"] == 8_000
        assert (plan()["can_undo"], plan()["can_redo"]) == (False, True)
        assert client.post(undo, json=later).json["code"] == "nothing_to_undo"
        assert client.post(redo, json=later | {"revision": 4}).json["kept_ms"] == 7_000
        assert (plan()["revision"], plan()["can_undo"], plan()["can_redo"]) == (5, True, True)
        change({"op": "clip_drop", "clip": "1000-5000"})
        assert client.post(redo).json["code"] == "nothing_to_redo"
        assert [entry["kind"] for entry in plan()["history"]] == ["edit", "edit", "undo", "undo", "redo", "edit"]

    def test_has_the_result_made_again_where_nothing_else_is_said(
        self, client: FlaskClient, change: Change, planned: Job, queue: ListQueue
    ):
        change({"op": "cut", "start_ms": 1000, "end_ms": 2000})
        answer = client.post(f"/task/{planned.id}/undo", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["Location"], queue.messages) == (303, f"/task/{planned.id}", [planned.id])

    def test_other_options_are_taken_back_too(self, client: FlaskClient, change: Change, backend: Backend, planned: Job):
        change({"op": "options", "crf": 30, "language": "German"})
        assert backend.store.get(planned.id).params.speech.language == "de"
        client.post(f"/task/{planned.id}/undo", json={"render": False})
        assert backend.store.get(planned.id).params == planned.params


class TestRendering:
    def test_makes_what_was_kept_without(
        self, client: FlaskClient, change: Change, backend: Backend, planned: Job, queue: ListQueue
    ):
        address = f"/task/{planned.id}/render"
        answer = client.post(address)
        assert (answer.status_code, answer.json["code"], queue.messages) == (409, "done", [])
        change({"op": "cut", "start_ms": 1000, "end_ms": 2000})
        answer = client.post(address)
        assert (answer.status_code, answer.json["state"], queue.messages) == (202, "PENDING", [planned.id])
        assert made_again(backend, planned).rendered_revision == 1
        assert client.post(address).json["code"] == "done"

    def test_is_what_a_review_ends_with(self, client: FlaskClient, backend: Backend, planned: Job, queue: ListQueue):
        review = {"state": State.REVIEW, "output_filename": None, "rendered_revision": None, "result": ""}
        backend.store.change(planned.id, lambda job: replace(job, params=replace(job.params, review=True), **review))
        sent = {"edits": [{"op": "clip_drop", "clip": "1000-5000"}], "render": False}
        assert client.post(f"/task/{planned.id}/edits", json=sent).status_code == 202
        assert (client.get(f"/task/{planned.id}").json["state"], queue.messages) == ("REVIEW", [])
        assert client.post(f"/task/{planned.id}/render").json["state"] == "PENDING"
        assert [clip.id for clip in plan_of(backend, planned).clips] == ["5000-9000"]


class TestWhoMay:
    @pytest.fixture
    def access(self) -> Access:
        return keyed_access()

    @pytest.fixture
    def everything(self, app: Flask, planned: Job) -> Callable[..., list[TestResponse]]:
        """Sends every request about a plan."""

        def everything(query: str = "", **how: object) -> list[TestResponse]:
            client, address = app.test_client(), f"/task/{planned.id}"
            sent = {"edits": [{"op": "clip_drop", "clip": "1000-5000"}], "render": False}
            return [
                client.get(f"{address}/plan{query}", **how),
                client.get(f"{address}/peaks{query}", **how),
                client.get(f"{address}/proxy{query}", **how),
                client.post(f"{address}/edits{query}", json=sent, **how),
                client.post(f"{address}/undo{query}", json={"render": False}, **how),
                client.post(f"{address}/redo{query}", json={"render": False}, **how),
                client.post(f"{address}/render{query}", **how),
            ]

        return everything

    @pytest.fixture
    def anns(self, backend: Backend, planned: Job) -> Job:
        share = Share("now", time.time() + 3600)
        return backend.store.change(planned.id, lambda job: replace(job, owner="ann", share=share))

    def test_its_owner(self, backend: Backend, anns: Job, everything: Callable[..., list[TestResponse]]):
        keep_peaks(backend.folders.of(anns.id), Hearing(levels_db=(-20, -20)))
        answers = everything(headers=bearer(ANN))
        assert [answer.status_code for answer in answers] == [200, 200, 202, 202, 202, 202, 202]

    def test_its_history_says_by_which_key(self, client: FlaskClient, backend: Backend, anns: Job):
        address, how = f"/task/{anns.id}", {"headers": bearer(ANN)}
        for change in (
            lambda: client.post(f"{address}/edits", json={"edits": [{"op": "clip_drop", "clip": "1000-5000"}]}, **how),
            lambda: client.put(f"{address}/captions", data=VTT.encode(), **how),
            lambda: client.delete(f"{address}/captions", **how),
            lambda: client.post(f"{address}/clips/short_02", json={"title": "Mine"}, **how),
            lambda: client.delete(f"{address}/clips/short_02", **how),
            lambda: client.post(f"{address}/retry", json={"crf": 30}, **how),
        ):
            assert change().status_code == 202
            made_again(backend, anns)
        assert [entry["by"] for entry in client.get(f"{address}/plan", **how).json["history"]] == ["ann"] * 6

    def test_nobody_with_another_key_and_no_guest(
        self, backend: Backend, access: Access, anns: Job, everything: Callable[..., list[TestResponse]]
    ):
        assert anns.share is not None
        link = f"?share={token(access.secret, anns.id, anns.share.id)}"
        for answers, told in (
            (everything(headers=bearer(BOB)), (404, "unknown_task")),
            (everything(link), (401, "key_needed")),
        ):
            assert [(answer.status_code, answer.json["code"]) for answer in answers] == [told] * 7
        assert backend.store.get(anns.id) == anns

    def test_not_while_it_is_worked_on(
        self, backend: Backend, anns: Job, everything: Callable[..., list[TestResponse]], queue: ListQueue
    ):
        backend.store.change(anns.id, lambda job: replace(job, state=State.PROGRESS, run="some"))
        read, _, *answers = everything(headers=bearer(ANN))
        assert read.status_code == 200
        assert [(answer.status_code, answer.json["code"]) for answer in answers] == [(409, "not_done")] * 5
        assert queue.messages == []

    def test_not_before_anything_is_decided(self, client: FlaskClient, put: Callable[..., Job]):
        job = put(7, state=State.PROGRESS, owner="ann")
        answer = client.get(f"/task/{job.id}/plan", headers=bearer(ANN))
        assert (answer.status_code, answer.json["code"]) == (409, "not_done")

    def test_not_once_its_files_are_gone(
        self, client: FlaskClient, backend: Backend, anns: Job, everything: Callable[..., list[TestResponse]]
    ):
        on_disk(backend, anns.id).source.unlink()
        sent = {"edits": [{"op": "clip_drop", "clip": "1000-5000"}]}
        assert client.post(f"/task/{anns.id}/edits", json=sent, headers=bearer(ANN)).status_code == 410
        assert client.post(f"/task/{anns.id}/cleanup", headers=bearer(ANN)).status_code == 202
        assert [answer.status_code for answer in everything(headers=bearer(ANN))] == [410] * 7
