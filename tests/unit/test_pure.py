"""A pure test cannot start processes or open sockets."""

import multiprocessing
import socket
import subprocess
from collections.abc import Callable

import pytest

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    "what",
    [
        lambda: subprocess.run(["true"], check=True),
        lambda: multiprocessing.get_context("fork").Process(target=print).start(),
        lambda: socket.create_connection(("127.0.0.1", 9)),
    ],
    ids=["program", "process", "socket"],
)
def test_it_fails_at_the_first_try(what: Callable[[], object]) -> None:
    with pytest.raises(pytest.fail.Exception, match="marked `pure`"):
        what()
