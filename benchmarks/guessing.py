"""Measures whether a user notices that somebody at the same address tries a hundred keys a second."""

import threading
import time
from collections import Counter
from pathlib import Path

import requests

from benchmarks.service import bearer, running

_SECONDS, _A_SECOND, _GUESSERS = 10, 100, 10
_LONG, _SHORT = "a-key-as-long-as-those-we-make", "short-one"


def guessing(folder: Path) -> list[str]:
    """The responses to the user before and during the attack, and those to the attacker."""
    with running(folder, API_KEYS=f"ann:{_LONG},bob:{_SHORT}") as (address, _, _):
        _asked(address, _SHORT, 0.5)
        before = _asked(address, _LONG, 3)
        over, answers = threading.Event(), Counter[int]()
        guessers = [threading.Thread(target=_guess, args=(address, n, over, answers)) for n in range(_GUESSERS)]
        for guesser in guessers:
            guesser.start()
        time.sleep(0.5)
        long, short = _asked(address, _LONG, _SECONDS / 2), _asked(address, _SHORT, _SECONDS / 2)
        over.set()
        for guesser in guessers:
            guesser.join()
    said = ", ".join(f"{count} x {status}" for status, count in sorted(answers.items()))
    return [
        f"before {before}; during: with a long key {long}, with a short one used there before {short}; to the guesser {said}"
    ]


def _asked(address: str, key: str, seconds: float) -> str:
    """Sends 20 requests a second as the user; tells how many succeeded, and within how many milliseconds."""
    waits, right = [], 0
    with requests.Session() as session:
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            began = time.monotonic()
            right += session.get(f"{address}/tasks", headers=bearer(key), timeout=10).status_code == 200
            waits.append(1000 * (time.monotonic() - began))
            time.sleep(max(0.0, 0.06 - (time.monotonic() - began)))
    waits.sort()
    return f"{right} of {len(waits)} right, 99 % within {waits[int(0.99 * (len(waits) - 1))]:.0f} ms"


def _guess(address: str, number: int, over: threading.Event, answers: Counter[int]) -> None:
    """Tries keys, half of them in the header and half on the page."""
    with requests.Session() as session:
        tried = 0
        while not over.wait(_GUESSERS / _A_SECOND):
            tried += 1
            key = f"guess-{number}-{tried}"
            if tried % 2:
                answer = session.get(f"{address}/tasks", headers=bearer(key), timeout=10)
            else:
                answer = session.post(f"{address}/sign-in", data={"key": key}, timeout=10)
            answers[answer.status_code] += 1
