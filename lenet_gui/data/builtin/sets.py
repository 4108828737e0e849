"""Sets of built-in digits: written, painted and normalised one by one, each by its own number."""

from collections.abc import Callable
from enum import IntEnum
from typing import Final

import numpy as np

from lenet_gui.data.builtin.hand import Hand, Trace, write
from lenet_gui.data.digits import CLASSES, DIGIT_SIDE, Digits, DigitSets, UInt8Array
from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint

Progress = Callable[[int, int], None]
"""Called with the number of digits made so far and of all digits."""

PROGRESS_EVERY: Final = 100


class Stream(IntEnum):
    """Which of a seed's endless sequences of digits; they share no digit."""

    TRAINING = 0
    TEST = 1


def builtin_digits(
    count: int,
    seed: int,
    start: int = 0,
    progress: Progress | None = None,
    *,
    stream: Stream = Stream.TRAINING,
) -> Digits:
    """Write `count` digits, from number `start` on, of the row that belongs to `seed`.

    Digit i depends only on (stream, seed, i): a longer set begins with the shorter one, and parts
    may be made apart and put together. Each ten from a multiple of ten on hold every class once.
    The ink is prepared like that of the canvas: painted as strokes, 20x20 box, centre of mass in
    28x28.

    Args:
        count: how many, 0 or more.
        seed: which row, 0 or more.
        start: the first digit's number, 0 or more.
        progress: called now and then; an exception that it raises ends the work.
        stream: training and test digits come from separate sequences.

    Returns:
        Digits "built-in training" or "built-in test".

    Raises:
        ValueError: a number is negative.
    """
    if min(count, seed, start) < 0:
        raise ValueError(f"count, seed and start are not negative: {count}, {seed}, {start}")
    images = np.empty((count, DIGIT_SIDE, DIGIT_SIDE), np.uint8)
    labels = np.empty(count, np.uint8)
    order: list[int] = []
    for row in range(count):
        number = start + row
        place = number % CLASSES
        if place == 0 or not order:
            order = _order_of_ten(seed, stream, number // CLASSES)
        labels[row] = order[place]
        images[row] = digit_image(order[place], seed, stream, number)
        tell(progress, row + 1, count)
    return Digits(images, labels, f"built-in {stream.name.lower()}")


def digit_image(digit: int, seed: int, stream: Stream, number: int) -> UInt8Array:
    """Write `digit` as number `number` of a row: uint8 [28, 28], 255 full ink."""
    rng = np.random.default_rng((seed, stream, 1, number))
    return image_of(write(digit, rng, Hand()))


def builtin_sets(
    training: int = 20_000, test: int = 2_000, seed: int = 0, progress: Progress | None = None
) -> DigitSets:
    """Write both sets (see `builtin_digits`); `progress` counts through both together."""
    wanted = training + test

    def after(done: int) -> Progress | None:
        if progress is None:
            return None
        return lambda made, _: progress(done + made, wanted)

    return DigitSets(
        builtin_digits(training, seed, progress=after(0), stream=Stream.TRAINING),
        builtin_digits(test, seed, progress=after(training), stream=Stream.TEST),
    )


def drawing_of_traces(traces: tuple[Trace, ...]) -> Drawing:
    """The written strokes, as the canvas keeps them."""
    return Drawing(
        tuple(
            Stroke(
                tuple(
                    PenPoint(x, y, width)
                    for (x, y), width in zip(
                        trace.points.tolist(), trace.widths.tolist(), strict=True
                    )
                )
            )
            for trace in traces
        )
    )


def _order_of_ten(seed: int, stream: Stream, ten: int) -> list[int]:
    """The classes of the digits 10 ten .. 10 ten + 9: each class once."""
    order: list[int] = np.random.default_rng((seed, stream, 0, ten)).permutation(CLASSES).tolist()
    return order


def tell(progress: Progress | None, made: int, wanted: int) -> None:
    """Reports now and then, and at the end, how many are made."""
    if progress is not None and (made % PROGRESS_EVERY == 0 or made == wanted):
        progress(made, wanted)


def image_of(traces: tuple[Trace, ...]) -> UInt8Array:
    """What was written, as the canvas would give it: uint8 [28, 28], 255 full ink."""
    steps = trace_ink(paint(drawing_of_traces(traces)))
    if steps is None:  # a written digit always has ink
        raise RuntimeError("a built-in digit came out without ink")
    return np.rint(steps.centred * 255).astype(np.uint8)
