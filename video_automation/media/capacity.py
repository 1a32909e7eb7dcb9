"""The number of processor cores this process may use."""

import os
from collections.abc import Iterator
from contextlib import suppress
from math import ceil
from pathlib import Path


def cores(root: Path = Path("/")) -> int:
    """The cores this process may run on, or those its control groups' quotas allow, if fewer; at least one.

    A container started with `--cpus=2` sees all cores of its machine, but is stopped once it has used two cores' time: see
    `cpu.max` in https://docs.kernel.org/admin-guide/cgroup-v2.html, and for version 1 `cpu.cfs_quota_us`. `root` is the folder
    with `proc` and `sys`.
    """
    return max(1, min([len(os.sched_getaffinity(0)), *map(ceil, _shares(root))]))


def _shares(root: Path) -> Iterator[float]:
    """The cores that each control group above this process allows, for the groups that have a quota."""
    mounted = root / "sys/fs/cgroup"
    with suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text().splitlines():
            _, controllers, name = line.split(":", 2)
            inside = Path(name.lstrip("/"))
            for group in (inside, *inside.parents):
                if not controllers:
                    yield from _share(mounted / group / "cpu.max")
                elif "cpu" in controllers.split(","):
                    yield from _share(*(mounted / "cpu" / group / f"cpu.cfs_{what}_us" for what in ("quota", "period")))


def _share(*files: Path) -> Iterator[float]:
    with suppress(OSError, ValueError, ZeroDivisionError):
        quota, period = " ".join(file.read_text() for file in files).split()
        if quota not in ("max", "-1"):
            yield int(quota) / int(period)
