"""How loud sound is as a whole, by the loudness of its moments (ITU-R BS.1770-4)."""

from collections.abc import Iterable
from math import log10

_SILENCE_LUFS, _GATE_LU = -70.0, -10.0
"""Moments quieter than the first count for nothing, nor those further below the mean of the others."""


def integrated_lufs(momentary: Iterable[float]) -> float | None:
    """The integrated loudness of momentary ones, of 400 ms each, in LUFS, gated as the standard says; None for silence."""
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
