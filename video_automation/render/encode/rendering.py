"""Renders a plan: has the missing segments made, and joins each video once its segments are finished."""

import logging
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.render.captions import fonts
from video_automation.render.captions.typefaces import with_uploaded
from video_automation.render.encode.assemble import assemble
from video_automation.render.encode.encoders import Encoder
from video_automation.render.encode.segments import CardSegment, PictureSegment, Segment, picture_name, segments
from video_automation.render.encode.standing import reused_file, stands

log = logging.getLogger(__name__)

_FOLDER = "units"
_PIXELS_OF_SOUND = 1280 * 720
"""In a frame as those by which the cost of sound is told."""


class Executor(Protocol):
    """Makes segments, several at a time: see `execution.executors`."""

    @property
    def encoder(self) -> Encoder:
        """By which it encodes pictures."""

    def run(
        self,
        wanted: Sequence[Segment],
        source: Path,
        tools: Tools,
        *,
        on_frames: Callable[[Segment, int], None],
        on_done: Callable[[Segment], None],
    ) -> None:
        """Makes all segments of the recording `source`, started in this order; their files appear whole in `tools.folder`.

        `on_frames` receives, from any thread, how many frames of a segment are done; `on_done` is called, in this thread, with
        each finished segment. The first error ends all and is raised.

        Raises:
            InputError: a part of the recording cannot be decoded.
            PipelineError: the first error of any segment; or the reason of `tools.stop`.
        """


def render_plan(
    plan: EditPlan,
    source: Path,
    tools: Tools,
    executor: Executor,
    *,
    on_made: Callable[[Rendition, Path], None],
    on_share: Callable[[float], None] = lambda _: None,
) -> None:
    """Makes all renditions of a plan; `on_made` receives each finished video, which is in `tools.folder`.

    A clip comes first, so that there is soon something to see, then the long video, then the other clips. Finished segments
    stay in a folder below `tools.folder` and are reused; the segments of finished videos are not made again. The executor works
    on any video that has work left. `on_share` receives, from any thread, the finished share of the work on all videos, 0 to 1.

    Raises: as `Executor.run`, and as `assemble`.
    """
    folder = tools.folder / _FOLDER
    folder.mkdir(exist_ok=True)
    named = [font for font in plan.params.brand.fonts if any(one.look.font == font.family for one in plan.renditions)]
    known = with_uploaded(named, tools.brand_file)
    wanted = {rendition.name: segments(plan, rendition, executor.encoder, fonts=known) for rendition in _by_turns(plan)}
    in_order = [segment for one in wanted.values() for segment in _heaviest_first(one)]
    made_of = {rendition.name: (rendition, [segment.id for segment in wanted[rendition.name]]) for rendition in plan.renditions}
    whole = {name for name, content in made_of.items() if stands(tools, name, content)}
    missing = [one for one in in_order if one.video not in whole and not (folder / one.file_name).exists()]
    if drawn := [one.captions for one in missing if isinstance(one, PictureSegment) and one.captions]:
        fonts.provide(folder, iter(drawn), known)
    logos = {one.logo.sha256 for one in missing if isinstance(one, PictureSegment) and one.logo}
    for digest in logos | {one.card.sha256 for one in missing if isinstance(one, CardSegment)}:
        shutil.copyfile(tools.brand_file(digest), folder / picture_name(digest))
    left = Counter(segment.video for segment in missing)
    log.info("%d of %d segments to make", len(missing), len(in_order))
    tally = _Tally(on_share, in_order, missing)
    renditions = {rendition.name: rendition for rendition in plan.renditions}

    def join(rendition: Rendition) -> None:
        name = rendition.name
        video = reused_file(tools, name, made_of[name], lambda: assemble(rendition, wanted[name], folder, tools))
        on_made(rendition, video)

    def made(segment: Segment) -> None:
        tools.saved()
        tally.made(segment)
        left[segment.video] -= 1
        if not left[segment.video]:
            join(renditions[segment.video])

    for rendition in plan.renditions:
        if not left[rendition.name]:
            join(rendition)
    executor.run(missing, source, tools.within(folder), on_frames=tally.heard, on_done=made)


def _by_turns(plan: EditPlan) -> tuple[Rendition, ...]:
    shorts = tuple(rendition for rendition in plan.renditions if rendition.kind == "short")
    return (*shorts[:1], *(rendition for rendition in plan.renditions if rendition.kind == "main"), *shorts[1:])


def _heaviest_first(wanted: tuple[Segment, ...]) -> list[Segment]:
    """The segments in the order to begin them: sound first (it takes longest), then the heaviest."""
    return sorted(wanted, key=lambda segment: (segment.kind != "sound", -segment.weight))


class _Tally:
    """Adds up the progress of several encoders; never counts backwards."""

    def __init__(self, on_share: Callable[[float], None], wanted: Sequence[Segment], missing: Sequence[Segment]) -> None:
        self._lock = threading.Lock()
        self._on_share = on_share
        self._all = sum(map(_cost, wanted))
        self._already = self._all - sum(map(_cost, missing))
        self._done: dict[str, int] = {}

    def heard(self, segment: Segment, frames: int) -> None:
        """Notes how many frames of a segment are done."""
        self._note(segment, _cost(segment) * frames // max(1, segment.frames))

    def made(self, segment: Segment) -> None:
        """Notes that a segment is done."""
        self._note(segment, _cost(segment))

    def _note(self, segment: Segment, done: int) -> None:
        with self._lock:
            self._done[segment.id] = max(done, self._done.get(segment.id, 0))
            self._on_share((self._already + sum(self._done.values())) / self._all)


def _cost(segment: Segment) -> int:
    """Roughly what it costs, in encoded pixels: a frame of a clip may have twice those of the long video."""
    return segment.frames * segment.width * segment.height if segment.kind == "picture" else segment.weight * _PIXELS_OF_SOUND
