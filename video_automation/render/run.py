"""Renders: makes the units of a rendition that are still missing, several at a time, and joins them."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path

from video_automation.errors import InputError, JobCancelledError, PipelineError, ToolError
from video_automation.media.run import Tools, run
from video_automation.media.stop import Stop
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.time import ms_at
from video_automation.render import fonts, picture, sound
from video_automation.render.assemble import assemble
from video_automation.render.units import Unit, units

log = logging.getLogger(__name__)

_LISTEN_S = 0.25


def render(
    plan: EditPlan,
    rendition: Rendition,
    source: Path,
    tools: Tools,
    *,
    workers: int,
    on_frames: Callable[[int], None] = lambda _: None,
) -> Path:
    """Makes a rendition; gives its film, `rendition.name` in `tools.folder`, which appears whole.

    Finished units stay in the folder `units` below `tools.folder` and are not made again. `workers` encoders run at a
    time, each with one thread. `on_frames` hears, from any thread, how many frames of the rendition are done in all.

    Raises:
        InputError: a part of the source cannot be decoded.
        PipelineError: the first error of any unit, which ends the others; or the reason of `tools.stop`.
        Others as `media.run.run`.
    """
    folder = tools.folder / "units"
    folder.mkdir(exist_ok=True)
    wanted = units(plan, rendition)
    missing = [unit for unit in wanted if not (folder / unit.file_name).exists()]
    if any(unit.captions for unit in missing):
        fonts.provide(folder)
    log.info("%s: %d of %d units to make", rendition.name, len(missing), len(wanted))
    tally = _Tally(on_frames, sum(u.span.length for u in wanted if u.kind == "picture" and u not in missing))

    def make(unit: Unit, inner: Tools) -> None:
        if unit.kind == "sound":
            sound.make(plan, unit, source, inner)
        else:
            _make_picture(plan, unit, source, inner, tally.of(unit))

    _in_parallel(make, missing, replace(tools, folder=folder), workers)
    return assemble(rendition, wanted, folder, tools)


def _make_picture(plan: EditPlan, unit: Unit, source: Path, tools: Tools, on_frames: Callable[[int], None]) -> None:
    captions = tools.folder / unit.script_name
    if unit.captions:
        captions.write_text(unit.captions, "utf-8")
        tools = replace(tools, readable=(*tools.readable, *fonts.OF_THE_MACHINE))
    try:
        run(tools, picture.command(plan.source, unit, source), on_frames=on_frames)
    except ToolError as error:
        if error.exit_status:
            raise
        timeline = unit.rendition.timeline
        place = ms_at(timeline.source_frame(unit.span.start), timeline.rate) // 1000
        raise InputError(
            f"The picture cannot be decoded from {place // 60}:{place % 60:02} on.", code="undecodable_picture"
        ) from error
    finally:
        captions.unlink(missing_ok=True)
    on_frames(unit.span.length)


def _in_parallel(make: Callable[[Unit, Tools], None], missing: list[Unit], tools: Tools, workers: int) -> None:
    """Makes all units, sound first (it takes longest), then the heaviest; the first error ends all and is raised."""
    ordered = sorted(missing, key=lambda unit: (unit.kind != "sound", -unit.weight))
    inner = replace(tools, stop=Stop())  # an error in here ends our own programs, not the whole job
    with ThreadPoolExecutor(workers, thread_name_prefix="render") as pool:
        open_work: set[Future[None]] = {pool.submit(copy_context().run, make, unit, inner) for unit in ordered}
        try:
            while open_work:
                done, open_work = wait(open_work, timeout=_LISTEN_S, return_when=FIRST_EXCEPTION)
                for future in done:
                    future.result()
                tools.stop.check()
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
                total = self._already + sum(self._done.values())
            self._on_frames(total)

        return heard
