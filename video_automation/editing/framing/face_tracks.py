"""Joins the faces of successive samples to tracks: one person's places over time."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from video_automation.plan.source.seen import SURE_FACE, Face, Sample, Sight

_LONGEST_GAP_S = 2
"""A face that is lost for up to this many seconds and returns to its place is the same one."""
_FEWEST = 2
"""Samples; a face seen only once does not count."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face at a frame of the source."""

    frame: int
    face: Face

    @property
    def x(self) -> int:
        """The middle of the face, across."""
        return self.face.x + self.face.width // 2

    @property
    def y(self) -> int:
        """The height of its eyes, from the top: two fifths of the box."""
        return self.face.y + self.face.height * 2 // 5


@dataclass(frozen=True, slots=True)
class FaceTrack:
    """One person in one scene: sightings in order, at least one."""

    sightings: tuple[Sighting, ...]

    @property
    def start(self) -> int:
        """The source frame of the first sighting."""
        return self.sightings[0].frame

    @property
    def end(self) -> int:
        """The source frame of the last sighting."""
        return self.sightings[-1].frame


def tracks(sight: Sight, rate: Fraction) -> tuple[FaceTrack, ...]:
    """The tracks of all people seen, split at scene cuts; in order of appearance, from left to right."""
    longest_gap = int(_LONGEST_GAP_S * rate)
    done: list[list[Sighting]] = []
    going: list[list[Sighting]] = []
    scene = 0
    for sample in sight.samples:
        now = bisect_right(sight.cuts, sample.frame)
        if now != scene:
            going, scene = [], now
        going = [track for track in going if sample.frame - track[-1].frame <= longest_gap]
        begun = _continued(going, sample)
        going += begun
        done += begun
    return tuple(FaceTrack(tuple(track)) for track in done if _is_face(track))


def _continued(going: Sequence[list[Sighting]], sample: Sample) -> list[list[Sighting]]:
    """Adds each face of a sample to the nearest track, the nearest pairs first; returns new tracks for the other faces."""
    faces = [Sighting(sample.frame, face) for face in sample.faces]
    pairs = sorted(
        (distance, t, f)
        for t, track in enumerate(going)
        for f, sighting in enumerate(faces)
        if (distance := _distance(track[-1], sighting)) is not None
    )
    used_tracks: set[int] = set()
    used_faces: set[int] = set()
    for _, t, f in pairs:
        if t not in used_tracks and f not in used_faces:
            going[t].append(faces[f])
            used_tracks.add(t)
            used_faces.add(f)
    return [[sighting] for f, sighting in enumerate(faces) if f not in used_faces]


def _distance(before: Sighting, after: Sighting) -> int | None:
    """The distance of two faces; None if it or their sizes differ too much for one person."""
    wide = max(before.face.width, after.face.width)
    distance = max(abs(before.x - after.x), abs(before.y - after.y))
    return distance if distance <= wide <= 2 * min(before.face.width, after.face.width) else None


def _is_face(track: Iterable[Sighting]) -> bool:
    confidences = [sighting.face.confidence for sighting in track]
    return len(confidences) >= _FEWEST and max(confidences) >= SURE_FACE
