"""Locks on a run's files: one training run at a time, and a killed one leaves no lock."""

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from lenet_gui.errors import UserError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
_SUFFIX = ".lenet-lock"
_TRIES, _TRY_AGAIN_S = 5, 0.01  # the others here hold one for an instant
_FAR = 1 << 30  # Windows keeps others from reading what is locked: a byte where nothing is


@contextmanager
def locked(*places: Path) -> Iterator[None]:
    """Locks the places of files, which need not exist, against every other training run.

    Meanwhile there is a hidden file ".NAME.lenet-lock" beside each, if the folder allows that. The
    system releases it when its process ends, however it ends; one that was left is taken over.

    Raises:
        UserError: another training run holds one of them.
    """
    with ExitStack() as held:
        # The same file with different names is locked once.
        for real, place in {os.path.realpath(place): place for place in places}.items():
            held.enter_context(_held(Path(real), place))
        yield


def check_free(*places: Path) -> None:
    """Checks, before long work, whether another training run holds one of the places now.

    Raises:
        UserError: one does.
    """
    with locked(*places):
        pass


def is_held(*places: Path) -> bool:
    """Whether a training run holds one of the places just now; makes no file and no folder."""
    return any(_is_held(_lock_file(Path(os.path.realpath(place)))) for place in places)


def remove_stale_locks(folder: Path) -> None:
    """Removes the locks in a folder that killed training runs left; those that are held stay.

    What cannot be read or removed stays, silently.
    """
    with suppress(OSError):
        for file in list(folder.glob(f".*{_SUFFIX}")):
            with suppress(OSError):
                if stat.S_ISREG(file.lstat().st_mode):
                    _remove_if_stale(file)


def lock_of(handle: int) -> bool:
    """Locks an open file until it is closed; returns whether nobody else has the lock.

    On a file system without locks, nobody has.
    """
    try:
        if sys.platform == "win32":
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _HELD
    return True


@contextmanager
def _held(real: Path, place: Path) -> Iterator[None]:
    file = _lock_file(real)
    handle = _opened(file, place)
    try:
        yield
    finally:
        if handle is not None:
            _remove(file, handle)


def _lock_file(real: Path) -> Path:
    return real.with_name(f".{real.name}{_SUFFIX}")


def _is_held(file: Path) -> bool:
    with suppress(OSError):
        if stat.S_ISREG(file.lstat().st_mode):
            handle = os.open(file, os.O_RDWR)
            try:
                return not lock_of(handle)
            finally:
                os.close(handle)
    return False


def _opened(file: Path, place: Path) -> int | None:
    """The lock's file, open and locked; None if it cannot be made."""
    tries = 0
    while True:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError:
            return None  # whoever writes there reports it
        if lock_of(handle):
            if _leads_to(file, handle):
                return handle
            os.close(handle)  # the previous holder has just removed it
            continue
        os.close(handle)
        tries += 1
        if tries == _TRIES:
            raise UserError(
                f"Another training run is writing {place}: wait until it has ended, or choose "
                "another place."
            )
        time.sleep(_TRY_AGAIN_S)


def _remove_if_stale(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    if lock_of(handle):
        _remove(file, handle)
    else:
        os.close(handle)


def _leads_to(file: Path, handle: int) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(handle), file.stat())
    return False


def _remove(file: Path, handle: int) -> None:
    is_ours = os.fstat(handle).st_size == 0 and _leads_to(file, handle)  # else it is another file
    if sys.platform == "win32":  # which removes no open file, nor one that another has opened
        os.close(handle)
    if is_ours:
        with suppress(OSError):
            file.unlink()
    if sys.platform != "win32":
        os.close(handle)
