"""No tooltip is wider than a glance: all of them are broken into lines."""

import ast
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

import lenet_gui.gui
from lenet_gui.gui.core.plain import TIP_WIDTH, plain_tip
from lenet_gui.gui.core.view_table import VIEWS


def test_every_tooltip_of_the_window_has_short_lines(window, drawn):
    drawn()
    window.training.set_folded(folded=False)
    for entry in VIEWS:
        window.actions_[f"view-{entry.name}"].trigger()
    owners = [*window.findChildren(QWidget), *window.findChildren(QAction)]
    tips = {owner.toolTip() for owner in owners if isinstance(owner, QWidget | QAction)}
    assert len(tips) > 50
    for tip in tips:
        for line in tip.replace("<br>", "\n").splitlines():
            assert len(line) <= TIP_WIDTH + len("<span></span>"), tip


def test_the_tooltip_of_a_cell_has_short_lines(window, drawn):
    drawn()
    bars = window.answer_view.bars
    place = QPointF(bars.width() - 20, bars.height() / 2)
    assert max(map(len, bars.explain(place).splitlines())) > TIP_WIDTH
    where = bars.mapToGlobal(place.toPoint())
    QApplication.sendEvent(bars, QHelpEvent(QHelpEvent.Type.ToolTip, place.toPoint(), where))
    assert QToolTip.text()
    assert max(map(len, QToolTip.text().splitlines())) <= TIP_WIDTH
    QToolTip.showText(QPoint(), "")


def test_lines_are_broken_between_words_and_nothing_is_lost():
    words = "the weights of " + "x" * 70 + " and more than a few words that follow it"
    tip = plain_tip(words, "second")
    assert tip.splitlines()[-1] == "second"
    assert "".join(tip.split()) == "".join(f"{words} second".split())


def test_tooltips_are_given_in_one_way():
    """By `set_tip` or, for what is no widget, by `plain_tip`: they break the lines."""
    for file in Path(lenet_gui.gui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setToolTip":
                (told,) = node.args
                assert isinstance(told, ast.Call), f"{file}:{node.lineno}"
                assert getattr(told.func, "id", "") == "plain_tip", f"{file}:{node.lineno}"
