"""The editors of a recipe's fields, one for each kind of value; they accept wrong values, too."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QFontMetrics, QPaintEvent, QStandardItemModel, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from lenet_gui.gui.core.file_dialogs import DATA_FILES, FileDialogs
from lenet_gui.gui.core.plain import plain_label, plain_tip, set_tip
from lenet_gui.gui.core.text_size import fit, wear
from lenet_gui.gui.core.theme import UNIT, small_font
from lenet_gui.printable import printable
from lenet_gui.training.described import Described
from lenet_gui.training.fields import Choice, Kind, Optional, Place, Ranges, Text

_FOLDER, _FILE = "?", "??"  # no names of folders

_MOST_DIGITS = 14
"""The most room that a list of choices needs, in digits; longer ones are elided."""


class _ChoiceBox(QComboBox):
    """A list that shows its longest choice, up to a limit; longer ones end in dots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumContentsLength(8)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the form past the list changes nothing in it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def ask_for_room(self) -> None:
        """Takes the current choices as the usual ones."""
        fit(self, "width", _widen)

    def widen(self) -> None:
        """Takes the room that these choices need in the type that there is."""
        metrics = QFontMetrics(self.font())
        widest = max(metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count()))
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        wanted = QSize(min(widest, _MOST_DIGITS * metrics.horizontalAdvance("0")), self.height())
        kind = QStyle.ContentsType.CT_ComboBox
        self.setMinimumWidth(self.style().sizeFromContents(kind, option, wanted, self).width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room.width() - 2
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


class TextField(QLineEdit):
    """A line of text."""

    @property
    def changed(self) -> SignalInstance:
        """The text has changed."""
        return self.textChanged

    @property
    def value(self) -> object:
        """The text."""
        return self.text()

    @value.setter
    def value(self, value: object) -> None:
        self.setText(str(value))
        self.setCursorPosition(0)  # its beginning is visible


class ChoiceField(_ChoiceBox):
    """Choices of a kind. A value that is not one of the usual ones is added while it is chosen."""

    def __init__(self, kind: Choice | Ranges, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = kind
        self._usual = tuple(kind.names) if isinstance(kind, Choice) else kind.usual
        for value in self._usual:
            self.addItem(kind.shown(value), value)
        self.ask_for_room()

    @property
    def changed(self) -> SignalInstance:
        """The user chose."""
        return self.activated

    @property
    def value(self) -> object:
        """The choice."""
        return self.currentData()

    @value.setter
    def value(self, value: object) -> None:
        while self.count() > len(self._usual):
            self.removeItem(self.count() - 1)
        # By equality: Qt's own findData compares enumerations by identity.
        found = [place for place in range(self.count()) if self.itemData(place) == value]
        if not found:
            self.addItem(self._kind.shown(value), value)
        self.setCurrentIndex(found[0] if found else self.count() - 1)

    def refuse(self, value: object, reason: str) -> None:
        """Greys a choice, with the reason as its tooltip; with no reason it can be chosen."""
        model = self.model()
        place = next(n for n in range(self.count()) if self.itemData(n) == value)
        if isinstance(model, QStandardItemModel):
            model.item(place).setEnabled(not reason)
            set_tip(model.item(place), *reason.splitlines())


class PlaceField(_ChoiceBox):
    """A word, a folder or a file; folders and files are asked for in dialogs."""

    changed = Signal()

    def __init__(self, kind: Place, ask: FileDialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._kind = kind
        self._value = next(iter(kind.words))
        for word, text in kind.words.items():
            self.addItem(text, word)
        self.ask_for_room()
        self._asking = {_FOLDER: "a folder…"} | ({_FILE: "a file…"} if kind.asks_file else {})
        for word, text in self._asking.items():
            self.addItem(text, word)
        self.activated.connect(self._activated)

    @property
    def value(self) -> object:
        """The value in a recipe."""
        return self._value

    @value.setter
    def value(self, value: object) -> None:
        """Shows a choice; a folder or file gets its own line."""
        text = str(value)
        if self.findData(text) < 0:
            metrics = QFontMetrics(self.font())
            room = 24 * metrics.averageCharWidth()
            shown = metrics.elidedText(printable(text), Qt.TextElideMode.ElideLeft, room)
            place = self.count() - len(self._asking)
            self.insertItem(place, shown, text)
            self.setItemData(place, plain_tip(text), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self.findData(text))
        self._value = text

    @Slot()
    def ask_for_folder(self) -> None:
        """Asks for the folder; without one, nothing changes."""
        self._take(self._ask.folder(self._kind.asks))

    @Slot()
    def ask_for_file(self) -> None:
        """Asks for the file; without one, nothing changes."""
        self._take(self._ask.open(self._kind.asks_file, DATA_FILES))

    def _take(self, path: Path | None) -> None:
        if path is not None:
            self.value = path
            self.changed.emit()

    @Slot(int)
    def _activated(self, index: int) -> None:
        asked = self.itemData(index)
        if asked in self._asking:
            self.setCurrentIndex(self.findData(self._value))
            (self.ask_for_file if asked == _FILE else self.ask_for_folder)()
        else:
            self._value = asked
            self.changed.emit()


class NumberField(QAbstractSpinBox):
    """A line of text with arrows, and its unit. `value` is an int or a float if it is a number.

    Args:
        steps: the values that the arrows and the arrow keys go to, increasing.
        unit: what is counted, in the plural; shown on the right.
        empty: what an empty field means, in words, or None if it may not be empty.
        parent: Qt's.
    """

    changed = Signal()

    def __init__(
        self,
        steps: tuple[float, ...],
        unit: str = "",
        empty: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._steps = steps
        self._empty = empty
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if empty is not None:
            self.lineEdit().setPlaceholderText(empty)
        self.lineEdit().textChanged.connect(self.changed)
        self._unit = self._show_unit(unit) if unit else None
        fit(self, "width", _leave_room)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the form past the number does not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def leave_room(self) -> None:
        """Takes the room that usual numbers need in the type that there is, and the unit."""
        for_unit = 0 if self._unit is None else self._unit.sizeHint().width() + UNIT
        self.lineEdit().setTextMargins(0, 0, for_unit, 0)
        digits = self.fontMetrics().horizontalAdvance("0000000")
        self.setMinimumWidth(digits + self.sizeHint().height() + for_unit)

    def _show_unit(self, unit: str) -> QLabel:
        """At the right within the line of text."""
        label = plain_label(unit)
        wear(label, small_font)
        label.setEnabled(False)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self.lineEdit())
        row.setContentsMargins(0, 0, UNIT // 2, 0)
        row.addStretch()
        row.addWidget(label)
        return label

    @property
    def value(self) -> int | float | str | None:
        """None if the field is empty and may be, the text itself if it is not a number."""
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
    def value(self, value: float | str | None) -> None:
        """Restores what was entered before, right or wrong."""
        text = value if isinstance(value, str) else "" if value is None else _shown(value)
        self.lineEdit().setText(text)
        self.lineEdit().setCursorPosition(0)

    def validate(self, text: str, position: int) -> object:
        """Everything is accepted; the recipe says what is wrong with it."""
        return QValidator.State.Acceptable, text, position

    def fixup(self, text: str) -> str:
        """Nothing is corrected automatically."""
        return text

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Up and down are enabled while the field can be edited."""
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
    """The shortest text that reads as exactly the same number."""
    return repr(float(value)) if value % 1 else f"{value:.0f}"


Editor = TextField | ChoiceField | PlaceField | NumberField
"""Each has `value`, what is entered, right or wrong, and `changed`, a signal."""


def editor_for(field: Described, ask: FileDialogs) -> Editor:
    """The editor for a field's kind of value."""
    match field.kind:
        case Choice() | Ranges():
            return ChoiceField(field.kind)
        case Place():
            return PlaceField(field.kind, ask)
        case Text():
            return TextField()
        case Optional():
            return NumberField(field.steps, field.unit, field.kind.nothing)
    return NumberField(field.steps, field.unit)


def _widen(box: QWidget) -> None:
    assert isinstance(box, _ChoiceBox)  # noqa: S101 - given to these alone
    box.widen()


def _leave_room(field: QWidget) -> None:
    assert isinstance(field, NumberField)  # noqa: S101 - given to these alone
    field.leave_room()
