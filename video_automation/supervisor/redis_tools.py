"""`redis-server` and `redis-cli` for machines without them: the packaged server, and a small client."""

import os
import sys

import click

from video_automation.errors import PipelineError
from video_automation.supervisor.redis_command import RedisAddress, RefusedError, Reply, redis_address, send_command
from video_automation.supervisor.redis_server import find, system_program


def redis_server_main() -> None:
    """Replaces this process by the Redis server, with the same arguments."""
    try:
        program = str(find())
    except PipelineError as error:
        sys.exit(f"redis-server: {error}")
    os.execv(program, [program, *sys.argv[1:]])


def redis_cli_main() -> None:
    """Replaces this process by the system's `redis-cli`; where there is none, sends one command and prints the answer."""
    program = system_program("redis-cli") or system_program("valkey-cli")
    if program:
        os.execv(program, [str(program), *sys.argv[1:]])
    _client()


@click.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}, add_help_option=False)
@click.option("-h", "host", default="127.0.0.1", help="The server's host.")
@click.option("-p", "port", type=int, default=6379, help="The server's port.")
@click.option("-n", "database", type=int, default=0, help="The number of the database.")
@click.option("-u", "url", help="All of these at once, as redis://user:password@host:port/database.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def _client(host: str, port: int, database: int, url: str | None, command: tuple[str, ...]) -> None:
    """Sends one COMMAND to a Redis server and prints its answer."""
    try:
        at = redis_address(url) if url else RedisAddress(host, port, database)
        click.echo(reply_text(send_command(at, *command, timeout_s=5)))
    except RefusedError as error:
        raise click.ClickException(str(error)) from None
    except PipelineError as error:
        raise click.ClickException(error.sentence) from None


def reply_text(reply: Reply) -> str:
    """An answer as `redis-cli` writes it to a pipe: one line for each text or number, an empty one for nothing."""
    if isinstance(reply, list):
        return "\n".join(reply_text(part) for part in reply)
    return reply.decode(errors="replace") if isinstance(reply, bytes) else "" if reply is None else str(reply)
