"""How a Python program of ours that reads for minutes shows that it gets further: by blank lines before the JSON it prints.

`media.python.run_python` hears them; to whoever reads JSON they are nothing. They come with what is read, never by the clock
alone: of a program that hangs there are none.
"""

import sys
import time

_EVERY_S = 1.0


class Signs:
    """Says at most once a second that something more was read."""

    def __init__(self) -> None:
        self._said_at = -_EVERY_S

    def more(self) -> None:
        """Something more was read."""
        now = time.monotonic()
        if now - self._said_at >= _EVERY_S:
            self._said_at = now
            sys.stdout.write("\n")
            sys.stdout.flush()
