"""A recording of sound alone is accepted, and its picture is drawn; a frame depends only on its place in the recording."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from heard import SECOND, heard_of
from plans import pixels, rendered
from probing import ffmpeg, probed, refusal
from thorough import few
from videos import click_times, clicks, tone

from video_automation.errors import TooLargeError
from video_automation.media.audio.sound import samples
from video_automation.media.probing.probe import MediaLimits
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.params import EncodeParams, Params
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.still import Still
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.drawing.bars import Strip, heard_span, heights, mask
from video_automation.render.encode.segments import segments
from video_automation.render.encode.stills import make_stills

FORMATS = {
    "mp3": ("-c:a", "libmp3lame", "-b:a", "96k"),
    "vbr.mp3": ("-c:a", "libmp3lame", "-q:a", "4"),
    "m4a": ("-c:a", "aac", "-aac_pns", "0"),
    "wav": ("-c:a", "pcm_s16le"),
    "long.wav": ("-c:a", "pcm_s24le", "-rf64", "always"),
    "flac": ("-c:a", "flac"),
    "ogg": ("-c:a", "libvorbis"),
    "opus": ("-c:a", "libopus"),
    "mka": ("-c:a", "libopus"),
}
USUAL = ("mp3", "m4a", "wav", "opus")
RATE = Fraction(30)


def recorded(path: Path, sound: np.ndarray, *options: str | Path) -> Path:
    """A file with this sound and no picture."""
    raw = path.with_name("sound.f32")
    raw.write_bytes(sound.astype("<f4").tobytes())
    ffmpeg("-f", "f32le", "-ar", str(SECOND), "-ac", str(sound.shape[1]), "-i", raw, *options, path)
    return path


def sweep(seconds: float) -> np.ndarray:
    """Sound that never repeats: four syllables a second with rising pitch; shape (samples, 1)."""
    at = np.arange(round(seconds * SECOND)) / SECOND
    voice = sum(np.sin(2 * np.pi * harmonic * (110 + 2 * at) * at) / harmonic for harmonic in range(1, 30))
    return (0.15 * voice * (np.sin(2 * np.pi * 2 * at) ** 2))[:, None].astype(np.float32)


def plan_of_sound(source: Source, spans: Sequence[tuple[int, int]], size: tuple[int, int] = (1280, 720)) -> EditPlan:
    timeline = Timeline(source.id, source.picture.rate, tuple(FrameSpan(*span) for span in spans))
    params = Params(encode=EncodeParams(preset="superfast", crf=18))
    return EditPlan(source, (Rendition("out.mp4", timeline, *size, 0.0, -2.0, params.encode),), params)


def masks(path: Path, source: Source, frames: FrameSpan, strip: Strip) -> list[np.ndarray]:
    with samples(Tools(path.parent, (path,)), path, source, [heard_span(frames, RATE)]) as sound:
        return [mask(levels, strip) for levels in heights(sound, frames, RATE)]


def grey(video: Path) -> list[np.ndarray]:
    with av.open(str(video)) as made:
        return [frame.to_ndarray(format="gray").astype(int) for frame in made.decode(video=0)]


@pytest.mark.parametrize("kind", few(FORMATS, *USUAL))
def test_it_is_as_long_as_its_sound_which_is_where_it_was(kind: str, tmp_path: Path) -> None:
    path = recorded(tmp_path / f"a.{kind}", clicks([0.5, 1.7, 2.9], 3.5), *FORMATS[kind])
    source = probed(path)
    assert source.picture.drawn
    assert (source.picture.display_width, source.picture.display_height, source.picture.rate) == (1280, 720, RATE)
    assert source.picture.frames == pytest.approx(105, abs=2)
    assert source.duration_ms == pytest.approx(3500, abs=60)
    assert source.pictures == ()
    assert click_times(heard_of(path, (0, 3.4), source=source)) == pytest.approx([0.5, 1.7, 2.9], abs=0.001)


@pytest.mark.parametrize("kind", few(FORMATS, "vbr.mp3", "opus"))
def test_sound_from_the_middle_is_that_of_reading_from_the_beginning(kind: str, tmp_path: Path) -> None:
    path = recorded(tmp_path / f"a.{kind}", sweep(40), *FORMATS[kind])
    source = probed(path)
    whole = heard_of(path, (0, 40), source=source)
    parts = heard_of(path, (22.3, 23), (36.01, 38.5), source=source)
    expected = np.concatenate((whole[1_070_400:1_104_000], whole[1_728_480:1_848_000]))
    assert abs(whole).max() > 0.1
    assert abs(parts - expected).max() < 0.001


def with_cover(path: Path) -> Path:
    """A sound file with a red cover picture, stored without loss."""
    cover = path.with_name("cover.png")
    ffmpeg("-f", "lavfi", "-i", "color=0xE02020:size=301x200", "-frames:v", "1", cover)
    inputs = ("-i", cover, "-map", "0:a", "-map", "1:v", "-c:v", "copy", "-disposition:v", "attached_pic")
    return recorded(path, sweep(1), *inputs, *FORMATS[path.suffix[1:]])


def shown_of(path: Path, source: Source, size: tuple[int, int]) -> np.ndarray:
    """The drawn frame of a source, as colours."""
    (still,) = make_stills(source, [Still("a.jpg", 20, *size)], path, Tools(path.parent, (path,)))
    return pixels(still, size=size).astype(int)


@pytest.mark.parametrize("kind", few(["mp3", "m4a", "flac"], "mp3"))
def test_a_cover_is_no_picture_but_shown_above_the_bars(kind: str, tmp_path: Path) -> None:
    path = with_cover(tmp_path / f"song.{kind}")
    source = probed(path)
    assert source.picture.drawn
    assert source.pictures == ()
    shown = shown_of(path, source, (640, 360))
    assert abs(shown[110, 320] - (224, 32, 32)).max() < 12, "the cover itself"
    assert shown[20, 20, 0] - shown[20, 20, 1] > 30, "its dimmed self"
    assert shown[20, 20, 0] < 130
    assert shown[200:260].min(axis=2).max() > 200, "white bars"
    assert shown[:195].min(axis=2).max() < 60, "no bars on the cover"


def test_a_cover_that_cannot_be_decoded_is_left_out(tmp_path: Path) -> None:
    path = with_cover(tmp_path / "song.mp3")
    source = probed(path)
    assert source.cover is not None
    data = path.read_bytes()
    path.write_bytes(data.replace(b"IDAT", b"IDAX"))
    plain = shown_of(path, source, (640, 360))
    assert np.array_equal(plain, shown_of(path, replace(source, cover=None), (640, 360)))


def test_what_has_neither_picture_nor_sound_is_refused(tmp_path: Path) -> None:
    captions = tmp_path / "a.srt"
    captions.write_text("1\n00:00:00,000 --> 00:00:01,000\nHello\n")
    ffmpeg("-i", captions, "-c:s", "mov_text", tmp_path / "a.mp4")
    assert refusal(tmp_path / "a.mp4") == "no_picture"


def test_what_lasts_longer_than_allowed_is_refused(tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.mp3", clicks([0.5], 3), *FORMATS["mp3"])
    with pytest.raises(TooLargeError, match="lasts"):
        probed(path, MediaLimits(max_duration_ms=2000))


@pytest.mark.parametrize("kind", few(FORMATS, "mp3"))
def test_a_frame_is_the_same_wherever_drawing_begins(kind: str, tmp_path: Path) -> None:
    path, strip = recorded(tmp_path / f"a.{kind}", sweep(24), *FORMATS[kind]), Strip.of(1280, 720)
    source = probed(path)
    whole = masks(path, source, FrameSpan(0, 700), strip)
    for first, end in ((1, 40), (437, 450), (600, 700)):
        for frame, drawn in enumerate(masks(path, source, FrameSpan(first, end), strip), first):
            assert np.array_equal(drawn, whole[frame]), frame
    assert any((a != b).any() for a, b in pairwise(whole))


def test_segments_join_to_the_frames_that_were_planned(tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.flac", sweep(15), *FORMATS["flac"])
    source, size = probed(path), (320, 180)
    plan = plan_of_sound(source, [(10, 200), (230, 440)], size)
    assert len([segment for segment in segments(plan, plan.main) if segment.kind == "picture"]) > 1
    kept = [*range(10, 200), *range(230, 440)]
    frames, strip = grey(rendered(plan, path, tmp_path / "work")), Strip.of(*size)
    whole = masks(path, source, FrameSpan(0, 440), strip)
    assert len(frames) == len(kept)
    for frame, shown in zip(kept, frames, strict=True):
        bars = shown[strip.y : strip.y + strip.height, strip.x : strip.x + strip.width] > 100
        assert (bars != (whole[frame] > 100)).mean() < 0.02, frame


def test_silence_is_a_row_of_dots_and_sound_raises_bars(tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.wav", tone([(1, 2)], 4, hz=440), *FORMATS["wav"])
    before, during, after = (
        masks(path, probed(path), FrameSpan(frame, frame + 1), Strip.of(1280, 720))[0] for frame in (10, 45, 100)
    )
    assert np.array_equal(before, after), "the bars have fallen again"
    assert np.flatnonzero(before.any(axis=1)).size < 20
    assert np.flatnonzero(during.any(axis=1)).size > 120
    assert np.array_equal(during, during[:, ::-1])


@pytest.mark.parametrize(("width", "height"), few([(1280, 720), (1080, 1920), (1080, 1080)], (1080, 1920)))
def test_a_still_shows_the_frame_of_the_video_in_its_own_shape(width: int, height: int, tmp_path: Path) -> None:
    size = (width, height)
    path = recorded(tmp_path / "a.wav", sweep(3), *FORMATS["wav"])
    source = probed(path)
    (still,) = make_stills(source, [Still("a.jpg", 48, *size)], path, Tools(tmp_path, (path,)))
    out = rendered(plan_of_sound(source, [(40, 60)], size), path, tmp_path / "work")
    shown, filmed = pixels(still, size=size), pixels(out, size=size, frame=8)
    assert abs(shown.astype(int) - filmed).mean() < 3
    assert shown.std() > 8, "there are bars on the ground"


def test_another_mix_of_the_same_tracks_is_drawn_anew(tmp_path: Path) -> None:
    path = recorded(tmp_path / "a.wav", np.repeat(sweep(1), 2, axis=1), *FORMATS["wav"])
    source = probed(path)
    assert source.sound
    (mixed,) = source.sound.mix
    other = replace(source, sound=replace(source.sound, mix=(replace(mixed, gain_db=-30.0),)))
    loud, low = (masks(path, each, FrameSpan(5, 20), Strip.of(640, 360)) for each in (source, other))
    assert np.sum(loud) > np.sum(low)
