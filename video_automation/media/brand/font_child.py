"""Reads an untrusted font and writes it anew. Run by `media.brand.brand_reading` in its own process, never imported.

    python font_child.py FILE NAME

It prints a line of JSON: the font's family and how far its lines reach in ems; or what is wrong with it, as
`{"problem": ...}`. The new font follows, called NAME. Of the old one it has only what letters are drawn with, each table read
and written anew: no program of its own, no name. Any exception is a font that cannot be used.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO

import brotli  # noqa: F401  # fontTools looks for it when a font needs it
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

from video_automation.media import sandbox
from video_automation.plan.text.plain_names import plain_name

_SINGLE = (b"\0\1\0\0", b"true", b"OTTO", b"wOFF", b"wOF2")
_COLLECTION = b"ttcf"
_KEPT = frozenset(("head", "hhea", "maxp", "OS/2", "hmtx", "cmap", "name", "post", "glyf", "loca", "CFF ", "GSUB", "GPOS"))
_FAMILY, _STYLE, _FULL, _POSTSCRIPT = 1, 2, 4, 6
_WINDOWS, _UNICODE, _ENGLISH = 3, 1, 0x409
_LEAST_EM, _MOST_EM = 0.1, 3.0
_REGULAR_WEIGHT = 400
"""The weight it says it has, whatever it has: otherwise libass would look for another one."""


def main(path: str, name: str) -> None:
    """Prints the answer."""
    with open(path, "rb") as file:  # noqa: PTH123  # pathlib says no more
        content = file.read()
    sandbox.confine((sys.prefix, sys.base_prefix), ())  # fontTools loads its readers of tables when they are needed
    sys.stdout.buffer.write(_answer(content, name))


def _answer(content: bytes, name: str) -> bytes:
    if content[:4] not in _SINGLE:
        return _told({"problem": "collection" if content[:4] == _COLLECTION else "no_font"})
    with TTFont(BytesIO(content), recalcTimestamp=False, lazy=False) as font:
        if "glyf" not in font and "CFF " not in font and "CFF2" not in font:
            return _told({"problem": "no_outlines"})
        family = _family(font)
        if not family:
            return _told({"problem": "nameless"})
        if "fvar" in font:
            usual = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
            instantiateVariableFont(font, usual, inplace=True, downgradeCFF2=True)
        _strip(font)
        reach = _reach(font)
        _rename(font, name)
        written = BytesIO()
        font.flavor = None
        font.save(written)
    return _told({"family": family, "ascent": reach[0], "descent": reach[1]}) + written.getvalue()


def _told(answer: dict[str, str | float]) -> bytes:
    return json.dumps(answer).encode() + b"\n"


def _family(font: TTFont) -> str:
    """Its family, with the style if that is not the regular one: fit to be shown, and to be part of an address."""
    family, style = font["name"].getBestFamilyName() or "", font["name"].getBestSubFamilyName() or ""
    named = family if style.lower() in ("", "regular", "normal", "book") or family.endswith(style) else f"{family} {style}"
    return plain_name(named.replace("/", " ").replace("\\", " "))[:60].strip()


def _strip(font: TTFont) -> None:
    """Leaves the tables that letters are drawn with, without programs; each is read, so that all of it is written anew."""
    for tag in font.keys():  # noqa: SIM118  # a font is no dictionary
        if tag != "GlyphOrder" and tag not in _KEPT:
            del font[tag]
    for tag in _KEPT:
        if tag in font:
            font[tag]
    if "glyf" in font:
        for glyph in font.getGlyphOrder():
            font["glyf"][glyph].removeHinting()
    font["post"].formatType = 3.0


def _reach(font: TTFont) -> tuple[float, float]:
    """How far its lines reach above and below the baseline, in ems."""
    em, lines = font["head"].unitsPerEm, font["hhea"]
    return min(_MOST_EM, max(_LEAST_EM, lines.ascent / em)), min(_MOST_EM, max(0.0, -lines.descent / em))


def _rename(font: TTFont, name: str) -> None:
    em, height, line = font["head"].unitsPerEm, font["OS/2"], font["hhea"]
    ascent, descent = _reach(font)
    font["name"].names = []
    for kind, text in ((_FAMILY, name), (_STYLE, "Regular"), (_FULL, name), (_POSTSCRIPT, name.replace(" ", ""))):
        font["name"].setName(text, kind, _WINDOWS, _UNICODE, _ENGLISH)
    height.usWinAscent = height.sTypoAscender = line.ascent = round(ascent * em)
    height.usWinDescent = round(descent * em)
    height.sTypoDescender = line.descent = -height.usWinDescent
    height.usWeightClass = _REGULAR_WEIGHT
    height.fsSelection = 1 << 6
    font["head"].macStyle = 0
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [name.replace(" ", "")]


if __name__ == "__main__":
    main(*sys.argv[1:])
