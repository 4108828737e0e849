"""The drawings on the canvas as a file, so that they are there again at the next start."""

import base64
import binascii
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke, TwoDrawings
from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.plain_json import from_json, to_json
from lenet_gui.safe_reading import read_ordinary

MOST_BYTES: Final = 8_000_000
"""Of a file: what takes more is not kept."""

_MOST_POINTS: Final = 500_000
_MOST_PIXELS: Final = 16_000_000
_FULL_INK: Final = 65_535
"""Ink is written in 16 bits: exact for pictures of 256 greys, such as digits of MNIST."""


@dataclass(frozen=True)
class _KeptStroke:
    """Takes so many of the drawing's points."""

    points: int
    erases: bool = False


@dataclass(frozen=True)
class _KeptSteps:
    rows: int
    columns: int
    levels: str  # uint8 [rows, columns]
    part: tuple[int, int, int, int]  # left, top, right and bottom in them
    ink: str  # uint8, of the part
    dropped: str  # uint8, of the part
    digits: tuple[tuple[int, int, int, int], ...] = ()
    is_light: bool = False


@dataclass(frozen=True)
class _KeptPicture:
    rows: int
    columns: int
    ink: str  # uint16 [rows, columns]
    label: int | None = None
    steps: _KeptSteps | None = None
    is_framed: bool = False


@dataclass(frozen=True)
class _KeptDrawing:
    strokes: tuple[_KeptStroke, ...] = ()
    points: str = ""  # float64 [points, 3]: x, y and width
    picture: _KeptPicture | None = None


@dataclass(frozen=True)
class _KeptDrawings:
    """The file: arrays are little-endian, compressed, in base 64."""

    drawing: _KeptDrawing
    kept: _KeptDrawing | None = None


def write_drawings(file: Path, both: TwoDrawings) -> None:
    """Writes both drawings, completely or not at all; of empty ones there is no file.

    If they are too large, imported pictures are written without how their ink was found.

    Raises:
        UserError: they are too large, and the file is removed; or it cannot be written.
    """
    if both == TwoDrawings():
        _remove(file)
        return
    drawings = [each for each in (both.drawing, both.kept) if each is not None]
    content = b""
    if all(map(_is_within_limits, drawings)):
        content = _content(drawings)
        if len(content) > MOST_BYTES:
            content = _content([_without_steps(each) for each in drawings])
    if not 0 < len(content) <= MOST_BYTES:
        _remove(file)
        raise UserError("The drawing is too large to be kept for the next start.")
    write_atomically(file, content)


def read_drawings(file: Path) -> TwoDrawings:
    """What `write_drawings` has written; without a file, empty drawings.

    Raises:
        UserError: the file cannot be read, or is damaged.
    """
    try:
        content = read_ordinary(file, MOST_BYTES).decode()
        found = from_json(_KeptDrawings, content)
        kept = None if found.kept is None else _drawing(found.kept)
        return TwoDrawings(_drawing(found.drawing), kept)
    except FileNotFoundError:
        return TwoDrawings()
    except (OSError, ValueError) as error:  # of the file, UTF-8, base 64 and values alike
        raise UserError(f"The drawing cannot be used: {error}.") from error


def _content(drawings: Sequence[Drawing]) -> bytes:
    return to_json(_KeptDrawings(*map(_kept, drawings))).encode()


def _without_steps(drawing: Drawing) -> Drawing:
    picture = drawing.backdrop
    if picture is None or picture.steps is None:
        return drawing
    return Drawing(drawing.strokes, Backdrop(picture.ink, picture.label))


def _is_within_limits(drawing: Drawing) -> bool:
    if drawing.backdrop is not None and drawing.backdrop.ink.size > _MOST_PIXELS:
        return False
    return sum(len(stroke.points) for stroke in drawing.strokes) <= _MOST_POINTS


def _kept(drawing: Drawing) -> _KeptDrawing:
    points = [(p.x, p.y, p.width) for stroke in drawing.strokes for p in stroke.points]
    strokes = tuple(_KeptStroke(len(each.points), each.erases) for each in drawing.strokes)
    packed = _packed(np.array(points, "<f8")) if points else ""
    return _KeptDrawing(strokes, packed, _picture(drawing.backdrop))


