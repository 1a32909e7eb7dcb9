"""A transcription that is cut off, anywhere, goes on from there: it ends with the same words, and no window is heard twice."""

from pathlib import Path

import numpy as np
import pytest
from cut_off import cut_off
from films import make_film
from test_hearing import RATE, heard, reading, source_of

from video_automation.analysis import transcription
from video_automation.analysis.speech_model import SpeechModel
from video_automation.media.program import Tools
from video_automation.plan.observed import Hearing
from video_automation.plan.transcript import Transcript


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three short readings with long pauses between them, each a window."""
    pause = np.zeros(3 * RATE)
    said = reading("beckett")
    sound = np.concatenate([part for _ in range(3) for part in (said[: 5 * RATE], pause)])
    path = tmp_path_factory.mktemp("talk") / "talk.mp4"
    return make_film(path, frames=len(sound) * 10 // RATE, size=(64, 36), sound=sound[:, None].astype(np.float32))


def transcribed(talk: Path, folder: Path, hearing: Hearing, *, answers: int = 10**6) -> tuple[Transcript | None, int]:
    """The transcript and how many answers were new; None where its time was up after so many."""

    def work(tools: Tools) -> Transcript:
        told = {"model": SpeechModel(), "on_progress": lambda *_: tools.stop.check()}
        return transcription.transcribe(tools, talk, source_of(talk), hearing, **told)

    return cut_off(work, folder, talk, at_most=answers)


def test_cut_off_after_each_answer_it_ends_as_if_it_had_not_been(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "_AT_A_TIME", 2)
    hearing = heard(talk, tmp_path)
    (tmp_path / "whole").mkdir()
    whole, asked = transcribed(talk, tmp_path / "whole", hearing)
    assert whole is not None
    assert len(whole.words) > 20
    parts = tmp_path / "parts"
    parts.mkdir()
    counts = []
    while (found := transcribed(talk, parts, hearing, answers=1))[0] is None:
        counts.append(found[1])
    assert found[0] == whole
    assert sum(counts) + found[1] == asked >= 6, "of no window anything was asked twice"


def test_what_was_written_in_part_is_asked_again(talk: Path, tmp_path: Path) -> None:
    hearing = heard(talk, tmp_path)
    whole, asked = transcribed(talk, tmp_path, hearing)
    (file,) = tmp_path.glob("answers-*.jsonl")
    lines = file.read_bytes().splitlines(keepends=True)
    assert len(lines) == asked + 1
    file.write_bytes(b"".join(lines[:-2]) + lines[-2][:10])
    assert transcribed(talk, tmp_path, hearing) == (whole, 1)
    assert file.read_bytes().splitlines(keepends=True) == lines


def test_answers_to_other_questions_are_not_used(talk: Path, tmp_path: Path) -> None:
    hearing = heard(talk, tmp_path)
    whole, asked = transcribed(talk, tmp_path, hearing)
    (file,) = tmp_path.glob("answers-*.jsonl")
    file.write_bytes(b'[["base", 7, 8, null], []]\n8\n')
    assert transcribed(talk, tmp_path, hearing) == (whole, asked)
