"""Captions are drawn on exactly the planned frames, in every chunk."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from captioned import cue, with_cues
from plans import picture, plan_of, rendered
from thorough import few
from videos import clicks, make_video, read_numbers

from video_automation.plan.edit import EditPlan
from video_automation.render.encode.segments import segments

SIZE = (160, 90)


def finely(plan: EditPlan) -> EditPlan:
    """The plan with such a good encoding that only captions make frames differ."""
    return replace(plan, renditions=(replace(plan.renditions[0], encode=replace(plan.params.encode, crf=1)),))


def marks(captioned: Path, plain: Path) -> list[int]:
    """The width of the caption in each frame, in pixels; 0 for none."""
    with av.open(str(captioned)) as a, av.open(str(plain)) as b:
        pairs = zip(a.decode(video=0), b.decode(video=0), strict=True)
        changes = [np.abs(x.to_ndarray(format="gray").astype(int) - y.to_ndarray(format="gray")) for x, y in pairs]
    return [int((change > 40).any(axis=0).sum()) for change in changes]


@pytest.mark.parametrize(
    "rate", few(["24000/1001", "25", "30000/1001", "30", "50", "60000/1001", "60"], "24000/1001", "60000/1001")
)
def test_a_caption_is_on_exactly_the_planned_frames(tmp_path: Path, rate: str) -> None:
    video = make_video(tmp_path / "a.mp4", frames=620, rate=Fraction(rate), size=SIZE)
    plan = finely(plan_of(video, [(5, 320), (330, 615)], picture(frames=620, rate=Fraction(rate), size=SIZE)))
    borders = [unit.span.start for unit in segments(plan, plan.renditions[0])][1:]
    assert borders
    short, long = "wow", "wowowowowowowowowow"
    cues = [
        cue(0, 1, short),
        cue(2, 30, long),
        cue(30, 31, short),  # right after the one before
        cue(33, 34, long),
        *(c for border in borders for c in (cue(border - 7, border + 5, short), cue(border + 5, border + 6, long))),
        cue(599, 600, long),
    ]
    captioned = rendered(with_cues(plan, cues), video, tmp_path / "with")
    widths = marks(captioned, rendered(plan, video, tmp_path / "without"))
    planned = [next((c.lines[0] for c in cues if c.span.start <= n < c.span.end), "") for n in range(600)]
    seen = ["" if width < 8 else short if width < 40 else long for width in widths]
    assert seen == planned


def test_a_caption_ends_when_the_picture_stands_still(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mkv", times=[0, 0.1, 3.9], size=SIZE)
    plan = finely(plan_of(video, [(0, 110)], picture(frames=110, size=SIZE, variable=True)))
    captioned = rendered(with_cues(plan, [cue(20, 50, "wow")]), video, tmp_path / "with")
    widths = marks(captioned, rendered(plan, video, tmp_path / "without"))
    assert [n for n, width in enumerate(widths) if width > 8] == list(range(20, 50))


def test_a_caption_across_a_border_looks_the_same_on_both_sides(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mkv", times=[0, 15], size=SIZE)  # one picture that is shown for long
    plan = finely(plan_of(video, [(0, 400)], picture(frames=400, size=SIZE)))
    border = segments(plan, plan.renditions[0])[1].span.start
    out = rendered(with_cues(plan, [cue(border - 9, border + 9, "one thing", "and another")]), video, tmp_path / "work")
    with av.open(str(out)) as opened:
        before, after = [f.to_ndarray(format="gray").astype(int) for f in opened.decode(video=0)][border - 1 : border + 1]
    assert np.abs(before - after).max() <= 8


def test_nothing_but_units_and_the_font_stays_in_their_folder(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=30, size=SIZE)
    plan = with_cues(plan_of(video, [(0, 30)], picture(frames=30, size=SIZE)), [cue(0, 9, "wow")])
    rendered(plan, video, tmp_path / "work")
    left = {path.name for path in (tmp_path / "work" / "units").iterdir() if not path.name.startswith(".")}
    assert left == {"fonts"} | {unit.file_name for unit in segments(plan, plan.renditions[0])}


def texts_in(path: Path) -> list[tuple[float, float, str]]:
    """The captions in a video's text track: start and end in seconds, and the stored text."""
    found = []
    with av.open(str(path)) as video:
        (track,) = video.streams.subtitles
        assert track.codec_context.name == "mov_text"
        for packet in video.demux(track):
            length = int.from_bytes(bytes(packet)[:2], "big")
            assert packet.size in (0, 2 + length), "styled text"
            if length:
                times = (float(packet.pts * packet.time_base), float((packet.pts + packet.duration) * packet.time_base))
                found.append((*times, bytes(packet)[2:].decode()))
    return found


@pytest.mark.parametrize("sound", few([None, 1], 1))
def test_captions_that_are_not_drawn_are_a_text_track_of_the_video(tmp_path: Path, sound: int | None) -> None:
    video = make_video(tmp_path / "a.mp4", frames=120, size=SIZE, sound=clicks([1], 4))
    plan = plan_of(video, [(0, 60), (70, 120)], picture(frames=120, size=SIZE), sound=sound)
    hostile = r"<b>R&D</b> {\an8} 1 < 2 --> \N &amp;"
    beside = with_cues(plan, [cue(30, 45, "two", "lines"), cue(45, 60, hostile)], burn_in=False)
    out = rendered(beside, video, tmp_path / "with")
    assert [text.replace("\u2060", "") for _, _, text in texts_in(out)] == [
        "two\nlines",
        hostile.replace("{", "(").replace("}", ")"),
    ]
    assert [cue[:2] for cue in texts_in(out)] == [pytest.approx(times, abs=1e-3) for times in ((1, 1.5), (1.5, 2))]
    without = rendered(plan, video, tmp_path / "without")
    assert read_numbers(out) == read_numbers(without)
    with av.open(str(out)) as a, av.open(str(without)) as b:
        assert a.duration == b.duration
        assert len(a.streams.audio) == len(b.streams.audio)
    assert {path.name for path in (tmp_path / "with").iterdir() if path.is_file()} == {"out.mp4", "out.mp4.of"}


def test_captions_of_nothing_visible_make_no_video_fail(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=30, size=SIZE)
    plan = plan_of(video, [(0, 30)], picture(frames=30, size=SIZE))
    for burn_in in (True, False):
        out = rendered(with_cues(plan, [cue(3, 9, "\n")], burn_in=burn_in), video, tmp_path / str(burn_in))
        assert read_numbers(out) == list(range(30))
