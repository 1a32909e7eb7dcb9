"""Has one clip of a done job cut again, as its user wants it; only that clip is encoded anew."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Annotated

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from video_automation.editing.highlights.recutting import recut
from video_automation.errors import RequestError, UnknownTaskError
from video_automation.jobs.lifecycle.rerun import again
from video_automation.jobs.lifecycle.transitions import check_done
from video_automation.jobs.model import Job
from video_automation.jobs.policy.validation_messages import remedy
from video_automation.jobs.ports import Backend
from video_automation.jobs.workspace import WISHES
from video_automation.plan.choices import ClipStyleName, LayoutName
from video_automation.plan.cues import plain
from video_automation.plan.edit import EditPlan, plan_from_json
from video_automation.plan.recut import Recut

_LONGEST_SHOWN = 80
_Seconds = Annotated[float, Field(ge=0, le=604_800, allow_inf_nan=False)]


@dataclass(frozen=True, slots=True)
class _Wish:
    """A wish about a clip as it is sent: times in seconds, a title of one line, whatever is sent for one."""

    start: _Seconds | None = None
    end: _Seconds | None = None
    title: Annotated[str, AfterValidator(plain), Field(max_length=100)] | None = None
    style: ClipStyleName | None = None
    layout: LayoutName | None = None


_WISH = TypeAdapter(_Wish)


def change_clip(backend: Backend, job_id: str, name: str, values: Mapping[str, str]) -> Job:
    """Has a clip cut again: `start` and `end` in seconds of the source, `title`, `style`, `layout`; what is missing stays.

    Raises:
        RequestError: a value is wrong; the sentence says which.
        UnknownTaskError: there is no such clip.
        Others as `again`.
    """
    plan = _planned(backend, job_id, name)
    wishes = backend.folders.of(job_id).wishes()
    wish = _wish(values)
    given = {key: value for key, value in asdict(wish).items() if value is not None}
    wishes[name] = replace(wishes.get(name, Recut()), **given)
    recut(plan.clips, wishes, source_ms=plan.source.duration_ms)
    return again(backend, job_id, backend.folders.of(job_id).recuts, WISHES.dump_json(wishes))


def restore_clip(backend: Backend, job_id: str, name: str) -> Job:
    """Has a clip cut as it was first decided. Raises as `change_clip`."""
    _planned(backend, job_id, name)
    wishes = {other: wish for other, wish in backend.folders.of(job_id).wishes().items() if other != name}
    return again(backend, job_id, backend.folders.of(job_id).recuts, WISHES.dump_json(wishes) if wishes else None)


def _planned(backend: Backend, job_id: str, name: str) -> EditPlan:
    check_done(backend.store.get(job_id))
    plan = plan_from_json(backend.folders.of(job_id).plan.read_bytes())
    if name not in {clip.name for clip in plan.clips}:
        raise UnknownTaskError("This task has no such clip.", code="unknown_clip")
    return plan


def _wish(values: Mapping[str, str]) -> Recut:
    known = [field.name for field in fields(_Wish)]
    unknown = set(values).difference(known)
    if unknown:
        raise RequestError(f"A clip has no {min(unknown)[:_LONGEST_SHOWN]!r}: only {', '.join(known)}.", code="wrong_clip")
    try:
        wish = _WISH.validate_python({name: value for name, value in values.items() if value})
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestError(f"{first['loc'][0]}: {remedy(first)}.", code="wrong_clip") from None
    return Recut(_ms(wish.start), _ms(wish.end), wish.title or None, wish.style, wish.layout)


def _ms(seconds: float | None) -> int | None:
    return None if seconds is None else round(1000 * seconds)
