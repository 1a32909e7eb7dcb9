"""The commands on speech models: which there are, fetch one."""

from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from video_automation import config
from video_automation.analysis.models.speech_model import model_on_disk
from video_automation.jobs.policy.job_params import knowing
from video_automation.sections import TranscriptionSettings

_HEADS = ("", "model", "size", "memory", "knows", "quality", "speed", "where")
_MB = 1_000_000


@click.group(invoke_without_command=True)
@click.option("--measure/--no-measure", default=True, help="Measure how fast those on this machine are: some seconds each.")
@click.pass_context
def models(context: click.Context, *, measure: bool) -> None:
    """Show the speech models, and which is in use: the setting transcription.model."""
    if context.invoked_subcommand:
        return
    rows = [_HEADS, *(_row(one, config.load().transcription, measure=measure) for one in _listed(config.load().transcription))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@models.command()
@click.argument("name")
def get(name: str) -> None:
    """Fetch a speech model, by its name or that of its repository, and check it; goes on where it was cut off."""
    from video_automation.analysis.models.model_shelf import fetch  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None)
        folder = fetch(name, lambda there, total: bar.update(task, completed=there, total=total))
    click.echo(f"{name} is in {folder}. To use it: VIDEO_AUTOMATION__TRANSCRIPTION__MODEL={name}")


@dataclass(frozen=True, slots=True)
class _Listed:
    """A model as it is listed: what is known of it before it is here."""

    name: str
    size: str = ""
    memory: str = ""
    quality: str = ""


def _listed(settings: TranscriptionSettings) -> list[_Listed]:
    from video_automation.analysis.models.model_shelf import KNOWN_MODELS  # noqa: PLC0415

    known = [_Listed(one.name, f"{one.megabytes:,} MB", f"{one.memory_mb:,} MB", one.quality) for one in KNOWN_MODELS]
    return known if settings.model in {one.name for one in known} else [_Listed(settings.model), *known]


def _row(model: _Listed, settings: TranscriptionSettings, *, measure: bool) -> tuple[str, ...]:
    folder = model_on_disk(model.name)
    used = "*" if model.name == settings.model else ""
    size = f"{_size(folder):,} MB" if folder else model.size
    speed = _speed(folder, settings) if folder and measure else ""
    where = str(folder) if folder else f"video-automation models get {model.name}"
    return (used, model.name, size, model.memory, knowing(model.name).told, model.quality, speed, where)


def _size(folder: Path) -> int:
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / _MB)


def _speed(folder: Path, settings: TranscriptionSettings) -> str:
    from video_automation.analysis.models.model_speed import times_real_time  # noqa: PLC0415

    return f"{times_real_time(folder, settings.device, settings.compute_type):.1f} x"
