"""The integrated loudness of sound, from its momentary loudness (ITU-R BS.1770-4)."""

from collections.abc import Iterable
from math import log10

_SILENCE_LUFS, _GATE_LU = -70.0, -10.0
"""The absolute gate, and the relative gate below the mean of the remaining blocks: quieter blocks do not count."""


def integrated_lufs(momentary: Iterable[float]) -> float | None:
    """The integrated loudness of momentary values, of 400 ms each, in LUFS, gated as the standard says; None for silence."""
    powers = [_power(lufs) for lufs in momentary if lufs > _SILENCE_LUFS]
    if not powers:
        return None
    gate = _power(_lufs(sum(powers) / len(powers)) + _GATE_LU)
    counted = [power for power in powers if power > gate]
    return _lufs(sum(counted) / len(counted))


def _power(lufs: float) -> float:
    return 10 ** (lufs / 10)


def _lufs(power: float) -> float:
    return 10 * log10(power)
