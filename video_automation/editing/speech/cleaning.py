"""Decides where noise is turned down: around a voice, where it is noise, and where the voice does not suffer.

The numbers below were measured on speech with white, pink and mains noise down to 0 dB, with music, applause and other voices.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from video_automation.editing.time_range import TimeRange, merged_ranges
from video_automation.plan.source.heard import SPEECH_HOP_MS, Hearing
from video_automation.plan.source.noise import NOISE_HOP_MS, SPREAD_HOP_MS, Noise

_SPEECH = 50
"""Percent of voice probability of speech."""
_BESIDE_MS = 1_000
"""Sound this near to speech tells what is heard between words,"""
_PART_MS = 300
"""and this near it is part of it."""
_HOPS = SPREAD_HOP_MS // NOISE_HOP_MS
_REACH_S = 15
"""Seconds in which speech tells how loud the noise is. Further away from any, sound is left as it is."""
_ENOUGH = 10
"""Fewer tenths of a second of speech in them are somebody's laugh, or the voice network's mistake."""
_QUIET_SHARE = 0.1
"""The share of the quietest moments: those between words."""
_LOUDER_DB = 6
"""Sound so far above the noise between words is something else: applause, laughter, a jingle."""
_INAUDIBLE_DB = 45
"""Noise so far below the speech is not heard."""
_MOVING_TENTHS_DB = 40
"""Where levels of bands lie so far apart, there is music, or others talk: 1 dB with noise, 3 in rooms, 7 with music."""
_LOST_DB = 3
"""Speech suffers if cleaning leaves it so far below what it is without the level of the noise."""
_LOSS_S = 2
"""Seconds over which that is judged."""
_LEFT_MS = 1_000
"""Shorter sounds that are not to be cleaned, a cough or a door, are cleaned with the rest."""
_SHORTEST_MS = 2_000


def cleaned_ranges(hearing: Hearing, noise: Noise) -> tuple[TimeRange, ...]:
    """Where the noise of a source is to be turned down, in order and apart."""
    spoken = _spoken(hearing.speech, len(noise.levels_db))
    beside, said = (_widened(spoken, ms // NOISE_HOP_MS) for ms in (_BESIDE_MS, _PART_MS))
    wanted: list[bool] = []
    for second in range(0, len(noise.levels_db), _HOPS):
        hops = range(second, min(second + _HOPS, len(noise.levels_db)))
        noise_db = _noise_db(noise, spoken, beside, second)
        if noise_db is None or not _is_noise(noise, second // _HOPS) or _suffers(noise, spoken, second, noise_db):
            wanted += [False for _ in hops]
        else:
            wanted += [said[hop] or noise.levels_db[hop] <= noise_db + _LOUDER_DB for hop in hops]
    ranges = merged_ranges(_ranges(wanted), across_ms=_LEFT_MS)
    return tuple(one for one in ranges if one.length >= _SHORTEST_MS)


def cleaning_remarks(hearing: Hearing, noise: Noise, cleaned: Sequence[TimeRange]) -> tuple[str, ...]:
    """What is to be said of sound that was left as it is, if a clean voice was asked for."""
    spoken = _spoken(hearing.speech, len(noise.levels_db))
    if not any(spoken):
        return ()
    inside = [False] * len(spoken)
    for one in cleaned:
        hops = slice(one.start // NOISE_HOP_MS, one.end // NOISE_HOP_MS)
        inside[hops] = [True] * len(inside[hops])
    left = sum(1 for hop, speech in enumerate(spoken) if speech and not inside[hop])
    if not left:
        return ()
    share = max(1, round(100 * left / sum(spoken)))
    told = "The sound is" if left == sum(spoken) else f"The sound of {share} % of the speech is"
    return (f"{told} as it was recorded: there is hardly any noise, or turning it down would harm voices or music.",)


def _spoken(speech: Sequence[int], count: int) -> list[bool]:
    """For each tenth of a second, whether somebody speaks."""
    spoken = [False] * count
    for i, percent in enumerate(speech):
        hop = i * SPEECH_HOP_MS // NOISE_HOP_MS
        if percent >= _SPEECH and hop < count:
            spoken[hop] = True
    return spoken


def _widened(spoken: Sequence[bool], by: int) -> list[bool]:
    """Likewise, with so many tenths of a second on either side."""
    wide = [False] * len(spoken)
    for hop, is_spoken in enumerate(spoken):
        if is_spoken:
            around = slice(max(0, hop - by), hop + by + 1)
            wide[around] = [True] * len(wide[around])
    return wide


def _noise_db(noise: Noise, spoken: Sequence[bool], beside: Sequence[bool], second: int) -> int | None:
    """The level of the noise between words around a second; None if nobody speaks around it, or if the noise is not heard."""
    around = range(max(0, second - _REACH_S * _HOPS), min(len(spoken), second + (_REACH_S + 1) * _HOPS))
    speech_db = sorted(noise.levels_db[hop] for hop in around if spoken[hop])
    talk_db = sorted(noise.levels_db[hop] for hop in around if beside[hop])
    if len(speech_db) < _ENOUGH:
        return None
    noise_db = talk_db[int(len(talk_db) * _QUIET_SHARE)]
    return noise_db if noise_db > speech_db[len(speech_db) // 2] - _INAUDIBLE_DB else None


def _is_noise(noise: Noise, second: int) -> bool:
    return 0 <= noise.spread_tenths_db[second] <= _MOVING_TENTHS_DB


def _suffers(noise: Noise, spoken: Sequence[bool], second: int, noise_db: int) -> bool:
    """Whether the speech around a second would lose too much of its level, with noise of this level in it."""
    around = range(max(0, second - _LOSS_S * _HOPS), min(len(spoken), second + (_LOSS_S + 1) * _HOPS))
    hops = [hop for hop in around if spoken[hop]]
    before, after = (sum(_power(levels[hop]) for hop in hops) for levels in (noise.levels_db, noise.clean_db))
    return after < (before - len(hops) * _power(noise_db)) * _power(-_LOST_DB)


def _power(level_db: int) -> float:
    return float(10 ** (level_db / 10))


def _ranges(wanted: Iterable[bool]) -> Iterator[TimeRange]:
    at = 0
    for is_wanted, hops in groupby(wanted):
        end = at + len(list(hops))
        if is_wanted:
            yield TimeRange(at * NOISE_HOP_MS, end * NOISE_HOP_MS)
        at = end
