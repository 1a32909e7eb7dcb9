"""What this machine has of what the service needs, and how to get what is missing."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from video_automation.analysis.models import speech_model
from video_automation.config import SETTINGS_FILE, Settings
from video_automation.errors import PipelineError
from video_automation.jobs.policy.job_params import knowing
from video_automation.media import sandbox
from video_automation.supervisor import redis_server
from video_automation.supervisor.redis_command import redis_address
from video_automation.web.api.operations import ffmpeg_version

_FETCHED_LATER = "The first task that needs it fetches it, for which this machine has to be connected to the network."
_NO_MODEL = "There is no model.bin in it: set transcription.model to a folder that has one."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is as it should be, the fact, and what to do if it is not."""

    name: str
    ok: bool
    fact: str
    remedy: str = ""
    needed: bool = True
    """Whether the service cannot do without it."""


def checks(settings: Settings) -> Iterator[Check]:
    """Everything looked at, one by one."""
    yield _python()
    yield _settings_file()
    yield _ffmpeg()
    yield _speech_model(settings.transcription.model)
    yield _redis(settings)
    yield _folder(settings)
    yield _disk(settings)
    yield _shut_in()


def _python() -> Check:
    fact = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", (3, 11) <= sys.version_info < (3, 14), fact, "Install Python 3.11, 3.12 or 3.13.")


def _settings_file() -> Check:
    file = SETTINGS_FILE.absolute()
    remedy = f"Run this where {SETTINGS_FILE} is; until then the defaults and the environment hold."
    return Check("Settings", ok=file.exists(), fact=str(file) if file.exists() else f"no {file}", remedy=remedy, needed=False)


def _ffmpeg() -> Check:
    try:
        return Check("ffmpeg", ok=True, fact=ffmpeg_version())
    except (PipelineError, RuntimeError) as error:
        return Check("ffmpeg", ok=False, fact=str(error), remedy="pip install -r requirements.txt brings it (imageio-ffmpeg).")


def _speech_model(model: str) -> Check:
    try:
        import faster_whisper  # type: ignore[import-untyped]  # noqa: F401, PLC0415  # seconds; whether it can be loaded is the question

        folder = speech_model.model_on_disk(model)
    except (ImportError, OSError) as error:
        return Check("Speech model", ok=False, fact=str(error), remedy="pip install -r requirements.txt brings faster-whisper.")
    except PipelineError as error:
        return Check("Speech model", ok=False, fact=error.sentence, remedy="Set transcription.model.")
    if folder is None:
        return Check("Speech model", ok=False, fact=f"{model} is not on this machine", remedy=_FETCHED_LATER, needed=False)
    there = (folder / "model.bin").exists()
    knows = f", knows {knowing(model).told}" if there else ""
    return Check("Speech model", ok=there, fact=f"{model} in {folder}{knows}", remedy=_NO_MODEL)


def _redis(settings: Settings) -> Check:
    url = settings.celery_config.broker_url
    shown = redis_server.without_password(url)
    try:
        there = redis_server.answers(url)
    except PipelineError as error:
        return Check("Redis", ok=False, fact=error.sentence, remedy="Set REDIS_URL to a Redis server that lets us in.")
    if there:
        guarded = "" if redis_address(url).password else ", to whoever reaches it: it asks for no password"
        return Check("Redis", ok=True, fact=f"answers at {shown}{guarded}")
    if not redis_server.is_local_redis(url):
        return Check("Redis", ok=False, fact=f"does not answer at {shown}", remedy="Start it, or set REDIS_URL.")
    try:
        return Check("Redis", ok=True, fact=f"start_services.py will start {redis_server.find()}")
    except PipelineError as error:
        return Check("Redis", ok=False, fact="no server found", remedy=error.sentence)


def _folder(settings: Settings) -> Check:
    remedy = "Make it writable for this user, or set DATA_FOLDER to another."
    return Check("Data folder", os.access(_existing(settings.data), os.W_OK), str(settings.data), remedy)


def _disk(settings: Settings) -> Check:
    free_mb = shutil.disk_usage(_existing(settings.data)).free // 1_000_000
    reserve_mb = settings.limits.reserve_mb
    return Check("Disk", free_mb > reserve_mb, f"{free_mb:,} MB free", f"Make room: {reserve_mb:,} MB are kept in reserve.")


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def _shut_in() -> Check:
    lacking = sandbox.missing_protection()
    fact = " ".join(lacking) or f"Landlock version {sandbox.landlock_version()}, seccomp"
    remedy = "Videos are read all the same, less well shut in. Linux 5.13 and later have both."
    return Check("Sandbox", not lacking, fact, remedy, needed=False)
