"""The command line: the engine without a server, and the services."""

import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from video_automation import __version__, config, logs
from video_automation.errors import InputError, PipelineError, SettingsError
from video_automation.jobs.policy.job_params import asked, with_terms
from video_automation.jobs.policy.options import DESCRIBED, ONLINE, OPTIONS, SWITCHES
from video_automation.jobs.ports import Rules
from video_automation.jobs.run.progress import Report
from video_automation.key_commands import keys
from video_automation.model_commands import models
from video_automation.plan.edit import EditPlan, plan_json

EXIT_WRONG_USE, EXIT_UNUSABLE_INPUT, EXIT_TOOL_FAILED, EXIT_INTERRUPTED = 2, 3, 4, 130


def main(arguments: list[str] | None = None) -> NoReturn:
    """Runs a command and ends the process: 0 done, 2 wrong use, 3 unusable input, 4 a tool failed, 130 interrupted."""
    try:
        cli.main(arguments, prog_name="video-automation", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except PipelineError as error:
        click.echo(f"{error.sentence} [{error.code}]", err=True)
        sys.exit(_exit_code(error))
    sys.exit(0)


def _exit_code(error: PipelineError) -> int:
    if isinstance(error, SettingsError) or error.code in ("unknown_option", "wrong_option", "unknown_language"):
        return EXIT_WRONG_USE
    return EXIT_UNUSABLE_INPUT if isinstance(error, InputError) else EXIT_TOOL_FAILED


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def cli() -> None:
    """Turn long recordings into trimmed, levelled videos, on this machine."""


def _job_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command one option for each thing about a job that can be tuned."""
    for name in reversed([name for name in OPTIONS if name not in ONLINE]):
        flag = name.replace("_", "-")
        if name in SWITCHES:
            option = click.option(f"--{flag}/--no-{flag}", name, default=None, help=DESCRIBED[name])
        else:
            option = click.option(f"--{flag}", name, metavar="VALUE", help=DESCRIBED[name])
        command = option(command)
    return command


@cli.command()
@click.argument("videos", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the results.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest of each video as a line of JSON; no progress bar.")
@_job_options
def process(videos: tuple[Path, ...], output: Path, *, as_json: bool, **options: Any) -> None:
    """Process videos; several get a folder each, named after them, and one that cannot be used does not stop the others."""
    logs.start_logging(None, level=logging.WARNING)
    rules = _rules(options)
    refused = 0
    for video, folder in zip(videos, _folders(videos, output), strict=True):
        try:
            _process(video, folder, rules, as_json=as_json)
        except InputError as error:
            if len(videos) == 1:
                raise
            click.echo(f"{video}: {error.sentence} [{error.code}]", err=True)
            refused += 1
    if refused:
        sys.exit(EXIT_UNUSABLE_INPUT)


def _process(video: Path, folder: Path, rules: Rules, *, as_json: bool) -> None:
    from video_automation import local  # noqa: PLC0415  # loads the analysis

    with _bar(video.name, quiet=as_json) as report:
        manifest = local.process_file(video, folder, rules, report=report)
    if as_json:
        click.echo(json.dumps(asdict(manifest)))
        return
    seconds = manifest.stats.removed_ms / 1000
    click.echo(f"{folder / manifest.output_filename}: {seconds:.1f} s removed in {manifest.stats.cuts} cuts")
    for remark in manifest.remarks:
        click.echo(remark)


@cli.command()
@click.argument("video", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the whole plan as JSON (docs/plan-format.md).")
@_job_options
def plan(video: Path, *, as_json: bool, **options: Any) -> None:
    """Show what would be cut; nothing is rendered."""
    from video_automation import local  # noqa: PLC0415  # loads the analysis

    with _bar(video.name, quiet=as_json) as report:
        decided = local.plan_file(video, _rules(options), report=report)
    if as_json:
        click.echo(plan_json(decided))
    else:
        _show(decided)


@cli.command()
def doctor() -> None:
    """Say what is missing on this machine, and how to get it."""
    from video_automation import bootstrap  # noqa: PLC0415
    from video_automation.doctor import checks  # noqa: PLC0415

    found = list(checks(bootstrap.settings()))
    for check in found:
        click.echo(f"{'ok     ' if check.ok else 'MISSING'}  {check.name:<12} {check.fact}")
        if not check.ok:
            click.echo(f"         {'':<12} {check.remedy}")
    if not all(check.ok for check in found if check.needed):
        raise SettingsError("Something this service needs is missing.")


@cli.command()
def start() -> None:
    """Start Redis where none answers, a worker and the web server; stop them with Ctrl-C."""
    from video_automation import bootstrap  # noqa: PLC0415

    def ready(address: str, first_key: str | None) -> None:
        click.echo(f"Video Automation is ready: {address}")
        if first_key:
            click.echo(_first_key(address, first_key))

    sys.exit(bootstrap.run_services(ready))


@cli.command()
@click.option("--reload", is_flag=True, help="Start anew when the code changes; for development.")
def serve(*, reload: bool) -> None:
    """Start the web server alone."""
    from video_automation import bootstrap  # noqa: PLC0415

    bootstrap.run_web(lambda address, key: click.echo(_first_key(address, key)), reload=reload)


@cli.command()
def worker() -> None:
    """Start a worker alone."""
    from video_automation import bootstrap  # noqa: PLC0415  # loads Celery

    sys.exit(bootstrap.run_worker())


@cli.command()
@click.option("--wait", is_flag=True, help="Return when everything has ended.")
def drain(*, wait: bool) -> None:
    """Have what `start` runs finish the tasks at work, take no others, and end."""
    from video_automation import bootstrap  # noqa: PLC0415

    if bootstrap.drain_services(wait=wait):
        click.echo(
            "Everything has ended." if wait else "The tasks at work are finished, no others are begun; then everything ends."
        )
    else:
        raise SettingsError("Nothing runs in this data folder.")


cli.add_command(keys)
cli.add_command(models)


@cli.command()
def version() -> None:
    """Print the version."""
    click.echo(__version__)


def _first_key(address: str, key: str) -> str:
    """What is said of the key that was made because the service had none."""
    return (
        f"Others can reach it, so it opens with a key. Sign in: {address}/sign-in?key={key}\n"
        "This is printed once. In a container or behind a proxy, put the address others use in the place of this one.\n"
        "Keys for others: video-automation keys add NAME"
    )


def _rules(options: dict[str, Any]) -> Rules:
    """The rules of the settings in force, with these options over their defaults."""
    given = {name: str(value) for name, value in options.items() if value is not None}
    rules = config.load().rules
    params = asked(rules, given)
    return replace(rules, defaults=with_terms(params, params.speech.glossary, rules.defaults.speech.glossary))


def _folders(videos: tuple[Path, ...], output: Path) -> Iterator[Path]:
    """Where the results of each video go: several get a folder each, named after them, numbered where names are the same."""
    before = Counter[str]()
    for video in videos:
        before[video.stem] += 1
        number = f"-{before[video.stem]}" if before[video.stem] > 1 else ""
        yield output / f"{video.stem}{number}" if len(videos) > 1 else output


@contextmanager
def _bar(name: str, *, quiet: bool) -> Iterator[Callable[[Report], None]]:
    """A progress bar on standard error where that is a terminal; gives what to tell it."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task(name, total=1.0)
        yield lambda report: bar.update(task, completed=report.whole, description=report.sentence)


def _show(decided: EditPlan) -> None:
    for rendition in decided.renditions:
        timeline = rendition.timeline
        click.echo(f"{rendition.name}: {len(timeline.spans)} parts, {float(timeline.frames / timeline.rate):.2f} s in all")
        for span in timeline.spans:
            click.echo(f"  {float(span.start / timeline.rate):10.3f} s  to {float(span.end / timeline.rate):10.3f} s")
    for remark in decided.remarks:
        click.echo(remark)
