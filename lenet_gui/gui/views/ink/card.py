"""One step of the way: its switch, its picture, what it did, and the answer without it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.ink.picture import StepPicture
from lenet_gui.gui.views.ink.text import TIPS, TITLES, alone, figures
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.labels import set_text
from lenet_gui.text.answers import read_as


class StepCard(QWidget):
    """`switched()` when the step is left out or taken again, `opened(Step)` to enlarge it."""

    switched = Signal()
    opened = Signal(object)

    def __init__(self, step: Step, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self.switch = QCheckBox(f"{number} {TITLES[step]}")
        self.switch.setObjectName(f"ink_step_{step.name.lower()}")
        self.switch.setChecked(True)
        self.switch.setToolTip(TIPS[step])
        self.switch.toggled.connect(lambda _on: self.switched.emit())
        self.picture = StepPicture(step)
        self.picture.setAccessibleName(f"Picture of the step {TITLES[step]}")
        self.picture.setToolTip("Click, or press Enter, to enlarge")
        self.picture.opened.connect(lambda: self.opened.emit(self.step))
        self.told, self.alone = QLabel(), QLabel()
        self.alone.setToolTip("The answer where this step alone is left out")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 4)
        column.addWidget(self.switch)
        column.addWidget(self.picture, 1)
        self._legend = ScaleLegend() if step is Step.RANGE else None
        if self._legend is not None:
            column.addWidget(self._legend)
        for label, lines in ((self.told, 2 if self._legend is None else 1), (self.alone, 1)):
            label.setFont(theme.small_font())
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
            label.setMinimumHeight(lines * label.fontMetrics().lineSpacing())
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            column.addWidget(label)

    def show_way(self, way: Preprocessing | None) -> None:
        """Shows the step of this way."""
        self.picture.show_way(way)
        if self._legend is not None:
            limit = None if way is None else max(abs(end) for end in way.range)
            self._legend.show_limit(limit)
        set_text(self.told, "" if way is None else figures(way, self.step))

    def show_alone(self, usual: Reading | None, without: Reading | None) -> None:
        """Tells the answer where this step alone is left out; bold where it is another."""
        if usual is None:
            set_text(self.alone, "")
            return
        set_text(self.alone, alone(without))
        font = theme.small_font()
        font.setBold(without is None or read_as(verdict_of(without)) != read_as(verdict_of(usual)))
        if self.alone.font() != font:
            self.alone.setFont(font)
