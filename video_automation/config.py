"""Settings of the service: defaults, over them the settings file, over that the environment; unknown names are refused."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from video_automation.analysis.models.speech_model import SpeechModel
from video_automation.errors import SettingsError
from video_automation.jobs.policy.validation_messages import remedy
from video_automation.jobs.ports import Rules
from video_automation.media.probing.probe import MediaLimits
from video_automation.plan.choices import FONTS
from video_automation.plan.params import (
    CaptionParams,
    ClipParams,
    EncodeParams,
    LevelParams,
    LookParams,
    Params,
    SpeechParams,
    TrimParams,
)
from video_automation.sections import (
    SECRET,
    AccessSettings,
    AdvisorSettings,
    CelerySettings,
    Folder,
    LimitSettings,
    Section,
    ServerSettings,
    StepSettings,
    TranscriptionSettings,
    WebhookSettings,
)

SETTINGS_FILE = Path("config/master_config.json")
"""Where the settings file is, seen from the folder the service is started in."""
_MB = 1_000_000
ENV_PREFIX = "VIDEO_AUTOMATION__"
"""`VIDEO_AUTOMATION__<SECTION>__<KEY>` sets any key; its value is read as JSON where it is JSON, else as text."""
SHORT_NAMES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "REDIS_URL": (("celery_config", "broker_url"), ("celery_config", "result_backend")),
    "PORT": (("server", "port"),),
    "HOST": (("server", "host"),),
    "TRUSTED_PROXIES": (("server", "trusted_proxies"),),
    "DATA_FOLDER": (("data_folder",),),
    "API_KEYS": (("access", "api_keys"),),
    "ADMIN_KEY": (("access", "admin_key"),),
    "OPENAI_BASE_URL": (("advisor", "base_url"),),
    "OPENAI_API_KEY": (("advisor", "key"),),
    "OPENAI_MODEL": (("advisor", "model"),),
}
"""Well-known environment variables, and the keys each one sets."""


def _in_fonts_of_all(look: LookParams) -> LookParams:
    if look.font is not None and look.font not in FONTS:
        raise ValueError(f"font: a font for all is one of {', '.join(FONTS)}")
    return look


class Settings(Section):
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
    look: Annotated[LookParams, AfterValidator(_in_fonts_of_all)] = Field(default_factory=LookParams)
    level: LevelParams = Field(default_factory=LevelParams)
    encode: EncodeParams = Field(default_factory=EncodeParams)
    transcription: TranscriptionSettings = TranscriptionSettings()
    advisor: AdvisorSettings = AdvisorSettings()
    server: ServerSettings = ServerSettings()
    access: AccessSettings = AccessSettings()
    limits: LimitSettings = LimitSettings()
    webhooks: WebhookSettings = WebhookSettings()

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
            webhooks=self.webhooks.all,
            defaults=Params(
                trim_silence=steps.trim_silence,
                add_subtitles=steps.add_subtitles,
                create_shorts=steps.create_shorts,
                generate_titles=steps.generate_titles,
                trim=self.trim,
                speech=self.speech,
                captions=self.captions,
                clips=self.clips,
                look=self.look,
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
    return remedy(problem, secret=not SECRET.isdisjoint(problem["loc"]))
