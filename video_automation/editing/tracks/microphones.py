"""Splits a sound track into voices: the mix its maker made, or the microphones on its channels."""

from dataclasses import dataclass
from typing import Literal

from video_automation.editing.tracks.heard_channels import loudness_db, relation, silent, speaks, speech_windows
from video_automation.plan.source.recording import SoundTrack
from video_automation.plan.source.tracks_heard import TracksHeard

Finding = Literal["", "upside_down", "one_sided", "alike", "microphones", "ambisonic"]
"""What is unusual about the channels of a track."""

_UPSIDE_DOWN = -50
"""Percent of likeness below which two channels would cancel each other out."""
_ONE_SIDED_DB, _ONE_SIDED = 12, 0.9
"""A voice on one channel is this much louder there, in this share of the time."""
_HARDLY = 0.1
"""The other channel has speech less often than this."""
_MOST_LAID_OUT = 8
"""With more channels, a layout is more likely some program's guess than a set of loudspeakers."""
_FULL = 1000


@dataclass(frozen=True, slots=True)
class MixVoice:
    """A voice of the mix: one microphone, or a track as its maker mixed it.

    `place` is the sampled channel that stands for it; `left` and `right` are as in `Mixed`.
    """

    track: SoundTrack
    place: int
    left: tuple[int, ...] = ()
    right: tuple[int, ...] = ()


def voices_of(track: SoundTrack, heard: TracksHeard) -> tuple[tuple[MixVoice, ...], Finding]:
    """The voices of a sampled track, at least one, and what is unusual about it."""
    places = [place for place, channel in enumerate(heard.channels) if channel.stream == track.stream]
    main = max(places, key=lambda place: (len(speech_windows(heard.channels[place])), max(heard.channels[place].levels_db)))
    whole = MixVoice(track, main)
    if track.channels == 2:
        return _of_two(whole, heard, *places)
    if track.channels == 1:
        return (whole,), ""
    speaking = [place for place in places if speaks(heard.channels[place])]
    if track.layout.startswith("ambisonic") and (places[0] in speaking or not speaking):
        return (_alone(whole, heard, places[0]),), "ambisonic"  # the first channel picks up all directions alike
    microphones = tuple(_alone(whole, heard, place) for place in _different(heard, speaking))
    if not microphones or (track.layout and _is_mixed(track, heard, places, speaking, len(microphones))):
        return (whole,), ""
    return microphones, "microphones" if len(microphones) > 1 else "alike" if len(speaking) > 1 else "one_sided"


def _is_mixed(track: SoundTrack, heard: TracksHeard, places: list[int], speaking: list[int], microphones: int) -> bool:
    """Whether the channels are for the loudspeakers of their layout, so that a usual mixdown makes stereo of them."""
    bass = _bass(track)
    sounding = [place for place in places if not silent(heard.channels[place])]
    return (
        track.channels <= _MOST_LAID_OUT
        and microphones == 1
        and not (bass is not None and places[bass] in speaking)
        and speaking not in ([places[0]], [places[1]])  # a voice on one side only
        and not any(heard.alike[one][other] <= _UPSIDE_DOWN for one in sounding for other in sounding)
    )


def _bass(track: SoundTrack) -> int | None:
    """The low-frequency channel of a layout ("5.1", "2.1", "FR+FL+LFE"); None if it has none."""
    if "+" in track.layout:
        names = track.layout.split("+")
        return names.index("LFE") if "LFE" in names else None
    return min(3, track.channels - 1) if ".1" in track.layout else None


def _of_two(whole: MixVoice, heard: TracksHeard, left: int, right: int) -> tuple[tuple[MixVoice, ...], Finding]:
    if heard.alike[left][right] <= _UPSIDE_DOWN:
        return (MixVoice(whole.track, whole.place, (_FULL,), (0, -_FULL)),), "upside_down"
    one, other = heard.channels[left], heard.channels[right]
    on_one, on_other = speech_windows(one), speech_windows(other)
    telling = sorted({*on_one, *on_other})
    if not telling:
        return _without_words(whole, heard, left, right)
    if speaks(one) and speaks(other) and relation(heard, right, [left]) == "own":
        return (_alone(whole, heard, left), _alone(whole, heard, right)), "microphones"
    ahead = [one.levels_db[number] - other.levels_db[number] for number in telling]
    for place, hardly, often, sign in ((left, on_other, on_one, 1), (right, on_one, on_other, -1)):
        louder = sum(sign * each > _ONE_SIDED_DB for each in ahead) >= _ONE_SIDED * len(telling)
        if louder or len(hardly) < _HARDLY * len(often):
            return (_alone(whole, heard, place),), "one_sided"
    return (whole,), ""


def _without_words(whole: MixVoice, heard: TracksHeard, left: int, right: int) -> tuple[tuple[MixVoice, ...], Finding]:
    """For two channels without speech: both, except a silent one."""
    sounding = [place for place in (left, right) if not silent(heard.channels[place])]
    return ((_alone(whole, heard, sounding[0]),), "one_sided") if len(sounding) == 1 else ((whole,), "")


def _alone(whole: MixVoice, heard: TracksHeard, place: int) -> MixVoice:
    """One channel, heard on both sides."""
    weights = (*([0] * heard.channels[place].channel), _FULL)
    return MixVoice(whole.track, place, weights, weights)


def _different(heard: TracksHeard, speaking: list[int]) -> list[int]:
    """The speaking channels that have a voice of their own, the loudest first."""
    taken: list[int] = []
    for place in sorted(speaking, key=lambda place: -loudness_db(heard.channels[place], speech_windows(heard.channels[place]))):
        if not taken or relation(heard, place, taken) == "own":
            taken.append(place)
    return taken
