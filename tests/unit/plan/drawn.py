"""Hypothesis strategies for rates, spans and timelines."""

from fractions import Fraction
from itertools import accumulate

from hypothesis import strategies as st

from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

rates = st.sampled_from([Fraction(n) for n in (1, 5, 24, 25, 30, 50, 60)] + [Fraction(n * 1000, 1001) for n in (24, 30, 60)])


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """A timeline of one to nine spans in the first thousands of frames."""
    steps = draw(st.lists(st.tuples(st.integers(1, 200), st.integers(1, 90)), min_size=1, max_size=9))
    edges = list(accumulate((step for pair in steps for step in pair), initial=draw(st.integers(-1, 100))))[1:]
    return Timeline("video", draw(rates), tuple(FrameSpan(*pair) for pair in zip(edges[::2], edges[1::2], strict=True)))
