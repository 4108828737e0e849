"""All dials: which one is swept, its slider, its value; the seed; and back to neutral."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.explore.dials import DIALS, Dial
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import grow_indicator, hold_words, wear
from lenet_gui.gui.views.invariance.dial_slider import DialSlider
from lenet_gui.gui.views.invariance.state import SWEPT_FIRST

_ROWS = 4


class DialPanel(QWidget):
    """`turned(Dial)` when a dial was moved, `chosen(Dial)` when another one is to be swept.

    `reseeded()` when the seed is another one, `reset_all()` after all went back to neutral.
    """

    turned = Signal(object)
    chosen = Signal(object)
    reseeded = Signal()
    reset_all = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sliders: dict[str, DialSlider] = {}
        self.buttons: dict[str, QRadioButton] = {}
        self._values: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.UNIT // 2)
        self._grid.setVerticalSpacing(theme.UNIT // 4)
        for number, dial in enumerate(DIALS):
            self._add(dial, number % _ROWS, number // _ROWS)
        self.buttons[SWEPT_FIRST].setChecked(True)
        self._group.buttonClicked.connect(self._choose)
        self.seed = QSpinBox()
        self.seed.setObjectName("invariance_seed")
        self.seed.setAccessibleName("Seed of the noise")
        set_tip(self.seed, "Which pixels the noise inverts: always the same ones for one seed")
        self.seed.setRange(0, 9999)
        self.seed.valueChanged.connect(self.reseeded)
        self.reset = QPushButton("&Reset")
        self.reset.setObjectName("invariance_reset")
        set_tip(self.reset, "Reset all dials, which leaves the digit undisturbed")
        self.reset.clicked.connect(self.reset_dials)
        words = plain_label("Seed")
        words.setBuddy(self.seed)
        self.line = QHBoxLayout()
        self.line.setSpacing(theme.UNIT)
        self.line.addWidget(words)
        self.line.addWidget(self.seed)
        self.line.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(self._grid)
        column.addLayout(self.line)

    @property
    def swept(self) -> Dial:
        """The dial that is swept."""
        return next(dial for dial in DIALS if self.buttons[dial.name].isChecked())

    @property
    def disturbance(self) -> Disturbance:
        """What the dials say."""
        values = {name: slider.dial.values[slider.value()] for name, slider in self.sliders.items()}
        return Disturbance(seed=self.seed.value(), **values)

    @property
    def told(self) -> str:
        """The dials that are turned, with their values; "" where none is."""
        turned = [one.dial for one in self.sliders.values() if one.value() != one.dial.neutral]
        return ", ".join(f"{one.title.lower()} {self._values[one.name].text()}" for one in turned)

    @Slot()
    def reset_dials(self) -> None:
        """All dials back to neutral; the seed stays."""
        places = {name: slider.dial.neutral for name, slider in self.sliders.items()}
        if self._go(places):
            self.reset_all.emit()

    def restore(self, disturbance: Disturbance, swept: str) -> None:
        """Sets all dials as near to a disturbance as their steps allow, its seed, the dial swept.

        Without a signal.
        """
        self._go(
            {
                name: round(slider.dial.place_of(getattr(disturbance, name)))
                for name, slider in self.sliders.items()
            }
        )
        with QSignalBlocker(self.seed):
            self.seed.setValue(min(disturbance.seed, self.seed.maximum()))
        self.buttons[swept].setChecked(True)

    def _go(self, places: Mapping[str, int]) -> bool:
        """Moves the dials to their places, without a signal; whether any was elsewhere."""
        moved = [each for name, each in self.sliders.items() if each.value() != places[name]]
        for slider in moved:
            with QSignalBlocker(slider):
                slider.setValue(places[slider.dial.name])
            self._tell(slider.dial)
        return bool(moved)

    def _add(self, dial: Dial, row: int, column: int) -> None:
        button = QRadioButton(dial.title)
        grow_indicator(button)
        button.setObjectName(f"invariance_sweep_{dial.name}")
        button.setAccessibleName(f"Sweep {dial.title.lower()}")
        set_tip(button, f"Sweep this dial. {dial.help}")
        self._group.addButton(button)
        slider = DialSlider(dial)
        value = plain_label()
        wear(value, theme.small_font)
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        hold_words(value, dial.text(0), dial.text(-1), beside=2)
        self.buttons[dial.name], self.sliders[dial.name] = button, slider
        self._values[dial.name] = value
        first = 4 * column
        self._grid.addWidget(button, row, first)
        self._grid.addWidget(slider, row, first + 1)
        self._grid.addWidget(value, row, first + 2)
        self._grid.setColumnStretch(first + 1, 1)
        if column:
            self._grid.setColumnMinimumWidth(first - 1, theme.UNIT)
        self._tell(dial)
        slider.valueChanged.connect(self._turn)

    @Slot()
    def _turn(self) -> None:
        slider = self.sender()
        assert isinstance(slider, DialSlider)  # noqa: S101 - no other sender is connected
        self._tell(slider.dial)
        self.turned.emit(slider.dial)

    def _tell(self, dial: Dial) -> None:
        slider = self.sliders[dial.name]
        value = self._values[dial.name]
        value.setText(dial.text(slider.value()))
        neutral = slider.value() == dial.neutral
        wear(value, theme.small_font if neutral else theme.bold_font)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self.swept)
