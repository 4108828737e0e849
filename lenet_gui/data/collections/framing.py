"""Pictures of any size and levels become 28x28 bytes, white ink on black."""

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lenet_gui.data.digits import DIGIT_SIDE, UInt8Array
from lenet_gui.errors import UserError

Floats = npt.NDArray[np.float32]

INNER_SIDE: Final = 20
"""Pictures of at most so many pixels have no margin; MNIST's digits are as large, with one."""

PADDED_SIDE: Final = 32
"""MNIST with two more pixels on each side, as LeNet-5 reads it."""

LARGEST_SIDE: Final = 512
"""Pixels on a side of pictures in arrays."""

LARGEST_LEVEL: Final = 1e30
"""No level is larger, or further below 0: differences of larger ones may be infinite."""

_AT_ONCE: Final = 2_000
_DARK: Final = 127
_FEW_LEVELS: Final = 16
_CLEAN: Final = 5
"""Paper of at most this level is as good as MNIST's, which is 0."""

_EVEN: Final = 40
"""Paper whose levels differ by no more is one colour; a picture without paper has other borders."""

_FAINT: Final = 200
"""Ink that nowhere reaches this level is fainter than MNIST's, which reaches 255."""


def as_stack(images: npt.NDArray[Any], where: str) -> npt.NDArray[Any]:
    """Pictures as [N, rows, columns] of numbers, whatever form they were stored in.

    Colours become grey. Rows of pixels become square pictures.

    Raises:
        UserError: the form is none of pictures.
    """
    if images.dtype.kind not in "buif":
        raise UserError(f"{where} has pictures of text instead of numbers: choose other data.")
    if images.ndim == 2:
        side = math.isqrt(images.shape[1])
        if side * side == images.shape[1]:
            images = images.reshape(-1, side, side)
    if images.ndim == 4:
        if images.shape[3] not in (1, 3, 4) and images.shape[1] in (1, 3):
            images = images.transpose(0, 2, 3, 1)
        if images.shape[3] == 1:
            images = images[..., 0]
        elif images.shape[3] in (3, 4):
            with np.errstate(over="ignore"):  # infinite levels are left out
                images = images[..., :3].mean(axis=3, dtype=np.float32)
    if images.ndim != 3 or 0 in images.shape:
        shape = "x".join(map(str, images.shape))
        raise UserError(f"{where} has no pictures but an array of {shape}: choose other data.")
    sides = images.shape[1:]
    if not (min(sides) >= 4 and max(sides) <= LARGEST_SIDE):
        raise UserError(
            f"{where} has pictures of {sides[1]}x{sides[0]} pixels, and from 4x4 to "
            f"{LARGEST_SIDE}x{LARGEST_SIDE} are read: choose other data."
        )
    return images


