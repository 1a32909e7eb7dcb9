"""Analyses the pictures of a span of video, decoding only that span: scene cuts, faces, sharpness, light."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from video_automation.analysis.faces import DetectedFace, detector
from video_automation.analysis.scenes import picture_difference, scene_cuts
from video_automation.media.command import source_args
from video_automation.media.ffmpeg import ffmpeg_output
from video_automation.media.pictures.accurate_seek import on_grid, seek
from video_automation.media.pictures.upright import DECODING, upright
from video_automation.media.program import Tools
from video_automation.media.refusing.refusals import undecodable
from video_automation.plan.source.recording import Picture, Source
from video_automation.plan.source.seen import SURE_FACE, Face, Sample, Sight
from video_automation.plan.time import FrameSpan, ms_at, rounded

VERSION = 5
"""Raise this when the same pictures give other observations: they are then analysed anew."""
_LONGER_SIDE_PX = 320
"""The longer side of the analysed pictures: a face of a twentieth of their width is found,"""
_FAR_SIDE_PX = 640
"""and where none is found for a while, that of the pictures looked at more closely: one of a thirtieth."""
_FAR_S = Fraction(3, 2)
"""Seconds without a face that are worth it."""
_FAR_EVERY = 5
"""Every fifth sample is enough for people far away."""
_SAMPLES_PER_S = 5
_COARSE = 4
"""Every fourth pixel of every fourth row is enough to tell scenes apart."""
_COARSELY = ("-skip_loop_filter", "all")
"""Has H.264 and HEVC decoded a sixth faster: the edges of blocks stay, which nobody sees in pictures so small."""
_MORE_COARSELY = (*_COARSELY, "-skip_frame", "noref")
"""Halves the time again: the picture of a frame or two before stands for some frames."""
_LIGHT_ROWS, _LIGHT_COLUMNS = 3, 4

Plane = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Scale:
    """The size of the analysed pictures, and of the displayed one."""

    width: int
    height: int
    display_width: int
    display_height: int


def look(tools: Tools, source_path: Path, source: Source, span: FrameSpan, *, on_progress: Callable[[float], None]) -> Sight:
    """The observations of a span of a source's frames; `on_progress` receives the share done, 0 to 1, every few seconds.

    Raises:
        InputError: the picture could not be decoded there.
        LimitError, PipelineError: as `media.ffmpeg.ffmpeg_output`.
    """
    scale, step = _scale(source.picture, _LONGER_SIDE_PX), max(1, rounded(source.picture.rate / _SAMPLES_PER_S))
    coarse: list[Plane] = []
    changes: list[float] = []
    samples: list[Sample] = []
    since: list[Plane] = []
    unseen = 0
    with detector(tools, scale.width, scale.height) as faces_in:
        for i, picture in enumerate(_pictures(tools, source_path, source, span, scale)):
            green = picture[:, :, 1]  # as good as luma here, without computing it
            coarse.append(np.ascontiguousarray(green[::_COARSE, ::_COARSE]))
            changes.append(picture_difference(coarse[-2], coarse[-1]) if i else 0.0)
            since.append(green)
            if i % step == 0:
                faces = tuple(_face(found, since, scale) for found in faces_in(picture))
                samples.append(Sample(span.start + i, faces, _sharpness(green), round(100 * changes[-1]), _light(green)))
                since = [green]
                tools.stop.check()
                unseen += 0 if _is_seen(samples[-1]) else step
                on_progress(i / (span.length + unseen))
    if not samples:
        raise undecodable(ms_at(span.start, source.picture.rate))
    for done, (place, faces) in enumerate(_far(tools, source_path, source, tuple(samples), step), 1):
        samples[place] = replace(samples[place], faces=faces or samples[place].faces)
        tools.stop.check()
        on_progress(min(1.0, (span.length + done * _FAR_EVERY * step) / (span.length + unseen)))
    on_progress(1.0)
    return Sight(span, tuple(span.start + place for place in scene_cuts(coarse, changes)), tuple(samples))


def _is_seen(sample: Sample) -> bool:
    return any(face.confidence >= SURE_FACE for face in sample.faces)


def _far(
    tools: Tools, path: Path, source: Source, samples: Sequence[Sample], step: int
) -> Iterator[tuple[int, tuple[Face, ...]]]:
    """Places of samples where nobody was found for a while, one of `_FAR_EVERY`, and the faces of people far away there."""
    scale = _scale(source.picture, _FAR_SIDE_PX)
    with detector(tools, scale.width, scale.height) as faces_in:
        for is_seen, stretch in groupby(range(len(samples)), key=lambda place: _is_seen(samples[place])):
            places = tuple(stretch)
            if is_seen or len(places) * step < _FAR_S * source.picture.rate:
                continue
            span = FrameSpan(samples[places[0]].frame, samples[places[-1]].frame + 1)
            pictures = _pictures(tools, path, source, span, scale, every=_FAR_EVERY * step)
            for picture, place in zip(pictures, places[::_FAR_EVERY], strict=False):
                yield place, tuple(_face(found, [], scale) for found in faces_in(picture))


def _scale(picture: Picture, longer_px: int) -> _Scale:
    wide, high = picture.display_width, picture.display_height
    share = min(Fraction(1), Fraction(longer_px, max(wide, high)))
    return _Scale(max(16, rounded(wide * share)), max(16, rounded(high * share)), wide, high)


def _pictures(tools: Tools, path: Path, source: Source, span: FrameSpan, scale: _Scale, every: int = 1) -> Iterator[Plane]:
    """The frames of the span, or roughly one of so many, as small pictures of shape (height, width, 3), in RGB."""
    chain = (
        *upright(source.picture),
        f"scale={scale.width}:{scale.height}:flags=area:in_color_matrix={source.picture.matrix}",
        *on_grid(source.picture, span),
        f"select='between(pts,{span.start},{span.end - 1})*not(mod(pts-{span.start},{every}))'",
    )
    args = (
        *DECODING,
        *(_COARSELY if every == 1 else _MORE_COARSELY),
        *source_args(path, seek=seek(source, span.start), start_us=source.start_us),
        *("-map", f"0:{source.picture.stream}", "-filter_threads", "1", "-vf", ",".join(chain)),
        *("-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24"),
    )
    shape = (scale.height, scale.width, 3)
    size = scale.height * scale.width * 3
    with ffmpeg_output(tools, args) as stream:
        while len(raw := stream.read(size)) == size:
            yield np.frombuffer(raw, np.uint8).reshape(shape)


def _face(found: DetectedFace, since: list[Plane], scale: _Scale) -> Face:
    """A face in displayed pixels, as the plan has it; `since` are the pictures from the last sample to this one."""
    across, down = Fraction(scale.display_width, scale.width), Fraction(scale.display_height, scale.height)
    return Face(
        rounded(found.x * across),
        rounded(found.y * down),
        rounded(found.width * across),
        rounded(found.height * down),
        found.confidence,
        max(0, round(100 * (_motion(found, since, 0.6, 1.0) - _motion(found, since, 0.1, 0.5)))),
    )


def _motion(found: DetectedFace, since: list[Plane], top: float, bottom: float) -> float:
    """The mean change per frame in the middle of a face, between two heights in it."""
    rows = slice(max(0, found.y + int(found.height * top)), max(0, found.y + int(found.height * bottom)))
    columns = slice(max(0, found.x + found.width // 5), max(0, found.x + found.width * 4 // 5))
    part = [plane[rows, columns] for plane in since]
    if len(part) < 2 or not part[0].size:
        return 0.0
    return sum(picture_difference(a, b) for a, b in pairwise(part)) / (len(part) - 1)


def _sharpness(green: Plane) -> int:
    """The variance of the picture's Laplacian."""
    level = green.astype(np.int16)
    middle = level[1:-1, 1:-1]
    laplacian = 4 * middle - level[:-2, 1:-1] - level[2:, 1:-1] - level[1:-1, :-2] - level[1:-1, 2:]
    return round(float(laplacian.var(dtype=np.float64)))


def _light(green: Plane) -> tuple[int, ...]:
    fields = (field for row in np.array_split(green, _LIGHT_ROWS) for field in np.array_split(row, _LIGHT_COLUMNS, axis=1))
    return tuple(round(float(field.mean())) for field in fields)
