"""Fonts and logos that are uploaded: what is taken of them, and what is refused."""

from io import BytesIO
from pathlib import Path

import av
import pytest
from brands import bomb, font, logo, roboto, woff_bomb
from fontTools.ttLib import TTFont

from video_automation.errors import UnsupportedError
from video_automation.media.brand.brand_reading import LONGEST_LOGO_PX, font_read, logo_read


@pytest.mark.parametrize("flavor", [None, "woff", "woff2"])
def test_a_font_is_written_anew_under_a_name_of_its_content(tmp_path: Path, flavor: str | None) -> None:
    taken, written = font_read(tmp_path, font(flavor=flavor))
    assert taken.family == "Acme Sans Bold"
    with TTFont(BytesIO(written)) as opened, TTFont(BytesIO(roboto())) as before:
        assert opened.flavor is None
        assert {str(name) for name in opened["name"].names} == {taken.face, "Regular", taken.face.replace(" ", "")}
        assert not {"fpgm", "prep", "cvt ", "gasp"} & set(opened.keys())
        assert opened.getBestCmap().keys() == before.getBestCmap().keys()
        assert opened["hmtx"].metrics == before["hmtx"].metrics
        assert (opened["hhea"].ascent, opened["OS/2"].usWinAscent) == (round(taken.ascent * 2048),) * 2
    assert list(tmp_path.iterdir()) == []


def test_equal_fonts_have_one_name_and_others_another(tmp_path: Path) -> None:
    first, again, other = (font_read(tmp_path, one)[0] for one in (font(), font(), font("Other")))
    assert first == again
    assert first.face != other.face


@pytest.mark.parametrize(
    ("family", "shown"),
    [
        ("../../etc/passwd", ".. .. etc passwd"),
        ("x" * 400, "x" * 60),
        ("Ac\u202eme\u200b\n\x00 Sans", "Acme Sans"),
        ("游ゴシック", "游ゴシック"),
    ],
)
def test_a_hostile_name_is_only_ever_a_name(tmp_path: Path, family: str, shown: str) -> None:
    assert font_read(tmp_path, font(family, "Regular"))[0].family == shown


def test_a_font_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError, match="no name"):
        font_read(tmp_path, font(" ", "Regular"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text",
        roboto()[:2000],
        roboto()[:90_000],
        b"\0\1\0\0" + bytes(4000),
        b"ttcf" + bytes(99),
        b"OTTO\xff\xff" + bytes(99),
    ],
    ids=["empty", "text", "header", "half", "zeros", "collection", "many tables"],
)
def test_what_is_no_whole_font_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnsupportedError) as error:
        font_read(tmp_path, content)
    assert error.value.code == "not_a_font"


def test_a_font_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedError):
        font_read(tmp_path, woff_bomb())


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp"])
def test_a_logo_is_encoded_anew(tmp_path: Path, kind: str) -> None:
    taken, written = logo_read(tmp_path, logo("300x200", kind=kind))
    assert (taken.width, taken.height) == (300, 200)
    with av.open(BytesIO(written)) as opened:
        (frame,) = opened.decode(video=0)
        red, green, blue, alpha = frame.to_ndarray(format="rgba")[100, 150]
    assert opened.format.name == "png_pipe"
    assert red > 240
    assert max(green, blue) < 20
    assert alpha == 255
    assert list(tmp_path.iterdir()) == []


def test_a_large_logo_becomes_smaller(tmp_path: Path) -> None:
    taken, _ = logo_read(tmp_path, logo("3000x1500"))
    assert (taken.width, taken.height) == (LONGEST_LOGO_PX, LONGEST_LOGO_PX // 2)


@pytest.mark.parametrize(
    "content",
    [b"", b"text", logo()[:60], bomb(), bomb(6_400), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"RIFF\0\0\0\0AVI LIST"],
    ids=["empty", "text", "truncated", "bomb", "more pixels than it may", "svg", "avi"],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UnsupportedError) as error:
        logo_read(tmp_path, content)
    assert error.value.code == "not_a_logo"
