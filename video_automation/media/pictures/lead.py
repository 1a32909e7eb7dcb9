"""Finds by trial how long before a frame decoding has to begin, if the key frames of a file are not credible."""

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.errors import ToolError
from video_automation.media.command import source_args
from video_automation.media.ffmpeg import ffmpeg_output
from video_automation.media.pictures.accurate_seek import on_grid, seek
from video_automation.media.pictures.upright import DECODING
from video_automation.media.probing.probe_result import Doubt
from video_automation.media.program import Tools
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.time import FrameSpan, rounded

log = logging.getLogger(__name__)

_STEPS = (0, 1, 2, 4, 12)
"""Leads to try one after the other, as multiples of the key-frame distance, added to the usual lead."""
_SURE_GOPS, _SURE_S = 3, 2
"""Key-frame distances and seconds of extra lead after which a decode is free of errors from its start."""
_COMPARED = 2
_SAME = 4
"""The most by which two equal pixels differ, of 255: some encoders are never quite exact."""


def tried(tools: Tools, path: Path, source: Source, doubt: Doubt) -> Source:
    """The source with the shortest lead that gives the same pictures as a decode from much earlier, after some key frames.

    Raises: as `media.ffmpeg.ffmpeg_output`, but no ToolError.
    """
    picture = source.picture
    step = max(picture.gop, picture.lead)
    for lead in (picture.lead + times * step for times in (_STEPS if doubt.known else _STEPS[:1])):
        firsts = [first for first in (key + lead + 1 for key in doubt.keys) if first + _COMPARED <= picture.last_shown]
        sure = lead + max(_SURE_GOPS * picture.gop, rounded(_SURE_S * picture.rate)) if doubt.known else picture.frames
        if firsts and all(_same(tools, path, source, first, (lead, sure)) for first in firsts):
            break
    else:
        lead = picture.frames
    log.info("decoding begins %d frames before what is shown (%d if its key frames were sure)", lead, picture.lead)
    return _with_lead(source, lead)


def _with_lead(source: Source, lead: int) -> Source:
    return replace(source, picture=replace(source.picture, lead=lead))


def _same(tools: Tools, path: Path, source: Source, first: int, leads: tuple[int, int]) -> bool:
    """Whether the pictures from a frame on are the same with either lead."""
    tools.moved()
    one, other = (_pictures(tools, path, _with_lead(source, lead), first) for lead in leads)
    return 0 < len(one) == len(other) and bool((np.abs(one.astype(np.int16) - other) <= _SAME).all())


def _pictures(tools: Tools, path: Path, source: Source, first: int) -> NDArray[np.uint8]:
    """The luma of some frames, as stored; empty if decoding fails."""
    picture: Picture = source.picture
    chain = (*on_grid(picture, FrameSpan(first, first + _COMPARED)), f"select='gte(pts,{first})'", "format=gray")
    args = (
        *DECODING,
        *source_args(path, seek=seek(source, first), start_us=source.start_us),
        *("-map", f"0:{picture.stream}", "-filter_threads", "1", "-vf", ",".join(chain)),
        *("-fps_mode", "passthrough", "-f", "rawvideo"),
    )
    try:
        with ffmpeg_output(tools, args) as stream:
            return np.frombuffer(stream.read(), np.uint8)
    except ToolError:  # decoding cannot begin here
        return np.empty(0, np.uint8)
