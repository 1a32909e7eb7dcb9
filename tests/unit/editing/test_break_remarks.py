"""The remarks about jumps of a recording's clock, and about gaps in which nothing was recorded."""

from video_automation.editing.tracks.break_remarks import break_remarks
from video_automation.plan.source.recording import Break


def test_leaps_and_pauses_are_told_with_their_place_and_length() -> None:
    breaks = (Break(20_000, 60_000, closed=True), Break(65_000, -20_400, closed=True), Break(3_700_000, 4_000, closed=False))
    assert break_remarks(breaks) == (
        "The clock of the recording jumps ahead by 1 minute at 0:20. What comes after that follows directly, without a gap.",
        "The clock of the recording goes back by 20 seconds at 1:05. What comes after that follows directly, without a gap.",
        "At 1:01:40 the recording has neither picture nor sound for 4.0 seconds. It counts as a pause like any other.",
    )


def test_of_many_the_first_three_are_told_and_the_others_counted() -> None:
    many = break_remarks((Break(1000, 60_000, closed=True),) * 9)
    assert len(many) == 4
    assert many[-1] == "The same was done at 6 other places of the recording."
    assert break_remarks(()) == ()
