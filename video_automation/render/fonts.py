"""The font captions are drawn in: a package brings it, since a bare machine has none and then nothing would be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from shutil import copyfile

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FAMILY = "Roboto Medium"
FOLDER = "fonts"
"""The folder beside a chunk's captions that holds the font."""
_FILE = Path(str(files("font_roboto"))) / "files" / "Roboto-Medium.ttf"
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
    """Puts the font into `FOLDER` there: a name that is safe in the text of a filter, whatever the package's own path is.

    It comes alone: libass would open all twelve of the package, which took 20 ms for each chunk.
    """
    (folder / FOLDER).mkdir(exist_ok=True)
    copyfile(_FILE, folder / FOLDER / _FILE.name)


def missing(texts: Iterable[str]) -> str:
    """The characters of these texts the font has no shape for, each once, in the order they first come."""
    has = _metrics().advances
    return "".join(c for c in dict.fromkeys("".join(texts)) if ord(c) not in has and c.isprintable())


def width_em(text: str) -> float:
    """How wide a line is, in ems; a character the font lacks counts as one em, as wide as any letter of another font."""
    advances = _metrics().advances
    return sum(advances.get(ord(c), 1.0) for c in text)


def line_em() -> float:
    """How high a line is, in ems."""
    return _metrics().line


@cache
def _metrics() -> _Metrics:
    with TTFont(_FILE, lazy=True) as font:
        em, sizes, high = font["head"].unitsPerEm, font["hmtx"].metrics, font["OS/2"]
        advances = {code: sizes[name][0] / em for code, name in font.getBestCmap().items()}
        return _Metrics(advances, (high.usWinAscent + high.usWinDescent) / em)
