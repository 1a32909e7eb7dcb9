"""Results of steps, stored in a job's work folder for later attempts."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
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
    """The stored value with this key, or else the result of `make`, which is then stored; `saved` is called after that."""
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


def all_kept(folder: Path, kind: type[T]) -> tuple[T, ...]:
    """All values of this kind that are kept, whatever their keys, except those that this version cannot read."""
    adapter: TypeAdapter[T] = TypeAdapter(kind)
    values = []
    for file in sorted(folder.glob(f"{kind.__name__.lower()}-*.json")):
        with suppress(FileNotFoundError, ValidationError):
            values.append(adapter.validate_json(file.read_bytes()))
    return tuple(values)
