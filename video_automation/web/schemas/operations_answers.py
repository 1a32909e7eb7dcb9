"""The types of the responses for operators."""

from typing import Any, Literal

from typing_extensions import TypedDict

from video_automation.web.schemas.answers import described


class AliveAnswer(TypedDict):
    """The process responds."""

    status: Literal["ok"]


class PartAnswer(TypedDict):
    """Whether a part of the service works, and a fact about it."""

    ok: bool
    fact: str


class HealthAnswer(TypedDict):
    """Whether the service can work on a task now."""

    status: Literal["ok", "degraded"]
    web: PartAnswer
    redis: PartAnswer
    worker: PartAnswer
    disk: PartAnswer
    ffmpeg: PartAnswer


class DiskAnswer(TypedDict):
    """The disk that holds the data, in bytes."""

    total: int
    free: int


class TimeLimitsAnswer(TypedDict):
    """Seconds after which an attempt is asked to end (`soft`), is killed (`hard`), is killed without progress (`still`)."""

    soft: float
    hard: float
    still: float


@described
class DebugAnswer(TypedDict):
    """The machine, the programs and the settings of the service."""

    version: str
    python: str
    platform: str
    cpus: int | None
    load: tuple[float, float, float]
    """The load averages over 1, 5 and 15 minutes."""
    ffmpeg: PartAnswer
    landlock: int
    """The kernel's Landlock version; 0 if it has none."""
    sandbox_lacks: tuple[str, ...]
    """The protections that the sandbox of the programs that read videos lacks; usually none."""
    speech_model: PartAnswer
    """The speech model in use, and what it knows."""
    disk: DiskAnswer
    workers: PartAnswer
    waiting: PartAnswer
    limits: TimeLimitsAnswer
    settings: dict[str, Any]
    """The settings in force, with every secret masked."""
    packages: dict[str, str]
