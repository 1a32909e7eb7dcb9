"""Whether and where a logo is shown: the options, and the place in a picture that follows from them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from video_automation.plan.brand.brand_files import BrandPicture
from video_automation.plan.time import rounded

LogoCorner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]


@dataclass(frozen=True, slots=True)
class LogoParams:
    """Where the owner's logo is shown."""

    logo_in_clips: bool = False
    """Show your logo in clips."""
    logo_in_video: bool = False
    """Show your logo in the long video."""
    logo_corner: LogoCorner = "top-right"
    """The corner it is in: top-left, top-right, bottom-left or bottom-right."""
    logo_size: Annotated[int, Field(ge=3, le=50)] = 16
    """Its width, in percent of the picture's; a tall logo is made narrower, so that it is no higher than wide."""
    logo_margin: Annotated[int, Field(ge=0, le=30)] = 5
    """Its distance from both edges, in percent of the picture's width."""
    logo_opacity: Annotated[int, Field(ge=5, le=100)] = 100
    """How opaque it is, in percent."""


@dataclass(frozen=True, slots=True)
class PlacedLogo:
    """A logo in a picture. Lengths are in pixels of that picture."""

    sha256: str
    x: int
    y: int
    """Its upper left corner."""
    width: int
    height: int
    opacity: int
    """In percent."""


def placed(logo: BrandPicture, params: LogoParams, width: int, height: int) -> PlacedLogo:
    """The logo in a picture of this size, inside it and in its own proportions."""
    longest = max(logo.width, logo.height)
    scale = min(Fraction(width * params.logo_size, 100 * longest), Fraction(height, logo.height))
    wide, high = max(1, rounded(logo.width * scale)), max(1, rounded(logo.height * scale))
    margin = rounded(Fraction(width * params.logo_margin, 100))
    right, bottom = width - wide, height - high
    x = right - min(margin, right) if params.logo_corner.endswith("right") else min(margin, right)
    y = bottom - min(margin, bottom) if params.logo_corner.startswith("bottom") else min(margin, bottom)
    return PlacedLogo(logo.sha256, x, y, wide, high, params.logo_opacity)
