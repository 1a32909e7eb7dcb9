"""From recordings that were broken off, or do not say their length, everything that can be played is rendered."""

import subprocess
from fractions import Fraction
from pathlib import Path

import imageio_ffmpeg
import pytest
from plans import B_FRAMES
from probing import refusal
from taken import taken
from thorough import few
from videos import clicks, make_video

SIZE = (128, 72)
FRAGMENTED = ("-movflags", "frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "500000")
VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "30")
AS_FILES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "fragmented.mp4": (B_FRAMES, ("-c:a", "aac"), FRAGMENTED),
    "camera.mov": (("-c:v", "mjpeg", "-pix_fmt", "yuvj420p"), ("-c:a", "pcm_s16le"), FRAGMENTED),
    "recorder.mkv": (B_FRAMES, ("-c:a", "aac"), ()),
    "browser.webm": (VP9, ("-c:a", "libopus"), ()),
    "broadcast.ts": (B_FRAMES, ("-c:a", "aac"), ()),
    "stream.flv": (B_FRAMES, ("-c:a", "aac"), ()),
    "disc.mpg": (("-c:v", "mpeg2video", "-q:v", "3"), ("-c:a", "mp2"), ()),
    "old.avi": (("-c:v", "mpeg4", "-q:v", "3"), ("-c:a", "mp3"), ()),
}


def video(path: Path, *, rate: Fraction = Fraction(30), frames: int = 300) -> Path:
    codec, sound_codec, options = AS_FILES[path.name]
    sound = clicks(range(1, frames // 30), frames / float(rate))
    return make_video(
        path, frames=frames, rate=rate, size=SIZE, codec=codec, sound=sound, sound_codec=sound_codec, options=options
    )


@pytest.mark.parametrize("share", few([0.5, 0.83], 0.83))
@pytest.mark.parametrize("name", few(AS_FILES, "fragmented.mp4", "recorder.mkv", "disc.mpg", "old.avi"))
def test_what_is_there_of_a_recording_that_was_broken_off_comes_out(tmp_path: Path, name: str, share: float) -> None:
    whole = video(tmp_path / name)
    whole.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * share)])
    left = taken(whole)
    assert left.source.picture.rate == 30
    shown = left.source.picture.last_shown + 1
    frames = left.frames((1, shown - 4))  # the last pictures may need lost data
    late = 1 - frames[0]  # AVI begins a frame late
    expected = list(range(1 - late, shown - 4 - late))
    if whole.suffix == ".mpg":  # its times begin one picture late, which loses one
        assert frames == sorted(frames)
        assert len(set(expected) - set(frames)) <= 2
    else:
        assert frames == expected
    assert 300 * (share - 0.25) < shown < 300 * (share + 0.15)
    assert left.source.picture.frames - shown <= 30
    assert left.clicks()


@pytest.mark.parametrize("rate", few(["24000/1001", "25", "30", "30000/1001", "60"], "30000/1001"))
def test_fragments_that_were_broken_off_keep_their_rate(tmp_path: Path, rate: str) -> None:
    whole = video(tmp_path / "fragmented.mp4", rate=Fraction(rate), frames=150)
    whole.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * 0.7)])
    assert taken(whole).source.picture.rate == Fraction(rate)


@pytest.mark.parametrize("form", few(["matroska", "flv", "mpegts", "mp4", "webm"], "matroska", "flv", "mp4"))
def test_a_recording_that_never_said_how_long_it_is_is_as_long_as_its_pictures(tmp_path: Path, form: str) -> None:
    """Programs that stream their output cannot go back to write the length into the header."""
    codec = VP9 if form == "webm" else B_FRAMES
    heard = "libopus" if form == "webm" else "aac"
    once = make_video(
        tmp_path / "once.mkv", frames=120, size=SIZE, codec=codec, sound=clicks([1, 3], 4), sound_codec=("-c:a", heard)
    )
    sent = tmp_path / f"sent.{form}"
    options = FRAGMENTED if form == "mp4" else ()
    with sent.open("wb") as file:
        argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(once), "-c", "copy", *options, "-f", form, "pipe:1")
        subprocess.run(argv, stdout=file, check=True, stdin=subprocess.DEVNULL)
    found = taken(sent)
    assert found.source.duration_ms == pytest.approx(4000, abs=110)
    assert list(dict.fromkeys(found.frames())) == list(range(120))


def test_a_recording_without_its_index_is_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = make_video(tmp_path / "a.mp4", size=SIZE)
    data = whole.read_bytes()
    whole.write_bytes(data[: data.index(b"moov") - 4])
    assert refusal(whole) == "not_a_film"


def test_fragments_that_were_broken_off_inside_a_list_are_read_up_to_it(tmp_path: Path) -> None:
    whole = video(tmp_path / "fragmented.mp4")
    data = whole.read_bytes()
    whole.write_bytes(data[: data.rindex(b"moof", 0, len(data) * 2 // 3) + 200])
    left = taken(whole)
    assert left.source.mended
    assert left.source.breaks == ()
    shown = left.source.picture.last_shown + 1
    assert shown > 100
    assert list(dict.fromkeys(left.frames()))[: shown - 8] == list(range(shown - 8))
