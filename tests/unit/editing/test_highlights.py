"""Which passages of a talk become clips."""

import sys
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import picture
from talks import GARDEN, spoken, text
from thorough import few

from video_automation.editing.highlights.choice import choice, no_clips_because
from video_automation.editing.highlights.clip_signals import WEIGHTS
from video_automation.editing.highlights.discourse import Talk, talk
from video_automation.editing.highlights.passages import ends_thought, heard_at, leans
from video_automation.editing.speech.silence_removal import kept_spans
from video_automation.editing.time_range import TimeRange
from video_automation.plan.clip import Clip
from video_automation.plan.params import ClipParams, TrimParams
from video_automation.plan.source.heard import Hearing
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline


def length_ms(said: Talk) -> int:
    return (said.sentences[-1].end_ms if said.sentences else 0) + 1000


def trimmed(said: Talk) -> Timeline:
    """The video of a talk without its long pauses."""
    shown = picture(Fraction(length_ms(said), 1000), 30)
    heard = [TimeRange(word.start_ms, word.end_ms) for sentence in said.sentences for word in sentence.words]
    return Timeline("video", shown.rate, kept_spans(heard, shown, TrimParams()) or (FrameSpan(0, shown.frames),))


def chosen(said: Talk, params: ClipParams | None = None, hearing: Hearing | None = None) -> tuple[Clip, ...]:
    return choice(said, hearing or Hearing(), trimmed(said), params or ClipParams(), source_ms=length_ms(said)).clips


def said_in(said: Talk, clip: Clip) -> str:
    return text([part for part in said.sentences if clip.start_ms <= part.start_ms and part.end_ms <= clip.end_ms])


GARDEN_TALK = spoken(GARDEN)


@cache
def garden_clips() -> tuple[Clip, ...]:
    return chosen(GARDEN_TALK)


def test_clips_begin_and_end_with_sentences_and_reach_into_no_other_word() -> None:
    words = [word for sentence in GARDEN_TALK.sentences for word in sentence.words]
    for clip in garden_clips():
        inside = [part for part in GARDEN_TALK.sentences if part.start_ms < clip.end_ms and clip.start_ms < part.end_ms]
        assert 0 <= inside[0].start_ms - clip.start_ms <= 350
        assert 0 <= clip.end_ms - inside[-1].end_ms <= 450
        assert all(
            clip.start_ms <= word.start_ms and word.end_ms <= clip.end_ms
            for word in words
            if word.start_ms < clip.end_ms and clip.start_ms < word.end_ms
        )


def test_no_clip_goes_on_after_the_source_has_ended() -> None:
    best = garden_clips()[0]
    ended = tuple(sentence for sentence in GARDEN_TALK.sentences if sentence.start_ms < best.end_ms)
    said, end_ms = replace(GARDEN_TALK, sentences=ended), ended[-1].end_ms
    found = choice(said, Hearing(), trimmed(said), ClipParams(max_clips=12), source_ms=end_ms).clips
    assert max(clip.end_ms for clip in found) == end_ms


def test_a_clip_is_as_long_as_asked_for_when_heard_without_its_pauses() -> None:
    at = heard_at(trimmed(GARDEN_TALK))
    lengths = [at(clip.end_ms) - at(clip.start_ms) for clip in garden_clips()]
    assert len(lengths) == 5
    assert all(15_000 <= length <= 60_000 for length in lengths)
    short = ClipParams(shortest_s=8, target_from_s=9, target_to_s=11, longest_s=12)
    assert all(8_000 <= at(clip.end_ms) - at(clip.start_ms) <= 12_000 for clip in chosen(GARDEN_TALK, short))


def test_no_clip_leans_on_what_was_said_before_it_or_breaks_off() -> None:
    for clip in garden_clips():
        passage = said_in(GARDEN_TALK, clip)
        assert passage.split()[0] not in {"And", "But", "So", "It", "That", "Then", "Instead"}
        assert passage[-1] in ".?!"
        assert "thank you" not in passage.lower()


@pytest.mark.parametrize(
    "first", ["And so we left.", "It works.", "This is why.", "He knew.", "Because we could.", "“That’s it.”"]
)
def test_a_dangling_beginning_is_known(first: str) -> None:
    assert leans(spoken(first).sentences[0])


