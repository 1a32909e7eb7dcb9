"""The executors of segments, and the one in use.

To add one, write its class here and have `executor` give it: no other code knows its name.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from video_automation.errors import JobCancelledError, PipelineError
from video_automation.execution.segment_making import make_segment
from video_automation.media.cancellation import Stop
from video_automation.media.program import Tools
from video_automation.render.encode.encoders import CHOSEN, Encoder
from video_automation.render.encode.rendering import Executor
from video_automation.render.encode.segments import Segment

_LISTEN_S = 0.25


@dataclass(frozen=True, slots=True)
class LocalPool:
    """Makes segments on this machine: so many single-threaded programs at a time, or fewer if the encoder allows fewer."""

    workers: int
    encoder: Encoder = CHOSEN

    def run(
        self,
        wanted: Sequence[Segment],
        source: Path,
        tools: Tools,
        *,
        on_frames: Callable[[Segment, int], None],
        on_done: Callable[[Segment], None],
    ) -> None:
        """Makes segments as `Executor.run` says."""
        inner = replace(tools, stop=Stop())  # an error in here ends our own programs, not the whole job
        with ThreadPoolExecutor(self.encoder.at_once(self.workers), thread_name_prefix="render") as pool:
            open_work: dict[Future[None], Segment] = {
                pool.submit(copy_context().run, make_segment, segment, source, inner, partial(on_frames, segment)): segment
                for segment in wanted
            }
            try:
                while open_work:
                    done, _ = wait(open_work, timeout=_LISTEN_S, return_when=FIRST_COMPLETED)
                    tools.stop.check()
                    for future in done:
                        future.result()
                        on_done(open_work.pop(future))
            except BaseException as error:
                for future in open_work:
                    future.cancel()
                inner.stop.set(error if isinstance(error, PipelineError) else JobCancelledError("Another segment failed."))
                raise


def executor(workers: int, encoder: Encoder = CHOSEN) -> Executor:
    """The executor in use; `workers` programs may encode at a time."""
    return LocalPool(workers, encoder)
