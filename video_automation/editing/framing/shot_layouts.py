"""Chooses the layout that suits each shot of a clip; none is there for only a moment."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, groupby, pairwise

from video_automation.editing.framing.active_speaker import Scene
from video_automation.editing.framing.face_tracks import Sighting
from video_automation.plan.choices import LAYOUTS, DecidedLayoutName

SHORTEST_LAYOUT_S = Fraction(3, 2)
"""Seconds; a layout that would be there for less is left out."""
_STEADY_S = 5
"""Seconds; within one shot of the source, a layout that would be there for less is left out."""
_TURNED_AWAY_S = 2
"""Seconds; a face that is lost for no longer is only turned away."""
_TOGETHER_S = 1
"""Seconds; people who are not seen together for longer are not together meanwhile."""
_SEEN = Fraction(1, 4)
"""The share of a stretch in which a face must be seen to make a crop worthwhile, or two at a time to show both."""

_STILL_S = Fraction(3, 2)
"""Seconds; people may keep still for less."""
_MOUTH_MOVES = 3
"""Mouths in pictures on slides moved by 0.1 at most on average, those of silent bystanders by 8."""
_HEAD_MOVES = Fraction(1, 20)
"""A share of a head's width: those in pictures kept their place, those of people moved by more within two seconds."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Successive scenes with one layout."""

    layout: DecidedLayoutName
    scenes: tuple[Scene, ...]

    @property
    def frames(self) -> int:
        """How long it is there."""
        return self.scenes[-1].stretch.span.end - self.scenes[0].stretch.span.start

    @property
    def boxes(self) -> int:
        """How many boxes of the picture it shows; without any, it shows the whole."""
        return LAYOUTS[self.layout].boxes or 0


def laid_out(scenes: Iterable[Scene], rate: Fraction) -> tuple[LaidOut, ...]:
    """The scenes of a timeline, in order, divided where the layout changes, which is at cuts only.

    Each layout is there for `SHORTEST_LAYOUT_S` at least, or all the time.
    """
    shots = (tuple(shot) for _, shot in groupby(scenes, key=lambda scene: scene.stretch.scene))
    return tuple(_settled(chain.from_iterable(_steady(shot, rate) for shot in shots), SHORTEST_LAYOUT_S * rate))


def _steady(shot: Sequence[Scene], rate: Fraction) -> Iterable[LaidOut]:
    """The layouts of the scenes of one shot."""
    if _is_picture([seen for scene in shot for seen in scene.speaker], rate):
        return [LaidOut("fit", tuple(shot))]
    return _settled((LaidOut(_suited(scene, rate), (scene,)) for scene in shot), _STEADY_S * rate)


def _suited(scene: Scene, rate: Fraction) -> DecidedLayoutName:
    """The layout that suits a scene by itself."""
    together = Counter(seen.frame for person in scene.people for seen in person.sightings)
    for layout, people in (("fit", 3), ("stack", 2)):
        seen = [frame for frame, count in together.items() if count >= people]
        if not scene.clear and _is_enough(seen, scene, _TOGETHER_S * rate):
            return layout
    return "crop" if _is_enough({seen.frame for seen in scene.speaker}, scene, _TURNED_AWAY_S * rate) else "fit"


def _is_picture(seen: Sequence[Sighting], rate: Fraction) -> bool:
    """Whether a face moves neither mouth nor head for a while: it is one in a picture, on a slide."""
    if not seen or seen[-1].frame - seen[0].frame < _STILL_S * rate:
        return False
    moved = max(max(places) - min(places) for places in ([one.x for one in seen], [one.y for one in seen]))
    is_silent = sum(one.face.mouth for one in seen) < _MOUTH_MOVES * len(seen)
    return is_silent and moved <= _HEAD_MOVES * max(one.face.width for one in seen)


def _is_enough(seen: Iterable[int], scene: Scene, gap: Fraction) -> bool:
    """Whether these source frames, in which faces are seen, make up enough of a scene; they last up to `gap` frames each."""
    present = sum(min(b - a, int(gap)) for a, b in pairwise(sorted(seen)))
    return present > 0 and present >= _SEEN * scene.stretch.span.length


def _settled(parts: Iterable[LaidOut], least: Fraction) -> list[LaidOut]:
    """The parts without those that have fewer frames than `least`: these take the layout of a neighbour.

    Those with the fewest boxes do so first, since a person who is seen before and after is most likely there. Of two
    neighbours, the one with fewer boxes is right for more pictures.
    """
    runs = _joined(parts)
    while len(runs) > 1 and (brief := [at for at, run in enumerate(runs) if run.frames < least]):
        at = min(brief, key=lambda at: (runs[at].boxes, runs[at].frames))
        beside = runs[max(0, at - 1) : at] + runs[at + 1 : at + 2]
        layout = min(beside, key=lambda run: run.boxes).layout
        runs = _joined([*runs[:at], LaidOut(layout, runs[at].scenes), *runs[at + 1 :]])
    return runs


def _joined(parts: Iterable[LaidOut]) -> list[LaidOut]:
    """The parts, with neighbours of one layout as one."""
    return [
        LaidOut(layout, tuple(scene for part in same for scene in part.scenes))
        for layout, same in groupby(parts, key=lambda part: part.layout)
    ]