@pytest.mark.parametrize("first", ["Have you ever asked why?", "In my first year I failed.", "Most people wait."])
def test_a_sentence_of_its_own_is_known(first: str) -> None:
    assert not leans(spoken(first).sentences[0])


def test_a_thought_goes_on_where_the_next_sentence_only_ends_it() -> None:
    said = spoken("We plant in rows.\nwhich saves water.\nWe water deep.\nNo full stop\nHere.", between_lines_ms=200)
    assert [ends_thought(said, i) for i in range(5)] == [False, True, True, False, True]


def test_clips_do_not_overlap_and_the_best_comes_first() -> None:
    found = chosen(GARDEN_TALK, ClipParams(max_clips=50))
    assert all(a.end_ms <= b.start_ms or b.end_ms <= a.start_ms for a, b in combinations(found, 2))
    assert [clip.score for clip in found] == sorted((clip.score for clip in found), reverse=True)
    assert [clip.name for clip in found][:2] == ["short_01", "short_02"]
    assert len({clip.title for clip in found}) == len(found)


def test_every_signal_gives_its_reason_in_one_line_and_the_score_is_their_sum() -> None:
    for clip in garden_clips():
        assert [signal.name for signal in clip.signals] == list(WEIGHTS)
        assert clip.score == sum(WEIGHTS[signal.name] * signal.score for signal in clip.signals) // 100
        for signal in clip.signals:
            assert 0 <= signal.score <= 100
            assert signal.reason.endswith(".")
            assert "\n" not in signal.reason


def test_a_question_is_a_better_opening_than_a_plain_sentence() -> None:
    hooks = {said_in(GARDEN_TALK, clip).split(".")[0]: clip.signals[0] for clip in garden_clips()}
    (question,) = [signal for first, signal in hooks.items() if first.startswith("Have you ever")]
    assert question.reason == "Opens with a question, a direct address and a superlative."
    assert question.score == max(signal.score for signal in hooks.values())


