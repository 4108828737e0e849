"""One layer of the network: to choose a unit of it, or to show the inputs of one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRect, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.core.text_size import fit, scaled
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.guide.places import layer_place
from lenet_gui.net.layers import GEOMETRY, INPUT, OUTPUT, Unit, next_layer
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.net.receptive_field import Square
from lenet_gui.pictures.grid.content import Align, Caption, GridContent, Legend, Mark, Marked, Run
from lenet_gui.pictures.grid.layers import (
    cell_of,
    is_never_negative,
    layer_panel,
    layer_values,
    output_tip,
)
from lenet_gui.pictures.grid.layout import GridLayout, Maker, Rect, Room, Type, in_lines
from lenet_gui.pictures.grid.panel import Cell, Panel
from lenet_gui.text.classes import short_name
from lenet_gui.text.units import layer_name, layer_size

_GAP = 6
_EDGE = 2
_LARGEST_CELL = 16
_LARGEST_OUTPUT = 64
_LEGEND = 130
_COLOURS = 56
"""Least room in the legend for its colours, where the figures beside them are large."""
_LEAST_HEIGHT = 60
_NO_LIMIT = 2**24 - 1
"""Pixels: what Qt takes for no limit of a height."""

_CAPTION, _SCALE = "caption", "scale"


def strip_maker(panel: Panel, layer: str) -> Maker:
    """Lays out one layer: a caption and the legend above, and under the output the digits."""

    def lay_out(room: Room) -> GridLayout:
        line = room.pixels(room.lines[Type.SMALL]) + room.pixels(2)
        wanted = room.pixels(max(_LEGEND, 2 * room.measure("+8.88", Type.SMALL) + _COLOURS))
        shown = 0 if layer == INPUT else wanted
        width = max(room.pixels(room.width), shown + room.pixels(_caption_width(room, layer)))
        height = max(room.pixels(room.height), line + room.pixels(_LEAST_HEIGHT))
        edge = room.pixels(_EDGE)
        below = line if layer == OUTPUT else 0
        place = Rect(edge, line + edge, width - 2 * edge, height - line - below - 2 * edge)
        most = room.pixels(_LARGEST_OUTPUT if layer == OUTPUT else _LARGEST_CELL)
        placed = in_lines(panel, place, room.pixels(_GAP), most)
        labels = {_CAPTION: Rect(edge, 0, width - shown - 2 * edge, line)}
        if shown:
            labels[_SCALE] = Rect(width - shown - edge, 0, shown, line)
        if layer == OUTPUT:
            cells, side = placed.pictures[0], placed.cell[0]
            for digit in range(panel.columns):
                left = cells.x + digit * side
                labels[str(digit)] = Rect(left, cells.bottom + edge, side, below)
        return GridLayout(width, height, room.ratio, (placed,), labels)

    return lay_out


def _caption_width(room: Room, layer: str) -> float:
    """Of the caption with its question mark, in usual pixels."""
    title = room.measure(f"{layer_name(layer)} ", Type.TITLE)
    mark = room.lines[Type.SMALL] + _GAP
    return title + room.measure(layer_size(layer), Type.SMALL) + mark + 2 * _EDGE


class LayerStrip(CellGrid):
    """Shows one layer at a time.

    `unit_pointed(Unit or None)` follows the pointer; `unit_chosen(Unit)` on a click and when the
    keys move on; `layer_stepped(str)`, the layer before or after, on Page Up and Page Down.
    """

    unit_pointed = Signal(object)
    unit_chosen = Signal(object)
    layer_stepped = Signal(str)

    def __init__(
        self,
        commands: CellCommands,
        layer: str,
        walk: Walk = Walk.CELLS,
        parent: QWidget | None = None,
    ) -> None:
        self._layer, self._kind, self._class_names = layer, ORIGINAL, DIGIT_NAMES
        self._panel = layer_panel(layer, self._kind.variant)
        self._framed: Mapping[int, Square | None] = {}
        self._told: tuple[np.ndarray | None, str] = None, ""
        super().__init__(commands, strip_maker(self._panel, layer), walk, parent)
        fit(self, "height", _take_height)
        self.pointed.connect(self._tell_pointed)
        self.held_changed.connect(self._tell_chosen)
        self.panel_stepped.connect(self._tell_layer)

    @property
    def layer(self) -> str:
        """The layer shown."""
        return self._layer

    @property
    def framed(self) -> Mapping[int, Square | None]:
        """The framed parts of its pictures, by their numbers."""
        return self._framed

    def show_layer(
        self,
        layer: str,
        kind: NetworkKind,
        reading: Reading | None,
        limits: Mapping[str, np.ndarray],
        *,
        marks: Sequence[Marked] = (),
        framed: Mapping[int, Square | None] | None = None,
        chosen: Unit | None = None,
        note: str = "",
        class_names: tuple[str, ...] = DIGIT_NAMES,
    ) -> None:
        """Shows a layer.

        Args:
            layer: one of `net.layers.LAYERS`.
            kind: of the network.
            reading: whose values are shown; all neutral without one.
            limits: of all layers.
            marks: on units.
            framed: parts of some pictures, by their numbers (None: as a whole), the others faint.
            chosen: the unit that the keys begin at.
            note: said instead of the layer's size.
            class_names: what the network's outputs stand for.
        """
        if (layer, kind, class_names) != (self._layer, self._kind, self._class_names):
            self._layer, self._kind, self._class_names = layer, kind, class_names
            self._panel = layer_panel(layer, kind.variant, class_names=class_names)
            self.arrange(strip_maker(self._panel, layer))
            self.take_height()
        self._framed = framed = framed or {}
        panel = self._panel
        fields = tuple(_framed(panel, picture, square) for picture, square in framed.items())
        faint = {(panel.name, number) for number in range(panel.pictures) if number not in framed}
        limit = limits[layer] if reading is not None else None
        self._told = limit, note
        values = (
            {}
            if reading is None
            else {panel.name: layer_values(panel, layer, reading, limits[layer])}
        )
        self.hold(None if chosen is None else cell_of(chosen))
        self.show_content(
            GridContent(
                values,
                self._labels(),
                (*fields, *marks),
                frozenset(faint if framed else ()),
            )
        )

    def take_height(self) -> None:
        """Takes no more height than the layer can use: the outputs are one line."""
        line, most = self.room.lines[Type.SMALL], _NO_LIMIT
        if self._layer == OUTPUT:
            most = scaled(2 * (line + 2 + _EDGE) + _LARGEST_OUTPUT, self)
        self.setMaximumHeight(most)

    def unit_rect(self, unit: Unit) -> QRect:
        """The logical pixels of a unit of this layer."""
        return self.cell_rect(cell_of(unit))

    def laid_out(self) -> None:
        if self._layer == OUTPUT and self.content.labels:  # outputs of another width
            self.show_content(replace(self.content, labels=self._labels()))

    def _labels(self) -> dict[str, Caption | Legend]:
        geometry, (limit, note) = GEOMETRY[self._layer], self._told
        size = note or layer_size(self._layer)
        tip = ""
        if geometry.side == 1 and geometry.rows > 1:  # in Maps it may be laid out otherwise
            tip = (
                f"{layer_name(self._layer)}: {geometry.maps} units, in rows of {geometry.columns}."
            )
        title = Run(layer_name(self._layer) + " ", Type.TITLE, is_faint=False)
        labels: dict[str, Caption | Legend] = {
            _CAPTION: Caption(((title, Run(size)),), tip=tip, guide=layer_place(self._layer)),
            _SCALE: Legend(
                None if limit is None else float(limit.max()),
                from_zero=is_never_negative(self._layer, self._kind),
            ),
        }
        if self._layer == OUTPUT:
            for digit, name in enumerate(self._output_names()):
                tip = output_tip(digit, self._class_names)
                labels[str(digit)] = Caption.small(name, Align.MIDDLE, tip)
        return labels

    def _output_names(self) -> tuple[str, ...]:
        """What stands under the outputs: short names if all have room there, else numbers."""
        room = self.room
        most = self.layout_of.labels["0"].width - room.pixels(_GAP)
        names = tuple(map(short_name, self._class_names))
        widest = max(room.measure(name, Type.SMALL) for name in names)
        return names if room.pixels(widest) <= most else DIGIT_NAMES

    @Slot()
    def _tell_pointed(self) -> None:
        cell = self.hovered
        self.unit_pointed.emit(None if cell is None else self._panel.words.unit(cell))

    @Slot(object)
    def _tell_chosen(self, cell: Cell | None) -> None:
        if cell is not None:
            self.unit_chosen.emit(self._panel.words.unit(cell))

    @Slot(int)
    def _tell_layer(self, step: int) -> None:
        layer = next_layer(self._layer, step)
        if layer != self._layer:
            self.layer_stepped.emit(layer)


def _take_height(strip: QWidget) -> None:
    assert isinstance(strip, LayerStrip)  # noqa: S101 - given to these alone
    strip.take_height()


def unit_mark(unit: Unit, mark: Mark) -> Marked:
    """A mark on a unit."""
    return Marked(cell_of(unit), mark)


def _framed(panel: Panel, picture: int, square: Square | None) -> Marked:
    if square is None:
        return Marked.picture(panel.name, picture, Mark.FIELD)
    cell = Cell(panel.name, picture, square.top, square.left)
    rows, columns = square.bottom - square.top, square.right - square.left
    return Marked(cell, Mark.FIELD, rows, columns)
