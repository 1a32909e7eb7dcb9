"""The probe tells the truth about films whose content is known, and refuses what is none with a reason."""

import os
import struct
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import pytest
from films import H264, click_times, clicks, make_film, read_numbers, read_sound

from video_automation.errors import InputError, JobCancelledError
from video_automation.media.command import Command, source_args
from video_automation.media.probe import MediaLimits, check, content_id, probe
from video_automation.media.program import Tools
from video_automation.media.run import run
from video_automation.media.stop import Stop
from video_automation.plan.source import Sound, Source

MPEG: dict[str, Any] = {"codec": ("-c:v", "mpeg2video", "-q:v", "3"), "sound_codec": ("-c:a", "mp2"), "rate": Fraction(25)}


def probed(path: Path, limits: MediaLimits | None = None) -> Source:
    folder = path.parent / "probing"
    folder.mkdir(exist_ok=True)
    return probe(Tools(folder, ()), path, name=path.name, limits=limits or MediaLimits())


def refusal(path: Path, limits: MediaLimits | None = None) -> str:
    """The code it is refused with; the sentence is one for a person."""
    with pytest.raises(InputError) as caught:
        probed(path, limits)
    assert caught.value.sentence[0].isupper()
    assert caught.value.sentence.endswith(".")
    return caught.value.code


