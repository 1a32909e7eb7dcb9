"""From the containers and codecs of cameras and recorders, exactly the planned frames and their sound are rendered."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import recorders
from heard import heard_of
from plans import plan_of, rendered
from probing import probed
from thorough import few
from videos import click_times, clicks, make_video, read_numbers

FRAMES = 240
SPANS = [(3, 12), (100, 115), (170, 200), (225, 235)]
SMALL, WIDE = (128, 72), (320, 176)
PCM = ("-c:a", "pcm_s16le")
KINDS: dict[str, dict[str, Any]] = {
    "xdcam.mxf": {"size": WIDE, "codec": ("-c:v", "mpeg2video", "-pix_fmt", "yuv422p", "-q:v", "3", "-bf", "2", "-g", "12")},
    "xavc_intra.mxf": {"size": WIDE, "codec": ("-c:v", "libx264", "-g", "1", "-pix_fmt", "yuv422p10le")},
    "dnxhr.mxf": {"size": WIDE, "codec": ("-c:v", "dnxhd", "-profile:v", "dnxhr_sq", "-pix_fmt", "yuv422p")},
    "prores.mxf": {"size": SMALL, "codec": ("-c:v", "prores_ks", "-pix_fmt", "yuv422p10le")},
    "cineform.mov": {"size": SMALL, "codec": ("-c:v", "cfhd", "-pix_fmt", "yuv422p10le")},
    "cineform.avi": {"size": SMALL, "codec": ("-c:v", "cfhd", "-pix_fmt", "gbrp12le")},
    "dv.dv": {"size": (720, 576), "codec": ("-c:v", "dvvideo", "-pix_fmt", "yuv420p")},
    "zmbv.avi": {"size": SMALL, "codec": ("-c:v", "zmbv", "-pix_fmt", "bgr0")},
    "utvideo.avi": {"size": SMALL, "codec": ("-c:v", "utvideo", "-pix_fmt", "yuv420p")},
    "magicyuv.mkv": {"size": SMALL, "codec": ("-c:v", "magicyuv", "-pix_fmt", "gbrp")},
    "msrle.avi": {"size": SMALL, "codec": ("-c:v", "msrle", "-pix_fmt", "pal8")},
    "v210.mov": {"size": SMALL, "codec": ("-c:v", "v210", "-pix_fmt", "yuv422p10le")},
}
BARE: dict[str, tuple[str, ...]] = {
    "vp8.ivf": ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "60"),
    "vp9.ivf": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "60"),
    "av1.ivf": ("-c:v", "libaom-av1", "-cpu-used", "8", "-crf", "20", "-g", "60"),
    "av1.obu": ("-c:v", "libaom-av1", "-cpu-used", "8", "-crf", "20", "-g", "60"),
}
SOUNDS: list[tuple[str, tuple[str, ...], str]] = [
    (".mkv", ("-c:a", "truehd", "-strict", "-2"), "truehd"),
    (".ts", ("-c:a", "s302m", "-strict", "-2"), "s302m"),
    (".avi", ("-c:a", "g723_1", "-ar", "8000", "-ac", "1", "-b:a", "6300"), "g723_1"),
    (".mkv", ("-c:a", "wavpack"), "wavpack"),
    (".mkv", ("-c:a", "tta"), "tta"),
    (".mxf", ("-c:a", "pcm_s24le"), "pcm_s24le"),
    (".avi", ("-c:a", "adpcm_yamaha"), "adpcm_yamaha"),
]


def kept() -> list[int]:
    return [frame for start, end in SPANS for frame in range(start, end)]


@pytest.mark.parametrize("name", few(KINDS, "xdcam.mxf", "dv.dv", "zmbv.avi"))
def test_a_camera_s_or_an_editor_s_file_gives_its_frames_and_its_sound(tmp_path: Path, name: str) -> None:
    sound = np.repeat(clicks([4.2, 7.2, 9.2], FRAMES / 25), 2, axis=1)
    video = make_video(tmp_path / name, frames=FRAMES, rate=Fraction(25), sound=sound, sound_codec=PCM, **KINDS[name])
    found = probed(video)
    assert (found.picture.rate, found.picture.last_shown, found.picture.variable) == (25, FRAMES - 1, False)
    assert found.sound
    assert read_numbers(rendered(plan_of(video, SPANS, found.picture), video, tmp_path / "work")) == kept()
    # 4.2 s is frame 105, the 14th kept one; 7.2 s is frame 180, the 34th; 9.2 s is frame 230, the 59th
    assert click_times(heard_of(video, *((start / 25, end / 25) for start, end in SPANS), source=found)) == pytest.approx(
        [14 / 25, 34 / 25, 59 / 25], abs=0.004
    )


@pytest.mark.parametrize("name", few(BARE, "vp9.ivf", "av1.obu"))
def test_pictures_without_sound_or_index_are_sought_in_all_the_same(tmp_path: Path, name: str) -> None:
    video = make_video(tmp_path / name, frames=FRAMES, rate=Fraction(25), size=SMALL, codec=BARE[name])
    found = probed(video)
    assert (found.picture.frames, found.picture.rate, found.sound) == (FRAMES, 25, None)
    assert read_numbers(rendered(plan_of(video, SPANS, found.picture), video, tmp_path / "work")) == kept()


@pytest.mark.parametrize(
    "made", few([recorders.camtasia, recorders.fraps, recorders.vmware], recorders.camtasia, recorders.vmware)
)
def test_a_screen_recorder_s_codec_gives_its_frames(tmp_path: Path, made: Callable[[Path, int], Path]) -> None:
    video = made(tmp_path / "screen.avi", FRAMES)
    found = probed(video)
    assert (found.picture.frames, found.picture.rate) == (FRAMES, 30)
    assert read_numbers(rendered(plan_of(video, SPANS, found.picture), video, tmp_path / "work")) == kept()


@pytest.mark.parametrize(
    ("suffix", "codec", "name"),
    few(SOUNDS, *SOUNDS[:3]),
)
def test_the_sound_beside_them_is_read(tmp_path: Path, suffix: str, codec: tuple[str, ...], name: str) -> None:
    sound = np.repeat(clicks([0.5, 1.5], 2), 2, axis=1)
    video = make_video(tmp_path / f"a{suffix}", rate=Fraction(25), frames=50, size=WIDE, sound=sound, sound_codec=codec)
    found = probed(video).sound
    assert found
    assert found.main.codec == name
