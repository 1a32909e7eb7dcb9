"""Opening and closing cards: whole pictures in silence, joined to the video without another encode."""

import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from brands import card, logo
from plans import B_FRAMES, picture, plan_of
from probing import probed
from test_sound_alone import plan_of_sound, recorded, sweep
from thorough import few
from videos import H264, click_times, clicks, make_video, number_in, read_sound, read_times

from video_automation.execution.executors import LocalPool
from video_automation.media.brand.brand_reading import card_read
from video_automation.media.program import Tools
from video_automation.plan.brand.card_params import Card, Cards
from video_automation.plan.crop import FramedSpan, Framing
from video_automation.plan.cues import Cue
from video_automation.plan.edit import EditPlan
from video_automation.plan.time import FrameSpan, sample_at
from video_automation.render.captions.sidecar_captions import srt, vtt
from video_automation.render.edit_lists.all_formats import edit_lists
from video_automation.render.encode.rendering import render_plan
from video_automation.render.encode.segments import segments

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from likeness import frames_of, from_png, similarity

SIZE = (320, 180)
BEFORE, AFTER = 40, 25


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    """An opening card of many colours, a closing one of a single colour; their files are in the test's folder."""
    shown = []
    for content, frames in ((card(), BEFORE), (logo("100x180", colour="red"), AFTER)):
        taken, written = card_read(tmp_path, content)
        (tmp_path / taken.sha256).write_bytes(written)
        shown.append(Card(taken.sha256, frames, "#0000FF"))
    return Cards(*shown)


def with_cards(plan: EditPlan, cards: Cards, **changes: object) -> EditPlan:
    return replace(plan, renditions=(replace(plan.renditions[0], cards=cards, **changes),))  # type: ignore[arg-type]


def rendered(plan: EditPlan, video: Path, tmp_path: Path, heard: list[float] | None = None) -> Path:
    """The video of a plan's only rendition."""
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)
    made: list[Path] = []
    tools = Tools(folder, (video,), brand_file=tmp_path.joinpath)
    on_share = heard.append if heard is not None else lambda _: None
    render_plan(plan, video, tools, LocalPool(2), on_made=lambda _, path: made.append(path), on_share=on_share)
    return made[0]


def headers(folder: Path) -> set[bytes | None]:
    """What decoders have to know of the picture of each segment."""
    found = set()
    for file in folder.glob("units/*.mp4"):
        with av.open(str(file)) as made:
            found |= {stream.codec_context.extradata for stream in made.streams.video}
    return found


@pytest.mark.parametrize("rate", few(["25", "30", "30000/1001", "variable"], "30000/1001", "variable"))
def test_the_talk_begins_with_the_first_frame_after_the_card_and_stays_in_sync(tmp_path: Path, cards: Cards, rate: str) -> None:
    fps = Fraction(30) if rate == "variable" else Fraction(rate)
    places = [n for n in range(450) if rate != "variable" or n % 7 not in (3, 5)]
    at = [n for n in range(30, 450, 60) if n in set(places)]
    sound = clicks([float(n / fps) for n in at], float(450 / fps))
    video = make_video(tmp_path / "a.mkv", times=[n / fps for n in places], size=SIZE, sound=sound, codec=B_FRAMES)
    spans = [(20, 200), (230, 440)]
    plan = with_cards(plan_of(video, spans, picture(frames=450, rate=fps, size=SIZE), sound=1), cards)
    out = rendered(plan, video, tmp_path)
    frames, times = frames_of(out, SIZE), read_times(out)
    assert len(frames) == len(times) == BEFORE + 390 + AFTER == plan.main.frames
    assert np.diff(times) == pytest.approx(float(1 / fps), abs=1e-4)
    assert len(headers(tmp_path / "work")) == 1
    shown = [places[number_in(frame[:, :, 1])] for frame in frames[BEFORE:-AFTER]]
    assert shown[0] == max(n for n in places if n <= 20)
    kept = [n for n in at if 20 <= n < 200 or 230 <= n < 440]
    clicked = click_times(read_sound(out))
    assert clicked == pytest.approx([times[BEFORE + shown.index(n)] for n in kept], abs=0.015)
    sound = read_sound(out)
    assert abs(len(sound) - sample_at(len(frames), fps)) <= 1024
    assert np.abs(sound[: sample_at(BEFORE, fps) - 2048]).max() < 1e-4
    assert np.abs(sound[sample_at(BEFORE + 390, fps) + 2048 :]).max() < 1e-4


