"""Tells what a file is, or why it cannot be used; it is read in a short-lived restricted process."""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import BoundedSemaphore

from pydantic import TypeAdapter

from video_automation.errors import InputError, LimitError, TooLargeError, ToolError, TransientError, UnsupportedError
from video_automation.media.command import MAX_PIXELS
from video_automation.media.facts import Found, Problem, Refusal
from video_automation.media.lead import tried
from video_automation.media.program import Limits, Tools
from video_automation.media.python import run_python
from video_automation.plan.source import Source

log = logging.getLogger(__name__)

_CHILD = Path(__file__).with_name("probe_child.py")
_FACTS: TypeAdapter[Found | Refusal] = TypeAdapter(Found | Refusal)
_MEMORY = 2 << 30
_SECONDS = 25
_BYTES_PER_SECOND = 40 << 20
"""A slow disk: larger files are given more time."""
_FIRST_PACKETS = 2000
_CHECKS_AT_A_TIME = 4
"""Each usually holds 60 MB, and at most `_MEMORY`; uploads may end by the hundred."""
_CHECKS = BoundedSemaphore(_CHECKS_AT_A_TIME)
_LONGEST_WAIT_S = 30.0
"""For a place among those that are looked at; waiting holds a thread of the service."""
_SMALLEST_PX, _LARGEST_PX = 16, 16_384
"""Of a side: x264 takes none that is larger, and less is no picture."""
_HASHED = 1 << 20

_READABLE = "MP4, MOV, MKV, WebM, AVI, MPEG, FLV, WMV, Ogg"
_REFUSALS: dict[Problem, tuple[type[InputError], str]] = {
    "not_a_film": (
        UnsupportedError,
        f"This is not a film that can be read here ({_READABLE}; sound alone is no film), or a recording that was broken off.",
    ),
    "no_picture": (UnsupportedError, "This file has no picture, only sound or nothing at all; a film is needed."),
    "unsupported_codec": (UnsupportedError, "This film is encoded in a way that cannot be read here ({detail})."),
    "unsupported_colours": (
        UnsupportedError,
        "This video's colours are marked as {detail}, which cannot be shown rightly here. Export it in BT.709 (Rec. 709, SDR).",
    ),
    "encrypted": (InputError, "This film is encrypted (copy protected) and cannot be read."),
    "unreadable": (InputError, "This film is damaged: none of its picture could be read."),
    "too_many_pixels": (TooLargeError, "The picture of this film is too large ({detail} pixels)."),
    "too_many_streams": (TooLargeError, "This file has too many tracks ({detail})."),
    "too_many_pictures": (TooLargeError, "This film has too many pictures ({detail})."),
    "needs_mending": (InputError, "The clock of this recording leaps in a way that cannot be put right."),
}


@dataclass(frozen=True, slots=True)
class MediaLimits:
    """What a film may be at most."""

    max_duration_ms: int = 12 * 3_600_000
    max_pixels: int = MAX_PIXELS
    """Width times height, as stored and as shown."""
    max_streams: int = 64
    max_rate: int = 480
    """Pictures a second. Telephones and action cameras record slow motion at up to 400."""
    max_pictures: int = 12 * 3600 * 120


def probe(tools: Tools, path: Path, *, name: str, limits: MediaLimits) -> Source:
    """What a film is, from all of its packets; `name` is what its user calls it.

    Raises:
        InputError: it cannot be used; the sentence says why.
        PipelineError: as `media.run`, of our own doing.
    """
    found = _read(tools, path, limits, packets=0)
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
        found.pauses,
    )
    return tried(replace(tools, readable=(path,)), path, source, found.doubt) if found.doubt else source


def check(tools: Tools, path: Path, *, limits: MediaLimits) -> None:
    """Refuses, within seconds whatever its size, what its first packets show to be no film, or its header to be too long.

    Only `probe` knows how long it really is. A few files are looked at at a time; the others wait.

    Raises: as `probe` and `turn`.
    """
    with turn(_CHECKS):
        found = _read(tools, path, limits, packets=_FIRST_PACKETS)
    _check_length(found.claimed_ms, limits)


@contextmanager
def turn(places: BoundedSemaphore) -> Iterator[None]:
    """One of so many places for the block, once one is free.

    Raises:
        TransientError: none became free in half a minute.
    """
    if not places.acquire(timeout=_LONGEST_WAIT_S):
        raise TransientError("Many films are being looked at just now. Try again in a moment.", code="busy")
    try:
        yield
    finally:
        places.release()


def content_id(path: Path) -> str:
    """A hash of a file's size, its first and its last mebibyte: cheap for any size, different for different recordings."""
    size = path.stat().st_size
    digest = hashlib.blake2b(str(size).encode(), digest_size=16)
    with path.open("rb") as file:
        digest.update(file.read(_HASHED))
        file.seek(max(0, size - _HASHED))
        digest.update(file.read(_HASHED))
    return digest.hexdigest()


def _read(tools: Tools, path: Path, limits: MediaLimits, *, packets: int) -> Found:
    size = path.stat().st_size
    if not size:
        raise InputError("This file is empty.", code="empty")
    seconds = _SECONDS + size // _BYTES_PER_SECOND
    own = Limits(memory=_MEMORY, file_size=0, cpu_s=seconds, wall_s=seconds)
    numbers = (limits.max_pixels, limits.max_streams, limits.max_rate, limits.max_pictures, packets)
    try:
        said = run_python(replace(tools, readable=(path,), limits=own), _CHILD, str(path.absolute()), *map(str, numbers))
        facts = _FACTS.validate_json(said)
    except LimitError as error:
        raise InputError("Reading this file takes too much time or memory.", code="too_slow") from error
    except ToolError as error:
        if error.exit_status > 0:  # an exception: a bug of ours
            raise
        log.warning("the probe of %s crashed: %s", path, error)
        raise _refused(Refusal("unreadable")) from error
    if isinstance(facts, Refusal):
        log.info("refused: %s %s", facts.problem, facts.detail)
        raise _refused(facts)
    return _checked(facts, limits)


def _check_length(duration_ms: int, limits: MediaLimits) -> None:
    if duration_ms > limits.max_duration_ms:
        longest = limits.max_duration_ms // 60_000
        raise TooLargeError(f"This film lasts {duration_ms // 60_000} minutes; at most {longest} are allowed.", code="too_long")


def _checked(found: Found, limits: MediaLimits) -> Found:
    picture = found.picture
    sides = (picture.width, picture.height, picture.display_width, picture.display_height)
    if max(sides[0] * sides[1], sides[2] * sides[3]) > limits.max_pixels or max(sides) > _LARGEST_PX:
        raise _refused(Refusal("too_many_pixels", f"{picture.display_width} x {picture.display_height}"))
    if min(picture.display_width, picture.display_height) < _SMALLEST_PX:
        raise InputError(
            f"The picture of this film is smaller than {_SMALLEST_PX} x {_SMALLEST_PX} pixels.", code="too_few_pixels"
        )
    return found


def _refused(refusal: Refusal) -> InputError:
    kind, sentence = _REFUSALS[refusal.problem]
    return kind(sentence.format(detail=refusal.detail), code=refusal.problem)
