"""Clips as a person wants them."""

import pytest

from video_automation.editing.highlights.recutting import recut
from video_automation.errors import RequestError
from video_automation.plan.clip import Clip
from video_automation.plan.recut import Recut

CLIPS = (Clip("short_01", 10_000, 40_000, "One", 80), Clip("short_02", 50_000, 80_000, "Two", 70))


def test_only_what_is_wished_for_changes() -> None:
    first, second = recut(CLIPS, {"short_02": Recut(start_ms=52_000, title="Other", style="box")}, source_ms=100_000)
    assert first == CLIPS[0]
    assert (second.start_ms, second.end_ms, second.title, second.style, second.layout) == (52_000, 80_000, "Other", "box", None)


@pytest.mark.parametrize("wish", [Recut(start_ms=40_000), Recut(end_ms=5_000), Recut(end_ms=100_001)])
def test_a_clip_starts_before_it_ends_within_the_recording(wish: Recut) -> None:
    with pytest.raises(RequestError, match=r"lies within the recording's 100\.0 seconds"):
        recut(CLIPS, {"short_01": wish}, source_ms=100_000)


def test_a_clip_lasts_ten_minutes_at_most() -> None:
    with pytest.raises(RequestError, match="ten minutes"):
        recut(CLIPS, {"short_01": Recut(start_ms=0, end_ms=600_001)}, source_ms=2_000_000)
