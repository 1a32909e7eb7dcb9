"""The commands on keys: which there are, make one, take one away."""

from dataclasses import replace
from typing import Any

import click

from video_automation.access.keys import Key, digest, is_name, new_secret
from video_automation.access.quotas import Quotas
from video_automation.errors import SettingsError

_GB = 1_000_000_000


@click.group()
def keys() -> None:
    """Say who may use a service that listens on more than this machine."""


@keys.command("list")
def list_keys() -> None:
    """Show all keys; their secrets are not kept."""
    from video_automation import bootstrap  # noqa: PLC0415  # loads Flask and Celery

    given = bootstrap.settings()
    filed = bootstrap.key_file(given).keys()
    for key in (*given.access.keys, *filed):
        place = "" if key in filed else ", from the settings"
        click.echo(f"{key.name}: tasks of {key.owner}{', operator' if key.operator else ''}{_told(key.quotas)}{place}")
    if bootstrap.is_open(given, filed):
        click.echo("This service listens on this machine only, and opens without a key.")


@keys.command()
@click.argument("name")
@click.option("--owner", help="Whose tasks it opens; by itself, those of its name. Keys of one owner see the same tasks.")
@click.option("--operator", is_flag=True, help="It opens everybody's tasks, the log and the state of the system.")
@click.option("--films-a-day", type=click.IntRange(min=1), help="Videos its owner may upload in 24 hours.")
@click.option("--minutes-a-day", type=click.IntRange(min=1), help="Minutes of video its owner may have processed in 24 hours.")
@click.option("--gb-held", type=click.FloatRange(min=0, min_open=True), help="GB all files of its owner may take.")
@click.option("--waiting", type=click.IntRange(min=1), help="Tasks of its owner that may wait.")
def add(name: str, *, owner: str | None, operator: bool, gb_held: float | None, **bounds: Any) -> None:
    """Make a key and print it, this once."""
    from video_automation import bootstrap  # noqa: PLC0415  # loads Flask and Celery

    given, secret = bootstrap.settings(), new_secret()
    if name == bootstrap.FIRST_KEY:  # with which alone a service on this machine stays open
        raise SettingsError(f"{name} is what the key is called that the service makes by itself: choose another name.")
    quotas = replace(Quotas(**bounds), bytes_held=None if gb_held is None else int(gb_held * _GB))
    made = Key(name, owner or name, digest(secret), operator, quotas)
    if not (is_name(made.name) and is_name(made.owner)):
        raise SettingsError("Names have 1 to 64 letters, digits, dots, dashes and underscores.")

    def with_it(filed: tuple[Key, ...]) -> tuple[Key, ...]:
        if any(key.name == name for key in (*given.access.keys, *filed)):
            raise SettingsError(f"There is a key {name} already: choose another name, or remove that one first.")
        return (*filed, made)

    bootstrap.key_file(given).change(with_it)
    click.echo(secret)


@keys.command()
@click.argument("name")
def remove(name: str) -> None:
    """Take a key away: it opens nothing from now on, nor do the sessions that were begun with it."""
    from video_automation import bootstrap  # noqa: PLC0415  # loads Flask and Celery

    def without_it(filed: tuple[Key, ...]) -> tuple[Key, ...]:
        left = tuple(key for key in filed if key.name != name)
        if left == filed:
            raise SettingsError(f"No key {name} was made here. Keys of the settings are removed there.")
        return left

    bootstrap.key_file(bootstrap.settings()).change(without_it)
    click.echo(f"{name} opens nothing any more.")


def _told(quotas: Quotas) -> str:
    """The bounds of a key, as the end of a line."""
    bounds = {
        "videos a day": quotas.films_a_day,
        "minutes a day": quotas.minutes_a_day,
        "GB held": None if quotas.bytes_held is None else round(quotas.bytes_held / _GB, 3),
        "waiting": quotas.waiting,
    }
    return "".join(f", {what}: at most {most}" for what, most in bounds.items() if most is not None)
