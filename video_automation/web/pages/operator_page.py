"""The page for operators: is the service well, what is under way, what does the log say, what is it made of."""

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from flask import Blueprint, current_app, render_template

from video_automation.config import Settings
from video_automation.errors import PipelineError, RequestError, UnknownTaskError
from video_automation.jobs.model import Job
from video_automation.web.api.context import backend, check_operator, owned
from video_automation.web.api.operations import Health, debug_facts
from video_automation.web.api.responses import Page
from video_automation.web.openapi.endpoint_docs import Call, Number, QueryText
from video_automation.web.server.health_checks import HealthCheck, check_results
from video_automation.web.server.log_lines import LEVELS, LogEntry, is_looked_for, log_entries
from video_automation.web.server.log_tail import tail

_LEVEL: Final = QueryText("level", "Only entries of the log that are at least this serious: `WARNING` or `ERROR`, say.")
_TEXT: Final = QueryText("text", "Only entries of the log with this text.")
_TASK: Final = QueryText("task", "The id of a task: its own log is shown.")
_LINES: Final = Number("lines", "How many entries of the log to show.", 200, least=1, most=2_000)
_LOOKED_THROUGH: Final = 20_000
"""Lines of the log, from its end."""
_WAITING_SHOWN: Final = 20
_REMEDIES: Final = {
    "web": "Start the service again; if that does not help, its log says why.",
    "redis": "Start Redis, or correct REDIS_URL. Tasks that were accepted are safe.",
    "worker": "Start a worker: “python start_worker.py”, or “python start_services.py” for everything.",
    "disk": "Delete videos that are done, or make room on the disk. No upload is accepted until then.",
    "ffmpeg": "Run “video-automation doctor”: it says what is missing, and how to get it.",
}
"""What to do about a part that does not work."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the service: whether it works, a fact about it, and what to do where it does not."""

    name: str
    ok: bool
    fact: str
    remedy: str


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The tasks that are worked on and those that wait, in the order of their turns; `waits` says how many do."""

    running: tuple[Job, ...]
    waiting: tuple[Job, ...]
    waits: int


def blueprint(health: Health, settings: Settings, *, version: str, log_file: Path) -> Blueprint:
    """The address of the operators' page."""
    operator = Blueprint("operator", __name__)

    @operator.get("/operator")
    @Call(errors={RequestError: ("wrong_number", "wrong_level"), UnknownTaskError: ()}, query=(_LEVEL, _TEXT, _TASK, _LINES))
    def page() -> Page:
        """The health of the service, its queue, its log and its facts, for operators."""
        check_operator()
        level, text, task = _level(), _TEXT.given() or "", (_TASK.given() or "").strip()
        file = backend().folders.of(owned(task).id).log if task else log_file
        parts = _parts()
        whole = render_template(
            "operator.html",
            parts=parts,
            well=all(part.ok for part in parts),
            work=_under_way(),
            entries=_entries(file, level=level, text=text, count=_LINES.given()),
            levels=LEVELS,
            level=level,
            text=text,
            task=task,
            lines=_LINES.given(),
            facts=debug_facts(health, settings, version),
        )
        return Page(whole)

    return operator


def _parts() -> list[Part]:
    checks = cast("Mapping[str, HealthCheck]", current_app.extensions["health"])
    return [Part(name, seen.ok, seen.fact, _REMEDIES[name]) for name, seen in check_results(checks).items()]


def _under_way() -> UnderWay | None:
    """What is worked on and what waits; None while the list of tasks cannot be reached."""
    with suppress(PipelineError):
        store = backend().store
        queue = store.queue()
        waiting = []
        for job_id in queue[:_WAITING_SHOWN]:
            with suppress(UnknownTaskError):
                waiting.append(store.get(job_id))
        return UnderWay(store.running(), tuple(waiting), len(queue))
    return None


def _entries(file: Path, *, level: str, text: str, count: int) -> list[LogEntry]:
    """The last entries of a log that are looked for, newest first."""
    lines = tail(file, _LOOKED_THROUGH).decode(errors="replace").split("\n")
    last = deque((one for one in log_entries(lines) if is_looked_for(one, level=level, text=text)), maxlen=count)
    return list(reversed(last))


def _level() -> str:
    level = (_LEVEL.given() or LEVELS[0]).upper()
    if level not in LEVELS:
        raise RequestError(f"“level” is one of {', '.join(LEVELS)}.", code="wrong_level")
    return level
