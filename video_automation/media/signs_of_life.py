"""How a Python program of ours that reads for minutes shows its progress: by blank lines before the JSON it prints.

`media.python.run_python` notices them; JSON parsers ignore them. They come with the data read, never by the clock alone: a
program that hangs prints none.
"""

import sys
import time

_EVERY_S = 1.0


class Signs:
    """Prints a blank line, at most once a second, when more was read."""

    def __init__(self) -> None:
        self._said_at = -_EVERY_S

    def more(self) -> None:
        """Call this whenever more was read."""
        now = time.monotonic()
        if now - self._said_at >= _EVERY_S:
            self._said_at = now
            sys.stdout.write("\n")
            sys.stdout.flush()
