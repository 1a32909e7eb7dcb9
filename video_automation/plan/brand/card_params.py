"""Cards, pictures shown before and after a video: the options, and the cards of a video that follow from them."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from video_automation.plan.brand.brand_files import Brand, BrandPicture
from video_automation.plan.choices import COLOUR
from video_automation.plan.time import rounded

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
    card_colour: Annotated[str, Field(pattern=COLOUR)] = "#000000"
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
    return _cards(brand, params, rate, opening=params.opening_in_video, closing=params.closing_in_video)


def cards_of_clips(brand: Brand, params: CardParams, rate: Fraction) -> Cards:
    """The cards of each clip, likewise."""
    return _cards(brand, params, rate, opening=params.opening_in_clips, closing=params.closing_in_clips)


def _cards(brand: Brand, params: CardParams, rate: Fraction, *, opening: bool, closing: bool) -> Cards:
    def card(picture: BrandPicture | None, seconds: int) -> Card | None:
        return Card(picture.sha256, max(1, rounded(seconds * rate)), params.card_colour) if picture else None

    return Cards(
        card(brand.opening_card if opening else None, params.opening_s),
        card(brand.closing_card if closing else None, params.closing_s),
    )
