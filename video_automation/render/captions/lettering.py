"""How a text is set: which typeface draws which part of it, how wide it is then, and how ASS says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from unicodedata import category

from fontTools.unicodedata import script, script_horizontal_direction  # type: ignore[import-untyped]

from video_automation.plan.text.language_names import direction
from video_automation.render.captions.arabic_shaping import joined_forms
from video_automation.render.captions.typefaces import VIDEOS, Typeface, Typefaces, advances

_OF_ANY_SCRIPT = ("Zyyy", "Zinh", "Zzzz")
_CHINESE = ("Hani", "Bopo")
_BY_LETTERS = {"Hira": "ja", "Kana": "ja", "Hang": "ko"}
"""Letters that tell which language's Chinese characters stand beside them."""
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
"""Marks nobody sees: the first of them in a line says which way the line runs."""
_SEPARATOR = "\u200b"
"""A character without width the font has: between a backslash and a letter it keeps the two from being a command."""
_UNSEEN = ("Cf", "Mn", "Zs")
"""Characters that do not change the typeface: what nobody sees, marks on a letter, spaces."""
_WIDE = 1.0
"""Ems of a character none of our fonts has: as wide as any letter of another font."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What texts of one kind are set in, and in which language they are."""

    faces: Typefaces
    language: str


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow one another in one typeface."""

    face: Typeface
    text: str


def runs(text: str, hand: Hand) -> tuple[Run, ...]:
    """A text in as few parts as have one typeface; what is of no script, such as a space, is set as the letters before it."""
    known = advances(hand.faces.latin)
    if all(ord(char) in known for char in text):
        return (Run(hand.faces.latin, text),) if text else ()
    faces = _faces(text, hand)
    return tuple(
        Run(face, "".join(char for char, _ in together))
        for face, together in groupby(zip(text, faces, strict=True), key=lambda pair: pair[1])
    )


def width_em(text: str, hand: Hand) -> float:
    """How wide a line is at most, in ems of the Latin font: letters that join or stack take less than each by itself."""
    return sum(_width(run) for run in runs(text, hand))


def ass_text(text: str, em: float, hand: Hand) -> str:
    """A text as ASS, where nothing in it is a command; `em` is the size of Latin letters, in pixels.

    It begins and ends in the Latin typeface at that size.
    """
    latin = hand.faces.latin
    return "".join(
        escaped(run.text) if run.face == latin else _changed(run.face, em) + escaped(run.text) + _changed(latin, em)
        for run in runs(text, hand)
    )


def font_size(em: float, face: Typeface) -> float:
    """What ASS calls the size of a typeface that is to look as large as Latin letters of this em."""
    return round(em * face.scale * face.line_em, 2)


def escaped(line: str) -> str:
    """A line without anything that ASS would take for a command."""
    return line.replace("\\", "\\" + _SEPARATOR).replace("{", "\\{")


def direction_mark(text: str, language: str) -> str:
    """What begins each line of a text so that it runs the right way; empty where no letter of it runs from right to left.

    In a language written from right to left one such letter decides: a name in Latin letters may stand first. Else most do.
    """
    letters = [char for char in text if char.isalpha()] if not text.isascii() else []
    from_right = sum(script_horizontal_direction(script(char)) == "RTL" for char in letters)
    if not from_right:
        return ""
    return _RIGHT_TO_LEFT if direction(language) == "rtl" or 2 * from_right > len(letters) else _LEFT_TO_RIGHT


def missing_glyphs(texts: Iterable[str]) -> str:
    """The characters of these texts no typeface has a shape for, each once, in the order they first come."""
    seen = (char for char in dict.fromkeys("".join(texts)) if char.isprintable() and not char.isascii())
    return "".join(char for char in seen if not any(_has(face, char) for face in _known(VIDEOS, "zh")))


def _width(run: Run) -> float:
    known = advances(run.face)
    return run.face.scale * sum(
        known[ord(char)] if ord(char) in known else 0.0 if category(char) in _UNSEEN else _WIDE
        for char in joined_forms(run.text)
    )


def _changed(face: Typeface, em: float) -> str:
    return f"{{\\fn{face.name}\\fs{font_size(em, face)}\\b{int(face.emboldened)}}}"


def _faces(text: str, hand: Hand) -> list[Typeface]:
    """The typeface of each character."""
    own = [None if script(char) in _OF_ANY_SCRIPT else _of_script(script(char), text, hand) for char in text]
    current = next((face for face in own if face), hand.faces.latin)
    others = _known(hand.faces, _eastern(text, hand.language))
    faces = []
    for char, face in zip(text, own, strict=True):
        current = face or current
        stays = category(char) in _UNSEEN or _has(current, char)
        faces.append(current if stays else next((face for face in others if _has(face, char)), current))
    return faces


def _of_script(code: str, text: str, hand: Hand) -> Typeface:
    if code in _CHINESE or code in _BY_LETTERS:
        return hand.faces.eastern[_eastern(text, hand.language)]
    return hand.faces.scripts.get(code, hand.faces.latin)


def _eastern(text: str, language: str) -> str:
    """Whose Chinese characters a text is written in: those of its language, or of letters only one language has."""
    told = (_BY_LETTERS[code] for code in map(script, text) if code in _BY_LETTERS)
    return language if language in VIDEOS.eastern else next(told, "zh")


def _known(faces: Typefaces, eastern: str) -> tuple[Typeface, ...]:
    """The typefaces that are looked through for a character, the one with most signs early."""
    return (faces.latin, faces.eastern[eastern], *faces.scripts.values())


def _has(face: Typeface, char: str) -> bool:
    return ord(char) in advances(face)
