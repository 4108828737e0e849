"""One step: its switch, its picture, what it did, and the answer without it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.views.ink.export import ShownStep
from lenet_gui.gui.views.ink.picture import SmallStep
from lenet_gui.gui.views.ink.text import TIPS, TITLES, alone, figures
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.labels import set_text
from lenet_gui.text.answers import read_as


class StepCard(QWidget):
    """`switched()` when the step is left out or taken again, `opened(Step)` to enlarge it."""

    switched = Signal()
    opened = Signal(object)

    def __init__(
        self, commands: CellCommands, step: Step, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.step = step
        self._without: Reading | None = None
        self.switch = QCheckBox(f"{number} {TITLES[step]}")
        self.switch.setObjectName(f"ink_step_{step.name.lower()}")
        self.switch.setChecked(True)
        self.switch.setToolTip(TIPS[step])
        self.switch.toggled.connect(self.switched)
        self.picture = SmallStep(commands, step)
        self.picture.setAccessibleName(f"Picture of the step {TITLES[step]}")
        self.picture.opened.connect(self._open)
        self.details, self.alone = plain_label(), plain_label()
        self.alone.setToolTip("The answer where this step alone is left out")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 4)
        column.addWidget(self.switch)
        column.addWidget(self.picture, 1)
        for label, lines in ((self.details, 1 if step is Step.RANGE else 2), (self.alone, 1)):
            label.setFont(theme.small_font())
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
            label.setMinimumHeight(lines * label.fontMetrics().lineSpacing())
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            column.addWidget(label)

    def show_preprocessing(self, preprocessing: Preprocessing | None) -> None:
        """Shows the step of another preprocessing; None: nothing is drawn."""
        self.picture.show_preprocessing(preprocessing)
        set_text(self.details, "" if preprocessing is None else figures(preprocessing, self.step))

    def show_alone(self, usual: Reading | None, without: Reading | None) -> None:
        """Tells the answer where this step alone is left out; bold where it is another."""
        self._without = without
        if usual is None:
            set_text(self.alone, "")
            return
        set_text(self.alone, alone(without))
        font = theme.small_font()
        font.setBold(without is None or read_as(verdict_of(without)) != read_as(verdict_of(usual)))
        if self.alone.font() != font:
            self.alone.setFont(font)

    def shown(self, height: int) -> ShownStep:
        """What is shown, for a page, the picture in so many units of height."""
        lines = (*self.details.text().split("\n"), self.alone.text())
        picture = self.picture.as_block(height)
        return ShownStep(self.step, self.switch.text(), picture, lines, self._without)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.step)
