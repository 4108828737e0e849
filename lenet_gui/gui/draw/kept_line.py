"""The drawing that is kept as B, small, and what the network reads it as; without controls."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import fit, scaled, wear
from lenet_gui.gui.draw.picture import DrawingPicture
from lenet_gui.gui.library.live import ReadDrawing
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.text.answers import no_single_digit, probabilities

PICTURE_SIDE = 56
"""Usual pixels."""


class KeptLine(QWidget):
    """Shows B; it is hidden, and takes no room, while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.picture = DrawingPicture()
        fit(self.picture, "size", _grow)
        self._answer, self._more = ElidedLabel(), ElidedLabel()
        wear(self._answer, theme.title_font)
        wear(self._more, theme.small_font)
        said = QVBoxLayout()
        said.setSpacing(0)
        for label in (self._answer, self._more):
            said.addWidget(label)
        said.insertStretch(0)
        said.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.UNIT)
        row.addWidget(self.picture)
        row.addLayout(said, 1)
        self.hide()

    @property
    def answer(self) -> str:
        """The answer for B: "Drawing B: 7"; empty while none is kept."""
        return "" if self.isHidden() else self._answer.text()

    def show_kept(self, kept: ReadDrawing | None) -> None:
        """Shows another drawing, or its new answer, or nothing."""
        self.setVisible(kept is not None)
        if kept is None:
            return
        self.picture.show_drawing(kept.drawing)
        reading = kept.reading
        if reading is None:
            self._answer.setText("Drawing B")
            self._more.setText(no_single_digit(kept.drawing.digits))
        else:
            self._answer.setText(f"Drawing B: {verdict_of(reading).headline}")
            self._more.setText(probabilities(reading)[0])
        told = ". ".join(filter(None, (self._answer.text(), self._more.text())))
        set_tip(self.picture, f"Kept to be compared. {told}")
        if told != self.accessibleName():  # Qt tells screen readers at every call
            self.setAccessibleName(told)


def _grow(picture: QWidget) -> None:
    picture.setFixedSize(scaled(PICTURE_SIDE, picture), scaled(PICTURE_SIDE, picture))
