"""Decides how a clip's picture fills a video of another shape: the layout, the people shown, the crop paths."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

from video_automation.editing.framing.active_speaker import Scene, UncutSpan, cast
from video_automation.editing.framing.crop_path import Point, Room, Shot, followed
from video_automation.editing.framing.face_tracks import Sighting, tracks
from video_automation.editing.framing.shot_layouts import LaidOut, laid_out
from video_automation.plan.choices import LayoutName
from video_automation.plan.crop import CropKey, CropPath, FramedSpan, Framing
from video_automation.plan.source.recording import Picture
from video_automation.plan.source.seen import Sight
from video_automation.plan.time import FrameSpan, rounded
from video_automation.plan.timeline import Timeline

_EYES = Fraction(1, 3)
"""How far below the top of a crop the eyes should be, as a share of its height."""


def framing(sight: Sight, timeline: Timeline, picture: Picture, *, aspect: Fraction, layout: LayoutName = "auto") -> Framing:
    """How the frames of a clip's timeline fill a video of this aspect (width by height).

    `sight` covers the whole timeline. A picture that already has the aspect is shown whole.
    """
    width, height = _largest(picture, aspect)
    if (width, height) == (picture.display_width, picture.display_height):
        return Framing((FramedSpan("crop", (CropPath(width, height, (CropKey(0, 0, 0),)),)),))
    scenes = cast(_stretches(sight, timeline), tracks(sight, timeline.rate), timeline.rate)
    parts = laid_out(scenes, timeline.rate) if layout == "auto" else (LaidOut(layout, scenes),)
    return Framing(tuple(_framed(part, picture, aspect, timeline.rate) for part in parts))


def _framed(part: LaidOut, picture: Picture, aspect: Fraction, rate: Fraction) -> FramedSpan:
    """The boxes of a layout; one person alone is not stacked."""
    scenes = part.scenes
    start = scenes[0].stretch.span.start
    if part.layout == "fit":
        return FramedSpan("fit", start=start)
    if part.layout == "stack" and any(len(scene.people) > 1 for scene in scenes):
        return FramedSpan("stack", _stacked(scenes, picture, aspect, rate), start)
    path = _path(scenes, [scene.speaker for scene in scenes], picture, _largest(picture, aspect), rate)
    return FramedSpan("crop", (path,), start)


def _largest(picture: Picture, aspect: Fraction) -> tuple[int, int]:
    """The largest box of an aspect within a picture, in even numbers."""
    wide, high = picture.display_width, picture.display_height
    if Fraction(wide, high) > aspect:
        return min(wide, max(2, 2 * rounded(high * aspect / 2))), high
    return wide, min(high, max(2, 2 * rounded(wide / aspect / 2)))


def _stretches(sight: Sight, timeline: Timeline) -> Iterator[UncutSpan]:
    """The timeline split at all cuts, its own and the source's."""
    for start, span in timeline.placed():
        borders = [span.start, *(cut for cut in sight.cuts if span.start < cut < span.end), span.end]
        for first, end in pairwise(borders):
            place = start + first - span.start
            yield UncutSpan(FrameSpan(place, place + end - first), first, bisect_right(sight.cuts, first))


def _stacked(scenes: Sequence[Scene], picture: Picture, aspect: Fraction, rate: Fraction) -> tuple[CropPath, CropPath]:
    """A crop for the leftmost person and one for the rightmost: the two meet between them, or have half the largest width."""
    pairs = [(scene.people[0].sightings, scene.people[-1].sightings) for scene in scenes if len(scene.people) > 1]
    apart = median_low([_middle(right) - _middle(left) for left, right in pairs])
    whole = _largest(picture, 2 * aspect)
    share = min(Fraction(1), max(Fraction(1, 2), Fraction(apart, whole[0])))
    size = (2 * rounded(whole[0] * share / 2), 2 * rounded(whole[1] * share / 2))
    between = median_low([(_middle(left) + _middle(right)) // 2 for left, right in pairs])
    lefts = [_outermost(scene, 0, lambda x: x <= between) for scene in scenes]
    rights = [_outermost(scene, -1, lambda x: x > between) for scene in scenes]
    return _path(scenes, lefts, picture, size, rate), _path(scenes, rights, picture, size, rate)


def _outermost(scene: Scene, place: int, is_there: Callable[[int], bool]) -> tuple[Sighting, ...]:
    """The leftmost or the rightmost person of a scene; one who is alone is either, by where they are."""
    person = scene.people[place].sightings if scene.people else ()
    return person if len(scene.people) > 1 or (person and is_there(_middle(person))) else ()


def _path(
    scenes: Sequence[Scene], shown: Sequence[tuple[Sighting, ...]], picture: Picture, size: tuple[int, int], rate: Fraction
) -> CropPath:
    """A crop of this size that shows each scene's sighted person."""
    room = Room(*size, picture.display_width - size[0], picture.display_height - size[1], rate)
    shots = [
        Shot(scene.stretch.span, scene.stretch.scene, tuple(_point(seen, scene.stretch, room) for seen in sightings))
        for scene, sightings in zip(scenes, shown, strict=True)
    ]
    return followed(shots, room)


def _point(seen: Sighting, stretch: UncutSpan, room: Room) -> Point:
    x = min(max(0, seen.x - room.width // 2), room.most_x)
    y = min(max(0, seen.y - rounded(room.height * _EYES)), room.most_y)
    return Point(stretch.span.start + seen.frame - stretch.source_start, x, y)


def _middle(sightings: Sequence[Sighting]) -> int:
    return median_low([seen.x for seen in sightings])
