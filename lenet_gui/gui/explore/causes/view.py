"""The view of causes: what excites a map most, and what the drawing's pixels do to a unit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from lenet_gui.data.digits import Digits
from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.explore.exciting import ExcitingDigits
from lenet_gui.explore.receptive_field import receptive_field
from lenet_gui.explore.unit import Unit
from lenet_gui.gui import theme
from lenet_gui.gui.explore.causes.panels import GradientPanel, NinePanel, small
from lenet_gui.gui.explore.causes.words import (
    LOADING_DIGITS,
    LOADING_NETWORK,
    NOT_READ,
    OLDER,
    STAND_INS,
    caption,
    digit_told,
    heading,
    rule,
)
from lenet_gui.gui.explore.layer_buttons import LayerButtons, next_layer
from lenet_gui.gui.explore.set_desk import SetDesk
from lenet_gui.gui.explore.strip import Marks, UnitStrip
from lenet_gui.gui.explore.strip_places import middle_of, spot_of
from lenet_gui.gui.explore.unit.words import unit_name
from lenet_gui.gui.explore.view import Scene, Surroundings, View
from lenet_gui.gui.network.layer_pictures import LayerPictures
from lenet_gui.gui.networks import NetworkInUse
from lenet_gui.gui.scrolled import scrolled
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.colours import Scale

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5


class CausesView(View):
    """A unit is chosen; its map's nine digits are at the left, its gradient at the right."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self.setObjectName("causes_view")
        self._scene: Scene | None = None
        self._unit = middle_of("C3")
        self._pictures = LayerPictures()
        self.desk = SetDesk(_search, self)
        self.layers = LayerButtons("causes_layer")
        self.layers.chosen.connect(self.show_layer)
        self.strip = UnitStrip("C3")
        self.strip.chosen.connect(self.choose)
        self.strip.layer_stepped.connect(self._step_layer)
        self.nine, self.gradient = NinePanel(), GradientPanel()
        self.nine.digits.pointed.connect(self._tell_digit)
        self.nine.digits.taken.connect(self._lay)
        self.state = small("causes_state")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Digits read so far")
        self.button = QPushButton()
        self.button.setObjectName("causes_button")
        self.button.clicked.connect(self._press)
        self.desk.progressed.connect(self._show_progress)
        self.desk.came.connect(self._show_nine)
        self.desk.failed.connect(self._fail)
        surroundings.shelf.loaded.connect(self._refresh)
        surroundings.shelf.failed.connect(self._fail)
        self._arrange()
        self.setFocusProxy(self.strip)

    def _arrange(self) -> None:
        state = QHBoxLayout()
        state.addWidget(self.state, 2)
        state.addWidget(self.progress, 1)
        state.addWidget(self.button)
        halves = QHBoxLayout()
        halves.setSpacing(2 * theme.UNIT)
        halves.addWidget(self.nine, 1)
        halves.addWidget(self.gradient, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(self.layers)
        column.addWidget(self.strip, 2)
        column.addLayout(state)
        column.addLayout(halves, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        whole.addWidget(scrolled(content))

    # What is chosen, and what is known

    @property
    def unit(self) -> Unit:
        """The chosen unit."""
        return self._unit

    @property
    def digits(self) -> Digits | None:
        """The test digits; None while they are loaded."""
        sets = self.surroundings.shelf.sets
        return None if sets is None else sets.test

    @property
    def network(self) -> NetworkInUse | None:
        """The network that is looked at."""
        return None if self._scene is None else self._scene.network

    @property
    def exciting(self) -> ExcitingDigits | None:
        """What the network has made of the test digits, perhaps before it was trained on."""
        found: ExcitingDigits | None = self.desk.last_found(self.network, self.digits)
        return found

    @property
    def _variant(self) -> Variant:
        return Variant.ORIGINAL if self.network is None else self.network.variant

    @Slot(object)
    def choose(self, unit: Unit) -> None:
        """Chooses a unit, and its map."""
        another_map = (unit.layer, unit.map) != (self._unit.layer, self._unit.map)
        self._unit = unit
        self._show_unit()
        if another_map:
            self._show_nine()

    @Slot(str)
    def show_layer(self, layer: str) -> None:
        """Goes to a layer, to the unit in its middle."""
        self.choose(middle_of(layer))

    @Slot(int)
    def _step_layer(self, step: int) -> None:
        layer = next_layer(self.strip.layer, step)
        if layer != self.strip.layer:
            self.show_layer(layer)

    # What the stage and Qt call

    def show_scene(self, scene: Scene) -> None:
        before, self._scene = self.network, scene
        self._colour()
        self._show_unit()
        if scene.network is not before:
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def close_down(self) -> None:
        self.desk.close_down()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._scene is not None:
            self._colour()
            self._show_unit()

    # The chosen unit, and its gradient

    def _colour(self) -> None:
        reading = None if self._scene is None else self._scene.reading
        self._pictures.show(reading, Scale.PER_LAYER, theme.theme_of(self))

    def _show_unit(self) -> None:
        unit, scene = self._unit, self._scene
        layer = spot_of(unit).layer
        self.layers.mark(layer)
        self.strip.show_layer(layer, self._pictures, Marks(chosen=unit))
        self.strip.setAccessibleDescription(unit_name(unit, self._variant))
        if scene is None or scene.reading is None or scene.network is None or scene.steps is None:
            self.gradient.show_gradient(None, None, unit, self._variant)
            self.framed.emit(None)
            return
        from lenet_gui.explore.input_gradient import input_gradient  # torch is there

        gradient = input_gradient(scene.network.network, scene.reading.input, unit)
        self.gradient.show_gradient(gradient, scene.steps.padded, unit, self._variant)
        field = receptive_field(unit.layer, unit.row, unit.column)
        self.framed.emit(scene.on_sheet(field))

    # The nine digits

    @Slot()
    def _refresh(self) -> None:
        """Shows what is known, and has the digits read where they are not: if somebody looks."""
        if not self.isVisible():
            return
        network, digits = self.network, self.digits
        if digits is None:
            self.surroundings.shelf.ask()
        elif network is not None:
            self.desk.want([network], digits)
        self._show_nine()

    @Slot()
    def _press(self) -> None:
        """Cancels what runs, or reads anew."""
        network, digits = self.network, self.digits
        if self.desk.is_busy:
            self.desk.cancel()
        elif network is not None and digits is not None:
            self.desk.ask([network], digits)
        self._show_nine()

    @Slot()
    def _show_nine(self) -> None:
        digits, found, busy = self.digits, self.exciting, self.desk.is_busy
        older = self.desk.found(self.network, digits) is None
        self.nine.heading.setText(heading(self._unit, self._variant))
        self.progress.setVisible(busy)
        self.button.setVisible(busy or (older and digits is not None and self.network is not None))
        again = "Read again" if found is not None else "Read the digits"
        self.button.setText("Cancel" if busy else again)
        words = [STAND_INS] if self.surroundings.shelf.are_stand_ins else []
        if self.network is None:
            words.append(LOADING_NETWORK)
        elif digits is None:
            words.append(LOADING_DIGITS)
        elif busy:
            words.append(f"{digits.name}: reading {len(digits):,} digits…")
        elif found is None:
            words.append(NOT_READ)
        elif older:
            words.append(OLDER)
        self.state.setText(" ".join(words))
        self.state.setVisible(bool(words))
        if digits is None or found is None:
            self.nine.rule.setText("")
            self.nine.digits.show_digits([], (), ())
        else:
            self.nine.rule.setText(rule(self._unit, digits.name, len(digits)))
            excited = found.of(self._unit.layer, self._unit.map)
            captions = [
                caption(int(digits.labels[each.digit]), each, self._unit, self._variant)
                for each in excited
            ]
            images = [digits.images[each.digit] for each in excited]
            self.nine.digits.show_digits(images, excited, captions)
        self._tell_digit(-1)

    @Slot(int)
    def _tell_digit(self, place: int) -> None:
        hint = "Click a digit to lay it on the canvas." if self.nine.digits.excited else ""
        words = self._sentence(place) if place >= 0 else hint
        self.nine.told.setText(words)
        self.nine.digits.setAccessibleDescription(words)

    def _sentence(self, place: int) -> str:
        digits, excited = self.digits, self.nine.digits.excited
        if digits is None or place >= len(excited):
            return ""
        one = excited[place]
        label = int(digits.labels[one.digit])
        return digit_told(digits.name, label, one, self._unit, self._variant)

    @Slot(int)
    def _lay(self, place: int) -> None:
        """The digit on the canvas, and the unit that it excites chosen."""
        digits = self.digits
        if digits is None:
            return
        one, words = self.nine.digits.excited[place], self._sentence(place)
        ink = digits.images[one.digit].astype(np.float32) / 255
        self.choose(Unit(self._unit.layer, self._unit.map, one.row, one.column))
        self.supplied.emit(Drawing(backdrop=Backdrop(ink)), words)

    @Slot(int, int)
    def _show_progress(self, done: int, wanted: int) -> None:
        self.progress.setRange(0, wanted)
        self.progress.setValue(done)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._show_nine()
        self.state.setText(sentence)
        self.state.show()
        self.failed.emit(sentence)


def _search(
    network: "LeNet5", digits: Digits, progress: Callable[[int, int], None]
) -> ExcitingDigits:
    from lenet_gui.explore.exciting_digits import exciting_digits  # with torch, in its thread

    return exciting_digits(network, digits, progress)
