"""The room of the window goes to its pictures: even rows, alike in size, as large as can be."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea

from lenet_gui.gui.widgets.choice_card import ChoiceCard
from lenet_gui.net.layers import MAP_LAYERS
from lenet_gui.pictures.grid.layout import GridLayout
from lenet_gui.training.recipe import FIELDS
from tests.support.cut_text import cut_text

SIZES = ((1024, 700), (1600, 1000))


def sides(layout: GridLayout, before: str = "") -> dict[str, int]:
    """The side of each layer's maps, in device pixels."""
    rows = {layer: layout.by_name[f"{before}{layer}"].pictures for layer in MAP_LAYERS}
    for pictures in rows.values():
        assert len({(picture.width, picture.height) for picture in pictures}) == 1
    return {layer: pictures[0].width for layer, pictures in rows.items()}


def edges(layout: GridLayout) -> set[tuple[int, int]]:
    """Where the rows of maps, and that of C5, begin and end."""
    rows = (layout.by_name[layer].bounds for layer in (*MAP_LAYERS, "C5"))
    return {(row.x, row.right) for row in rows}


@pytest.mark.parametrize("size", SIZES)
def test_maps_are_even_and_large_beside_the_opened_training_panel(window, qtbot, size):
    maps, area = window.maps.canvas, window.maps.findChild(QScrollArea)

    def check() -> None:
        qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
        assert area.horizontalScrollBar().maximum() == 0
        found = sides(maps.layout_of)
        assert min(found.values()) >= 40
        assert max(found.values()) <= 1.5 * min(found.values())
        assert len(edges(maps.layout_of)) == 1

    window.resize(*size)
    check()
    alone = maps.height()
    QTest.keyClick(window, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: maps.height() < alone - 100)
    check()


def test_terms_stand_beside_the_formula_in_a_wide_window(window, drawn):
    drawn()
    window.actions_["view-unit"].trigger()
    panel = window.view_stack.view.panel
    for size, is_beside, least in zip(SIZES, (False, True), (30, 100), strict=True):
        window.resize(*size)
        QApplication.processEvents()
        terms = panel.terms.geometry()
        formula = panel.findChild(type(panel.curve)).parentWidget().geometry()
        assert (terms.left() > formula.right()) == is_beside
        assert (terms.top() > formula.bottom()) != is_beside
        picture = panel.terms.layout_of.panels[0].pictures[0]
        assert picture.width >= least


def test_the_layers_of_a_pair_are_alike_in_size(window, drawn):
    drawn()
    window.actions_["view-compare"].trigger()
    window.resize(1600, 1000)
    QApplication.processEvents()
    found = sides(window.view_stack.view.maps.layout_of, "A ")
    assert max(found.values()) <= 2 * min(found.values())
    assert min(found.values()) >= 50


def test_the_few_kernels_of_c1_are_twice_as_large_as_those_of_c3(window):
    window.actions_["view-weights"].trigger()
    window.resize(1600, 1000)
    QApplication.processEvents()
    layout = window.view_stack.view.grid.layout_of
    cells = {placed.panel.name: placed.cell[0] for placed in layout.panels}
    assert cells["C1.weight"] == 2 * cells["C3.weight"]


@pytest.mark.parametrize("size", SIZES)
def test_the_choices_of_a_training_are_whole_and_all_settings_get_more_room(window, qtbot, size):
    window.resize(*size)
    QTest.keyClick(window, Qt.Key.Key_F8)
    pane = window.training.panes.recipe
    dock, cards = window.findChild(QDockWidget, "dock-train"), pane.findChildren(ChoiceCard)
    qtbot.waitUntil(lambda: dock.height() >= 224)

    def are_whole() -> bool:
        return all(card.width() >= card.minimumSizeHint().width() for card in cards)

    for times in (0, 3):
        for _ in range(times):
            QTest.keyClick(window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(are_whole)
        assert pane.face.width() >= pane.face.minimumSizeHint().width()
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    pane.all_settings.click()
    qtbot.waitUntil(lambda: dock.height() >= 0.45 * window.height())
    for name in FIELDS:
        QApplication.sendEvent(pane.form.editor(name), QEvent(QEvent.Type.Enter))
        assert pane.explanation.text().startswith(FIELDS[name].label)
        assert cut_text(pane.explanation) == []
