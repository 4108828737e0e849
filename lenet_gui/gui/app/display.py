"""Whether a window can be opened at all, checked before Qt would abort the program."""

import ctypes
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from lenet_gui.errors import UserError

_NO_DISPLAY = (
    "There is no display to open the window on: start it in a desktop session "
    "(the commands summary, predict, export, train and evaluate work without one)."
)


def check_display() -> None:
    """Makes sure that Qt will find a display on Linux; elsewhere there always is one.

    Raises:
        UserError: there is no display, none responds, or a library that Qt needs is missing.
    """
    if not sys.platform.startswith("linux"):
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if platform not in {"", "xcb", "wayland", "wayland-egl"}:
        return
    if _wayland_answers() and platform != "xcb":
        return
    if not _x_answers(os.environ.get("DISPLAY", "")):
        raise UserError(_NO_DISPLAY)
    _check_library("libxcb-cursor.so.0", "libxcb-cursor0")


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    return _accepts(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/run")) / name))


def _x_answers(display: str) -> bool:
    """Whether an X server accepts connections at `display` ([host]:number[.screen])."""
    host, colon, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not colon or not number.isdigit():
        return False
    if host in {"", "unix"} or host.startswith("/"):
        place = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _accepts(place) or _accepts(f"\0{place}")
    with suppress(OSError), socket.create_connection((host, 6000 + int(number)), timeout=3):
        return True
    return False


def _accepts(place: str) -> bool:
    with suppress(OSError), socket.socket(socket.AF_UNIX) as peer:
        peer.settimeout(3)
        peer.connect(place)
        return True
    return False


def _check_library(library: str, package: str) -> None:
    try:
        ctypes.CDLL(library)
    except OSError:
        raise UserError(
            f"Qt needs the library {library} to open a window: install it "
            f"(on Debian and Ubuntu: sudo apt-get install {package})."
        ) from None
