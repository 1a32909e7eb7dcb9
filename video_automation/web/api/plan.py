"""The API on plans: read one, change it by edits, undo, redo, and render the newest revision."""

import json
from typing import Any, Final

from flask import Blueprint, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from video_automation.editing.publishing.publishing_text import with_chapters
from video_automation.editing.speech.suggestions import Suggestion, Waveform, suggestions
from video_automation.errors import (
    GoneError,
    NoSpaceError,
    RequestError,
    StaleError,
    StateError,
    TooLargeError,
)
from video_automation.jobs.lifecycle.proxy_calls import proxy_or_call
from video_automation.jobs.lifecycle.transitions import check_editable
from video_automation.jobs.model import Job
from video_automation.jobs.policy.quota import waiting_again
from video_automation.jobs.revisions import changes, stored
from video_automation.jobs.revisions.changes import Change, How
from video_automation.jobs.revisions.effort import effort
from video_automation.jobs.revisions.stored import Peaks
from video_automation.jobs.workspace import Workspace
from video_automation.plan.document import Document
from video_automation.plan.edits import edits_from
from video_automation.plan.history import History, standing
from video_automation.plan.time import ms_at
from video_automation.web.api.context import backend, caller, owned, wants_page
from video_automation.web.api.files import DOWNLOAD, sent_file
from video_automation.web.api.responses import JSON, Begun, Content, Fresh, NotReady, Ok, SeeOther
from video_automation.web.openapi.endpoint_docs import Body, Call, Errors, QueryText
from video_automation.web.openapi.usual_errors import NO_RESULT, QUEUED_AGAIN
from video_automation.web.schemas import plan_answers
from video_automation.web.schemas.answers import StateAnswer
from video_automation.web.schemas.effort_answers import EffortAnswer, effort_answer
from video_automation.web.schemas.plan_answers import EditsBody, PlanAnswer, TurnBody

blueprint = Blueprint("plan", __name__)

_MOST_BYTES: Final = 4_000_000
"""The largest body with edits, in bytes. An edit may contain a caption file, which has at most 2 MB."""
_WORDS: Final = QueryText("words", "`false` leaves out the words, which are many in long recordings.")
_SUGGESTIONS: Final = QueryText("suggestions", "`true` lists in `suggestions` what else could be cut.")
_DRY_RUN: Final = QueryText("dry_run", "`true` only reports what the edits would change; nothing is saved.")
_REFUSED: Final[Errors] = {TooLargeError: (), **QUEUED_AGAIN}


@blueprint.get("/task/<job_id>/plan")
@Call(errors={StateError: NO_RESULT, GoneError: ()}, query=(_WORDS, _SUGGESTIONS))
def current(job_id: str) -> Fresh[PlanAnswer]:
    """The plan of a task at its newest revision. Once that is rendered, the ETag is the revision's number."""
    job = owned(job_id)
    workspace = backend().folders.of(job.id)
    if job.state.ended:
        check_editable(job)
    document, history = stored.shown_document(workspace, job), stored.history_of(workspace, job)
    stand = standing(history.upto(job.revision), job.dropped_revisions)
    packed, rate = with_chapters(document), document.source.picture.rate
    return Fresh[PlanAnswer](
        {
            "revision": job.revision,
            "rendered_revision": job.rendered_revision,
            "language": document.transcript.language if document.transcript else None,
            "duration_ms": document.source.duration_ms,
            "kept_ms": ms_at(document.timeline.frames, rate),
            "cards": plan_answers.cards_answer(document),
            "words": list(plan_answers.word_answers(document)) if _is_not_false("words") else [],
            "cuts": plan_answers.cut_answers(document),
            "suggestions": _suggestions(workspace, document) if _is_true("suggestions") else (),
            "clips": [plan_answers.planned(clip) for clip in document.clips],
            "candidates": [plan_answers.planned(clip) for clip in document.candidates],
            "speakers": document.transcript.speakers if document.transcript else (),
            "titles": packed.titles,
            "description": packed.description,
            "chapters": packed.chapters,
            "thumbnail": document.thumbnail,
            "options": document.params,
            "history": plan_answers.entries(job, history),
            "can_undo": bool(stand.done),
            "can_redo": bool(stand.undone),
            "update": _update(job),
            "remarks": (*document.remarks, *document.caption_remarks),
            "links": {
                "peaks": url_for("plan.peaks", job_id=job.id),
                "proxy": url_for("plan.proxy", job_id=job.id),
                "result": url_for("api.result", job_id=job.id),
            },
        },
        _mark(job, history),
    )


@blueprint.post("/task/<job_id>/edits")
@Call(
    errors={
        RequestError: ("wrong_edit", "unknown_option", "wrong_option", "unknown_language", "unknown_preset"),
        StateError: NO_RESULT,
        StaleError: (),
        **_REFUSED,
    },
    query=(_DRY_RUN,),
    body=Body({JSON: EditsBody}),
    curl='-H \'Content-Type: application/json\' -d \'{"edits": [{"op": "cut", "start_ms": 1000, "end_ms": 2000}]}\'',
)
def edit(job_id: str) -> Begun[EffortAnswer] | Ok[EffortAnswer]:
    """Applies edits to the plan of a task, all of them or none, and renders its result again."""
    before, sent = owned(job_id), _sent()
    edits, how = edits_from(sent.get("edits")), _how(sent)
    if how.trial:
        return Ok(_told(changes.edit_plan(backend(), before.id, edits, how)))
    with waiting_again(backend(), before, caller().quotas):
        change = changes.edit_plan(backend(), before.id, edits, how)
    return Begun(_told(change), url_for("api.task", job_id=before.id))


