"""Writes a video's cut in every supported edit-list format."""

from dataclasses import dataclass

from video_automation.plan.rendition import Rendition
from video_automation.plan.source.recording import Source
from video_automation.render.edit_lists.edl import edl
from video_automation.render.edit_lists.fcpxml import fcpxml
from video_automation.render.edit_lists.final_cut_7 import final_cut_7_xml
from video_automation.render.edit_lists.otio import otio


@dataclass(frozen=True, slots=True)
class EditList:
    """One file for other editors: its name's ending, its MIME type, its content."""

    suffix: str
    type: str
    text: str


def edit_lists(source: Source, video: Rendition, title: str) -> tuple[EditList, ...]:
    """The cut of a video for other editors; `title` becomes the name of the sequence."""
    return (
        EditList(".otio", "application/json", otio(source, video, title)),
        EditList(".edl", "text/plain", edl(source, video, title)),
        EditList(".xml", "application/xml", final_cut_7_xml(source, video, title)),
        EditList(".fcpxml", "application/xml", fcpxml(source, video, title)),
    )
