"""Settings of the service: defaults, over them the settings file, over that the environment; unknown names are refused."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from video_automation.analysis.speech_model import SpeechModel
from video_automation.errors import SettingsError
from video_automation.jobs.advisor import Advisor
from video_automation.jobs.places import Folder, RedisUrl
from video_automation.jobs.ports import Rules
from video_automation.jobs.retention import Retention
from video_automation.jobs.wrong_values import remedy
from video_automation.media.probe import MediaLimits
from video_automation.plan.params import CaptionParams, ClipParams, EncodeParams, LevelParams, Params, SpeechParams, TrimParams

SETTINGS_FILE = Path("config/master_config.json")
"""Where the settings file is, seen from the folder the service is started in."""
_MB, _GB = 1_000_000, 1_000_000_000
_HOUR_S = 3600
_CENTURY_H = 876_000
ENV_PREFIX = "VIDEO_AUTOMATION__"
"""`VIDEO_AUTOMATION__<SECTION>__<KEY>` sets any key; its value is read as JSON where it is JSON, else as text."""
SHORT_NAMES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "REDIS_URL": (("celery_config", "broker_url"), ("celery_config", "result_backend")),
    "PORT": (("server", "port"),),
    "HOST": (("server", "host"),),
    "DATA_FOLDER": (("data_folder",),),
    "OPENAI_BASE_URL": (("advisor", "base_url"),),
    "OPENAI_API_KEY": (("advisor", "key"),),
    "OPENAI_MODEL": (("advisor", "model"),),
}
"""Well-known environment variables, and the keys each one sets."""
_UNSHOWN = frozenset(("key", "broker_url", "result_backend", "base_url"))
"""Settings that are secrets, or may hold one."""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CelerySettings(_Section):
    """How tasks reach workers, and how a worker works; the names are Celery's own."""

    broker_url: RedisUrl = "redis://localhost:6379/0"
    result_backend: RedisUrl = "redis://localhost:6379/0"
    task_time_limit: Annotated[int, Field(ge=1)] = 1800
    """Seconds after which a task is ended regardless."""
    task_soft_time_limit: Annotated[int, Field(ge=1)] = 1500
    """Seconds after which a task is asked to end, and says why."""
    worker_concurrency: Annotated[int, Field(ge=1, le=64)] = 1
    worker_pool: Literal["prefork", "solo", "threads"] = "prefork"
    worker_autoscale: Annotated[str, Field(pattern=r"^\d+,\d+$")] | None = None
    """Most and fewest worker processes, as "4,1"; none leaves it at `worker_concurrency`."""

    @model_validator(mode="after")
    def _soft_before_hard(self) -> Self:
        if self.task_soft_time_limit > self.task_time_limit:
            raise ValueError("task_soft_time_limit must not be above task_time_limit")
        return self

    @model_validator(mode="after")
    def _most_before_fewest(self) -> Self:
        most, fewest = map(int, (self.worker_autoscale or "1,1").split(","))
        if most < 1 or fewest > most:
            raise ValueError('worker_autoscale must be the most and the fewest processes, as in "4,1"')
        return self


class StepSettings(_Section):
    """Which steps a job takes where its upload does not say."""

    trim_silence: bool = True
    add_subtitles: bool = True
    create_shorts: bool = True
    generate_titles: bool = True


class TranscriptionSettings(_Section):
    """The model that writes down what is said, and what it runs on; the names are faster-whisper's own."""

    model: str = "tiny.en"
    """`tiny.en` comes with the requirements; else the name of one that faster-whisper fetches once, or a folder with one."""
    device: Literal["cpu", "cuda", "auto"] = "cpu"
    compute_type: str = "int8"


class AdvisorSettings(_Section):
    """A language model that speaks OpenAI's chat completions and may put clips in order and word titles."""

    base_url: Annotated[str, Field(pattern=r"^https?://[^/\s]+\S*$")] | None = None
    """Nobody is asked where it is missing."""
    model: Annotated[str, Field(max_length=200)] | None = None
    key: Annotated[str, Field(max_length=1000)] | None = None

    @model_validator(mode="after")
    def _with_a_model(self) -> Self:
        if self.base_url and not self.model:
            raise ValueError("advisor.model (OPENAI_MODEL) must name the model to ask")
        return self

    @property
    def asked(self) -> Advisor | None:
        """Whom a job asks."""
        return Advisor(self.base_url, self.model, self.key or "") if self.base_url and self.model else None


class ServerSettings(_Section):
    """Where the web pages and the API are served."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    threads: Annotated[int, Field(ge=1, le=4096)] = 256
    """Requests served at a time; a slow upload holds one all along."""


class LimitSettings(_Section):
    """What is accepted, how much, and how long it is kept."""

    max_upload_mb: Annotated[int, Field(ge=1)] = 20_480
    max_duration_minutes: Annotated[int, Field(ge=1)] = 720
    max_queue: Annotated[int, Field(ge=1)] = 100
    """Tasks that may wait; the next one is refused for the time being."""
    reserve_mb: Annotated[int, Field(ge=0)] = 1_024
    """Disk space that no upload may use up; where it is used up, pieces of work of ended tasks go."""
    retention_hours: Annotated[int, Field(ge=0, le=_CENTURY_H)] = 168
    """After a task's end; then all its files go. 0 keeps them until somebody cleans up."""
    keep_work_hours: Annotated[int, Field(ge=0, le=_CENTURY_H)] = 24
    """After a task is done; then the pieces go that other captions and clips are quickly made from."""
    max_disk_gb: Annotated[float, Field(gt=0, le=1_000_000_000, allow_inf_nan=False)] | None = None
    """What the files of all tasks may take together; above it, pieces of work go, then results."""

    @property
    def retention(self) -> Retention:
        """How long, and how much, is kept of tasks that have ended."""
        most = None if self.max_disk_gb is None else int(self.max_disk_gb * _GB)
        return Retention(self.retention_hours * _HOUR_S or None, self.keep_work_hours * _HOUR_S, most)