def test_each_frame_of_a_card_is_its_picture_whole_over_its_colour(tmp_path: Path, cards: Cards) -> None:
    video = make_video(tmp_path / "a.mp4", frames=60, size=SIZE)
    plan = with_cards(plan_of(video, [(0, 60)], picture(frames=60, size=SIZE)), cards)
    frames = frames_of(rendered(plan, video, tmp_path), SIZE)
    opening = from_png(card())
    assert min(similarity(frame, opening) for frame in frames[:BEFORE]) > 0.97
    assert similarity(frames[BEFORE], opening) < 0.5
    closing = frames[-AFTER:].astype(int)
    assert closing[:, :, 115:205].reshape(-1, 3).mean(axis=0) == pytest.approx([254, 0, 0], abs=4)
    for side in (closing[:, :, :105], closing[:, :, 215:]):
        assert side.reshape(-1, 3).mean(axis=0) == pytest.approx([0, 0, 255], abs=4)


@pytest.mark.parametrize(
    ("codec", "options"),
    [
        (H264, ()),
        (("-c:v", "mpeg2video", "-q:v", "3", "-pix_fmt", "yuv420p"), ()),
        (("-c:v", "mjpeg", "-q:v", "3", "-pix_fmt", "yuvj422p"), ()),
        (H264, ("-color_primaries", "smpte170m", "-colorspace", "smpte170m", "-color_trc", "bt709")),
    ],
    ids=["h264", "mpeg2", "mjpeg", "bt601"],
)
def test_a_card_has_the_encoding_of_the_video_whatever_the_recording_is(
    tmp_path: Path, cards: Cards, codec: tuple[str, ...], options: tuple[str, ...]
) -> None:
    video = make_video(tmp_path / "a.mkv", frames=60, size=SIZE, codec=codec, options=options)
    source = probed(video)
    plan = plan_of(video, [(0, 60)], source.picture)
    plan = with_cards(replace(plan, source=replace(source, id=plan.source.id)), cards)
    frames = frames_of(rendered(plan, video, tmp_path), SIZE)
    assert len(frames) == BEFORE + 60 + AFTER
    assert len(headers(tmp_path / "work")) == 1
    assert similarity(frames[0], from_png(card())) > 0.97
    assert number_in(frames[BEFORE][:, :, 1]) == 0
    red = frames[-1][:, 115:205].reshape(-1, 3).mean(axis=0)
    assert red == pytest.approx([254, 0, 0], abs=6), "the colours mean the same as in the video"


def test_a_recording_of_sound_alone_has_cards_too(tmp_path: Path, cards: Cards) -> None:
    talk = recorded(tmp_path / "a.wav", sweep(4), "-c:a", "pcm_s16le")
    source = probed(talk)
    plan = with_cards(plan_of_sound(source, [(0, source.picture.frames)], SIZE), cards)
    frames = frames_of(rendered(plan, talk, tmp_path), SIZE)
    assert len(frames) == BEFORE + source.picture.frames + AFTER
    assert len(headers(tmp_path / "work")) == 1
    assert similarity(frames[BEFORE - 1], from_png(card())) > 0.97
    assert similarity(frames[BEFORE], from_png(card())) < 0.5


def test_a_recording_without_sound_gets_none(tmp_path: Path, cards: Cards) -> None:
    video = make_video(tmp_path / "a.mp4", frames=60, size=SIZE)
    plan = with_cards(plan_of(video, [(0, 60)], picture(frames=60, size=SIZE)), cards)
    with av.open(str(rendered(plan, video, tmp_path))) as made:
        assert not made.streams.audio


