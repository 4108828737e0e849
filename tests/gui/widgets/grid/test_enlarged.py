"""A picture enlarged: its values, its colours, its keys, and the grid that it follows."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.views.maps.canvas import NetworkCanvas
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.colours import Scale, Theme, colour_indices, diverging_lut, limits
from lenet_gui.pictures.grid.panel import Cell


@pytest.fixture
def canvas(qtbot, notifier, read):
    """All layers, whose pictures are enlarged."""
    owner = QWidget()
    qtbot.addWidget(owner)
    shown = NetworkCanvas(CellCommands(FileDialogs(owner, Settings()), notifier, owner))
    shown.setParent(owner)
    shown.show_reading(read(Variant.ORIGINAL))
    return shown


@pytest.fixture
def window(qtbot, canvas):
    commands = canvas.parent().findChild(CellCommands)
    commands.enlarge(canvas, Cell("C3", 4, 0, 0))
    shown = commands.enlarged
    shown.resize(480, 560)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def colours_in_corners(window, pixels):
    """The colour near the corner of every cell, where no figure stands."""
    shot, layout = pixels(window.picture), window.picture.layout_of
    panel = layout.panels[0].panel
    boxes = [layout.box(cell) for cell in panel.cells()]
    colours = [shot[box.y + 1, box.x + 1] for box in boxes]
    return np.array(colours).reshape(panel.rows, panel.columns, 3)


def middle(window, row, column) -> QPoint:
    return window.picture.cell_rect(Cell("enlarged", 0, row, column)).center()


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize(("layer", "index"), [("C1", 5), ("S2", 0), ("C3", 15), ("S4", 9)])
def test_the_colours_are_those_of_the_activations(
    window, canvas, read, pixels, scale, layer, index
):
    reading = read(Variant.ORIGINAL)
    canvas.set_scale(scale)
    window.show_picture(canvas, layer, index)
    limit = limits(reading, scale)[layer][index]
    maps = reading.activations[layer][index]
    np.testing.assert_array_equal(
        colours_in_corners(window, pixels),
        diverging_lut(Theme.LIGHT)[colour_indices(maps, float(limit))],
    )


@pytest.mark.parametrize("step", [(0, 0), (3, 7), (9, 9)])
def test_the_value_under_the_pointer_is_the_activation(window, read, step):
    QTest.mouseMove(window.picture, middle(window, *step))
    value = float(read(Variant.ORIGINAL).activations["C3"][4][step])
    told = window.findChild(QLabel, "enlarged_cell").text()
    assert told == f"C3 map 4, row {step[0]}, column {step[1]}: {value:+.4f}".replace("-", "−")


def test_the_value_follows_the_drawing_under_a_resting_pointer(window, canvas, read):
    QTest.mouseMove(window.picture, middle(window, 5, 5))
    canvas.show_reading(read(Variant.ORIGINAL, 1))
    value = float(read(Variant.ORIGINAL, 1).activations["C3"][4][5, 5])
    assert f"{value:+.4f}".replace("-", "−") in window.findChild(QLabel, "enlarged_cell").text()


def test_shift_and_arrows_read_units_without_a_mouse(window, read):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(window.picture, key, Qt.KeyboardModifier.ShiftModifier)
    row, column = window.picture.held.row, window.picture.held.column
    value = float(read(Variant.ORIGINAL).activations["C3"][4][row, column])
    assert (row, column) == (1, 1)
    assert window.findChild(QLabel, "enlarged_cell").text() == (
        f"C3 map 4, row {row}, column {column}: {value:+.4f}".replace("-", "−")
    )


def test_arrows_go_from_map_to_map_and_from_layer_to_layer(window, qtbot):
    with qtbot.waitSignal(window.picture_changed) as changed:
        QTest.keyClick(window.picture, Qt.Key.Key_Right)
    assert changed.args == ["C3", 5]
    QTest.keyClick(window.picture, Qt.Key.Key_Left)
    QTest.keyClick(window.picture, Qt.Key.Key_Down)
    assert window.shown == ("S4", 4)
    QTest.keyClick(window.picture, Qt.Key.Key_Down)
    assert window.shown == ("C5", 0)
    QTest.keyClick(window.picture, Qt.Key.Key_Right)
    assert window.shown == ("C5", 0)
    assert not window.findChild(QToolButton, "enlarged_next").isEnabled()


def test_the_buttons_go_to_the_neighbours(window):
    QTest.mouseClick(window.findChild(QToolButton, "enlarged_back"), Qt.MouseButton.LeftButton)
    assert window.shown == ("C3", 3)
    assert window.findChild(QLabel, "enlarged_title").text() == "C3 map 3"


def test_export_asks_for_the_map_that_is_shown(window, canvas, qtbot):
    button = window.findChild(QPushButton, "enlarged_export")
    with qtbot.waitSignal(canvas.export_requested) as asked:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["C3", 4]
    canvas.show_reading(None)
    assert not button.isEnabled()


def test_escape_closes(window):
    QTest.keyClick(window.picture, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_without_a_drawing_the_map_is_neutral_and_says_what_to_do(window, canvas, pixels):
    canvas.show_reading(None)
    assert (colours_in_corners(window, pixels) == diverging_lut(Theme.LIGHT)[128]).all()
    assert "Draw a digit" in window.findChild(QLabel, "enlarged_cell").text()


def test_dark_comes_at_once(window, read, pixels, dark_palette):
    window.setPalette(dark_palette)
    reading = read(Variant.ORIGINAL)
    limit = float(limits(reading, Scale.PER_LAYER)["C3"][4])
    np.testing.assert_array_equal(
        colours_in_corners(window, pixels),
        diverging_lut(Theme.DARK)[colour_indices(reading.activations["C3"][4], limit)],
    )


@pytest.mark.parametrize(
    ("layer", "index"), [("C1", 6), ("C5", 1), ("output", 1), ("S2", -1), ("S5", 0)]
)
def test_a_map_that_is_not_there_is_refused(window, canvas, layer, index):
    with pytest.raises(ValueError, match="there is no picture"):
        window.show_picture(canvas, layer, index)
    assert window.shown == ("C3", 4)


def test_the_title_says_whose_map_it_is_and_what_feeds_it(window, canvas, read):
    assert window.windowTitle() == "C3 map 4 (Original)"
    words = [label.text() for label in window.findChildren(QLabel)]
    assert "10×10, fed by S2 maps 4, 5, 0 (Table I)" in words
    assert "1,516 trainable parameters" in window.findChild(QLabel, "enlarged_title").toolTip()
    canvas.show_reading(read(Variant.MODERN))
    assert window.windowTitle() == "C3 map 4 (Modern)"


def test_the_output_is_enlarged_as_any_picture(window, canvas, read):
    window.show_picture(canvas, "output", 0)
    QTest.mouseMove(window.picture, middle(window, 0, 3))
    value = f"{float(read(Variant.ORIGINAL).output[3]):.2f}"
    assert window.findChild(QLabel, "enlarged_cell").text().endswith(value)
    QTest.keyClick(window.picture, Qt.Key.Key_Up)
    assert window.shown == ("F6", 0)


def test_what_is_closed_no_longer_follows_and_comes_back_as_the_grid_is(window, canvas, read):
    window.close()
    canvas.show_reading(read(Variant.ORIGINAL, 1))
    commands = canvas.parent().findChild(CellCommands)
    assert not commands.is_enlarged(canvas.parent())
    commands.enlarge(canvas, Cell("C1", 2, 3, 3))
    assert commands.enlarged is window
    assert commands.is_enlarged(canvas.parent())
    QTest.mouseMove(window.picture, middle(window, 14, 14))
    value = float(read(Variant.ORIGINAL, 1).activations["C1"][2][14, 14])
    told = window.findChild(QLabel, "enlarged_cell").text()
    assert told.endswith(f"{value:+.4f}".replace("-", "−"))


def test_the_window_goes_with_its_grid(window, canvas, qtbot):
    canvas.deleteLater()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert window.grid is None
