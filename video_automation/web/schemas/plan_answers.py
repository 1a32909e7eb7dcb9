"""The types of the plan of a task and of the requests that change it, and the functions that make these values."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from video_automation.editing.speech.suggestions import Suggestion
from video_automation.jobs.model import Job
from video_automation.plan.brand.card_params import Cards, cards_of_clips
from video_automation.plan.clip import Clip, Signal
from video_automation.plan.document import Document
from video_automation.plan.edits import Edit, edit_values
from video_automation.plan.history import Entry, History
from video_automation.plan.packaging import Chapter, Title
from video_automation.plan.params import CaptionPlace, LookParams, Params
from video_automation.plan.source.speakers import Speaker
from video_automation.plan.still import Thumbnail
from video_automation.plan.text.segmentation import words_of
from video_automation.plan.time import frame_at, ms_at
from video_automation.web.api.serializers import moment
from video_automation.web.schemas.answers import DateTime, UriReference, described
from video_automation.web.schemas.effort_answers import EffortAnswer


@described
class WordAnswer(TypedDict):
    """A word of the recording."""

    id: int
    """Its place in the transcript."""
    start_ms: int
    end_ms: int
    text: str
    """The text as captions show it. Empty if a correction put it into an earlier word."""
    heard: str
    """The text as the speech model heard it."""
    confidence: int
    speaker: int | None
    """The id of whoever says it; null if that is not known."""
    kept: bool
    """Whether it is in the video."""


@described
class CutAnswer(TypedDict):
    """A stretch of the recording that the video leaves out."""

    id: str
    start_ms: int
    end_ms: int
    reason: Literal["pause", "filler", "asked"]
    word: str
    """The filler word; empty for other reasons."""


@described
class PlannedClipAnswer(TypedDict):
    """A clip of the plan, or a candidate: a passage that could become a clip."""

    id: str
    name: str
    """The name of its files; empty for a candidate."""
    start_ms: int
    end_ms: int
    title: str
    style: str | None
    layout: str | None
    caption_position: CaptionPlace | None
    thumbnail: Thumbnail | None
    """A person's wish for its cover."""
    look: LookParams | None
    """The clip's changes to the style of its captions."""
    score: int
    signals: tuple[Signal, ...]


@described
class EntryAnswer(TypedDict):
    """A revision: what changed, when, by whom, and whether it was rendered."""

    revision: int
    kind: Literal["edit", "undo", "redo"]
    edits: list[dict[str, Any]]
    at: DateTime | None
    by: str
    state: Literal["kept", "rendering", "rendered", "cancelled", "failed"]


class PlanLinks(TypedDict):
    """The addresses of what belongs to a plan."""

    peaks: UriReference
    proxy: UriReference
    result: UriReference


@described
class CardTimesAnswer(TypedDict):
    """How long a video's opening and closing card are shown; 0 if it has none."""

    opening_ms: int
    closing_ms: int


@described
class CardsAnswer(TypedDict):
    """How long cards are shown in the long video, and in each clip."""

    video: CardTimesAnswer
    clips: CardTimesAnswer


@described
class PlanAnswer(TypedDict):
    """The plan of a task at its newest revision. Times are in milliseconds of the recording."""

    revision: int
    rendered_revision: int | None
    """The revision the result was made from; null if there is no result."""
    language: str | None
    duration_ms: int
    kept_ms: int
    """How much of the recording the video shows, so its length without its cards."""
    cards: CardsAnswer
    words: list[WordAnswer]
    cuts: list[CutAnswer]
    suggestions: tuple[Suggestion, ...]
    """What else could be cut; empty unless the request asks for suggestions."""
    clips: list[PlannedClipAnswer]
    candidates: list[PlannedClipAnswer]
    """Passages that could become clips, best first."""
    speakers: tuple[Speaker, ...]
    """Everybody who speaks; empty if that is not known."""
    titles: tuple[Title, ...]
    description: str
    chapters: tuple[Chapter, ...]
    thumbnail: Thumbnail | None
    """A person's wish for the video's first thumbnail."""
    options: Params
    history: list[EntryAnswer]
    can_undo: bool
    can_redo: bool
    update: EffortAnswer | None
    """What rendering the newest revision takes, also while it is being rendered; null once it is rendered."""
    remarks: tuple[str, ...]
    links: PlanLinks


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class EditsBody(TypedDict):
    """Edits of a plan. Either all of them are applied, or none."""

    revision: NotRequired[Annotated[int, Field(ge=0)]]
    """The revision the edits are for: they are refused if there is a newer one. Left out: the newest."""
    edits: list[Edit]
    render: NotRequired[bool]
    """Whether the result is rendered again at once; true if left out."""


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class TurnBody(TypedDict, total=False):
    """An undo or redo: the revision it is for (refused if there is a newer one), and whether to render at once."""

    revision: Annotated[int, Field(ge=0)]
    render: bool


