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
    """The frame of the source."""
    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    """The shown parts of the frame, one below the other if there are several; empty for the whole frame."""
