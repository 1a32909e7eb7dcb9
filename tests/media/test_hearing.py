"""Hearing with the real voice network and the real ffmpeg on real speech."""

import subprocess
from fractions import Fraction
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest
from plans import picture
from thorough import few
from videos import clicks, make_video, tone

from video_automation.analysis.hearing import hear
from video_automation.analysis.voice import WINDOW, Voice
from video_automation.editing.deciding import decide
from video_automation.editing.flattening import main_video
from video_automation.errors import JobCancelledError, ToolError
from video_automation.media.cancellation import Stop
from video_automation.media.program import Tools
from video_automation.plan.params import Params
from video_automation.plan.source.heard import Hearing
from video_automation.plan.source.observations import Observations
from video_automation.plan.source.recording import Mixed, Sound, SoundTrack, Source

RATE = 48_000
READINGS = {"beckett": 0.0, "two_cities": 1.0, "endgame_nagg_nell": 0.0}
"""Recordings in the package `moonshine-voice`, and the second to begin at: one has a thump before its first word."""


def source_of(video: Path) -> Source:
    """A source with what hearing needs; a frame lasts 10 ms."""
    with av.open(str(video)) as container:
        ms, start_us, name = (container.duration or 0) // 1000, container.start_time or 0, container.format.name
        streams = [
            Sound((SoundTrack(stream.index, "aac", RATE, 2),), (Mixed(stream.index),)) for stream in container.streams.audio
        ]
    shown = picture(frames=max(1, ms // 10), rate=Fraction(100))
    return Source("video", video.name, name, ms, shown, streams[0] if streams else None, start_us)


def heard(video: Path, folder: Path) -> Hearing:
    return hear(Tools(folder, (video,)), video, source_of(video), on_progress=lambda _: None)


@cache
def reading(name: str) -> np.ndarray:
    """A recording from its first to its last 50 ms that are loud: mono at 48 kHz."""
    package = find_spec("moonshine_voice")
    assert package is not None
    folder = Path((package.submodule_search_locations or [""])[0]) / "assets"
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(folder / f"{name}.wav"), "-ac", "1", "-ar", str(RATE))
    raw = subprocess.run([*argv, "-f", "f32le", "-"], capture_output=True, check=True).stdout
    speech = np.frombuffer(raw, "<f4")[round(READINGS[name] * RATE) : 14 * RATE]
    speech = speech / np.abs(speech).max() * 0.5
    hop = RATE // 20
    loud = np.flatnonzero((speech[: len(speech) // hop * hop].reshape(-1, hop) ** 2).mean(axis=1) > 10**-3.5)
    return speech[loud[0] * hop : (loud[-1] + 1) * hop]


def talk(*, pause_s: float, noise_db: float) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """The readings with noise and with pauses around them, and the start and end of each in milliseconds."""
    pieces, spoken, at = [], [], 0
    quiet = np.zeros(round(pause_s * RATE))
    for name in READINGS:
        speech = reading(name)
        at += len(quiet)
        spoken.append((at * 1000 // RATE, (at + len(speech)) * 1000 // RATE))
        at += len(speech)
        pieces += [quiet, speech]
    sound = np.concatenate([*pieces, quiet])
    sound += np.random.default_rng(1).normal(0, 10 ** (noise_db / 20), len(sound))
    return sound[:, None].astype(np.float32), spoken


@pytest.mark.parametrize("noise_db", [-66, -42], ids=["quiet room", "noise 20 dB below the speech"])
def test_pauses_between_real_sentences_go_and_no_word_does(noise_db: float, tmp_path: Path) -> None:
    sound, spoken = talk(pause_s=2.0, noise_db=noise_db)
    video = make_video(tmp_path / "talk.mp4", frames=len(sound) * 10 // RATE, rate=Fraction(10), size=(64, 36), sound=sound)
    timeline = decide(source_of(video), Observations((heard(video, tmp_path),)), Params()).document.timeline
    kept = [(span.start * 10, span.end * 10) for span in timeline.spans]
    for start, end in spoken:
        assert any(first <= start + 40 and last > start + 40 for first, last in kept)
        assert any(first < end - 40 and last >= end - 40 for first, last in kept)
    gone = [
        (0, kept[0][0]),
        *((last, first) for (_, last), (first, _) in pairwise(kept)),
        (kept[-1][1], len(sound) * 1000 // RATE),
    ]
    pauses = [(0, spoken[0][0]), *((last, first) for (_, last), (first, _) in pairwise(spoken))]
    for start, end in pauses:
        removed = sum(max(0, min(end, last) - max(start, first)) for first, last in gone)
        assert removed >= 0.95 * (end - start - 250)


def test_levels_and_loudness_are_those_of_a_known_tone(tmp_path: Path) -> None:
    sound = np.repeat(tone([(0, 5)], 5, hz=997, level=0.25), 2, axis=1)
    hearing = heard(make_video(tmp_path / "tone.mp4", frames=50, rate=Fraction(10), size=(64, 36), sound=sound), tmp_path)
    assert set(hearing.levels_db[10:-10]) == {-15}
    assert set(hearing.momentary_lufs[5:-3]) <= {-121, -120, -119}
    assert set(hearing.momentary_lufs[:3]) == {-1200}
    assert max(hearing.speech) < 50


def test_a_late_sound_is_heard_when_a_player_plays_it(tmp_path: Path) -> None:
    sound = tone([(0, 2)], 2, hz=997)
    options = {"frames": 40, "rate": Fraction(10), "size": (64, 36), "sound": sound}
    hearing = heard(make_video(tmp_path / "late.mkv", sound_delay=1.5, **options), tmp_path)
    loud = [hop for hop, level in enumerate(hearing.levels_db) if level > -40]
    assert loud[0] == pytest.approx(150, abs=2)
    assert loud[-1] == pytest.approx(349, abs=4)


@pytest.mark.parametrize(("rate", "channels"), few([(8_000, 1), (44_100, 2), (48_000, 6)], (8_000, 1), (48_000, 6)))
def test_sound_of_any_rate_and_any_number_of_channels_is_heard(rate: int, channels: int, tmp_path: Path) -> None:
    sound = np.repeat(tone([(1, 2)], 3, rate=rate), channels, axis=1)
    video = make_video(tmp_path / "video.mkv", frames=30, rate=Fraction(10), size=(64, 36), sound=sound, sound_rate=rate)
    hearing = heard(video, tmp_path)
    loud = [hop for hop, level in enumerate(hearing.levels_db) if level > -40]
    assert loud[0] == pytest.approx(100, abs=2)
    assert loud[-1] == pytest.approx(199, abs=2)
    assert len(hearing.levels_db) == pytest.approx(300, abs=15)
    assert len(hearing.speech) == pytest.approx(94, abs=4)
    assert len(hearing.momentary_lufs) == pytest.approx(30, abs=1)


def test_in_a_video_without_sound_nothing_is_heard(tmp_path: Path) -> None:
    video = make_video(tmp_path / "silent.mp4", frames=10, size=(64, 36))
    assert heard(video, tmp_path) == Hearing()


def test_the_sound_before_a_break_in_the_file_is_used(tmp_path: Path) -> None:
    whole = make_video(tmp_path / "whole.mkv", frames=100, rate=Fraction(10), size=(64, 36), sound=tone([(0, 10)], 10))
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    tools = Tools(tmp_path, (broken,))
    hearing = hear(tools, broken, source_of(whole), on_progress=lambda _: None)
    loud = sum(level > -40 for level in hearing.levels_db)
    assert 200 < loud < 900
    assert max(hearing.levels_db[loud + 10 :]) == -120


def test_sound_that_cannot_be_read_at_all_is_an_error(tmp_path: Path) -> None:
    whole = make_video(tmp_path / "whole.mkv", frames=10, size=(64, 36), sound=tone([(0, 1)], 1))
    broken = tmp_path / "broken.mkv"
    broken.write_bytes(b"no video")
    with pytest.raises(ToolError):
        hear(Tools(tmp_path, (broken,)), broken, source_of(whole), on_progress=lambda _: None)


def test_progress_rises_to_the_end_and_nothing_is_left_behind(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=100, rate=Fraction(10), size=(64, 36), sound=clicks([1], 10))
    work = tmp_path / "work"
    work.mkdir()
    shares: list[float] = []
    hear(Tools(work, (video,)), video, source_of(video), on_progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) == 4
    assert shares[-1] == pytest.approx(1, abs=0.02)
    assert list(work.iterdir()) == []


def test_listening_ends_when_it_is_told_to(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=300, rate=Fraction(10), size=(64, 36), sound=clicks([1], 30))
    stop = Stop()
    shares: list[float] = []

    def stop_at_once(share: float) -> None:
        shares.append(share)
        stop.set(JobCancelledError("Somebody asked for the end."))

    with pytest.raises(JobCancelledError):
        hear(Tools(tmp_path, (video,), stop), video, source_of(video), on_progress=stop_at_once)
    assert len(shares) == 1


def test_what_the_network_hears_does_not_depend_on_how_it_is_fed() -> None:
    speech = reading("beckett")[::3][: 200 * WINDOW].astype(np.float32)
    at_once = Voice().heard(speech)
    voice = Voice()
    bit_by_bit = [
        percent for start in range(0, len(speech), 8 * WINDOW) for percent in voice.heard(speech[start : start + 8 * WINDOW])
    ]
    assert np.abs(np.subtract(at_once, bit_by_bit)).max() <= 1
    assert max(at_once) > 90


def test_loudness_is_what_ffmpeg_measures_of_the_same_sound(tmp_path: Path) -> None:
    sound, _ = talk(pause_s=1.0, noise_db=-60)
    video = make_video(tmp_path / "talk.mp4", frames=len(sound) * 10 // RATE, rate=Fraction(10), size=(64, 36), sound=sound)
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(video), "-vn")
    measure = "aformat=channel_layouts=stereo,ebur128=framelog=quiet"
    said = subprocess.run([*argv, "-af", measure, "-f", "null", "-"], capture_output=True, text=True, check=True).stderr
    integrated = float(said.rpartition(" I:")[2].split()[0])
    hearing = heard(video, tmp_path)
    rendition = main_video(
        decide(source_of(video), Observations((hearing,)), Params(trim_silence=False)).document, hearing, None
    )
    assert rendition.gain_db == pytest.approx(-14 - integrated, abs=0.1)


def test_a_real_recording_loses_its_long_silences_and_keeps_its_words(corpus: Path, tmp_path: Path) -> None:
    video = corpus / "speech/auto_editor_example.mp4"
    timeline = decide(source_of(video), Observations((heard(video, tmp_path),)), Params()).document.timeline
    kept = [(span.start * 10, span.end * 10) for span in timeline.spans]
    assert kept[0][0] == 0
    assert any(start < 17_000 < end < 17_800 for start, end in kept)
    assert (kept[-1][0], kept[-1][1]) == pytest.approx((39_840, 40_720), abs=60)  # a single word: "banana"
    assert 17_000 < sum(end - start for start, end in kept) < 19_000


SPEECHLESS = "speech/iandevlin_tears-of-steel-battle-clip-medium.webm", "containers/moviepy/chaplin.mp4"


@pytest.mark.parametrize("video", few([*SPEECHLESS, "containers/opencast/av1.mp4"], *SPEECHLESS))
def test_a_real_video_in_which_nobody_speaks_is_left_whole(video: str, corpus: Path, tmp_path: Path) -> None:
    source = source_of(corpus / video)
    made = decide(source, Observations((heard(corpus / video, tmp_path),)), Params()).document
    assert made.timeline.frames == source.picture.frames
    assert made.remarks == ("No speech was found, so the video was left whole.",)


def test_a_real_video_with_a_failing_sound_is_heard_as_far_as_it_goes(corpus: Path, tmp_path: Path) -> None:
    hearing = heard(corpus / "hostile/moviepy/video_with_failing_audio.mp4", tmp_path)
    assert len(hearing.levels_db) > 1000
