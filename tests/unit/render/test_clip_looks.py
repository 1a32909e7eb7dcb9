"""The look of clips' captions: what a style draws at each moment, and how a person's changes alter it."""

import hashlib
import re
from dataclasses import fields, replace
from fractions import Fraction

import pytest
from pysubs2 import SSAEvent, SSAFile

from video_automation.plan.choices import CLIP_STYLES, FONTS
from video_automation.plan.cues import Cue, CueWord
from video_automation.plan.params import EncodeParams, LookParams
from video_automation.plan.rendition import Rendition
from video_automation.plan.text.legibility import clusters
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline
from video_automation.render.captions.ass_captions import script
from video_automation.render.captions.clip_looks import styled
from video_automation.render.captions.typefaces import OF_FONTS
from video_automation.render.captions.word_blocks import Block, Moment, blocks, moments

RATE = Fraction(30)
WHOLE = FrameSpan(0, 300)
ENGLISH = ("Most", "people", "never", "notice", "this", "extraordinary", "detail.", "You", "will.")
TAGS = re.compile(r"\{[^}]*\}")


def clip(*texts: str, style: str = "pop", **more: object) -> Rendition:
    """A clip of ten seconds in which each of these texts is spoken for ten frames."""
    spoken = tuple(CueWord(FrameSpan(12 * i, 12 * i + 10), text) for i, text in enumerate(texts))
    cues = (Cue(FrameSpan(0, 12 * len(texts)), ("x",), spoken),)
    timeline = Timeline("video", RATE, (WHOLE,))
    made = Rendition("c.mp4", timeline, 1080, 1920, None, -2.0, EncodeParams(), cues, burn_in=True, kind="short", style=style)  # type: ignore[arg-type]
    return replace(made, **more)  # type: ignore[arg-type]


def events(video: Rendition, chunk: FrameSpan = WHOLE) -> list[SSAEvent]:
    return SSAFile.from_string(script(video, chunk), "ass").events


def at(found: list[SSAEvent], frame: int) -> list[tuple[str, int, str]]:
    """The text that is drawn into a frame."""
    ms = frame * 1000 / RATE
    return [(one.style, one.layer, one.text) for one in found if one.start <= ms < one.end]


def parts(video: Rendition) -> list[tuple[Block, list[Moment]]]:
    style = styled(video.style, video.look)
    found = blocks(video, style)
    return [(one, list(moments(one, [word.text for word in one.words], style, RATE))) for one in found]


