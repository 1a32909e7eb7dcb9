"""Thumbnails as a person wants them: any frame, with a headline."""

from dataclasses import replace

import pytest
from gardens import LENGTH_MS, after, garden, made_of, refused

from video_automation.editing.edits.applying import all_applied
from video_automation.plan.edit import EditPlan
from video_automation.plan.edits import edit_values, edits_from
from video_automation.plan.still import Still

RATE = 100


def cover(plan: EditPlan, name: str) -> Still:
    return next(still for still in plan.stills if still.name == f"Garden_{name}.jpg")


def test_any_frame_is_the_first_thumbnail_with_a_headline_and_the_others_stay() -> None:
    before, after_it = made_of(garden()), made_of(after({"op": "thumbnail_set", "at_ms": 10_005, "headline": " Water  less "}))
    first = cover(after_it, "thumbnail_1")
    assert (first.frame, first.headline, first.language) == (1000, "Water less", "en")
    assert replace(first, headline="", language="und", frame=0) == replace(cover(before, "thumbnail_1"), frame=0)
    assert [one for one in after_it.stills if one != first] == [one for one in before.stills if one.name != first.name]
    assert after_it.renditions == before.renditions, "no video is encoded for it"


def test_a_headline_goes_over_the_best_frame_too_and_nothing_wanted_is_the_thumbnail_as_it_was() -> None:
    best = cover(made_of(garden()), "thumbnail_1")
    over = after({"op": "thumbnail_set", "headline": "Water less"})
    assert cover(made_of(over), "thumbnail_1") == replace(best, headline="Water less", language="en")
    assert after({"op": "thumbnail_set"}, document=over) == garden()


def test_the_cover_of_a_clip_is_a_frame_of_the_clip_framed_as_the_clip_is_there() -> None:
    clip = garden().clips[0]
    made = made_of(after({"op": "thumbnail_set", "clip": clip.id, "at_ms": clip.start_ms + 2_000, "headline": "Roots"}))
    still, framing = cover(made, clip.name), made.short(clip).framing
    assert (still.frame, still.headline) == ((clip.start_ms + 2_000) // 10, "Roots")
    assert framing
    at = made.short(clip).timeline.kept_before(still.frame)
    assert [(box.x, box.y) for box in still.boxes] == [crop.at(at) for crop in framing.at(at).crops]
    assert made.main == made_of(garden()).main


def test_a_cover_whose_frame_is_no_longer_in_the_clip_gives_way_to_the_best_one() -> None:
    clip = garden().clips[0]
    wish = {"op": "thumbnail_set", "clip": clip.id, "at_ms": clip.start_ms, "headline": "Roots"}
    later = {"op": "clip_set", "clip": clip.id, "start_ms": clip.start_ms + 4_000}
    still = cover(made_of(after(wish, later)), clip.name)
    assert still.frame >= (clip.start_ms + 4_000) // 10
    assert still.headline == "Roots"


def test_without_titles_there_is_the_thumbnail_that_was_wanted_and_no_other() -> None:
    plain = replace(garden(), params=replace(garden().params, generate_titles=False), clips=(), decided=())
    assert made_of(plain).stills == ()
    wanted = after({"op": "thumbnail_set", "at_ms": 500}, document=plain)
    assert [(still.name, still.frame) for still in made_of(wanted).stills] == [("Garden_thumbnail_1.jpg", 50)]


def test_a_word_that_is_replaced_everywhere_is_replaced_in_headlines() -> None:
    clip = garden().clips[0].id
    wishes = [{"op": "thumbnail_set", "headline": "Grow kale"}, {"op": "thumbnail_set", "clip": clip, "headline": "Kale, kale"}]
    document = after(*wishes, {"op": "replace", "find": "kale", "with": "chard"})
    assert document.thumbnail
    assert document.thumbnail.headline == "Grow chard"
    assert document.clips[0].thumbnail
    assert document.clips[0].thumbnail.headline == "Kale, chard"


def test_a_cover_that_was_reset_with_its_clip_is_as_it_was() -> None:
    clip = garden().clips[0].id
    assert after({"op": "thumbnail_set", "clip": clip, "headline": "Roots"}, {"op": "clip_reset", "clip": clip}) == garden()


def test_it_is_stored_and_told_as_it_is_sent() -> None:
    sent = [{"op": "thumbnail_set", "clip": garden().clips[0].id, "headline": "Roots"}]
    _, kept = all_applied(garden(), edits_from(sent))
    assert edit_values(kept) == sent


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"at_ms": LENGTH_MS + 1}, "Edit 1: the recording has no frame there"),
        ({"clip": "x"}, "Edit 1: there is no clip 'x'"),
        ({"clip": 0, "at_ms": 0}, "Edit 1: the clip has no frame there"),
        ({"headline": "x" * 61}, "Edit 1, headline: "),
        ({"at_ms": -1}, "Edit 1, at_ms: "),
    ],
)
def test_a_frame_that_is_not_there_and_a_long_headline_are_refused(wish: dict[str, object], told: str) -> None:
    clip = max(garden().clips, key=lambda one: one.start_ms).id
    named = wish | ({"clip": clip} if wish.get("clip") == 0 else {})
    assert refused({"op": "thumbnail_set", **named}).startswith(told)
