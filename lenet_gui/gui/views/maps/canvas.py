"""The grid of all layers: a note on the unit under the pointer, and the maps that Table I ties."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.views.maps.content import Labels, Shown, labels_of, marks_of, note_of, values_of
from lenet_gui.gui.views.maps.layout import network_maker
from lenet_gui.gui.views.maps.text import layer_texts, table_i_text
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.grid.grid import CellGrid, Walk
from lenet_gui.net.layers import ACTIVATION_LAYERS, OUTPUT
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.grid.content import About, GridContent
from lenet_gui.pictures.grid.layout import GridLayout
from lenet_gui.pictures.grid.panel import Cell, Values
from lenet_gui.text.networks import network_name

_FIRST = Cell(ACTIVATION_LAYERS[1], 0, 0, 0)


class NetworkCanvas(CellGrid):
    """Shows every layer; `export_requested(layer, picture)` from what is enlarged.

    The maps that Table I ties to one are marked while it is pointed at, enlarged, or come to with
    the keys; a click takes hold of it and enlarges it, and the marks go with the enlargement.
    """

    export_requested = Signal(str, int)

    def __init__(
        self,
        commands: CellCommands,
        kind: NetworkKind = ORIGINAL,
        parent: QWidget | None = None,
        *,
        is_operated: bool = True,
    ) -> None:
        """Args: is_operated: whether mouse and keys reach it."""
        self._shown = Shown(kind, is_operated=is_operated)
        self._kept_note: tuple[GridLayout, tuple[object, ...], Labels] | None = None
        self._is_held_tied = True
        maker = network_maker(kind.variant, self._shown.scale)
        super().__init__(commands, maker, Walk.PICTURES, parent)
        self.setObjectName("network_canvas")
        self.setAccessibleName("Layers of the network")
        self.first = self._first_map
        self.pointed.connect(self._speak)
        self.held_changed.connect(self._taken)
        commands.enlarged_changed.connect(self._follow_enlarged)

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._shown.reading

    @property
    def scale(self) -> Scale:
        """What shares one colour scale."""
        return self._shown.scale

    @property
    def kind(self) -> NetworkKind:
        """The network that the titles speak of."""
        return self._shown.kind

    def show_reading(self, reading: Reading | None) -> None:
        """Shows another reading, or none."""
        if reading is None:
            self._show(replace(self._shown, reading=None))
        else:
            kind, class_names = reading.kind, reading.class_names
            self._show(replace(self._shown, kind=kind, class_names=class_names, reading=reading))

    def set_kind(self, kind: NetworkKind, class_names: tuple[str, ...] = DIGIT_NAMES) -> None:
        """Words for a network of `kind`; a reading of another one is taken away."""
        if (kind, class_names) != (self.kind, self._shown.class_names):
            self._show(replace(self._shown, kind=kind, class_names=class_names, reading=None))

    def set_scale(self, scale: Scale) -> None:
        """Colours by another scale."""
        self._show(replace(self._shown, scale=scale))

    def hold(self, cell: Cell | None) -> None:
        super().hold(cell)
        self._taken()

    @property
    def _tied(self) -> Cell | None:
        """Whose ties are marked."""
        return self.hovered or (self.held if self._is_held_tied else None)

    @Slot()
    def _taken(self) -> None:
        """Another map is held."""
        self._is_held_tied = True
        self._speak()

    @Slot()
    def _follow_enlarged(self) -> None:
        """Holds what is enlarged; afterwards removes its marks."""
        cell = self._commands.enlarged_in(self)
        if cell is None:
            self._is_held_tied = False
            self._speak()
        elif cell != self.held:
            self.hold(cell)
        else:
            self._taken()

    def _show(self, shown: Shown) -> None:
        before, self._shown = self._shown, shown
        about = shown.kind, shown.scale, shown.class_names
        if about != (before.kind, before.scale, before.class_names):
            self.arrange(network_maker(shown.kind.variant, shown.scale, shown.class_names))
        else:
            self.laid_out()

    def laid_out(self) -> None:
        values = values_of(self.layout_of, self._shown)
        self.show_content(
            GridContent(
                values,
                labels_of(self._shown, values) | self._note(values),
                marks_of(self._shown, self._tied),
            )
        )

    def _note(self, values: Mapping[str, Values]) -> Labels:
        if self.hovered is not None:
            return note_of(self._shown, values, self.hovered, self.layout_of, self.room)
        # Without a unit it is the same for every reading.
        shown, layout, kept = self._shown, self.layout_of, self._kept_note
        now = (shown.kind, shown.scale, shown.reading is None)
        if kept is None or kept[0] is not layout or kept[1] != now:
            kept = layout, now, note_of(shown, values, None, layout, self.room)
            self._kept_note = kept
        return kept[2]

    @Slot()
    def _speak(self) -> None:
        """Another unit is pointed at, or other maps are tied to it."""
        cell, content = self.hovered, self.content
        opens = cell is not None and cell.panel != OUTPUT
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)
        labels = {**content.labels, **self._note(content.values)}
        self.show_content(replace(content, labels=labels, marks=marks_of(self._shown, self._tied)))

    # What is said of a picture

    def about(self, cell: Cell) -> About:
        name, layer = self.panel_of(cell).words.picture(cell.picture), cell.panel
        fed = table_i_text(self.kind.variant, layer, cell.picture)
        tip = layer_texts(self.kind)[layer].tooltip
        return About(f"{name} ({network_name(self.kind)})", fed, tip)

    def explain(self, position: QPointF) -> str:
        """The tooltip at a position: what the layer does, and what feeds the map."""
        cell = self.cell_under(position)
        if cell is None:
            return super().explain(position)
        fed, tip = table_i_text(self.kind.variant, cell.panel, cell.picture), self.about(cell).tip
        return f"{self.name_of(cell)}, {fed}.\n{tip}" if fed else tip

    def description(self) -> str:
        if self.held is None or self.hovered is not None:
            return super().description()
        fed = table_i_text(self.kind.variant, self.held.panel, self.held.picture)
        return f"{self.name_of(self.held)}, {fed}" if fed else self.name_of(self.held)

    def export_picture(self, cell: Cell) -> None:
        if cell.panel == OUTPUT:
            super().export_picture(cell)
        else:
            self.export_requested.emit(cell.panel, cell.picture)

    # Pointer and keys

    def paint_spoken(self, painter: QPainter) -> None:
        """The map that is held, and the unit under the pointer."""
        if self.held is not None:
            self._painter.paint_spoken(painter, self.held, whole_picture=True)
        if self.hovered is not None:
            self._painter.paint_spoken(painter, self.hovered, whole_picture=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_under(event.position())
        if cell is not None and cell.panel == OUTPUT:
            QWidget.mousePressEvent(self, event)
        else:
            super().mousePressEvent(event)

    @staticmethod
    def _first_map() -> Cell:
        return _FIRST
