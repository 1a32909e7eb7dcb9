"""How many cores a process may use: those it sees, or fewer by its cgroup quota."""

import os
from pathlib import Path

import pytest

from video_automation.media.capacity import cores

SEEN = len(os.sched_getaffinity(0))


def machine(root: Path, groups: str, **quotas: str) -> Path:
    """A machine's `proc` and `sys` with these lines of `/proc/self/cgroup` and these files below `/sys/fs/cgroup`."""
    files = {"proc/self/cgroup": groups} | {f"sys/fs/cgroup/{name}": text for name, text in quotas.items()}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


@pytest.mark.parametrize(
    ("quota", "expected"), [("100000 100000", 1), ("50000 100000", 1), ("max 100000", SEEN), ("9900000 100000", SEEN)]
)
def test_a_quota_of_processor_time_counts(tmp_path: Path, quota: str, expected: int) -> None:
    assert cores(machine(tmp_path, "0::/a/b\n", **{"a/b/cpu.max": quota})) == expected


def test_the_least_quota_of_all_groups_above_counts(tmp_path: Path) -> None:
    quotas = {"a/cpu.max": "100000 100000", "a/b/cpu.max": "max 100000"}
    assert cores(machine(tmp_path, "0::/a/b\n", **quotas)) == 1


def test_a_container_that_sees_its_own_group_as_the_root_is_held_to_it(tmp_path: Path) -> None:
    assert cores(machine(tmp_path, "0::/\n", **{"cpu.max": "100000 100000"})) == 1


def test_a_quota_of_the_older_kind_counts(tmp_path: Path) -> None:
    quotas = {"cpu/a/cpu.cfs_quota_us": "100000", "cpu/a/cpu.cfs_period_us": "100000"}
    assert cores(machine(tmp_path, "4:cpu,cpuacct:/a\n1:name=systemd:/a\n", **quotas)) == 1


def test_a_machine_without_groups_has_the_cores_it_shows(tmp_path: Path) -> None:
    assert cores(tmp_path) == SEEN
