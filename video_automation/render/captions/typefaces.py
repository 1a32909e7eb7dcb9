"""The typefaces of captions: the scripts each covers, how large its letters look and how wide they are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from video_automation.plan.brand.brand_files import BrandFont


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font as used in captions. Lengths are in ems, the design size of a font."""

    name: str
    """Its name in ASS."""
    file: Path
    """Its file in its package."""
    weight: int | None = None
    """The drawn weight of a variable font, else None: libass knows only the default weight of the file."""
    scale: float = 1.0
    """How much larger than a Latin font it is set, so that its letters look as large."""
    ascent: float = 2146 / 2048
    descent: float = 555 / 2048
    """How far its lines reach above and below the baseline; the sum is ASS's size of a font."""
    emboldened: bool = False
    """Whether libass emboldens it, because it has no bold font."""
    place: int = 0
    """Its index in a font collection."""
    uploaded: bool = False
    """Whether its file is one of an owner's brand."""

    @property
    def line_em(self) -> float:
        """The line height, in its own ems."""
        return self.ascent + self.descent


@dataclass(frozen=True, slots=True)
class _Family:
    """A font with letters of any weight."""

    name: str
    package: str
    scale: float
    ascent: float
    descent: float


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The typefaces for one kind of captions."""

    latin: Typeface
    """Latin, Greek and Cyrillic: the default typeface."""
    scripts: dict[str, Typeface]
    """By the script's code (ISO 15924)."""
    eastern: dict[str, Typeface]
    """Chinese, Japanese and Korean, by language: each draws the same characters in its own way."""
    usual: Typeface | None = None
    """Draws the letters of Latin, Greek and Cyrillic that the default typeface lacks, if it may lack some."""


_VARIABLE = {
    "Arab": _Family("Noto Sans Arabic", "noto_sans_arabic", 1.12, 0.98, 0.45),
    "Hebr": _Family("Rubik", "rubik", 1.1, 0.95, 0.29),
    "Deva": _Family("Noto Sans Devanagari", "noto_sans_devanagari", 1.15, 1.0, 0.4),
    "Taml": _Family("Noto Sans Tamil", "noto_sans_tamil", 0.95, 1.0, 0.38),
    "Telu": _Family("Noto Sans Telugu", "noto_sans_telugu", 1.0, 1.0, 0.483),
    "Khmr": _Family("Noto Sans Khmer", "noto_sans_khmer", 1.0, 1.06, 0.55),
    "Thai": _Family("Noto Sans Thai", "noto_sans_thai", 1.05, 1.061, 0.35),
}
"""Sizes and line heights were chosen by eye: the fonts' own metrics leave room for signs that captions do not use."""
_COLLECTION = {
    "ja": ("Noto Sans CJK JP", 0),
    "ko": ("Noto Sans CJK KR", 1),
    "zh": ("Noto Sans CJK SC", 2),
    "yue": ("Noto Sans CJK TC", 3),
}
"""For each language with Chinese characters, its font and that font's index in the collection."""


def _typefaces(latin: str, weight: int, *, emboldened: bool) -> Typefaces:
    look = latin.partition(" ")[2]
    collection = Path(str(files("noto_cjk_sans_otc"))) / "NotoSansCJK-Regular.ttc"
    return Typefaces(
        _roboto(latin),
        {
            script: Typeface(f"{one.name} {look}", _variable(one.package), weight, one.scale, one.ascent, one.descent)
            for script, one in _VARIABLE.items()
        },
        {
            language: Typeface(name, collection, scale=0.95, ascent=1.16, descent=0.288, emboldened=emboldened, place=place)
            for language, (name, place) in _COLLECTION.items()
        },
    )


def _roboto(name: str) -> Typeface:
    family, _, look = name.partition(" ")
    return Typeface(name, Path(str(files("font_roboto"))) / "files" / f"{family}-{look.replace(' ', '')}.ttf")


def _rubik(look: str, weight: int) -> Typeface:
    one = _VARIABLE["Hebr"]
    return Typeface(f"{one.name} {look}", _variable(one.package), weight, ascent=one.ascent, descent=one.descent)


def _variable(package: str) -> Path:
    folder = Path(str(files(f"fontpkg_{package}"))) / "files"
    return next(path for path in sorted(folder.iterdir()) if path.name.endswith("wght].ttf") and "Italic" not in path.name)


VIDEOS = _typefaces("Roboto Medium", 500, emboldened=False)
"""The typefaces of long videos,"""
CLIPS = _typefaces("Roboto Black", 900, emboldened=True)
"""and of clips."""
OF_FONTS: Mapping[str, Typefaces] = {
    "Roboto Black": CLIPS,
    "Roboto Bold": replace(CLIPS, latin=_roboto("Roboto Bold")),
    "Roboto Medium": VIDEOS,
    "Roboto Black Italic": replace(CLIPS, latin=_roboto("Roboto Black Italic")),
    "Rubik Black": replace(CLIPS, latin=_rubik("Black", 900), usual=CLIPS.latin),
    "Rubik Bold": replace(CLIPS, latin=_rubik("Bold", 700), usual=CLIPS.latin),
    "Rubik Medium": replace(VIDEOS, latin=_rubik("Medium", 500), usual=VIDEOS.latin),
}
"""The typefaces of captions in each of the fonts to choose from; scripts a font does not have are drawn about as bold."""


def with_uploaded(fonts: Iterable[BrandFont], place: Callable[[str], Path]) -> Mapping[str, Typefaces]:
    """The typefaces of captions in each of the fonts to choose from, with these beside them.

    `place` gives the file of an uploaded font by its hash. What such a font lacks is drawn as in clips.
    """
    own = {
        font.family: replace(
            CLIPS,
            latin=Typeface(font.face, place(font.sha256), ascent=font.ascent, descent=font.descent, uploaded=True),
            usual=CLIPS.latin,
        )
        for font in fonts
    }
    return {**OF_FONTS, **own}


def all_typefaces(fonts: Mapping[str, Typefaces] = OF_FONTS) -> tuple[Typeface, ...]:
    """All typefaces of captions in these fonts, and of long videos."""
    kinds = (VIDEOS, CLIPS, *fonts.values())
    return tuple(dict.fromkeys(face for kind in kinds for face in (kind.latin, *kind.scripts.values(), *kind.eastern.values())))


@cache
def advances(face: Typeface) -> dict[int, float]:
    """The advance width of each character of the font, in its own ems."""
    with TTFont(face.file, fontNumber=face.place, lazy=True) as font:
        em = font["head"].unitsPerEm
        if face.weight is None:
            sizes = font["hmtx"].metrics
            return {code: sizes[name][0] / em for code, name in font.getBestCmap().items()}
        glyphs = font.getGlyphSet(location={"wght": face.weight})
        return {code: glyphs[name].width / em for code, name in font.getBestCmap().items()}
