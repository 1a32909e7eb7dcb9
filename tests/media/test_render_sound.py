"""Rendered sound is in sync, as long as the picture, and as loud as planned."""

import re
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from plans import picture, plan_of, rendered
from thorough import few
from videos import click_times, clicks, make_video, read_numbers, read_sound, tone

SMALL = (64, 36)


def loudness(path: Path) -> tuple[float, float]:
    """The integrated loudness in LUFS and the true peak in dBTP, measured by ffmpeg."""
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(path), "-vn")
    said = subprocess.run(
        [*argv, "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"], capture_output=True, text=True, check=True
    )
    integrated, peak = re.findall(r"I:\s+(\S+) LUFS", said.stderr)[-1], re.findall(r"Peak:\s+(\S+) dBFS", said.stderr)[-1]
    return float(integrated), float(peak)


def sharp_speech(seconds: float, *, level: float) -> np.ndarray:
    """Noise in syllables with sharp onsets: its peaks are about 19 dB above its loudness, as in the sharpest speech."""
    count = int(seconds * 48_000)
    syllable = (np.arange(count) % 9600) / 48_000
    noise = np.convolve(np.random.default_rng(3).normal(0, 1, count), np.hanning(24) / 3, "same")
    return (level * noise * np.exp(-syllable / 0.05))[:, None].astype(np.float32)


@pytest.mark.parametrize(
    ("rate", "suffix"), few([("30", ".mp4"), ("30000/1001", ".mkv"), ("25", ".mp4")], ("30000/1001", ".mkv"))
)
def test_clicks_come_out_at_their_frames(tmp_path: Path, rate: str, suffix: str) -> None:
    times = [1.0, 2.0, 4.5, 5.25]
    fps = Fraction(rate)
    video = make_video(tmp_path / f"a{suffix}", frames=180, rate=fps, size=SMALL, sound=clicks(times, float(180 / fps)))
    spans = [(10, 70), (120, 180)]
    out = rendered(plan_of(video, spans, picture(frames=180, rate=fps, size=SMALL), sound=1), video, tmp_path / "work")
    expected, start = [], 0
    for first, last in spans:
        expected += [time - float((first - start) / fps) for time in times if first / fps < time < last / fps]
        start += last - first
    assert click_times(read_sound(out)) == pytest.approx(expected, abs=0.002)
    assert read_numbers(out) == [*range(10, 70), *range(120, 180)]


@pytest.mark.parametrize("suffix", few([".mp4", ".mkv", ".ts"], ".ts"))
def test_sound_that_begins_late_stays_late(tmp_path: Path, suffix: str) -> None:
    video = make_video(tmp_path / f"a{suffix}", frames=90, size=SMALL, sound=clicks([0.5, 1.5], 2), sound_delay=0.7)
    plan = plan_of(video, [(0, 90)], picture(frames=90, size=SMALL), sound=1)
    out = rendered(plan, video, tmp_path / "work")
    assert click_times(read_sound(out)) == pytest.approx([1.2, 2.2], abs=0.002)


@pytest.mark.parametrize(
    ("rate", "channels"), few([(48_000, 1), (8_000, 1), (44_100, 2), (48_000, 6)], (8_000, 1), (48_000, 6))
)
def test_any_sound_becomes_48_khz_stereo(tmp_path: Path, rate: int, channels: int) -> None:
    sound = np.repeat(clicks([0.5, 1.5], 2, rate), channels, axis=1)
    video = make_video(tmp_path / "a.mkv", frames=60, size=SMALL, sound=sound, sound_rate=rate, sound_codec=("-c:a", "flac"))
    out = rendered(plan_of(video, [(0, 60)], picture(frames=60, size=SMALL), sound=1), video, tmp_path / "work")
    heard = read_sound(out)
    assert heard.shape[1] == 2
    assert abs(len(heard) - 2 * 48_000) < 1024
    assert click_times(heard) == pytest.approx([0.5, 1.5], abs=0.002)


