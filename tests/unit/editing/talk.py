"""Makes spoken words for tests: from text, and as hypothesis strategies."""

from fractions import Fraction
from itertools import accumulate

from hypothesis import strategies as st

from video_automation.plan.source.transcript import Word
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

RATES = tuple(Fraction(n) for n in (15, 24, 25, 30, 50, 60)) + tuple(Fraction(n * 1000, 1001) for n in (24, 30, 60))


def spoken(text: str, *, per_second: int = 14, start_ms: int = 0) -> tuple[Word, ...]:
    """The words of a text, spoken at so many characters a second. A number in brackets is a pause in milliseconds."""
    words = []
    now = start_ms
    for part in text.split():
        if part.startswith("["):
            now += int(part.strip("[]"))
        else:
            words.append(Word(now, now + len(part) * 1000 // per_second, part, 90))
            now += (len(part) + 1) * 1000 // per_second
    return tuple(words)


def video(*kept_ms: tuple[int, int], rate: int = 25) -> Timeline:
    """A timeline that keeps these stretches of its source."""
    return Timeline("video", Fraction(rate), tuple(FrameSpan(a * rate // 1000, b * rate // 1000) for a, b in kept_ms))


texts = st.one_of(
    st.sampled_from(["a", "the", "Yes.", "and", "United", "States,", "3.", "Mr.", "漢字。", "https://example.org/" + "x" * 60]),
    st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=15),
)


@st.composite
def talks(draw: st.DrawFn) -> tuple[Word, ...]:
    """Up to 40 words, some without length, some after long pauses, some very fast."""
    timed = draw(st.lists(st.tuples(texts, st.integers(0, 900), st.sampled_from([0, 0, 0, 20, 200, 700, 4000])), max_size=40))
    edges = list(accumulate((ms for _, length, pause in timed for ms in (pause, length)), initial=0))[1:]
    return tuple(Word(*edges[2 * i : 2 * i + 2], text, 50) for i, (text, _, _) in enumerate(timed))


@st.composite
def videos(draw: st.DrawFn) -> Timeline:
    """A timeline of one to nine spans of about the first half minute."""
    steps = draw(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 200)), min_size=1, max_size=9))
    edges = list(accumulate((step for pair in steps for step in pair), initial=draw(st.integers(-1, 100))))[1:]
    rate = draw(st.sampled_from((*RATES, Fraction(1), Fraction(5))))
    return Timeline("video", rate, tuple(FrameSpan(*pair) for pair in zip(edges[::2], edges[1::2], strict=True)))
