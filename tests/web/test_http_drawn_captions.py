"""Captions for drawing over the API: scripts for libass, and their fonts."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from doors import ANN, BOB, bearer, keyed_access
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont
from places import on_disk
from planned import CLIPS, NEXT
from surroundings import plan_of
from werkzeug.test import TestResponse

from video_automation.access.repositories import Access
from video_automation.editing.flattening import flatten, looks
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.run.step_cache import kept
from video_automation.plan.clip import Clip
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.seen import Face, Sample, Sight
from video_automation.plan.time import FrameSpan
from video_automation.render.captions.ass_captions import script
from video_automation.render.captions.typefaces import all_typefaces

Change = Callable[..., TestResponse]
FACE = Face(x=280, y=190, width=80, height=120, confidence=90, mouth=10)
"""A face in the middle of the picture, where captions usually are."""


@pytest.fixture
def rendered(backend: Backend, planned: Job) -> Callable[[], dict[str, Rendition]]:
    """The renditions of the newest plan, by the names of their clips; each shows a face."""

    def rendered() -> dict[str, Rendition]:
        document, work = plan_of(backend, planned), on_disk(backend, planned.id).work
        work.mkdir(parents=True, exist_ok=True)
        sights = {}
        for span in looks(document):
            samples = tuple(Sample(frame, (FACE,), 100, 0, (90,) * 12) for frame in range(span.start, span.end, 5))
            sights[span] = kept(work, Sight, (span.start, span.end), lambda s=span, m=samples: Sight(s, (), m))
        plan = flatten(document, Hearing(), sights)
        return {"": plan.main} | {clip.id: plan.short(clip) for clip in document.clips}

    return rendered


def whole(video: Rendition) -> str:
    return script(video, FrameSpan(0, video.timeline.frames))


@pytest.fixture
def drawn(client: FlaskClient, planned: Job) -> Callable[..., str]:
    """Reads the script of a clip, or without one that of the video."""

    def drawn(clip: Clip | None = None, query: str = "") -> str:
        place = f"/clips/{clip.id}" if clip else ""
        answer = client.get(f"/task/{planned.id}{place}/captions.ass{query}")
        assert (answer.status_code, answer.mimetype) == (200, "text/x-ssa"), answer.text
        return answer.text

    return drawn


def test_they_are_those_the_renderer_draws(drawn: Callable[..., str], rendered: Callable[[], dict[str, Rendition]]):
    videos = rendered()
    assert videos[CLIPS[0].id].captions_at == "high", "the face is where captions usually are"
    assert drawn() == whole(videos[""])
    for clip in CLIPS:
        assert drawn(clip) == whole(videos[clip.id])
    assert "PlayResX: 640\nPlayResY: 360\n" in drawn()


def test_they_follow_the_edits_that_are_not_rendered_yet(
    drawn: Callable[..., str], rendered: Callable[[], dict[str, Rendition]], change: Change
):
    rendered()
    before = drawn(CLIPS[0])
    change({"op": "correct", "words": [1, 1], "text": "steam"}, {"op": "cut", "words": [3, 3]})
    assert "steam" in drawn()
    assert "steam" in drawn(CLIPS[0])
    assert drawn(CLIPS[0]) != before
    assert drawn(CLIPS[0]) == whole(rendered()[CLIPS[0].id])


@pytest.mark.parametrize(
    ("query", "choices"),
    [
        ("style=box", {"style": "box"}),
        ("style=plain&caption_position=middle", {"style": "plain", "caption_position": "middle"}),
        ("layout=fit", {"layout": "fit"}),
        ("letter_colour=%23ff8800&words_per_line=2&box=", {"look": {"letter_colour": "#ff8800", "words_per_line": 2}}),
        ("start_ms=2000&end_ms=4000&title=Other", {"start_ms": 2000, "end_ms": 4000, "title": "Other"}),
    ],
)
def test_of_a_clip_they_may_be_tried_otherwise(
    drawn: Callable[..., str],
    rendered: Callable[[], dict[str, Rendition]],
    change: Change,
    query: str,
    choices: dict[str, object],
):
    rendered()
    tried, before = drawn(CLIPS[0], f"?{query}"), drawn(CLIPS[0])
    change({"op": "clip_set", "clip": CLIPS[0].id, **choices})
    assert tried == drawn(CLIPS[0]) == whole(rendered()[CLIPS[0].id])
    assert tried != before


def test_a_candidate_has_some_too(drawn: Callable[..., str]):
    assert "Dialogue:" in drawn(NEXT)


def test_of_a_passage_that_was_looked_at_in_part_they_avoid_the_face_that_was_seen(
    drawn: Callable[..., str], rendered: Callable[[], dict[str, Rendition]]
):
    rendered()
    low, seen = ("?caption_position=low", "?start_ms=1200&end_ms=4800")
    assert drawn(CLIPS[0], seen) != drawn(CLIPS[0], f"{low}&{seen[1:]}")
    assert drawn(CLIPS[0], seen) == drawn(CLIPS[0], f"?caption_position=high&{seen[1:]}")


def test_without_captions_they_still_tell_the_size_of_the_picture(drawn: Callable[..., str], change: Change):
    change({"op": "cut", "words": [0, 5]})
    change({"op": "correct", "words": [6, 6], "text": ""})
    assert "PlayResX: 640" in drawn()
    assert "Dialogue:" not in drawn()


def test_they_are_sent_once_while_they_stay_the_same(client: FlaskClient, planned: Job, change: Change):
    place = f"/task/{planned.id}/captions.ass"
    mark = client.get(place).headers["ETag"]
    assert client.get(place, headers={"If-None-Match": mark}).status_code == 304
    change({"op": "correct", "words": [1, 1], "text": "steam"})
    assert client.get(place, headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("style=sparkling", "style: "),
        ("caption_position=left", "caption_position: "),
        ("start_ms=soon", "start_ms: "),
        ("start_ms=9000&end_ms=1000", ""),
    ],
)
def test_what_no_clip_can_be_is_refused(client: FlaskClient, planned: Job, query: str, said: str):
    answer = client.get(f"/task/{planned.id}/clips/{CLIPS[0].id}/captions.ass?{query}")
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_edit")
    assert said in answer.json["detail"]


def test_of_a_clip_that_is_not_there_there_are_none(client: FlaskClient, planned: Job):
    answer = client.get(f"/task/{planned.id}/clips/1-2/captions.ass")
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_clip")


class TestFonts:
    @pytest.mark.parametrize("face", [face for face in all_typefaces() if face.name.startswith(("Roboto", "Noto Sans Thai"))])
    def test_a_font_is_served_by_the_name_scripts_call_it(self, client: FlaskClient, face):
        answer = client.get(f"/fonts/{face.name}")
        assert (answer.status_code, answer.mimetype) == (200, "font/ttf")
        assert "max-age=2592000" in answer.headers["Cache-Control"]
        with TTFont(BytesIO(answer.data)) as font:
            assert face.name in {font["name"].getDebugName(kind) for kind in (1, 4)}
        again = client.get(f"/fonts/{face.name}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304

    def test_one_for_chinese_japanese_and_korean_is_a_collection(self, client: FlaskClient):
        answer = client.head("/fonts/Noto Sans CJK JP", headers={"Accept-Encoding": "br"})
        assert (answer.mimetype, answer.headers.get("Content-Encoding")) == ("font/collection", None)

    @pytest.mark.parametrize("name", ["Arial", "Roboto-Black.ttf", "..%2f..%2fetc%2fpasswd", "%00"])
    def test_no_other_file_is(self, client: FlaskClient, name: str):
        answer = client.get(f"/fonts/{name}")
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


class TestRights:
    @pytest.fixture
    def access(self) -> Access:
        return keyed_access()

    @pytest.mark.parametrize("place", ["captions.ass", f"clips/{CLIPS[0].id}/captions.ass"])
    def test_they_are_their_owners(self, client: FlaskClient, backend: Backend, planned: Job, place: str):
        backend.store.change(planned.id, lambda job: replace(job, owner="ann"))
        statuses = [
            client.get(f"/task/{planned.id}/{place}", headers=who).status_code for who in ({}, bearer(BOB), bearer(ANN))
        ]
        assert statuses == [401, 404, 200]


def test_a_headline_is_drawn_in_the_shape_of_the_video_or_of_clips(client: FlaskClient, planned: Job):
    wide = client.get(f"/task/{planned.id}/headline.ass?headline=Water less")
    assert (wide.status_code, wide.mimetype) == (200, "text/x-ssa")
    assert "PlayResX: 640\nPlayResY: 360\n" in wide.text
    assert "Water less" in wide.text
    tall = client.get(f"/task/{planned.id}/headline.ass?headline=Water less&clip={CLIPS[0].id}")
    assert "PlayResX: 1080\nPlayResY: 1920\n" in tall.text
    assert "Dialogue" not in client.get(f"/task/{planned.id}/headline.ass").text


@pytest.mark.parametrize(
    ("query", "status", "code"), [("headline=" + 61 * "x", 400, "wrong_edit"), ("clip=x", 404, "unknown_clip")]
)
def test_a_headline_that_cannot_be_is_refused(client: FlaskClient, planned: Job, query: str, status: int, code: str):
    answer = client.get(f"/task/{planned.id}/headline.ass?{query}")
    assert (answer.status_code, answer.json["code"]) == (status, code)