def test_a_louder_passage_has_more_energy() -> None:
    quiet = [-30] * (length_ms(GARDEN_TALK) // 10)
    before = {clip.start_ms: clip for clip in chosen(GARDEN_TALK, hearing=Hearing(tuple(quiet)))}
    first = next(iter(before.values()))
    loud = list(quiet)
    loud[first.start_ms // 10 : first.end_ms // 10] = [-24] * (first.end_ms // 10 - first.start_ms // 10)
    after = {clip.start_ms: clip for clip in chosen(GARDEN_TALK, hearing=Hearing(tuple(loud)))}
    assert after[first.start_ms].signals[3].score > first.signals[3].score


def test_what_is_said_twice_becomes_a_clip_once_while_there_is_something_else() -> None:
    topics = GARDEN.strip().split("\n\n")
    said = spoken("\n\n".join((topics[1], topics[2], topics[1])))
    first, second = (said_in(said, clip) for clip in chosen(said, ClipParams(max_clips=2)))
    assert ("soil" in first) != ("soil" in second)


@pytest.mark.parametrize(
    ("talks", "expected"), few([(1, 5), (2, 5), (4, 6), (10, 11), (12, 12)], (1, 5), (2, 5), (4, 6), (12, 12))
)
def test_the_number_of_clips_goes_by_the_length(talks: int, expected: int) -> None:
    assert len(chosen(spoken("\n\n".join([GARDEN] * talks)))) == expected


def test_max_clips_is_obeyed() -> None:
    assert chosen(GARDEN_TALK, ClipParams(max_clips=2)) == garden_clips()[:2]


def test_a_short_or_thin_talk_gives_few_clips_or_none() -> None:
    assert chosen(spoken("")) == ()
    assert chosen(spoken("A garden on a roof needs light soil.\nWater it deep, twice a week.")) == ()
    thin = "\n".join(["Yes.", "Um, okay.", "And that.", "So."] * 30)
    assert chosen(spoken(thin)) == ()
    minute = spoken("\n\n".join(GARDEN.strip().split("\n\n")[1:2]))
    assert len(chosen(minute)) == 1


def test_own_ranges_are_taken_as_they_are_as_far_as_the_video_goes() -> None:
    end = length_ms(GARDEN_TALK)
    asked = ClipParams(clips=((100.25, 107.0), (20.0, 33.3), (270.0, 9999.0), (8000.0, 9000.0)))
    found = chosen(GARDEN_TALK, asked)
    assert [(clip.start_ms, clip.end_ms) for clip in found] == [(100_250, 107_000), (20_000, 33_300), (270_000, end)]
    assert [clip.name for clip in found] == ["short_01", "short_02", "short_03"]
    assert all(clip.score == 100 for clip in found)
    assert found[1].title


def test_own_ranges_hold_where_nothing_is_said() -> None:
    (clip,) = choice(spoken(""), Hearing(), trimmed(spoken("")), ClipParams(clips=((0, 0.5),)), source_ms=1000).clips
    assert (clip.start_ms, clip.end_ms, clip.title) == (0, 500, "")


def test_equal_talks_give_equal_clips() -> None:
    assert chosen(spoken(GARDEN)) == chosen(spoken(GARDEN))


def lines_run(talks: int) -> int:
    """How many lines of Python run to choose the clips of so many talks in a row: a cost that is equal on any machine."""
    run, before = 0, sys.gettrace()

    def count(*_: object) -> object:
        nonlocal run
        run += 1
        return count

    sys.settrace(count)
    try:
        chosen(spoken("\n\n".join([GARDEN] * talks)))
    finally:
        sys.settrace(before)
    return run


def test_half_an_hour_takes_little_longer_for_each_minute_than_ten() -> None:
    assert lines_run(6) < 1.2 * 3 * lines_run(2)


lines = st.lists(
    st.lists(
        st.sampled_from(
            ["And", "the", "garden,", "grows", "soil?", "40", "you", "water.", "never", "—", "Ruth", "«tief»", "水。", "so"]
        ),
        min_size=1,
        max_size=12,
    ),
    max_size=40,
)


@given(lines, st.sampled_from(["en", "de", "ja"]), st.integers(100, 600), st.integers(0, 3000))
def test_whatever_is_said_clips_lie_within_the_video_and_apart(
    said: list[list[str]], language: str, ms_per_word: int, pause_ms: int
) -> None:
    whole = spoken("\n".join(map(" ".join, said)), language, ms_per_word=ms_per_word, between_lines_ms=pause_ms)
    found = chosen(talk(whole.sentences, language))
    assert all(0 <= clip.start_ms < clip.end_ms <= length_ms(whole) for clip in found)
    assert all(a.end_ms <= b.start_ms or b.end_ms <= a.start_ms for a, b in combinations(found, 2))


def test_a_talk_that_breaks_off_does_not_end_a_thought_unless_it_has_no_marks_at_all() -> None:
    said = spoken("It is late.\nThe forms of letters should help.")
    *before, last = said.sentences
    broken = replace(last, words=last.words[:-1])
    assert ends_thought(said, 1)
    assert not ends_thought(talk((*before, broken), "en"), 1)
    assert ends_thought(talk((broken,), "en"), 0)


def test_a_video_without_clips_says_why() -> None:
    params = ClipParams()
    assert no_clips_because(None, params).endswith("made of what is said, and nothing is.")
    assert no_clips_because(spoken("Hello there."), params).endswith("has less than 20 seconds of speech.")
    assert no_clips_because(GARDEN_TALK, params).endswith("no passage of 15 to 60 seconds is good on its own.")
    assert "after the end" in no_clips_because(GARDEN_TALK, ClipParams(clips=((3000.0, 3001.0),)))


def test_clips_asked_for_are_made_where_nobody_speaks() -> None:
    params = ClipParams(clips=((1.0, 5.5), (8.0, 30.0)))
    video = Timeline("video", Fraction(30), (FrameSpan(0, 300),))
    made = choice(None, Hearing(), video, params, source_ms=10_000).clips
    assert [(clip.start_ms, clip.end_ms, clip.title) for clip in made] == [(1000, 5500, ""), (8000, 10_000, "")]
