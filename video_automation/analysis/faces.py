"""Finds faces in small pictures, in a process of its own."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from video_automation.media.program import Tools
from video_automation.media.python import conversing

_CHILD = Path(__file__).with_name("faces_child.py")
_LEAST_CONFIDENCE = 40
"""Percent of confidence; detections below this were never faces."""
_PICTURES_EACH = 300
"""Pictures after which the process is replaced: the network leaks some 0.2 MB for each."""


class DetectedFace(NamedTuple):
    """A face in a small picture, in that picture's pixels, and the network's confidence in percent."""

    x: int
    y: int
    width: int
    height: int
    confidence: int


@contextmanager
def detector(tools: Tools, width: int, height: int) -> Iterator[Callable[[NDArray[np.uint8]], list[DetectedFace]]]:
    """A function that returns the faces in a picture of shape (height, width, 3), in RGB, from left to right.

    Raises:
        ToolError, PipelineError: as `media.python.conversing`.
    """
    with ExitStack() as process:
        left = 0
        ask: Callable[[bytes], bytes]

        def faces(picture: NDArray[np.uint8]) -> list[DetectedFace]:
            nonlocal ask, left
            if not left:
                process.close()
                ask, left = process.enter_context(conversing(tools, _CHILD, str(width), str(height))), _PICTURES_EACH
            left -= 1
            boxes = (DetectedFace(*box) for box in json.loads(ask(picture.tobytes())))
            return sorted(found for found in boxes if found.confidence >= _LEAST_CONFIDENCE)

        yield faces
