"""The guide's small figures: one drawn three, read step by step, and under the corruptions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from lenet_gui.data.digits import DIGIT_SIDE, Digits
from lenet_gui.data.drawing import DEFAULT_PEN_WIDTH, Drawing, PenPoint, Stroke
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.explore.explanation import Explanation
from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.files import write_atomically
from lenet_gui.gui.portraits import STROKE
from lenet_gui.net.architecture import AMPLITUDE, SLOPE
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH, CODES
from lenet_gui.net.layers import Unit
from lenet_gui.net.receptive_field import receptive_field
from lenet_gui.paths import shipped_weights
from lenet_gui.pictures.colours import Theme, colour_indices, diverging_lut
from lenet_gui.pictures.grid.colouring import ink_indices, table_of
from lenet_gui.pictures.grid.panel import Colours
from lenet_gui.pictures.png import png_bytes
from lenet_gui.pictures.sheet import (
    GRID,
    PALETTES,
    Anchor,
    Item,
    Line,
    Patch,
    Rectangle,
    Sheet,
    Text,
)
from lenet_gui.text.figures import figure, signed

WIDTH = 680
"""The width of every figure, in units; about that of a page of the guide."""

_TEXT, _LINE = 14, 19
"""The size of all words, and from line to line: some 12 pixels in the guide, as its own text."""

_SCALE = 2
EDGE_UNIT = Unit("C1", 0, 4, 14)
"""The running example: a unit that sees the upper edge of the three."""

SUMMED_UNIT = Unit("S2", 0, 4, 7)
FRAME = "#009e73"
"""The colour of frames around the current part of a picture, as in the window."""


@dataclass(frozen=True, eq=False)
class Example:
    """The reading of the three, and the explanation of two of its units."""

    image: Floats  # [28, 28]
    reading: Reading
    kernels: Floats  # [6, 5, 5], C1's
    edge: Explanation
    summed: Explanation


@cache
def example() -> Example:
    """The running example."""
    # Imported here, so that code that only lists the figures need not wait for torch.
    from lenet_gui.explore.reader import read_digit
    from lenet_gui.explore.unit_value import explain
    from lenet_gui.net.weights_file import load_weights

    loaded = load_weights(shipped_weights("original"))
    points = tuple(PenPoint(x, y, DEFAULT_PEN_WIDTH) for x, y in STROKE)
    steps = trace_ink(paint(Drawing((Stroke(points),))))
    assert steps is not None  # noqa: S101 - there is ink
    reading = read_digit(loaded.network, steps.centred, loaded.calibration)
    kernels = loaded.network.get_parameter("C1.weight").detach().numpy()[:, 0]
    return Example(
        steps.centred,
        reading,
        kernels,
        explain(loaded.network, reading, EDGE_UNIT),
        explain(loaded.network, reading, SUMMED_UNIT),
    )


class _Figure:
    """Items of a figure, in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.palette, self._theme = PALETTES[theme], theme
        self.items: list[Item] = []

    def map(self, x: int, y: int, values: Floats, limit: float, side: int) -> Patch:
        """A picture of values with a line around it, its cells `side` units large."""
        colours = diverging_lut(self._theme)[colour_indices(values, float(limit))]
        return self._patch(x, y, colours, side)

    def code(self, x: int, y: int, digit: int, side: int) -> Patch:
        """The code of a digit, as ink."""
        ink = (np.array(CODES[digit], np.float32) > 0).astype(np.float32)
        return self.ink(x, y, ink.reshape(CODE_HEIGHT, CODE_WIDTH), side)

    def ink(self, x: int, y: int, ink: Floats, side: int) -> Patch:
        """A picture of ink, 0..1."""
        return self._patch(x, y, table_of(Colours.INK, self._theme)[ink_indices(ink)], side)

    def _patch(self, x: int, y: int, colours: np.ndarray, side: int) -> Patch:
        patch = Patch(x, y, colours, side, side)
        line = self.palette.line
        self.items.append(Rectangle(x - 1, y - 1, patch.width + 2, patch.height + 2, line))
        self.items.append(patch)
        return patch

    def frame(self, patch: Patch, top: int, left: int, rows: int, columns: int) -> None:
        """A frame around cells of a picture."""
        x, y = patch.x + left * patch.cell_width, patch.y + top * patch.cell_height
        self.box(x, y, columns * patch.cell_width, rows * patch.cell_height, FRAME)

    def box(self, x: int, y: int, width: int, height: int, colour: str) -> None:
        """Four lines of two units around a place."""
        for place in (
            (x - 2, y - 2, width + 4, 2),
            (x - 2, y + height, width + 4, 2),
            (x - 2, y, 2, height),
            (x + width, y, 2, height),
        ):
            self.items.append(Rectangle(*place, colour))

    def words(
        self, x: int, y: int, *lines: str, at: Anchor = Anchor.LEFT, faint: bool = True
    ) -> None:
        """Small lines below each other."""
        colour = self.palette.muted if faint else self.palette.ink
        for number, line in enumerate(lines):
            self.items.append(Text(x, y + _LINE * number, line, _TEXT, colour, at))

    def sign(self, x: int, y: int, text: str) -> None:
        """A large sign between two pictures."""
        self.items.append(Text(x, y, text, 18, self.palette.ink, Anchor.MIDDLE))

    def sheet(self, title: str, height: int) -> Sheet:
        """The figure."""
        return Sheet(title, WIDTH, height, self.palette.page, tuple(self.items))


