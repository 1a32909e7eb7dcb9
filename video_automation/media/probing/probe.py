"""Finds out what a file is, or why it cannot be used, by reading it in a short-lived restricted process."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore

from pydantic import TypeAdapter

from video_automation.errors import InputError, LimitError, TooLargeError, ToolError, TransientError
from video_automation.media.command import MAX_PIXELS
from video_automation.media.probing.named_tracks import check_named
from video_automation.media.probing.probe_result import ProbeResult, Refusal
from video_automation.media.program import Limits, Tools
from video_automation.media.python import run_python
from video_automation.media.refusing.refusals import refusal_error
from video_automation.plan.source.recording import Source

log = logging.getLogger(__name__)

VERSION = 8
"""Raise this when the probe finds something else in the same file: files are then probed anew."""
_CHILD = Path(__file__).with_name("probe_child.py")
_FACTS: TypeAdapter[ProbeResult | Refusal] = TypeAdapter(ProbeResult | Refusal)
_MEMORY = 2 << 30
_SECONDS = 25
_BYTES_PER_SECOND = 40 << 20
"""The speed of a slow disk: larger files are given more time."""
_FIRST_PACKETS = 2000
_CHECKS_AT_A_TIME = 4
"""Each check usually holds 60 MB, at most `_MEMORY`; hundreds of uploads may end at once."""
CHECKS = BoundedSemaphore(_CHECKS_AT_A_TIME)
LONGEST_WAIT_S = 30.0
"""Seconds to wait for a free place among the checks; a waiting upload holds a thread of the service."""
_SMALLEST_PX, _LARGEST_PX = 16, 16_384
"""Limits of width and height: x264 encodes nothing larger, and smaller pictures show nothing."""
_HASHED = 1 << 20


@dataclass(frozen=True, slots=True)
class MediaLimits:
    """The limits of a video."""

    max_duration_ms: int = 12 * 3_600_000
    max_pixels: int = MAX_PIXELS
    """Width times height, as stored and as shown."""
    max_streams: int = 64
    max_rate: int = 480
    """Pictures a second. Telephones and action cameras record slow motion at up to 400."""
    max_pictures: int = 12 * 3600 * 120


def probe(tools: Tools, path: Path, *, name: str, limits: MediaLimits, tracks: tuple[int, ...] = ()) -> Source:
    """The properties of a video, from all of its packets; `name` is its user's name for it, `tracks` are those its user chose.

    Raises:
        InputError: the video cannot be used; the sentence says why.
        RequestError: it does not have these tracks.
        PipelineError: as `media.ffmpeg`, by our own fault.
    """
    found = _read(tools, path, limits, tracks, packets=0)
    _check_length(found.duration_ms, limits)
    source = Source(
        content_id(path),
        name,
        found.container,
        found.duration_ms,
        found.picture,
        found.sound,
        found.start_us,
        found.timecode,
        found.reel,
        found.pictures,
        found.pauses,
        cover=found.cover,
    )
    if found.doubt is None:
        return source
    from video_automation.media.pictures.lead import tried  # noqa: PLC0415  # with numpy, which the web process does without

    return tried(replace(tools, readable=(path,)), path, source, found.doubt)


def check(
    tools: Tools, path: Path, *, limits: MediaLimits, tracks: tuple[int, ...] = (), patience_s: float | None = None
) -> None:
    """Refuses a file, within seconds whatever its size, if its first packets are no video or its header says it is too long.

    Only `probe` knows the true length. A few files are checked at a time; the others wait, as in `turn`.

    Raises: as `probe` and `turn`.
    """
    with turn(CHECKS, patience_s=patience_s):
        found = _read(tools, path, limits, tracks, packets=_FIRST_PACKETS)
    _check_length(found.claimed_ms, limits)


@contextmanager
def turn(places: BoundedSemaphore, *, patience_s: float | None = None) -> Iterator[None]:
    """Holds one of the `places` during the block, once one is free.

    Raises:
        TransientError: none became free within `patience_s` seconds, by default half a minute.
    """
    if not places.acquire(timeout=LONGEST_WAIT_S if patience_s is None else patience_s):
        raise TransientError("Many videos are being looked at just now. Try again in a moment.", code="busy")
    try:
        yield
    finally:
        places.release()


def content_id(path: Path) -> str:
    """A hash of a file's size, first and last mebibyte: cheap for any size, different for different recordings."""
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    with path.open("rb") as file:
        digest.update(file.read(_HASHED))
        file.seek(max(0, size - _HASHED))
        digest.update(file.read(_HASHED))
    return digest.hexdigest()


def _read(tools: Tools, path: Path, limits: MediaLimits, tracks: tuple[int, ...], *, packets: int) -> ProbeResult:
    size = path.stat().st_size
    if not size:
        raise InputError(
            "This file is empty: nothing of it has arrived. Copy or export it again, and upload that.", code="empty"
        )
    seconds = _SECONDS + size // _BYTES_PER_SECOND
    own = Limits(memory=_MEMORY, file_size=0, cpu_s=seconds, wall_s=seconds)
    numbers = (limits.max_pixels, limits.max_streams, limits.max_rate, limits.max_pictures, packets)
    try:
        wanted = ",".join(map(str, tracks))
        told = (str(path.absolute()), wanted, *map(str, numbers))
        said = run_python(replace(tools, readable=(path,), limits=own), _CHILD, *told)
        facts = _FACTS.validate_json(said)
    except LimitError as error:
        sentence = "Reading this file takes more time or memory than it may. Convert it to MP4 and upload that."
        raise InputError(sentence, code="too_slow") from error
    except ToolError as error:
        if error.exit_status > 0:  # an exception: a bug of ours
            raise
        log.warning("the probe of %s crashed: %s", path, error)
        raise refusal_error(Refusal("unreadable"), path) from error
    if isinstance(facts, Refusal):
        log.info("refused: %s %s", facts.problem, facts.detail)
        raise refusal_error(facts, path)
    check_named(facts, tracks)
    return _checked(facts, path, limits)


def _check_length(duration_ms: int, limits: MediaLimits) -> None:
    if duration_ms > limits.max_duration_ms:
        longest = limits.max_duration_ms // 60_000
        sentence = f"This video lasts {duration_ms // 60_000} minutes; at most {longest} are allowed. Upload it in parts."
        raise TooLargeError(sentence, code="too_long")


def _checked(found: ProbeResult, path: Path, limits: MediaLimits) -> ProbeResult:
    picture = found.picture
    sides = (picture.width, picture.height, picture.display_width, picture.display_height)
    if max(sides[0] * sides[1], sides[2] * sides[3]) > limits.max_pixels or max(sides) > _LARGEST_PX:
        raise refusal_error(Refusal("too_many_pixels", f"{picture.display_width} x {picture.display_height}"), path)
    if min(picture.display_width, picture.display_height) < _SMALLEST_PX:
        sentence = f"The picture of this video is smaller than {_SMALLEST_PX} x {_SMALLEST_PX} pixels. Export it larger."
        raise InputError(sentence, code="too_few_pixels")
    return found
