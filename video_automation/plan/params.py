"""Everything about one job that can be tuned: the names, the units, the defaults, the bounds. Defaults live here only."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import from_json

from video_automation.plan.brand.brand_files import Brand, FamilyName
from video_automation.plan.brand.card_params import CardParams
from video_automation.plan.brand.logo_params import LogoParams
from video_automation.plan.choices import COLOUR, AspectName, Boxed, ClipStyleName, FontName, LayoutName, Preset
from video_automation.plan.cues import plain_line
from video_automation.plan.text.language_names import language_code

_LONGEST_VIDEO_S = 7 * 24 * 3600
_LANGUAGE = "^[a-z]{2,3}$"
_FORMER_FILLERS = ("um", "uh", "er", "erm", "uhm", "hmm")


@dataclass(frozen=True, slots=True)
class TrimParams:
    """What counts as a pause, and how much of it stays."""

    longest_pause_ms: Annotated[int, Field(ge=100, le=60_000)] = 500
    """A pause longer than this is cut down."""
    lead_ms: Annotated[int, Field(ge=0, le=2_000)] = 140
    """Kept of the pause before a word begins."""
    tail_ms: Annotated[int, Field(ge=0, le=2_000)] = 120
    """Kept of the pause after a word ends."""
    sentence_pause_ms: Annotated[int, Field(ge=0, le=2_000)] = 150
    """Kept besides after a sentence, and three times as much after a question."""
    shortest_clip_ms: Annotated[int, Field(ge=0, le=10_000)] = 100
    """Sound shorter than this between two pauses is a click or a breath, not something said."""
    shortest_cut_ms: Annotated[int, Field(ge=0, le=10_000)] = 100
    """Less than this is never cut out: a jump that gains nobody anything."""


@dataclass(frozen=True, slots=True)
class LevelParams:
    """What the result sounds like, and how loud it is."""

    sound: Literal["clean", "original"] = "original"
    """The sound of the result: clean (noise, hum and rumble around voices are turned down; music, applause and voices that
    would suffer stay as they are), or original (as it was recorded)."""
    target_lufs: Annotated[float, Field(ge=-40, le=-5)] = -14.0
    """Integrated loudness, ITU-R BS.1770; what the large video platforms play at."""
    ceiling_dbtp: Annotated[float, Field(ge=-12, le=-1)] = -2.0
    """True peak before the AAC encoder, which overshoots by up to 1 dB."""


@dataclass(frozen=True, slots=True)
class EncodeParams:
    """How the picture and the sound are encoded."""

    preset: Preset = "superfast"
    """x264's speed, ultrafast to veryslow: the slower, the smaller the files."""
    crf: Annotated[int, Field(ge=1, le=40)] = 21
    """x264's constant quality; 0 would be lossless, which few players show."""
    audio_kbps: Annotated[int, Field(ge=32, le=320)] = 160
    """AAC's bit rate."""


def _listed(value: object) -> object:
    """A list written as text, with commas as forms and command lines give it, or as JSON."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return from_json(value)
        except ValueError:
            raise ValueError("it begins as a list in JSON does, and is none") from None
    return tuple(filter(None, (part.strip() for part in value.split(","))))


def _fillers(value: object) -> object:
    """Filler words; the list that was the default before languages were told apart stands for those of the language spoken."""
    listed = _listed(value)
    return () if isinstance(listed, list | tuple) and tuple(listed) == _FORMER_FILLERS else listed


def _language(text: object) -> object:
    """A language's code, None for an empty one. Raises ValueError where it looks like none."""
    if not isinstance(text, str):
        return text
    if not text.strip():
        return None
    code = language_code(text) or text
    if not re.fullmatch(_LANGUAGE, code):
        raise ValueError("a language is given by its English name or its code, as in “Spanish” or “es”")
    return code


def _terms(value: object) -> object:
    """Names and terms written as text, with commas or line ends between, or as JSON; each once, with single spaces."""
    listed = _listed(value.replace("\n", ",") if isinstance(value, str) and not value.lstrip().startswith("[") else value)
    if not isinstance(listed, list | tuple) or not all(isinstance(term, str) for term in listed):
        return listed
    return tuple(dict.fromkeys(filter(None, map(plain_line, listed))))