def test_the_sound_stream_of_the_plan_is_the_one_that_is_heard(tmp_path: Path) -> None:
    first = make_video(tmp_path / "1.mkv", frames=60, size=SMALL, sound=clicks([0.5], 2))
    second = make_video(tmp_path / "2.mkv", frames=60, size=SMALL, sound=clicks([1.5], 2))
    video = tmp_path / "a.mkv"
    streams = ("-i", str(first), "-i", str(second), "-map", "0:v", "-map", "0:a", "-map", "1:a", "-c", "copy", str(video))
    subprocess.run([imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *streams], check=True)
    out = rendered(plan_of(video, [(0, 60)], picture(frames=60, size=SMALL), sound=2), video, tmp_path / "work")
    assert click_times(read_sound(out)) == pytest.approx([1.5], abs=0.002)


def test_sound_that_ends_early_is_followed_by_silence(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=90, size=SMALL, sound=tone([(0, 1)], 1))
    out = rendered(
        plan_of(video, [(0, 20), (25, 90)], picture(frames=90, size=SMALL), sound=1, gain_db=0), video, tmp_path / "work"
    )
    heard = read_sound(out)
    assert abs(len(heard) - 85 * 1600) < 1024
    assert abs(heard[48_000:]).max() < 0.001


@pytest.mark.parametrize("level", few([0.01, 0.3], 0.01))
def test_the_result_is_as_loud_as_planned_and_never_clips(tmp_path: Path, level: float) -> None:
    video = make_video(
        tmp_path / "a.mkv", frames=240, size=SMALL, sound=sharp_speech(8, level=level), sound_codec=("-c:a", "flac")
    )
    plan = plan_of(video, [(0, 100), (110, 240)], picture(frames=240, size=SMALL), sound=1, gain_db=-14 - loudness(video)[0])
    integrated, peak = loudness(rendered(plan, video, tmp_path / "work"))
    assert integrated == pytest.approx(-14, abs=0.7)
    assert peak <= -1


def test_silence_is_left_silent(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=60, size=SMALL, sound=np.zeros((96_000, 1), np.float32))
    plan = plan_of(video, [(0, 60)], picture(frames=60, size=SMALL), sound=1, gain_db=20)
    assert abs(read_sound(rendered(plan, video, tmp_path / "work"))).max() < 1e-4


def test_a_video_without_sound_is_rendered_without(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=30, size=SMALL)
    plan = plan_of(video, [(0, 30)], picture(frames=30, size=SMALL))
    assert replace(plan.renditions[0], gain_db=None) == plan.renditions[0]
    assert read_numbers(rendered(plan, video, tmp_path / "work")) == list(range(30))


@pytest.mark.parametrize("kind", few(["clicks", "squares", "noise"], "clicks"))
def test_peaks_stay_below_one_decibel_whatever_the_encoder_adds(kind: str, tmp_path: Path) -> None:
    at = np.arange(8 * 48_000) / 48_000
    sound = {
        "clicks": clicks([0.5 + 0.5 * place for place in range(15)], 8),
        "squares": (0.3 * np.sign(np.sin(2 * np.pi * 110 * at)) * (np.sin(2 * np.pi * at) > 0))[:, None].astype(np.float32),
        "noise": (np.random.default_rng(4).normal(0, 1, len(at)) * (np.sin(2 * np.pi * 2 * at) > 0.9))[:, None].astype(
            np.float32
        )
        / 5,
    }[kind]
    video = make_video(tmp_path / "a.mkv", frames=240, size=SMALL, sound=sound, sound_codec=("-c:a", "flac"))
    plan = plan_of(video, [(0, 240)], picture(frames=240, size=SMALL), sound=1, gain_db=-14 - loudness(video)[0])
    assert loudness(rendered(plan, video, tmp_path / "work"))[1] <= -1
