"""Every figure of the window can be copied from where it stands."""

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.library import digits as digit_library
from tests.support.menus import choose, right_click

_CONTROLS = (QAbstractButton, QAbstractSpinBox, QLineEdit, QProgressBar)  # to be typed or pressed


def figures_in(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Whatever says something with a figure in it, and what it says."""
    for widget in root.findChildren(QWidget):
        text = getattr(widget, "text", None)
        if callable(text) and widget.isVisible() and not isinstance(widget, _CONTROLS):
            said = text()
            if isinstance(said, str) and re.search(r"\d", said):
                yield widget, said


def test_every_figure_of_every_view_can_be_copied(
    window: MainWindow,
    drawn: Callable[[], None],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(digit_library, "STAND_INS", 60)
    drawn()
    qtbot.waitUntil(lambda: window.live.reading is not None, timeout=20_000)
    window.training.set_folded(folded=False)
    copied = set()
    for entry in VIEWS:
        window.view_stack.turn_to(entry.name)
        QApplication.processEvents()
        for widget, said in list(figures_in(window)):
            flags = widget.textInteractionFlags() if isinstance(widget, QLabel) else None
            if flags is not None and flags & Qt.TextInteractionFlag.TextSelectableByMouse:
                continue
            menu = right_click(widget)
            assert menu is not None, (entry.name, widget.objectName(), said)
            now = widget.text()
            assert choose(menu, "Copy") == now, (entry.name, widget.objectName())
            copied.add(widget.objectName())
    assert len(copied) > 5
