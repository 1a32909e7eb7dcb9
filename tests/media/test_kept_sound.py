"""Sound is decoded once and kept for all steps that read it, if there is room; the kept sound equals the decoded one."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from cut_off import cut_off
from heard import SECOND, source_with
from videos import make_video, tone

from video_automation.media.audio import kept_sound
from video_automation.media.audio.sound import keep_sound, samples
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Source

SECONDS = 6


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video of six seconds of noise, with sound in five of them."""
    noise = np.random.default_rng(5).normal(0, 0.1, (5 * SECOND, 2)).astype(np.float32)
    return make_video(tmp_path_factory.mktemp("kept") / "a.mp4", frames=30 * SECONDS, size=(64, 36), sound=noise)


def of(video: Path) -> Source:
    return replace(source_with(video), duration_ms=SECONDS * 1000)


def keeping(video: Path, folder: Path) -> Tools:
    """Tools whose folder keeps the sound of a video already."""
    tools = Tools(folder, (video,), sounds=folder / "sounds")
    keep_sound(tools, video, of(video), on_progress=lambda _: None)
    return tools


def heard(tools: Tools, source: Source, path: Path, *stretches: tuple[int, int]) -> bytes:
    with samples(tools, path, source, stretches) as stream:
        return stream.read()


@pytest.mark.parametrize(
    "stretches",
    [[(0, 6 * SECOND)], [(17, 30_000), (30_000, 30_001), (70_000, 200_000)], [(200_000, 250_000), (100, 200)], [(9, 9)]],
)
def test_what_is_kept_is_what_is_decoded(stretches: list[tuple[int, int]], video: Path, tmp_path: Path) -> None:
    tools = keeping(video, tmp_path)
    fresh = heard(Tools(tmp_path, (video,)), of(video), video, *stretches)
    gone = tmp_path / "nothing.mp4"
    assert heard(tools, of(video), gone, *stretches) == fresh, "the video itself is not read again"
    assert len(fresh) == 8 * sum(end - start for start, end in stretches)


def test_what_lies_beyond_and_what_is_mixed_otherwise_is_decoded(video: Path, tmp_path: Path) -> None:
    tools, source = keeping(video, tmp_path), of(video)
    beyond = (SECOND, 20 * SECOND)
    assert len(heard(tools, source, video, beyond)) == 8 * 19 * SECOND
    assert source.sound is not None
    louder = replace(source, sound=replace(source.sound, mix=(replace(source.sound.mix[0], gain_db=6.0),)))
    loud, usual = (np.frombuffer(heard(tools, one, video, (0, SECOND)), "<f4") for one in (louder, source))
    assert np.abs(loud).max() == pytest.approx(np.abs(usual).max() * 10 ** (6 / 20), rel=1e-3)


def test_who_has_heard_enough_may_leave(video: Path, tmp_path: Path) -> None:
    tools = keeping(video, tmp_path)
    with samples(tools, video, of(video), [(0, 6 * SECOND)]) as stream:
        first = stream.read(800)
    assert first == heard(tools, of(video), video, (0, 100))


def test_kept_sound_that_has_become_shorter_meanwhile_is_an_error_and_no_silence(video: Path, tmp_path: Path) -> None:
    tools = keeping(video, tmp_path)
    file = kept_sound.kept_file(tools, of(video))
    assert file is not None
    os.truncate(file, 80_000)
    with pytest.raises(OSError, match="shorter"), kept_sound.playing(file, [(0, 6 * SECOND)]) as stream:
        stream.read()


def test_it_is_there_whole_or_not_at_all(video: Path, tmp_path: Path) -> None:
    def stopped(_: float) -> None:
        raise KeyboardInterrupt

    tools = Tools(tmp_path, (video,), sounds=tmp_path / "sounds")
    with pytest.raises(KeyboardInterrupt):
        keep_sound(tools, video, of(video), on_progress=stopped)
    assert not list((tmp_path / "sounds").iterdir())
    assert (
        cut_off(
            lambda told: keep_sound(replace(told, sounds=tools.sounds), video, of(video), on_progress=print), tmp_path, video
        )[1]
        == 1
    )
    (file,) = (tmp_path / "sounds").iterdir()
    before = file.stat()
    keep_sound(tools, video, of(video), on_progress=stopped)
    assert file.stat() == before, "what an earlier attempt has kept is not decoded again"


@pytest.mark.parametrize(
    ("minutes", "source_mb", "there_is"), [(11, 1, True), (30, 1000, False), (30, 1500, True), (95, 9000, False)]
)
def test_as_much_is_kept_as_there_is_room_for(minutes: int, source_mb: int, there_is: bool, video: Path) -> None:
    long = replace(of(video), duration_ms=minutes * 60_000)
    assert kept_sound.fits(long, source_mb << 20) == there_is


def test_a_recording_without_sound_has_none_to_keep(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=30, size=(64, 36), sound=tone([(0, 1)], 1))
    keep_sound(Tools(tmp_path, (video,), sounds=tmp_path / "sounds"), video, replace(of(video), sound=None), on_progress=print)
    assert not (tmp_path / "sounds").exists()


def test_where_it_cannot_be_written_it_is_decoded(video: Path, tmp_path: Path) -> None:
    (tmp_path / "sounds").write_text("in the way")
    tools = keeping(video, tmp_path)
    assert len(heard(tools, of(video), video, (0, SECOND))) == 8 * SECOND
