"""Cards, pictures shown before and after a video: the options, and the cards of a video that follow from them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

from video_automation.plan.brand.brand_files import Brand, BrandPicture
from video_automation.plan.time import rounded

_COLOUR = "^#[0-9A-F]{6}$"


def _capitals(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


_Seconds = Annotated[int, Field(ge=1, le=6)]


@dataclass(frozen=True, slots=True)
class CardParams:
    """Which videos begin or end with a card of their owner's, which is shown in silence."""

    opening_in_clips: bool = False
    """Begin clips with your opening card."""
    opening_in_video: bool = False
    """Begin the long video with your opening card."""
    opening_s: _Seconds = 3
    """How many seconds the opening card is shown."""
    closing_in_clips: bool = False
    """End clips with your closing card."""
    closing_in_video: bool = False
    """End the long video with your closing card."""
    closing_s: _Seconds = 3
    """How many seconds the closing card is shown."""
    card_colour: Annotated[str, Field(pattern=_COLOUR), BeforeValidator(_capitals)] = "#000000"
    """The colour around a card of another shape than the video, “#RRGGBB”, and behind one that is transparent."""


@dataclass(frozen=True, slots=True)
class Card:
    """A picture that fills some frames of a video, whole, over a colour."""

    sha256: str
    frames: int
    colour: str


@dataclass(frozen=True, slots=True)
class Cards:
    """What is shown before and after a video's timeline."""

    opening: Card | None = None
    closing: Card | None = None

    @property
    def before(self) -> int:
        """How many frames of the video come before its timeline."""
        return self.opening.frames if self.opening else 0

    @property
    def after(self) -> int:
        """How many frames come after it."""
        return self.closing.frames if self.closing else 0


def cards_of_video(brand: Brand, params: CardParams, rate: Fraction) -> Cards:
    """The cards of the long video, which has `rate` frames per second."""
    return Cards(
        _card(brand.opening_card if params.opening_in_video else None, params.opening_s, params, rate),
        _card(brand.closing_card if params.closing_in_video else None, params.closing_s, params, rate),
    )


def cards_of_clips(brand: Brand, params: CardParams, rate: Fraction) -> Cards:
    """The cards of each clip, likewise."""
    return Cards(
        _card(brand.opening_card if params.opening_in_clips else None, params.opening_s, params, rate),
        _card(brand.closing_card if params.closing_in_clips else None, params.closing_s, params, rate),
    )


def _card(picture: BrandPicture | None, seconds: int, params: CardParams, rate: Fraction) -> Card | None:
    return Card(picture.sha256, max(1, rounded(seconds * rate)), params.card_colour) if picture else None
