"""The probe describes videos with known content correctly."""

import struct
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from probing import ffmpeg, probed
from thorough import few
from videos import H264, click_times, clicks, make_video, read_numbers, read_sound

from video_automation.media.command import Command, source_args
from video_automation.media.ffmpeg import run
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Mixed, Sound, SoundTrack

MPEG: dict[str, Any] = {"codec": ("-c:v", "mpeg2video", "-q:v", "3"), "sound_codec": ("-c:a", "mp2"), "rate": Fraction(25)}


@pytest.mark.parametrize(
    ("rate", "container"),
    few(
        product(["24000/1001", "25", "30000/1001", "30", "60000/1001", "60"], ["mp4", "mkv", "ts"]),
        *(("24000/1001", "mkv"), ("30000/1001", "mp4"), ("30000/1001", "ts")),
    ),
)
def test_a_constant_rate_is_found_exactly_with_every_frame_counted(tmp_path: Path, rate: str, container: str) -> None:
    video = make_video(tmp_path / f"video.{container}", frames=100, rate=Fraction(rate))
    picture = probed(video).picture
    assert (picture.rate, picture.frames, picture.variable) == (Fraction(rate), 100, False)


def test_a_variable_rate_gets_a_usual_grid_that_covers_all_of_it(tmp_path: Path) -> None:
    times = [0, 0.04, 0.08, 0.12, 0.5, 0.54, 0.58, 1.4, 1.44, 1.48, 1.52, 3.0]
    source = probed(make_video(tmp_path / "video.mp4", times=times))
    assert source.picture.variable
    assert source.picture.rate == 25
    assert source.picture.frames == 76
    assert source.duration_ms == 3040


@pytest.mark.parametrize("rotation", few([0, 90, 180, 270], 90))
def test_a_rotation_is_the_turn_a_player_makes(tmp_path: Path, rotation: int) -> None:
    video = make_video(tmp_path / "video.mp4", frames=3, rotation=rotation)
    picture = probed(video).picture
    assert picture.rotation == rotation
    assert (picture.width, picture.height) == (320, 180)
    ffmpeg("-i", video, *H264, tmp_path / "played.mp4")
    assert read_numbers(tmp_path / "played.mp4") == [0, 1, 2]
    played = probed(tmp_path / "played.mp4").picture
    assert (picture.display_width, picture.display_height) == (played.width, played.height)


def test_pixels_that_are_not_square_widen_the_picture(tmp_path: Path) -> None:
    picture = probed(make_video(tmp_path / "video.mp4", frames=3, size=(720, 576), pixel_aspect=Fraction(64, 45))).picture
    assert picture.pixel_aspect == Fraction(64, 45)
    assert (picture.display_width, picture.display_height) == (1024, 576)


@pytest.mark.parametrize(("channels", "rate"), few([(1, 8_000), (2, 48_000), (6, 44_100)], (6, 44_100)))
def test_sound_is_told_as_it_is_stored(tmp_path: Path, channels: int, rate: int) -> None:
    sound = np.repeat(clicks([0.5], 2, rate), channels, axis=1)
    layout = {1: "mono", 2: "stereo", 6: "5.1"}[channels]
    assert probed(make_video(tmp_path / "video.mp4", sound=sound, sound_rate=rate)).sound == Sound(
        (SoundTrack(1, "aac", rate, channels, layout, flags=("default",)),), (Mixed(1),)
    )


def test_a_video_without_sound_has_none(tmp_path: Path) -> None:
    assert probed(make_video(tmp_path / "video.mp4")).sound is None


def test_a_video_lasts_as_long_as_its_sound_goes_on(tmp_path: Path) -> None:
    source = probed(make_video(tmp_path / "video.mp4", frames=30, sound=clicks([1], 3)))
    assert source.duration_ms == pytest.approx(3000, abs=25)
    assert source.picture.frames == pytest.approx(90, abs=1)


def test_a_picture_that_ends_before_the_sound_has_its_last_frame_told(tmp_path: Path) -> None:
    longer = probed(make_video(tmp_path / "a.mp4", frames=60, sound=clicks([], 4)))
    as_long = probed(make_video(tmp_path / "b.mp4", frames=60))
    assert (longer.picture.shown, longer.picture.last_shown) == (60, 59)
    assert (as_long.picture.shown, as_long.picture.last_shown) == (None, 59)


def test_a_picture_that_starts_late_is_counted_from_the_videos_start(tmp_path: Path) -> None:
    source = probed(make_video(tmp_path / "video.mp4", frames=60, sound=clicks([1], 2), picture_delay=0.4))
    assert source.picture.frames == 72
    assert source.duration_ms == 2400


def test_sound_that_starts_late_does_not_move_the_picture(tmp_path: Path) -> None:
    source = probed(make_video(tmp_path / "video.mp4", frames=60, sound=clicks([1], 1), sound_delay=0.4))
    assert (source.picture.frames, source.duration_ms) == (60, 2000)


