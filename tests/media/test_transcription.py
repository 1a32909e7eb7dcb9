"""The real model on real speech: what was said is written down when it was said, and nothing else is."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from films import make_film, tone
from test_hearing import RATE as SOUND_RATE
from test_hearing import READINGS, heard, reading, source_of
from thorough import few

from video_automation.analysis.speech_model import SpeechModel, folder_of
from video_automation.analysis.speech_process import Model, Piece
from video_automation.analysis.transcription import transcribe
from video_automation.errors import InputError, JobCancelledError, SettingsError, ToolError
from video_automation.media.program import Tools
from video_automation.media.stop import Stop
from video_automation.plan.observed import SPEECH_HOP_MS, Hearing
from video_automation.plan.transcript import Transcript

BECKETT = "ever tried ever failed no matter try again fail again fail better"
EVERYWHERE = Hearing(speech=(90,) * (6_000 // SPEECH_HOP_MS))
"""As if the voice network took all of six seconds for speech."""


def film_of(sound: np.ndarray, path: Path) -> Path:
    """A small film with this sound, mono at 48 kHz."""
    frames = len(sound) * 10 // SOUND_RATE
    return make_film(path, frames=frames, rate=Fraction(10), size=(64, 36), sound=sound[:, None].astype(np.float32))


def beckett(path: Path, *, silence_s: float = 2.0) -> Path:
    quiet = np.zeros(round(silence_s * SOUND_RATE))
    return film_of(np.concatenate((quiet, reading("beckett"), quiet)), path)


def written(film: Path, folder: Path, hearing: Hearing | None = None, **model: str) -> Transcript:
    heard_there = hearing or heard(film, folder)
    return transcribe(
        Tools(folder, (film,)),
        film,
        source_of(film),
        heard_there,
        model=SpeechModel(**model),
        on_progress=lambda *_: None,
    )


def plain(transcript: Transcript) -> str:
    return " ".join(word.text.strip(".,!?").lower() for word in transcript.words)


def test_what_is_said_is_written_down_in_order_where_it_is_said(tmp_path: Path) -> None:
    film = beckett(tmp_path / "film.mp4")
    transcript = written(film, tmp_path)
    assert plain(transcript) == BECKETT
    assert transcript.language == "en"
    assert 2_000 - 150 <= transcript.words[0].start_ms <= 2_300
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(transcript.words))
    assert all(0 < word.confidence <= 100 and word.start_ms < word.end_ms for word in transcript.words)


def test_the_same_film_gives_the_same_transcript(tmp_path: Path) -> None:
    film = beckett(tmp_path / "film.mp4")
    assert written(film, tmp_path) == written(film, tmp_path)


def test_a_late_sound_is_written_down_when_a_player_plays_it(tmp_path: Path) -> None:
    sound = reading("beckett")[:, None].astype(np.float32)
    film = make_film(tmp_path / "late.mkv", frames=120, rate=Fraction(10), size=(64, 36), sound=sound, sound_delay=1.5)
    transcript = written(film, tmp_path)
    assert plain(transcript) == BECKETT
    assert 1_500 - 150 <= transcript.words[0].start_ms <= 1_800


def test_a_long_silence_between_two_readings_holds_no_word(tmp_path: Path) -> None:
    parts = [reading(name)[: 8 * SOUND_RATE] for name in READINGS]
    sound = np.concatenate((parts[0], np.zeros(12 * SOUND_RATE), parts[1]))
    silence_ms = [1_000 * (len(parts[0]) + seconds * SOUND_RATE) // SOUND_RATE for seconds in (0, 12)]
    words = written(film_of(sound, tmp_path / "film.mp4"), tmp_path).words
    assert {"tried", "times"} <= {word.text.strip(".,").lower() for word in words}
    assert not [word for word in words if word.end_ms > silence_ms[0] + 250 and word.start_ms < silence_ms[1] - 250]


@pytest.mark.parametrize("kind", few(["noise", "tone", "silence"], "noise"))
def test_nothing_is_written_down_where_nobody_speaks_even_if_the_voice_network_errs(kind: str, tmp_path: Path) -> None:
    sounds = {
        "noise": np.random.default_rng(1).normal(0, 0.1, 6 * SOUND_RATE),
        "tone": tone([(0, 6)], 6)[:, 0],
        "silence": np.zeros(6 * SOUND_RATE),
    }
    film = film_of(sounds[kind], tmp_path / "film.mp4")
    assert written(film, tmp_path, EVERYWHERE).words == ()


def test_no_model_is_started_where_nobody_speaks(tmp_path: Path) -> None:
    film = film_of(np.zeros(SOUND_RATE), tmp_path / "film.mp4")
    assert written(film, tmp_path, model="none such", language="en") == Transcript("en", certainty=100)


def test_a_film_without_sound_has_an_empty_transcript(tmp_path: Path) -> None:
    film = make_film(tmp_path / "silent.mp4", frames=10, size=(64, 36))
    assert written(film, tmp_path) == Transcript("und")


def test_progress_is_told_in_seconds_of_speech(tmp_path: Path) -> None:
    film = beckett(tmp_path / "film.mp4")
    told: list[tuple[float, float]] = []
    transcribe(
        Tools(tmp_path, (film,)),
        film,
        source_of(film),
        heard(film, tmp_path),
        model=SpeechModel(),
        on_progress=lambda done_s, total_s: told.append((done_s, total_s)),
    )
    assert told[-1][0] == told[-1][1] == pytest.approx(10, abs=1.5)


def test_a_stop_ends_the_model_before_it_has_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    film = beckett(tmp_path / "film.mp4")
    hearing, stop, likely = heard(film, tmp_path), Stop(), Model.likely

    def asked(model: Model, pieces: Sequence[Piece]) -> object:
        for program in stop._programs:
            program.send_signal(signal.SIGSTOP)  # so that it has no answer however late the stop comes
        threading.Timer(0.2, stop.set, (JobCancelledError("Cancelled by its owner."),)).start()
        return likely(model, pieces)

    monkeypatch.setattr(Model, "likely", asked)
    told: list[tuple[float, ...]] = []
    tools, began = Tools(tmp_path, (film,), stop), time.monotonic()
    with pytest.raises(JobCancelledError):
        transcribe(tools, film, source_of(film), hearing, model=SpeechModel(), on_progress=lambda *done: told.append(done))
    assert told == []
    assert time.monotonic() - began < 200, "it was the time limit of tests that ended it"


def test_a_language_the_model_does_not_know_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'base' does not know the language 'yue'"):
        written(beckett(tmp_path / "film.mp4"), tmp_path, language="yue")


@pytest.mark.parametrize("given", [{"model": "none-such"}, {"compute_type": "none-such"}])
def test_a_model_that_is_none_is_a_wrong_setting(given: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="none-such"):
        written(beckett(tmp_path / "film.mp4"), tmp_path, **given)


def test_a_folder_without_a_model_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    with pytest.raises(SettingsError, match="cannot be loaded"):
        written(beckett(tmp_path / "film.mp4"), tmp_path, model=str(tmp_path / "model"))


def test_a_model_that_fails_is_told_by_its_own_words(tmp_path: Path) -> None:
    film = beckett(tmp_path / "film.mp4")
    broken = tmp_path / "model"
    broken.mkdir()
    for file in folder_of("base").iterdir():
        (broken / file.name).symlink_to(file)
    (broken / "tokenizer.json").unlink()
    (broken / "tokenizer.json").mkdir()
    with pytest.raises(ToolError, match=r"python[0-9.]* ended with status"):
        written(film, tmp_path, model=str(broken))


def test_a_model_is_found_in_a_folder_of_links(tmp_path: Path) -> None:
    linked = tmp_path / "model"
    linked.mkdir()
    for file in folder_of("base").iterdir():
        (linked / file.name).symlink_to(file)
    assert plain(written(beckett(tmp_path / "film.mp4"), tmp_path, model=str(linked))) == BECKETT


def test_neither_the_web_nor_what_starts_the_model_loads_it() -> None:
    program = (
        "import sys, video_automation.web.app, video_automation.worker.tasks, video_automation.analysis.transcription;"
        "sys.exit(bool({'faster_whisper', 'ctranslate2', 'onnxruntime'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_web_process_does_without_what_looks_and_listens() -> None:
    program = "import sys, video_automation.web.app; sys.exit(bool({'numpy', 'av'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
