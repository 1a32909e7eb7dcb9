"""Chooses the person shown in each scene of a clip: the speaker, judged by mouth movement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from video_automation.editing.framing.face_tracks import FaceTrack, Sighting
from video_automation.plan.time import FrameSpan

_SMALL = Fraction(1, 3)
"""Faces with a smaller share of the largest face's area are passers-by, or pictures on a wall."""
_PRESENT = Fraction(1, 3)
"""The share of a scene in which a person has to be seen to count."""
_CLEARLY = Fraction(3, 2)
"""How many times more a speaker's mouth moves than that of a listener."""
_SILENT = 25
"""Below this a mouth is silent: that of a silent bystander moved by 8 on average, those of four speakers by 36 to 171."""
_SHORTEST_LOOK_S = 2
"""Seconds before the crop may turn from one person to another."""


@dataclass(frozen=True, slots=True)
class UncutSpan:
    """Timeline frames without a cut, the source frame of the first one, and the number of their scene."""

    span: FrameSpan
    source_start: int
    scene: int

    @property
    def source_end(self) -> int:
        """The source frame after the last one."""
        return self.source_start + self.span.length


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in a stretch: the sightings of one track that fall into it."""

    track: FaceTrack
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch and the people in it."""

    stretch: UncutSpan
    people: tuple[Appearance, ...]
    """The people who count, from left to right."""
    speaker: tuple[Sighting, ...]
    """Sightings of the person to show, or empty; while that person is not found, sightings of others at those times."""
    clear: bool
    """Whether the choice of that person is clear."""


def cast(stretches: Iterable[UncutSpan], tracks: Sequence[FaceTrack], rate: Fraction) -> tuple[Scene, ...]:
    """The people in each stretch, and the speaker among them."""
    scenes: list[Scene] = []
    shown: FaceTrack | None = None
    since = 0
    for stretch in stretches:
        parts = [part for part in (_part(track, stretch) for track in tracks) if part.sightings]
        people = _people(parts)
        speaker, clear = _speaker(people, shown, settled=stretch.span.start - since >= _SHORTEST_LOOK_S * rate)
        if speaker and speaker.track is not shown:
            shown, since = speaker.track, stretch.span.start
        scenes.append(Scene(stretch, people, _relayed(speaker, parts) if speaker else (), clear))
    return tuple(scenes)


def _part(track: FaceTrack, stretch: UncutSpan) -> Appearance:
    within = (sighting for sighting in track.sightings if stretch.source_start <= sighting.frame < stretch.source_end)
    return Appearance(track, tuple(within))


def _people(parts: Sequence[Appearance]) -> tuple[Appearance, ...]:
    if not parts:
        return ()
    largest = max(_area(part) for part in parts)
    most = max(len(part.sightings) for part in parts)
    matter = [part for part in parts if _area(part) >= _SMALL * largest and len(part.sightings) >= _PRESENT * most]
    return tuple(sorted(matter or [max(parts, key=_area)], key=lambda part: (part.sightings[0].x, part.track.start)))


def _speaker(people: Sequence[Appearance], shown: FaceTrack | None, *, settled: bool) -> tuple[Appearance | None, bool]:
    """The person to show, and whether that is clear; the person shown so far stays unless another one clearly speaks."""
    if len(people) < 2:
        return (people[0] if people else None), True
    first, second, *_ = sorted(people, key=_speech, reverse=True)
    clear = _speech(first) > _CLEARLY * _speech(second) and _speech(second) < _SILENT * len(second.sightings)
    before = next((part for part in people if part.track is shown), None)
    if before and not (clear and settled):
        return before, clear
    return (first if clear else max(people, key=lambda part: len(part.sightings) * _area(part))), clear


def _relayed(speaker: Appearance, parts: Iterable[Appearance]) -> tuple[Sighting, ...]:
    """The speaker's sightings, with those of people seen only before or after: most likely the same person."""
    sightings = speaker.sightings
    for part in parts:
        if part.sightings[-1].frame < sightings[0].frame:
            sightings = (*part.sightings, *sightings)
        elif part.sightings[0].frame > sightings[-1].frame:
            sightings = (*sightings, *part.sightings)
    return sightings


def _area(part: Appearance) -> Fraction:
    """The mean area of the face."""
    return Fraction(sum(seen.face.width * seen.face.height for seen in part.sightings), len(part.sightings))


def _speech(part: Appearance) -> int:
    """The movement of the mouth over the whole stretch."""
    return sum(seen.face.mouth for seen in part.sightings)
