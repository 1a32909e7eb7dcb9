"""Has one clip of a done job cut again, as its user wants it; only that clip is encoded anew."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from video_automation.editing.recutting import recut
from video_automation.errors import RequestError, UnknownTaskError
from video_automation.jobs.again import again
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.jobs.steps import check_done
from video_automation.jobs.workspace import WISHES
from video_automation.plan.edit import EditPlan, plan_from_json
from video_automation.plan.recut import Recut

_RECUT = TypeAdapter(Recut)
_SECONDS = TypeAdapter(Annotated[float, Field(ge=0, le=604_800, allow_inf_nan=False)])
_TITLE = TypeAdapter(Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)])


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
    unknown = set(values) - {"start", "end", "title", "style", "layout"}
    if unknown:
        raise RequestError(f"A clip has no {min(unknown)!r}: only start, end, title, style, layout.", code="wrong_clip")
    try:
        times = {
            f"{key}_ms": round(1000 * _SECONDS.validate_python(values[key])) for key in ("start", "end") if values.get(key)
        }
        others = {key: values[key] for key in ("style", "layout") if values.get(key)}
        title = {"title": _TITLE.validate_python(values["title"])} if values.get("title") else {}
        return _RECUT.validate_python(times | others | title)
    except ValidationError as error:
        first = error.errors()[0]
        raise RequestError(f"{first['msg']} (it was {first['input']!r}).", code="wrong_clip") from None
