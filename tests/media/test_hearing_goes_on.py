"""Hearing that is interrupted continues after the last finished stretch, and gives the same as without interruption."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from cut_off import cut_off
from test_hearing import RATE, reading, source_of
from videos import make_video

from video_automation.analysis import hearing
from video_automation.media.program import Tools
from video_automation.plan.source.heard import Hearing


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of forty seconds of speech over a rumble."""
    said = np.tile(np.concatenate((reading("beckett"), np.zeros(RATE))), 8)[: 40 * RATE]
    sound = said + 0.02 * np.sin(2 * np.pi * 50 * np.arange(len(said)) / RATE)
    path = tmp_path_factory.mktemp("talk") / "talk.mp4"
    return make_video(path, frames=400, rate=Fraction(10), size=(64, 36), sound=sound[:, None].astype(np.float32))


def heard(talk: Path, folder: Path, *, at_most: int = 10**6) -> tuple[Hearing | None, int]:
    """The hearing, and in how many stretches it was saved; None if it was interrupted after `at_most`."""

    def work(tools: Tools) -> Hearing:
        return hearing.hear(tools, talk, source_of(talk), on_progress=lambda _: None)

    return cut_off(work, folder, talk, at_most=at_most)


def test_cut_off_after_each_stretch_it_hears_what_is_heard_in_one_go(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _ = heard(talk, tmp_path)
    monkeypatch.setattr(hearing, "STRETCH", 5 * hearing.HEARING_BLOCK)  # 12.8 s
    runs = 0
    while True:
        found, kept = heard(talk, tmp_path, at_most=1)
        runs += 1
        if found:
            break
        assert kept == 1
    assert whole
    assert (found.levels_db, found.momentary_lufs) == (whole.levels_db, whole.momentary_lufs)
    assert found.speech == pytest.approx(whole.speech, abs=1), "percent: filters begin anew at a stretch"
    assert runs == 4
    assert list(tmp_path.iterdir()) == []
