"""Puts the fonts of captions where ffmpeg finds them; they come in packages, since a bare machine has none."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

from video_automation.render.captions.typefaces import OF_FONTS, Typeface, Typefaces, all_typefaces

FOLDER = "fonts"
"""The folder for them beside a chunk's captions."""
OF_THE_MACHINE = tuple(map(Path, ("/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/var/cache/fontconfig")))
"""Where the machine's own fonts and their configuration are: for characters our fonts lack."""
OF_PACKAGES = tuple(dict.fromkeys(face.file for face in all_typefaces() if face.weight is None))
"""The files that `FOLDER` links to."""
_WINDOWS, _UNICODE, _ENGLISH = 3, 1, 0x409
_FAMILY, _STYLE, _FULL, _POSTSCRIPT = 1, 2, 4, 6
_KINDS = (".ttf", ".otf", ".ttc")


def provide(folder: Path, scripts: Iterable[str], fonts: Mapping[str, Typefaces] = OF_FONTS) -> None:
    """Puts the fonts that these ASS captions name into `FOLDER`, and no others: libass opens every font it finds there.

    A font is a link, read through `OF_PACKAGES`; a variable font is written as a file at the wanted weight; an uploaded one is
    copied.
    """
    named = "\n".join(scripts)
    (folder / FOLDER).mkdir(exist_ok=True)
    for face in all_typefaces(fonts):
        if face.name in named:
            _put(face, folder / FOLDER)


def font_named(name: str) -> bytes | None:
    """The font that ASS captions call so, as `provide` has it; None if there is none. A collection comes whole."""
    face = next((face for face in all_typefaces() if face.name == name), None)
    if face is None:
        return None
    return face.file.read_bytes() if face.weight is None else _at_weight(face)


def on_this_machine(characters: str) -> str:
    """Those of these characters that a font of the machine has; on a machine with many fonts this takes seconds."""
    wanted = set(characters)
    found: set[str] = set()
    for file in _files_of_the_machine():
        if found >= wanted:
            break
        found |= {char for char in wanted - found if ord(char) in _characters(file)}
    return "".join(char for char in characters if char in found)


def _put(face: Typeface, folder: Path) -> None:
    if face.uploaded:
        shutil.copyfile(face.file, folder / f"{face.name.replace(' ', '-')}.ttf")
    elif face.weight is None:
        place = folder / face.file.name
        place.unlink(missing_ok=True)
        place.symlink_to(face.file)
    else:
        (folder / f"{face.name.replace(' ', '-')}.ttf").write_bytes(_at_weight(face))


@cache
def _at_weight(face: Typeface) -> bytes:
    """A variable font as a font of one weight, with the typeface's name and line height."""
    with TTFont(face.file, recalcTimestamp=False) as font:
        usual = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        instantiateVariableFont(font, {**usual, "wght": face.weight}, inplace=True)
        names, height, line = font["name"], font["OS/2"], font["hhea"]
        names.names = []
        for kind, text in (
            (_FAMILY, face.name),
            (_STYLE, "Regular"),
            (_FULL, face.name),
            (_POSTSCRIPT, face.name.replace(" ", "")),
        ):
            names.setName(text, kind, _WINDOWS, _UNICODE, _ENGLISH)
        em = font["head"].unitsPerEm
        height.usWinAscent = height.sTypoAscender = line.ascent = round(face.ascent * em)
        height.usWinDescent = round(face.descent * em)
        height.sTypoDescender = line.descent = -height.usWinDescent
        height.usWeightClass = 400  # otherwise libass would look for a bolder one
        written = BytesIO()
        font.save(written)
        return written.getvalue()


def _files_of_the_machine() -> Iterator[Path]:
    for folder in OF_THE_MACHINE:
        yield from (path for path in sorted(folder.rglob("*")) if path.suffix.lower() in _KINDS)


def _characters(file: Path) -> frozenset[int]:
    several = file.suffix.lower() == ".ttc"
    with suppress(TTLibError, OSError), (TTCollection if several else TTFont)(file, lazy=True) as opened:
        return frozenset(code for font in (opened.fonts if several else [opened]) for code in font.getBestCmap() or ())
    return frozenset()
