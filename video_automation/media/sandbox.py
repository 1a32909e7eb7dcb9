"""Takes rights away from a process before it reads what a stranger sent: files, network, memory, processor time.

As a program it restricts itself and becomes another program:

    python -I -S sandbox.py PARENT_PID MEMORY FILE_SIZE CPU_SECONDS [-r READABLE]... [-w WRITABLE]... -- PROGRAM ARGUMENT...

It imports nothing but the standard library, so that it starts in some 20 ms. Files and network are closed off by
Landlock (Linux 5.13 and later; network from 6.7): see https://docs.kernel.org/userspace-api/landlock.html.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
SYSTEM_READABLE = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/dev/urandom", "/sys/devices/system/cpu")
"""What any program needs to start."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def landlock_version() -> int:
    """The Landlock version of this kernel, 0 where it has none."""
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)))


def die_with_parent(parent: int) -> None:
    """Has the kernel kill this process when its parent ends, however that ends."""
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(125)


def limit(*, memory: int, file_size: int, cpu_s: int) -> None:
    """Limits address space and written file size in bytes, and processor time in seconds."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def confine(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Leaves this process and its children the named files and folders, and no network; nothing where there is no Landlock.

    Raises:
        OSError: the kernel has Landlock and refused.
    """
    version = landlock_version()
    if not version:
        return
    libc = _libc()
    handled = (1 << 13) - 1
    for since, bit in ((2, 1 << 13), (3, _TRUNCATE), (5, _IOCTL)):
        handled |= bit if version >= since else 0
    network = 0b11 if version >= 4 else 0
    attributes = struct.pack("QQ", handled, network)[: 16 if version >= 4 else 8]
    ruleset = _checked(libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))
    rules = [(path, _EXECUTE | _READ | _READ_DIR) for path in (*SYSTEM_READABLE, *readable)]
    rules += [(path, handled & ~_EXECUTE) for path in writable]
    rules.append(("/dev/null", _READ | _WRITE))
    for path, access in rules:
        if not os.path.exists(path):
            continue
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        possible = handled if os.path.isdir(path) else handled & (_EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL)
        rule = struct.pack("=Qi", access & possible, handle)
        _checked(libc.syscall(_ADD_RULE, ruleset, 1, rule, 0))
        os.close(handle)
    _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(libc.syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def main(arguments: list[str]) -> None:
    """Restricts itself as told on the command line, then becomes the program named there."""
    options, program = arguments[: arguments.index("--")], arguments[arguments.index("--") + 1 :]
    parent, memory, file_size, cpu_s = (int(text) for text in options[:4])
    pairs = list(zip(options[4::2], options[5::2], strict=True))
    die_with_parent(parent)
    limit(memory=memory, file_size=file_size, cpu_s=cpu_s)
    confine([path for flag, path in pairs if flag == "-r"] + program[:1], [path for flag, path in pairs if flag == "-w"])
    os.execv(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])
