"""Who is shown in each scene of a clip: the one who speaks, as far as mouths tell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from video_automation.editing.framing.face_tracks import FaceTrack, Sighting
from video_automation.plan.time import FrameSpan

_SMALL = Fraction(1, 3)
"""Faces of less than this share of the largest one's area are passers-by, or pictures on a wall."""
_PRESENT = Fraction(1, 3)
"""Of a scene, for somebody to be one of its people."""
_CLEARLY = Fraction(3, 2)
"""How much more a mouth moves that speaks than one that does not."""
_SILENT = 25
"""The mouth of a man who stood by in silence moved by 8 on average, those of four speakers by 36 to 171."""
_SHORTEST_LOOK_S = 2
"""Nobody is left for another before."""


@dataclass(frozen=True, slots=True)
class UncutSpan:
    """Frames of the timeline without a cut, the source frame of the first, and the number of the scene they are of."""

    span: FrameSpan
    source_start: int
    scene: int

    @property
    def source_end(self) -> int:
        """The source frame after the last."""
        return self.source_start + self.span.length


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody in a stretch: those sightings of a track that fall into it."""

    track: FaceTrack
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A stretch and who is in it."""

    stretch: UncutSpan
    people: tuple[Appearance, ...]
    """Those who matter, from left to right."""
    speaker: tuple[Sighting, ...]
    """The one to show, or empty; where they were lost, whoever is found at other times."""
    clear: bool
    """Whether it is plain who that should be."""


def cast(stretches: Iterable[UncutSpan], tracks: Sequence[FaceTrack], rate: Fraction) -> tuple[Scene, ...]:
    """Who is in each stretch, and who of them speaks."""
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
    """Who is to be shown, and whether that is clear; whoever is shown already stays unless another clearly speaks."""
    if len(people) < 2:
        return (people[0] if people else None), True
    first, second, *_ = sorted(people, key=_speech, reverse=True)
    clear = _speech(first) > _CLEARLY * _speech(second) and _speech(second) < _SILENT * len(second.sightings)
    before = next((part for part in people if part.track is shown), None)
    if before and not (clear and settled):
        return before, clear
    return (first if clear else max(people, key=lambda part: len(part.sightings) * _area(part))), clear


def _relayed(speaker: Appearance, parts: Iterable[Appearance]) -> tuple[Sighting, ...]:
    """The speaker's sightings, with those of others who are only seen before or after: most likely the same person."""
    sightings = speaker.sightings
    for part in parts:
        if part.sightings[-1].frame < sightings[0].frame:
            sightings = (*part.sightings, *sightings)
        elif part.sightings[0].frame > sightings[-1].frame:
            sightings = (*sightings, *part.sightings)
    return sightings


def _area(part: Appearance) -> Fraction:
    """Of the face, on average."""
    return Fraction(sum(seen.face.width * seen.face.height for seen in part.sightings), len(part.sightings))


def _speech(part: Appearance) -> int:
    """How much the mouth moves in all the stretch."""
    return sum(seen.face.mouth for seen in part.sightings)