def word_answers(document: Document) -> Iterator[WordAnswer]:
    """The words of a document, with the corrections that people made."""
    if document.transcript is None:
        return
    timeline, written = document.timeline, dict(_written(document))
    for i, word in enumerate(document.transcript.words):
        middle = frame_at((word.start_ms + word.end_ms) // 2, timeline.rate)
        yield {
            "id": i,
            "start_ms": word.start_ms,
            "end_ms": word.end_ms,
            "text": written.get(i, word.text),
            "heard": word.text,
            "confidence": word.confidence,
            "speaker": document.transcript.speaker_at(word.start_ms),
            "kept": timeline.timeline_frame(middle) is not None,
        }


def _written(document: Document) -> Iterator[tuple[int, str]]:
    """The index and the new text of each corrected word. If a correction has another number of words, the first gets it all."""
    assert document.transcript
    for one in document.corrections:
        language = document.transcript.language_at(document.transcript.words[one.first].start_ms)
        texts, places = words_of(one.text, language), range(one.first, one.last + 1)
        if len(texts) != len(places):
            texts = (one.text, *("" for _ in places[1:]))
        yield from zip(places, texts, strict=True)


def cards_answer(document: Document) -> CardsAnswer:
    """How long the cards of a document's videos are shown."""
    params, rate = document.params, document.source.picture.rate
    return {
        "video": _card_times(document.cards, rate),
        "clips": _card_times(cards_of_clips(params.brand, params.cards, rate), rate),
    }


def _card_times(cards: Cards, rate: Fraction) -> CardTimesAnswer:
    return {"opening_ms": ms_at(cards.before, rate), "closing_ms": ms_at(cards.after, rate)}


def cut_answers(document: Document) -> list[CutAnswer]:
    """The cuts of a document."""
    rate = document.source.picture.rate
    return [
        {
            "id": cut.id,
            "start_ms": ms_at(cut.span.start, rate),
            "end_ms": ms_at(cut.span.end, rate),
            "reason": cut.reason,
            "word": cut.word,
        }
        for cut in document.cuts
    ]


def planned(clip: Clip) -> PlannedClipAnswer:
    """A clip of a document."""
    return {
        "id": clip.id,
        "name": clip.name,
        "start_ms": clip.start_ms,
        "end_ms": clip.end_ms,
        "title": clip.title,
        "style": clip.style,
        "layout": clip.layout,
        "caption_position": clip.captions_at,
        "thumbnail": clip.thumbnail,
        "look": clip.look,
        "score": clip.score,
        "signals": clip.signals,
    }


def entries(job: Job, history: History) -> list[EntryAnswer]:
    """The history of a job, with the state of each revision."""
    return [
        {
            "revision": entry.revision,
            "kind": entry.kind,
            "edits": edit_values(entry.edits),
            "at": moment(entry.at),
            "by": entry.by,
            "state": _state(job, entry),
        }
        for entry in history.entries
    ]


def _state(job: Job, entry: Entry) -> Literal["kept", "rendering", "rendered", "cancelled", "failed"]:
    dropped = {one.revision: one.why for one in job.dropped}
    if entry.revision in dropped:
        return dropped[entry.revision]
    if job.rendered_revision is not None and entry.revision <= job.rendered_revision:
        return "rendered"
    return "kept" if job.state.ended else "rendering"
