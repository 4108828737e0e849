"""One step's picture over the whole view, with the value of the pixel that is pointed at."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from lenet_gui.explore.preprocessing import OF_ALL, Preprocessing, Step
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.views.ink.picture import LargeStep
from lenet_gui.gui.views.ink.text import TIPS, TITLES, figures
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.labels import set_text

_HINT = "Point at a pixel, or go to it with the arrow keys. Page Up and Page Down: other steps."


class EnlargedStep(QWidget):
    """`closed()` on a click, on Enter, Escape, and the button."""

    closed = Signal()

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preprocessing: Preprocessing | None = None
        self.picture = LargeStep(commands, Step.RANGE)
        self.picture.setObjectName("ink_enlarged")
        self.picture.can_be_enlarged = False
        self.picture.setAccessibleName("Enlarged step")
        self.picture.closed.connect(self.closed)
        self.picture.pointed.connect(self._tell)
        self.picture.panel_stepped.connect(self._step)
        self._title = theme.group_title("")
        self._about = plain_label()
        wear(self._about, theme.small_font)
        self._about.setWordWrap(True)
        self.details = plain_label(_HINT)
        self.details.setObjectName("ink_pixel")
        self.details.setWordWrap(True)
        back = QPushButton("Back")
        set_tip(back, "Back to all steps (Esc)")
        back.clicked.connect(self.closed)
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.UNIT // 2)
        column.addLayout(top)
        column.addWidget(self._about)
        column.addWidget(self.picture, 1)
        column.addWidget(self.details)
        self.setFocusProxy(self.picture)

    def show_step(self, step: Step) -> None:
        """Shows another step."""
        self.picture.show_preprocessing(self._preprocessing, self._there(step))
        self._renew()

    def show_preprocessing(self, preprocessing: Preprocessing | None) -> None:
        """Shows the step of another preprocessing; None: nothing is drawn."""
        self._preprocessing = preprocessing
        self.picture.show_preprocessing(preprocessing, self._there(self.picture.step))
        self._renew()

    def _there(self, step: Step) -> Step:
        """The step, or the first one if the drawing has no such step."""
        steps = () if self._preprocessing is None else self._preprocessing.steps
        return step if step in steps or not steps else steps[0]

    def _renew(self) -> None:
        step, preprocessing = self.picture.step, self._preprocessing
        set_text(self._title, TITLES[step])
        done = "" if preprocessing is None else figures(preprocessing, step).replace("\n", " ")
        set_text(self._about, f"{TIPS[step]}. Here: {done}" if done else f"{TIPS[step]}.")
        self._tell()

    @Slot()
    def _tell(self) -> None:
        spoken = self.picture.spoken
        set_text(self.details, _HINT if spoken is None else self.picture.text_of(spoken))

    @Slot(int)
    def _step(self, by: int) -> None:
        steps = OF_ALL if self._preprocessing is None else self._preprocessing.steps
        if self.picture.step not in steps:
            return
        place = steps.index(self.picture.step) + by
        if 0 <= place < len(steps):
            self.show_step(steps[place])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
