"""The API on captions: read them as text or as they are drawn, replace them, return to the service's own."""

from dataclasses import asdict, fields, replace
from hashlib import sha256
from io import BytesIO
from typing import Final, TypeVar, cast

from flask import Blueprint, request, send_file, url_for
from pydantic import TypeAdapter, ValidationError

from video_automation.errors import (
    GoneError,
    RequestError,
    StateError,
    TooLargeError,
    UnknownTaskError,
)
from video_automation.jobs.brand.given_files import branded, known_to
from video_automation.jobs.lifecycle.recaptioning import replace_captions, restore_captions
from video_automation.jobs.lifecycle.transitions import check_editable
from video_automation.jobs.model import Job
from video_automation.jobs.policy.options import DESCRIBED
from video_automation.jobs.policy.quota import waiting_again
from video_automation.jobs.policy.validation_messages import remedy
from video_automation.jobs.revisions.drawn_captions import clip_script, thumbnail_script, video_script
from video_automation.jobs.revisions.stored import shown_document
from video_automation.plan.document import Document
from video_automation.plan.edits import ClipSet, ThumbnailSet, wrong
from video_automation.plan.params import LookParams
from video_automation.render.captions.fonts import font_named
from video_automation.web.api import files, serializers
from video_automation.web.api.context import backend, caller, owned, seen
from video_automation.web.api.files import DOWNLOAD, sent_file
from video_automation.web.api.responses import Begun, CaptionScript, Content
from video_automation.web.openapi.endpoint_docs import Body, Call, Errors, QueryText
from video_automation.web.openapi.usual_errors import NO_RESULT, QUEUED_AGAIN
from video_automation.web.schemas.answers import StartedAnswer
from video_automation.web.security.authentication import open_to_all

blueprint = Blueprint("captions", __name__)

_MOST_BYTES: Final = 2_000_000
"""The largest caption file, in bytes: more than a whole day of talk needs."""
_AGAIN: Final[Errors] = {StateError: ("no_captions", *NO_RESULT), **QUEUED_AGAIN}
_CHOICES: Final = (
    QueryText("start_ms", "Where the clip would begin, in milliseconds of the recording."),
    QueryText("end_ms", "Where it would end."),
    QueryText("title", "The title it would have."),
    QueryText("style", "The caption style it would have."),
    QueryText("layout", "The layout it would have."),
    QueryText("caption_position", "How high its captions would be: `low`, `middle` or `high`."),
)
"""What a preview of a clip may change: these are the fields of the edit `clip_set`."""
_LOOK: Final = tuple(QueryText(one.name, DESCRIBED[one.name]) for one in fields(LookParams))
"""What it may change of the clip's `look`, of which the rest stays; empty: as the style has it."""
_HEADLINE: Final = (
    QueryText("headline", "The text, of at most 60 characters."),
    QueryText("clip", "The id of the clip whose cover it is; left out for the thumbnail of the video."),
)
_CLIP: Final = TypeAdapter(ClipSet)
_THUMBNAIL: Final = TypeAdapter(ThumbnailSet)
_Edit = TypeVar("_Edit")
_FONT_KEPT_S: Final = 30 * 86_400


@blueprint.get("/task/<job_id>/captions")
@Call(
    errors={
        UnknownTaskError: ("unknown_task", "no_captions"),
        StateError: NO_RESULT,
        GoneError: (),
    },
    query=(DOWNLOAD,),
)
def current(job_id: str) -> Content:
    """The captions of a task's video as WebVTT."""
    job = seen(job_id)
    track = serializers.track(job)
    if not track:
        raise UnknownTaskError("This video has no captions.", code="no_captions")
    return files.sent(job, track["name"])


@blueprint.get("/task/<job_id>/captions.ass")
@Call(errors={StateError: NO_RESULT, GoneError: ()})
def drawn_on_video(job_id: str) -> CaptionScript:
    """The captions of a task's video as its newest revision draws them, in ASS for libass. Times are those of the video."""
    return CaptionScript(video_script(_newest(owned(job_id))))


@blueprint.get("/task/<job_id>/clips/<clip>/captions.ass")
@Call(
    errors={
        UnknownTaskError: ("unknown_task", "unknown_clip"),
        RequestError: ("wrong_edit", "wrong_option"),
        StateError: NO_RESULT,
        GoneError: (),
    },
    query=(*_CHOICES, *_LOOK),
)
def drawn_on_clip(job_id: str, clip: str) -> CaptionScript:
    """The captions of a clip or a candidate as they would be drawn, in ASS for libass. Times are those of the clip."""
    job = owned(job_id)
    document = _newest(job)
    known: dict[str, object] = {"clip": clip}
    if look := {one.name: text for one in _LOOK if (text := one.given()) is not None}:
        own = next((one.look for one in (*document.clips, *document.candidates) if one.id == clip), None)
        known["look"] = asdict(own or LookParams()) | look
    choices = _asked(_CLIP, known, _CHOICES)
    looks = [choices.look] if choices.look else []
    document = replace(document, params=branded(document.params, backend().brands.of(job.owner), looks))
    return CaptionScript(clip_script(backend().folders.of(job.id), document, choices, known_to(backend(), job)))


