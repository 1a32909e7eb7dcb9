"""Which font files the captions of a video get."""

from pathlib import Path

from fontTools.ttLib import TTFont

from video_automation.render.captions import fonts
from video_automation.render.captions.lettering import Hand, ass_text
from video_automation.render.captions.typefaces import CLIPS, VIDEOS


def provided(folder: Path, text: str) -> list[str]:
    script = f"Style: {VIDEOS.latin.name}\n{ass_text(text, 40, Hand(VIDEOS, 'und'))}"
    folder.mkdir(exist_ok=True)
    fonts.provide(folder, [script])
    return sorted(path.name for path in (folder / fonts.FOLDER).iterdir())


def test_only_the_fonts_a_caption_is_drawn_in_are_there(tmp_path: Path) -> None:
    assert provided(tmp_path / "a", "naïve café Привет") == ["Roboto-Medium.ttf"]
    assert provided(tmp_path / "b", "สวัสดี") == ["Noto-Sans-Thai-Medium.ttf", "Roboto-Medium.ttf"]
    assert provided(tmp_path / "c", "世界") == ["NotoSansCJK-Regular.ttc", "Roboto-Medium.ttf"]


def test_a_large_font_is_linked_to_and_may_be_put_there_twice(tmp_path: Path) -> None:
    for _ in range(2):
        provided(tmp_path, "世界")
    linked = tmp_path / fonts.FOLDER / "NotoSansCJK-Regular.ttc"
    assert linked.readlink() in fonts.OF_PACKAGES


def test_a_variable_font_is_put_there_at_the_weight_and_under_the_name_that_captions_say(tmp_path: Path) -> None:
    face = CLIPS.scripts["Thai"]
    fonts.provide(tmp_path, [ass_text("สวัสดี", 40, Hand(CLIPS, "th"))])
    with TTFont(tmp_path / fonts.FOLDER / "Noto-Sans-Thai-Black.ttf") as font:
        assert "fvar" not in font
        assert font["name"].getDebugName(1) == font["name"].getDebugName(4) == face.name == "Noto Sans Thai Black"
        lines = font["OS/2"].usWinAscent + font["OS/2"].usWinDescent
        assert lines / font["head"].unitsPerEm == round(face.line_em, 3)
