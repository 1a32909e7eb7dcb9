"""The answers for operators as types, as `web.schemas.answers` has those of tasks."""

from typing import Any, Literal

from typing_extensions import TypedDict

from video_automation.web.schemas.answers import described


class AliveAnswer(TypedDict):
    """A process that answers."""

    status: Literal["ok"]


class PartAnswer(TypedDict):
    """Whether one part works, and a fact about it."""

    ok: bool
    fact: str


class HealthAnswer(TypedDict):
    """Whether a task would be worked on now."""

    status: Literal["ok", "degraded"]
    web: PartAnswer
    redis: PartAnswer
    worker: PartAnswer
    disk: PartAnswer
    ffmpeg: PartAnswer


class DiskAnswer(TypedDict):
    """Bytes of the disk the data is on."""

    total: int
    free: int


class TimeLimitsAnswer(TypedDict):
    """After how many seconds an attempt is asked to end, is ended regardless, is ended because nothing moves."""

    soft: float
    hard: float
    still: float


@described
class DebugAnswer(TypedDict):
    """What the service runs on, and with which settings."""

    version: str
    python: str
    platform: str
    cpus: int | None
    load: tuple[float, float, float]
    """Over the last minute, five, fifteen."""
    ffmpeg: PartAnswer
    landlock: int
    """The kernel's version of it; 0 has none."""
    sandbox_lacks: tuple[str, ...]
    """What is missing of what shuts in the programs that read videos; usually nothing."""
    speech_model: PartAnswer
    """Which one is in use, and what it knows."""
    disk: DiskAnswer
    workers: PartAnswer
    waiting: PartAnswer
    limits: TimeLimitsAnswer
    settings: dict[str, Any]
    """Those in force, with every secret masked."""
    packages: dict[str, str]
