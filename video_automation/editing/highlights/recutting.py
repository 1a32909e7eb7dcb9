"""Clips as a person wants them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from video_automation.errors import RequestError
from video_automation.plan.clip import LONGEST_MS, Clip
from video_automation.plan.recut import Recut


def recut(clips: Sequence[Clip], wishes: Mapping[str, Recut], *, source_ms: int) -> tuple[Clip, ...]:
    """The clips, with what is wished for in place of what was decided.

    Raises:
        RequestError: one would end before it starts, lie outside the source, or last longer than ten minutes.
    """
    return tuple(_with(clip, wishes[clip.name], source_ms) if clip.name in wishes else clip for clip in clips)


def _with(clip: Clip, wish: Recut, source_ms: int) -> Clip:
    wanted = replace(clip, **{name: value for name, value in asdict(wish).items() if value is not None})
    if not 0 <= wanted.start_ms < wanted.end_ms <= source_ms:
        raise RequestError(
            f"A clip starts before it ends, and lies within the recording's {source_ms / 1000:.1f} seconds.", code="wrong_clip"
        )
    if wanted.end_ms - wanted.start_ms > LONGEST_MS:
        raise RequestError("A clip lasts ten minutes at most.", code="wrong_clip")
    return wanted
