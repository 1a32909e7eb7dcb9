"""Which frames are kept, in the scenes of `scenes.py`. A frame lasts 10 ms here, so frames are hundredths of a second."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes import FADING, MUSIC, NOISE, QUIET, SILENCE, SPEECH, SPEECH_IN_NOISE, Heard, heard, picture

from video_automation.editing.speech.silence_removal import kept_spans
from video_automation.editing.speech.utterances import utterances
from video_automation.editing.time_range import TimeRange, merged_ranges
from video_automation.plan.params import TrimParams
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.transcript import Word

TIGHT = TrimParams(lead_ms=0, tail_ms=0)


def kept(*sounds: Heard, params: TrimParams = TIGHT, rate: int = 100) -> list[tuple[int, int]]:
    """The start and end of each kept span of a video, in frames."""
    length = Fraction(sum(sound.ms for sound in sounds), 1000)
    return [(span.start, span.end) for span in kept_spans(utterances(heard(*sounds)), picture(length, rate), params)]


def test_a_long_pause_is_cut_down_to_its_two_margins() -> None:
    params = TrimParams(lead_ms=140, tail_ms=120)
    assert kept(SPEECH(2080), QUIET(1920), SPEECH(2000), params=params) == [(0, 208 + 12), (400 - 14, 600)]


def test_a_short_pause_stays() -> None:
    assert kept(SPEECH(2080), QUIET(500), SPEECH(2000)) == [(0, 458)]


def test_a_video_is_cut_down_at_its_beginning_and_its_end_too() -> None:
    params = TrimParams(lead_ms=140, tail_ms=120)
    assert kept(QUIET(3200), SPEECH(2080), QUIET(2000), params=params) == [(320 - 14, 528 + 12)]


def test_short_quiet_at_the_beginning_and_the_end_stays() -> None:
    assert kept(QUIET(480), SPEECH(2080), QUIET(400)) == [(0, 296)]


def test_quiet_endings_and_beginnings_of_words_stay() -> None:
    assert kept(SPEECH(2080), FADING(200), QUIET(2000), FADING(300), SPEECH(2000)) == [(0, 228), (428, 658)]


def test_the_closure_before_the_last_consonant_of_a_word_does_not_end_it() -> None:
    assert kept(SPEECH(2080), QUIET(100), FADING(50), QUIET(1770), SPEECH(2000)) == [(0, 223), (400, 600)]


def test_an_ending_is_not_followed_forever() -> None:
    (first, _) = kept(SPEECH(2080), FADING(1920), QUIET(2000), SPEECH(2000))
    assert first == (0, 208 + 25)


def test_where_the_network_hears_speech_too_long_the_level_tells_its_end() -> None:
    lingering = Heard(60, (-65,), speech=90)
    assert kept(SPEECH(2080), lingering, QUIET(1860), SPEECH(2000)) == [(0, 208), (400, 600)]


def test_words_are_found_in_a_noisy_video() -> None:
    assert kept(NOISE(3200), SPEECH_IN_NOISE(2080), NOISE(2000)) == [(320, 528)]


def test_a_fan_that_starts_in_the_middle_is_background_from_its_start() -> None:
    before = (SPEECH(2080), QUIET(1920)) * 5
    after = (NOISE(1920), SPEECH_IN_NOISE(2080)) * 5
    assert [end - start for start, end in kept(*before, *after)] == [208] * 10


def test_digital_silence_does_not_make_hiss_a_sound() -> None:
    hiss = Heard(1920, (-80,), speech=1)
    assert kept(SILENCE(3200), SPEECH(2080), hiss, SPEECH(2000)) == [(320, 528), (720, 920)]


def test_music_between_sentences_stays() -> None:
    assert kept(SPEECH(2080), QUIET(1920), MUSIC(3000), QUIET(1000), SPEECH(2000)) == [(0, 208), (400, 700), (800, 1000)]


@pytest.mark.parametrize("length", [50, 300])
def test_a_click_or_a_cough_does_not_stay(length: int) -> None:
    cough = Heard(length, (-15, -20), speech=8)
    assert kept(SPEECH(2080), QUIET(1920), cough, QUIET(1000), SPEECH(1000))[0] == (0, 208)
    assert len(kept(SPEECH(2080), QUIET(1920), cough, QUIET(1000), SPEECH(1000))) == 2


def test_a_spoken_sound_shorter_than_the_shortest_clip_does_not_stay() -> None:
    sounds = (SPEECH(2080), QUIET(1920), SPEECH(160), QUIET(1920), SPEECH(1000))
    assert len(kept(*sounds)) == 3
    assert len(kept(*sounds, params=TrimParams(lead_ms=0, tail_ms=0, shortest_clip_ms=200))) == 2


def test_a_cut_shorter_than_the_shortest_cut_is_not_made() -> None:
    sounds = (SPEECH(2080), QUIET(640), SPEECH(2000))
    assert len(kept(*sounds, params=TrimParams(lead_ms=300, tail_ms=240, shortest_cut_ms=100))) == 2
    assert len(kept(*sounds, params=TrimParams(lead_ms=300, tail_ms=250, shortest_cut_ms=100))) == 1


def test_nothing_is_kept_by_itself_where_nobody_speaks() -> None:
    assert kept(MUSIC(9000), QUIET(3000)) == []
    assert kept(QUIET(3000), SPEECH(320), QUIET(3000)) == []
    assert kept_spans(utterances(Hearing()), picture(5), TIGHT) == ()


@pytest.mark.parametrize("rate", [2, 5, 24])
def test_no_frame_with_speech_is_cut_away_however_long_a_frame_lasts(rate: int) -> None:
    for start, end in kept(QUIET(3210), SPEECH(2090), QUIET(3330), rate=rate):
        assert start * 1000 <= 3210 * rate
        assert end * 1000 >= 5280 * rate


def test_what_is_heard_after_the_last_frame_is_no_matter() -> None:
    hearing = heard(SPEECH(2080), QUIET(1920), SPEECH(2000))
    assert [(span.start, span.end) for span in kept_spans(utterances(hearing), picture(3), TIGHT)] == [(0, 208)]


levels = st.sampled_from([-120, -66, -65, -64, -45, -30, -25, -20, 0])
sounds = st.builds(
    Heard,
    ms=st.integers(1, 150).map(lambda hops: 10 * hops),
    levels=st.tuples(levels, levels, levels),
    speech=st.integers(0, 100),
)
videos = st.lists(sounds, min_size=1, max_size=20)
all_params = st.builds(
    TrimParams,
    longest_pause_ms=st.integers(100, 2000),
    lead_ms=st.integers(0, 500),
    tail_ms=st.integers(0, 500),
    shortest_clip_ms=st.integers(0, 500),
    shortest_cut_ms=st.integers(0, 500),
)


@given(
    videos, all_params, st.sampled_from([Fraction(5), Fraction(25), Fraction(30000, 1001), Fraction(60)]), st.integers(1, 900)
)
def test_whatever_is_heard_the_spans_are_ordered_apart_and_inside_the_video(
    video: list[Heard], params: TrimParams, rate: Fraction, frames: int
) -> None:
    spans = kept_spans(utterances(heard(*video)), picture(frames / rate, rate), params)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= frames for edge in edges)


@given(videos, all_params)
def test_whatever_is_heard_every_utterance_long_enough_is_kept_whole(video: list[Heard], params: TrimParams) -> None:
    hearing = heard(*video)
    spans = kept_spans(utterances(hearing), picture(Fraction(sum(sound.ms for sound in video), 1000)), params)
    for part in utterances(hearing):
        if part.length >= params.shortest_clip_ms:
            assert any(span.start * 10 <= part.start and part.end <= span.end * 10 for span in spans)


def with_words(
    *words: tuple[int, int], fillers: tuple[tuple[int, int], ...] = (), params: TrimParams = TIGHT, seconds: int = 10
) -> list[tuple[int, int]]:
    """The kept spans of a video in which these words are said, and nothing else is heard but fillers."""
    said = [Word(start, end, "word", 90) for start, end in words]
    unwanted = [Word(start, end, "um", 90) for start, end in fillers]
    heard = merged_ranges((TimeRange(start, end) for start, end in (*words, *fillers)), across_ms=0)
    spans = kept_spans(heard, picture(seconds), params, words=said, fillers=unwanted)
    return [(span.start, span.end) for span in spans]


def test_a_word_nobody_heard_stays_in_the_video() -> None:
    said = Word(2900, 3200, "hush", 80)
    spans = kept_spans(utterances(heard(SPEECH(2080), QUIET(3920), SPEECH(2000))), picture(8), TIGHT, words=(said,))
    assert [(span.start, span.end) for span in spans] == [(0, 208), (290, 320), (600, 800)]


def test_a_word_shorter_than_a_click_stays() -> None:
    assert with_words((2000, 2060), (4000, 5000)) == [(200, 206), (400, 500)]


def test_a_filler_between_words_goes_without_touching_them() -> None:
    assert with_words((2000, 2500), (3000, 4000), fillers=((2600, 2900),)) == [(200, 250), (300, 400)]


def test_what_stays_of_a_pause_does_not_reach_into_a_filler() -> None:
    params = TrimParams(lead_ms=140, tail_ms=120)
    assert with_words((2000, 2500), (3000, 4000), fillers=((2550, 2950),), params=params)[0][1] == 255
    assert with_words((2000, 2500), (3000, 4000), fillers=((2550, 2950),), params=params)[1][0] == 295


def test_a_word_after_which_one_rests_keeps_more_of_the_pause_after_it() -> None:
    said = [Word(1000, 1500, "Why", 90), Word(1500, 2000, "so?", 90), Word(5000, 6000, "Because.", 90)]
    heard = merged_ranges((TimeRange(word.start_ms, word.end_ms) for word in said), across_ms=0)
    params = TrimParams(lead_ms=140, tail_ms=120)
    spans = kept_spans(heard, picture(10), params, words=said, rests={2000: 450, 6000: 150})
    assert [(span.start, span.end) for span in spans] == [(100 - 14, 200 + 12 + 45), (500 - 14, 600 + 12 + 15)]


def test_a_rest_is_kept_after_words_alone_not_after_a_later_noise() -> None:
    said = [Word(1000, 2000, "So?", 90), Word(8000, 9000, "Yes.", 90)]
    heard = [TimeRange(1000, 2000), TimeRange(4000, 5000), TimeRange(8000, 9000)]
    spans = kept_spans(heard, picture(10), TIGHT, words=said, rests={2000: 450})
    assert [(span.start, span.end) for span in spans] == [(100, 245), (400, 500), (800, 900)]


def test_a_rest_never_reaches_into_what_is_said_next_or_into_a_filler() -> None:
    said, unwanted = [Word(1000, 2000, "So?", 90), Word(2700, 3000, "Yes.", 90)], [Word(2100, 2400, "um", 90)]
    heard = merged_ranges((TimeRange(word.start_ms, word.end_ms) for word in (*said, *unwanted)), across_ms=0)
    spans = kept_spans(heard, picture(10), TIGHT, words=said, fillers=unwanted, rests={2000: 450})
    assert [(span.start, span.end) for span in spans] == [(100, 210), (270, 300)]
    spans = kept_spans(
        merged_ranges([TimeRange(1000, 2000), TimeRange(2700, 3000)], across_ms=0),
        picture(10),
        TIGHT,
        words=said,
        rests={2000: 900},
    )
    assert [(span.start, span.end) for span in spans] == [(100, 300)]


def test_a_filler_alone_in_a_pause_goes_with_the_pause() -> None:
    assert with_words((2000, 2500), (6000, 7000), fillers=((4000, 4300),)) == [(200, 250), (600, 700)]


@given(
    st.lists(st.tuples(st.integers(30, 900), st.integers(0, 900), st.booleans()), min_size=1, max_size=12),
    st.sampled_from([Fraction(24000, 1001), Fraction(25), Fraction(30), Fraction(60)]),
)
def test_no_cut_falls_inside_a_word(parts: list[tuple[int, int, bool]], rate: Fraction) -> None:
    said, unwanted, at = [], [], 0
    for length, pause, filler in parts:
        (unwanted if filler else said).append(Word(at, at + length, "word", 90))
        at += length + pause
    shown = picture(Fraction(at, 1000) + 1, rate)
    for span in kept_spans((), shown, TrimParams(), words=said, fillers=unwanted):
        for word in said:
            for border in (span.start, span.end):
                assert not word.start_ms < Fraction(border * 1000) / rate < word.end_ms