@blueprint.post("/task/<job_id>/undo")
@Call(
    errors={RequestError: ("wrong_edit",), StateError: ("nothing_to_undo", *NO_RESULT), StaleError: (), **_REFUSED},
    body=Body({JSON: TurnBody}, required=False),
)
def undo(job_id: str) -> Begun[EffortAnswer] | SeeOther:
    """Undoes the last edits: makes a new revision, equal to the one before them."""
    before, how = owned(job_id), _how(_sent())
    with waiting_again(backend(), before, caller().quotas):
        change = changes.undo_edits(backend(), before.id, how)
    return _begun(change)


@blueprint.post("/task/<job_id>/redo")
@Call(
    errors={RequestError: ("wrong_edit",), StateError: ("nothing_to_redo", *NO_RESULT), StaleError: (), **_REFUSED},
    body=Body({JSON: TurnBody}, required=False),
)
def redo(job_id: str) -> Begun[EffortAnswer] | SeeOther:
    """Redoes the edits that were undone last: makes a new revision."""
    before, how = owned(job_id), _how(_sent())
    with waiting_again(backend(), before, caller().quotas):
        change = changes.redo_edits(backend(), before.id, how)
    return _begun(change)


@blueprint.post("/task/<job_id>/render")
@Call(errors={StateError: ("done", *NO_RESULT), **_REFUSED})
def render(job_id: str) -> Begun[StateAnswer] | SeeOther:
    """Renders the newest revision: after a review, or after edits that were saved without rendering."""
    before = owned(job_id)
    with waiting_again(backend(), before, caller().quotas):
        job = changes.render_newest(backend(), before.id)
    place = url_for("api.task", job_id=job.id)
    if wants_page():
        return SeeOther(place)
    return Begun({"message": "Rendering accepted", "task_id": job.id, "state": job.state, "status": job.status}, place)


@blueprint.get("/task/<job_id>/peaks")
@Call(errors={StateError: NO_RESULT, GoneError: ()})
def peaks(job_id: str) -> Fresh[Peaks]:
    """The waveform of a task's recording, for drawing it."""
    job = owned(job_id)
    if job.state.ended:
        check_editable(job)
    return Fresh(stored.stored_peaks(backend().folders.of(job.id)))


@blueprint.get("/task/<job_id>/proxy")
@Call(errors={StateError: NO_RESULT, GoneError: (), NoSpaceError: ()}, query=(DOWNLOAD,), curl="-o proxy.mp4")
def proxy(job_id: str) -> Content | NotReady[StateAnswer]:
    """A small copy of a task's recording for the player of the editor; made at the first request."""
    job = owned(job_id)
    found = proxy_or_call(backend(), job)
    if found is None:
        return NotReady({"message": "The proxy is being made.", "task_id": job.id, "state": job.state, "status": job.status})
    return sent_file(job, found, "video/mp4")


def _mark(job: Job, history: History) -> str | None:
    """The ETag: the revision, once the response can only change with a newer one; None until then."""
    return str(job.revision) if job.rendered_revision == job.revision == history.last else None


def _update(job: Job) -> EffortAnswer | None:
    """What rendering the newest revision takes; None once it is rendered."""
    if job.rendered_revision == job.revision:
        return None
    return _told(Change(job, stored.document_at(backend().folders.of(job.id), job)))


def _is_not_false(name: str) -> bool:
    return request.args.get(name, "").lower() not in ("0", "false")


def _is_true(name: str) -> bool:
    return request.args.get(name, "").lower() in ("1", "true")


def _suggestions(workspace: Workspace, document: Document) -> tuple[Suggestion, ...]:
    try:
        heard = stored.stored_peaks(workspace)
    except StateError:  # there is no waveform yet, or it has been removed
        return suggestions(document)
    return suggestions(document, Waveform(heard["samples_per_second"], heard["peaks"]))


def _begun(change: Change) -> Begun[EffortAnswer] | SeeOther:
    place = url_for("api.task", job_id=change.job.id)
    return SeeOther(place) if wants_page() else Begun(_told(change), place)


def _told(change: Change) -> EffortAnswer:
    job, document = change.job, change.document
    return effort_answer(change, effort(backend().folders.of(job.id), job, document) if document else None)


def _how(sent: dict[str, Any]) -> How:
    unknown = set(sent) - {"revision", "edits", "render"}
    if unknown:
        raise RequestError(f"There is no {min(unknown)[:80]!r} here.", code="wrong_edit")
    revision, rendered = sent.get("revision"), sent.get("render", True)
    if not (revision is None or (isinstance(revision, int) and not isinstance(revision, bool))):
        raise RequestError("`revision` is the number of a revision.", code="wrong_edit")
    if not isinstance(rendered, bool):
        raise RequestError("`render` is true or false.", code="wrong_edit")
    trial = _is_true("dry_run")
    return How(revision=revision, render=rendered, trial=trial, by=caller().name)


def _sent() -> dict[str, Any]:
    """The JSON object in the request; an empty one if the request has none.

    Raises:
        RequestError: the body is not a JSON object.
        TooLargeError: the body has more than `_MOST_BYTES`.
    """
    request.max_content_length = _MOST_BYTES
    try:
        text = request.get_data()
    except RequestEntityTooLarge:
        raise TooLargeError(f"Edits may have at most {_MOST_BYTES // 1_000_000} MB.") from None
    if not text.strip() or not request.is_json:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RequestError("Send a JSON object.", code="wrong_edit")
    return found
