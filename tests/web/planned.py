"""The plan of a task with two clips, and the parts of a plan that tests compare."""

from typing import Any

from video_automation.plan.clip import Clip
from video_automation.plan.packaging import Chapter, Packaging, Title

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nOther words.\n"
CLIPS = (
    Clip("short_01", 1000, 5000, "The press", 77, id="1000-5000"),
    Clip("short_02", 5000, 9000, "In Mainz", 60, id="5000-9000"),
)
NEXT = Clip("", 2000, 8000, "The printing press", 50, id="2000-8000")
PACKAGING = Packaging(
    (Title("The printing press", 80, "Names it."),),
    "About the press.",
    ("#press",),
    (Chapter(0, "Start"), Chapter(4000, "Mainz")),
)


def texts(plan: dict[str, Any]) -> list[str]:
    return [word["text"] for word in plan["words"]]


def stretches(plan: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(cut["start_ms"], cut["end_ms"], cut["reason"]) for cut in plan["cuts"]]