def test_a_transport_streams_odd_first_timestamp_is_taken_off(tmp_path: Path) -> None:
    source = probed(make_video(tmp_path / "video.ts", frames=60, sound=clicks([1], 2)))
    assert source.picture.frames == pytest.approx(60, abs=1)
    assert source.duration_ms == pytest.approx(2000, abs=50)


@pytest.mark.parametrize("container", few(["ts", "mpg", "mp4", "mkv"], "ts", "mp4"))
def test_sound_read_alone_keeps_its_delay_against_the_picture(tmp_path: Path, container: str) -> None:
    video = make_video(
        tmp_path / f"video.{container}", sound=clicks([0.5, 1.5], 2), sound_delay=0.4, **MPEG if container == "mpg" else {}
    )
    start_us = probed(video).start_us
    chain = ("-map", "0:a", "-af", "aresample=48000:async=1:first_pts=0", "-f", "wav")
    run(Tools(tmp_path, ()), Command((*source_args(video, start_us=start_us), *chain), "sound.wav"))
    assert click_times(read_sound(tmp_path / "sound.wav")) == pytest.approx([0.9, 1.9], abs=0.001)


def test_a_header_that_lies_about_the_length_is_not_believed(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=60)
    data = bytearray(video.read_bytes())
    for box, offset in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        struct.pack_into(">I", data, data.index(box) + offset, 36_000 * 12_800)
    video.write_bytes(data)
    assert probed(video).duration_ms == 2000


def test_a_video_cut_off_in_the_middle_is_as_long_as_what_is_left(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=300, options=("-movflags", "+faststart"))
    data = video.read_bytes()
    video.write_bytes(data[: len(data) * 2 // 3])
    assert 150 < probed(video).picture.frames < 250


@pytest.mark.parametrize(
    ("name", "transfer"), few([("smpte2084", "pq"), ("arib-std-b67", "hlg"), ("bt709", "sdr")], ("arib-std-b67", "hlg"))
)
def test_high_dynamic_range_is_told(tmp_path: Path, name: str, transfer: str) -> None:
    codec = ("-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", f"log-level=none:colorprim=bt2020:transfer={name}")
    assert probed(make_video(tmp_path / "video.mp4", frames=3, codec=codec)).picture.transfer == transfer


def test_interlaced_video_is_told(tmp_path: Path) -> None:
    codec = ("-c:v", "mpeg2video", "-pix_fmt", "yuv420p", "-flags", "+ilme+ildct", "-field_order", "tt", "-q:v", "3")
    video = make_video(tmp_path / "video.mpg", frames=50, rate=Fraction(25), codec=("-vf", "setfield=tff", *codec))
    picture = probed(video).picture
    assert picture.interlaced
    assert (picture.rate, picture.frames) == (25, 50)
    assert not probed(make_video(tmp_path / "plain.mp4", frames=5)).picture.interlaced


def test_of_several_tracks_the_default_ones_are_used(tmp_path: Path) -> None:
    big = make_video(tmp_path / "big.mp4", frames=5, sound=clicks([0], 1))
    small = make_video(tmp_path / "small.mp4", frames=5, size=(160, 90), sound=clicks([0], 1))
    both = ("-i", big, "-i", small, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v", "0", "-disposition:a", "0")
    ffmpeg(*both, tmp_path / "none.mkv")
    ffmpeg(*both, "-disposition:v:1", "default", "-disposition:a:1", "default", tmp_path / "second.mkv")
    ffmpeg(*both, "-disposition:a:0", "comment", tmp_path / "comment.mkv")
    none, second, comment = (probed(tmp_path / f"{name}.mkv") for name in ("none", "second", "comment"))
    assert (none.picture.width, none.picture.stream, none.sound and none.sound.main.stream) == (320, 0, 1)
    assert (second.picture.width, second.picture.stream, second.sound and second.sound.main.stream) == (160, 2, 3)
    assert comment.sound
    assert comment.sound.main.stream == 3


@pytest.mark.parametrize("order", few(["FR+FL+FC", "FC+FL", "BC+FR+FL+FC"], "BC+FR+FL+FC"))
def test_sound_whose_channels_stand_in_an_order_of_their_own_is_read(order: str, tmp_path: Path) -> None:
    channels = order.count("+") + 1
    video = make_video(
        tmp_path / "video.mov",
        sound=np.repeat(clicks([0.5], 2), channels, axis=1),
        sound_codec=("-filter:a", f"asetpts=PTS,channelmap={'|'.join(map(str, range(channels)))}:{order}", "-c:a", "pcm_s16le"),
    )
    sound = probed(video).sound
    assert sound
    assert sound.main.channels == channels