@pytest.mark.parametrize(
    ("style", "digest"),
    [("pop", "6ac10518d7ebb33d"), ("box", "4e9b4052cf98e1bd"), ("plain", "7f9c3d99e9906281")],
)
def test_clips_of_before_are_drawn_as_they_were(style: str, digest: str) -> None:
    """The ASS text is part of a segment's key: if it changed, everything would be encoded again."""
    said = clip(*ENGLISH, style=style, title="A title of some words")
    videos = (
        said,
        replace(said, captions_at="high"),
        replace(said, width=1920, height=1080, captions_at="middle"),
        clip("今天", "我们", "来", "谈谈", "汉语", style=style, language="zh"),
        clip("مرحبا", "بكم", "iPhone", "هو", style=style, language="ar"),
    )
    written = "".join(script(video, chunk) for video in videos for chunk in (FrameSpan(0, 50), FrameSpan(50, 300)))
    assert hashlib.sha256(written.encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize("style", CLIP_STYLES)
def test_the_moments_of_a_block_follow_each_other_without_a_gap(style: str) -> None:
    for block, found in parts(clip(*ENGLISH, style=style)):
        assert [one.span.start for one in found] == [block.span.start, *(one.span.end for one in found[:-1])]
        assert found[-1].span.end == block.span.end


@pytest.mark.parametrize("style", CLIP_STYLES)
def test_a_frame_looks_the_same_in_whichever_chunk_it_is_drawn(style: str) -> None:
    video = clip(*ENGLISH, style=style, title="A title")
    whole = events(video)
    for border in (7, 41):
        halves = events(video, FrameSpan(0, border)), events(video, FrameSpan(border, 300))
        for frame in range(120):
            half = at(halves[0], frame) if frame < border else at(halves[1], frame - border)
            assert half == at(whole, frame), frame


@pytest.mark.parametrize("style", CLIP_STYLES)
def test_words_stay_where_they_are_while_they_are_spoken(style: str) -> None:
    """Words that are not shown yet are drawn invisibly, so that nothing moves when they appear."""
    video = clip(*ENGLISH, style=style)
    for block, found in parts(video):
        drawn = {TAGS.sub("", text) for one in found for _, _, text in at(events(video), one.span.start)}
        assert len(drawn) == 1
        assert drawn.pop().replace(r"\N", " ").casefold() == " ".join(word.text for word in block.words).casefold()


@pytest.mark.parametrize("text", ["detail", "नमस्ते", "مرحبا", "สวัสดี"])
def test_letters_are_reached_one_after_another_each_with_its_marks(text: str) -> None:
    video = clip("a", text, "b", style="karaoke", language="und")
    reached = [one.letters for _, found in parts(video) for one in found if one.spoken == 1]
    ends = [len("".join(clusters(text)[: i + 1])) for i in range(len(clusters(text)))]
    assert reached == ends


def test_words_that_appear_grow_to_their_size_and_no_further() -> None:
    for _, found in parts(clip(*ENGLISH, style="single")):
        sizes = [one.size for one in found]
        assert sizes == sorted(sizes)
        assert (sizes[0] < 80, sizes[-1]) == (True, 100)
        assert sum(one.span.length for one in found if one.size < 100) == 4


def test_one_word_at_a_time_is_one_word_in_scripts_without_spaces_too() -> None:
    found = blocks(clip("今天", "我们", "来", style="single"), styled("single", LookParams()))
    assert [len(block.words) for block in found] == [1, 1, 1]


@pytest.mark.parametrize(
    ("look", "changed"),
    [
        (LookParams(), set()),
        (LookParams(font="Rubik Bold"), {"font"}),
        (LookParams(letter_colour="#123456"), {"letters"}),
        (LookParams(spoken_colour="#123456"), {"spoken"}),
        (LookParams(keyword_colour="#123456"), {"keyword"}),
        (LookParams(outline_colour="#123456"), {"outline"}),
        (LookParams(outline_width=20), {"outline_em"}),
        (LookParams(box="line"), {"box", "boxed", "box_em"}),
        (LookParams(box="none"), set()),
        (LookParams(box_colour="#123456"), set()),
        (LookParams(letter_case="capitals"), {"capitals"}),
        (LookParams(words_per_line=2), {"words"}),
    ],
)
def test_a_change_of_a_look_changes_that_and_nothing_else(look: LookParams, changed: set[str]) -> None:
    before, after = CLIP_STYLES["pop"], styled("pop", look)
    assert {one.name for one in fields(before) if getattr(before, one.name) != getattr(after, one.name)} == changed


def test_a_look_changes_the_box_of_a_style_that_has_one() -> None:
    assert styled("card", LookParams(box_colour="#123456")).box == "#123456"
    assert styled("card", LookParams(box="none")).box is None
    assert styled("card", LookParams(box="word")) == replace(CLIP_STYLES["card"], boxed="word")
    assert styled("loud", LookParams(letter_case="as_spoken")) == replace(CLIP_STYLES["loud"], capitals=False)


def test_words_that_were_spoken_have_the_colour_of_the_spoken_one_where_the_style_says_so() -> None:
    assert styled("karaoke", LookParams(spoken_colour="#123456")).said == "#123456"
    assert styled("pop", LookParams(spoken_colour="#123456")).said is None


def test_words_of_key_phrases_have_their_colour_until_they_are_spoken() -> None:
    video = clip("we", "like", "bread", look=LookParams(keyword_colour="#123456"), keywords=(FrameSpan(24, 34),))
    spoken, key = "&H4DE1FF&", "&H563412&"
    shown = {frame: at(events(video), frame)[0][2] for frame in (0, 30)}
    assert shown[0].partition("bread")[0].endswith(rf"{{\c{key}}}")
    assert shown[0].partition("we")[0].endswith(rf"{{\c{spoken}}}")
    assert shown[30].partition("bread")[0].endswith(rf"{{\c{spoken}}}")
    assert key not in shown[30]


@pytest.mark.parametrize(("place", "middle"), [(0, 1800), (50, 960), (100, 120)])
def test_captions_at_a_height_are_there_and_inside_the_picture(place: int, middle: int) -> None:
    for style in CLIP_STYLES:
        video = clip(*ENGLISH, style=style, captions_at=place)
        found = {float(y) for one in events(video) for y in re.findall(r"\\an5\\pos\(540,([\d.]+)\)", one.text)}
        assert all(r"\pos" in one.text for one in events(video))
        assert found
        assert all(abs(y - middle) < 300 for y in found)


def test_lines_of_letters_with_marks_above_have_one_box() -> None:
    """Without care, libass draws a box for each mark."""
    borders = {
        text: next(line for line in script(clip(text, style="card"), WHOLE).splitlines() if "Style: Box," in line).split(",")[
            15
        ]
        for text in ("bread", "خبز", "パン")
    }
    assert borders == {"bread": "3", "خبز": "4", "パン": "3"}


def test_a_look_that_draws_nothing_else_keeps_the_text_a_video_is_known_by() -> None:
    plain = clip(*ENGLISH)
    assert repr(replace(plain, look=LookParams(box_colour="#123456"), keywords=(FrameSpan(0, 5),))) == repr(plain)


def test_there_is_a_file_for_every_font_and_a_font_for_every_script() -> None:
    assert list(OF_FONTS) == list(FONTS)
    for faces in OF_FONTS.values():
        assert faces.latin.file.is_file()
        assert faces.scripts.keys() == OF_FONTS["Roboto Black"].scripts.keys()


def test_letters_a_font_lacks_are_drawn_in_the_usual_one() -> None:
    text = script(clip("Ωμέγα", "bread", look=LookParams(font="Rubik Black"), style="plain"), WHOLE)
    assert r"{\fnRoboto Black" in text
    assert "CJK" not in text
