"""A field for a number that lets any text stand, so that what is wrong can be said in words."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

Steps = tuple[float, ...]


class NumberField(QAbstractSpinBox):
    """A line of text with arrows. `value` is an int or a float where it reads as one.

    Args:
        steps: the values that the arrows and the arrow keys go to, rising.
        empty: what an empty field means, in words, or None if it may not be empty.
        parent: Qt's.
    """

    changed = Signal()

    def __init__(
        self, steps: Steps, empty: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._steps = steps
        self._empty = empty
        if empty is not None:
            self.lineEdit().setPlaceholderText(empty)
        self.lineEdit().textChanged.connect(self.changed)
        width = QFontMetrics(self.font()).horizontalAdvance("0000000")
        self.setMinimumWidth(width + self.sizeHint().height())

    @property
    def value(self) -> int | float | str | None:
        """None if the field is empty and may be, the text itself if it is no number."""
        text = self.lineEdit().text().strip().replace(",", "")
        if not text and self._empty is not None:
            return None
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
        return text

    @value.setter
    def value(self, value: float | None) -> None:
        self.lineEdit().setText("" if value is None else _shown(value))
        self.lineEdit().setCursorPosition(0)

    def validate(self, text: str, position: int) -> object:
        """Everything may stand; the recipe says what is wrong with it."""
        return QValidator.State.Acceptable, text, position

    def fixup(self, text: str) -> str:
        """Nothing is mended behind the writer's back."""
        return text

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Up and down always, while the field can be written in."""
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def stepBy(self, steps: int) -> None:
        """Goes to the next of the usual values above or below."""
        value = self.value
        for _ in range(abs(steps)):
            now = value if isinstance(value, int | float) else None
            if steps > 0:
                above = [step for step in self._steps if now is None or step > now]
                value = above[0] if above else now
            else:
                below = [step for step in self._steps if now is not None and step < now]
                value = below[-1] if below else now
        if isinstance(value, int | float):
            self.value = value
        self.lineEdit().selectAll()


def _shown(value: float) -> str:
    """The shortest text that reads as the very same number."""
    return repr(float(value)) if value % 1 else f"{value:.0f}"