def _picture(backdrop: Backdrop | None) -> _KeptPicture | None:
    if backdrop is None:
        return None
    ink = np.rint(backdrop.ink.astype(np.float64) * _FULL_INK).astype("<u2")
    rows, columns = ink.shape
    steps = _kept_steps(backdrop.steps)
    return _KeptPicture(rows, columns, _packed(ink), backdrop.label, steps, backdrop.is_framed)


def _kept_steps(steps: PictureSteps | None) -> _KeptSteps | None:
    if steps is None:
        return None
    part, (rows, columns) = steps.part, steps.levels.shape
    return _KeptSteps(
        rows,
        columns,
        _packed(steps.levels),
        _ends(part),
        _packed(steps.ink),
        _packed(steps.dropped),
        tuple(map(_ends, steps.digits)),
        steps.is_light,
    )


def _ends(box: Box) -> tuple[int, int, int, int]:
    return box.left, box.top, box.right, box.bottom


def _drawing(kept: _KeptDrawing) -> Drawing:
    counts = [stroke.points for stroke in kept.strokes]
    if min(counts, default=0) < 0 or sum(counts) > _MOST_POINTS:
        raise ValueError("its strokes have an impossible number of points")
    values = _unpacked(kept.points, np.dtype("<f8"), 3 * sum(counts)).reshape(-1, 3)
    points = (PenPoint(*each) for each in values.tolist())
    return Drawing(tuple(_strokes(kept.strokes, points)), _backdrop(kept.picture))


def _strokes(kept: tuple[_KeptStroke, ...], points: Iterator[PenPoint]) -> Iterator[Stroke]:
    for stroke in kept:
        yield Stroke((next(points) for _ in range(stroke.points)), stroke.erases)


def _backdrop(kept: _KeptPicture | None) -> Backdrop | None:
    if kept is None:
        return None
    if min(kept.rows, kept.columns) < 1 or kept.rows * kept.columns > _MOST_PIXELS:
        raise ValueError("its picture has an impossible size")
    if kept.label is not None and not 0 <= kept.label <= 9:
        raise ValueError("its picture has an impossible label")
    packed = _unpacked(kept.ink, np.dtype("<u2"), kept.rows * kept.columns)
    ink = packed.astype(np.float64).reshape(kept.rows, kept.columns) / _FULL_INK
    return Backdrop(ink, kept.label, _steps(kept.steps), is_framed=kept.is_framed)


def _steps(kept: _KeptSteps | None) -> PictureSteps | None:
    if kept is None:
        return None
    levels = _bytes(kept.levels, kept.rows, kept.columns)
    part = Box(*kept.part)
    ink, dropped = (_bytes(text, part.height, part.width) for text in (kept.ink, kept.dropped))
    digits = tuple(Box(*ends) for ends in kept.digits)
    return PictureSteps(levels, part, ink, dropped, digits, kept.is_light)


def _bytes(text: str, rows: int, columns: int) -> NDArray[np.uint8]:
    if min(rows, columns) < 1 or rows * columns > _MOST_PIXELS:
        raise ValueError("the steps of its picture have an impossible size")
    return _unpacked(text, np.dtype("u1"), rows * columns).astype(np.uint8).reshape(rows, columns)


def _packed(values: NDArray[np.generic]) -> str:
    return base64.b64encode(zlib.compress(values.tobytes())).decode("ascii")


def _unpacked(text: str, kind: np.dtype[np.generic], count: int) -> NDArray[np.generic]:
    """`count` values; ValueError for any other number of them. Never takes more memory."""
    if not count and not text:
        return np.empty(0, kind)
    size = count * kind.itemsize
    try:
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(base64.b64decode(text, validate=True), size + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError(str(error)) from error
    if len(content) != size or not unpacker.eof:
        raise ValueError("it does not hold as much as it says")
    return np.frombuffer(content, kind)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{file} could not be removed ({error.strerror or error}).") from error
