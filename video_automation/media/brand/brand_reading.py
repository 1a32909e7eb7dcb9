"""Reads uploaded fonts, logos and cards: each is read and written anew by a restricted process, and only its answer is kept."""

import logging
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Final, Literal

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

from video_automation.errors import LimitError, ToolError, UnsupportedError
from video_automation.media.probing.probe import turn
from video_automation.media.program import Limits, Tools
from video_automation.media.python import run_python
from video_automation.plan.brand.brand_files import BrandFont, BrandPicture

log = logging.getLogger(__name__)

LONGEST_LOGO_PX: Final = 1024
"""The longer side of a logo as it is kept: a third of the width of a 4K picture needs no more."""
LONGEST_CARD_PX: Final = 1920
"""The longer side of a card as it is kept."""
_MOST_PIXELS: Final = 40_000_000
_FONT_CHILD, _PICTURE_CHILD = (Path(__file__).with_name(name) for name in ("font_child.py", "picture_child.py"))
_LIMITS: Final = Limits(memory=1 << 30, file_size=0, cpu_s=40, wall_s=60)
_PLACES: Final = BoundedSemaphore(2)
_PATIENCE_S: Final = 60.0


class _Problem(TypedDict):
    problem: Literal["collection", "no_font", "no_outlines", "nameless", "no_picture", "too_many_pixels"]


class _Lines(TypedDict):
    family: str
    ascent: float
    descent: float


class _Size(TypedDict):
    width: int
    height: int


_ANSWER: Final[TypeAdapter[_Problem | _Lines | _Size]] = TypeAdapter(_Problem | _Lines | _Size)
_FONT: Final = TypeAdapter(BrandFont)
_PICTURE: Final = TypeAdapter(BrandPicture)
_BROKEN_FONT: Final = "This font cannot be read. Upload it as TTF, OTF, WOFF or WOFF2."
_BROKEN_PICTURE: Final = "This picture cannot be decoded. Upload a PNG, JPEG or WebP that does not move."
_TOLD: Final[Mapping[str, str]] = {
    "collection": "This file has several fonts in it. Upload each as a file of its own.",
    "no_font": _BROKEN_FONT,
    "no_outlines": "This font has letters as bitmaps alone. Upload one with outlines.",
    "nameless": "This font has no name. Give it one with a font editor, then upload it.",
    "no_picture": _BROKEN_PICTURE,
    "too_many_pixels": f"This picture has more than {_MOST_PIXELS // 1_000_000} million pixels. Export it smaller.",
}


def font_read(folder: Path, content: bytes) -> tuple[BrandFont, bytes]:
    """An uploaded font, and its file as it was written anew. A folder for scratch files is made within `folder`.

    Raises:
        UnsupportedError: it is no font that can be used; the sentence says why.
        TransientError: too many are being read just now.
    """
    digest = sha256(content).hexdigest()
    blank = BrandFont("Font", digest, 1, 0)
    answer, written = _read(folder, content, _FONT_CHILD, (blank.face,), _BROKEN_FONT, "not_a_font")
    try:
        return _FONT.validate_python({**answer, "sha256": digest}), written
    except ValidationError:
        raise UnsupportedError(_BROKEN_FONT, code="not_a_font") from None


def logo_read(folder: Path, content: bytes) -> tuple[BrandPicture, bytes]:
    """An uploaded logo, and its picture as PNG, encoded anew. A folder for scratch files is made within `folder`.

    Raises:
        UnsupportedError: it is no picture that can be decoded; the sentence says why.
        TransientError: too many are being read just now.
    """
    return _picture_read(folder, content, LONGEST_LOGO_PX, "not_a_logo")


def card_read(folder: Path, content: bytes) -> tuple[BrandPicture, bytes]:
    """An uploaded opening or closing card, as `logo_read` gives a logo. Raises: as `logo_read`."""
    return _picture_read(folder, content, LONGEST_CARD_PX, "not_a_card")


def _picture_read(folder: Path, content: bytes, longest_px: int, code: str) -> tuple[BrandPicture, bytes]:
    numbers = (str(_MOST_PIXELS), str(longest_px))
    answer, written = _read(folder, content, _PICTURE_CHILD, numbers, _BROKEN_PICTURE, code)
    try:
        return _PICTURE.validate_python({**answer, "sha256": sha256(written).hexdigest()}), written
    except ValidationError:
        raise UnsupportedError(_BROKEN_PICTURE, code=code) from None


def _read(
    folder: Path, content: bytes, child: Path, told: tuple[str, ...], broken: str, code: str
) -> tuple[Mapping[str, object], bytes]:
    """What the child says of a file, and what it wrote. Raises UnsupportedError with this code."""
    folder.mkdir(parents=True, exist_ok=True)
    with turn(_PLACES, patience_s=_PATIENCE_S), TemporaryDirectory(prefix=".brand-", dir=folder) as scratch:
        file = Path(scratch) / "given"
        file.write_bytes(content)
        try:
            said = run_python(Tools(Path(scratch), (file,), limits=_LIMITS), child, str(file.absolute()), *told)
            first, _, written = said.partition(b"\n")
            answer = _ANSWER.validate_json(first)
        except (ToolError, LimitError, ValidationError) as error:
            log.info("refused: %s", error)
            raise UnsupportedError(broken, code=code) from error
    if problem := answer.get("problem"):
        raise UnsupportedError(_TOLD[str(problem)], code=code)
    return {**answer}, written
