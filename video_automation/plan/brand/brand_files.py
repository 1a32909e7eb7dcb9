"""The files of an owner's brand as values: fonts, a logo and cards, each known by the hash of its content."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from video_automation.plan.text.plain_names import plain_name

_HASH = "^[0-9a-f]{64}$"


def _neat(name: object) -> object:
    return plain_name(name) if isinstance(name, str) else name


FamilyName = Annotated[str, Field(min_length=1, max_length=60), BeforeValidator(_neat)]
"""The family name of a font, in any script."""
FileHash = Annotated[str, Field(pattern=_HASH)]
"""The SHA-256 of a file's content."""


@dataclass(frozen=True, slots=True)
class BrandFont:
    """An uploaded font, as it was written anew. Lengths are in ems."""

    family: FamilyName
    sha256: FileHash
    ascent: Annotated[float, Field(gt=0, le=4)]
    descent: Annotated[float, Field(ge=0, le=4)]
    """How far its lines reach above and below the baseline."""

    @property
    def face(self) -> str:
        """Its name in captions' scripts, and in the file itself: no other file has it."""
        return f"Brand {self.sha256[:16]}"


@dataclass(frozen=True, slots=True)
class BrandPicture:
    """An uploaded picture, as it was encoded anew: a PNG of this size in pixels."""

    sha256: FileHash
    width: Annotated[int, Field(ge=1, le=4096)]
    height: Annotated[int, Field(ge=1, le=4096)]


@dataclass(frozen=True, slots=True)
class Brand:
    """The files of an owner, or those of them that a task uses."""

    fonts: Annotated[tuple[BrandFont, ...], Field(max_length=50)] = ()
    """Each family once."""
    logo: BrandPicture | None = None
    opening_card: BrandPicture | None = None
    closing_card: BrandPicture | None = None

    def font(self, family: str) -> BrandFont | None:
        """The font of this family, if there is one."""
        return next((font for font in self.fonts if font.family == family), None)

    @property
    def files(self) -> tuple[str, ...]:
        """The hashes of all its files."""
        pictures = (self.logo, self.opening_card, self.closing_card)
        return (*(font.sha256 for font in self.fonts), *(picture.sha256 for picture in pictures if picture))
