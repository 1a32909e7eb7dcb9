"""Sound is cut to the sample: as long as the picture, in sync, and faded only at cuts."""

import io
from fractions import Fraction
from itertools import accumulate, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.time import FrameSpan, sample_at
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.splice import FADE, KeptSamples, kept_pieces, splice

RATES = [Fraction(rate) for rate in ("24000/1001", "25", "30000/1001", "60000/1001", "11939/1000")]


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    lengths = draw(st.lists(st.integers(1, 40), min_size=1, max_size=31).filter(lambda x: len(x) % 2))
    places = list(accumulate(lengths, initial=draw(st.integers(0, 50))))
    return Timeline("a", draw(st.sampled_from(RATES)), tuple(FrameSpan(a, b) for a, b in list(pairwise(places))[::2]))


def stereo(samples: np.ndarray) -> io.BytesIO:
    return io.BytesIO(np.stack([samples, -samples], axis=1).astype("<f4").tobytes())


@given(timelines())
def test_sound_and_picture_never_differ_by_more_than_half_a_sample(timeline: Timeline) -> None:
    kept = kept_pieces(timeline, timeline.spans[-1].end)
    ends = list(accumulate(piece.length for piece in kept))
    frames = list(accumulate(span.length for span in timeline.spans))
    assert all(abs(end - frame * 48_000 / timeline.rate) <= 0.5 for end, frame in zip(ends, frames, strict=True))


@given(timelines())
def test_each_piece_begins_at_its_first_frame(timeline: Timeline) -> None:
    kept = kept_pieces(timeline, timeline.spans[-1].end)
    assert [piece.start for piece in kept] == [sample_at(span.start, timeline.rate) for span in timeline.spans]
    assert all(a.start + a.length <= b.start for a, b in pairwise(kept))


@given(timelines(), st.integers(0, 400), st.integers(0, 400))
def test_under_cards_it_is_silent_and_all_else_comes_later_to_the_sample(timeline: Timeline, before: int, after: int) -> None:
    bare = kept_pieces(timeline, timeline.spans[-1].end)
    kept = kept_pieces(timeline, timeline.spans[-1].end, before=before, after=after)
    assert next(piece for piece in kept if piece.start is not None).start == bare[0].start
    first = sample_at(before, timeline.rate)
    available = sum(piece.length for piece in kept if piece.start is not None)
    made = np.concatenate(list(splice(stereo(np.ones(available)), kept)))
    assert len(made) == sample_at(before + timeline.frames + after, timeline.rate)
    last = sample_at(before + timeline.frames, timeline.rate)
    assert not made[:first].any()
    assert not made[last:].any()
    assert made[first:last, 0].all()


@given(timelines(), st.integers(0, 400_000))
def test_there_is_always_as_much_sound_as_was_asked_for(timeline: Timeline, available: int) -> None:
    kept = kept_pieces(timeline, timeline.spans[-1].end)
    made = sum(len(block) for block in splice(stereo(np.zeros(available)), kept))
    assert made == sample_at(timeline.frames, timeline.rate)


def test_kept_samples_are_the_source_s_own() -> None:
    count = np.arange(1, 170_001)
    kept = (KeptSamples(0, 60_000, fade_in=False, fade_out=True), KeptSamples(100_000, 110_000, fade_in=True, fade_out=False))
    made = np.concatenate(list(splice(stereo(count), kept)))
    assert np.array_equal(made[: 60_000 - FADE, 0], count[: 60_000 - FADE])
    assert np.array_equal(made[60_000 + FADE : 170_000, 0], count[60_000 + FADE : 170_000])
    assert np.array_equal(made[:, 1], -made[:, 0])


def test_sound_fades_where_something_was_cut_and_only_there() -> None:
    kept = (KeptSamples(0, 50_000, fade_in=False, fade_out=True), KeptSamples(90_000, 50_000, fade_in=True, fade_out=False))
    made = np.concatenate(list(splice(stereo(np.ones(140_000)), kept)))[:, 0]
    assert made[0] == made[-1] == 1
    assert made[50_000] < 0.01
    assert made[49_999] < 0.01
    assert (made < 1).sum() == 2 * FADE


def test_a_piece_shorter_than_its_fades_still_begins_and_ends_silent() -> None:
    made = np.concatenate(list(splice(stereo(np.ones(1000)), (KeptSamples(100, 300, fade_in=True, fade_out=True),))))[:, 0]
    assert len(made) == 300
    assert made[0] < 0.01
    assert made[-1] < 0.01
    assert made[150] > 0.9


def test_a_whole_video_is_not_faded() -> None:
    timeline = Timeline("a", Fraction(30), (FrameSpan(0, 90),))
    assert kept_pieces(timeline, 90) == (KeptSamples(0, 144_000, fade_in=False, fade_out=False),)
