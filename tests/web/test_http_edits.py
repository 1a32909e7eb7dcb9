"""Edits of a plan over the API: of every kind, as a dry run, refused, for an old revision."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from media.brands import card, logo
from places import on_disk
from planned import VTT, stretches, texts
from queues import ListQueue
from surroundings import plan_of
from werkzeug.test import TestResponse

from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend

Plan = Callable[[], dict[str, Any]]
Change = Callable[..., TestResponse]


class TestEditing:
    def test_cuts_by_times_and_by_words_and_takes_back_in(self, change: Change, plan: Plan):
        told = change({"op": "cut", "start_ms": 1000, "end_ms": 2000}).json
        assert (told["revision"], told["kept_ms"], told["removed_ms"]) == (1, 7_000, 3_000)
        change({"op": "cut", "words": [4, 5]})
        assert stretches(plan()) == [(1000, 2000, "asked"), (4000, 5600, "asked"), (8000, 10_000, "pause")]
        assert [word["kept"] for word in plan()["words"]] == [True, False, True, True, False, False, True]
        change({"op": "keep", "words": [1, 1]}, {"op": "keep", "start_ms": 4000, "end_ms": 5600})
        assert all(word["kept"] for word in plan()["words"])

    def test_corrects_words_and_replaces_a_text_wherever_it_is(self, change: Change, plan: Plan):
        change({"op": "correct", "words": [6, 6], "text": "Strasbourg."})
        assert (texts(plan())[6], plan()["words"][6]["heard"]) == ("Strasbourg.", "Mainz.")
        change({"op": "replace", "find": "press", "with": "Press"})
        told = plan()
        assert texts(told)[2] == "Press"
        assert (told["titles"][0]["text"], told["clips"][0]["title"]) == ("The printing Press", "The Press")
        assert told["description"].startswith("About the Press.")

    def test_takes_a_caption_file_and_takes_it_back(self, change: Change, backend: Backend, planned: Job):
        assert change({"op": "captions", "vtt": VTT}).status_code == 202
        assert [cue.text for cue in plan_of(backend, planned).captions or ()] == ["Other words."]
        assert change({"op": "captions", "vtt": None}).status_code == 202
        assert plan_of(backend, planned).captions is None

    def test_adds_changes_drops_and_resets_clips(self, change: Change, plan: Plan):
        def clips() -> list[tuple[str, str, str]]:
            return [(clip["id"], clip["name"], clip["title"]) for clip in plan()["clips"]]

        press, mainz = ("1000-5000", "short_01", "The press"), ("5000-9000", "short_02", "In Mainz")
        added = ("2000-8000", "short_03", "The printing press")
        change({"op": "clip_add", "start_ms": 2000, "end_ms": 8000})
        assert clips() == [press, mainz, added]
        assert plan()["candidates"] == []
        change({"op": "clip_drop", "clip": "1000-5000"})
        wish = {"start_ms": 5500, "title": "Mine", "style": "box", "layout": "fit", "caption_position": "high"}
        change({"op": "clip_set", "clip": "5000-9000", **wish})
        assert clips() == [("5000-9000", "short_02", "Mine"), added]
        told = plan()["clips"][0]
        assert {name: told[name] for name in wish} == wish
        change({"op": "clip_reset", "clip": "5000-9000"}, {"op": "clip_reset", "clip": "1000-5000"})
        assert clips() == [press, mainz, added]

    def test_gives_captions_a_look_in_all_clips_and_in_one(self, change: Change, plan: Plan):
        told = change({"op": "options", "keyword_colour": "#ff8800", "caption_position": 40}).json
        assert told["segments"]["total"] > 0, "nothing is decided anew"
        own = {"op": "clip_set", "clip": "5000-9000", "caption_position": 80, "look": {"font": "Rubik Bold"}}
        change(own)
        options, clips = plan()["options"], plan()["clips"]
        assert (options["look"]["keyword_colour"], options["clips"]["caption_position"]) == ("#FF8800", 40)
        assert [clip["caption_position"] for clip in clips] == [None, 80]
        assert (clips[0]["look"], clips[1]["look"]["font"]) == (None, "Rubik Bold")
        assert plan()["history"][-1]["edits"] == [own]

    def test_sets_thumbnails_and_takes_a_clips_own_choices_back(self, change: Change, plan: Plan):
        clip = {"op": "clip_set", "clip": "5000-9000"}
        change({"op": "thumbnail_set", "at_ms": 1500, "headline": "In Mainz"})
        change({"op": "thumbnail_set", "clip": "5000-9000", "headline": "Why?"}, clip | {"style": "box"})
        assert plan()["thumbnail"] == {"at_ms": 1500, "headline": "In Mainz"}
        assert plan()["clips"][1]["thumbnail"] == {"at_ms": None, "headline": "Why?"}
        assert plan()["clips"][1]["style"] == "box"
        change(clip | {"style": None, "caption_position": None})
        assert plan()["clips"][1]["style"] is None
        assert plan()["history"][-1]["edits"] == [clip | {"style": None, "caption_position": None}]

    def test_tell_speakers_apart_and_name_them(self, change: Change, plan: Plan):
        change({"op": "speaker", "words": [0, 1], "speaker": 2}, {"op": "speaker", "speaker": 2, "name": "Ann"})
        assert [word["speaker"] for word in plan()["words"][:3]] == [2, 2, 1]
        assert plan()["speakers"] == [{"id": 1, "name": "Speaker 1"}, {"id": 2, "name": "Ann"}]

    def test_of_a_thumbnail_encode_nothing(self, change: Change, backend: Backend, planned: Job):
        on_disk(backend, planned.id).work.mkdir(parents=True)
        cover = {"op": "thumbnail_set", "clip": "5000-9000", "at_ms": 6000, "headline": "Why?"}
        assert change({"op": "thumbnail_set", "at_ms": 1500}, cover).json["segments"]["to_encode"] == 0
        assert change({"op": "clip_set", "clip": "5000-9000", "style": "box"}).json["segments"]["to_encode"] == 1

    def test_tells_which_videos_they_touch(self, change: Change, plan: Plan):
        assert plan()["update"] is None
        style = {"op": "clip_set", "clip": "5000-9000", "style": "box"}
        assert change(style).json["touched"] == {"video": False, "clips": ["5000-9000"]}
        assert plan()["update"]["touched"] == {"video": False, "clips": ["5000-9000"]}
        assert change({"op": "text", "description": "Read."}).json["touched"] == {"video": False, "clips": ["5000-9000"]}
        added = {"op": "clip_add", "start_ms": 2000, "end_ms": 4000}
        assert change(added).json["touched"] == {"video": False, "clips": ["5000-9000", "2000-4000"]}
        cut = change({"op": "cut", "start_ms": 3000, "end_ms": 3500}).json["touched"]
        assert (cut["video"], set(cut["clips"])) == (True, {"1000-5000", "5000-9000", "2000-4000"})

    def test_of_the_sound_touch_every_video_and_encode_no_picture(self, change: Change, backend: Backend, planned: Job):
        on_disk(backend, planned.id).work.mkdir(parents=True)
        told = change({"op": "options", "target_lufs": -20}).json
        assert told["touched"] == {"video": True, "clips": ["1000-5000", "5000-9000"]}
        assert told["segments"]["to_encode"] == 0

    def test_touch_the_videos_whose_cards_change_places(
        self, client: FlaskClient, change: Change, backend: Backend, planned: Job
    ):
        def shown(opening: bytes, closing: bytes, **options: str) -> dict[str, Any]:
            for name, picture in (("opening", opening), ("closing", closing)):
                assert client.put(f"/brand/cards/{name}", data=picture).status_code == 200
            told: dict[str, Any] = change({"op": "options", "opening_s": "2", "closing_s": "2", **options}).json["touched"]
            return told

        of_clips = {"opening_in_clips": "yes", "closing_in_clips": "yes"}
        shown(card(), logo(), **of_clips)
        backend.store.change(planned.id, lambda job: replace(job, rendered_revision=job.revision))
        assert shown(card(), logo()) == {"video": False, "clips": []}
        assert shown(logo(), card()) == {"video": False, "clips": ["1000-5000", "5000-9000"]}

    def test_tells_so_while_it_is_rendered_too(self, client: FlaskClient, change: Change, planned: Job, plan: Plan):
        change({"op": "clip_set", "clip": "5000-9000", "style": "box"}, render=True)
        assert client.get(f"/task/{planned.id}").json["state"] == "PENDING"
        assert plan()["update"]["touched"] == {"video": False, "clips": ["5000-9000"]}

    def test_writes_what_the_video_is_published_with(self, change: Change, plan: Plan):
        chapters = [{"start_ms": 0, "title": "A"}, {"start_ms": 3000, "title": "B"}]
        change({"op": "text", "titles": ["Mine", "The printing press"], "description": "Read.", "chapters": chapters})
        told = plan()
        assert [title["text"] for title in told["titles"]] == ["Mine", "The printing press"]
        assert (told["description"], told["chapters"]) == ("Read.", chapters)

    @pytest.mark.parametrize("options", [{"crf": 30}, {"options": {"crf": "30"}}])
    def test_decides_anew_with_other_options_and_keeps_the_edits(self, change: Change, plan: Plan, options: dict[str, object]):
        change({"op": "cut", "start_ms": 1000, "end_ms": 2000})
        change({"op": "options", **options})
        told = plan()
        assert (told["options"]["encode"]["crf"], told["kept_ms"]) == (30, 7_000)

    def test_with_options_that_decide_something_tells_no_numbers_and_shows_the_plan_there_is(self, change: Change, plan: Plan):
        told = change({"op": "options", "remove_fillers": True}).json
        unknown = ("kept_ms", "removed_ms", "segments", "estimate_seconds", "touched")
        assert told == {"revision": 1} | dict.fromkeys(unknown)
        assert (plan()["revision"], plan()["kept_ms"], plan()["update"]) == (1, 8_000, told)

    def test_has_the_result_made_again_unless_that_is_not_wanted(
        self, client: FlaskClient, change: Change, planned: Job, queue: ListQueue, plan: Plan
    ):
        answer = change({"op": "cut", "start_ms": 1000, "end_ms": 2000})
        assert (answer.status_code, answer.headers["Location"]) == (202, f"/task/{planned.id}")
        assert (client.get(f"/task/{planned.id}").json["state"], queue.messages) == ("SUCCESS", [])
        answer = change({"op": "cut", "start_ms": 3000, "end_ms": 4000}, render=True)
        assert (answer.status_code, queue.messages) == (202, [planned.id])
        assert client.get(f"/task/{planned.id}").json["state"] == "PENDING"
        assert client.get(f"/task/{planned.id}/files/processed_video.mp4").status_code == 200
        assert [(entry["kind"], entry["by"], entry["state"]) for entry in plan()["history"]] == [
            ("edit", "you", "rendering"),
            ("edit", "you", "rendering"),
        ]

    def test_of_a_dry_run_keeps_nothing_and_tells_what_it_comes_to(
        self, change: Change, backend: Backend, planned: Job, queue: ListQueue, plan: Plan
    ):
        before, files = plan(), set(on_disk(backend, planned.id).decisions.iterdir())
        answer = change({"op": "cut", "start_ms": 1000, "end_ms": 2000}, query="?dry_run=true", render=True)
        told = answer.json
        assert (answer.status_code, told["revision"], told["kept_ms"], told["removed_ms"]) == (200, 1, 7_000, 3_000)
        assert 0 < told["segments"]["to_encode"] <= told["segments"]["total"]
        assert told["estimate_seconds"] > 0
        assert (plan(), set(on_disk(backend, planned.id).decisions.iterdir())) == (before, files)
        assert (backend.store.get(planned.id), queue.messages) == (planned, [])

    def test_of_a_dry_run_of_options_tells_the_same_as_the_edit(self, change: Change, client: FlaskClient):
        client.put("/brand/cards/opening", data=card(), content_type="image/png")
        wanted = {"op": "options", "opening_in_video": True}
        tried = change(wanted, query="?dry_run=true").json
        assert tried["touched"] == {"video": True, "clips": []}
        assert tried == change(wanted).json

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"op": "cut", "start_ms": 2000, "end_ms": 1000}, "Edit 2: the stretch must end after its start"),
            ({"op": "cut", "start_ms": 0, "end_ms": 10_000}, "Edit 2: nothing would be left"),
            ({"op": "cut", "words": [5, 9]}, "Edit 2: there are no words 5 to 9"),
            ({"op": "cut", "start_ms": "soon"}, "Edit 2, start_ms: "),
            ({"op": "clip_set", "clip": "1000-5000", "look": {"box_colour": "red"}}, "Edit 2, look.box_colour: "),
            ({"op": "clip_set", "clip": "nothing"}, "Edit 2: there is no clip 'nothing'"),
            ({"op": "replace", "find": "Gutenberg", "with": "Fust"}, "Edit 2: “Gutenberg” is nowhere"),
            ({"op": "captions", "vtt": "none"}, "Edit 2: "),
            ({"op": "captions", "vtt": None, "cues": []}, "Edit 2: an edit has no 'cues'"),
            ({"op": "options", "options": [None]}, "Edit 2, options"),
            ({"op": "text", "chapters": [{"start_ms": 9, "title": "B"}, {"start_ms": 1, "title": "A"}]}, "Edit 2: chapters"),
            ({"op": "fly"}, "Edit 2: "),
            ({"start_ms": 0, "end_ms": 1000}, "Edit 2: "),
            (7, "Edit 2: "),
        ],
    )
    def test_names_the_one_of_a_list_that_is_wrong_and_makes_none(
        self, change: Change, plan: Plan, wrong: dict[str, object], told: str
    ):
        before = plan()
        answer = change({"op": "cut", "start_ms": 1000, "end_ms": 2000}, wrong, {"op": "clip_drop", "clip": "1000-5000"})
        assert (answer.status_code, answer.json["code"]) == (400, "wrong_edit")
        assert answer.json["error"].startswith(told)
        assert plan() == before

    @pytest.mark.parametrize(
        ("options", "code"),
        [({"crf": 99}, "wrong_option"), ({"language": "?"}, "unknown_language"), ({"color": "red"}, "unknown_option")],
    )
    def test_refuses_options_as_an_upload_does(
        self, change: Change, backend: Backend, planned: Job, options: dict[str, object], code: str
    ):
        answer = change({"op": "options", **options})
        assert (answer.status_code, answer.json["code"]) == (400, code)
        assert backend.store.get(planned.id) == planned

    @pytest.mark.parametrize(
        "sent",
        [{}, {"edits": {}}, {"edits": [], "revision": "0"}, {"edits": [], "render": "no"}, {"edits": [], "color": 1}, [], 7],
        ids=str,
    )
    def test_takes_nothing_that_is_no_list_of_edits(self, client: FlaskClient, backend: Backend, planned: Job, sent: object):
        answer = client.post(f"/task/{planned.id}/edits", json=sent)
        assert (answer.status_code, answer.json["code"]) == (400, "wrong_edit")
        assert backend.store.get(planned.id) == planned

    @pytest.mark.parametrize("sent", [b"{", b"[" * 100_000, b"\xff", b'{"edits": NaN}'], ids=["half", "deep", "bytes", "nan"])
    def test_takes_nothing_that_is_no_json(self, client: FlaskClient, planned: Job, sent: bytes):
        answer = client.post(f"/task/{planned.id}/edits", data=sent, content_type="application/json")
        assert (answer.status_code, answer.json["code"]) == (400, "wrong_edit")

    def test_takes_four_megabytes_and_no_more(self, client: FlaskClient, planned: Job):
        answer = client.post(f"/task/{planned.id}/edits", data=b" " * 4_000_001, content_type="application/json")
        assert (answer.status_code, answer.json["code"]) == (413, "too_large")

    def test_for_a_revision_that_is_not_the_newest_tells_what_came_since(
        self, change: Change, plan: Plan, client: FlaskClient, planned: Job
    ):
        cut = {"op": "cut", "start_ms": 1000, "end_ms": 2000}
        assert change(cut, revision=0).status_code == 202
        for answer in (
            change({"op": "clip_drop", "clip": "1000-5000"}, revision=0),
            client.post(f"/task/{planned.id}/undo", json={"revision": 0}),
        ):
            assert (answer.status_code, answer.json["code"], answer.json["revision"]) == (409, "stale_revision", 1)
            [since] = answer.json["edits_since"]
            assert (since["revision"], since["kind"], since["edits"][0] | cut) == (1, "edit", since["edits"][0])
        assert plan()["revision"] == 1
        assert change({"op": "clip_drop", "clip": "1000-5000"}, revision=1).status_code == 202
