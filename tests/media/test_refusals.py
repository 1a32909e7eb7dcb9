"""The probe refuses files that are no video, or exceed a limit, with a reason."""

import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from itertools import count
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
from e2e.instance import PATIENCE_S, eventually
from probing import probed, refusal
from thorough import few
from videos import clicks, make_video

from video_automation.errors import InputError, JobCancelledError, TransientError
from video_automation.media.cancellation import Stop
from video_automation.media.probing import probe as reader
from video_automation.media.probing import probe_child as child
from video_automation.media.probing import track
from video_automation.media.probing.probe import MediaLimits, check, content_id, probe
from video_automation.media.program import Tools

DIARY = b"Dear diary,\n" * 1000
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfilm.ts\n#EXT-X-ENDLIST\n"


def test_a_picture_in_a_codec_that_is_not_listed_is_refused_by_name(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mkv", frames=3, codec=("-c:v", "hap"))
    with pytest.raises(InputError, match="encoded as Hap") as caught:
        probed(video)
    assert caught.value.code == "unsupported_codec"


def test_an_encrypted_video_is_refused_as_such(tmp_path: Path) -> None:
    key = (
        "-encryption_scheme",
        "cenc-aes-ctr",
        "-encryption_key",
        "76a6c65c5ea762046bd749a2e632ccbb",
        "-encryption_kid",
        "a7e61c37" * 4,
    )
    assert refusal(make_video(tmp_path / "video.mp4", frames=30, options=key)) == "encrypted"


@pytest.mark.parametrize(
    "content",
    few([DIARY, PLAYLIST, b"ffconcat version 1.0\nfile video.ts\n", bytes(100_000)], PLAYLIST),
)
def test_what_is_no_video_is_refused(tmp_path: Path, content: bytes) -> None:
    make_video(tmp_path / "video.ts", frames=1)
    (tmp_path / "upload.mp4").write_bytes(content)
    assert refusal(tmp_path / "upload.mp4") == "not_a_film"


def test_an_empty_file_is_refused_as_such(tmp_path: Path) -> None:
    (tmp_path / "upload.mp4").touch()
    assert refusal(tmp_path / "upload.mp4") == "empty"


def test_what_is_larger_than_allowed_is_refused(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=60)
    assert refusal(video, MediaLimits(max_duration_ms=1999)) == "too_long"
    assert refusal(video, MediaLimits(max_pixels=320 * 180 - 1)) == "too_many_pixels"
    assert refusal(video, MediaLimits(max_streams=0)) == "too_many_streams"
    assert probed(video, MediaLimits(max_duration_ms=2000, max_pixels=320 * 180, max_streams=1))


def test_a_stretched_picture_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=2, pixel_aspect=Fraction(100))
    assert refusal(video, MediaLimits(max_pixels=1_000_000)) == "too_many_pixels"


def test_a_side_longer_than_any_video_of_ours_can_have_is_refused(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=2, pixel_aspect=Fraction(100))
    assert refusal(video) == "too_many_pixels"
    assert probed(make_video(tmp_path / "wide.mp4", frames=2, pixel_aspect=Fraction(50)))


def test_the_quick_check_refuses_the_same_and_lets_videos_pass(tmp_path: Path) -> None:
    tools = Tools(tmp_path, ())
    check(tools, make_video(tmp_path / "video.mp4", sound=clicks([0], 2)), limits=MediaLimits())
    (tmp_path / "text.mp4").write_bytes(DIARY)
    with pytest.raises(InputError, match="This is a text, not a video"):
        check(tools, tmp_path / "text.mp4", limits=MediaLimits())


def test_a_stop_ends_the_probe_with_its_own_reason(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=1)
    stop = Stop()
    stop.set(JobCancelledError("Cancelled by its owner."))
    with pytest.raises(JobCancelledError):
        probe(Tools(tmp_path, (), stop), video, name="video.mp4", limits=MediaLimits())


def test_the_id_tells_contents_apart_and_not_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(3 << 20))
    (tmp_path / "b").write_bytes(bytes(3 << 20))
    (tmp_path / "longer").write_bytes(bytes((3 << 20) + 1))
    (tmp_path / "other end").write_bytes(bytes((3 << 20) - 1) + b"x")
    assert content_id(tmp_path / "a") == content_id(tmp_path / "b")
    assert len({content_id(tmp_path / name) for name in ("a", "longer", "other end")}) == 3


