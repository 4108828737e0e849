"""One step's picture over the whole view, with the value of the pixel that is pointed at."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from lenet_gui.explore.preprocessing import Preprocessing, Step
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.ink.picture import StepPicture
from lenet_gui.gui.views.ink.text import TIPS, TITLES, figures, pixel_told
from lenet_gui.gui.widgets.colour_legend import ScaleLegend
from lenet_gui.gui.widgets.labels import set_text

_HINT = "Point at a pixel, or go there with the arrow keys. Page Up and Page Down: other steps."


class EnlargedStep(QWidget):
    """`closed()` on a click, on Enter, Escape, and the button."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._way: Preprocessing | None = None
        self.picture = StepPicture(Step.RANGE, by_keys=True)
        self.picture.setObjectName("ink_enlarged")
        self.picture.setAccessibleName("Enlarged step")
        self.picture.opened.connect(self.closed)
        self.picture.pointed.connect(self._tell)
        self.picture.stepped.connect(self._step)
        self._title = theme.group_title("")
        self._about = QLabel()
        self._about.setFont(theme.small_font())
        self._about.setWordWrap(True)
        self.told = QLabel(_HINT)
        self.told.setObjectName("ink_pixel")
        self.told.setWordWrap(True)
        self._legend = ScaleLegend()
        self._legend.setMaximumWidth(30 * theme.UNIT)
        back = QPushButton("Back")
        back.setToolTip("Back to all steps (Esc)")
        back.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(back)
        last = QHBoxLayout()
        last.addWidget(self.told, 1)
        last.addWidget(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addWidget(self.picture, 1)
        column.addLayout(last)
        self.setFocusProxy(self.picture)

    def show_step(self, step: Step) -> None:
        """Shows another step."""
        self.picture.show_way(self._way, step)
        self._renew()

    def show_way(self, way: Preprocessing | None) -> None:
        """Shows the step of this way."""
        self._way = way
        self.picture.show_way(way)
        self._renew()

    def _renew(self) -> None:
        step, way = self.picture.step, self._way
        set_text(self._title, TITLES[step])
        done = "" if way is None else " Here: " + figures(way, step).replace("\n", " ")
        set_text(self._about, f"{TIPS[step]}.{done}")
        self._legend.setVisible(step is Step.RANGE and way is not None)
        if way is not None:
            self._legend.show_limit(max(abs(end) for end in way.range))
        self._tell(*(self.picture.at or (-1, -1)))

    @Slot(int, int)
    def _tell(self, row: int, column: int) -> None:
        way = self._way
        if way is None or row < 0:
            set_text(self.told, _HINT)
            return
        rows, columns = way.picture(self.picture.step).shape
        if row < rows and column < columns:  # a box may have become smaller
            set_text(self.told, pixel_told(way, self.picture.step, row, column))
        self.picture.setAccessibleDescription(self.told.text())

    @Slot(int)
    def _step(self, by: int) -> None:
        steps = list(Step)
        place = steps.index(self.picture.step) + by
        if 0 <= place < len(steps):
            self.show_step(steps[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
