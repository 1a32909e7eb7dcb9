"""The score of a clip after a person has made or changed it."""

from dataclasses import replace

import pytest
from gardens import LENGTH_MS, WORDS, garden

from video_automation.editing.edits.applying import all_applied
from video_automation.editing.highlights.clip_signals import WEIGHTS
from video_automation.errors import RequestError
from video_automation.plan.clip import Clip
from video_automation.plan.document import Document
from video_automation.plan.edits import edits_from

FIRST = garden().clips[0]


def after(*edits: dict[str, object], document: Document | None = None) -> Document:
    made, _ = all_applied(document or garden(), edits_from(list(edits)))
    return made


def recut(start_ms: int, end_ms: int) -> Clip:
    changed = after({"op": "clip_set", "clip": FIRST.id, "start_ms": start_ms, "end_ms": end_ms}).clip(FIRST.id)
    assert changed
    return changed


def added(start_ms: int, end_ms: int, document: Document | None = None) -> Clip:
    return after({"op": "clip_add", "start_ms": start_ms, "end_ms": end_ms}, document=document).clips[-1]


def reasons(clip: Clip) -> dict[str, str]:
    return {signal.name: signal.reason for signal in clip.signals}


def test_the_same_stretch_has_the_same_signals_but_for_the_loudness_of_the_pace() -> None:
    alone = replace(garden(), clips=(), candidates=(), decided=())
    again = added(FIRST.start_ms, FIRST.end_ms, alone)
    assert [signal.name for signal in again.signals] == list(WEIGHTS)
    assert abs(again.score - FIRST.score) <= 2
    assert [one for one in again.signals if one.name != "pace"] == [one for one in FIRST.signals if one.name != "pace"]


def test_half_a_second_more_is_another_clip_with_signals_of_its_own() -> None:
    sentence = next(word for word in WORDS if word.start_ms > FIRST.start_ms + 5_000 and word.text.endswith("."))
    shorter = recut(FIRST.start_ms, sentence.end_ms + 100)
    assert shorter.score < FIRST.score
    assert "not of the best length" in reasons(shorter)["completeness"]
    assert reasons(shorter)["hook"] == reasons(FIRST)["hook"]


def test_a_clip_of_a_moment_has_a_poor_score() -> None:
    middle = next(word for word in WORDS if word.start_ms > FIRST.start_ms + 3_000 and word.text.islower())
    assert recut(middle.start_ms, middle.start_ms + 1_000).score < 10
    with pytest.raises(RequestError, match="at least one second"):
        recut(59_000, 59_500)


def test_a_clip_that_begins_within_a_sentence_is_told_so() -> None:
    second = next(i for i, word in enumerate(WORDS) if word.start_ms > FIRST.start_ms) + 1
    late = recut(WORDS[second].start_ms, FIRST.end_ms)
    assert "begins within a sentence" in reasons(late)["completeness"]


def test_what_a_better_clip_says_counts_for_little() -> None:
    twice = added(FIRST.start_ms, FIRST.end_ms - 1_000)
    assert reasons(twice)["variety"] == "0 % of its content words are in no better clip."
    assert twice.score < FIRST.score


def test_a_clip_put_back_by_hand_has_its_first_score_again() -> None:
    moved = after({"op": "clip_set", "clip": FIRST.id, "end_ms": FIRST.end_ms + 4_000})
    back = after({"op": "clip_set", "clip": FIRST.id, "end_ms": FIRST.end_ms}, document=moved)
    assert back == garden()


def test_another_title_or_style_changes_no_score() -> None:
    changed = after({"op": "clip_set", "clip": FIRST.id, "title": "Mine", "style": "box"}).clips[0]
    assert (changed.score, changed.signals) == (FIRST.score, FIRST.signals)


def test_a_stretch_without_words_has_no_signals() -> None:
    assert (added(LENGTH_MS - 2_500, LENGTH_MS - 500).signals, added(LENGTH_MS - 2_500, LENGTH_MS - 500).score) == ((), 100)


def test_the_stored_edit_has_the_title_so_that_it_is_made_once() -> None:
    _, kept = all_applied(garden(), edits_from([{"op": "clip_add", "start_ms": 5_000, "end_ms": 25_000}]))
    assert kept[0].title == added(5_000, 25_000).title  # type: ignore[union-attr]
