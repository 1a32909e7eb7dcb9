"""The document of a video: every decision a person can see and change. Edits turn it into another; the plan is made of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import PlanError
from video_automation.plan.brand.card_params import Cards, cards_of_video
from video_automation.plan.clip import Clip
from video_automation.plan.cues import Cue
from video_automation.plan.packaging import Packaging
from video_automation.plan.params import Params
from video_automation.plan.source.recording import Source
from video_automation.plan.source.transcript import Transcript
from video_automation.plan.still import Thumbnail
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Cut:
    """Frames of the source that are left out."""

    span: FrameSpan
    reason: Literal["pause", "filler", "asked"]
    """A pause, a filler word, or a cut that a person has made."""
    word: str = ""
    """The filler word."""

    @property
    def id(self) -> str:
        """The cut's identity in its video: no two cuts share a frame."""
        return f"{self.span.start}-{self.span.end}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's text for the words `first` to `last` of the transcript, both included."""

    first: int
    last: int
    text: str
    """On one line; empty if the words are not to be shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """The decisions about a recording. Equal inputs give an equal document, and equal edits on it an equal one again."""

    source: Source
    params: Params
    transcript: Transcript | None = None
    """The transcript, with its words aligned to the sound; None without transcription. A word's id is its index."""
    cuts: tuple[Cut, ...] = ()
    """In order; no two share a frame."""
    clips: tuple[Clip, ...] = ()
    """Best first."""
    candidates: tuple[Clip, ...] = ()
    """The next best passages, which are no clips."""
    packaging: Packaging = field(default_factory=Packaging)
    """Its description has no chapters: they are added below it once their times in the video are known."""
    thumbnail: Thumbnail | None = None
    """A person's wish for the first thumbnail of the video, if there is one."""
    description: str | None = None
    """A person's own description, to which nothing is added."""
    corrections: tuple[Correction, ...] = ()
    """In order; no two share a word."""
    captions: tuple[Cue, ...] | None = None
    """Captions a person has written, in frames of the source; None if captions are made of the words."""
    caption_remarks: tuple[str, ...] = ()
    """What was lost of the captions a person has written."""
    remarks: tuple[str, ...] = ()
    """Sentences for the user about what was decided."""
    decided: tuple[Clip, ...] = ()
    """The clips as first decided: thumbnails are chosen from them, and a changed clip can be reset."""
    looked_at: tuple[FrameSpan, ...] = ()
    """Where thumbnails are chosen in a video without clips, in frames of the source."""
    cleaned: tuple[FrameSpan, ...] = ()
    """Where the noise of its sound is turned down, in frames of the source, in order and apart."""
    words_key: str = ""
    """A hash of the transcript's words: edits that name words are valid only for these."""
    version: Literal[1] = 1

    @property
    def timeline(self) -> Timeline:
        """The frames that are kept. Raises PlanError if there are none."""
        return Timeline(self.source.id, self.source.picture.rate, tuple(self._kept()))

    @property
    def cards(self) -> Cards:
        """The cards of the long video."""
        return cards_of_video(self.params.brand, self.params.cards, self.source.picture.rate)

    def clip(self, clip_id: str) -> Clip | None:
        """The clip with this id."""
        return next((clip for clip in self.clips if clip.id == clip_id), None)

    def __post_init__(self) -> None:
        if any(a.span.end > b.span.start for a, b in pairwise(self.cuts)):
            raise PlanError("the cuts of a document are ordered and share no frame")
        if any(a.last >= b.first for a, b in pairwise(self.corrections)):
            raise PlanError("the corrections of a document are ordered and share no word")

    def _kept(self) -> Iterator[FrameSpan]:
        at = 0
        for cut in self.cuts:
            if at < cut.span.start:
                yield FrameSpan(at, cut.span.start)
            at = cut.span.end
        if at < self.source.picture.frames:
            yield FrameSpan(at, self.source.picture.frames)


def words_key(transcript: Transcript | None) -> str:
    """The hash of a transcript's words."""
    return hashlib.sha256(repr(transcript.words if transcript else ()).encode()).hexdigest()[:16]


_DOCUMENT = TypeAdapter(Document)


def document_json(document: Document) -> bytes:
    """The document as JSON, the same bytes for the same document."""
    return _DOCUMENT.dump_json(document)


def document_from_json(text: bytes) -> Document:
    """The document in a JSON text.

    Raises:
        PlanError: the text is no document, or breaks one of its rules.
    """
    try:
        return _DOCUMENT.validate_json(text)
    except ValidationError as error:
        raise PlanError(f"not a document: {error.errors()[0]['msg']} at {error.errors()[0]['loc']}") from error
