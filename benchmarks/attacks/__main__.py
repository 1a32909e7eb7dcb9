"""`python -m benchmarks.attacks [NAME...]` sends hostile videos; exits with 1 if one came further than it may."""

import argparse
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from random import Random

from benchmarks.attacks.reading import crafted, mutated, pointed
from benchmarks.attacks.serving import served
from benchmarks.chaos.rows import Trial

ALL = {"pointed": pointed, "crafted": crafted, "mutated": mutated, "served": served}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(ALL)}; all of them where none is named")
    parser.add_argument("--seed", type=int, default=1, help="the same one gives the same videos")
    parser.add_argument("--count", type=int, default=2000, help="how many videos are changed by chance")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="work in this folder and leave all there")
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in ALL]
    if unknown:
        parser.error(f"there is no {unknown[0]}; there are: {', '.join(ALL)}")
    met = True
    with nullcontext(given.keep) if given.keep else tempfile.TemporaryDirectory() as folder:
        for name in given.names or ALL:
            place = Path(folder) / name
            place.mkdir(parents=True)
            for row in ALL[name](Trial(place, Random(f"{given.seed} {name}"), given.count)):
                print(f"{name}: {row}", flush=True)
                met = met and row.met
    sys.exit(not met)


if __name__ == "__main__":
    main()
