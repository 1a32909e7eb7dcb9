"""`python -m benchmarks.chaos [NAME...]` harms a service and reports; exits with 1 if a promise was broken."""

import argparse
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from random import Random

from benchmarks.chaos.cancels import cancels
from benchmarks.chaos.crowd import crowd
from benchmarks.chaos.disks import disks
from benchmarks.chaos.kills import kills
from benchmarks.chaos.outages import outages
from benchmarks.chaos.rows import Trial
from benchmarks.chaos.stops import stops

ALL = {
    "kills": (kills, 60),
    "cancels": (cancels, 20),
    "stops": (stops, 10),
    "outages": (outages, 10),
    "disks": (disks, 10),
    "crowd": (crowd, 200),
}
"""The trials, each with how often it does harm (`crowd`: how many videos it uploads)."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(ALL)}; all of them where none is named")
    parser.add_argument("--seed", type=int, default=1, help="the same one gives the same moments")
    parser.add_argument("--count", type=int, help="do each so many times instead")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="work in this folder and leave all there")
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in ALL]
    if unknown:
        parser.error(f"there is no {unknown[0]}; there are: {', '.join(ALL)}")
    met = True
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as folder:
        for name in given.names or ALL:
            harm, count = ALL[name]
            for row in harm(Trial(Path(folder), Random(f"{given.seed} {name}"), given.count or count)):
                print(f"{name}: {row}", flush=True)
                met = met and row.met
    sys.exit(not met)


if __name__ == "__main__":
    main()
