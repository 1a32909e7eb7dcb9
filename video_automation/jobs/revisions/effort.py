"""Tells the effect of a change of a plan: how much is kept, what has to be encoded, how long that takes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import ceil

from video_automation.editing.highlights.passages import heard_at
from video_automation.editing.highlights.shorts import clip_frames, kept_within
from video_automation.errors import DamagedError, PipelineError
from video_automation.jobs.model import Job
from video_automation.jobs.revisions import stored
from video_automation.jobs.run.manifest import Manifest, read_manifest
from video_automation.jobs.workspace import MANIFEST, Workspace
from video_automation.plan.brand.card_params import Card, Cards, cards_of_clips
from video_automation.plan.document import Document
from video_automation.plan.packaging import Chapter
from video_automation.plan.time import FrameSpan, frame_at, ms_at
from video_automation.plan.timeline import Timeline
from video_automation.render.encode.chunking import chunks

_USUAL_SHARE = 0.5
"""How long rendering takes where nothing is known yet, as a share of the length of what is rendered."""
_LEAST_S = 2
"""What a run takes that encodes nothing: to begin, to join, to check."""
_VIDEO = ""
"""Stands for the long video where others are clips, by their ids."""


@dataclass(frozen=True, slots=True)
class Effort:
    """The effect of a change. `segments` are pieces of picture, each encoded by itself."""

    kept_ms: int
    removed_ms: int
    segments: int
    to_encode: int
    seconds: int
    """An estimate."""
    video: bool
    """Whether the picture or the sound of the long video changes,"""
    clips: tuple[str, ...]
    """and of which clips, or which are new, by their ids."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a person has changed: whether the captions, and which clips, by their names; and where clips and chapters are."""

    captions: bool = False
    clips: Set[str] = frozenset()
    starts_ms: Mapping[str, int] = field(default_factory=dict)
    """When each clip begins in the video, by its name."""
    chapters: tuple[Chapter, ...] = ()
    """The chapters, on the recording's clock, as an edit has to name them."""


def effort(workspace: Workspace, job: Job, document: Document) -> Effort:
    """The effort of rendering a document, of a job with or without a result.

    Nobody has looked at the picture yet: it is taken for equal, so that nothing changes of a clip that stays where it is, and
    a clip may have more segments than told, since one begins at each change of its layout.
    """
    made, shown = _rendered(workspace, job), _outputs(document)
    before = _outputs(made) if made else {}
    touched = [output for output in shown if shown[output] != before.get(output)]
    present, kept = (_pieces(outputs) for outputs in (shown, before))
    missing = present - kept if workspace.work.exists() else present  # the pieces are kept for some time only
    frames = sum(piece.frames * count for piece, count in missing.items())
    rate = document.source.picture.rate
    kept_ms = ms_at(document.timeline.frames, rate)
    seconds = ms_at(frames, rate) / 1000 * _pace(workspace, job)
    return Effort(
        kept_ms=kept_ms,
        removed_ms=max(0, document.source.duration_ms - kept_ms),
        segments=present.total(),
        to_encode=missing.total(),
        seconds=ceil(_LEAST_S + seconds),
        video=_VIDEO in touched,
        clips=tuple(output for output in touched if output != _VIDEO),
    )


def changed(workspace: Workspace, job: Job) -> Changed:
    """What a person has changed in the served captions and clips; nothing if that is no longer known."""
    with suppress(PipelineError):
        if document := stored.document_at(workspace, job, job.rendered_revision):
            at = heard_at(document.timeline, before=document.cards.before)
            return Changed(
                captions=document.captions is not None or bool(document.corrections),
                clips={clip.name for clip in document.clips if clip not in document.decided},
                starts_ms={clip.name: at(clip.start_ms) for clip in document.clips},
                chapters=document.packaging.chapters,
            )
    return Changed()


def _rendered(workspace: Workspace, job: Job) -> Document | None:
    """The document of the present result."""
    return None if job.rendered_revision is None else stored.document_at(workspace, job, job.rendered_revision)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment of picture as far as an edit can change it: what it shows, what is written in it, what it looks like."""

    spans: tuple[FrameSpan, ...]
    written: tuple[object, ...]
    look: object

    @property
    def frames(self) -> int:
        """The number of its frames."""
        return self.look.frames if isinstance(self.look, Card) else sum(span.length for span in self.spans)


@dataclass(frozen=True, slots=True)
class _Output:
    """A video as far as an edit can change it: its segments of picture, in which order its cards come, how it sounds."""

    pieces: Counter[_Piece]
    cards: Cards
    sound: object


def _outputs(document: Document) -> Mapping[str, _Output]:
    """The long video and the clips. Captions are not set for this: of hours of talk that takes many seconds."""
    picture, params, video = document.source.picture, document.params, document.timeline
    look = (params.add_subtitles, params.captions, params.encode)
    logo = (params.logo, params.brand.logo)
    of_video = _pieces_of(document, video, (look, logo if params.logo.logo_in_video else None))
    sound = (params.level, document.cleaned)
    found = {_VIDEO: _Output(Counter((*of_video, *_pieces_of_cards(document.cards))), document.cards, sound)}
    for clip in document.clips:
        shown = replace(
            clip, name="", score=0, signals=(), thumbnail=None, title=clip.title if params.clips.clip_titles else ""
        )
        part = kept_within(video, clip_frames(clip, picture.rate, picture.frames))
        drawn = (params.look, params.brand.fonts, logo if params.logo.logo_in_clips else None)
        of_clip = _pieces_of(document, part, (look, shown, replace(params.clips, clips=()), drawn))
        cards = cards_of_clips(params.brand, params.cards, picture.rate)
        found[clip.id] = _Output(Counter((*of_clip, *_pieces_of_cards(cards))), cards, sound)
    return found


def _pieces(outputs: Mapping[str, _Output]) -> Counter[_Piece]:
    return Counter(piece for output in outputs.values() for piece in output.pieces.elements())


def _pieces_of_cards(cards: Cards) -> Iterator[_Piece]:
    return (_Piece((), (), card) for card in (cards.opening, cards.closing) if card)


def _pieces_of(document: Document, timeline: Timeline, look: object) -> Iterator[_Piece]:
    written = tuple(_written(document))
    for chunk in chunks(timeline, reach=document.source.picture.reach):
        spans = timeline.slice(chunk).spans
        inside = (text for span, text in written if span.start < spans[-1].end and spans[0].start < span.end)
        yield _Piece(spans, tuple(inside), look)


def _written(document: Document) -> Iterator[tuple[FrameSpan, object]]:
    """What a person has written, and where in the recording it is shown."""
    rate = document.source.picture.rate
    for cue in document.captions or ():
        yield cue.span, cue.lines
    for one in document.corrections if document.transcript else ():
        words = document.transcript.words[one.first : one.last + 1] if document.transcript else ()
        start, end = frame_at(words[0].start_ms, rate), frame_at(words[-1].end_ms, rate)
        yield FrameSpan(start, max(end, start + 1)), one.text


def _pace(workspace: Workspace, job: Job) -> float:
    """How many seconds rendering took for each second of video, the last time."""
    with suppress(FileNotFoundError, DamagedError):
        made = read_manifest(workspace.storage.local(f"{workspace.result(job)}{MANIFEST}"))
        spent = dict(made.stats.seconds).get("render", 0.0)
        lasts = _lasting_ms(made) / 1000
        if spent and lasts:
            return spent / lasts
    return _USUAL_SHARE


def _lasting_ms(made: Manifest) -> int:
    return sum(artifact.duration_ms or 0 for artifact in made.artifacts)
