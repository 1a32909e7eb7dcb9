"""Which tracks and channels are used in each kind of recording, with the real network on real speech."""

from itertools import product

import numpy as np
import pytest
from thorough import few
from voices import across, chosen, music, noise, timecode, track, turns, used, voice, why

SILENCE = np.zeros_like(noise(-70))
FULL = (1000,)


def test_a_mute_first_track_is_left_out() -> None:
    choice = chosen(track(SILENCE, SILENCE, flags=("default",)), track(voice("en")))
    assert (used(choice), why(choice)) == ([2], {1: "silent"})


def test_a_track_with_music_alone_is_left_out() -> None:
    choice = chosen(track(music(), music(), flags=("default",)), track(voice("en")))
    assert (used(choice), why(choice)) == ([2], {1: "speechless"})


@pytest.mark.parametrize("share", [0.5, 0.2])
def test_two_microphones_are_mixed_and_equally_loud(share: float) -> None:
    one, other = turns(voice("en"), voice("de"), share)
    choice = chosen(track(one + noise(-70)), track(0.2 * other + noise(-80)))
    assert used(choice) == [1, 2]
    assert choice.sound.mix[1].gain_db == pytest.approx(14, abs=2)


@pytest.mark.parametrize("share", [0.5, 0.15])
def test_two_microphones_that_hear_each_other_are_mixed(share: float) -> None:
    one, other = turns(voice("en"), voice("de"), share)
    choice = chosen(track(one + across(other) + noise(-70)), track(other + across(one) + noise(-70)))
    assert used(choice) == [1, 2]
    assert abs(choice.sound.mix[0].gain_db - choice.sound.mix[1].gain_db) < 3


def test_of_a_mix_and_its_parts_the_mix_is_used_wherever_it_stands() -> None:
    for order in ((0, 1, 2), (1, 2, 0)):
        tracks = (track(*[voice("en") + music()] * 2), track(voice("en")), track(music()))
        choice = chosen(*(tracks[place] for place in order))
        assert used(choice) == [order.index(0) + 1]


def test_a_mix_of_two_voices_holds_both() -> None:
    choice = chosen(track(voice("en")), track(voice("de", "es")), track(voice("en") + voice("de", "es")))
    assert (used(choice), why(choice)) == ([3], {1: "same", 2: "same"})


def test_of_copies_the_default_one_is_used() -> None:
    later = np.roll(voice("en"), 400) + noise(-70)
    choice = chosen(track(voice("en") + noise(-70)), track(later, later, flags=("default",)))
    assert (used(choice), why(choice)) == ([2], {1: "same"})


def test_of_a_near_and_a_far_microphone_the_near_one_is_used() -> None:
    choice = chosen(track(across(voice("en")) + noise(-55), flags=("default",)), track(voice("en") + noise(-75)))
    assert used(choice) == [2]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"language": "eng"}, {"language": "spa", "flags": ("default",)}, "language"),
        ({}, {"flags": ("default",)}, "version"),
    ],
)
def test_versions_in_other_languages_are_not_mixed(first: dict[str, object], second: dict[str, object], reason: str) -> None:
    choice = chosen(track(voice("en", "de"), **first), track(voice("es", "it"), **second))
    assert (used(choice), why(choice)) == ([2], {1: reason})


@pytest.mark.parametrize("marks", [{"flags": ("comment",)}, {"title": "Audio description"}, {"title": "Director's commentary"}])
def test_a_commentary_is_not_mixed_in(marks: dict[str, object]) -> None:
    one, other = turns(voice("en"), voice("de"))
    assert why(chosen(track(other, **marks), track(one))) == {1: "marked"}


def test_a_person_chooses() -> None:
    choice = chosen(track(voice("en"), language="eng"), track(voice("es"), language="spa"), named=(0, 2))
    assert (used(choice), why(choice)) == ([2], {1: "unchosen"})


