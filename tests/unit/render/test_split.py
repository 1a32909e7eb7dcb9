"""Chunks together are the timeline, and have sizes that keep all encoders busy to the end."""

from fractions import Fraction
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.chunking import chunks, gop_frames

RATES = [Fraction(rate) for rate in ("24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60", "11939/1000")]


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    lengths = draw(st.lists(st.integers(1, 3000), min_size=1, max_size=81).filter(lambda x: len(x) % 2))
    places = list(accumulate(lengths, initial=draw(st.integers(0, 100))))
    return Timeline("a", draw(st.sampled_from(RATES)), tuple(FrameSpan(a, b) for a, b in list(pairwise(places))[::2]))


def whole(seconds: int, rate: Fraction = Fraction(30)) -> Timeline:
    return Timeline("a", rate, (FrameSpan(0, int(seconds * rate)),))


@given(timelines())
def test_chunks_together_are_exactly_the_timeline(timeline: Timeline) -> None:
    found = chunks(timeline)
    assert found[0].start == 0
    assert found[-1].end == timeline.frames
    assert all(a.end == b.start for a, b in pairwise(found))


@given(timelines())
def test_no_chunk_is_longer_than_24_seconds(timeline: Timeline) -> None:
    assert all(chunk.length <= 24.5 * timeline.rate for chunk in chunks(timeline))


@given(timelines())
def test_a_long_dropped_stretch_is_never_inside_a_chunk(timeline: Timeline) -> None:
    for chunk in chunks(timeline):
        part = timeline.slice(chunk)
        assert all(b.start - a.end < 10 * timeline.rate for a, b in pairwise(part.spans))


def test_chunks_have_whole_gops() -> None:
    for rate in RATES:
        found = chunks(whole(300, rate))
        assert all(chunk.length % gop_frames(rate) == 0 for chunk in found[:-1])


def test_chunks_shrink_toward_the_end_so_that_two_encoders_end_together() -> None:
    lengths = [chunk.length for chunk in chunks(whole(300))]
    assert lengths[0] == 12 * 30
    assert max(lengths[-3:]) <= 6 * 30
    loads = [0, 0]
    for length in sorted(lengths, reverse=True):
        loads[loads.index(min(loads))] += length
    assert max(loads) <= 1.01 * sum(loads) / 2


def test_a_chunk_rather_begins_after_a_pause() -> None:
    timeline = Timeline("a", Fraction(30), (FrameSpan(0, 300), FrameSpan(400, 9000)))
    assert chunks(timeline)[0] == FrameSpan(0, 300)


@given(timelines(), st.data())
def test_a_chunk_begins_wherever_one_must_and_is_else_as_before(timeline: Timeline, data: st.DataObject) -> None:
    begins = sorted(data.draw(st.sets(st.integers(0, timeline.frames - 1), max_size=9)))
    found = chunks(timeline, begins)
    assert [0, *(chunk.end for chunk in found)] == [*(chunk.start for chunk in found), timeline.frames]
    assert set(begins) <= {chunk.start for chunk in found}
    assert chunks(timeline, [0]) == chunks(timeline)


def contents(timeline: Timeline) -> set[Timeline]:
    return {timeline.slice(chunk) for chunk in chunks(timeline)}


@given(st.integers(0, 280), st.integers(1, 9), st.sampled_from(RATES))
def test_a_sentence_that_is_cut_changes_no_chunk_but_those_it_is_in(start_s: int, length_s: int, rate: Fraction) -> None:
    pauses = [FrameSpan(int(at * rate), int((at + 1.5) * rate)) for at in range(5, 300, 11)]
    kept = [
        FrameSpan(a.end, b.start) for a, b in pairwise((FrameSpan(0, 1), *pauses, FrameSpan(int(300 * rate), int(301 * rate))))
    ]
    before = Timeline("a", rate, tuple(kept))
    cut = FrameSpan(int(start_s * rate), int((start_s + length_s) * rate))
    parts = [
        part
        for span in kept
        for part in ((span.start, min(span.end, cut.start)), (max(span.start, cut.end), span.end))
        if part[0] < part[1]
    ]
    after = Timeline("a", rate, tuple(FrameSpan(*part) for part in parts))
    if before != after:
        assert len(contents(after) - contents(before)) <= 3
