"""Valid videos with randomly changed bytes. The same seed gives the same videos."""

import struct
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.attacks.attack import Attack

_EXTREMES = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_HEAD = 2048
"""Bytes at the beginning and at the end where containers have their headers: half of the changes are made there."""


def mutants(seeds: tuple[Path, ...], folder: Path, chance: Random, count: int) -> Iterator[Attack]:
    """`count` videos with one to four changes each."""
    for i in range(count):
        source = seeds[i % len(seeds)]
        data = bytearray(source.read_bytes())
        for _ in range(chance.randint(1, 4)):
            chance.choice((_flip, _flip, _lie, _lie, _swap, _double, _cut, _noise))(data, chance)
        file = folder / f"{i:05}-{source.name}"
        file.write_bytes(data)
        yield Attack(file)


def _place(data: bytearray, chance: Random, width: int) -> int:
    last = max(0, len(data) - width)
    near = chance.randint(0, min(last, _HEAD))
    return chance.choice((near, last - near, chance.randint(0, last), chance.randint(0, last)))


def _flip(data: bytearray, chance: Random) -> None:
    for _ in range(chance.randint(1, 32)):
        if data:
            data[_place(data, chance, 1)] ^= 1 << chance.randrange(8)


def _lie(data: bytearray, chance: Random) -> None:
    if len(data) >= 4:
        struct.pack_into(chance.choice("<>") + "I", data, _place(data, chance, 4), chance.choice(_EXTREMES))


def _swap(data: bytearray, chance: Random) -> None:
    width = chance.randint(1, 512)
    a, b = _place(data, chance, width), _place(data, chance, width)
    data[a : a + width], data[b : b + width] = data[b : b + width], data[a : a + width]


def _double(data: bytearray, chance: Random) -> None:
    width = chance.randint(1, 4096)
    a = _place(data, chance, width)
    data[a:a] = data[a : a + width]


def _cut(data: bytearray, chance: Random) -> None:
    width = chance.randint(1, max(1, len(data) // 2))
    a = _place(data, chance, width)
    del data[a : a + width]


def _noise(data: bytearray, chance: Random) -> None:
    width = chance.randint(1, 256)
    a = _place(data, chance, width)
    data[a : a + width] = chance.randbytes(width)
