"""An uploaded font and a logo in rendered videos."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from brands import font, logo
from plans import picture, pixels, plan_of
from videos import make_video

from video_automation.execution.executors import LocalPool
from video_automation.media.brand.brand_reading import font_read, logo_read
from video_automation.media.program import Tools
from video_automation.plan.brand.brand_files import Brand, BrandPicture
from video_automation.plan.brand.logo_params import LogoParams, placed
from video_automation.plan.crop import CropKey, CropPath, FramedSpan, Framing
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.edit import EditPlan
from video_automation.plan.params import EncodeParams, LookParams
from video_automation.plan.time import FrameSpan
from video_automation.render.encode.rendering import render_plan
from video_automation.render.encode.segments import segments

SIZE = (320, 180)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_video(tmp_path_factory.mktemp("videos") / "a.mp4", frames=60, size=SIZE)


def rendered(plan: EditPlan, video: Path, folder: Path, brand: Path) -> np.ndarray:
    """The last frame of the video a plan's only rendition gives."""
    folder.mkdir()
    made: list[Path] = []
    tools = Tools(folder, (video,), brand_file=brand.joinpath)
    render_plan(plan, video, tools, LocalPool(2), on_made=lambda _, path: made.append(path))
    return pixels(made[0], size=(plan.renditions[0].width, plan.renditions[0].height), frame=29).astype(int)


@pytest.mark.parametrize(
    ("corner", "opacity", "wanted"), [("top-left", 100, 255), ("bottom-right", 100, 255), ("top-right", 50, None)]
)
def test_a_logo_is_drawn_where_it_is_wished_and_nowhere_else(
    video: Path, tmp_path: Path, corner: str, opacity: int, wanted: int | None
) -> None:
    taken, written = logo_read(tmp_path, logo("200x100"))
    (tmp_path / taken.sha256).write_bytes(written)
    plan = plan_of(video, [(10, 40)], picture(frames=60))
    plan = replace(plan, renditions=(replace(plan.renditions[0], encode=EncodeParams(crf=4)),))
    place = placed(taken, LogoParams(logo_corner=corner, logo_size=25, logo_opacity=opacity), *SIZE)  # type: ignore[arg-type]
    shown = replace(plan, renditions=(replace(plan.renditions[0], logo=place),))
    with_logo, without = rendered(shown, video, tmp_path / "a", tmp_path), rendered(plan, video, tmp_path / "b", tmp_path)
    changed = np.abs(with_logo - without).max(axis=2) > 40
    inside = np.zeros_like(changed)
    inside[place.y : place.y + place.height, place.x : place.x + place.width] = True
    assert changed[~inside].mean() < 0.001, "but for what an encoder makes of moving blocks beside it"
    red, green, blue = with_logo[place.y + 5 : place.y + 35, place.x + 5 : place.x + 75].reshape(-1, 3).mean(axis=0)
    if wanted:
        assert red == pytest.approx(wanted, abs=6)
        assert max(green, blue) < 10, "the colour of the logo is kept"
    else:
        before = without[place.y + 5 : place.y + 35, place.x + 5 : place.x + 75].reshape(-1, 3).mean(axis=0)
        assert red == pytest.approx((255 + before[0]) / 2, abs=8)
        assert green == pytest.approx(before[1] / 2, abs=8)


@pytest.mark.parametrize("layout", ["fit", "stack"])
def test_a_logo_is_over_a_framed_picture_and_its_captions(video: Path, tmp_path: Path, layout: str) -> None:
    taken, written = logo_read(tmp_path, logo())
    (tmp_path / taken.sha256).write_bytes(written)
    place = placed(taken, LogoParams(logo_corner="bottom-left", logo_size=50, logo_margin=0), 180, 320)
    cues = (Cue(FrameSpan(0, 30), ("x",), (CueWord(FrameSpan(0, 30), "word"),)),)
    crops = (CropPath(160, 90, (CropKey(0, 0, 0),)),) * 2 if layout == "stack" else ()
    plan = plan_of(video, [(10, 40)], picture(frames=60))
    clip = replace(plan.renditions[0], width=180, height=320, kind="short", style="pop", cues=cues, burn_in=True, logo=place)
    clip = replace(clip, framing=Framing((FramedSpan(layout, crops),)))  # type: ignore[arg-type]
    shown = rendered(replace(plan, renditions=(clip,)), video, tmp_path / "work", tmp_path)
    assert (place.width, place.height, place.x, place.y) == (90, 45, 0, 275)
    assert shown[280:315, 5:85].reshape(-1, 3).mean(axis=0) == pytest.approx([254, 0, 0], abs=8)


