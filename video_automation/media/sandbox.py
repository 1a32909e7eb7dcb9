"""Takes rights away from a process before it reads an untrusted file: files, network, memory, processor time.

Run as a program, it restricts itself and then becomes another program:

    python -I -S sandbox.py PARENT_PID MEMORY FILE_SIZE CPU_SECONDS [-r READABLE]... [-w WRITABLE]... -- PROGRAM ARGUMENT...

It imports nothing but the standard library, so it starts in some 20 ms. Landlock closes off files (Linux 5.13 and later,
https://docs.kernel.org/userspace-api/landlock.html). A seccomp filter closes off sockets, other processes and what Landlock
leaves open. Neither needs any privilege.
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

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 1, 22, 24, 38
_SECCOMP_FILTER = 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_EXECUTE, _WRITE, _READ, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_FILE = 1 << 5, 1 << 8
_REFER, _TRUNCATE, _IOCTL = 1 << 13, 1 << 14, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL
_WORKING = _WRITE | _READ | _READ_DIR | _REMOVE_FILE | _MAKE_FILE | _REFER | _TRUNCATE
"""No right to make folders: thousands nested in each other could not be removed."""
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""By machine: the index of its system call numbers below, and its seccomp name."""
_FORBIDDEN = {
    # what Landlock leaves open: sockets, and the modes, owners, times and attributes of other files
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    "chmod": (90,),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92,),
    "fchown": (93, 55),
    "lchown": (94,),
    "fchownat": (260, 54),
    "utime": (132,),
    "utimes": (235,),
    "futimesat": (261,),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "setxattrat": (463, 463),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "removexattrat": (466, 466),
    "file_setattr": (469, 469),
    "open_by_handle_at": (304, 265),
    # watching for the names of files as they are made
    "inotify_init": (253,),
    "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27),
    "fanotify_init": (300, 262),
    "fanotify_mark": (301, 263),
    # other processes: making them, and touching those of the same user
    "fork": (57,),
    "vfork": (58,),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setscheduler": (144, 119),
    "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
    "sched_setaffinity": (203, 122),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "semtimedop": (220, 192),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # the kernel itself: the calls exploits begin with, and those for administrators
    "mount": (165, 40),
    "umount2": (166, 39),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
}
"""Refused system calls, with their numbers on x86_64 and aarch64; a call with a single number does not exist on aarch64."""
_CLONE, _CLONE3, _TGKILL, _PRLIMIT, _PRCTL = (56, 220), (435, 435), (234, 131), (302, 261), (157, 167)
_CLONE_THREAD = 0x10000
_FCNTL = (72, 25)
_SIGNALLING = (8, 10, 15)
"""F_SETOWN, F_SETSIG, F_SETOWN_EX: they choose which process gets which signal when a file can be read."""
_CAP_DAC_OVERRIDE, _CAPABILITIES = 1, 64
_THREADS = 1024
"""How many more threads than at its start all users together may have before this program gets no more."""
_NICENESS = 10
"""Web pages and Redis get the processor first."""
SYSTEM_READABLE = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/dev/urandom", "/sys/devices/system/cpu")
"""Files any program needs to start."""


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def landlock_version() -> int:
    """The Landlock version of this kernel, 0 where it has none."""
    return max(0, int(_libc().syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), 1)))


def die_with_parent(parent: int) -> None:
    """Has the kernel kill this process when its parent ends, for whatever reason."""
    _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # the parent ended before the call
        os._exit(125)


def limit(*, memory: int, file_size: int, cpu_s: int) -> None:
    """Limits address space and written file size in bytes, processor time in seconds, and, unless root, threads."""
    wanted = {resource.RLIMIT_AS: memory, resource.RLIMIT_FSIZE: file_size, resource.RLIMIT_CPU: cpu_s, resource.RLIMIT_CORE: 0}
    with suppress(OSError), open("/proc/loadavg") as load:  # without /proc, only memory limits threads
        wanted[resource.RLIMIT_NPROC] = int(load.read().split()[3].partition("/")[2]) + _THREADS
    for kind, most in wanted.items():
        allowed = resource.getrlimit(kind)[1]
        value = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(kind, (value, value))


