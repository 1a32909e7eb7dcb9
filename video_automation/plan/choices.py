"""The choices a person has: shapes, layouts, caption styles and fonts of clips, one record each, and x264's presets.

Options, the API's schemas, the pages' lists, error messages and the check of the documentation follow from these tables. To
add a choice, add its record here and its line to the table in `docs/configuration.md`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeVar

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

COLOUR: Final = "^#[0-9A-Fa-f]{6}$"
"""Any colour, as a person writes it: “#RRGGBB”."""


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


Boxed = Literal["word", "line", "block"]
"""What a caption's box is drawn behind: the spoken word, each line by itself, or all lines together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionStyle(Choice):
    """The look of a clip's captions: a few words at a time, the spoken one marked. Colours are "#RRGGBB".

    Widths are shares of the letters' size.
    """

    font: str = "Roboto Black"
    """The name of one of the `FONTS`."""
    size: float = 1.0
    """How large its letters are, where the usual size is 1."""
    capitals: bool = False
    """Whether all letters are capitals."""
    words: int = 4
    """The most words shown at a time."""
    letters: str = "#FFFFFF"
    outline: str = "#000000"
    outline_em: float = 0.085
    """The width of the outline."""
    shadow: str | None = None
    """The colour of a hard shadow below and to the right; None: no shadow."""
    glow: str | None = None
    """The colour of a soft glow all round; None: no glow."""
    spoken: str | None = None
    """The colour of the spoken word's letters; None: as the others."""
    said: str | None = None
    """The colour of the words before it; None: as the others."""
    keyword: str | None = None
    """The colour of key phrases while they are not spoken; None: as the others."""
    box: str | None = None
    """The colour of the box; None: no box."""
    boxed: Boxed = "word"
    """What the box is behind."""
    box_em: tuple[float, float] = (0.1, 0.1)
    """How far the box reaches beyond the letters' lines, at their sides and above and below them."""
    box_alpha: int = 0
    """How transparent the box is: 0, not at all, to 255."""
    by_letter: bool = False
    """Whether the spoken word is marked letter by letter as it is spoken, not at once."""
    hidden: bool = False
    """Whether words are unseen until they are spoken."""
    grows: bool = False
    """Whether the words grow to their size when they appear."""


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
        Layout("auto", "Automatic", "for each shot, whichever of the others it asks for", boxes=None),
        Layout("crop", "On the speaker", "cut out around the speaker", boxes=1),
        Layout("fit", "Whole picture", "whole, over its blurred self", boxes=0),
        Layout("stack", "Two people", "two people, one above the other", boxes=2),
    )
)
FONTS = _table(
    (
        Choice("Roboto Black", "Roboto, very bold"),
        Choice("Roboto Bold", "Roboto, bold"),
        Choice("Roboto Medium", "Roboto"),
        Choice("Roboto Black Italic", "Roboto, very bold, slanted"),
        Choice("Rubik Black", "Rubik, round, very bold"),
        Choice("Rubik Bold", "Rubik, round, bold"),
        Choice("Rubik Medium", "Rubik, round"),
    )
)
"""Fonts for Latin, Greek and Cyrillic letters; `render.captions.typefaces` knows their files and what draws other scripts."""
CLIP_STYLES = _table(
    (
        CaptionStyle("pop", "Spoken word in yellow", "the spoken word in yellow", spoken="#FFE14D"),
        CaptionStyle("box", "Spoken word in a box", "the spoken word in a box", box="#0F766E"),
        CaptionStyle("plain", "Plain", "no word marked"),
        CaptionStyle(
            "loud",
            "Loud capitals",
            "capitals with a heavy outline, the spoken word in green",
            capitals=True,
            words=3,
            size=0.85,
            outline_em=0.16,
            spoken="#3DF07A",
        ),
        CaptionStyle(
            "karaoke",
            "Karaoke",
            "letters fill with colour as they are spoken",
            spoken="#4DD9FF",
            said="#4DD9FF",
            by_letter=True,
        ),
        CaptionStyle(
            "single",
            "One word at a time",
            "one large word at a time, which pops in",
            words=1,
            size=1.5,
            outline_em=0.1,
            grows=True,
        ),
        CaptionStyle(
            "marker",
            "Highlighter",
            "the spoken word in black on yellow",
            spoken="#111111",
            box="#FFE14D",
            box_em=(0.12, 0.0),
        ),
        CaptionStyle(
            "panel",
            "Whole lines in a dark box",
            "whole lines in a dark box, the spoken word in yellow",
            font="Roboto Bold",
            size=0.66,
            words=8,
            outline_em=0.0,
            spoken="#FFE14D",
            box="#0B0F14",
            boxed="block",
            box_em=(0.25, 0.25),
            box_alpha=56,
        ),
        CaptionStyle(
            "card",
            "Dark letters on white",
            "dark letters on white lines, the spoken word in red",
            size=0.85,
            letters="#14181F",
            outline_em=0.0,
            spoken="#D9184B",
            box="#FFFFFF",
            boxed="line",
            box_em=(0.2, 0.0),
        ),
        CaptionStyle(
            "neon",
            "Neon",
            "glowing letters, the spoken word in light blue",
            font="Rubik Bold",
            outline="#FF2BA6",
            outline_em=0.03,
            glow="#FF2BA6",
            spoken="#7DF3FF",
        ),
        CaptionStyle(
            "typewriter",
            "Typewriter",
            "letters appear on black as they are spoken",
            font="Roboto Medium",
            size=0.8,
            outline_em=0.0,
            box="#0B0F14",
            boxed="line",
            box_em=(0.2, 0.0),
            by_letter=True,
            hidden=True,
        ),
        CaptionStyle(
            "build",
            "Word by word",
            "words appear as they are spoken",
            font="Rubik Black",
            size=0.9,
            spoken="#B6FF4D",
            hidden=True,
        ),
        CaptionStyle(
            "focus",
            "Quiet",
            "the spoken word in white, the others grey, in soft shade",
            font="Roboto Bold",
            letters="#A9B1BD",
            outline_em=0.0,
            glow="#000000",
            spoken="#FFFFFF",
        ),
        CaptionStyle(
            "comic",
            "Comic",
            "slanted yellow capitals with a red shadow, the spoken word in white",
            font="Roboto Black Italic",
            capitals=True,
            words=3,
            size=0.9,
            letters="#FFD60A",
            shadow="#E11D48",
            spoken="#FFFFFF",
            grows=True,
        ),
    )
)
LONG_VIDEO_STYLE = Choice("film", "Whole lines in a dark box")
"""The caption style of long videos, drawn by `render.captions.ass_captions`. It is not among the choices."""

AspectName = Annotated[str, OneOf(tuple(ASPECT_RATIOS.values()))]
LayoutName = Annotated[str, OneOf(tuple(LAYOUTS.values()))]
DecidedLayoutName = Annotated[str, OneOf(tuple(layout for layout in LAYOUTS.values() if layout.boxes is not None))]
FontName = Annotated[str, OneOf(tuple(FONTS.values()))]
ClipStyleName = Annotated[str, OneOf(tuple(CLIP_STYLES.values()))]
CaptionStyleName = Annotated[str, OneOf((LONG_VIDEO_STYLE, *CLIP_STYLES.values()))]
Preset = Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"]
"""x264's presets, from the fastest to the one with the smallest files."""
