"""Changes one clip of a finished job; only that clip is encoded again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from video_automation.errors import RequestError, UnknownTaskError
from video_automation.jobs.lifecycle.transitions import check_editable
from video_automation.jobs.model import Job
from video_automation.jobs.policy.validation_messages import remedy
from video_automation.jobs.ports import Backend
from video_automation.jobs.revisions import stored
from video_automation.jobs.revisions.changes import How, edit_plan
from video_automation.plan.choices import ClipStyleName, LayoutName
from video_automation.plan.clip import Clip
from video_automation.plan.cues import plain_line
from video_automation.plan.edits import ClipReset, ClipSet

_LONGEST_SHOWN = 80
_Seconds = Annotated[float, Field(ge=0, le=604_800, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A requested change of a clip, as sent: times in seconds, a title of one line."""

    start: _Seconds | None = None
    end: _Seconds | None = None
    title: Annotated[str, AfterValidator(plain_line), Field(max_length=100)] | None = None
    style: ClipStyleName | None = None
    layout: LayoutName | None = None


_WISH = TypeAdapter(_Wish)


def recut_clip(backend: Backend, job_id: str, name: str, values: Mapping[str, str], *, by: str = "") -> Job:
    """Changes a clip: `start` and `end` in seconds of the recording, `title`, `style`, `layout`; what is missing stays.

    Raises:
        RequestError: a value is wrong; the sentence says which.
        UnknownTaskError: there is no such clip.
        Others as `jobs.revisions.changes.edit_plan`.
    """
    wish = wished(values)
    with _told_of_clip():
        return edit_plan(backend, job_id, (replace(wish, clip=_clip(backend, job_id, name).id),), How(by=by)).job


def restore_clip(backend: Backend, job_id: str, name: str, *, by: str = "") -> Job:
    """Resets a clip to its first version. Raises as `recut_clip`."""
    with _told_of_clip():
        return edit_plan(backend, job_id, (ClipReset(clip=_clip(backend, job_id, name).id),), How(by=by)).job


@contextmanager
def _told_of_clip() -> Iterator[None]:
    """Words the error of an edit in the block for its one clip."""
    try:
        yield
    except RequestError as error:
        raise RequestError(error.sentence.removeprefix("Edit 1: "), code="wrong_clip") from None


def _clip(backend: Backend, job_id: str, name: str) -> Clip:
    """The clip whose files have this name, now or when it was decided."""
    job = backend.store.get(job_id)
    check_editable(job)
    document = stored.newest_document(backend.folders.of(job_id), job)
    found = next((clip for clip in (*document.clips, *document.decided) if clip.name == name), None)
    if found is None:
        raise UnknownTaskError("This task has no such clip.", code="unknown_clip")
    return found


def wished(values: Mapping[str, str]) -> ClipSet:
    """The requested edit, without its clip."""
    known = [field.name for field in fields(_Wish)]
    unknown = set(values).difference(known)
    if unknown:
        raise RequestError(f"A clip has no {min(unknown)[:_LONGEST_SHOWN]!r}: only {', '.join(known)}.", code="wrong_clip")
    try:
        wish = _WISH.validate_python({name: value for name, value in values.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestError(f"{first['loc'][0]}: {remedy(first)}.", code="wrong_clip") from None
    return ClipSet(
        clip="", start_ms=_ms(wish.start), end_ms=_ms(wish.end), title=wish.title or None, style=wish.style, layout=wish.layout
    )


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(1000 * seconds)
