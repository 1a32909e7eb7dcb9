"""The manifest of a job: everything it made, with sizes and checksums. It is written last."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import DamagedError
from video_automation.plan.clip import Signal
from video_automation.plan.packaging import Title
from video_automation.plan.source.speakers import Speaker
from video_automation.plan.source.transcript import LanguageSpan, Unwritten


@dataclass(frozen=True, slots=True)
class Artifact:
    """One finished output file."""

    name: str
    """Its name in the task's output folder."""
    kind: str
    """What it is to a user: "video", "short", "cover", "still", "captions", "transcript", "timeline", "plan", "log"."""
    type: str
    """Its MIME type."""
    bytes: int = 0
    sha256: str = ""
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    clip: str | None = None
    """The name of the clip it belongs to."""
    at_ms: int | None = None
    """The moment of the recording that a still or a cover shows."""
    made_of: str | None = None
    """A hash of all that decides the content of a video or a picture: of the same it is not made again."""


@dataclass(frozen=True, slots=True)
class MadeClip:
    """A finished clip: its place in the recording, why it was chosen, the names of its files."""

    name: str
    start_ms: int
    end_ms: int
    title: str
    score: int
    signals: tuple[Signal, ...]
    film: str
    cover: str
    captions: str | None = None
    id: str = ""
    """What tells it from all other clips of the task, in edits too."""


@dataclass(frozen=True, slots=True)
class VideoChapter:
    """A part of the finished video, from `start_ms` of its own clock on."""

    start_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class Stats:
    """Numbers about the work."""

    source_ms: int
    kept_ms: int
    removed_ms: int
    cuts: int
    """How many stretches were taken out."""
    seconds: tuple[tuple[str, float], ...]
    """How long each stage took, over all runs since the job was asked for."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a finished job has made, or a running one so far."""

    output_filename: str
    artifacts: tuple[Artifact, ...]
    stats: Stats
    remarks: tuple[str, ...] = ()
    """Sentences for the user about what was decided."""
    clips: tuple[MadeClip, ...] = ()
    """Best first."""
    titles: tuple[Title, ...] = ()
    description: str = ""
    hashtags: tuple[str, ...] = ()
    chapters: tuple[VideoChapter, ...] = ()
    language: str | None = None
    """What most of it is spoken in (ISO 639, "und" where nobody can tell); None where nothing was to be written down."""
    certainty: int | None = None
    """How sure that is, in percent."""
    languages: tuple[LanguageSpan, ...] = ()
    """Where in the source which language is spoken; empty where all is in one."""
    unwritten: tuple[Unwritten, ...] = ()
    """Speech in the source that was not written down."""
    speakers: tuple[Speaker, ...] = ()
    """Everybody who speaks; empty where that is not known."""
    corrected: tuple[str, ...] = ()
    """Names and terms a person has put into the captions that nobody had heard."""
    revision: int = 0
    """The revision of the plan it was made of."""

    def language_at(self, ms: int) -> str | None:
        """The language spoken at a time of the recording."""
        spoken = (span.language for span in reversed(self.languages) if span.start_ms <= ms)
        return next(spoken, self.language)


_MANIFEST = TypeAdapter(Manifest)
_BLOCK = 1 << 20


def read_manifest(file: Path) -> Manifest:
    """The manifest in a file of ours.

    Raises:
        FileNotFoundError: the job has not finished.
        DamagedError: it holds no manifest.
    """
    try:
        return _MANIFEST.validate_json(file.read_bytes())
    except ValidationError as error:
        raise DamagedError("The list of this task's files cannot be read.") from error


def manifest_json(manifest: Manifest) -> bytes:
    """The manifest as JSON."""
    return _MANIFEST.dump_json(manifest, indent=1)


def sha256(file: Path, *, moved: Callable[[], None] = lambda: None) -> str:
    """The SHA-256 of a file's content, in hexadecimal; `moved` is called with each block."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            moved()
    return digest.hexdigest()
