"""Takes a recording in as a job does, renders all of it, and reads frame numbers and clicks of the result."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from heard import heard_of
from plans import QUICK, rendered
from videos import click_times, read_numbers, read_sound

from video_automation.media.probing.probe import MediaLimits, check, probe
from video_automation.media.program import Tools
from video_automation.media.repair.footage import take_in
from video_automation.plan.edit import EditPlan
from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.plan.time import FrameSpan
from video_automation.plan.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Taken:
    """A recording after intake: its source, and the file that is read from then on."""

    source: Source
    path: Path

    def frames(self, *spans: tuple[int, int]) -> list[int]:
        """The numbers of the frames that are rendered from these spans, or from the whole recording."""
        return read_numbers(self._made(*spans, heard=False))

    def clicks(self) -> list[float]:
        """The times of all clicks in the rendered sound, in seconds."""
        picture = self.source.picture
        return click_times(heard_of(self.path, (0, float(picture.frames / picture.rate)), source=self.source))

    def frames_and_clicks(self) -> tuple[list[int], list[float]]:
        """The numbers of all frames, and the times of all clicks in seconds, from one rendering."""
        whole = self._made(heard=True)
        return read_numbers(whole), click_times(read_sound(whole))

    def _made(self, *spans: tuple[int, int], heard: bool) -> Path:
        picture, sound = self.source.picture, self.source.sound if heard else None
        chosen = tuple(FrameSpan(*span) for span in spans or ((0, picture.frames),))
        timeline = Timeline(self.source.id, picture.rate, chosen)
        size = (picture.display_width, picture.display_height)
        rendition = Rendition("out.mp4", timeline, *size, 0.0 if sound else None, QUICK.level.ceiling_dbtp, QUICK.encode)
        return rendered(EditPlan(self.source, (rendition,), QUICK), self.path, self.path.parent / "work")


def taken(video: Path) -> Taken:
    """Checks a recording quickly, and takes it in."""
    folder = video.parent / f"{video.name}.folder"
    folder.mkdir()
    tools = Tools(folder, (video,))
    check(tools, video, limits=MediaLimits())
    copy = folder / "copy"
    probed = partial(probe, tools, name=video.name, limits=MediaLimits())
    source = take_in(tools, video, copy, probed=probed, on_progress=lambda _: None)
    assert copy.exists() == source.mended
    assert [path for path in folder.iterdir() if path != copy] == []
    return Taken(source, copy if source.mended else video)