def test_a_logo_is_part_of_the_key_of_a_segment_and_its_absence_of_none(video: Path) -> None:
    plan = plan_of(video, [(10, 40)], picture(frames=60))
    bare = plan.renditions[0]
    marks = [placed(BrandPicture(letter * 64, 200, 100), LogoParams(), *SIZE) for letter in "ab"]
    keys = [segments(plan, replace(bare, logo=mark))[0].id for mark in (None, *marks, replace(marks[0], x=0))]
    assert len(set(keys)) == 4
    assert keys[0] == segments(plan, bare)[0].id
    assert repr(replace(bare, logo=marks[0])) == repr(bare)


def test_captions_are_drawn_in_an_uploaded_font(video: Path, tmp_path: Path) -> None:
    taken, written = font_read(tmp_path, font())
    (tmp_path / taken.sha256).write_bytes(written)
    plan = plan_of(video, [(10, 40)], picture(frames=60))
    cues = (Cue(FrameSpan(0, 30), ("x",), (CueWord(FrameSpan(0, 30), "minimum"),)),)
    base = replace(plan.renditions[0], width=360, height=640, kind="short", style="plain", cues=cues, burn_in=True)
    plan = replace(plan, params=replace(plan.params, brand=Brand((taken,))))
    drawn = {
        name: rendered(
            replace(plan, renditions=(replace(base, look=LookParams(font=name)),)),
            video,
            tmp_path / name.replace(" ", "-"),
            tmp_path,
        )
        for name in (taken.family, "Roboto Black Italic", "Rubik Medium")
    }
    plain = rendered(replace(plan, renditions=(replace(base, burn_in=False),)), video, tmp_path / "plain", tmp_path)
    own, roboto, rubik = (letters(one, plain) for one in drawn.values())
    assert own.shape == roboto.shape != rubik.shape
    assert (own == roboto).mean() > 0.94, "it is Roboto Black Italic under another name"


def letters(picture: np.ndarray, plain: np.ndarray) -> np.ndarray:
    """Which pixels are drawn on, in the smallest box round them."""
    changed = np.abs(picture - plain).max(axis=2) > 120
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    return changed[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def test_letters_an_uploaded_font_lacks_are_drawn_all_the_same(video: Path, tmp_path: Path) -> None:
    taken, written = font_read(tmp_path, font())
    (tmp_path / taken.sha256).write_bytes(written)
    plan = plan_of(video, [(10, 40)], picture(frames=60))
    cues = (Cue(FrameSpan(0, 30), ("x",), (CueWord(FrameSpan(0, 30), "字幕"),)),)
    base = replace(plan.renditions[0], width=360, height=640, kind="short", style="plain", cues=cues, burn_in=True)
    plan = replace(plan, params=replace(plan.params, brand=Brand((taken,))))
    shown = replace(base, look=LookParams(font=taken.family))
    (key,) = {one.captions for one in segments(plan, base) if one.kind == "picture"}
    assert "Noto Sans CJK" in key
    plain = rendered(replace(plan, renditions=(replace(base, burn_in=False),)), video, tmp_path / "plain", tmp_path)
    with_text = rendered(replace(plan, renditions=(shown,)), video, tmp_path / "text", tmp_path)
    assert (np.abs(with_text - plain).max(axis=2) > 100).sum() > 200
