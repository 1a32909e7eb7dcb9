"""`python -m benchmarks.recorded VIDEO SERIES.json [BUSY]` records how a default job gets on, for the tests of the time left.

BUSY programs that do nothing but count keep the machine busy meanwhile. Twice a second the series has the seconds since the job
began, and the report then: its stage, the seconds done, and those in all; and the job's extent, whenever more of it was known.
"""

import json
import sys
import threading
import time
from dataclasses import astuple, replace
from pathlib import Path
from subprocess import Popen

from video_automation.bootstrap import settings
from video_automation.jobs.run.pipeline import run_pipeline
from video_automation.jobs.run.progress import Report
from video_automation.jobs.run.steps import STEPS, Extent
from video_automation.local import scratch_work

_EVERY_S = 0.5


def recorded(video: Path) -> dict[str, list[list[object]]]:
    """The series of a default job."""
    rules, began, over = settings().rules, time.monotonic(), threading.Event()
    extents: list[list[object]] = []
    samples: list[list[object]] = []
    last = Report(STEPS[0].name)

    def seconds() -> float:
        return round(time.monotonic() - began, 1)

    def expected(extent: Extent) -> None:
        extents.append([seconds(), *(round(value, 2) for value in astuple(extent))])

    def told(report: Report) -> None:
        nonlocal last
        last = report

    def watch() -> None:
        while not over.wait(_EVERY_S):
            samples.append([seconds(), last.stage, round(last.done, 2), round(last.total, 2)])

    with scratch_work(video, None, rules, told) as work:
        watching = threading.Thread(target=watch)
        watching.start()
        try:
            run_pipeline(replace(work, expected=expected))
        finally:
            over.set()
            watching.join()
    return {"extents": extents, "samples": [*samples, [seconds(), "end", 0, 0]]}


def main() -> None:
    video, file, *busy = sys.argv[1:]
    counting = [Popen([sys.executable, "-c", "while True: pass"]) for _ in range(int(busy[0]) if busy else 0)]
    try:
        series = recorded(Path(video))
    finally:
        for one in counting:
            one.kill()
            one.wait()
    lines = ('"' + name + '": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in series.items())
    Path(file).write_text("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    main()
