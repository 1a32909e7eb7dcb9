"""One still picture made from a source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the displayed picture, in even pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Still:
    """A frame of the source as a picture of its own."""

    name: str
    """The file's name in the task's output folder: safe in any file system."""
    frame: int
    """Of the source."""
    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    """What of the frame is shown: one, or several one below the other; none for the whole frame."""
