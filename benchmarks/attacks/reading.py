"""Attacks on the readers alone: the quick check of an upload, then the whole probe at the start of a task."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.attacks.attack import Attack, seeds, video
from benchmarks.attacks.guards import Witness, leaked, secrets
from benchmarks.attacks.heavy import heavy
from benchmarks.attacks.lying import cut_off, lying, no_videos, two_in_one
from benchmarks.attacks.mutants import mutants
from benchmarks.attacks.pointing import pointing
from benchmarks.chaos.processes import processes
from benchmarks.chaos.rows import Row, Trial, none_of, note, within
from video_automation.errors import InputError
from video_automation.jobs.ports import Rules
from video_automation.local import process_file
from video_automation.media.probing.probe import MediaLimits, check, probe
from video_automation.media.program import Tools
from video_automation.plan.params import Params

ANSWERED_WITHIN_S = 30.0
_MEMORY_MB = 20
_AT_A_TIME = 2
_OF_WHICH_MADE = 25
_RULES = Rules(defaults=replace(Params(), add_subtitles=False, create_shorts=False, generate_titles=False))
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """How an attack ended: "video" if it was accepted, else the code of the refusal, or what went wrong."""

    name: str
    seconds: float
    said: str
    right: bool


def pointed(trial: Trial) -> Iterator[Row]:
    """Files that refer to other files or addresses."""
    text, secret = secrets(trial.folder / "secrets")
    with Witness() as witness:
        yield from _rows(trial, "pointing", lambda folder: pointing(folder, text, secret, witness.port))
        yield none_of("connections and packets", witness.called())
    yield none_of("files with a secret in them", leaked([trial.folder / "pointing-work"], ours=()))


def crafted(trial: Trial) -> Iterator[Row]:
    """Files that are heavy, that lie, that are cut off, that are no video."""
    yield from _rows(trial, "heavy", heavy)
    yield from _rows(trial, "lying", lying)
    yield from _rows(trial, "none", no_videos)
    yield from _rows(trial, "two-in-one", two_in_one)
    whole = trial.folder / "whole"
    whole.mkdir()
    videos = tuple(video(whole / name, "-movflags", "+faststart") for name in ("a.mp4",))
    videos += tuple(video(whole / name) for name in ("b.mkv", "c.ts"))
    yield from _rows(trial, "cut-off", lambda folder: cut_off(videos, folder))


def mutated(trial: Trial) -> Iterator[Row]:
    """Randomly changed videos of each container. Some of them are processed as a whole."""
    sound = seeds(trial.folder / "seeds")
    yield from _rows(trial, "mutants", lambda folder: mutants(sound, folder, trial.chance, trial.count))
    again = trial.folder / "again"
    again.mkdir()
    some = mutants(sound, again, Random(str(trial.chance.random())), trial.count // _OF_WHICH_MADE)
    ends = [_made(attack, trial.folder / "made") for attack in some]
    note(f"made: {Counter(ends).most_common()}")
    yield none_of("mutants made: ended wrongly", tuple(end for end in ends if " " in end))
    yield none_of("mutants made: scratch left", tuple(path.name for path in trial.folder.rglob(".video-automation-*")))


def _made(attack: Attack, folder: Path) -> str:
    """Processes a video as a whole; gives "video", the code it ended with, or what went wrong."""
    try:
        process_file(attack.file, folder, _RULES, report=lambda _: None)
    except InputError as error:
        return error.code
    except Exception as error:  # noqa: BLE001  # which one is what is looked for
        return f"{attack.file.name}: {type(error).__name__} {str(error)[-400:]}"
    return "video"


def _rows(trial: Trial, name: str, make: Callable[[Path], Iterator[Attack]]) -> Iterator[Row]:
    """The results of these attacks: each file is made, read and removed."""
    folder, work = trial.folder / name, trial.folder / f"{name}-work"
    folder.mkdir()
    work.mkdir()
    attacks, answers, before = make(folder), list[Answer](), 0
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        while batch := list(islice(attacks, _BATCH)):
            answers += pool.map(lambda attack: _answer(attack, work), batch)
            before = before or _memory_mb()
            for attack in batch:
                attack.file.unlink(missing_ok=True)
            note(f"{name}: {len(answers)} read, {_memory_mb()} MB")
    note(f"{name}: {Counter(answer.said for answer in answers).most_common()}")
    slowest = sorted(answers, key=lambda answer: -answer.seconds)[:3]
    note(f"{name}: slowest {', '.join(f'{one.name} {one.seconds:.1f} s' for one in slowest)}")
    yield within(f"{name}: each answered", tuple(answer.seconds for answer in answers), ANSWERED_WITHIN_S)
    yield none_of(f"{name}: wrong answers", tuple(f"{answer.name}: {answer.said}" for answer in answers if not answer.right))
    yield none_of(f"{name}: files left", tuple(path.name for path in work.rglob("*") if path.is_file()))
    yield none_of(f"{name}: programs left", tuple(" ".join(one.words)[:80] for one in processes() if one.parent == os.getpid()))
    grown = _memory_mb() - before
    yield Row(f"{name}: memory kept", f"{grown} MB", f"{_MEMORY_MB} MB", grown <= _MEMORY_MB)


def _answer(attack: Attack, work: Path) -> Answer:
    began = time.monotonic()
    said, right = _said(attack, Tools(work, (attack.file,)))
    return Answer(attack.file.name, time.monotonic() - began, said, right)


def _said(attack: Attack, tools: Tools) -> tuple[str, bool]:
    limits = MediaLimits()
    try:
        check(tools, attack.file, limits=limits)
        probe(tools, attack.file, name=attack.file.name, limits=limits)
    except InputError as error:
        return error.code, error.sentence.endswith(".") and str(attack.file.parent) not in error.sentence
    except Exception as error:  # noqa: BLE001  # which one is what is looked for
        return f"{type(error).__name__} {str(error)[-300:]}", False
    return "video", attack.wanted != "refused"


def _memory_mb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024
