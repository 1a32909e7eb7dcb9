"""Takes a recording in as a job does, renders all of it, and tells which frames and clicks come out."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from films import click_times, read_numbers
from heard import heard_of
from plans import QUICK, rendered

from video_automation.media.footage import take_in
from video_automation.media.probe import MediaLimits, check, probe
from video_automation.media.program import Tools
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.source import Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in, and the file that is read from then on."""

    source: Source
    path: Path

    def frames(self, *spans: tuple[int, int]) -> list[int]:
        """The numbers of the frames that come out of these spans, or of all."""
        return read_numbers(self._made(*spans))

    def clicks(self) -> list[float]:
        """When the clicks of all of it are heard, in seconds."""
        picture = self.source.picture
        return click_times(heard_of(self.path, (0, float(picture.frames / picture.rate)), source=self.source))

    def _made(self, *spans: tuple[int, int]) -> Path:
        picture = self.source.picture
        chosen = tuple(FrameSpan(*span) for span in spans or ((0, picture.frames),))
        timeline = Timeline(self.source.id, picture.rate, chosen)
        size = (picture.display_width, picture.display_height)
        rendition = Rendition("out.mp4", timeline, *size, None, QUICK.level.ceiling_dbtp, QUICK.encode)
        return rendered(EditPlan(self.source, (rendition,), QUICK), self.path, self.path.parent / "work")


def taken(film: Path) -> Taken:
    """A recording after it has passed the quick check and was taken in."""
    folder = film.parent / f"{film.name}.folder"
    folder.mkdir()
    tools = Tools(folder, (film,))
    check(tools, film, limits=MediaLimits())
    copy = folder / "copy"
    probed = partial(probe, tools, name=film.name, limits=MediaLimits())
    source = take_in(tools, film, copy, probed=probed, on_progress=lambda _: None)
    assert copy.exists() == source.mended
    assert [path for path in folder.iterdir() if path != copy] == []
    return Taken(source, copy if source.mended else film)
