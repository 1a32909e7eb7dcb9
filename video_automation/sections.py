"""The sections of the settings: their keys, defaults and bounds."""

from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, IPvAnyNetwork, model_validator

from video_automation.access.keys import Key, is_guessable, key_from_text
from video_automation.access.repositories import Rate, Rates
from video_automation.errors import RequestError
from video_automation.jobs.housekeeping.retention import Retention
from video_automation.jobs.ports import Advisor
from video_automation.jobs.webhooks.addresses import check_webhook_url
from video_automation.jobs.webhooks.job_events import EventType
from video_automation.jobs.webhooks.receivers import Receiver, Webhooks
from video_automation.jobs.webhooks.signing import signing_key

ADMIN = "admin"
"""What the key `access.admin_key` is called, and the owner of its tasks."""
_GB = 1_000_000_000
_HOUR_S = 3600
_CENTURY_H = 876_000
SECRET = frozenset(("key", "access", "broker_url", "result_backend", "base_url", "webhooks"))
"""Sections and keys that are secrets, or may hold one: what is wrong with them is told without them."""


class Section(BaseModel):
    """A part of the settings, which knows its keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _redis_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        named = parts.scheme in ("redis", "rediss") and parts.netloc and unquote(url).isprintable() and (parts.port or True)
    except ValueError:
        named = False
    if not named:
        raise ValueError("it must look like redis://localhost:6379/0, or rediss:// for TLS")
    return url


def _folder(path: Path) -> Path:
    if "\0" in str(path):
        raise ValueError("it is no path")
    try:
        return path.expanduser()
    except RuntimeError:
        raise ValueError("nobody on this machine has such a home folder") from None


RedisUrl = Annotated[str, AfterValidator(_redis_url)]
Folder = Annotated[Path, AfterValidator(_folder)]


class CelerySettings(Section):
    """How tasks reach workers, and how a worker works; the names are Celery's own."""

    broker_url: RedisUrl = "redis://localhost:6379/0"
    result_backend: RedisUrl = "redis://localhost:6379/0"
    task_time_limit: Annotated[int, Field(ge=1)] = 1800
    """Seconds after which a task is ended regardless."""
    task_soft_time_limit: Annotated[int, Field(ge=1)] = 1500
    """Seconds after which a task is handed on to the next one, or fails where nothing was finished."""
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


class StepSettings(Section):
    """Which steps a job takes where its upload does not say."""

    trim_silence: bool = True
    add_subtitles: bool = True
    create_shorts: bool = True
    generate_titles: bool = True


class TranscriptionSettings(Section):
    """The model that writes down what is said, and what it runs on; the names are faster-whisper's own."""

    model: str = "base"
    """`base` comes with the requirements; else the name of one that faster-whisper fetches once, or a folder with one."""
    device: Literal["cpu", "cuda", "auto"] = "cpu"
    compute_type: str = "int8"


class AdvisorSettings(Section):
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


def _texts(value: object) -> object:
    """A list, also where it is written as a text with commas, as environment variables have it."""
    return [text.strip() for text in value.split(",") if text.strip()] if isinstance(value, str) else value


def _written(value: object) -> object:
    """A text, which alone is read as an address: `ipaddress` takes numbers too, and `false` for one."""
    if not isinstance(value, str):
        raise ValueError("it must be an address or a network, as a text")  # noqa: TRY004  # what pydantic refuses by
    return value


NetworkList = Annotated[tuple[Annotated[IPvAnyNetwork, BeforeValidator(_written)], ...], BeforeValidator(_texts)]
"""Addresses and networks, also as one text with commas."""


def _signing_secret(text: str) -> str:
    signing_key(text)
    return text


SigningSecret = Annotated[str, AfterValidator(_signing_secret)]


class ServerSettings(Section):
    """Where the web pages and the API are served."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    threads: Annotated[int, Field(ge=1, le=4096)] = 1024
    """Requests each of two processes serves at a time; an upload holds one all along. Threads are made when they are needed."""
    trusted_proxies: NetworkList = ()
    """Addresses or networks of proxies in front: who asks, and whether by TLS, is believed of them alone."""

    @property
    def is_local(self) -> bool:
        """Whether this machine alone reaches the service: no proxy hands on what others ask."""
        return is_loopback(self.host) and not self.trusted_proxies


def is_loopback(host: str) -> bool:
    """Whether a host's name or address leads to this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class AccessSettings(Section):
    """Who may use the service, and how often."""

    api_keys: Annotated[tuple[str, ...], BeforeValidator(_texts)] = ()
    """Keys besides those of `video-automation keys`: each a secret, or `name:secret`."""
    admin_key: str | None = None
    """The secret of a key that sees the tasks of everybody, the log and the system."""
    uploads_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 60
    """Of one key, and of one address."""
    requests_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 1200
    wrong_keys_per_minute: Annotated[int, Field(ge=1, le=10_000)] = 10
    """Of one address."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys that are set here. Raises ValueError, without the secret, where one cannot be a key."""
        admin = (replace(key_from_text(f"{ADMIN}:{self.admin_key}"), operator=True),) if self.admin_key else ()
        return (*admin, *map(key_from_text, self.api_keys))

    @property
    def guessable(self) -> int:
        """How many of the keys that are set here are so short that somebody may guess them."""
        given = [text.strip().partition(":")[2] or text.strip() for text in self.api_keys]
        return sum(map(is_guessable, (*given, *filter(None, (self.admin_key,)))))

    @model_validator(mode="after")
    def _each_a_key(self) -> Self:
        names = [key.name for key in self.keys]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise ValueError(f"there are two keys of the name {twice!r}")
        return self

    @property
    def rates(self) -> Rates:
        """How often who may do what."""
        return Rates(Rate(self.uploads_per_minute), Rate(self.requests_per_minute), Rate(self.wrong_keys_per_minute))


class ReceiverSettings(Section):
    """A place that hears of every task."""

    url: str
    secret: SigningSecret
    events: tuple[EventType, ...] = ()
    """Which events it hears of; all where none is named."""


class WebhookSettings(Section):
    """Who is told what becomes of tasks."""

    receivers: tuple[ReceiverSettings, ...] = ()
    """Who hears of every task."""
    upload_secret: SigningSecret | None = None
    """Lets an upload name a URL of its own, and signs what is sent there."""
    private_networks: NetworkList = ()
    """Addresses or networks that are not public, and that webhooks may be sent to."""

    @property
    def all(self) -> Webhooks:
        """Whom jobs are told to."""
        receivers = tuple(Receiver(one.url, one.secret, one.events) for one in self.receivers)
        return Webhooks(receivers, self.upload_secret, self.private_networks)

    @model_validator(mode="after")
    def _each_reachable_and_once(self) -> Self:
        urls = [one.url for one in self.receivers]
        if len(set(urls)) < len(urls):
            raise ValueError("two receivers have the same URL")
        for url in urls:
            try:
                check_webhook_url(url, self.private_networks)
            except RequestError as error:
                raise ValueError(error.sentence) from None
        return self


class LimitSettings(Section):
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
