"""The real model on real speech: the words that are said are transcribed at their times, and no others."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from test_hearing import RATE as SOUND_RATE
from test_hearing import heard, reading, source_of
from thorough import few
from videos import make_video, tone

from video_automation.analysis.models.speech_model import SpeechModel, folder_of
from video_automation.analysis.speech.speech_process import Model, WindowSound
from video_automation.analysis.speech.transcription import transcribe
from video_automation.errors import InputError, JobCancelledError, SettingsError, ToolError
from video_automation.media.cancellation import Stop
from video_automation.media.program import Tools
from video_automation.plan.source.heard import SPEECH_HOP_MS, Hearing
from video_automation.plan.source.transcript import Transcript

BECKETT = "ever tried ever failed no matter try again fail again fail better"
EVERYWHERE = Hearing(speech=(90,) * (6_000 // SPEECH_HOP_MS))
"""A hearing in which all of six seconds are speech."""


def video_of(sound: np.ndarray, path: Path) -> Path:
    """A small video with this sound, mono at 48 kHz."""
    frames = len(sound) * 10 // SOUND_RATE
    return make_video(path, frames=frames, rate=Fraction(10), size=(64, 36), sound=sound[:, None].astype(np.float32))


def written(video: Path, folder: Path, hearing: Hearing | None = None, **model: str) -> Transcript:
    heard_there = hearing or heard(video, folder)
    return transcribe(
        Tools(folder, (video,)),
        video,
        source_of(video),
        heard_there,
        model=SpeechModel(**model),
        on_progress=lambda *_: None,
    )


def plain(transcript: Transcript) -> str:
    return " ".join(word.text.strip(".,!?").lower() for word in transcript.words)


@dataclass(frozen=True)
class Talk:
    """A recording of somebody who reads, its hearing and its transcript."""

    path: Path
    hearing: Hearing
    transcript: Transcript
    told: tuple[tuple[float, float, str], ...]
    """The progress that was reported meanwhile."""


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """A talk whose sound begins after 1.5 seconds, and whose speech begins two seconds later."""
    folder, quiet = tmp_path_factory.mktemp("talk"), np.zeros(2 * SOUND_RATE)
    sound = np.concatenate((quiet, reading("beckett"), quiet))[:, None].astype(np.float32)
    options = {"rate": Fraction(10), "size": (64, 36), "sound": sound, "sound_delay": 1.5}
    path = make_video(folder / "talk.mkv", frames=len(sound) * 10 // SOUND_RATE + 15, **options)
    told: list[tuple[float, float, str]] = []
    hearing = heard(path, folder)
    transcript = transcribe(
        Tools(folder, (path,)),
        path,
        source_of(path),
        hearing,
        model=SpeechModel(),
        on_progress=lambda done_s, total_s, text: told.append((done_s, total_s, text)),
    )
    return Talk(path, hearing, transcript, tuple(told))


def linked_model(folder: Path) -> Path:
    """The usual model as a folder of symbolic links."""
    linked = folder / "model"
    linked.mkdir()
    for file in folder_of("base").iterdir():
        (linked / file.name).symlink_to(file)
    return linked


def test_what_is_said_is_written_down_in_order_when_a_player_plays_it_also_where_the_sound_begins_late(talk: Talk) -> None:
    words = talk.transcript.words
    assert plain(talk.transcript) == BECKETT
    assert talk.transcript.language == "en"
    assert 3_500 - 150 <= words[0].start_ms <= 3_800
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(words))
    assert all(0 < word.confidence <= 100 and word.start_ms < word.end_ms for word in words)


def test_progress_is_told_in_seconds_of_speech(talk: Talk) -> None:
    assert talk.told[-1][2] == " ".join(word.text for word in talk.transcript.words)
    assert talk.told[-1][0] == talk.told[-1][1] == pytest.approx(10, abs=1.5)


@pytest.mark.thorough
def test_the_same_recording_gives_the_same_transcript_also_by_a_model_in_a_folder_of_links(talk: Talk, tmp_path: Path) -> None:
    assert written(talk.path, tmp_path, model=str(linked_model(tmp_path))) == talk.transcript


def test_a_long_silence_between_two_readings_holds_no_word(tmp_path: Path) -> None:
    parts = [reading(name)[: 4 * SOUND_RATE] for name in ("beckett", "two_cities")]
    sound = np.concatenate((parts[0], np.zeros(12 * SOUND_RATE), parts[1]))
    silence_ms = [1_000 * (len(parts[0]) + seconds * SOUND_RATE) // SOUND_RATE for seconds in (0, 12)]
    words = written(video_of(sound, tmp_path / "video.mp4"), tmp_path).words
    assert {"tried", "times"} <= {word.text.strip(".,").lower() for word in words}
    assert not [word for word in words if word.end_ms > silence_ms[0] + 250 and word.start_ms < silence_ms[1] - 250]


@pytest.mark.parametrize("kind", few(["noise", "tone", "silence"], "noise"))
def test_nothing_is_written_down_where_nobody_speaks_even_if_the_voice_network_errs(kind: str, tmp_path: Path) -> None:
    sounds = {
        "noise": np.random.default_rng(1).normal(0, 0.1, 6 * SOUND_RATE),
        "tone": tone([(0, 6)], 6)[:, 0],
        "silence": np.zeros(6 * SOUND_RATE),
    }
    video = video_of(sounds[kind], tmp_path / "video.mp4")
    assert written(video, tmp_path, EVERYWHERE).words == ()


def test_no_model_is_started_where_nobody_speaks(tmp_path: Path) -> None:
    video = video_of(np.zeros(SOUND_RATE), tmp_path / "video.mp4")
    assert written(video, tmp_path, model="none such", language="en") == Transcript("en", certainty=100)


def test_a_video_without_sound_has_an_empty_transcript(tmp_path: Path) -> None:
    video = make_video(tmp_path / "silent.mp4", frames=10, size=(64, 36))
    assert written(video, tmp_path) == Transcript("und")


def test_a_stop_ends_the_model_before_it_has_answered(talk: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, likely = Stop(), Model.likely

    def asked(model: Model, pieces: Sequence[WindowSound]) -> object:
        for program in stop.programs:
            program.send_signal(signal.SIGSTOP)  # so that it cannot finish before the stop comes
        threading.Timer(0.2, stop.set, (JobCancelledError("Cancelled by its owner."),)).start()
        return likely(model, pieces)

    monkeypatch.setattr(Model, "likely", asked)
    told: list[tuple[object, ...]] = []
    tools, began = Tools(tmp_path, (talk.path,), stop), time.monotonic()
    asked_for = {"model": SpeechModel(), "on_progress": lambda *done: told.append(done)}
    with pytest.raises(JobCancelledError):
        transcribe(tools, talk.path, source_of(talk.path), talk.hearing, **asked_for)
    assert told == []
    assert time.monotonic() - began < 200, "it was the time limit of tests that ended it"


def test_a_language_the_model_does_not_know_is_refused_with_a_sentence(talk: Talk, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'base' does not know the language 'yue'"):
        written(talk.path, tmp_path, talk.hearing, language="yue")


@pytest.mark.parametrize("given", [{"model": "none-such"}, {"compute_type": "none-such"}])
def test_a_model_that_is_none_is_a_wrong_setting(given: dict[str, str], talk: Talk, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="none-such"):
        written(talk.path, tmp_path, talk.hearing, **given)


def test_a_folder_without_a_model_is_a_wrong_setting(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(SettingsError, match="cannot be loaded"):
        written(talk.path, tmp_path, talk.hearing, model=str(tmp_path / "model"))


def test_a_model_that_fails_is_told_by_its_own_words(talk: Talk, tmp_path: Path) -> None:
    broken = linked_model(tmp_path)
    (broken / "tokenizer.json").unlink()
    (broken / "tokenizer.json").mkdir()
    with pytest.raises(ToolError, match=r"python[0-9.]* ended with status"):
        written(talk.path, tmp_path, talk.hearing, model=str(broken))


def test_the_web_loads_nothing_that_looks_or_listens_and_what_starts_the_model_does_not_load_it() -> None:
    program = (
        "import sys, video_automation.web.server.flask_app;"
        "assert not {'numpy', 'av'} & set(sys.modules);"
        "import video_automation.worker.tasks, video_automation.analysis.speech.transcription;"
        "assert not {'faster_whisper', 'ctranslate2', 'onnxruntime'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
