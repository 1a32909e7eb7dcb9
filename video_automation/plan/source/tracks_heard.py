"""What analysis observed in the sound tracks of a file, channel by channel: the values editing chooses tracks from."""

from dataclasses import dataclass

HEARD_WINDOW_MS = 480
QUIETEST_DB = -120
SPEAKS = 50
"""Percent of voice probability from which on a window counts as speech."""


@dataclass(frozen=True, slots=True)
class HeardChannel:
    """One channel of one track in the sampled windows, `HEARD_WINDOW_MS` each, spread over the recording.

    `levels_db`: RMS level in dB of full scale (whole numbers, -120 to 0).
    `speech`: probability of speech in percent; all 0 if speech was not analysed.
    """

    stream: int
    channel: int
    levels_db: tuple[int, ...]
    speech: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TracksHeard:
    """Observations of all tracks in the same windows.

    `alike[i][j]`: in percent, how much of channel `i` is the sound of channel `j`, where that has speech (or where it is
    loudest, if it has none): 100 is a copy, -100 an inverted copy, less than some 50 another sound.
    """

    channels: tuple[HeardChannel, ...] = ()
    alike: tuple[tuple[int, ...], ...] = ()
