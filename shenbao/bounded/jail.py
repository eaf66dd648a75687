"""A jail for processes that touch strangers' bytes: no writing but into named folders, no network, no signals to others.

Landlock (landlock(7)) keeps the files, a seccomp filter (seccomp(2)) the sockets that Landlock knows nothing of. Reading is
not restricted: what a process reads cannot get out but in its answer. Neither needs a privilege, neither can be taken back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

VARIABLE_JAIL = "SHENBAO_JAIL"
"""Where it is set, processes jail themselves; it names the folders that they may write into besides their own."""
LEAST_JAIL = 2
"""The first Landlock that lets a file be renamed from one folder into another (Linux 5.19)."""
_NET_ABI, _SCOPE_ABI, _TRUNCATE_ABI = 4, 6, 3
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
"""Numbers of the system calls, the same on every processor."""
_WRITE_FILE, _TRUNCATE = 1 << 1, 1 << 14
_CHANGES = sum(1 << bit for bit in (1, *range(4, 14)))
"""Everything that changes a folder: writing, removing and making of any kind, and moving between folders."""
_TCP, _SCOPES = 3, 3
"""Binding and connecting; abstract sockets and signals."""
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_DEVICES = ("/dev/null", "/dev/shm")
"""What libraries write to that leads nowhere: nothing, and the memory that threads share."""
_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Processor → its architecture as seccomp calls it, and the number of `socket`."""
_IO_URING_SETUP = 425
"""It makes sockets past `socket`."""
_LAST_CALL = 0x3FFFFFFF
"""Numbers above are another way to the same calls (x32)."""
_AF_UNIX = 1
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES


class NoJailError(Exception):
    """This system has no jail; the message says what it lacks."""


def jail_version() -> int:
    """The version of the system's Landlock; 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(ctypes.CDLL(None, use_errno=True).syscall(_CREATE_RULESET, None, 0, 1)))


def use_jail(*writable: Path) -> None:
    """Have processes that are started from now on jail themselves, with these folders to write into.

    Raises `NoJailError` where the system has no jail.
    """
    if jail_version() < LEAST_JAIL:
        raise NoJailError(
            "--jail needs Landlock (Linux 5.19 or newer): leave it out, or see `shenbao doctor`"
        )
    os.environ[VARIABLE_JAIL] = os.pathsep.join(str(path.absolute()) for path in writable)


def enter_jail(folder: Path) -> None:
    """Jail this thread and all that it starts, if the environment says so; `folder` may be written into.

    Raises `OSError` where the system refuses: a process that was to be jailed does not go on without.
    """
    named = os.environ.get(VARIABLE_JAIL)
    if named is None:
        return
    system = ctypes.CDLL(None, use_errno=True)
    _done(system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _restrict_files(system, [folder, *map(Path, filter(None, named.split(os.pathsep)))])
    if platform.machine() in _CALLS:
        _refuse_sockets(system, *_CALLS[platform.machine()])


def _restrict_files(system: ctypes.CDLL, writable: Sequence[Path]) -> None:
    version = jail_version()
    changes = _CHANGES | (_TRUNCATE if version >= _TRUNCATE_ABI else 0)
    rules = struct.pack("=QQQ", changes, _TCP if version >= _NET_ABI else 0, _SCOPES)
    size = 24 if version >= _SCOPE_ABI else 16 if version >= _NET_ABI else 8
    ruleset = _done(system.syscall(_CREATE_RULESET, rules, size, 0))
    try:
        for path in writable:
            _allow(system, ruleset, path, changes)
        for path in map(Path, _DEVICES):
            with suppress(FileNotFoundError):
                _allow(
                    system, ruleset, path, changes if path.is_dir() else changes & (_WRITE_FILE | _TRUNCATE)
                )
        _done(system.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow(system: ctypes.CDLL, ruleset: int, path: Path, changes: int) -> None:
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", changes, opened)
        _done(system.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0))
    finally:
        os.close(opened)


def _refuse_sockets(system: ctypes.CDLL, architecture: int, socket: int) -> None:
    """Refuse every socket but those between processes of this machine, and every other way to make one."""
    load, equal, above, answer = 0x20, 0x15, 0x25, 0x06
    steps = (
        (load, 0, 0, 4),  # the architecture of the call
        (equal, 0, 6, architecture),
        (load, 0, 0, 0),  # its number
        (above, 4, 0, _LAST_CALL),
        (equal, 3, 0, _IO_URING_SETUP),
        (equal, 0, 3, socket),
        (load, 0, 0, 16),  # the first argument: the family
        (equal, 1, 0, _AF_UNIX),
        (answer, 0, 0, _REFUSE),
        (answer, 0, 0, _ALLOW),
    )
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    head = struct.pack("@HxxxxxxP", len(steps), ctypes.addressof(program))
    _done(system.prctl(_SET_SECCOMP, _FILTER, head, 0, 0))


def _done(answer: int) -> int:
    """The answer of a system call; raises `OSError` where it failed."""
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), "jail")
    return answer
