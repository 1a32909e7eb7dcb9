"""Which turns are made of pieces of speech and of voices."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from video_automation.analysis.speakers.turn_taking import turns_taken
from video_automation.analysis.speakers.voice_groups import voices_heard
from video_automation.analysis.speakers.voice_vectors import VECTOR_SIZE

VOICES = np.eye(3, VECTOR_SIZE, dtype=np.float32)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 16)), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_turns_are_in_order_apart_and_never_empty(spoken, chance):  # type: ignore[no-untyped-def]
    pieces, at = [], 0
    for _, steps in spoken:
        pieces.append((at, at + 100 * steps))
        at += 100 * steps
    levels = [chance.randrange(-60, 0) for _ in range(at // 10)]
    turns = turns_taken(pieces, VOICES[[voice for voice, _ in spoken]], VOICES, levels)
    assert all(turn.start_ms < turn.end_ms for turn in turns)
    assert all(a.end_ms <= b.start_ms and a.speaker != b.speaker for a, b in pairwise(turns))
    assert (turns[0].start_ms, turns[-1].end_ms) == (0, at)


def test_two_who_take_turns_are_told_apart() -> None:
    pieces = [(0, 1600), (1600, 3200), (3600, 5200)]
    turns = turns_taken(pieces, VOICES[[0, 0, 1]], VOICES[:2], [-20] * 520)
    assert [(turn.start_ms, turn.end_ms, turn.speaker) for turn in turns] == [(0, 3200, 1), (3600, 5200, 2)]


def test_where_nobody_is_heard_for_long_one_voice_is_kept() -> None:
    assert len(voices_heard(VOICES, [1600, 1600, 1600])) == 1