def ffmpeg(*args: str | Path) -> None:
    subprocess.run(
        (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", *map(str, args)), check=True, stdin=subprocess.DEVNULL
    )


@pytest.mark.parametrize("rate", ["24000/1001", "25", "30000/1001", "30", "60000/1001", "60"])
@pytest.mark.parametrize("container", ["mp4", "mkv", "ts"])
def test_a_constant_rate_is_found_exactly_with_every_frame_counted(tmp_path: Path, rate: str, container: str) -> None:
    film = make_film(tmp_path / f"film.{container}", frames=100, rate=Fraction(rate))
    picture = probed(film).picture
    assert (picture.rate, picture.frames, picture.variable) == (Fraction(rate), 100, False)


def test_a_variable_rate_gets_a_usual_grid_that_covers_all_of_it(tmp_path: Path) -> None:
    times = [0, 0.04, 0.08, 0.12, 0.5, 0.54, 0.58, 1.4, 1.44, 1.48, 1.52, 3.0]
    source = probed(make_film(tmp_path / "film.mp4", times=times))
    assert source.picture.variable
    assert source.picture.rate == 25
    assert source.picture.frames == 76
    assert source.duration_ms == 3040


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_rotation_is_the_turn_a_player_makes(tmp_path: Path, rotation: int) -> None:
    film = make_film(tmp_path / "film.mp4", frames=3, rotation=rotation)
    picture = probed(film).picture
    assert picture.rotation == rotation
    assert (picture.width, picture.height) == (320, 180)
    ffmpeg("-i", film, *H264, tmp_path / "played.mp4")
    assert read_numbers(tmp_path / "played.mp4") == [0, 1, 2]
    played = probed(tmp_path / "played.mp4").picture
    assert (picture.display_width, picture.display_height) == (played.width, played.height)


def test_pixels_that_are_not_square_widen_the_picture(tmp_path: Path) -> None:
    picture = probed(make_film(tmp_path / "film.mp4", frames=3, size=(720, 576), pixel_aspect=Fraction(64, 45))).picture
    assert picture.pixel_aspect == Fraction(64, 45)
    assert (picture.display_width, picture.display_height) == (1024, 576)


@pytest.mark.parametrize(("channels", "rate"), [(1, 8_000), (2, 48_000), (6, 44_100)])
def test_sound_is_told_as_it_is_stored(tmp_path: Path, channels: int, rate: int) -> None:
    sound = np.repeat(clicks([0.5], 2, rate), channels, axis=1)
    assert probed(make_film(tmp_path / "film.mp4", sound=sound, sound_rate=rate)).sound == Sound(1, "aac", rate, channels)


def test_a_film_without_sound_has_none(tmp_path: Path) -> None:
    assert probed(make_film(tmp_path / "film.mp4")).sound is None


def test_a_film_lasts_as_long_as_its_sound_goes_on(tmp_path: Path) -> None:
    source = probed(make_film(tmp_path / "film.mp4", frames=30, sound=clicks([1], 3)))
    assert source.duration_ms == pytest.approx(3000, abs=25)
    assert source.picture.frames == pytest.approx(90, abs=1)


def test_a_picture_that_starts_late_is_counted_from_the_films_start(tmp_path: Path) -> None:
    source = probed(make_film(tmp_path / "film.mp4", frames=60, sound=clicks([1], 2), picture_delay=0.4))
    assert source.picture.frames == 72
    assert source.duration_ms == 2400


def test_sound_that_starts_late_does_not_move_the_picture(tmp_path: Path) -> None:
    source = probed(make_film(tmp_path / "film.mp4", frames=60, sound=clicks([1], 1), sound_delay=0.4))
    assert (source.picture.frames, source.duration_ms) == (60, 2000)


def test_a_transport_streams_odd_first_timestamp_is_taken_off(tmp_path: Path) -> None:
    source = probed(make_film(tmp_path / "film.ts", frames=60, sound=clicks([1], 2)))
    assert source.picture.frames == pytest.approx(60, abs=1)
    assert source.duration_ms == pytest.approx(2000, abs=50)


@pytest.mark.parametrize("container", ["ts", "mpg", "mp4", "mkv"])
def test_sound_read_alone_keeps_its_delay_against_the_picture(tmp_path: Path, container: str) -> None:
    film = make_film(
        tmp_path / f"film.{container}", sound=clicks([0.5, 1.5], 2), sound_delay=0.4, **MPEG if container == "mpg" else {}
    )
    start_us = probed(film).start_us
    chain = ("-map", "0:a", "-af", "aresample=48000:async=1:first_pts=0", "-f", "wav")
    run(Tools(tmp_path, ()), Command((*source_args(film, start_us=start_us), *chain), "sound.wav"))
    assert click_times(read_sound(tmp_path / "sound.wav")) == pytest.approx([0.9, 1.9], abs=0.001)


def test_a_header_that_lies_about_the_length_is_not_believed(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=60)
    data = bytearray(film.read_bytes())
    for box, offset in ((b"mvhd", 20), (b"tkhd", 24), (b"mdhd", 20)):
        struct.pack_into(">I", data, data.index(box) + offset, 36_000 * 12_800)
    film.write_bytes(data)
    assert probed(film).duration_ms == 2000


def test_a_film_cut_off_in_the_middle_is_as_long_as_what_is_left(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=300, options=("-movflags", "+faststart"))
    data = film.read_bytes()
    film.write_bytes(data[: len(data) * 2 // 3])
    assert 150 < probed(film).picture.frames < 250


@pytest.mark.parametrize(("name", "transfer"), [("smpte2084", "pq"), ("arib-std-b67", "hlg"), ("bt709", "sdr")])
def test_high_dynamic_range_is_told(tmp_path: Path, name: str, transfer: str) -> None:
    codec = ("-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", f"log-level=none:colorprim=bt2020:transfer={name}")
    assert probed(make_film(tmp_path / "film.mp4", frames=3, codec=codec)).picture.transfer == transfer


def test_interlaced_film_is_told(tmp_path: Path) -> None:
    codec = ("-c:v", "mpeg2video", "-pix_fmt", "yuv420p", "-flags", "+ilme+ildct", "-field_order", "tt", "-q:v", "3")
    film = make_film(tmp_path / "film.mpg", frames=50, rate=Fraction(25), codec=("-vf", "setfield=tff", *codec))
    picture = probed(film).picture
    assert picture.interlaced
    assert (picture.rate, picture.frames) == (25, 50)
    assert not probed(make_film(tmp_path / "plain.mp4", frames=5)).picture.interlaced


def test_of_several_tracks_the_default_ones_are_used(tmp_path: Path) -> None:
    big = make_film(tmp_path / "big.mp4", frames=5, sound=clicks([0], 1))
    small = make_film(tmp_path / "small.mp4", frames=5, size=(160, 90), sound=clicks([0], 1))
    both = ("-i", big, "-i", small, "-map", "0", "-map", "1", "-c", "copy", "-disposition:v", "0", "-disposition:a", "0")
    ffmpeg(*both, tmp_path / "none.mkv")
    ffmpeg(*both, "-disposition:v:1", "default", "-disposition:a:1", "default", tmp_path / "second.mkv")
    ffmpeg(*both, "-disposition:a:0", "comment", tmp_path / "comment.mkv")
    none, second, comment = (probed(tmp_path / f"{name}.mkv") for name in ("none", "second", "comment"))
    assert (none.picture.width, none.picture.stream, none.sound and none.sound.stream) == (320, 0, 1)
    assert (second.picture.width, second.picture.stream, second.sound and second.sound.stream) == (160, 2, 3)
    assert comment.sound
    assert comment.sound.stream == 3


def test_sound_with_a_cover_picture_is_no_film(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=1, sound=clicks([0], 1))
    cover = tmp_path / "cover.png"
    ffmpeg("-i", film, "-frames:v", "1", cover)
    song = tmp_path / "song.m4a"
    ffmpeg(
        "-i",
        film,
        "-i",
        cover,
        "-map",
        "0:a",
        "-map",
        "1:v",
        "-c:v",
        "png",
        "-c:a",
        "copy",
        "-disposition:v",
        "attached_pic",
        song,
    )
    assert refusal(song) == "no_picture"


def test_a_picture_in_a_codec_that_is_not_listed_is_refused_by_name(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mkv", frames=3, codec=("-c:v", "magicyuv", "-pix_fmt", "gbrp"))
    with pytest.raises(InputError, match="magicyuv") as caught:
        probed(film)
    assert caught.value.code == "unsupported_codec"


def test_an_encrypted_film_is_refused_as_such(tmp_path: Path) -> None:
    key = (
        "-encryption_scheme",
        "cenc-aes-ctr",
        "-encryption_key",
        "76a6c65c5ea762046bd749a2e632ccbb",
        "-encryption_kid",
        "a7e61c37" * 4,
    )
    assert refusal(make_film(tmp_path / "film.mp4", frames=30, options=key)) == "encrypted"


@pytest.mark.parametrize(
    "content",
    [
        b"Dear diary,\n" * 1000,
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfilm.ts\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile film.ts\n",
        bytes(100_000),
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(5000),
    ],
)
def test_what_is_no_film_is_refused(tmp_path: Path, content: bytes) -> None:
    make_film(tmp_path / "film.ts", frames=1)
    (tmp_path / "upload.mp4").write_bytes(content)
    assert refusal(tmp_path / "upload.mp4") == "not_a_film"


def test_an_empty_file_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "upload.mp4").touch()
    assert refusal(tmp_path / "upload.mp4") == "empty"


def test_what_is_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=60)
    assert refusal(film, MediaLimits(max_duration_ms=1999)) == "too_long"
    assert refusal(film, MediaLimits(max_pixels=320 * 180 - 1)) == "too_many_pixels"
    assert refusal(film, MediaLimits(max_streams=0)) == "too_many_streams"
    assert probed(film, MediaLimits(max_duration_ms=2000, max_pixels=320 * 180, max_streams=1))


def test_a_stretched_picture_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=2, pixel_aspect=Fraction(100))
    assert refusal(film, MediaLimits(max_pixels=1_000_000)) == "too_many_pixels"


def test_the_quick_check_refuses_the_same_and_lets_films_pass(tmp_path: Path) -> None:
    tools = Tools(tmp_path, ())
    check(tools, make_film(tmp_path / "film.mp4", sound=clicks([0], 2)), limits=MediaLimits())
    (tmp_path / "text.mp4").write_bytes(b"Dear diary,\n" * 1000)
    with pytest.raises(InputError, match="not a film"):
        check(tools, tmp_path / "text.mp4", limits=MediaLimits())


def test_a_stop_ends_the_probe_with_its_own_reason(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=1)
    stop = Stop()
    stop.set(JobCancelledError("Cancelled by its owner."))
    with pytest.raises(JobCancelledError):
        probe(Tools(tmp_path, (), stop), film, name="film.mp4", limits=MediaLimits())


def test_the_id_tells_contents_apart_and_not_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(3 << 20))
    (tmp_path / "b").write_bytes(bytes(3 << 20))
    (tmp_path / "longer").write_bytes(bytes((3 << 20) + 1))
    (tmp_path / "other end").write_bytes(bytes((3 << 20) - 1) + b"x")
    assert content_id(tmp_path / "a") == content_id(tmp_path / "b")
    assert len({content_id(tmp_path / name) for name in ("a", "longer", "other end")}) == 3


