"""Of several picture tracks the moving one is used, however small it is."""

from itertools import product
from pathlib import Path

import pytest
from probing import ffmpeg, probed
from thorough import few
from videos import make_video

from video_automation.errors import InputError, RequestError
from video_automation.media.probing.probe import MediaLimits, check, probe
from video_automation.media.program import Tools

LARGE, SMALL = (320, 180), (160, 90)
QUICKLY = ("-c:v", "libx264", "-preset", "ultrafast")


def moving(path: Path, size: tuple[int, int] = SMALL) -> Path:
    return make_video(path, frames=60, size=size)


def joined(path: Path, *videos: Path) -> Path:
    inputs = [part for video in videos for part in ("-i", str(video))]
    ffmpeg(*inputs, *(part for number in range(len(videos)) for part in ("-map", str(number))), "-c", "copy", path)
    return path


def still(path: Path, frames: int, size: tuple[int, int] = LARGE) -> Path:
    """A video that shows the same noisy picture for so many frames."""
    noise = f"nullsrc=s={size[0]}x{size[1]}:r=30,geq=random(1)*255:128:128,trim=end_frame=1,loop={frames - 1}:1:0"
    ffmpeg("-f", "lavfi", "-i", noise, "-frames:v", str(frames), "-c:v", "libx264", "-crf", "30", "-preset", "ultrafast", path)
    return path


@pytest.mark.parametrize(("kind", "frames"), few(product(["mkv", "mp4", "mov"], [1, 60]), ("mkv", 1), ("mp4", 60)))
def test_a_larger_still_is_not_shown(kind: str, frames: int, tmp_path: Path) -> None:
    video = joined(tmp_path / f"video.{kind}", still(tmp_path / "still.mp4", frames), moving(tmp_path / "moving.mp4"))
    source = probed(video)
    assert source.picture.stream == 1
    assert [(track.stream, track.width, track.moves) for track in source.pictures] == [(0, 320, False), (1, 160, True)]


def test_images_of_chapters_are_not_shown(tmp_path: Path) -> None:
    images = make_video(tmp_path / "images.mkv", times=[0, 0.7, 1.5], size=LARGE)
    assert probed(joined(tmp_path / "video.mkv", images, moving(tmp_path / "moving.mkv"))).picture.stream == 1


def test_of_two_that_move_the_default_one_is_shown_else_the_larger(tmp_path: Path) -> None:
    small, large = moving(tmp_path / "small.mp4"), moving(tmp_path / "large.mp4", LARGE)
    both = joined(tmp_path / "both.mkv", small, large)
    ffmpeg("-i", both, "-map", "0", "-c", "copy", "-disposition:v:0", "0", "-disposition:v:1", "0", tmp_path / "none.mkv")
    ffmpeg(
        "-i", both, "-map", "0", "-c", "copy", "-disposition:v:0", "default", "-disposition:v:1", "0", tmp_path / "first.mkv"
    )
    assert probed(tmp_path / "none.mkv").picture.stream == 1
    assert probed(tmp_path / "first.mkv").picture.stream == 0


def test_a_screen_that_seldom_changes_moves(tmp_path: Path) -> None:
    screen = tmp_path / "screen.mkv"
    change = "drawbox=x=100:y=100:w=80:h=60:color=white:t=fill:enable='gte(t,1)'"
    ffmpeg("-f", "lavfi", "-i", f"color=gray:s=640x360:r=30:d=2,{change}", *QUICKLY, screen)
    assert probed(joined(tmp_path / "video.mkv", screen, moving(tmp_path / "camera.mkv"))).picture.stream == 0


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording with two moving picture tracks, the second of which is larger."""
    folder = tmp_path_factory.mktemp("two")
    return joined(folder / "video.mkv", moving(folder / "small.mp4"), moving(folder / "large.mp4", LARGE))


def test_a_person_chooses_the_picture(two: Path, tmp_path: Path) -> None:
    tools = Tools(tmp_path, ())
    for stream in (0, 1):
        shown = probe(tools, two, name="video.mkv", limits=MediaLimits(), tracks=(stream,)).picture
        assert (shown.stream, shown.width) == (stream, (160, 320)[stream])


@pytest.mark.parametrize(
    ("tracks", "sentence"),
    [
        ((2,), r"tracks: track 2 is not there. This video has: 0 \(picture, h264\), 1 \(picture, h264\)\."),
        ((0, 1), r"tracks: of several picture tracks only one can be shown. Name one\."),
    ],
)
def test_tracks_that_are_not_there_are_refused_at_once(
    tracks: tuple[int, ...], sentence: str, two: Path, tmp_path: Path
) -> None:
    with pytest.raises(RequestError, match=sentence):
        check(Tools(tmp_path, ()), two, limits=MediaLimits(), tracks=tracks)


def test_the_tracks_of_a_file_are_listed_with_what_they_are_called(tmp_path: Path) -> None:
    told = ("-metadata:s:a:0", "title=Desktop", "-metadata:s:a:1", "language=deu", "-disposition:a:1", "comment")
    inputs = ("-f", "lavfi", "-i", "testsrc=d=1", "-f", "lavfi", "-i", "sine=d=1", "-f", "lavfi", "-i", "anullsrc=cl=5.1:d=1")
    ffmpeg(*inputs, "-map", "0", "-map", "1", "-map", "2", *told, *QUICKLY, "-c:a", "aac", tmp_path / "video.mkv")
    sound = probed(tmp_path / "video.mkv").sound
    assert sound
    assert [(track.stream, track.channels, track.layout, track.title, track.language) for track in sound.tracks] == [
        (1, 1, "mono", "Desktop", ""),
        (2, 6, "5.1", "", "deu"),
    ]
    assert "comment" in sound.tracks[1].flags


def with_unknown_sound(path: Path, *maps: str) -> Path:
    """A video whose first sound track has an unknown codec."""
    inputs = ("-f", "lavfi", "-i", "testsrc=d=1", "-f", "lavfi", "-i", "sine=d=1")
    ffmpeg(*inputs, *maps, *QUICKLY, "-c:a:0", "pcm_s16le", "-c:a:1", "aac", path)
    content = path.read_bytes()
    assert content.count(b"sowt") == 1
    path.write_bytes(content.replace(b"sowt", b"xyzw"))
    return path


def test_a_track_in_an_unknown_codec_is_left_aside_and_named(tmp_path: Path) -> None:
    sound = probed(with_unknown_sound(tmp_path / "video.mov", "-map", "0", "-map", "1", "-map", "1")).sound
    assert sound
    assert [(track.codec, track.readable) for track in sound.tracks] == [("xyzw", False), ("aac", True)]
    assert sound.main.stream == 2


def test_where_no_sound_can_be_read_the_refusal_names_its_codec(tmp_path: Path) -> None:
    video = with_unknown_sound(tmp_path / "video.mov", "-map", "0", "-map", "1")
    with pytest.raises(InputError, match=r"^The sound of this video is encoded as “xyzw”.*\.$") as caught:
        probed(video)
    assert caught.value.code == "unsupported_codec"