Term = Annotated[str, Field(min_length=1, max_length=60)]
"""A name or a term that is to be written as it is here."""
Terms = Annotated[tuple[Term, ...], Field(max_length=100), BeforeValidator(_terms)]
"""Names and terms, also where they are given as text."""


@dataclass(frozen=True, slots=True)
class SpeechParams:
    """What is known of the speech, and what of it is left out."""

    language: Annotated[Annotated[str, Field(pattern=_LANGUAGE)] | None, BeforeValidator(_language)] = None
    """The language spoken, by its English name or its code (ISO 639, “de”); left empty, the speech model finds out."""
    glossary: Terms = ()
    """Names and terms that are said, with commas or line ends between: the speech model then knows how to write them."""
    remove_fillers: bool = False
    """Cut filler words out."""
    fillers: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=40)], ...], BeforeValidator(_fillers)] = ()
    """Which words are fillers, with commas between; left empty, sounds like “um” of the language spoken."""


@dataclass(frozen=True, slots=True)
class CaptionParams:
    """How captions are set and shown."""

    burn_captions: bool = True
    """Draw captions into the picture; else they are a text track of the video that players can show."""
    longest_line: Annotated[int, Field(ge=16, le=60)] = 42
    """Characters in a line of captions in a landscape picture; narrower pictures have shorter lines."""


def _ranges(value: object) -> object:
    """Ranges in seconds, written as text ("12.5-40, 61-95", or JSON) or given as pairs."""
    try:
        pairs = _pairs(value.strip()) if isinstance(value, str) else value
        ranges = tuple((float(start), float(end)) for start, end in pairs)  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        raise ValueError('ranges are seconds, such as "12.5-40, 61-95" or [[12.5, 40], [61, 95]]') from None
    if not all(0 <= start < end < _LONGEST_VIDEO_S for start, end in ranges):
        raise ValueError("a range ends after its start, and starts no earlier than the video")
    return ranges


def _pairs(text: str) -> Iterable[Iterable[str]]:
    if text.startswith("["):
        pairs: Iterable[Iterable[str]] = from_json(text)
        return pairs
    return [part.split("-") for part in text.split(",") if part.strip()]


_Percent = Annotated[int, Field(ge=0, le=100)]
CaptionPlace = Literal["low", "middle", "high"] | _Percent
"""How high a clip's captions are; a number tells how high their middle is, in percent of the picture's height from below."""


def _place(value: object) -> object:
    """A caption place, also where a number is given as text; None for an empty text. Raises ValueError where it is none."""
    if value is None or value in ("", "low", "middle", "high"):
        return None if value == "" else value
    number = int(value) if isinstance(value, float | str) and re.fullmatch(r"\d{1,3}(\.0)?", str(value), re.ASCII) else value
    if type(number) is not int or not 0 <= number <= 100:
        raise ValueError("captions are “low”, “middle”, “high”, or at 0 to 100 percent of the picture's height")
    return number


WantedPlace = Annotated[CaptionPlace | None, BeforeValidator(_place)]
"""A caption place, or None."""


@dataclass(frozen=True, slots=True)
class ClipParams:
    """Which short clips are made of a video, and what they look like."""

    shortest_s: Annotated[int, Field(ge=3, le=600)] = 15
    """The least length of a clip, as it is heard without its long pauses."""
    longest_s: Annotated[int, Field(ge=3, le=600)] = 60
    """The greatest length of a clip, likewise."""
    target_from_s: Annotated[int, Field(ge=3, le=600)] = 25
    """The best lengths of a clip begin here."""
    target_to_s: Annotated[int, Field(ge=3, le=600)] = 50
    """The best lengths of a clip end here."""
    max_clips: Annotated[int, Field(ge=0, le=50)] = 0
    """The most clips of one video; 0 goes by its length."""
    clips: Annotated[tuple[tuple[float, float], ...], Field(max_length=50), BeforeValidator(_ranges)] = ()
    """Clips a person has chosen, in seconds of the source (“12.5-40, 61-95”); no others are made then."""
    aspect: AspectName = "9:16"
    """The shape of clips."""
    layout: LayoutName = "auto"
    """How the picture is fitted into that shape."""
    clip_style: ClipStyleName = "pop"
    """What the captions of clips look like."""
    caption_position: WantedPlace = None
    """How high captions of clips are: low, middle, high, or the height of their middle in percent of the picture's height; left
    empty, they are where they hide no face."""
    clip_titles: bool = False
    """Show a clip's title in its first seconds."""

    def __post_init__(self) -> None:
        lengths = (self.shortest_s, self.target_from_s, self.target_to_s, self.longest_s)
        if list(lengths) != sorted(lengths):
            raise ValueError("shortest_s, target_from_s, target_to_s, longest_s must not fall in this order")


