"""One map's kernels at every epoch: a column for each epoch, the difference at the right. No Qt."""

from dataclasses import dataclass, replace

import numpy as np

from lenet_gui.explore.run_history import KernelHistory, evenly
from lenet_gui.net.architecture import KERNEL_SIDE
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.content import (
    Align,
    Caption,
    GridContent,
    Legend,
    Mark,
    Marked,
    Run,
)
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Panel, Values
from lenet_gui.text.figures import signed_small
from lenet_gui.text.units import kernel_name, place_name

DIFFERENCE = "last − first"

_GAP = 3
_BESIDE = 8
_LEAST, _MOST = 3, 10
"""Pixels of a weight, at least and at most."""

_WELL_SEEN = 16
"""The fewest epochs shown of many."""

_MOST_SOURCES = 6
_LEAST_WIDTH = 260
_COLOURS = 40
"""What the colours of a legend have, with the gaps around them."""

_WEIGHTS = "weights"


@dataclass(frozen=True)
class KernelWords:
    """What the kernels of one epoch, or their differences, are called; `when` is which."""

    kernels: KernelHistory
    when: str

    def picture(self, picture: int) -> str:
        """Such as "C3 map 15 from S2 map 2, epoch 3"."""
        return f"{self._kernel(picture)}, {self.when}"

    def cell(self, cell: Cell) -> str:
        """Such as "C3 map 15 from S2 map 2, row 4, column 1, epoch 3"."""
        return f"{self._kernel(cell.picture)}, {place_name(cell.row, cell.column)}, {self.when}"

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """The weight, or how far it went, with its sign."""
        return signed_small(value)

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A weight is not a unit."""
        return None

    def _kernel(self, picture: int) -> str:
        number, source = self.kernels.pairs[picture]
        return kernel_name(self.kernels.layer, number, source)


class StripLayout(GridLayout):
    """The keys go from epoch to epoch, and from kernel to kernel of an epoch."""

    def step_picture(self, cell: Cell, right: int, down: int) -> Cell:
        """The same kernel of the next epoch, or the next kernel; else the cell itself."""
        if right:
            names = [placed.panel.name for placed in self.panels]
            beside = names.index(cell.panel) + right
            return replace(cell, panel=names[beside]) if 0 <= beside < len(names) else cell
        other = replace(cell, picture=cell.picture + down)
        return other if self.has(other) else cell


def epoch_name(number: int) -> str:
    """The panel of an epoch."""
    return f"epoch {number}"


def strip_panels(kernels: KernelHistory) -> tuple[Panel, ...]:
    """A panel for each epoch, with a picture for each kernel, and last that of the difference."""
    names = (*map(epoch_name, kernels.numbers), DIFFERENCE)
    many, side = len(kernels.pairs), KERNEL_SIDE
    return tuple(Panel(name, many, side, side, KernelWords(kernels, name)) for name in names)


def strip_values(kernels: KernelHistory, panels: tuple[Panel, ...]) -> dict[str, Values]:
    """All epochs on one scale, and the difference on its own."""
    *epochs, difference = panels
    values = {
        panel.name: Values.of(panel, array, kernels.limit)
        for panel, array in zip(epochs, kernels.kernels, strict=True)
    }
    gone = kernels.difference
    values[DIFFERENCE] = Values.of(difference, gone, float(np.abs(gone).max()))
    return values


def strip_content(kernels: KernelHistory, values: dict[str, Values], place: int) -> GridContent:
    """Values as `strip_values` gives them, with words, legends, and the epoch in `place` framed."""
    labels: dict[str, Caption | Legend] = {
        DIFFERENCE: Caption(((Run(DIFFERENCE, is_faint=False),),)),
        f"{_WEIGHTS} name": Caption.small(_WEIGHTS),
        f"{_WEIGHTS} scale": Legend(kernels.limit),
        f"{DIFFERENCE} name": Caption.small(DIFFERENCE),
        f"{DIFFERENCE} scale": Legend(values[DIFFERENCE].limit(0)),
    }
    for row, (fed, below) in enumerate(kernels.pairs):
        name = f"C1 {fed}" if kernels.layer == "C1" else f"S2 {below}"
        labels[f"row {row}"] = Caption.small(name, Align.RIGHT)
    for each, number in enumerate(kernels.numbers):
        run = Run(str(number), is_faint=each != place)
        labels[epoch_name(number)] = Caption(((run,),), Align.MIDDLE)
    return GridContent(
        values, labels, (Marked.panel(epoch_name(kernels.numbers[place]), Mark.FIELD),)
    )


def strip_maker(panels: tuple[Panel, ...], place: int) -> Maker:
    """Lays a strip out as large as there is room for.

    With more epochs than there is room for it shows some, evenly spread: always the first, the
    last, and the one in `place`.
    """

    def lay_out(room: Room) -> GridLayout:
        return _laid_out(room, panels, place)

    return lay_out


def no_strip(room: Room) -> GridLayout:
    """The room of a strip that has nothing to show."""
    height = _height(room, _MOST_SOURCES * (KERNEL_SIDE * room.pixels(_LEAST) + room.pixels(_GAP)))
    width = max(room.pixels(room.width), room.pixels(_LEAST_WIDTH))
    return GridLayout(width, max(height, room.pixels(room.height)), room.ratio, ())


def _height(room: Room, kernels: int) -> int:
    """With the kernels as high as that: the numbers and the legends lie below."""
    lines = 1 + (1 if _has_legends_beside(room) else 2)
    return kernels + lines * room.pixels(room.lines[Type.SMALL]) + room.pixels(_BESIDE) + 2


def _laid_out(room: Room, panels: tuple[Panel, ...], place: int) -> GridLayout:
    *epochs, difference = panels
    many, sources = len(epochs), difference.pictures
    least_layout = no_strip(room)
    line, gap, beside = (
        room.pixels(room.lines[Type.SMALL]),
        room.pixels(_GAP),
        room.pixels(_BESIDE),
    )
    left = room.pixels(room.measure("S2 8", Type.SMALL) + 6)
    word = room.pixels(room.measure(DIFFERENCE, Type.SMALL)) + 2
    width = least_layout.width - left - word - beside
    height = least_layout.height - _height(room, 0)
    least, most = room.pixels(_LEAST), room.pixels(_MOST)
    high = max(least, min(most, (height // sources - gap) // KERNEL_SIDE))
    wide = (width // many - gap) // KERNEL_SIDE
    if wide < least:  # not every epoch has room: those that have may be well seen
        wide = (width // _WELL_SEEN - gap) // KERNEL_SIDE
    factor = min(high, max(wide, least))
    size = KERNEL_SIDE * factor
    pitch = size + gap
    shown = evenly(many, max(3, width // pitch), place)
    lefts = [left + column * pitch for column in range(len(shown))]
    lefts.append(lefts[-1] + pitch + beside)
    placed = tuple(
        PlacedPanel(
            panel,
            (factor, factor),
            tuple(Rect(x, 2 + row * pitch, size, size) for row in range(sources)),
        )
        for panel, x in zip((*(epochs[each] for each in shown), difference), lefts, strict=True)
    )
    bottom = placed[-1].bounds.bottom
    labels = {
        f"row {row}": Rect(0, max(0, 2 + row * pitch + (size - line) // 2), left - gap, line)
        for row in range(sources)
    }
    labels |= _numbers(room, placed[:-1], shown.index(place), bottom + gap)
    labels[DIFFERENCE] = Rect(lefts[-1], bottom + gap, word, line)
    end = _height(room, bottom)
    labels |= _legends(room, least_layout.width, end)
    height = max(end, no_strip(room.least).height)
    return StripLayout(least_layout.width, height, room.ratio, placed, labels)


def _numbers(room: Room, columns: tuple[PlacedPanel, ...], here: int, top: int) -> dict[str, Rect]:
    """The epochs under their columns, as many as there is room for; the one in `here` always."""
    last = columns[-1].panel.name.split()[-1]
    width = room.pixels(max(room.measure(number, Type.SMALL) for number in (last, "888")) + 4)
    line = room.pixels(room.lines[Type.SMALL])
    found: dict[str, Rect] = {}
    for column in dict.fromkeys((here, 0, len(columns) - 1, *range(len(columns)))):
        bounds = columns[column].bounds
        place = Rect(bounds.x + (bounds.width - width) // 2, top, width, line)
        if not any(place.overlaps(other) for other in found.values()):
            found[columns[column].panel.name] = place
    return found


def _legends(room: Room, width: int, bottom: int) -> dict[str, Rect]:
    """Two legends, each with its name before it: in a line, or one below the other."""
    line, beside = room.pixels(room.lines[Type.SMALL]), room.pixels(_BESIDE)
    in_line = _has_legends_beside(room)
    share, found = width // 2 if in_line else width, {}
    longest = max(room.measure(name, Type.SMALL) for name in (_WEIGHTS, DIFFERENCE))
    for number, name in enumerate((_WEIGHTS, DIFFERENCE)):
        x, top = (number * share, bottom - line) if in_line else (0, bottom - (2 - number) * line)
        word = room.pixels(room.measure(name, Type.SMALL) if in_line else longest) + 2
        found[f"{name} name"] = Rect(x, top, word, line)
        start = x + word + beside // 2
        found[f"{name} scale"] = Rect(start, top, x + share - beside - start, line)
    return found


def _has_legends_beside(room: Room) -> bool:
    """Whether half of the width holds the name of a legend, its figures, and colours."""
    needed = room.measure(DIFFERENCE, Type.SMALL) + 2 * room.measure("−0.8888", Type.SMALL)
    return max(room.width, _LEAST_WIDTH) >= 2 * (needed + _COLOURS)
