"""Wherever decoding begins, it gives the frames of a decode from the start: unreliable key frames are not used."""

import struct
from fractions import Fraction
from pathlib import Path

import av
import pytest
from plans import B_FRAMES
from probing import ffmpeg, probed
from taken import taken
from thorough import few
from videos import make_video

from video_automation.media.pictures.accurate_seek import seek
from video_automation.media.pictures.entry_points import holds_idr
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.chunking import chunks

SIZE = (128, 72)
FRAMES = 900
SPANS = [(301, 304), (450, 452), (599, 603), (750, 753), (893, 900)]
"""Spans that are far enough apart to become separate chunks, each with a seek of its own."""
X264 = ("-c:v", "libx264", "-preset", "superfast", "-pix_fmt", "yuv420p", "-crf", "20")
LONG = (*X264, "-bf", "2", "-x264-params", "keyint=240:min-keyint=240:scenecut=0")
REFRESHED = (*X264, "-x264-params", "intra-refresh=1:keyint=90:bframes=0")
OPEN = (*X264, "-bf", "3", "-x264-params", "open-gop=1:keyint=60:b-adapt=0")
X265 = "log-level=none:keyint=60:min-keyint=60:bframes=3:b-adapt=0:open-gop=1"
CRA = ("-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", X265)
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "600")
AV1 = ("-c:v", "libsvtav1", "-preset", "10", "-crf", "5", "-g", "300", "-svtav1-params", "enable-tf=0")
MPEG4 = ("-c:v", "mpeg4", "-q:v", "3", "-g", "240")
MPEG2 = ("-c:v", "mpeg2video", "-q:v", "3", "-bf", "2", "-g", "60", "-sc_threshold", "1000000000")
MJPEG = ("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj420p")
PRORES = ("-c:v", "prores_ks", "-profile:v", "0", "-pix_fmt", "yuv422p10le")


def all_called_key(video: Path) -> Path:
    """The video without its `stss` box, so that every frame counts as a key frame."""
    data = video.read_bytes()
    video.write_bytes(data.replace(b"stss", b"free"))
    return video


def numbers() -> list[int]:
    return [number for start, end in SPANS for number in range(start, end)]


@pytest.mark.parametrize(
    ("name", "codec"),
    few(
        [
            *((f"honest.{suffix}", LONG) for suffix in ("mp4", "mkv", "ts", "flv")),
            *((f"refreshed.{suffix}", REFRESHED) for suffix in ("mp4", "mkv", "ts", "flv")),
            *((f"open.{suffix}", OPEN) for suffix in ("mp4", "mkv", "ts")),
            *((f"cra.{suffix}", CRA) for suffix in ("mp4", "mkv", "ts")),
            ("long.webm", VP9),
            ("long_av1.mkv", AV1),
            ("mpeg4.avi", MPEG4),
            ("mpeg2.ts", MPEG2),
            ("mpeg2.mpg", MPEG2),
            ("intra.mov", MJPEG),
            ("prores.mov", PRORES),
        ],
        *(("refreshed.mkv", REFRESHED), ("open.ts", OPEN), ("long.webm", VP9), ("mpeg4.avi", MPEG4)),
    ),
)
def test_frames_are_those_of_a_decode_from_the_start(tmp_path: Path, name: str, codec: tuple[str, ...]) -> None:
    video = taken(make_video(tmp_path / name, frames=FRAMES, size=SIZE, codec=codec))
    found, late = video.frames(*SPANS), 0
    if name.endswith((".avi", ".mpg")) or codec == MPEG2:  # these begin a frame late
        late = video.frames((0, 1))[0] - video.frames((300, 301))[0] + 300
    assert found == [number - late for number in numbers()]


@pytest.mark.parametrize("codec", few(["h264", "mpeg4", "hevc", "av1"], "h264", "hevc"))
def test_key_frames_that_are_none_are_not_believed(tmp_path: Path, codec: str) -> None:
    written = {"h264": LONG, "mpeg4": MPEG4, "hevc": CRA, "av1": AV1}[codec]
    video = taken(all_called_key(make_video(tmp_path / "a.mp4", frames=FRAMES, size=SIZE, codec=written)))
    assert video.source.picture.lead > 60
    assert video.frames(*SPANS) == numbers()


def test_a_codec_whose_key_frames_cannot_be_checked_is_decoded_from_where_it_comes_out_right(tmp_path: Path) -> None:
    codec = ("-c:v", "msmpeg4v2", "-q:v", "3", "-g", "120")
    video = make_video(tmp_path / "a.avi", frames=FRAMES, size=SIZE, codec=codec)
    data = bytearray(video.read_bytes())
    entries = data.rindex(b"idx1") + 8
    for place in range(entries, len(data) - 15, 16):
        struct.pack_into("<I", data, place + 4, 0x10)
    video.write_bytes(data)
    found = taken(video)
    assert found.source.picture.lead > 30
    whole = found.frames()
    assert found.frames(*SPANS) == [whole[number] for number in numbers()]


def test_ordinary_files_are_sought_as_before(tmp_path: Path) -> None:
    picture = probed(make_video(tmp_path / "a.mp4", frames=300, size=SIZE, codec=B_FRAMES)).picture
    assert (picture.gop, picture.lead) == (49, 30)
    every = probed(make_video(tmp_path / "a.mov", frames=60, size=SIZE, codec=MJPEG)).picture
    assert (every.gop, every.lead) == (1, 2)


def test_without_a_list_of_key_frames_decoding_begins_one_of_them_earlier(tmp_path: Path) -> None:
    source = probed(make_video(tmp_path / "a.ts", frames=600, size=SIZE, codec=B_FRAMES))
    assert source.picture.lead == 30 + 49
    assert seek(source, 500) == "14.041667"


def test_where_much_has_to_be_decoded_before_a_chunk_chunks_are_longer() -> None:
    timeline = Timeline("a", Fraction(30), (FrameSpan(0, 36_000),))
    assert len(chunks(timeline, reach=30)) > 70
    assert min(chunk.length for chunk in chunks(timeline, reach=18_000)) >= 4_500


def test_an_idr_is_found_behind_lengths_and_behind_start_codes(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=5, size=SIZE, codec=X264)
    ffmpeg("-i", video, "-c", "copy", tmp_path / "a.ts")
    for path in (video, tmp_path / "a.ts"):
        with av.open(str(path)) as opened:
            packets = [packet for packet in opened.demux(video=0) if packet.size]
            extradata = opened.streams.video[0].codec_context.extradata
            assert [holds_idr(bytes(packet), extradata) for packet in packets] == [True, False, False, False, False]
