"""The gain that brings a video to its target loudness."""

from fractions import Fraction

import pytest
from scenes import QUIET, SILENCE, SPEECH, Heard, heard

from video_automation.editing.speech.levelling import gain_db
from video_automation.plan.loudness import integrated_lufs
from video_automation.plan.source.heard import Hearing
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

RATE = Fraction(25)


def kept(*spans: tuple[int, int]) -> Timeline:
    return Timeline("video", RATE, tuple(FrameSpan(*span) for span in spans))


def test_an_even_video_is_raised_by_what_it_lacks() -> None:
    assert gain_db(heard(SPEECH(10_000)), kept((0, 250)), -14.0) == 6.0


def test_a_loud_video_is_lowered() -> None:
    assert gain_db(heard(Heard(10_000, (-6,), 95, lufs=-8)), kept((0, 250)), -14.0) == -6.0


def test_only_the_kept_parts_count() -> None:
    blast = Heard(10_000, (-3,), 10, lufs=-4)
    hearing = heard(SPEECH(10_000), blast, SPEECH(10_000))
    assert gain_db(hearing, kept((0, 240), (510, 740)), -14.0) == 6.0
    assert gain_db(hearing, kept((0, 750)), -14.0) < 0


def test_pauses_that_stay_do_not_count() -> None:
    assert gain_db(heard(SPEECH(10_000), QUIET(20_000)), kept((0, 750)), -14.0) == 6.0


@pytest.mark.parametrize("sound", [SILENCE(10_000), Heard(10_000, (-60,), 0, lufs=-71)])
def test_silence_is_left_alone(sound: Heard) -> None:
    assert gain_db(heard(sound), kept((0, 250)), -14.0) == 0.0


def test_no_more_is_raised_than_30_db() -> None:
    assert gain_db(heard(Heard(10_000, (-60,), 95, lufs=-60)), kept((0, 250)), -14.0) == 30.0


def test_a_video_without_sound_has_no_gain() -> None:
    assert gain_db(Hearing(), kept((0, 250)), -14.0) is None


def test_blocks_10_lu_below_the_mean_do_not_count() -> None:
    assert integrated_lufs([-20.0] * 30 + [-34.0] * 30) == pytest.approx(-20)
    assert integrated_lufs([-20.0] * 30 + [-26.0] * 30) == pytest.approx(-22.04, abs=0.01)


def test_the_loudness_of_silence_is_none() -> None:
    assert integrated_lufs([-120.0, -70.0]) is None
