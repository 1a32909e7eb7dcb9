"""Takes rights away from a process before it reads what a stranger sent: files, network, memory, processor time.

As a program it restricts itself and becomes another program:

    python -I -S sandbox.py PARENT_PID MEMORY FILE_SIZE CPU_SECONDS [-r READABLE]... [-w WRITABLE]... -- PROGRAM ARGUMENT...

It imports nothing but the standard library, so that it starts in some 20 ms. Files are closed off by Landlock (Linux 5.13
and later, https://docs.kernel.org/userspace-api/landlock.html), sockets by a seccomp filter: neither needs any privilege.
"""

import ctypes
import errno
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_FILE = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL
_WORKING = _WRITE | _READ | _READ_DIR | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_FILE | _REFER | _TRUNCATE
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine: its number for seccomp, and that of its system call `socket`."""
_IO_URING_SETUP = 425
_NICENESS = 10
"""Leaves the processor to the web pages and to Redis whenever they want it."""
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
    wanted = {resource.RLIMIT_AS: memory, resource.RLIMIT_FSIZE: file_size, resource.RLIMIT_CPU: cpu_s, resource.RLIMIT_CORE: 0}
    for kind, most in wanted.items():
        allowed = resource.getrlimit(kind)[1]
        value = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (value, value))


def confine(readable: Iterable[str], writable: Iterable[str], runnable: Iterable[str] = ()) -> None:
    """Leaves this process and its children the named files and folders; all of them where there is no Landlock.

    Called again it can only take more away.

    Raises:
        OSError: the kernel has Landlock and refused.
    """
    version = landlock_version()
    if not version:
        return
    libc = _libc()
    handled = (1 << 13) - 1
    for since, bit in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL)):
        handled |= bit if version >= since else 0
    network = 0b11 if version >= 4 else 0  # binding and connecting
    scope = 0b11 if version >= 6 else 0  # abstract sockets and signals
    attributes = struct.pack("QQQ", handled, network, scope)[: 24 if version >= 6 else 16 if version >= 4 else 8]
    ruleset = _checked(libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0))
    rules = [(path, _EXECUTE | _READ | _READ_DIR) for path in (*SYSTEM_READABLE, *runnable)]
    rules += [(path, _READ | _READ_DIR) for path in readable]
    rules += [(path, _WORKING) for path in writable]
    rules.append(("/dev/null", _READ | _WRITE))
    for path, access in rules:
        if not os.path.exists(path):
            continue
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        possible = handled if os.path.isdir(path) else handled & _FILE_RIGHTS
        _checked(libc.syscall(_ADD_RULE, ruleset, 1, struct.pack("=Qi", access & possible, handle), 0))
        os.close(handle)
    _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(libc.syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def forbid_sockets() -> None:
    """Has `socket` answer "permission denied" in this process and its children; nothing on machines we have no numbers for."""
    if os.uname().machine not in _MACHINES or sys.maxsize < 1 << 32:
        return
    machine, socket = _MACHINES[os.uname().machine]
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    steps = (  # code, steps to skip if true, if false, value
        (load, 0, 0, 4),
        (equal, 0, 5, machine),
        (load, 0, 0, 0),
        (at_least, 3, 0, 1 << 30),  # the x32 way of calling
        (equal, 2, 0, socket),
        (equal, 1, 0, _IO_URING_SETUP),  # it can open sockets too
        (answer, 0, 0, 0x7FFF0000),
        (answer, 0, 0, 0x00050000 | errno.EACCES),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
    _checked(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    with suppress(OSError):  # a kernel without seccomp
        _checked(_libc().prctl(_PR_SET_SECCOMP, 2, program, 0, 0))


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
    os.nice(_NICENESS)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and what is ignored stays so in the program
        signal.signal(number, signal.SIG_DFL)
    limit(memory=memory, file_size=file_size, cpu_s=cpu_s)
    readable = [path for flag, path in pairs if flag == "-r"]
    confine(readable, [path for flag, path in pairs if flag == "-w"], runnable=program[:1])
    forbid_sockets()
    os.execv(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])