def are_finite(images: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """For each picture whether all its levels are numbers that can be computed with."""
    if images.dtype.kind != "f":
        return np.ones(len(images), bool)
    largest = images.dtype.type(min(LARGEST_LEVEL, float(np.finfo(images.dtype).max)))
    finite: npt.NDArray[np.bool_] = (np.abs(images) <= largest).all(axis=(1, 2))
    return finite


def level_range(stacks: Sequence[npt.NDArray[Any]]) -> tuple[float, float, str]:
    """The levels that mean black and white in a data set, and a sentence if it is not 0 to 255.

    Args:
        stacks: its pictures, all finite.
    """
    least = min(float(stack.min()) for stack in stacks)
    most = max(float(stack.max()) for stack in stacks)
    if least >= 0 and most <= 1:
        return (0, 1, "Levels from 0 to 1 were multiplied by 255.")
    if least >= 0 and most <= _FEW_LEVELS:
        return (0, _FEW_LEVELS, "Levels from 0 to 16 were spread to 0 to 255.")
    if least >= 0 and most <= 255:
        return (0, 255, "")
    if least >= -1 and most <= 1:
        return (-1, 1, "Levels from -1 to 1 were spread to 0 to 255.")
    return (least, most, f"Levels from {least:g} to {most:g} were spread to 0 to 255.")


def framed(images: npt.NDArray[Any], levels: tuple[float, float]) -> UInt8Array:
    """Pictures [N, rows, columns] as uint8 [N, 28, 28].

    Those of 32x32 with two empty pixels around lose these. Those of at most 20 pixels are scaled
    to 20 and centred; all others are scaled so that the longer side is 28. Scaling is by area;
    what is around a picture gets the level of its border.
    """
    black, white = levels
    if images.shape[1:] == (PADDED_SIDE, PADDED_SIDE) and _is_padded(images):
        images = images[:, 2:-2, 2:-2]
    is_ready = images.dtype == np.uint8 and (black, white) == (0, 255)
    if is_ready and images.shape[1:] == (DIGIT_SIDE, DIGIT_SIDE):
        return np.ascontiguousarray(images)
    result = np.empty((len(images), DIGIT_SIDE, DIGIT_SIDE), np.uint8)
    span = (white - black) or 1
    for start in range(0, len(images), _AT_ONCE):
        some = images[start : start + _AT_ONCE].astype(np.float64)
        some = np.clip((some - black) / span, 0, 1) * 255
        result[start : start + _AT_ONCE] = np.rint(_scaled(some))
    return result


def framing_text(shape: tuple[int, ...]) -> str:
    """A sentence on what `framed` does to pictures of `shape` [rows, columns]; "" for nothing."""
    rows, columns = shape
    if (rows, columns) == (DIGIT_SIDE, DIGIT_SIDE):
        return ""
    size = f"Pictures of {columns}x{rows} pixels"
    if (rows, columns) == (PADDED_SIDE, PADDED_SIDE):
        return f"{size} were reduced to 28x28, without an empty margin of 2 if they have one."
    if max(rows, columns) <= INNER_SIDE:
        return f"{size} were scaled to 20 and put in the middle of 28x28, as MNIST's digits are."
    return f"{size} were scaled to 28x28."


def is_dark_on_light(images: UInt8Array) -> bool:
    """Whether nine tenths of the border are light in most pictures, uint8 [N, 28, 28]."""
    some = images[:: max(1, len(images) // _AT_ONCE)]
    darkest = np.quantile(_border(some), 0.1, axis=1)
    return bool((darkest > _DARK).mean() > 0.5)


def ink_range(images: UInt8Array) -> tuple[int, int]:
    """The levels of paper and ink where both are not those of MNIST, 0 and 255.

    Off-white paper, once it is turned, is no 0; a faint pen reaches no 255. Paper is the usual
    border, ink the strongest level of the usual picture. Pictures without paper, such as
    photographs, and those that are nearly like MNIST's, keep their levels.

    Args:
        images: [N, 28, 28], white on black.

    Returns:
        The level to become 0, and the one to become 255.
    """
    some = images[:: max(1, len(images) // _AT_ONCE)]
    low, middle, high = np.quantile(_border(some), (0.1, 0.5, 0.9), axis=1)
    paper, ink = round(np.median(middle)), round(np.median(some.max(axis=(1, 2))))
    is_even = np.median(high - low) <= _EVEN
    is_like_mnist = paper <= _CLEAN and ink >= _FAINT
    return (paper, ink) if is_even and not is_like_mnist and ink - paper > _EVEN else (0, 255)


def spread(images: UInt8Array, levels: tuple[int, int]) -> UInt8Array:
    """The first of two levels becomes 0, and the second 255; what is beyond is cut off."""
    black, white = levels
    table = np.rint(255 * np.clip((np.arange(256) - black) / (white - black), 0, 1))
    return table.astype(np.uint8)[images]


def _is_padded(images: npt.NDArray[Any]) -> bool:
    rows, columns = images[:, :, [0, 1, -2, -1]], images[:, [0, 1, -2, -1], :]
    level = images[0, 0, 0]
    return bool((rows == level).all() and (columns == level).all())


def _border(images: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The pixels of the border, [N, count]."""
    sides = (images[:, 0], images[:, -1], images[:, 1:-1, 0], images[:, 1:-1, -1])
    return np.concatenate(sides, axis=1)


def _scaled(images: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    rows, columns = images.shape[1:]
    target = INNER_SIDE if max(rows, columns) <= INNER_SIDE else DIGIT_SIDE
    scale = target / max(rows, columns)
    ground = np.median(_border(images), axis=1)[:, None, None]
    down, right = (_weights(side, scale) for side in (rows, columns))
    ink = down @ (images - ground) @ right.T
    scaled: npt.NDArray[np.float64] = np.clip(ink + ground, 0, 255)
    return scaled


def _weights(side: int, scale: float) -> npt.NDArray[np.float64]:
    """How much of each old row each new one covers, [28, side]; centred."""
    edges = np.arange(side + 1) * scale + (DIGIT_SIDE - side * scale) / 2
    new = np.arange(DIGIT_SIDE)[:, None]
    covered = np.minimum(new + 1, edges[1:]) - np.maximum(new, edges[:-1])
    weights: npt.NDArray[np.float64] = np.clip(covered, 0, None)
    return weights
