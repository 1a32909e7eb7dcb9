"""What analysis heard in the sound tracks of a file, channel by channel: values that editing chooses tracks from."""

from dataclasses import dataclass

HEARD_WINDOW_MS = 480
QUIETEST_DB = -120
SPEAKS = 50
"""Percent from which on somebody speaks in a window."""


@dataclass(frozen=True, slots=True)
class HeardChannel:
    """One channel of one track in the windows that were listened to, `HEARD_WINDOW_MS` each, spread over the recording.

    `levels_db`: RMS level in dB of full scale (whole numbers, -120 to 0).
    `speech`: how probably somebody speaks, in percent; all 0 where nobody listened for that.
    """

    stream: int
    channel: int
    levels_db: tuple[int, ...]
    speech: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TracksHeard:
    """What was heard in all tracks in the same windows.

    `alike[i][j]`: in percent, how much of what is in channel `i` is the sound of channel `j`, where somebody speaks in that (or
    where it is loudest, if nobody does): 100 is a copy, -100 a copy turned upside down, less than some 50 another sound.
    """

    channels: tuple[HeardChannel, ...] = ()
    alike: tuple[tuple[int, ...], ...] = ()
