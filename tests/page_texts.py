"""What the pages say in English, as templates and scripts have it."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

WEB = Path(__file__).parents[1] / "video_automation" / "web"
_TEXT = r'"((?:[^"\\]|\\.)*)"'
_SAID = re.compile(rf"(?<![\w.])_\({_TEXT}")
_COUNTED = re.compile(rf"\bseveral\(.*?, {_TEXT}, {_TEXT}")


@cache
def sources() -> tuple[str, ...]:
    """The templates and our scripts."""
    scripts = (file for file in (WEB / "static").rglob("*.js") if "vendor" not in file.parts)
    return tuple(file.read_text() for file in (*(WEB / "templates").glob("*.html"), *scripts))


def said() -> Iterator[str]:
    """The sentences, as the keys of their translations."""
    yield from (text for source in sources() for text in _SAID.findall(source))


def counted() -> Iterator[tuple[str, str]]:
    """The sentences about a number: for one, and for several."""
    yield from (pair for source in sources() for pair in _COUNTED.findall(source))