def convolution(theme: Theme) -> Sheet:
    """One unit of C1: 25 pixels times 25 weights, added up and squashed."""
    draw, shown = _Figure(theme), example()
    (source,) = shown.edge.sources
    assert source.square is not None  # noqa: S101 - C1 sees a part of the input
    middle, cell = 84, 16
    whole = draw.map(2 * GRID, middle - 48, shown.reading.input, 1.175, 3)
    draw.frame(whole, source.square.top, source.square.left, 5, 5)
    top = middle - 5 * cell // 2
    x = whole.x + whole.width + 4 * GRID
    limits = (1.175, float(np.abs(source.weights).max()), float(np.abs(source.terms).max()))
    names = ("what it sees", "kernel", "products")
    parts = (source.inputs, source.weights, source.terms)
    for name, values, limit, sign in zip(names, parts, limits, ("", "×", "="), strict=True):
        patch = draw.map(x, top, values, limit, cell)
        draw.words(x + patch.width // 2, top - 10, name, at=Anchor.MIDDLE)
        draw.sign(x - 2 * GRID, middle + 6, sign)
        x += patch.width + 4 * GRID
    bias, total = signed(shown.edge.bias or 0.0, 2), figure(shown.edge.sum, 2)
    value = signed(shown.edge.value, 2)
    draw.words(x - GRID, middle - 32, "added up,", f"bias {bias}:", total, faint=False)
    draw.words(x - GRID, middle + 38, "squashed:", value, faint=False)
    picture = shown.reading.values("C1")[EDGE_UNIT.map]
    made = draw.map(WIDTH - 2 * GRID - 84, middle - 42, picture, AMPLITUDE, 3)
    draw.frame(made, EDGE_UNIT.row, EDGE_UNIT.column, 1, 1)
    foot = middle + 48 + 22
    draw.words(whole.x + whole.width // 2, foot, "input, 32×32", at=Anchor.MIDDLE)
    draw.words(made.x + 90, foot, "C1 map 0, 28×28", at=Anchor.RIGHT)
    return draw.sheet("Convolution", foot + 14)


def feature_maps(theme: Theme) -> Sheet:
    """The six kernels of C1, and the map of each."""
    draw, shown = _Figure(theme), example()
    maps = shown.reading.values("C1")
    limit = float(np.abs(shown.kernels).max())
    pitch = (WIDTH - 4 * GRID) // 6
    for number, (kernel, values) in enumerate(zip(shown.kernels, maps, strict=True)):
        x = 2 * GRID + number * pitch
        draw.map(x + (84 - 40) // 2, 2 * GRID, kernel, limit, 8)
        draw.map(x, 72, values, AMPLITUDE, 3)
        draw.words(x + 42, 72 + 84 + 20, f"map {number}", at=Anchor.MIDDLE)
    return draw.sheet("Feature maps", 190)


def subsampling(theme: Theme) -> Sheet:
    """Four units of C1 that feed one of S2."""
    draw, shown = _Figure(theme), example()
    (source,) = shown.summed.sources
    square = source.square
    assert square is not None  # noqa: S101 - S2 sees a part of C1
    below = draw.map(2 * GRID, 2 * GRID, shown.reading.values("C1")[0], AMPLITUDE, 6)
    above = draw.map(2 * GRID + 200, 2 * GRID, shown.reading.values("S2")[0], AMPLITUDE, 12)
    draw.frame(below, square.top, square.left, 2, 2)
    draw.frame(above, SUMMED_UNIT.row, SUMMED_UNIT.column, 1, 1)
    foot = 2 * GRID + 168 + 22
    draw.words(below.x, foot, "C1 map 0, 28×28")
    draw.words(above.x, foot, "S2 map 0, 14×14")
    coefficient, bias = float(source.weights[0, 0]), shown.summed.bias or 0.0
    figures = [signed(float(value), 2) for value in source.inputs.ravel()]
    x = above.x + 168 + 3 * GRID
    draw.words(x, 36, "the four units in the frame:")
    draw.words(x, 36 + _LINE, "  ".join(figures), faint=False)
    draw.words(x, 92, f"their sum times {figure(coefficient, 2)},", f"bias {signed(bias, 2)}:")
    draw.words(x, 92 + 2 * _LINE, signed(shown.summed.sum, 2), faint=False)
    draw.words(x, 167, "squashed:")
    draw.words(x, 167 + _LINE, signed(shown.summed.value, 2), faint=False)
    return draw.sheet("Subsampling", foot + 14)


def receptive_fields(theme: Theme) -> Sheet:
    """What one unit of each layer sees of the input."""
    draw, shown = _Figure(theme), example()
    pitch = (WIDTH - 4 * GRID) // 5
    units = (("C1", 13, 13), ("S2", 6, 6), ("C3", 4, 4), ("S4", 2, 2), ("C5", 0, 0))
    for number, (layer, row, column) in enumerate(units):
        field = receptive_field(layer, row, column)
        x = 2 * GRID + number * pitch
        whole = draw.map(x + 2, 2 * GRID, shown.reading.input, 1.175, 3)
        draw.frame(whole, field.top, field.left, field.side, field.side)
        words = f"{layer}: {field.side}×{field.side}"
        draw.words(x + 50, 2 * GRID + 96 + 22, words, at=Anchor.MIDDLE)
    return draw.sheet("Receptive fields", 148)


def squashing(theme: Theme) -> Sheet:
    """The curve, with the two units of the other figures on it."""
    draw, shown = _Figure(theme), example()
    left, middle, top, high, reach = 64, 260, 16, 144, 6.5

    def place(sum_: float, value: float) -> tuple[float, float]:
        x = middle + sum_ / reach * (middle - left)
        return x, top + high / 2 - value / 2.0 * high / 2

    axis = draw.palette.line
    draw.items.append(Line((place(-reach, 0), place(reach, 0)), 1, axis))
    draw.items.append(Line((place(0, -2), place(0, 2)), 1, axis))
    for end in (-AMPLITUDE, AMPLITUDE):
        draw.items.append(Line((place(-reach, end), place(reach, end)), 1, axis, 4))
        x, y = place(-reach, end)
        draw.words(round(x) - 6, round(y) + 4, signed(end, 2), at=Anchor.RIGHT)
    sums = np.linspace(-reach, reach, 121)
    values = AMPLITUDE * np.tanh(SLOPE * sums)
    curve = tuple(place(float(a), float(x)) for a, x in zip(sums, values, strict=True))
    draw.items.append(Line(curve, 2, draw.palette.accent))
    x = 2 * middle - left + 4 * GRID
    for number, unit in enumerate((shown.edge, shown.summed)):
        at = place(unit.sum, unit.value)
        draw.items.append(Rectangle(round(at[0]) - 4, round(at[1]) - 4, 8, 8, FRAME))
        name = f"{unit.unit.layer}: sum {signed(unit.sum, 2)}"
        draw.words(x, 56 + 56 * number, name, f"squashed {signed(unit.value, 2)}", faint=False)
    draw.words(round(place(reach, 0)[0]), round(place(0, 0)[1]) + 20, "sum", at=Anchor.RIGHT)
    return draw.sheet("Squashing", 176)


def codes(theme: Theme) -> Sheet:
    """F6, the ten codes, and the distance to each."""
    draw, shown = _Figure(theme), example()
    values = shown.reading.values("F6").reshape(CODE_HEIGHT, CODE_WIDTH)
    draw.map(2 * GRID, 3 * GRID, values, AMPLITUDE, 10)
    draw.words(2 * GRID + 35, 3 * GRID + 120 + 22, "F6", at=Anchor.MIDDLE)
    left, pitch = 2 * GRID + 70 + 4 * GRID, 56
    for digit, distance in enumerate(shown.reading.output):
        x, wins = left + digit * pitch, digit == shown.reading.answer
        code = draw.code(x, 3 * GRID, digit, 6)
        if wins:
            draw.box(code.x, code.y, code.width, code.height, draw.palette.accent)
        y = 3 * GRID + 72 + 24
        draw.words(x + 21, y, figure(float(distance), 1), at=Anchor.MIDDLE, faint=not wins)
    draw.words(left, 3 * GRID + 72 + 58, "the code of each digit, and the distance of F6 to it")
    return draw.sheet("Codes and distances", 182)


def corruptions(theme: Theme) -> Sheet:
    """The three as it is, and under each of the 15 corruptions of MNIST-C."""
    from lenet_gui.data.corruptions.table import CORRUPTIONS, corrupted

    draw = _Figure(theme)
    image = np.rint(example().image * 255).astype(np.uint8)[None]
    three = Digits(image, np.array([3], np.uint8), "the three")
    shown = [("clean", three), *((each.title, corrupted(three, each)) for each in CORRUPTIONS)]
    across, cell = 8, 2
    pitch, side = WIDTH // across, DIGIT_SIDE * cell
    for number, (title, digits) in enumerate(shown):
        row, column = divmod(number, across)
        x, y = column * pitch + (pitch - side) // 2, GRID + row * (side + 2 * _LINE + 3 * GRID)
        draw.ink(x, y, digits.images[0].astype(np.float32) / np.float32(255), cell)
        draw.words(x + side // 2, y + side + _LINE, *title.split(), at=Anchor.MIDDLE)
    return draw.sheet("A three under the 15 corruptions", 2 * (side + 2 * _LINE + 3 * GRID))


FIGURES: dict[str, Callable[[Theme], Sheet]] = {
    "how-convolution": convolution,
    "how-feature-maps": feature_maps,
    "how-subsampling": subsampling,
    "how-squashing": squashing,
    "how-receptive-fields": receptive_fields,
    "how-codes": codes,
    "how-corruptions": corruptions,
}
"""By the names of their files; NAME-dark.png is that for the dark theme."""


def draw_figures(folder: Path, names: Iterable[str] = tuple(FIGURES)) -> None:
    """Writes the figures into `folder`, for both themes."""
    for name in names:
        for theme, ending in ((Theme.LIGHT, ""), (Theme.DARK, "-dark")):
            file = folder / f"{name}{ending}.png"
            write_atomically(file, png_bytes(FIGURES[name](theme), _SCALE))
            print(file)
