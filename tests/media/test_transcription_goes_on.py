"""A transcription that is interrupted continues there: it gives the same words, and transcribes no window twice."""

from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from cut_off import cut_off
from test_hearing import RATE, heard, reading, source_of
from videos import make_video

from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.analysis.speech import transcription
from video_automation.media.program import Tools
from video_automation.plan.source.heard import SPEECH_HOP_MS, Hearing
from video_automation.plan.source.transcript import Transcript


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of two short readings with a long pause between them; each is a window."""
    pause = np.zeros(3 * RATE)
    said = reading("beckett")
    sound = np.concatenate([part for _ in range(2) for part in (said[: 5 * RATE], pause)])
    path = tmp_path_factory.mktemp("talk") / "talk.mp4"
    return make_video(path, frames=len(sound) * 10 // RATE, size=(64, 36), sound=sound[:, None].astype(np.float32))


def transcribed(talk: Path, folder: Path, hearing: Hearing, *, answers: int = 10**6) -> tuple[Transcript | None, int]:
    """The transcript, and how many windows were transcribed now; None if it was interrupted after `answers`."""

    def work(tools: Tools) -> Transcript:
        told = {"model": SpeechModel(), "on_progress": lambda *_: tools.stop.check()}
        return transcription.transcribe(tools, talk, source_of(talk), hearing, **told)

    return cut_off(work, folder, talk, at_most=answers)


@dataclass(frozen=True)
class Whole:
    """The transcript without interruption."""

    hearing: Hearing
    transcript: Transcript
    asked: int
    answers: Path


@pytest.fixture(scope="module")
def whole(talk: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    hearing = heard(talk, folder)
    transcript, asked = transcribed(talk, folder, hearing)
    assert transcript is not None
    (answers,) = folder.glob("answers-*.jsonl")
    return Whole(hearing, transcript, asked, answers)


@pytest.mark.thorough
@pytest.mark.parametrize("steps", [(1,), (1, 2)])
def test_cut_off_after_any_answer_it_ends_as_if_it_had_not_been(
    steps: tuple[int, ...], talk: Path, whole: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transcription, "AT_A_TIME", 2)
    assert len(whole.transcript.words) > 12
    counts: list[int] = []
    answers = cycle(steps)
    while (found := transcribed(talk, tmp_path, whole.hearing, answers=next(answers)))[0] is None:
        counts.append(found[1])
    assert found[0] == whole.transcript
    assert sum(counts) + found[1] == whole.asked >= 4, "of no window anything was asked twice"


def test_what_was_written_in_part_is_asked_again(talk: Path, whole: Whole, tmp_path: Path) -> None:
    lines = whole.answers.read_bytes().splitlines(keepends=True)
    assert len(lines) == whole.asked + 1
    file = tmp_path / whole.answers.name
    file.write_bytes(b"".join(lines[:-2]) + lines[-2][:10])
    assert transcribed(talk, tmp_path, whole.hearing) == (whole.transcript, 1)
    assert file.read_bytes().splitlines(keepends=True) == lines


def test_answers_to_other_questions_are_not_used(talk: Path, whole: Whole, tmp_path: Path) -> None:
    (tmp_path / whole.answers.name).write_bytes(b'[["base", 7, 8, null], []]\n8\n')
    first_ms = 6_000
    first = replace(whole.hearing, speech=whole.hearing.speech[: first_ms // SPEECH_HOP_MS])
    found, asked = transcribed(talk, tmp_path, first)
    assert found is not None
    assert found.words == tuple(word for word in whole.transcript.words if word.start_ms < first_ms)
    assert len(found.words) > 6
    assert asked == 2
