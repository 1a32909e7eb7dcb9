"""Chooses which sound tracks of a recording to use, by their content; flags and order only break ties."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from video_automation.editing.tracks.heard_channels import (
    clearness_db,
    has_more,
    loudness_db,
    relation,
    silent,
    speaks,
    speech_windows,
)
from video_automation.editing.tracks.microphones import Finding, MixVoice, voices_of
from video_automation.plan.source.recording import Mixed, Sound, SoundTrack
from video_automation.plan.source.tracks_heard import TracksHeard

Why = Literal["unreadable", "silent", "speechless", "marked", "language", "same", "version", "unchosen"]
"""Why a track is left out."""

_FOR_OTHERS = frozenset(("comment", "hearing_impaired", "visual_impaired", "descriptions", "karaoke", "dub", "clean_effects"))
_SAYS_SO = re.compile(
    r"director|audio.?de[sk]|descriptive|described|visually|\bdub|doublage|interpret|karaoke",
    re.IGNORECASE,
)
"""Words in the title of a track that is not the main sound. Not "commentary": gamers call their own voice so."""
_MOST_RAISED_DB = 18
"""The most a voice is raised: a quieter voice would bring up too much noise."""
_FEWEST_RAISED = 5
"""Windows that must have speech for a voice to be raised: fewer may be mistakes."""
_CLEARER_DB = 10
"""The difference from which on the clearer of two versions of a recording is taken."""


@dataclass(frozen=True, slots=True)
class TrackChoice:
    """The chosen sound with its mix; the tracks left out and why; what is unusual about the channels of a track."""

    sound: Sound
    left_out: tuple[tuple[SoundTrack, Why], ...] = ()
    findings: tuple[tuple[SoundTrack, Finding], ...] = ()


@dataclass(slots=True)
class _Tracks:
    """The readable tracks and their voices."""

    heard: TracksHeard
    parts: dict[int, tuple[MixVoice, ...]]
    taken: list[MixVoice] = field(default_factory=list)
    left_out: dict[int, Why] = field(default_factory=dict)

    def silent(self, track: SoundTrack) -> bool:
        return all(silent(channel) for channel in self.heard.channels if channel.stream == track.stream)

    def speaks(self, track: SoundTrack) -> bool:
        return any(speaks(channel) for channel in self.heard.channels if channel.stream == track.stream)

    def holds(self, track: SoundTrack, other: SoundTrack) -> bool:
        """Whether this track holds all voices of the other one, and more."""
        own, others = ([part.place for part in self.parts[each.stream]] for each in (track, other))
        more = any(has_more(self.heard.channels[one], self.heard.channels[place]) for one in own for place in others)
        return more and all(relation(self.heard, place, own) == "same" for place in others)


def choose(sound: Sound, heard: TracksHeard, named: Sequence[int] = ()) -> TrackChoice:
    """The sound to use: the sound tracks among those a person has named, else the tracks with voices of their own."""
    wanted = [track for track in sound.tracks if track.stream in named]
    known = {channel.stream for channel in heard.channels}
    usable = [track for track in sound.tracks if track.stream in known and (track in wanted or not wanted)]
    unheard = [track for track in wanted or (() if known else (sound.main,)) if track.stream not in known]
    each = {track.stream: voices_of(track, heard) for track in usable}
    tracks = _Tracks(heard, {number: voices for number, (voices, _) in each.items()})
    tracks.left_out = {
        track.stream: "unchosen" if track.readable else "unreadable"
        for track in sound.tracks
        if track not in (*usable, *unheard)
    }
    if wanted:
        tracks.taken = [part for track in usable for part in tracks.parts[track.stream]]
    elif usable:
        _take(tracks, usable)
    mix = (*_mix(tracks), *(Mixed(track.stream) for track in unheard))
    used = {part.track.stream for part in tracks.taken}
    findings = tuple((track, each[track.stream][1]) for track in usable if track.stream in used and each[track.stream][1])
    return TrackChoice(Sound(sound.tracks, mix), _listed(sound, tracks.left_out), findings)


def _listed(sound: Sound, left_out: dict[int, Why]) -> tuple[tuple[SoundTrack, Why], ...]:
    return tuple((track, left_out[track.stream]) for track in sound.tracks if track.stream in left_out)


def _take(tracks: _Tracks, usable: Sequence[SoundTrack]) -> None:
    """Takes the voices to use from the usable tracks, and notes why the other tracks are left out."""
    ranked = sorted(usable, key=_rank)
    sounding = [track for track in ranked if not tracks.silent(track)]
    speaking = [track for track in sounding if tracks.speaks(track)]
    if not speaking:
        best = (sounding or ranked)[0]
        tracks.taken = list(tracks.parts[best.stream])
        for track in ranked:
            if track is not best:
                tracks.left_out[track.stream] = "silent" if tracks.silent(track) else "unchosen"
        return
    for track in ranked:
        if track not in speaking:
            tracks.left_out[track.stream] = "speechless" if track in sounding else "silent"
    own = _without(tracks, speaking, (track for track in speaking if _for_others(track)), "marked")
    first = next((track.language for track in own if track.language), "")
    own = _without(tracks, own, (track for track in own if track.language not in ("", first)), "language")
    _take_different(tracks, own)


def _rank(track: SoundTrack) -> tuple[bool, bool, int]:
    """Lower for a track that a player would prefer."""
    return _for_others(track), "default" not in track.flags, track.stream


def _for_others(track: SoundTrack) -> bool:
    return not _FOR_OTHERS.isdisjoint(track.flags) or bool(_SAYS_SO.search(track.title))


def _without(tracks: _Tracks, among: Sequence[SoundTrack], others: Iterable[SoundTrack], why: Why) -> list[SoundTrack]:
    """The tracks without some others, unless nothing would be left."""
    out = list(others)
    rest = [track for track in among if track not in out]
    if not rest:
        return list(among)
    tracks.left_out |= {track.stream: why for track in out}
    return rest


def _take_different(tracks: _Tracks, own: Sequence[SoundTrack]) -> None:
    """Takes each voice once: first those of tracks that hold others, then those of the clearest."""

    def order(track: SoundTrack) -> tuple[int, int]:
        held = sum(tracks.holds(track, other) for other in own if other is not track)
        clearness = max(clearness_db(tracks.heard.channels[part.place]) for part in tracks.parts[track.stream])
        return -held, -int(clearness // _CLEARER_DB)

    for track in sorted(own, key=order):
        taken = [part.place for part in tracks.taken]
        relations = {part: relation(tracks.heard, part.place, taken) if taken else "own" for part in tracks.parts[track.stream]}
        new = [part for part, what in relations.items() if what == "own"]
        tracks.taken += new
        if not new:
            tracks.left_out[track.stream] = "version" if "version" in relations.values() else "same"


def _mix(tracks: _Tracks) -> tuple[Mixed, ...]:
    """The mix of the chosen voices, each about as loud as the loudest."""
    taken = sorted(tracks.taken, key=lambda part: part.track.stream)
    if not taken:
        return ()
    levels = {part: _voice_db(tracks.heard, part, taken) for part in taken}
    loudest = max(levels.values())
    voiced = {part: len(speech_windows(tracks.heard.channels[part.place])) for part in taken}
    gains = {
        part: min(_MOST_RAISED_DB, loudest - level) if voiced[part] >= _FEWEST_RAISED else 0.0 for part, level in levels.items()
    }
    mix = []
    for stream, group in groupby(taken, key=lambda part: part.track.stream):
        voices = list(group)
        if len(voices) == 1:
            mix.append(Mixed(stream, voices[0].left, voices[0].right, round(gains[voices[0]], 1)))
        else:
            mix.append(
                Mixed(
                    stream,
                    _summed((part.left, gains[part]) for part in voices),
                    _summed((part.right, gains[part]) for part in voices),
                )
            )
    return tuple(mix)


def _voice_db(heard: TracksHeard, part: MixVoice, among: Sequence[MixVoice]) -> float:
    """The loudness of a voice in its speech: where it is the loudest of all, if it ever is."""
    own = heard.channels[part.place]
    others = [heard.channels[other.place] for other in among if other is not part]
    voiced = speech_windows(own)
    alone = [number for number in voiced if all(own.levels_db[number] >= other.levels_db[number] for other in others)]
    return loudness_db(own, alone or voiced or range(len(own.levels_db)))


def _summed(voices: Iterable[tuple[tuple[int, ...], float]]) -> tuple[int, ...]:
    """The summed channel weights of several voices, each raised by its decibels."""
    raised = [[weight * 10 ** (gain_db / 20) for weight in weights] for weights, gain_db in voices]
    longest = max(map(len, raised))
    return tuple(round(sum(weights[channel] for weights in raised if channel < len(weights))) for channel in range(longest))
