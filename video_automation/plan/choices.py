"""The choices a person has: shapes, layouts and caption styles of clips, one record each, and x264's presets.

Options, the API's schemas, the pages' lists, error messages and the check of the documentation follow from these tables. To
add a choice, add its record here and its line to the table in `docs/configuration.md`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Literal, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things to choose from."""

    name: str
    """Its name in options, plans and the API. It is stored: never change it."""
    label: str
    """Its name on the pages."""
    meaning: str = ""
    """What descriptions of options add to its name, in lower case; empty if the name says enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectRatio(Choice):
    """A shape of clips."""

    width: int
    """The width of the largest video of this shape, in pixels, as the platforms show it. Even, like `height`."""
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout(Choice):
    """How a picture is fitted into another shape; `editing.framing.layout` and `render.encode.reframe_filters` know how."""

    boxes: int | None
    """How many boxes of the picture are shown; None if the picture's content decides that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionStyle(Choice):
    """The look of a clip's captions: a few words at a time, the spoken one marked. Colours are "#RRGGBB"."""

    letters: str = "#FFFFFF"
    outline: str = "#000000"
    spoken: str | None = None
    """The colour of the spoken word's letters; None: as the others."""
    box: str | None = None
    """The colour of the box behind the spoken word; None: no box."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text as the name of a choice: pydantic checks and describes it as it does a `Literal` of the names."""

    choices: tuple[Choice, ...]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.literal_schema([choice.name for choice in self.choices])

    def __str__(self) -> str:
        """The names, each with its meaning: "auto (…), crop (…)"."""
        return ", ".join(f"{one.name} ({one.meaning})" if one.meaning else one.name for one in self.choices)


_C = TypeVar("_C", bound=Choice)


def _table(choices: Iterable[_C]) -> Mapping[str, _C]:
    return MappingProxyType({choice.name: choice for choice in choices})


ASPECT_RATIOS = _table(
    (
        AspectRatio("9:16", "Upright, 9:16", width=1080, height=1920),
        AspectRatio("1:1", "Square", width=1080, height=1080),
        AspectRatio("4:5", "4:5", width=1080, height=1350),
        AspectRatio("16:9", "Wide, 16:9", width=1920, height=1080),
    )
)
LAYOUTS = _table(
    (
        Layout("auto", "Automatic", "whichever of the others the video asks for", boxes=None),
        Layout("crop", "On the speaker", "cut out around the speaker", boxes=1),
        Layout("fit", "Whole picture", "whole, over its blurred self", boxes=0),
        Layout("stack", "Two people", "two people, one above the other", boxes=2),
    )
)
CLIP_STYLES = _table(
    (
        CaptionStyle("pop", "Spoken word in yellow", "the spoken word in yellow", spoken="#FFE14D"),
        CaptionStyle("box", "Spoken word in a box", "the spoken word in a box", box="#0F766E"),
        CaptionStyle("plain", "Plain", "no word marked"),
    )
)
LONG_VIDEO_STYLE = Choice("film", "Whole lines in a dark box")
"""The caption style of long videos, drawn by `render.captions.ass_captions`. It is not among the choices."""

AspectName = Annotated[str, OneOf(tuple(ASPECT_RATIOS.values()))]
LayoutName = Annotated[str, OneOf(tuple(LAYOUTS.values()))]
DecidedLayoutName = Annotated[str, OneOf(tuple(layout for layout in LAYOUTS.values() if layout.boxes is not None))]
ClipStyleName = Annotated[str, OneOf(tuple(CLIP_STYLES.values()))]
CaptionStyleName = Annotated[str, OneOf((LONG_VIDEO_STYLE, *CLIP_STYLES.values()))]
Preset = Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"]
"""x264's presets, from the fastest to the one with the smallest files."""
