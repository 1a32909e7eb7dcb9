"""What was measured of the noise in a source's sound: the values editing decides from."""

from dataclasses import dataclass

NOISE_HOP_MS = 100
SPREAD_HOP_MS = 1_000


@dataclass(frozen=True, slots=True)
class Noise:
    """Measures of a source's sound at regular steps from its first millisecond on; all empty if it has no sound.

    `levels_db`: level in dB of full scale (whole numbers) of each `NOISE_HOP_MS`, without the rumble below a voice.
    `clean_db`: likewise, once its noise is turned down.
    `spread_tenths_db`: for each `SPREAD_HOP_MS`, how far the levels of a band lie apart in the pauses of speech around then, in
    tenths of dB: a fan's hardly do, those of music do. -1 where there are too few pauses.
    """

    levels_db: tuple[int, ...] = ()
    clean_db: tuple[int, ...] = ()
    spread_tenths_db: tuple[int, ...] = ()
