"""A mix is read as it is defined: several tracks, the share of each channel, layouts, channels without a layout."""

import subprocess
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from heard import SECOND, heard_of
from test_sound import video_of
from thorough import few
from videos import click_times, clicks, tone

from video_automation.plan.source.recording import Mixed

HALF = 0.5**0.5
FLAC = ("-c:a", "flac")


def level(samples: np.ndarray) -> float:
    """The amplitude of a sine, measured in the second second."""
    return float(np.sqrt(2 * np.mean(np.square(samples[SECOND : 2 * SECOND], dtype=np.float64))))


def channels(*levels: float) -> np.ndarray:
    """Three seconds with a different tone in each channel; `levels` are their amplitudes."""
    tones = [tone([(0, 3)], 3, hz=300 + 170 * place, level=loud) for place, loud in enumerate(levels)]
    return np.concatenate(tones, axis=1)


def tracks_of(path: Path, *videos: Path) -> Path:
    """A video with the picture of the first of these videos, and the sound of all."""
    inputs = [part for video in videos for part in ("-i", str(video))]
    maps = ["-map", "0:v", *(part for place in range(len(videos)) for part in ("-map", f"{place}:a"))]
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *inputs, *maps, "-c", "copy", str(path))
    subprocess.run(argv, check=True, stdin=subprocess.DEVNULL)
    return path


def test_two_tracks_are_heard_together_each_as_loud_as_asked(tmp_path: Path) -> None:
    one = video_of(tmp_path / "1.mkv", channels(0.2, 0.2), codec=FLAC)
    two = video_of(tmp_path / "2.mkv", channels(0.4), codec=(*FLAC, "-ar", "44100"))
    video = tracks_of(tmp_path / "a.mkv", one, two)
    first, second = heard_of(one, (0, 2.5)), heard_of(two, (0, 2.5))
    both = heard_of(video, (0, 2.5), mix=(Mixed(1, gain_db=-6.0), Mixed(2, gain_db=6.0)))
    assert abs(both - (first * 10**-0.3 + second * 10**0.3)).max() < 1e-5


@pytest.mark.parametrize("container", few(["mkv", "mp4", "ts"], "mkv"))
def test_tracks_of_a_mix_are_in_their_places_also_where_one_begins_late_or_ends_early(container: str, tmp_path: Path) -> None:
    one = video_of(tmp_path / "1.mp4", clicks([1.0, 14.0], 15))
    two = video_of(tmp_path / "2.mp4", clicks([0.5, 2.0], 2.5), sound_delay=8.0)
    video = tracks_of(tmp_path / f"a.{container}", one, two)
    late = 1024 / SECOND if container == "ts" else 0
    mix = (Mixed(1), Mixed(2))
    assert click_times(heard_of(video, (0, 15), mix=mix)) == pytest.approx(
        [1 + late, 8.5 + late, 10 + late, 14 + late], abs=0.001
    )
    assert click_times(heard_of(video, (9.5, 15), mix=mix)) == pytest.approx([0.5 + late, 4.5 + late], abs=0.001)


def test_left_and_right_are_made_of_the_channels_as_the_mix_says(tmp_path: Path) -> None:
    video = video_of(tmp_path / "a.mkv", channels(0.4, 0.2), codec=FLAC)
    heard = heard_of(video, (0, 2), mix=(Mixed(1, left=(0, 500), right=(0, -500)),))
    assert level(heard[:, 0]) == pytest.approx(0.1, abs=0.001)
    assert abs(heard.sum(axis=1)).max() < 1e-6
    only_left = heard_of(video, (0, 2), mix=(Mixed(1, left=(1000,)),))
    assert (level(only_left[:, 0]), level(only_left[:, 1])) == pytest.approx((0.4, 0), abs=0.001)


@pytest.mark.parametrize(
    ("levels", "left", "right"),
    few(
        [
            ((0.4,), 0.4 * HALF, 0.4 * HALF),
            ((0.4, 0.2), 0.4, 0.2),
            ((0, 0, 0.4, 0, 0, 0), 0.4 * HALF, 0.4 * HALF),
            ((0, 0, 0, 0.4, 0, 0), 0, 0),
            ((0, 0, 0, 0, 0.4, 0), 0.4 * HALF, 0),
            ((0, 0.4, 0, 0, 0, 0, 0, 0), 0, 0.4),
        ],
        *(((0.4,), 0.4 * HALF, 0.4 * HALF), ((0, 0, 0.4, 0, 0, 0), 0.4 * HALF, 0.4 * HALF)),
        *(((0, 0, 0, 0.4, 0, 0), 0, 0), ((0, 0, 0, 0, 0.4, 0), 0.4 * HALF, 0)),
    ),
)
def test_layouts_are_mixed_down_as_usual(levels: tuple[float, ...], left: float, right: float, tmp_path: Path) -> None:
    heard = heard_of(video_of(tmp_path / "a.mkv", channels(*levels), codec=FLAC), (0, 2))
    assert (level(heard[:, 0]), level(heard[:, 1])) == pytest.approx((left, right), abs=0.002)


@pytest.mark.parametrize("count", few([3, 4, 8, 9, 16], 4, 16))
def test_each_of_many_channels_is_heard_where_the_file_does_not_say_what_they_are_for(count: int, tmp_path: Path) -> None:
    untold = ("-c:a", "libopus", "-mapping_family", "255", "-ar", "48000", "-b:a", f"{64 * count}k")
    for place in (0, count - 1):
        sound = channels(*(0.4 if channel == place else 0 for channel in range(count)))
        heard = heard_of(video_of(tmp_path / "a.mkv", sound, codec=untold), (0, 2))
        assert (level(heard[:, 0]), level(heard[:, 1])) == pytest.approx((0.4 / count, 0.4 / count), rel=0.1)


def test_channels_that_stand_in_an_order_of_their_own_are_heard_on_their_side(tmp_path: Path) -> None:
    turned = ("-filter:a", "channelmap=0|1|2:FR+FL+FC", "-c:a", "pcm_s16le")
    heard = heard_of(video_of(tmp_path / "a.mov", channels(0.4, 0.2, 0), codec=turned), (0, 2))
    assert (level(heard[:, 0]), level(heard[:, 1])) == pytest.approx((0.2, 0.4), abs=0.002)
