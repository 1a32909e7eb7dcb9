"""Sets texts: chooses the typeface of each part, measures its width, and writes it as ASS."""

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
"""Scripts that tell the language of the Chinese characters beside them."""
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
"""Invisible marks: the first one in a line sets the direction of the line."""
_SEPARATOR = "\u200b"
"""A character of the font without width: between a backslash and a letter, it prevents a command."""
_UNSEEN = ("Cf", "Mn", "Zs")
"""Characters that do not change the typeface: invisible ones, marks on a letter, spaces."""
_WIDE = 1.0
"""Ems assumed for a character that none of our fonts has: as wide as any letter of other fonts."""


@dataclass(frozen=True, slots=True)
class Hand:
    """The typefaces and the language for texts of one kind."""

    faces: Typefaces
    language: str


@dataclass(frozen=True, slots=True)
class Run:
    """Successive characters in one typeface."""

    face: Typeface
    text: str


def runs(text: str, hand: Hand) -> tuple[Run, ...]:
    """A text in as few runs as possible; characters of no script, such as spaces, join the letters before them."""
    known = advances(hand.faces.latin)
    if all(ord(char) in known for char in text):
        return (Run(hand.faces.latin, text),) if text else ()
    faces = _faces(text, hand)
    return tuple(
        Run(face, "".join(char for char, _ in together))
        for face, together in groupby(zip(text, faces, strict=True), key=lambda pair: pair[1])
    )


def width_em(text: str, hand: Hand) -> float:
    """The greatest width of a line, in ems of the Latin font: letters that join or stack take less than single ones."""
    return sum(_width(run) for run in runs(text, hand))


def ass_text(text: str, em: float, hand: Hand, *, cut: int = 0, tags: str = "") -> str:
    """A text as ASS, without anything that acts as a command; `em` is the size of Latin letters, in pixels.

    It begins and ends in the Latin typeface at that size. `tags`, which are ASS, stand before its character number `cut`.
    """
    latin, written, at = hand.faces.latin, "", 0
    for run in runs(text, hand):
        here = cut - at
        inside = (
            escaped(run.text[:here]) + tags + escaped(run.text[here:])
            if tags and 0 <= here < len(run.text)
            else escaped(run.text)
        )
        written += inside if run.face == latin else _changed(run.face, em) + inside + _changed(latin, em)
        at += len(run.text)
    return written


def font_size(em: float, face: Typeface) -> float:
    """ASS's font size for a typeface that should look as large as Latin letters of this em."""
    return round(em * face.scale * face.line_em, 2)


def escaped(line: str) -> str:
    """A line with everything escaped that ASS would take for a command."""
    return line.replace("\\", "\\" + _SEPARATOR).replace("{", "\\{")


def direction_mark(text: str, language: str) -> str:
    """The mark that begins each line of a text and sets its direction; empty for a text without right-to-left letters.

    In a right-to-left language one such letter decides, since a name in Latin letters may come first. Else the majority does.
    """
    letters = [char for char in text if char.isalpha()] if not text.isascii() else []
    from_right = sum(script_horizontal_direction(script(char)) == "RTL" for char in letters)
    if not from_right:
        return ""
    return _RIGHT_TO_LEFT if direction(language) == "rtl" or 2 * from_right > len(letters) else _LEFT_TO_RIGHT


def missing_glyphs(texts: Iterable[str]) -> str:
    """The characters of these texts that no typeface has, each once, in the order of their first use."""
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
    """The language whose Chinese characters a text uses: its own, or the one with letters that only that language has."""
    told = (_BY_LETTERS[code] for code in map(script, text) if code in _BY_LETTERS)
    return language if language in VIDEOS.eastern else next(told, "zh")


def _known(faces: Typefaces, eastern: str) -> tuple[Typeface, ...]:
    """The typefaces searched for a character, early on the one with most symbols."""
    latin = (faces.latin, faces.usual) if faces.usual else (faces.latin,)
    return (*latin, faces.eastern[eastern], *faces.scripts.values())


def _has(face: Typeface, char: str) -> bool:
    return ord(char) in advances(face)
