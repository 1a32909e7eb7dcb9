"""`python -m benchmarks [NAME...]` measures and prints. It compares within one run, since the load of machines varies."""

import sys
import tempfile
from pathlib import Path

from benchmarks import (
    captions,
    clips,
    drafts,
    editor,
    guessing,
    jobs,
    languages,
    long,
    paint,
    render,
    resumable,
    service,
    speakers,
    speech,
    sync,
)
from video_automation.plan.params import EncodeParams

ALL = {
    "start": service.start,
    "paint": paint.paint,
    "status": service.status,
    "guessing": guessing.guessing,
    "upload": service.upload,
    "pieces": resumable.speed,
    "pieces_killed": resumable.killed,
    "many": service.many,
    "render": lambda folder: render.lines(folder, minutes=5, preset=EncodeParams().preset),
    "sync": sync.sync,
    "cuts": drafts.cuts,
    "speed": jobs.speed,
    "precision": jobs.precision,
    "transcript": speech.transcript,
    "languages": languages.found,
    "behind": languages.behind,
    "invented": languages.invented,
    "speakers": speakers.told_apart,
    "cues": speech.cues,
    "whole": speech.whole,
    "rules": captions.rules,
    "clips": clips.chosen,
    "everything": clips.everything,
    "legible": captions.legible,
    "corrected": captions.corrected,
    "tasks": editor.tasks,
    "strikes": editor.strikes,
    "struck": editor.struck,
    "memory": jobs.memory,
    "long": long.long,
}
_BY_NAME_ONLY = "long"
"""The measurement that runs only when it is named: it takes hours."""


def main() -> None:
    names = sys.argv[1:] or [name for name in ALL if name != _BY_NAME_ONLY]
    unknown = [name for name in names if name not in ALL]
    if unknown:
        raise SystemExit(f"There is no benchmark {unknown[0]}; there are: {', '.join(ALL)}")
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            for line in ALL[name](Path(folder)):
                print(f"{name}: {line}", flush=True)


if __name__ == "__main__":
    main()