@blueprint.get("/task/<job_id>/headline.ass")
@Call(
    errors={
        UnknownTaskError: ("unknown_task", "unknown_clip"),
        RequestError: ("wrong_edit",),
        StateError: NO_RESULT,
        GoneError: (),
    },
    query=_HEADLINE,
)
def drawn_on_thumbnail(job_id: str) -> CaptionScript:
    """A headline as it would be drawn over a thumbnail: for libass, at time 0."""
    job = owned(job_id)
    return CaptionScript(thumbnail_script(_newest(job), _asked(_THUMBNAIL, {}, _HEADLINE)))


@blueprint.get("/task/<job_id>/fonts/<name>")
@Call(errors={UnknownTaskError: ("unknown_task", "unknown_font")}, curl="-O")
def brand_font(job_id: str, name: str) -> Content:
    """An uploaded font that captions of a task are drawn with, by the name their script calls it."""
    job = owned(job_id)
    fonts = (*job.params.brand.fonts, *backend().brands.of(job.owner).fonts)
    font = next((font for font in fonts if font.face == name), None)
    if font is None:
        raise UnknownTaskError("Captions are drawn with no font of this name.", code="unknown_font")
    return sent_file(job, known_to(backend(), job)(font.sha256), "font/ttf")


@blueprint.get("/fonts/<name>")
@Call(errors={UnknownTaskError: ("unknown_font",)}, curl="-O")
@open_to_all
def font(name: str) -> Content:
    """A font that captions are drawn with, by its name in the ASS script."""
    content = font_named(name)
    if content is None:
        raise UnknownTaskError("Captions are drawn with no font of this name.", code="unknown_font")
    kind = "font/collection" if content.startswith(b"ttcf") else "font/ttf"
    mark = sha256(content).hexdigest()[:16]
    return cast("Content", Content.force_type(send_file(BytesIO(content), kind, etag=mark, max_age=_FONT_KEPT_S)))


@blueprint.put("/task/<job_id>/captions")
@Call(
    errors={RequestError: ("broken_captions",), TooLargeError: (), **_AGAIN},
    body=Body({"text/vtt": str, "application/x-subrip": str, "text/plain": str, "text/x-ssa": str}),
    curl="-T talk.vtt",
)
def put(job_id: str) -> Begun[StartedAnswer]:
    """Takes a caption file (SRT, WebVTT, SBV, ASS) in any encoding, renders the video with it, and reports what is lost."""
    job = owned(job_id)
    content = _content()
    with waiting_again(backend(), job, caller().quotas):
        taken = replace_captions(backend(), job.id, content, charset=request.mimetype_params.get("charset"), by=caller().name)
    answer = serializers.started_answer(taken.job, "Captions accepted! Processing started.") | {"remarks": list(taken.remarks)}
    return Begun(answer, url_for("api.task", job_id=job.id))


@blueprint.delete("/task/<job_id>/captions")
@Call(errors=_AGAIN)
def drop(job_id: str) -> Begun[StartedAnswer]:
    """Renders the video again with the service's own captions."""
    job = owned(job_id)
    with waiting_again(backend(), job, caller().quotas):
        again = restore_captions(backend(), job.id, by=caller().name)
    return Begun(
        serializers.started_answer(again, "Corrections dropped! Processing started."), url_for("api.task", job_id=job.id)
    )


def _asked(edits: TypeAdapter[_Edit], known: dict[str, object], query: tuple[QueryText, ...]) -> _Edit:
    """The edit that a preview tries, of what the query gives. Raises RequestError."""
    given = {one.name: one.given() for one in query}
    try:
        return edits.validate_python(known | {name: value for name, value in given.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        raise wrong(f"{first['loc'][0]}: {remedy(first)}.") from None


def _newest(job: Job) -> Document:
    if job.state.ended:
        check_editable(job)
    return shown_document(backend().folders.of(job.id), job)


def _content() -> bytes:
    """The body of the request. Raises TooLargeError if it has more than `_MOST_BYTES`."""
    content = b"" if (request.content_length or 0) > _MOST_BYTES else request.stream.read(_MOST_BYTES + 1)
    if max(request.content_length or 0, len(content)) > _MOST_BYTES:
        raise TooLargeError(f"Captions may have at most {_MOST_BYTES // 1_000_000} MB.")
    return content
