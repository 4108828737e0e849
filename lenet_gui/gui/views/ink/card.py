"""One step: its switch, its picture, what it did, and the answer without it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import fit, grow_indicator, wear
from lenet_gui.gui.views.ink.export import ShownStep
from lenet_gui.gui.views.ink.picture import SmallStep
from lenet_gui.gui.views.ink.text import (
    LONGEST_ALONE,
    LONGEST_FIGURES,
    TIPS,
    TITLES,
    alone,
    figures,
)
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.labels import SteadyLabel
from lenet_gui.text.answers import read_as


class StepCard(QWidget):
    """`switched()` when the step is left out or taken again, `opened(Step)` to enlarge it."""

    switched = Signal()
    opened = Signal(object)

    def __init__(
        self,
        commands: CellCommands,
        step: Step,
        parent: QWidget | None = None,
        *,
        is_operated: bool = True,
    ) -> None:
        """Args: is_operated: whether mouse and keys reach it; else the switch is only told.

        So it is of the picture as it came, too, which cannot be left out.
        """
        super().__init__(parent)
        self.step = step
        self._without: Reading | None = None
        self.switch = QCheckBox(TITLES[step])
        grow_indicator(self.switch)
        self.switch.setObjectName(f"ink_step_{step.name.lower()}")
        self.switch.setChecked(True)
        set_tip(self.switch, TIPS[step])
        self.switch.toggled.connect(self.switched)
        self.title = plain_label(self.switch.text())
        wear(self.title, theme.text_font)
        has_switch = is_operated and step is not Step.PICTURE
        (self.title if has_switch else self.switch).hide()
        fit(self.title, "height", self._fit_title)
        self.switch.toggled.connect(self._tell)
        self.picture = SmallStep(commands, step)
        self.picture.setAccessibleName(f"Picture of the step {TITLES[step]}")
        self.picture.opened.connect(self._open)
        font, middle = theme.small_font, Qt.AlignmentFlag.AlignHCenter
        lines = 1 if step is Step.RANGE else 2
        self.details = SteadyLabel(font, lines, middle, LONGEST_FIGURES[step])
        self.alone = SteadyLabel(font, 1, middle, LONGEST_ALONE)
        set_tip(self.alone, "The answer if only this step is left out")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 4)
        column.addWidget(self.switch)
        column.addWidget(self.title)
        column.addWidget(self.picture, 1)
        column.addWidget(self.details)
        column.addWidget(self.alone)

    def _fit_title(self, title: QWidget) -> None:
        """As high as the switches beside it."""
        title.setMinimumHeight(self.switch.sizeHint().height())

    def set_number(self, number: int) -> None:
        """Numbers it among the steps that there are."""
        self.switch.setText(f"{number} {TITLES[self.step]}")
        self._tell(self.switch.isChecked())

    def show_preprocessing(self, preprocessing: Preprocessing | None) -> None:
        """Shows the step of another preprocessing; None: nothing is drawn."""
        self.picture.show_preprocessing(preprocessing)
        self.details.setText("" if preprocessing is None else figures(preprocessing, self.step))

    def show_alone(self, usual: Reading | None, without: Reading | None) -> None:
        """Shows the answer with only this step left out; bold where it differs."""
        self._without = without
        if usual is None or self.step is Step.PICTURE:
            self.alone.setText("")
            return
        self.alone.setText(alone(without))
        is_other = without is None or read_as(verdict_of(without)) != read_as(verdict_of(usual))
        if self.alone.font().bold() != is_other:
            wear(self.alone, theme.bold_font if is_other else theme.small_font)

    def shown(self, height: int) -> ShownStep:
        """What is shown, for a page, with the height of the picture in units."""
        lines = (*self.details.text().split("\n"), self.alone.text())
        picture = self.picture.as_block(height)
        return ShownStep(self.step, self.switch.text(), picture, lines, self._without)

    @Slot(bool)
    def _tell(self, taken: bool) -> None:
        self.title.setText(self.switch.text() + ("" if taken else ": left out"))

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.step)