@pytest.mark.parametrize("level", [1, 0.5])
def test_channels_that_cancel_each_other_out_keep_their_sides(level: float) -> None:
    (mixed,) = chosen(track(voice("en") + noise(-70), -level * voice("en") + noise(-70))).sound.mix
    assert (mixed.left, mixed.right) == (FULL, (0, -1000))


@pytest.mark.parametrize("other", [SILENCE, noise(-50), timecode()], ids=["silence", "noise", "timecode"])
def test_a_voice_on_one_channel_is_heard_on_both_sides(other: np.ndarray) -> None:
    (left,) = chosen(track(voice("en"), other)).sound.mix
    (right,) = chosen(track(other, voice("en"))).sound.mix
    assert (left.left, left.right) == (FULL, FULL)
    assert (right.left, right.right) == ((0, *FULL), (0, *FULL))


@pytest.mark.parametrize("bleed", [0, 1])
def test_microphones_on_the_channels_of_a_stereo_track_are_heard_on_both_sides(bleed: int) -> None:
    one, other = turns(voice("en"), voice("de"))
    (mixed,) = chosen(
        track(one + bleed * across(other) + noise(-70), 0.5 * (other + bleed * across(one)) + noise(-70))
    ).sound.mix
    assert mixed.left == mixed.right
    assert mixed.left[1] / mixed.left[0] == pytest.approx(2, rel=0.2)


@pytest.mark.parametrize(
    "channels",
    [
        (voice("en") + music(), voice("en") + 0.5 * music()),
        (voice("en") + across(voice("en")), 0.8 * voice("en") + noise(-60)),
        (voice("en"), voice("en")),
    ],
    ids=["music", "room", "both alike"],
)
def test_ordinary_stereo_stays_as_it_is(channels: tuple[np.ndarray, ...]) -> None:
    (mixed,) = chosen(track(*channels)).sound.mix
    assert (mixed.left, mixed.right) == ((), ())


def test_surround_with_its_voice_in_the_middle_is_mixed_down_as_usual() -> None:
    around = (music(), music(), voice("en"), noise(-60), 0.3 * music(), 0.3 * music())
    (mixed,) = chosen(track(*around, layout="5.1")).sound.mix
    assert (mixed.left, mixed.right) == ((), ())


@pytest.mark.parametrize("place", few([0, 3], 3))
def test_a_voice_on_one_channel_of_what_is_called_surround_is_heard_on_both_sides(place: int) -> None:
    channels = [noise(-70)] * 6
    channels[place] = voice("en")
    (mixed,) = chosen(track(*channels, layout="5.1")).sound.mix
    assert mixed.left == mixed.right == (*([0] * place), 1000)


@pytest.mark.parametrize("layout", few(["", "7.1.4"], "7.1.4"))
def test_microphones_on_many_channels_are_found_and_mixed(layout: str) -> None:
    one, other = turns(voice("en"), voice("de"))
    channels = [noise(-70)] * 12
    channels[6], channels[8] = one, 0.5 * other
    (mixed,) = chosen(track(*channels, layout=layout)).sound.mix
    assert mixed.left == mixed.right == (0, 0, 0, 0, 0, 0, 1000, 0, pytest.approx(2000, rel=0.2))


@pytest.mark.parametrize(("count", "told"), few(product([4, 9, 16], [True, False]), (4, True), (9, False)))
def test_ambisonics_are_heard_from_the_channel_that_hears_all_directions(count: int, told: bool) -> None:
    gains = np.linspace(0.7, -0.7, count - 1)
    channels = [voice("en"), *(gain * voice("en") + noise(-80) for gain in gains)]
    (mixed,) = chosen(track(*channels, layout="ambisonic 1" if told else "")).sound.mix
    assert (mixed.left, mixed.right) == (FULL, FULL)


def test_where_nobody_speaks_the_first_track_that_sounds_is_used() -> None:
    choice = chosen(track(SILENCE, flags=("default",)), track(music()), track(noise(-30)))
    assert (used(choice), why(choice)) == ([2], {1: "silent", 3: "unchosen"})
