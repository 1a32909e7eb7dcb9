"""Rendered clips have the planned frames in another shape, and captions where no platform covers them; stills are right."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from plans import picture, pixels, plan_of, rendered
from thorough import few
from videos import make_video, number_in, read_numbers

from video_automation.media.program import Tools
from video_automation.plan.crop import CropKey, CropPath, FramedSpan, Framing
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.edit import EditPlan
from video_automation.plan.still import Box, Still
from video_automation.plan.time import FrameSpan
from video_automation.render.encode.stills import make_stills

WIDE = (640, 360)
HARD = ("WWWWWWW", "MMMMMMM", "extraordinarily", "incomprehensibilities", "a", "Jgq.")


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_video(tmp_path_factory.mktemp("videos") / "a.mp4", frames=90, size=WIDE)


def clip_of(video: Path, framing: Framing | None, *, size: tuple[int, int] = (360, 640), **changes: object) -> EditPlan:
    plan = plan_of(video, [(10, 30), (40, 70)], picture(frames=90, size=WIDE))
    short = replace(plan.renditions[0], width=size[0], height=size[1], framing=framing, kind="short", style="pop", **changes)  # type: ignore[arg-type]
    return replace(plan, renditions=(short,))


def box(width: int, height: int, x: int = 0, y: int = 0, *, start: int = 0) -> CropPath:
    return CropPath(width, height, (CropKey(start, x, y),))


def test_a_whole_picture_over_its_blurred_self_has_every_planned_frame(video: Path, tmp_path: Path) -> None:
    out = rendered(clip_of(video, Framing((FramedSpan("fit"),))), video, tmp_path / "work")
    with av.open(str(out)) as made:
        frames = [frame.to_ndarray(format="gray") for frame in made.decode(video=0)]
    assert frames[0].shape == (640, 360)
    middle = slice(320 - 101, 320 + 101)  # 640 x 360 fits as 360 x 202
    assert [number_in(frame[middle]) for frame in frames] == [*range(10, 30), *range(40, 70)]
    assert frames[0][:100].std() < frames[0][middle].std() / 2


def test_a_whole_picture_is_above_its_captions(video: Path, tmp_path: Path) -> None:
    cues = (Cue(FrameSpan(0, 40), ("x",), (CueWord(FrameSpan(0, 40), "word"),)),)
    out = rendered(clip_of(video, Framing((FramedSpan("fit"),)), cues=cues, burn_in=True), video, tmp_path / "work")
    with av.open(str(out)) as made:
        frames = [frame.to_ndarray(format="gray") for frame in made.decode(video=0)]
    shown = slice(390 - 202, 390)
    assert [number_in(frame[shown]) for frame in frames] == [*range(10, 30), *range(40, 70)]


def test_a_crop_of_the_whole_picture_keeps_it(video: Path, tmp_path: Path) -> None:
    out = rendered(clip_of(video, Framing((FramedSpan("crop", (box(*WIDE),)),)), size=(320, 180)), video, tmp_path / "work")
    assert read_numbers(out) == [*range(10, 30), *range(40, 70)]


def test_a_crop_shows_its_part(video: Path, tmp_path: Path) -> None:
    out = rendered(
        clip_of(video, Framing((FramedSpan("crop", (box(160, 180, 480, 0),)),)), size=(160, 180)), video, tmp_path / "work"
    )
    source, shown = pixels(video, size=WIDE, frame=10), pixels(out, size=(160, 180))
    assert np.abs(source[:180, 480:].astype(int) - shown).mean() < 12


def test_two_people_are_one_above_the_other(video: Path, tmp_path: Path) -> None:
    out = rendered(
        clip_of(video, Framing((FramedSpan("stack", (box(320, 180), box(320, 180, 320, 180))),)), size=(320, 360)),
        video,
        tmp_path / "w",
    )
    source, shown = pixels(video, size=WIDE, frame=10), pixels(out, size=(320, 360))
    assert np.abs(source[:180, :320].astype(int) - shown[:180]).mean() < 12
    assert np.abs(source[180:, 320:].astype(int) - shown[180:]).mean() < 12


def test_each_layout_is_there_from_its_frame_to_the_next_one(video: Path, tmp_path: Path) -> None:
    spans = (
        FramedSpan("crop", (box(*WIDE),)),
        FramedSpan("fit", start=13),
        FramedSpan("stack", (box(*WIDE, start=26), box(*WIDE, start=26)), 26),
        FramedSpan("crop", (CropPath(320, 180, (CropKey(40, 0, 0), CropKey(41, 320, 180))),), 40),
    )
    out = rendered(clip_of(video, Framing(spans)), video, tmp_path / "work")
    with av.open(str(out)) as made:
        frames = [frame.to_ndarray(format="gray") for frame in made.decode(video=0)]
    whole, middle, above, below = slice(640), slice(320 - 101, 320 + 101), slice(320), slice(320, 640)
    shown = [*range(10, 30), *range(40, 70)]
    for part, first, end in ((whole, 0, 13), (middle, 13, 26), (above, 26, 40), (below, 26, 40)):
        assert [number_in(frame[part]) for frame in frames[first:end]] == shown[first:end]
    assert frames[13][:100].std() < frames[13][middle].std() / 2
    for frame, (x, y) in ((40, (0, 0)), (41, (320, 180)), (49, (320, 180))):
        seen = pixels(video, size=WIDE, frame=shown[frame])[y : y + 180, x : x + 320].mean(axis=2)
        assert np.abs(fields(frames[frame]) - fields(seen)).max() < 20, frame


def fields(grey: np.ndarray) -> np.ndarray:
    """The mean brightness of 4 x 8 fields of a picture."""
    return grey.reshape(4, grey.shape[0] // 4, 8, grey.shape[1] // 8).mean(axis=(1, 3))


@pytest.mark.parametrize(
    ("style", "place"),
    few([("pop", "low"), ("box", "high"), ("plain", "middle"), ("box", "low")], ("pop", "low"), ("box", "high")),
)
def test_captions_stay_in_the_area_all_platforms_leave_free(tmp_path: Path, style: str, place: str) -> None:
    black = make_video(tmp_path / "b.mp4", frames=90, size=WIDE, codec=("-vf", "lutyuv=y=16:u=128:v=128", *("-c:v", "libx264")))
    words = tuple(CueWord(FrameSpan(i * 8, i * 8 + 8), text) for i, text in enumerate(HARD))
    cues = (Cue(FrameSpan(0, 48), ("x",), words),)
    plan = clip_of(
        black, Framing((FramedSpan("fit"),)), size=(1080, 1920), cues=cues, burn_in=True, title="WWWWWWWWWWWW MMMMMMM words"
    )
    plan = replace(plan, renditions=(replace(plan.renditions[0], style=style, captions_at=place),))  # type: ignore[arg-type]
    out = rendered(plan, black, tmp_path / "work")
    with av.open(str(out)) as made:
        lit = np.max([frame.to_ndarray(format="gray") for frame in made.decode(video=0)], axis=0) > 60
    rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
    assert rows.size > 200, "captions are drawn"
    assert (columns[0] >= 65, columns[-1] <= 916) == (True, True)
    assert (rows[0] >= 270, rows[-1] <= 1470) == (True, True)


def test_a_still_is_exactly_the_frame_that_was_asked_for(video: Path, tmp_path: Path) -> None:
    plan = plan_of(video, [(0, 90)], picture(frames=90, size=WIDE))
    wanted = [Still(f"{frame}.jpg", frame, *WIDE) for frame in (0, 37, 89)]
    made = make_stills(plan.source, wanted, video, Tools(tmp_path, (video,)))
    assert [still_number(path) for path in made] == [0, 37, 89]


def test_a_still_of_a_clip_shows_its_box(video: Path, tmp_path: Path) -> None:
    plan = plan_of(video, [(0, 90)], picture(frames=90, size=WIDE, rate=Fraction(30)))
    still = Still("cover.jpg", 20, 160, 180, (Box(480, 0, 160, 180),))
    (path,) = make_stills(plan.source, [still], video, Tools(tmp_path, (video,)))
    assert np.abs(pixels(video, size=WIDE, frame=20)[:180, 480:].astype(int) - colours(path)).mean() < 12


def still_number(path: Path) -> int:
    with av.open(str(path)) as made:
        return number_in(next(made.decode(video=0)).to_ndarray(format="gray"))


def test_a_headline_is_drawn_over_the_lower_part_of_a_still_and_the_rest_is_the_frame(video: Path, tmp_path: Path) -> None:
    plan, tools = plan_of(video, [(0, 90)], picture(frames=90, size=WIDE)), Tools(tmp_path, (video,))
    wanted = [Still("plain.jpg", 37, *WIDE), Still("titled.jpg", 37, *WIDE, headline="Who {made} it?", language="en")]
    plain, titled = make_stills(plan.source, wanted, video, tools)
    before, after = (colours(path).astype(int) for path in (plain, titled))
    changed = np.abs(before - after).max(axis=2) > 40
    assert changed[: WIDE[1] // 3].mean() < 0.01
    assert changed[WIDE[1] // 2 :].mean() > 0.1
    assert (after[changed] > 235).all(axis=1).mean() > 0.05, "white letters"
    assert (after[changed] < 30).all(axis=1).mean() > 0.05, "with a black outline"
    left = {path.name for path in tmp_path.iterdir()} - {video.name}
    assert left == {"plain.jpg", "plain.jpg.of", "titled.jpg", "titled.jpg.of", "fonts"}
    made = titled.stat().st_mtime_ns
    make_stills(plan.source, wanted, video, tools)
    assert titled.stat().st_mtime_ns == made
    make_stills(plan.source, [replace(wanted[1], headline="Mainz")], video, tools)
    assert titled.stat().st_mtime_ns > made


def colours(path: Path) -> np.ndarray:
    with av.open(str(path)) as made:
        return next(made.decode(video=0)).to_ndarray(format="rgb24")
