"""Sound is read with the precision of a sample: from any place, from any container, from files with missing or bad parts."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from heard import SECOND, heard_of, tampered
from thorough import few
from videos import click_times, clicks, make_video, tone

SMALL = (64, 36)
EXACT = {"mov": ("-c:a", "pcm_s16le"), "mkv": ("-c:a", "flac"), "avi": ("-c:a", "pcm_s16le"), "m4v.mov": ("-c:a", "alac")}
TELLING = {
    "mp4": ("-c:a", "aac"),
    "mkv": ("-c:a", "libmp3lame"),
    "mka.mkv": ("-c:a", "libopus"),
    "webm": ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis"),
    "ogv": ("-c:v", "libtheora", "-c:a", "libopus"),
}
"""Codecs with encoder delay, in containers that say how long it is."""
MPEG = ("-c:v", "mpeg2video", "-c:a", "mp2")
EVERYWHERE = {
    "mp4": ("-c:a", "aac", "-aac_pns", "0"),
    "mkv": ("-c:a", "aac", "-aac_pns", "0", "-ar", "44100"),
    "ts": ("-c:a", "aac", "-aac_pns", "0", "-ar", "44100"),
    "mpg": MPEG,
    "flv": ("-c:v", "flv", "-c:a", "aac", "-aac_pns", "0"),
    "avi": ("-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "ogv": ("-c:v", "libtheora", "-c:a", "libvorbis"),
    "wmv": ("-c:v", "wmv2", "-c:a", "wmav2"),
}


def music(seconds: float) -> np.ndarray:
    """Sound that never repeats: shape (samples, 2)."""
    at = np.arange(round(seconds * SECOND)) / SECOND
    left = 0.3 * np.sin(2 * np.pi * (200 + 30 * at) * at) * (0.6 + 0.4 * np.sin(7 * at))
    return np.stack((left, 0.2 * np.sin(2 * np.pi * (700 + 11 * at) * at)), axis=1).astype(np.float32)


def video_of(path: Path, sound: np.ndarray, *, codec: tuple[str, ...] = (), **others: object) -> Path:
    """A small video with this sound; `codec` are the arguments of its encoder."""
    frames = max(1, len(sound) * 25 // SECOND)
    return make_video(path, frames=frames, rate=Fraction(25), size=SMALL, sound=sound, options=codec, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize("container", few(EXACT, "mkv", "m4v.mov"))
def test_sound_that_is_stored_without_loss_is_read_as_it_is(container: str, tmp_path: Path) -> None:
    sound = music(3)
    heard = heard_of(video_of(tmp_path / f"a.{container}", sound, codec=EXACT[container]), (0, 3))
    assert abs(heard - sound).max() <= 1 / 32767


@pytest.mark.parametrize("container", few(TELLING, "mp4", "webm"))
def test_clicks_are_where_they_were_before_they_were_encoded(container: str, tmp_path: Path) -> None:
    video = video_of(tmp_path / f"a.{container}", clicks([0.5, 1.7, 2.9], 3.5), codec=TELLING[container])
    assert click_times(heard_of(video, (0, 3.5))) == pytest.approx([0.5, 1.7, 2.9], abs=0.0002)


@pytest.mark.parametrize("container", few(EVERYWHERE, "mp4", "ts"))
def test_sound_from_the_middle_is_that_of_reading_from_the_beginning(container: str, tmp_path: Path) -> None:
    video = video_of(tmp_path / f"a.{container}", music(30), codec=EVERYWHERE[container])
    whole = heard_of(video, (0, 30))
    parts = heard_of(video, (12.3, 13), (26.01, 28.5))
    assert abs(whole).max() > 0.1
    assert abs(parts - np.concatenate((whole[590_400:624_000], whole[1_248_480:1_368_000]))).max() < 0.001


@pytest.mark.parametrize("container", few(["mp4", "mkv", "ts", "flv"], "ts"))
def test_after_missing_packets_sound_is_in_its_place_and_the_gaps_are_silent(container: str, tmp_path: Path) -> None:
    codec = EVERYWHERE[container] if container in ("flv", "mp4") else ("-c:a", "aac")
    sound = tone([(0, 10)], 10, level=0.03) + clicks([1.0, 3.3, 5.3, 7.0, 8.7], 10)
    whole = video_of(tmp_path / f"a.{container}", sound, codec=codec)
    video = tampered(whole, tmp_path / f"b.{container}", lambda number, _: number % 40 not in (20, 21))
    before, after = heard_of(whole, (0, 9.5)), heard_of(video, (0, 9.5))
    assert click_times(after) == pytest.approx(click_times(before), abs=0.0002)
    silent = np.convolve(after[:, 0] == 0, np.ones(512), "valid") == 512
    starts = np.flatnonzero(np.diff(silent.astype(int)) == 1)
    assert len(starts) == pytest.approx(9.5 * 48_000 / 1024 / 40, abs=1)


def test_times_that_jitter_are_not_heard(tmp_path: Path) -> None:
    whole = video_of(tmp_path / "a.mkv", music(8), codec=EVERYWHERE["mkv"])
    shaken = np.random.default_rng(5).integers(-1, 2, 1000).tolist()

    def shake(number: int, packet: object) -> bool:
        if number > 1:
            packet.pts = packet.dts = packet.pts + shaken[number] + (9 if number % 17 == 9 else 0)  # type: ignore[attr-defined]
        return True

    video = tampered(whole, tmp_path / "b.mkv", shake)
    assert abs(heard_of(video, (0, 7.5)) - heard_of(whole, (0, 7.5))).max() < 1e-6


@pytest.mark.parametrize("share", few([1.0005, 0.9995], 0.9995))
def test_a_clock_that_runs_away_is_followed_without_a_click(share: float, tmp_path: Path) -> None:
    whole = video_of(tmp_path / "a.mkv", tone([(0, 20)], 20, hz=300), codec=("-c:a", "flac"))

    def run_away(_: int, packet: object) -> bool:
        packet.pts = packet.dts = round(packet.pts * share)  # type: ignore[attr-defined]
        return True

    video = tampered(whole, tmp_path / "b.mkv", run_away)
    heard = heard_of(video, (0, 21))
    end = np.flatnonzero(abs(heard[:, 0]) > 0.01)[-1] / SECOND
    assert end == pytest.approx(20 * share, abs=0.004)
    steepest = abs(np.diff(heard[: round((end - 0.1) * SECOND), 0])).max()
    assert steepest < 1.6 * abs(np.diff(heard_of(whole, (0, 19))[:, 0])).max()


def test_of_packets_that_overlap_what_came_first_is_heard_and_the_rest_in_its_place(tmp_path: Path) -> None:
    whole = video_of(tmp_path / "a.mkv", clicks([1.0, 2.0, 4.5, 6.0], 7), codec=("-c:a", "flac"))

    def come_earlier(number: int, packet: object) -> bool:
        if number >= 40:  # 3.84 s
            packet.pts = packet.dts = packet.pts - 60  # type: ignore[attr-defined]
        return True

    video = tampered(whole, tmp_path / "b.mkv", come_earlier)
    assert click_times(heard_of(video, (0, 6.5))) == pytest.approx([1.0, 2.0, 4.44, 5.94], abs=0.001)


def test_a_format_that_changes_midway_goes_on_in_its_place(tmp_path: Path) -> None:
    first = video_of(
        tmp_path / "1.ts", clicks([1.0, 3.0], 4), sound_rate=SECOND, codec=("-c:a", "aac", "-ar", "44100", "-muxdelay", "0")
    )
    six = np.repeat(clicks([1.0, 3.0], 4), 6, axis=1)
    second = video_of(tmp_path / "2.ts", six, codec=("-c:a", "aac", "-output_ts_offset", "4.2", "-muxdelay", "0"))
    video = tmp_path / "video.ts"
    video.write_bytes(first.read_bytes() + second.read_bytes())
    late = 1024 / 44_100  # MPEG streams cannot tell their encoder delay, so the first stretch begins with it
    assert click_times(heard_of(video, (0, 8))) == pytest.approx([1 + late, 3 + late, 5.2, 7.2], abs=0.002)


def test_damaged_packets_are_silent_and_what_follows_is_in_its_place(tmp_path: Path) -> None:
    whole = video_of(tmp_path / "a.mp4", clicks([1.0, 2.0, 6.0, 8.0, 9.0], 10), codec=("-c:a", "aac"))
    data = bytearray(whole.read_bytes())
    random = np.random.default_rng(8)
    first, last = len(data) * 4 // 10, len(data) * 5 // 10
    data[first:last] = random.integers(0, 256, last - first, np.uint8).tobytes()
    video = tmp_path / "b.mp4"
    video.write_bytes(data)
    heard = heard_of(video, (0, 10))
    assert abs(heard).max() < 4
    found = click_times(heard[round(5.5 * SECOND) :])
    assert found == pytest.approx([0.5, 2.5, 3.5], abs=0.0002)


def test_what_cannot_be_sound_is_silent(tmp_path: Path) -> None:
    sound = music(3)
    sound[50_000:50_010], sound[90_000] = np.nan, 1e30
    sound[20_000] = 20.0
    heard = heard_of(video_of(tmp_path / "a.mov", sound, codec=("-c:a", "pcm_f32le")), (0, 3))
    assert np.isfinite(heard).all()
    assert abs(heard).max() == 20
    assert (abs(heard - np.nan_to_num(sound)) < 1e-6).mean() > 0.97


def test_after_a_break_in_the_file_there_is_silence(tmp_path: Path) -> None:
    whole = video_of(tmp_path / "a.mkv", music(10), codec=("-c:a", "flac"))
    video = tmp_path / "b.mkv"
    video.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    heard = heard_of(video, (0, 10))
    assert abs(heard[: 3 * SECOND]).max() > 0.2
    assert not heard[8 * SECOND :].any()
    assert not heard_of(video, (8, 9)).any()


@pytest.mark.parametrize("container", few(["mp4", "mkv"], "mp4"))
def test_a_track_that_begins_late_is_heard_late_and_one_that_begins_early_is_cut(container: str, tmp_path: Path) -> None:
    late = video_of(tmp_path / f"late.{container}", clicks([0.5, 7.5], 8), sound_delay=1.25)
    assert click_times(heard_of(late, (0, 9))) == pytest.approx([1.75, 8.75], abs=0.001)
    assert click_times(heard_of(late, (6, 9))) == pytest.approx([2.75], abs=0.001)
    early = video_of(tmp_path / f"early.{container}", clicks([0.5, 1.5], 2), picture_delay=0.7)
    assert click_times(heard_of(early, (0, 2))) == pytest.approx([0.5, 1.5], abs=0.001)
