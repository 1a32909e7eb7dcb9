"""Renders a plan: makes the units that are still missing, several at a time, and joins each video once its units are there."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from pathlib import Path

from video_automation.errors import JobCancelledError, PipelineError, ToolError
from video_automation.media.cancellation import Stop
from video_automation.media.ffmpeg import run
from video_automation.media.program import Tools
from video_automation.media.refusing.refusals import undecodable
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import ms_at
from video_automation.render.captions import fonts
from video_automation.render.encode import levelled_sound, picture
from video_automation.render.encode.assemble import assemble
from video_automation.render.encode.encoders import CHOSEN
from video_automation.render.encode.standing import standing
from video_automation.render.encode.units import Unit, units

log = logging.getLogger(__name__)

_LISTEN_S = 0.25


def render(
    plan: EditPlan,
    source: Path,
    tools: Tools,
    *,
    workers: int,
    on_made: Callable[[Rendition, Path], None],
    on_frames: Callable[[int], None] = lambda _: None,
) -> None:
    """Makes all renditions of a plan; `on_made` hears of each video, which is in `tools.folder`, when it is whole.

    A clip comes first, so that there is something to see soon, then the long video, then other clips. Finished units stay in
    the folder `units` below `tools.folder` and are not made again. `workers` encoders run at a time, or as many as the
    encoder allows, on whichever video has work left. `on_frames` hears, from any thread, how many frames of all videos are
    done.

    Raises:
        InputError: a part of the source cannot be decoded.
        PipelineError: the first error of any unit, which ends the others; or the reason of `tools.stop`.
        Others as `media.ffmpeg.run`.
    """
    folder = tools.folder / "units"
    folder.mkdir(exist_ok=True)
    wanted = {rendition.name: units(plan, rendition) for rendition in _by_turns(plan)}
    in_order = [unit for one in wanted.values() for unit in _heaviest_first(one)]
    missing = [unit for unit in in_order if not (folder / unit.file_name).exists()]
    if any(unit.captions for unit in missing):
        fonts.provide(folder, (unit.captions for unit in missing))
    left = Counter(unit.rendition.name for unit in missing)
    log.info("%d of %d units to make", len(missing), len(in_order))
    tally = _Tally(on_frames, sum(map(_frames, in_order)) - sum(map(_frames, missing)))

    def join(rendition: Rendition) -> None:
        own = wanted[rendition.name]
        content = (rendition, [unit.id for unit in own])
        on_made(rendition, standing(tools, rendition.name, content, lambda: assemble(rendition, own, folder, tools)))

    def made(unit: Unit) -> None:
        tools.saved()
        left[unit.rendition.name] -= 1
        if not left[unit.rendition.name]:
            join(unit.rendition)

    for rendition in plan.renditions:
        if not left[rendition.name]:
            join(rendition)
    _in_parallel(partial(_make, plan, source, tally), missing, replace(tools, folder=folder), CHOSEN.at_once(workers), made)


def _by_turns(plan: EditPlan) -> tuple[Rendition, ...]:
    shorts = tuple(rendition for rendition in plan.renditions if rendition.kind == "short")
    return (*shorts[:1], *(rendition for rendition in plan.renditions if rendition.kind == "main"), *shorts[1:])


def _heaviest_first(wanted: tuple[Unit, ...]) -> list[Unit]:
    """The units in the order to begin them: sound first (it takes longest), then the heaviest."""
    return sorted(wanted, key=lambda unit: (unit.kind != "sound", -unit.weight))


def _frames(unit: Unit) -> int:
    return unit.span.length if unit.kind == "picture" else 0


def _make(plan: EditPlan, source: Path, tally: "_Tally", unit: Unit, tools: Tools) -> None:
    if unit.kind == "sound":
        levelled_sound.make(plan, unit, source, tools)
    else:
        _make_picture(plan, unit, source, tools, tally.of(unit))


def _make_picture(plan: EditPlan, unit: Unit, source: Path, tools: Tools, on_frames: Callable[[int], None]) -> None:
    captions = tools.folder / unit.script_name
    if unit.captions:
        captions.write_text(unit.captions, "utf-8")
        tools = replace(tools, readable=(*tools.readable, *fonts.OF_PACKAGES, *fonts.OF_THE_MACHINE))
    try:
        run(tools, picture.command(plan.source, unit, source), on_frames=on_frames)
    except ToolError as error:
        if error.exit_status:
            raise
        timeline = unit.rendition.timeline
        raise undecodable(ms_at(timeline.source_frame(unit.span.start), timeline.rate)) from error
    finally:
        captions.unlink(missing_ok=True)
    on_frames(unit.span.length)


def _in_parallel(
    make: Callable[[Unit, Tools], None], missing: list[Unit], tools: Tools, workers: int, made: Callable[[Unit], None]
) -> None:
    """Makes all units in this order, and tells of each that is; the first error ends all and is raised."""
    inner = replace(tools, stop=Stop())  # an error in here ends our own programs, not the whole job
    with ThreadPoolExecutor(workers, thread_name_prefix="render") as pool:
        open_work: dict[Future[None], Unit] = {pool.submit(copy_context().run, make, unit, inner): unit for unit in missing}
        try:
            while open_work:
                done, _ = wait(open_work, timeout=_LISTEN_S, return_when=FIRST_COMPLETED)
                tools.stop.check()
                for future in done:
                    future.result()
                    made(open_work.pop(future))
        except BaseException as error:
            for future in open_work:
                future.cancel()
            inner.stop.set(error if isinstance(error, PipelineError) else JobCancelledError("Another unit failed."))
            raise


class _Tally:
    """Adds up what several encoders say they have done; never counts backwards."""

    def __init__(self, on_frames: Callable[[int], None], already: int) -> None:
        self._lock = threading.Lock()
        self._on_frames = on_frames
        self._already = already
        self._done: dict[str, int] = {}

    def of(self, unit: Unit) -> Callable[[int], None]:
        """Who hears how many frames of a unit are done."""

        def heard(frames: int) -> None:
            with self._lock:
                self._done[unit.id] = max(frames, self._done.get(unit.id, 0))
                self._on_frames(self._already + sum(self._done.values()))

        return heard
