"""What a person wants of a clip instead of what was decided."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Recut:
    """Wishes about one clip; what is None stays as it was decided. Times are of the source."""

    start_ms: int | None = None
    end_ms: int | None = None
    title: str | None = None
    style: Literal["pop", "box", "plain"] | None = None
    layout: Literal["auto", "crop", "fit", "stack"] | None = None