def give_up_root() -> None:
    """Drops root's rights for the program this process becomes, except the right to open files of any owner."""
    for right in range(_CAPABILITIES):
        if right != _CAP_DAC_OVERRIDE:  # in a container, videos may belong to another user
            _libc().prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)


def confine(readable: Iterable[str], writable: Iterable[str], runnable: Iterable[str] = ()) -> None:
    """Limits this process and its children to the named files and folders; does nothing if there is no Landlock.

    Further calls can only take more away.

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


def forbid_calls() -> None:
    """Refuses `_FORBIDDEN` and new processes to this process and its threads; does nothing if there is no seccomp."""
    if not _has_seccomp():
        return
    column, machine = _MACHINES[os.uname().machine]
    load, equal, at_least, any_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    allowed, refused, unknown = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x00050000 | errno.ENOSYS
    steps = [  # code, steps to skip if true, if false, value
        *((load, 0, 0, 4), (equal, 1, 0, machine), (answer, 0, 0, refused)),
        *((load, 0, 0, 0), (at_least, 0, 1, 1 << 30), (answer, 0, 0, refused)),  # the x32 way of calling
        *((equal, 0, 1, _CLONE3[column]), (answer, 0, 0, unknown)),  # so the C library uses `clone`, whose flags can be seen
    ]
    for numbers in _FORBIDDEN.values():
        for number in numbers[column : column + 1]:
            steps += [(equal, 0, 1, number), (answer, 0, 0, refused)]
    for numbers, test, value in (
        *((_CLONE, any_bit, _CLONE_THREAD), (_TGKILL, equal, os.getpid()), (_PRLIMIT, equal, 0)),
        (_PRCTL, at_least, _PR_SET_PDEATHSIG + 1),  # the program would outlive its parent
    ):
        first_argument = [(load, 0, 0, 16), (test, 1, 0, value), (answer, 0, 0, refused), (answer, 0, 0, allowed)]
        steps += [(equal, 0, len(first_argument), numbers[column]), *first_argument]
    kinds = [step for kind in _SIGNALLING for step in ((equal, 0, 1, kind), (answer, 0, 0, refused))]
    second_argument = [(load, 0, 0, 24), *kinds, (answer, 0, 0, allowed)]
    steps += [(equal, 0, len(second_argument), _FCNTL[column]), *second_argument]
    steps.append((answer, 0, 0, allowed))
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxQ", len(steps), ctypes.addressof(code))
    _checked(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(_libc().prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, program, 0, 0))


def missing_protection() -> tuple[str, ...]:
    """The sandbox protections this kernel or machine lacks, as sentences; usually none."""
    files = "This kernel has no Landlock: a video that takes over its reader could read whatever this service can."
    calls = "There is no seccomp here: a video that takes over its reader could use the network and start processes."
    return (*(() if landlock_version() else (files,)), *(() if _has_seccomp() else (calls,)))


def _has_seccomp() -> bool:
    if os.uname().machine not in _MACHINES or sys.maxsize < 1 << 32:
        return False
    _libc().prctl(_PR_SET_SECCOMP, _SECCOMP_FILTER, None, 0, 0)  # without a filter: "bad address" where one could be set
    return ctypes.get_errno() == errno.EFAULT


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
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and the program would inherit that
        signal.signal(number, signal.SIG_DFL)
    limit(memory=memory, file_size=file_size, cpu_s=cpu_s)
    give_up_root()
    readable = [path for flag, path in pairs if flag == "-r"]
    confine(readable, [path for flag, path in pairs if flag == "-w"], runnable=program[:1])
    forbid_calls()
    os.execv(program[0], program)


if __name__ == "__main__":
    main(sys.argv[1:])
