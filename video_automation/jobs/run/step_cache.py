"""Results that are kept in a job's work folder, so that an attempt that goes on from another does not look twice."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from video_automation.media.atomic_files import write_atomically

T = TypeVar("T")


def kept(
    folder: Path,
    kind: type[T],
    key: tuple[str | int | None, ...],
    make: Callable[[], T],
    *,
    saved: Callable[[], None] = lambda: None,
) -> T:
    """The value of this kind that was kept under this key, or else what `make` gives, which is kept then, as `saved` hears."""
    adapter: TypeAdapter[T] = TypeAdapter(kind)
    digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()[:16]
    file = folder / f"{kind.__name__.lower()}-{digest}.json"
    try:
        return adapter.validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        value = make()
    write_atomically(adapter.dump_json(value), file)
    saved()
    return value