def test_an_odd_name_is_a_name_and_no_option(tmp_path: Path) -> None:
    make_video(tmp_path / "video.mp4", frames=2).rename(tmp_path / "-i concat:|%d\n.mp4")
    assert probed(tmp_path / "-i concat:|%d\n.mp4").name == "-i concat:|%d\n.mp4"


def test_a_thousand_pictures_a_second_are_too_many_however_short_their_frames(tmp_path: Path) -> None:
    assert refusal(make_video(tmp_path / "fast.mkv", frames=600, rate=Fraction(1000), size=(64, 36))) == "too_many_pictures"
    slow_motion = make_video(tmp_path / "slow.mp4", frames=600, rate=Fraction(240), size=(64, 36))
    assert probed(slow_motion).picture.frames == 150
    assert refusal(slow_motion, MediaLimits(max_pictures=599)) == "too_many_pictures"


def test_tables_that_claim_millions_of_pictures_are_refused(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=30, size=(64, 36))
    lying = bytearray(video.read_bytes())
    many = 1 << 24
    for table, numbers in {b"stsz": (1, many), b"stts": (1, many, 1), b"stsc": (1, 1, many)}.items():
        struct.pack_into(f">{len(numbers)}I", lying, lying.index(table) + 8, *numbers)
    video.write_bytes(lying)
    refusal(video)


def test_the_quick_check_refuses_what_its_header_calls_too_long(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=2, rate=Fraction(1, 3600))
    with pytest.raises(InputError, match="lasts 120 minutes") as caught:
        check(Tools(tmp_path, ()), video, limits=MediaLimits(max_duration_ms=3_600_000))
    assert caught.value.code == "too_long"


def test_of_many_uploads_that_end_at_once_a_few_are_looked_at_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = make_video(tmp_path / "video.mp4", frames=2)
    begun, most = [], 0
    over, lock, run_python = threading.Event(), threading.Lock(), reader.run_python

    def slowly(*args: Any) -> bytes:
        nonlocal most
        with lock:
            begun.append(args)
            most = max(most, len(begun))
        over.wait(PATIENCE_S)
        try:
            return run_python(*args)
        finally:
            with lock:
                begun.pop()

    monkeypatch.setattr(reader, "run_python", slowly)
    monkeypatch.setattr(reader, "LONGEST_WAIT_S", PATIENCE_S)
    with ThreadPoolExecutor(6) as pool:
        checks = [pool.submit(check, Tools(tmp_path, ()), video, limits=MediaLimits()) for _ in range(6)]
        try:
            assert eventually(lambda: most >= 4)
            assert not eventually(lambda: most > 4, within_s=0.5)
        finally:
            over.set()
        assert [one.exception() for one in checks] == [None] * 6
    assert most == 4


def test_a_single_picture_under_long_sound_is_a_video(tmp_path: Path) -> None:
    late = ("-c:v", "libx264", "-pix_fmt", "yuv420p")  # its decoder gives a picture only after the next ones
    video = make_video(tmp_path / "video.mp4", frames=1, codec=late, sound=clicks([0], 60))
    check(Tools(tmp_path, ()), video, limits=MediaLimits())
    assert probed(video).duration_ms >= 60_000


def test_no_video_is_tried_for_longer_than_a_few_seconds_of_processor_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    video = make_video(tmp_path / "video.mov", frames=100, codec=("-c:v", "png"))
    video.write_bytes(video.read_bytes().replace(b"IDAT", b"JUNK"))
    looks = count()
    monkeypatch.setattr(track, "process_time", lambda: 2 * next(looks))  # called before and after each try
    with pytest.raises(child.UnusableError, match="unreadable"):
        child.read_file(str(video), child.Most(pixels=1 << 20, streams=1, rate=480, pictures=1000, packets=2000))
    assert next(looks) == 2 * 3, "tries of 2 seconds each"


def test_who_waits_too_long_for_a_look_is_told_to_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    video = make_video(tmp_path / "video.mp4", frames=2)
    monkeypatch.setattr(reader, "CHECKS", BoundedSemaphore(1))
    monkeypatch.setattr(reader, "LONGEST_WAIT_S", 0.01)
    with reader.turn(reader.CHECKS), pytest.raises(TransientError) as caught:
        check(Tools(tmp_path, ()), video, limits=MediaLimits())
    assert (caught.value.code, caught.value.status) == ("busy", 503)
    check(Tools(tmp_path, ()), video, limits=MediaLimits())
