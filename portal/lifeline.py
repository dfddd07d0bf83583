"""A process that ends when the one that started it ends, however that happened."""

import ctypes
import os
import signal
import sys

PARENT_VARIABLE = "PORTAL_PARENT_PID"  # tells a child of `portal run` whom to follow
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent(signum: int = signal.SIGTERM) -> None:
    """Linux sends `signum` to this process when its parent ends; elsewhere nothing happens.

    It outlives exec, not a change of user. Between fork and exec this is safe: it only makes a system call.
    """
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signum, 0, 0, 0)


def die_with(parent_pid: int) -> None:
    """End at once with `parent_pid`, also when that is gone already.

    Whoever kills the supervisor with -9 ends its database too: an orderly stop would wait for it in vain. Every part
    is made to survive a kill -9.
    """
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent_pid:
        sys.exit(1)