def test_an_odd_name_is_a_name_and_no_option(tmp_path: Path) -> None:
    make_film(tmp_path / "film.mp4", frames=2).rename(tmp_path / "-i concat:|%d\n.mp4")
    assert probed(tmp_path / "-i concat:|%d\n.mp4").name == "-i concat:|%d\n.mp4"


def test_a_thousand_pictures_a_second_are_too_many_however_short_their_frames(tmp_path: Path) -> None:
    assert refusal(make_film(tmp_path / "fast.mkv", frames=600, rate=Fraction(1000), size=(64, 36))) == "too_many_pictures"
    slow_motion = make_film(tmp_path / "slow.mp4", frames=600, rate=Fraction(240), size=(64, 36))
    assert probed(slow_motion).picture.frames == 150
    assert refusal(slow_motion, MediaLimits(max_pictures=599)) == "too_many_pictures"


def test_the_quick_check_refuses_what_its_header_calls_too_long(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=2, rate=Fraction(1, 3600))
    with pytest.raises(InputError, match="lasts 120 minutes") as caught:
        check(Tools(tmp_path, ()), film, limits=MediaLimits(max_duration_ms=3_600_000))
    assert caught.value.code == "too_long"


def test_of_many_uploads_that_end_at_once_a_few_are_looked_at_at_a_time(tmp_path: Path) -> None:
    film = make_film(tmp_path / "film.mp4", frames=2)
    most, over = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not over.wait(0.005):
            tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
            most = max(most, sum(len((task / "children").read_text().split()) for task in tasks))

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: check(Tools(tmp_path, ()), film, limits=MediaLimits()), range(10)))
    over.set()
    watcher.join()
    assert 1 < most <= 4
