"""Where noise is turned down, and what is said of sound that is left as it is."""

from collections.abc import Sequence

import pytest

from video_automation.editing.speech.cleaning import cleaned_ranges, cleaning_remarks
from video_automation.editing.time_range import TimeRange
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.noise import Noise

SPEECH_DB, NOISE_DB, STEADY, MOVING = -25, -45, 10, 80
WHOLE = (TimeRange(0, 40_000),)
LEFT = "as it was recorded: there is hardly any noise, or turning it down would harm voices or music."


def talk(*parts: tuple[str, float]) -> str:
    """A letter for each tenth of a second, of parts and their lengths in seconds: s, speech; n, noise; l, something loud."""
    return "".join(part * round(10 * seconds) for part, seconds in parts)


def heard(text: str) -> Hearing:
    windows = len(text) * 100 // 32
    return Hearing(speech=tuple(90 if text[i * 32 // 100] == "s" else 1 for i in range(windows)))


def noise(text: str, *, noise_db: int = NOISE_DB, lost_db: int = 0, spread: int | Sequence[int] = STEADY) -> Noise:
    levels = {"s": SPEECH_DB, "n": noise_db, "l": SPEECH_DB + 5}
    clean = {"s": SPEECH_DB - lost_db, "n": noise_db - 18, "l": SPEECH_DB - 13}
    spreads = [spread] * -(-len(text) // 10) if isinstance(spread, int) else spread
    return Noise(tuple(levels[one] for one in text), tuple(clean[one] for one in text), tuple(spreads))


TALK = talk(("s", 8), ("n", 2)) * 4


def test_noise_is_turned_down_in_speech_and_in_its_pauses() -> None:
    assert cleaned_ranges(heard(TALK), noise(TALK)) == WHOLE
    assert cleaning_remarks(heard(TALK), noise(TALK), WHOLE) == ()


@pytest.mark.parametrize(
    "measured",
    [
        pytest.param(noise(TALK, spread=MOVING), id="music under the speech"),
        pytest.param(noise(TALK, spread=-1), id="no pause that tells"),
        pytest.param(noise(TALK, noise_db=-80), id="noise that nobody hears"),
        pytest.param(noise(TALK, lost_db=6), id="a voice that would suffer"),
    ],
)
def test_the_sound_stays_as_it_is_and_that_is_said(measured: Noise) -> None:
    assert cleaned_ranges(heard(TALK), measured) == ()
    assert cleaning_remarks(heard(TALK), measured, ()) == (f"The sound is {LEFT}",)


def test_applause_between_sentences_stays_as_it_is_and_a_bang_does_not() -> None:
    said = talk(("s", 4), ("n", 2), ("s", 4))
    clapped = said + talk(("l", 5), ("n", 1)) + said + talk(("l", 0.5)) + said
    first, second = cleaned_ranges(heard(clapped), noise(clapped))
    assert first.start == 0
    assert 10_000 <= first.end <= 10_500, "the end of the last word is part of it"
    assert 14_500 <= second.start <= 15_000
    assert second.end == 36_500
    assert cleaning_remarks(heard(clapped), noise(clapped), (first, second)) == ()


def test_far_from_all_speech_and_without_any_the_sound_stays_as_it_is() -> None:
    lonely = talk(("s", 10), ("n", 60))
    (one,) = cleaned_ranges(heard(lonely), noise(lonely))
    assert 20_000 <= one.end <= 30_000
    still = talk(("n", 30))
    assert cleaned_ranges(heard(still), noise(still)) == ()
    assert cleaning_remarks(heard(still), noise(still), ()) == ()


def test_as_loud_as_the_speech_noise_is_no_reason_to_think_that_the_speech_suffers() -> None:
    loud = noise(TALK, noise_db=SPEECH_DB - 3, lost_db=3)
    assert cleaned_ranges(heard(TALK), loud) == WHOLE


def test_what_share_of_the_speech_stays_as_it_is_is_said() -> None:
    measured = noise(TALK, spread=(STEADY,) * 20 + (MOVING,) * 20)
    cleaned = cleaned_ranges(heard(TALK), measured)
    assert cleaned == (TimeRange(0, 20_000),)
    assert cleaning_remarks(heard(TALK), measured, cleaned) == (f"The sound of 50 % of the speech is {LEFT}",)


def test_without_sound_there_is_nothing_to_clean() -> None:
    assert cleaned_ranges(Hearing(), Noise()) == ()
    assert cleaning_remarks(Hearing(), Noise(), ()) == ()
