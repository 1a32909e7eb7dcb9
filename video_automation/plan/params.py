"""Everything about one job that can be tuned: the names, the units, the defaults, the bounds. Defaults live here only."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

Preset = Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow", "slower", "veryslow"]


@dataclass(frozen=True, slots=True)
class TrimParams:
    """What counts as a pause, and how much of it stays."""

    longest_pause_ms: Annotated[int, Field(ge=100, le=60_000)] = 500
    """A pause longer than this is cut down."""
    lead_ms: Annotated[int, Field(ge=0, le=2_000)] = 140
    """Kept of the pause before a word begins."""
    tail_ms: Annotated[int, Field(ge=0, le=2_000)] = 120
    """Kept of the pause after a word ends."""
    shortest_clip_ms: Annotated[int, Field(ge=0, le=10_000)] = 100
    """Sound shorter than this between two pauses is a click or a breath, not something said."""
    shortest_cut_ms: Annotated[int, Field(ge=0, le=10_000)] = 100
    """Less than this is never cut out: a jump that gains nobody anything."""


@dataclass(frozen=True, slots=True)
class LevelParams:
    """How loud the result is."""

    target_lufs: Annotated[float, Field(ge=-40, le=-5)] = -14.0
    """Integrated loudness, ITU-R BS.1770; what the large video platforms play at."""
    ceiling_dbtp: Annotated[float, Field(ge=-12, le=-1)] = -2.0
    """True peak before the AAC encoder, which overshoots by up to 1 dB."""


@dataclass(frozen=True, slots=True)
class EncodeParams:
    """How the picture and the sound are encoded."""

    preset: Preset = "superfast"
    crf: Annotated[int, Field(ge=1, le=40)] = 21
    """x264's constant quality; 0 would be lossless, which few players show."""
    audio_kbps: Annotated[int, Field(ge=32, le=320)] = 160


def _listed(value: object) -> object:
    """A list written as text with commas, as forms and command lines give it."""
    return tuple(filter(None, (part.strip() for part in value.split(",")))) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class SpeechParams:
    """What is known of the speech, and what of it is left out."""

    language: Annotated[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None, BeforeValidator(lambda text: text or None)] = (
        None
    )
    """The language spoken (ISO 639); None has a multilingual model find out. English-only models know English."""
    remove_fillers: bool = False
    """Cut filler words out."""
    fillers: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=40)], ...], BeforeValidator(_listed)] = (
        "um", "uh", "er", "erm", "uhm", "hmm",
    )  # fmt: skip
    """Which words those are."""


@dataclass(frozen=True, slots=True)
class CaptionParams:
    """How captions are set and shown."""

    burn_captions: bool = True
    """Draw them into the picture; else they are a text track of the film that players can show."""
    longest_line: Annotated[int, Field(ge=16, le=60)] = 42
    """Characters in a line of a landscape picture; narrower pictures have shorter lines."""


@dataclass(frozen=True, slots=True)
class Params:
    """All that can be tuned about one job."""

    trim_silence: bool = True
    add_subtitles: bool = True
    trim: TrimParams = field(default_factory=TrimParams)
    speech: SpeechParams = field(default_factory=SpeechParams)
    captions: CaptionParams = field(default_factory=CaptionParams)
    level: LevelParams = field(default_factory=LevelParams)
    encode: EncodeParams = field(default_factory=EncodeParams)

    @property
    def needs_words(self) -> bool:
        """Whether somebody has to write down what is said."""
        return self.add_subtitles or self.speech.remove_fillers
