"""Moves a crop with a person: it holds still as long as possible, then moves slowly, and jumps only at cuts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median_low

from video_automation.plan.crop import CropKey, CropPath
from video_automation.plan.time import FrameSpan

_STILL_ZONE = Fraction(1, 4)
"""A share of the crop's size: the crop holds still for a person who stays within it."""
_GLANCE_S = Fraction(3, 2)
"""Seconds; a person who leaves that zone by as much again, for no longer than this, is not followed there and back."""
_WORTH_MOVING = Fraction(1, 24)
"""A share of the crop's size: the crop does not move for less."""
_FASTEST = 100
"""Frames in which the crop moves its own width, at the highest speed."""
_SHORTEST_MOVE_S = Fraction(4, 5)
"""Seconds; a shorter move looks like a jolt."""


@dataclass(frozen=True, slots=True)
class Point:
    """The best upper left corner of a crop at a frame of the timeline."""

    frame: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Shot:
    """Timeline frames without a cut, the number of their scene, and the best places of the crop in them, in order."""

    span: FrameSpan
    scene: int
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The size of a crop, the limits of its corner to the right and down, and the frames per second."""

    width: int
    height: int
    most_x: int
    most_y: int
    rate: Fraction


@dataclass(frozen=True, slots=True)
class _Hold:
    """Points that one place of the crop can serve."""

    points: tuple[Point, ...]

    @property
    def length(self) -> int:
        return self.points[-1].frame - self.points[0].frame


_Place = tuple[int, int]
_Move = tuple[int, int, _Place, _Place]
"""(first frame, last frame, first place, last place)."""


def followed(shots: Sequence[Shot], room: Room) -> CropPath:
    """The path of a crop through the shots that make up a timeline."""
    keys: list[CropKey] = []
    place: _Place | None = None
    for i, shot in enumerate(shots):
        before = place if i and shot.scene == shots[i - 1].scene else None
        moves = _planned(shot, room, before)
        keys.append(_key(shot.span.start, moves[0][2]))
        for start, end, here, there in moves:
            keys += [_key(start, here), _key(end, there)]
        place = moves[-1][3]
        keys.append(_key(shot.span.end - 1, place))
    return CropPath(room.width, room.height, tuple(_needed(keys)))


def _planned(shot: Shot, room: Room, before: _Place | None) -> list[_Move]:
    """The moves within a shot, at least one: a crop that stands still moves from a place to itself.

    `before` is the crop's place so far, if the scene goes on; a new scene without people shows its middle.
    """
    holds = _merged(_without_glances(_holds(shot.points, room), room), room)
    while True:
        places = _places(holds, room, before)
        moves = _moves(holds, places, shot.span, room)
        if moves is not None:
            still = places[0] if places else before or (room.most_x // 2, room.most_y // 2)
            return moves or [(shot.span.start, shot.span.start, still, still)]
        shortest = min(range(len(holds)), key=lambda i: (holds[i].length, i))
        holds = _merged([*holds[:shortest], *holds[shortest + 1 :]], room)


def _holds(points: Iterable[Point], room: Room) -> list[_Hold]:
    """The points, divided into as few runs as possible, each of which one place of the crop can serve."""
    holds: list[_Hold] = []
    run: tuple[Point, ...] = ()
    for point in points:
        if run and not _fit((*run, point), room):
            holds.append(_Hold(run))
            run = ()
        run = (*run, point)
    return [*holds, _Hold(run)] if run else holds


def _without_glances(holds: Sequence[_Hold], room: Room) -> list[_Hold]:
    """The holds without those that are short and near to the one before, or for the first, to the one after."""
    result: list[_Hold] = []
    for i, hold in enumerate(holds):
        beside = result[-1] if result else holds[min(i + 1, len(holds) - 1)]
        is_glance = hold is not beside and hold.length < _GLANCE_S * room.rate
        if not (is_glance and _fit((beside.points[-1], *hold.points), room, within=2 * _STILL_ZONE)):
            result.append(hold)
    return result


def _merged(holds: Iterable[_Hold], room: Room) -> list[_Hold]:
    """The holds, with neighbours joined if one place of the crop can serve both."""
    result: list[_Hold] = []
    for hold in holds:
        if result and _fit((*result[-1].points, *hold.points), room):
            result[-1] = _Hold((*result[-1].points, *hold.points))
        else:
            result.append(hold)
    return result


def _fit(points: Sequence[Point], room: Room, *, within: Fraction = _STILL_ZONE) -> bool:
    wide = max(point.x for point in points) - min(point.x for point in points)
    high = max(point.y for point in points) - min(point.y for point in points)
    return wide <= within * room.width and high <= within * room.height


def _places(holds: Iterable[_Hold], room: Room, before: _Place | None) -> list[_Place]:
    """The crop's place in each hold: the place before if that is near enough, else the usual best place."""
    places: list[_Place] = []
    for hold in holds:
        x = _place([point.x for point in hold.points], room.width, before and before[0])
        y = _place([point.y for point in hold.points], room.height, before and before[1])
        before = (x, y)
        places.append(before)
    return places


def _place(wanted: Sequence[int], size: int, before: int | None) -> int:
    reach = int((_STILL_ZONE / 2 + _WORTH_MOVING) * size)
    if before is not None and max(wanted) - reach <= before <= min(wanted) + reach:
        return before
    return _even(median_low(wanted))


def _moves(holds: Sequence[_Hold], places: Sequence[_Place], span: FrameSpan, room: Room) -> list[_Move] | None:
    """A move from each place to the next, centred where one hold ends; None if there is no time for all of them."""
    free = span.start
    moves: list[_Move] = []
    for (a, b), (before, after) in zip(pairwise(holds), pairwise(places), strict=True):
        length = _frames_needed(before, after, room)
        middle = (a.points[-1].frame + b.points[0].frame) // 2
        start = min(max(middle - length // 2, span.start), span.end - 1 - length)
        if start < free:
            return None
        free = start + length
        moves.append((start, free, before, after))
    return moves


def _frames_needed(before: _Place, after: _Place, room: Room) -> int:
    """The frames a smoothstep needs to stay below the highest speed: in its middle it is half as fast again."""
    way = max(abs(before[0] - after[0]), abs(before[1] - after[1]))
    fastest = max(1, room.width // _FASTEST)
    return max(-(-3 * way // (2 * fastest)), int(_SHORTEST_MOVE_S * room.rate))


def _needed(keys: Iterable[CropKey]) -> list[CropKey]:
    """The keys without duplicates at a frame, and without those in the middle of standing still."""
    result: list[CropKey] = []
    for key in keys:
        if result and key.frame == result[-1].frame:
            continue
        if len(result) > 1 and _same_place(result[-2], result[-1]) and _same_place(result[-1], key):
            result.pop()
        result.append(key)
    return result[:1] if all(_same_place(result[0], key) for key in result) else result


def _same_place(a: CropKey, b: CropKey) -> bool:
    return (a.x, a.y) == (b.x, b.y)


def _key(frame: int, place: _Place) -> CropKey:
    return CropKey(frame, _even(place[0]), _even(place[1]))


def _even(pixels: int) -> int:
    return max(0, pixels) // 2 * 2