def _colour(value: object) -> object:
    """A colour in capitals; None for an empty text. Raises ValueError where it is none."""
    if not isinstance(value, str):
        return value
    if value and not re.fullmatch(COLOUR, value):
        raise ValueError("a colour is written “#RRGGBB”, as in “#FFE14D”")
    return value.upper() or None


def _or_none(value: object) -> object:
    """None for an empty text, as a form sends it for what is left out."""
    return None if value == "" else value


WantedColour = Annotated[Annotated[str, Field(pattern=COLOUR)] | None, BeforeValidator(_colour)]
"""A colour, "#RRGGBB", or None."""


@dataclass(frozen=True, slots=True)
class LookParams:
    """A person's changes to the caption style of clips; what is left empty stays as the style has it."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    font: Annotated[FontName | FamilyName | None, BeforeValidator(_or_none)] = None
    """The font of captions in clips: one of those that are always here, or one you have uploaded."""
    letter_colour: WantedColour = None
    """The colour of the letters, “#RRGGBB”."""
    spoken_colour: WantedColour = None
    """The colour of the spoken word."""
    keyword_colour: WantedColour = None
    """The colour of each sentence's key phrase."""
    outline_colour: WantedColour = None
    """The colour of the letters' outline."""
    outline_width: Annotated[Annotated[int, Field(ge=0, le=30)] | None, BeforeValidator(_or_none)] = None
    """The width of the outline, in percent of the letters' size."""
    box: Annotated[Literal["none", Boxed] | None, BeforeValidator(_or_none)] = None
    """What has a box behind it: none (nothing), word (the spoken word), line (each line), block (all lines together)."""
    box_colour: WantedColour = None
    """The colour of that box."""
    letter_case: Annotated[Literal["as_spoken", "capitals"] | None, BeforeValidator(_or_none)] = None
    """Whether letters are as_spoken, or all capitals."""
    words_per_line: Annotated[Annotated[int, Field(ge=1, le=6)] | None, BeforeValidator(_or_none)] = None
    """The most words shown at a time, on one line where they fit."""


Tracks = Annotated[tuple[Annotated[int, Field(ge=0, le=63)], ...], Field(max_length=64), BeforeValidator(_listed)]
"""Numbers of tracks, also where they are given as text."""


@dataclass(frozen=True, slots=True)
class Params:
    """All that can be tuned about one job."""

    trim_silence: bool = True
    """Cut pauses down."""
    add_subtitles: bool = True
    """Write down what is said, and caption the video with it."""
    create_shorts: bool = True
    """Make short clips of the best passages."""
    generate_titles: bool = True
    """Write titles, a description, chapters and hashtags; take thumbnails."""
    review: bool = False
    """Stop once it is decided what to make, so that somebody can look at it and change it before anything is rendered."""
    tracks: Tracks = ()
    """The picture and sound tracks to use, by their numbers in the file (“0, 2”); left empty, they are chosen by what is heard
    and seen in them."""
    trim: TrimParams = field(default_factory=TrimParams)
    speech: SpeechParams = field(default_factory=SpeechParams)
    captions: CaptionParams = field(default_factory=CaptionParams)
    clips: ClipParams = field(default_factory=ClipParams)
    look: LookParams = field(default_factory=LookParams)
    logo: LogoParams = field(default_factory=LogoParams)
    cards: CardParams = field(default_factory=CardParams)
    level: LevelParams = field(default_factory=LevelParams)
    encode: EncodeParams = field(default_factory=EncodeParams)
    brand: Brand = field(default_factory=Brand)
    """The files of the owner's brand that the job uses: no option, but found by those that name them."""

    @property
    def needs_words(self) -> bool:
        """Whether the job needs a transcript."""
        return self.add_subtitles or self.create_shorts or self.generate_titles or self.speech.remove_fillers
