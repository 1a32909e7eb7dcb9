"""The API for operators: health, logs, and facts about the machine and the settings."""

import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint

from video_automation.config import Settings
from video_automation.errors import NoSpaceError, RequestError, TransientError, UnknownTaskError
from video_automation.jobs.policy.job_params import knowing
from video_automation.jobs.run.watchdog import TimeLimits
from video_automation.media import sandbox
from video_automation.media.ffmpeg import ffmpeg_output
from video_automation.media.program import Limits, Tools
from video_automation.web.api.context import backend, check_operator, owned
from video_automation.web.api.responses import Ok, PlainText, Unwell
from video_automation.web.openapi.endpoint_docs import Call, Number, QueryText
from video_automation.web.schemas.operations_answers import AliveAnswer, DebugAnswer, HealthAnswer, PartAnswer, TimeLimitsAnswer
from video_automation.web.security.authentication import is_known, open_to_all
from video_automation.web.server.health_checks import Seen, check_results, checks_named, run_check
from video_automation.web.server.log_tail import tail

_LINES = Number("lines", "How many lines.", 200, least=1, most=10_000)
_TASK = QueryText("task", "The id of the task whose own log is wanted.")
_BARE = {True: "It works.", False: "It does not work."}
"""What callers without a key learn about a part: names, versions and paths are not shown to them."""
_FFMPEG_AGAIN_S = 300
"""Seconds between two runs of ffmpeg for its check."""
FFMPEG_WITHIN_S = 20.0
"""Seconds within which ffmpeg must print its version."""


@dataclass(frozen=True, slots=True)
class Health:
    """What the health checks look at."""

    redis: Callable[[], None]
    """Returns if Redis responds, else raises TransientError."""
    workers: Callable[[], tuple[str, ...]]
    """The names of the running workers. Raises TransientError."""
    folder: Path
    """The folder of the data."""
    reserve: int
    """Bytes that must be free on its disk."""


def blueprint(health: Health, settings: Settings, *, version: str, log_file: Path) -> Blueprint:
    """The routes for operators."""
    ops = Blueprint("ops", __name__)
    checks: dict[str, Callable[[], str]] = {
        "web": lambda: f"version {version}",
        "redis": lambda: _redis(health),
        "worker": lambda: _workers(health),
        "disk": lambda: _disk(health),
        "ffmpeg": ffmpeg_version,
    }

    at = checks_named(checks)
    ops.record_once(lambda state: state.app.extensions.update(health=at))

    @ops.get("/health")
    @open_to_all
    def ready() -> Ok[HealthAnswer] | Unwell[HealthAnswer]:
        """Whether the service can work on a task now: 200 if so, else 503. Callers with a key get a fact about each part."""
        found = (
            check_results(at)
            if is_known()
            else {name: Seen(part.ok, _BARE[part.ok]) for name, part in check_results(at).items()}
        )
        well = all(part.ok for part in found.values())
        shown: HealthAnswer = {
            "status": "ok" if well else "degraded",
            "web": _part(found["web"]),
            "redis": _part(found["redis"]),
            "worker": _part(found["worker"]),
            "disk": _part(found["disk"]),
            "ffmpeg": _part(found["ffmpeg"]),
        }
        return Ok(shown) if well else Unwell(shown)

    @ops.get("/health/live")
    @open_to_all
    def live() -> Ok[AliveAnswer]:
        """Whether this process responds."""
        return Ok({"status": "ok"})

    @ops.get("/logs")
    @Call(errors={RequestError: ("wrong_number",), UnknownTaskError: ()}, query=(_LINES, _TASK))
    def logs() -> PlainText:
        """The last lines of the log: of all processes, or of one task."""
        lines, task = _LINES.given(), _TASK.given()
        if not task:
            check_operator()
        file = backend().folders.of(owned(task).id).log if task else log_file
        return PlainText(tail(file, lines))

    @ops.get("/debug")
    def debug() -> Ok[DebugAnswer]:
        """The machine, the programs and the settings of the service."""
        check_operator()
        return Ok(debug_facts(health, settings, version))

    return ops


def ffmpeg_version() -> str:
    """The first line of `ffmpeg -version`, run in the sandbox of jobs. Raises PipelineError if ffmpeg does not run."""
    return _said_of_itself(int(time.monotonic() // _FFMPEG_AGAIN_S))


@lru_cache(maxsize=1)
def _said_of_itself(_period: int) -> str:
    limits = Limits(wall_s=FFMPEG_WITHIN_S)
    with (
        tempfile.TemporaryDirectory() as folder,
        ffmpeg_output(Tools(Path(folder), (), limits=limits), ("-version",)) as said,
    ):
        return said.read().decode(errors="replace").partition(" Copyright")[0]


def _redis(health: Health) -> str:
    health.redis()
    return "answers"


def _workers(health: Health) -> str:
    names = health.workers()
    if not names:
        raise TransientError("No worker is there; tasks wait until one is.")
    return ", ".join(names)


def _disk(health: Health) -> str:
    free = shutil.disk_usage(health.folder).free
    fact = f"{free // 1_000_000:,} MB free"
    if free < health.reserve:
        raise NoSpaceError(f"{fact}, {health.reserve // 1_000_000:,} MB must stay free.")
    return fact


def _speech_model() -> str:
    model = knowing(backend().rules.model.model)
    return f"{model.name}: {model.told}"


def _part(found: Seen) -> PartAnswer:
    return {"ok": found.ok, "fact": found.fact}


def debug_facts(health: Health, settings: Settings, version: str) -> DebugAnswer:
    """Facts about the machine, the programs and the settings of the service, without secrets."""
    disk = shutil.disk_usage(health.folder)
    return {
        "version": version,
        "python": sys.version,
        "platform": platform.platform(),
        "cpus": os.cpu_count(),
        "load": os.getloadavg(),
        "ffmpeg": _part(run_check(ffmpeg_version)),
        "landlock": sandbox.landlock_version(),
        "sandbox_lacks": sandbox.missing_protection(),
        "speech_model": _part(run_check(_speech_model)),
        "disk": {"total": disk.total, "free": disk.free},
        "workers": _part(run_check(lambda: _workers(health))),
        "waiting": _part(run_check(lambda: str(backend().store.waiting()))),
        "limits": _limits(settings),
        "settings": without_secrets(settings.model_dump(mode="json")),
        "packages": dict(sorted((package.name, package.version) for package in distributions())),
    }


def _limits(settings: Settings) -> TimeLimitsAnswer:
    """The time limits of one attempt at a task."""
    celery = settings.celery_config
    return {"soft": celery.task_soft_time_limit, "hard": celery.task_time_limit, "still": TimeLimits().still_s}


def without_secrets(value: Any) -> Any:
    """The same value with every key and secret masked, and the password and query of every URL."""
    if isinstance(value, dict):
        return {
            name: "***" if name.endswith(("key", "keys", "secret")) and inner else without_secrets(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(inner) for inner in value]
    if isinstance(value, str) and "://" in value:
        place = urlsplit(value)
        value = place._replace(query="***").geturl() if place.query else value  # Redis takes a password there too
        return value.replace(f":{place.password}@", ":***@") if place.password else value
    return value
