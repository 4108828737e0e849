"""The log of errors: tracebacks in a rotating file, with nothing of the user's drawings in it."""

import logging
import platform
import re
import traceback
from pathlib import Path
from typing import Final

from lenet_gui import __version__
from lenet_gui.files import is_stream
from lenet_gui.paths import log_folder
from lenet_gui.printable import printable

FILE_NAME: Final = "lenet-laboratory.log"
MAX_BYTES: Final = 512_000
"""A full file is renamed to `.1`, that one to `.2`, and the oldest is removed."""
FILES: Final = 3

_program = logging.getLogger("lenet_gui")
_program.addHandler(logging.NullHandler())  # without a log, nothing of it goes to the terminal


def start_log() -> None:
    """Sends the program's log to a file in `log_folder()` from now on; may be called again.

    The file is opened with the first line: an opening window need not wait for it. If it
    cannot be written, the program continues without a log.
    """
    stop_log()
    _program.addHandler(_LogFile(log_folder() / FILE_NAME))


def stop_log() -> None:
    """Closes the file; later records are dropped."""
    for handler in _handlers():
        _program.removeHandler(handler)
        handler.close()


def log_file() -> Path | None:
    """The file that has been written to since `start_log`, if any."""
    return next((handler.path for handler in _handlers() if handler.is_open), None)


def _handlers() -> "list[_LogFile]":
    return [handler for handler in _program.handlers if isinstance(handler, _LogFile)]


def versions() -> str:
    """What the program runs on, in one line."""
    return f"Python {platform.python_version()}, {platform.platform()}"


def without_values(text: str) -> str:
    """The text of an error without what may be a part of a drawing, of a picture or of an array.

    Text in brackets is left out unless it is short and holds at most four whole numbers (a
    shape); so are bytes, and rows of more than four numbers. At most 300 characters stay.
    """
    text = _BYTES.sub("b'…'", text)
    kept: list[str] = []
    inside: list[str] = []
    depth = 0
    for character in text:
        depth += character in "([{"
        (inside if depth else kept).append(character)
        if depth and character in ")]}":
            depth -= 1
            if depth == 0:
                kept.append(_bracket("".join(inside)))
                inside.clear()
    if inside:  # never closed: the rest belongs to it
        kept.append(f"{inside[0]}…")
    short = _ROW.sub("…", "".join(kept))
    return short if len(short) <= _LONGEST else f"{short[:_LONGEST]}…"


def _bracket(text: str) -> str:
    numbers = _NUMBER.findall(text)
    shape_like = len(numbers) <= 4 and not any(set(number) & set(".eE") for number in numbers)
    nested = any(character in "([{" for character in text[1:])
    if shape_like and not nested and "=" not in text and len(text) <= _LONGEST_BRACKET:
        return text
    return f"{text[0]}…{text[-1]}"


_LONGEST = 300
_LONGEST_BRACKET = 80
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_ROW = re.compile(rf"{_NUMBER.pattern}(?:[\s,;:|/]+{_NUMBER.pattern}){{4,}}")
_BYTES = re.compile(r"""\bb(?:'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)""")


class _LogFile(logging.Handler):
    """Passes records to a rotating file, which the first of them opens."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._file: logging.Handler | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a file, and it can be written."""
        return isinstance(self._file, logging.FileHandler)

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = self._opened()
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        class Quiet(RotatingFileHandler):
            """Drops what it cannot write, as on a full disk: nothing goes to the terminal."""

            def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
                pass

        if is_stream(self.path):  # a pipe would be waited for
            return logging.NullHandler()
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = Quiet(
                self.path,
                maxBytes=MAX_BYTES,
                backupCount=FILES - 1,
                encoding="utf-8",
                errors="backslashreplace",
            )
        except OSError:
            return logging.NullHandler()
        file.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        told = f"LeNet Laboratory {__version__}, {versions()}"
        file.handle(_program.makeRecord(_program.name, logging.INFO, "", 0, told, (), None))
        return file


class _Formatter(logging.Formatter):
    """Tracebacks without the values that errors quote; the message takes one line."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = printable(record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept one with values
        told = super().format(record)
        record.exc_text = None
        return told

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        error = ei[1] if isinstance(ei, tuple) else None
        return _told(error) if isinstance(error, BaseException) else ""


def _told(error: BaseException) -> str:
    """The traceback of an error and of those that led to it, the first of them first."""
    parts: list[str] = []
    seen: set[int] = set()
    at: BaseException | None = error
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        frames = "".join(traceback.format_tb(at.__traceback__))
        parts.append(f"Traceback (most recent call last):\n{frames}{_in_a_line(at)}")
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    return "\n\nwhich led to\n\n".join(reversed(parts))


def _in_a_line(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # noqa: BLE001 - an error that cannot even say what it is
        text = ""
    name = type(error).__qualname__
    return f"{name}: {printable(without_values(text))}" if text else name