class Settings(_Section):
    """All an operator may set; `config/master_config.json` is this, as JSON."""

    celery_config: CelerySettings = CelerySettings()
    data_folder: Folder = Path("data")
    """Everything we keep lies below it: uploads, work, results, Redis' files, logs."""
    input_folder: Folder = Path("input")
    """Uploads; below `data_folder` unless absolute."""
    output_folder: Folder = Path("output")
    """Results; below `data_folder` unless absolute."""
    pipeline_steps: StepSettings = StepSettings()
    trim: TrimParams = Field(default_factory=TrimParams)
    speech: SpeechParams = Field(default_factory=SpeechParams)
    captions: CaptionParams = Field(default_factory=CaptionParams)
    clips: ClipParams = Field(default_factory=ClipParams)
    level: LevelParams = Field(default_factory=LevelParams)
    encode: EncodeParams = Field(default_factory=EncodeParams)
    transcription: TranscriptionSettings = TranscriptionSettings()
    advisor: AdvisorSettings = AdvisorSettings()
    server: ServerSettings = ServerSettings()
    limits: LimitSettings = LimitSettings()

    @model_validator(mode="after")
    def _folders_apart(self) -> Self:
        if len({self.input, self.work, self.output}) < 3:
            raise ValueError("input_folder and output_folder must be two folders, neither of them “work” below data_folder")
        return self

    @property
    def data(self) -> Path:
        """The data folder, absolute."""
        return self.data_folder.absolute()

    @property
    def input(self) -> Path:
        """The folder of uploads, absolute."""
        return self.data / self.input_folder

    @property
    def work(self) -> Path:
        """The folder of work in progress, absolute."""
        return self.data / "work"

    @property
    def output(self) -> Path:
        """The folder of results, absolute."""
        return self.data / self.output_folder

    @property
    def rules(self) -> Rules:
        """What is accepted, and what a job is made with where its upload does not say otherwise."""
        steps, limits = self.pipeline_steps, self.limits
        return Rules(
            max_upload_bytes=limits.max_upload_mb * _MB,
            max_queue=limits.max_queue,
            reserve_bytes=limits.reserve_mb * _MB,
            retention=limits.retention,
            media=MediaLimits(max_duration_ms=limits.max_duration_minutes * 60_000),
            model=SpeechModel(**self.transcription.model_dump()),
            advisor=self.advisor.asked,
            defaults=Params(
                trim_silence=steps.trim_silence,
                add_subtitles=steps.add_subtitles,
                create_shorts=steps.create_shorts,
                generate_titles=steps.generate_titles,
                trim=self.trim,
                speech=self.speech,
                captions=self.captions,
                clips=self.clips,
                level=self.level,
                encode=self.encode,
            ),
        )


def load(file: Path = SETTINGS_FILE, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: a name is unknown or a value wrong; the sentence says where, which, and what would be right.
    """
    origins: dict[tuple[str, ...], str] = {}
    values = _from_file(file)
    for variable, keys, value in _from_environment(environment):
        for key in keys:
            _put(values, key, value)
            origins[key] = variable
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = tuple(str(part) for part in first["loc"])
        where = next((name for at, name in origins.items() if at[: len(key)] == key[: len(at)]), str(file))
        raise SettingsError(f"{where}: {'.'.join(key) or 'settings'}: {_remedy(first)}") from None


def _from_file(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    try:
        values = json.loads(file.read_text())
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(f"{file}: cannot be read as JSON: {error}") from None
    if not isinstance(values, dict):
        raise SettingsError(f"{file}: must hold a JSON object, as in {SETTINGS_FILE}")
    return values


def _from_environment(environment: Mapping[str, str]) -> list[tuple[str, tuple[tuple[str, ...], ...], Any]]:
    found: list[tuple[str, tuple[tuple[str, ...], ...], Any]] = []
    for variable, text in sorted(environment.items()):
        if variable.startswith(ENV_PREFIX):
            found.append((variable, (tuple(variable.removeprefix(ENV_PREFIX).lower().split("__")),), _value(text)))
    found += [(name, keys, environment[name]) for name, keys in SHORT_NAMES.items() if environment.get(name)]
    return found


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _put(values: dict[str, Any], key: tuple[str, ...], value: Any) -> None:
    for part in key[:-1]:
        inner = values.setdefault(part, {})
        if not isinstance(inner, dict):
            inner = values[part] = {}
        values = inner
    values[key[-1]] = value


def _remedy(problem: ErrorDetails) -> str:
    if problem["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return "there is no such setting; docs/configuration.md lists them all"
    return remedy(problem, secret=not _UNSHOWN.isdisjoint(problem["loc"]))
