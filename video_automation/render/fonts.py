"""The fonts captions are drawn in: a package brings them, since a bare machine has none and then nothing would be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import copyfile

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FILMS, CLIPS = "Roboto Medium", "Roboto Black"
"""The faces of long films and of clips."""
FOLDER = "fonts"
"""The folder beside a chunk's captions that holds them."""
OF_THE_MACHINE = tuple(map(Path, ("/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/var/cache/fontconfig")))
"""Where other fonts are, and how they are found: for characters ours lacks."""


@dataclass(frozen=True, slots=True)
class _Metrics:
    """Lengths in ems, the size a font is designed at."""

    advances: dict[int, float]
    """How far each character it has moves the next one."""
    line: float
    """From the top of a line to its bottom, which is what ASS calls the size of a font."""


def provide(folder: Path) -> None:
    """Puts the fonts into `FOLDER` there: a name that is safe in the text of a filter, whatever the package's own path is.

    They come alone: libass would open all twelve of the package, which took 20 ms for each chunk.
    """
    (folder / FOLDER).mkdir(exist_ok=True)
    for face in (FILMS, CLIPS):
        copyfile(_file(face), folder / FOLDER / _file(face).name)


def missing(texts: Iterable[str]) -> str:
    """The characters of these texts the fonts have no shape for, each once, in the order they first come."""
    has = _metrics(FILMS).advances
    return "".join(c for c in dict.fromkeys("".join(texts)) if ord(c) not in has and c.isprintable())


def width_em(text: str, face: str = FILMS) -> float:
    """How wide a line is, in ems; a character the font lacks counts as one em, as wide as any letter of another font."""
    advances = _metrics(face).advances
    return sum(advances.get(ord(c), 1.0) for c in text)


def line_em(face: str = FILMS) -> float:
    """How high a line is, in ems."""
    return _metrics(face).line


def _file(face: str) -> Path:
    return Path(str(files("font_roboto"))) / "files" / f"{face.replace(' ', '-')}.ttf"


@cache
def _metrics(face: str) -> _Metrics:
    with TTFont(_file(face), lazy=True) as font:
        em, sizes, high = font["head"].unitsPerEm, font["hmtx"].metrics, font["OS/2"]
        advances = {code: sizes[name][0] / em for code, name in font.getBestCmap().items()}
        return _Metrics(advances, (high.usWinAscent + high.usWinDescent) / em)
