"""What a person wants of a clip instead of what was decided."""

from dataclasses import dataclass

from video_automation.plan.choices import ClipStyleName, LayoutName


@dataclass(frozen=True, slots=True)
class Recut:
    """Wishes about one clip; what is None stays as it was decided. Times are of the source."""

    start_ms: int | None = None
    end_ms: int | None = None
    title: str | None = None
    style: ClipStyleName | None = None
    layout: LayoutName | None = None
