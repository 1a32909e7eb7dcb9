"""What analysis observed in a source's sound: the values editing decides from, on the source's own clock."""

from dataclasses import dataclass

LEVEL_HOP_MS = 10
SPEECH_HOP_MS = 32
LOUDNESS_HOP_MS = 100


@dataclass(frozen=True, slots=True)
class Hearing:
    """Observations of a source's sound, at regular steps from its first millisecond on; all empty if it has no sound.

    `levels_db`: RMS level in dB of full scale (whole numbers, -120 to 0) of each `LEVEL_HOP_MS`, mono at 16 kHz, without the
    rumble below a voice.
    `speech`: probability of speech in percent for each `SPEECH_HOP_MS` (Silero VAD).
    `momentary_lufs`: loudness of the 400 ms that end with each `LOUDNESS_HOP_MS` (ITU-R BS.1770-4, momentary), in tenths of
    LUFS as whole numbers, at least -1200; the first three, with less than 400 ms behind them, are -1200.
    """

    levels_db: tuple[int, ...] = ()
    speech: tuple[int, ...] = ()
    momentary_lufs: tuple[int, ...] = ()
