"""The typefaces captions are drawn in: which has which script, how large its letters look and how wide they are."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font as captions use it. Lengths are in ems, the size a font is designed at."""

    name: str
    """What ASS calls it."""
    file: Path
    """As its package brings it."""
    weight: int | None = None
    """For a variable font the weight it is drawn in: libass knows only the one it begins with. Else None."""
    scale: float = 1.0
    """How much larger it is set than a Latin font, so that its letters look as large."""
    ascent: float = 2146 / 2048
    descent: float = 555 / 2048
    """How far a line of it reaches above and below; together what ASS calls the size of a font."""
    emboldened: bool = False
    """Whether libass makes it bold, since there is no bold font of it."""
    place: int = 0
    """Which font of a collection it is."""

    @property
    def line_em(self) -> float:
        """How high a line of it is, in its own ems."""
        return self.ascent + self.descent


@dataclass(frozen=True, slots=True)
class _Family:
    """A font that brings its letters in any weight."""

    name: str
    package: str
    scale: float
    ascent: float
    descent: float


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The typefaces of one kind of captions."""

    latin: Typeface
    """Latin, Greek and Cyrillic: the one a text is set in where nothing says otherwise."""
    scripts: dict[str, Typeface]
    """By the script's code (ISO 15924)."""
    eastern: dict[str, Typeface]
    """Chinese, Japanese and Korean, by language: each writes the same characters in its own way."""


_VARIABLE = {
    "Arab": _Family("Noto Sans Arabic", "noto_sans_arabic", 1.12, 0.98, 0.45),
    "Hebr": _Family("Rubik", "rubik", 1.1, 0.95, 0.29),
    "Deva": _Family("Noto Sans Devanagari", "noto_sans_devanagari", 1.15, 1.0, 0.4),
    "Taml": _Family("Noto Sans Tamil", "noto_sans_tamil", 0.95, 1.0, 0.38),
    "Telu": _Family("Noto Sans Telugu", "noto_sans_telugu", 1.0, 1.0, 0.483),
    "Khmr": _Family("Noto Sans Khmer", "noto_sans_khmer", 1.0, 1.06, 0.55),
    "Thai": _Family("Noto Sans Thai", "noto_sans_thai", 1.05, 1.061, 0.35),
}
"""How large, and how high and low the lines, was found by looking: what the fonts say has room for signs no talk has."""
_COLLECTION = {
    "ja": ("Noto Sans CJK JP", 0),
    "ko": ("Noto Sans CJK KR", 1),
    "zh": ("Noto Sans CJK SC", 2),
    "yue": ("Noto Sans CJK TC", 3),
}
"""Of each language that writes with Chinese characters, its font and the place of it in the collection."""


def _typefaces(latin: str, weight: int, *, emboldened: bool) -> Typefaces:
    look = latin.partition(" ")[2]
    collection = Path(str(files("noto_cjk_sans_otc"))) / "NotoSansCJK-Regular.ttc"
    return Typefaces(
        Typeface(latin, Path(str(files("font_roboto"))) / "files" / f"{latin.replace(' ', '-')}.ttf"),
        {
            script: Typeface(f"{one.name} {look}", _variable(one.package), weight, one.scale, one.ascent, one.descent)
            for script, one in _VARIABLE.items()
        },
        {
            language: Typeface(name, collection, scale=0.95, ascent=1.16, descent=0.288, emboldened=emboldened, place=place)
            for language, (name, place) in _COLLECTION.items()
        },
    )


def _variable(package: str) -> Path:
    folder = Path(str(files(f"fontpkg_{package}"))) / "files"
    return next(path for path in sorted(folder.iterdir()) if path.name.endswith("wght].ttf") and "Italic" not in path.name)


VIDEOS = _typefaces("Roboto Medium", 500, emboldened=False)
"""Those of long videos,"""
CLIPS = _typefaces("Roboto Black", 900, emboldened=True)
"""and of clips."""


def all_typefaces() -> tuple[Typeface, ...]:
    """Every typeface there is."""
    return tuple(face for kind in (VIDEOS, CLIPS) for face in (kind.latin, *kind.scripts.values(), *kind.eastern.values()))


@cache
def advances(face: Typeface) -> dict[int, float]:
    """How far each character the font has moves the next one, in its own ems."""
    with TTFont(face.file, fontNumber=face.place, lazy=True) as font:
        em = font["head"].unitsPerEm
        if face.weight is None:
            sizes = font["hmtx"].metrics
            return {code: sizes[name][0] / em for code, name in font.getBestCmap().items()}
        glyphs = font.getGlyphSet(location={"wght": face.weight})
        return {code: glyphs[name].width / em for code, name in font.getBestCmap().items()}
