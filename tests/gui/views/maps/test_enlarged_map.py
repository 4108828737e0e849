"""One map enlarged: its values, its colours, its keys, and the drawing that it follows."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from lenet_gui.gui.views.maps.enlarged_map import EnlargedMap
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.colours import Scale, Theme, colour_indices, diverging_lut, limits


@pytest.fixture
def window(qtbot, read):
    shown = EnlargedMap()
    shown.resize(480, 560)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.show_map("C3", 4)
    shown.show_reading(read(Variant.ORIGINAL))
    return shown


def colours_in_corners(window, pixels):
    """The colour near the corner of every unit, where no figure stands."""
    shot = pixels(window.picture)
    place, factor = window.picture.place()
    rows, columns = place.height() // factor, place.width() // factor
    return np.array(
        [
            [shot[place.y() + r * factor + 1, place.x() + c * factor + 1] for c in range(columns)]
            for r in range(rows)
        ]
    )


def middle(window, row, column):
    place, factor = window.picture.place()
    ratio = window.picture.devicePixelRatioF()
    x = (place.x() + (column + 0.5) * factor) / ratio
    y = (place.y() + (row + 0.5) * factor) / ratio
    return QPoint(int(x), int(y))


@pytest.mark.parametrize("scale", Scale)
@pytest.mark.parametrize(("layer", "index"), [("C1", 5), ("S2", 0), ("C3", 15), ("S4", 9)])
def test_the_colours_are_those_of_the_activations(window, read, pixels, scale, layer, index):
    reading = read(Variant.ORIGINAL)
    window.set_scale(scale)
    window.show_map(layer, index)
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
    told = window.findChild(QLabel, "enlarged_unit").text()
    assert told == f"C3 map 4, row {step[0]}, column {step[1]}: {value:+.4f}".replace("-", "−")


def test_the_value_follows_the_drawing_under_a_resting_pointer(window, read):
    QTest.mouseMove(window.picture, middle(window, 5, 5))
    window.show_reading(read(Variant.ORIGINAL, 1))
    value = float(read(Variant.ORIGINAL, 1).activations["C3"][4][5, 5])
    assert f"{value:+.4f}".replace("-", "−") in window.findChild(QLabel, "enlarged_unit").text()


def test_shift_and_arrows_read_units_without_a_mouse(window, read):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(window.picture, key, Qt.KeyboardModifier.ShiftModifier)
    row, column = window.picture.pointed
    value = float(read(Variant.ORIGINAL).activations["C3"][4][row, column])
    assert (row, column) == (1, 1)
    assert window.findChild(QLabel, "enlarged_unit").text() == (
        f"C3 map 4, row {row}, column {column}: {value:+.4f}".replace("-", "−")
    )


def test_arrows_go_from_map_to_map_and_from_layer_to_layer(window, qtbot):
    with qtbot.waitSignal(window.map_changed) as changed:
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


def test_export_asks_for_the_map_that_is_shown(window, qtbot):
    button = window.findChild(QPushButton, "enlarged_export")
    with qtbot.waitSignal(window.export_requested) as asked:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["C3", 4]
    window.show_reading(None)
    assert not button.isEnabled()


def test_escape_closes(window):
    QTest.keyClick(window.picture, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_without_a_drawing_the_map_is_neutral_and_says_what_to_do(window, pixels):
    window.show_reading(None)
    assert (colours_in_corners(window, pixels) == diverging_lut(Theme.LIGHT)[128]).all()
    assert "Draw a digit" in window.findChild(QLabel, "enlarged_unit").text()


def test_dark_comes_at_once(window, read, pixels, dark_palette):
    window.setPalette(dark_palette)
    reading = read(Variant.ORIGINAL)
    limit = float(limits(reading, Scale.PER_LAYER)["C3"][4])
    np.testing.assert_array_equal(
        colours_in_corners(window, pixels),
        diverging_lut(Theme.DARK)[colour_indices(reading.activations["C3"][4], limit)],
    )


@pytest.mark.parametrize(("layer", "index"), [("C1", 6), ("C5", 1), ("output", 0), ("S2", -1)])
def test_a_map_that_is_not_there_is_refused(window, layer, index):
    with pytest.raises(ValueError, match="there is no map"):
        window.show_map(layer, index)
    assert window.shown == ("C3", 4)