def test_another_card_is_the_only_thing_made_again(tmp_path: Path, cards: Cards) -> None:
    video = make_video(tmp_path / "a.mp4", frames=450, size=SIZE, sound=clicks([1, 14], 15))
    bare = plan_of(video, [(0, 200), (230, 440)], picture(frames=450, size=SIZE), sound=1)
    rendered(bare, video, tmp_path)
    units = tmp_path / "work" / "units"

    def made(plan: EditPlan) -> set[str]:
        """The kinds of the segments that a plan has made anew."""
        before = {file.name for file in units.glob("*.mp4")}
        heard: list[float] = []
        rendered(plan, video, tmp_path, heard)
        assert heard[-1] == 1
        kinds = {one.file_name: one.kind for one in segments(plan, plan.main)}
        return {kinds[file.name] for file in units.glob("*.mp4") if file.name not in before}

    shown = with_cards(bare, cards)
    assert made(shown) == {"card", "sound"}, "there is silence now"
    assert cards.opening
    coloured = replace(cards, opening=replace(cards.opening, colour="#00FF00"))
    assert made(with_cards(bare, coloured)) == {"card"}
    assert made(with_cards(bare, replace(cards, opening=replace(cards.opening, frames=50)))) == {"card", "sound"}
    assert segments(bare, bare.main) == segments(with_cards(bare, Cards()), bare.main)


def test_captions_come_later_by_the_opening_card_and_edit_lists_are_without_it(tmp_path: Path, cards: Cards) -> None:
    video = make_video(tmp_path / "a.mp4", frames=60, size=SIZE)
    cues = (Cue(FrameSpan(15, 45), ("One line",)),)
    bare = plan_of(video, [(0, 60)], picture(frames=60, size=SIZE))
    shown = with_cards(bare, cards, cues=cues)
    assert "00:00:01,833 --> 00:00:02,833" in srt(shown.main)
    assert "00:00:01.833 --> 00:00:02.833" in vtt(shown.main)
    with av.open(str(rendered(shown, video, tmp_path))) as made:
        texts = [packet for packet in made.demux(subtitles=0) if packet.size > 2]
        assert [float(packet.pts * packet.time_base) for packet in texts] == pytest.approx([1.833], abs=0.001)
    assert edit_lists(bare.source, shown.main, "a") == edit_lists(bare.source, bare.main, "a")


def test_captions_that_are_drawn_stay_on_their_frames(tmp_path: Path, cards: Cards) -> None:
    video = make_video(tmp_path / "a.mp4", frames=60, size=SIZE)
    cues = (Cue(FrameSpan(15, 45), ("WWWWWWWWWWWW",)),)
    bare = plan_of(video, [(0, 60)], picture(frames=60, size=SIZE))
    drawn = frames_of(rendered(with_cards(bare, cards, cues=cues, burn_in=True), video, tmp_path), SIZE)[BEFORE:-AFTER]
    plain = frames_of(rendered(with_cards(bare, cards, name="plain.mp4"), video, tmp_path), SIZE)[BEFORE:-AFTER]
    changed = [bool((np.abs(a.astype(int) - b) > 100).any()) for a, b in zip(drawn, plain, strict=True)]
    assert changed == [15 <= frame < 45 for frame in range(60)]


def test_a_clip_has_cards_in_its_own_shape(tmp_path: Path, cards: Cards) -> None:
    video = make_video(tmp_path / "a.mp4", frames=60, size=SIZE)
    upright = {"width": 180, "height": 320, "kind": "short", "style": "pop", "framing": Framing((FramedSpan("fit", ()),))}
    plan = with_cards(plan_of(video, [(0, 60)], picture(frames=60, size=SIZE)), cards, **upright)
    first = frames_of(rendered(plan, video, tmp_path), (180, 320))[0]
    for bar in (first[:105], first[215:]):
        assert bar.reshape(-1, 3).mean(axis=0) == pytest.approx([0, 0, 255], abs=4)
    assert first[115:205].std() > 40, "the picture is between them, whole"
    assert len(headers(tmp_path / "work")) == 1
