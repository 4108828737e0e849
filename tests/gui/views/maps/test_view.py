"""The maps through real events, their colours read back from what they show."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolTip

from lenet_gui.gui.views.maps.layout import NOTE
from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.layers import GEOMETRY, LAYERS, OUTPUT
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.pictures.colours import Scale, Theme, colour_indices, diverging_lut, limits
from lenet_gui.pictures.grid.panel import Cell


def expected_colours(reading, layer, scale, theme=Theme.LIGHT):
    """uint8 [pictures, units, 3], from the activations alone."""
    values = reading.pictures(layer)
    if layer == OUTPUT:
        limit = np.abs(reading.output).max()
    else:
        limit = limits(reading, scale)[layer]
        if len(limit) != len(values):
            limit = limit.max()
    colours = diverging_lut(theme)[colour_indices(values, limit)]
    return colours.reshape(len(values), -1, 3)


def shown_colours(view, pixels, layer):
    """The colour in the middle of every unit, [pictures, units, 3]."""
    layout, shot = view.canvas.layout_of, pixels(view.canvas)
    panel = layout.by_name[layer].panel
    boxes = [layout.box(cell) for cell in panel.cells()]
    colours = [shot[box.y + box.height // 2, box.x + box.width // 2] for box in boxes]
    return np.array(colours).reshape(panel.pictures, -1, 3)


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("scale", Scale)
def test_every_unit_has_the_colour_of_its_activation(view, read, pixels, variant, scale):
    reading = read(variant)
    view.set_scale(scale)
    view.canvas.show_reading(reading)
    for layer in LAYERS:
        np.testing.assert_array_equal(
            shown_colours(view, pixels, layer), expected_colours(reading, layer, scale), layer
        )


def test_a_unit_fills_the_whole_square_of_its_factor(view, read, pixels):
    view.resize(1000, 900)
    view.canvas.show_reading(read(Variant.ORIGINAL))
    shot, layout = pixels(view.canvas), view.canvas.layout_of
    for layer in ("Input", "C1", "S2", "C3", "S4", "C5", "F6"):
        placed = layout.by_name[layer]
        place, panel, (wide, high) = placed.pictures[-1], placed.panel, placed.cell
        block = shot[place.y : place.bottom, place.x : place.right]
        cells = block.reshape(panel.rows, high, panel.columns, wide, 3)
        assert (cells == cells[:, :1, :, :1]).all(), layer


def test_the_maps_change_with_the_reading_and_go_with_it(view, read, pixels):
    view.canvas.show_reading(read(Variant.ORIGINAL, 7))
    seven = shown_colours(view, pixels, "C3")
    view.canvas.show_reading(read(Variant.ORIGINAL, 1))
    assert (shown_colours(view, pixels, "C3") != seven).any()
    view.canvas.show_reading(None)
    neutral = diverging_lut(Theme.LIGHT)[128]
    for layer in LAYERS:
        assert (shown_colours(view, pixels, layer) == neutral).all(), layer


def test_a_change_to_dark_changes_the_colours_at_once(view, read, pixels, dark_palette):
    reading = read(Variant.MODERN)
    view.canvas.show_reading(reading)
    view.setPalette(dark_palette)
    np.testing.assert_array_equal(
        shown_colours(view, pixels, "C1"),
        expected_colours(reading, "C1", Scale.PER_LAYER, Theme.DARK),
    )
    assert tuple(pixels(view.canvas)[0, 0]) == (0x30, 0x30, 0x30)


def test_the_chooser_changes_the_scale_by_keyboard(view, qtbot, read, pixels):
    reading = read(Variant.ORIGINAL)
    view.canvas.show_reading(reading)
    chooser = view.findChild(QComboBox, "scale_chooser")
    with qtbot.waitSignal(view.scale_changed) as changed:
        QTest.keyClick(chooser, Qt.Key.Key_Down)
    assert changed.args == [Scale.PER_MAP]
    assert view.scale is Scale.PER_MAP
    np.testing.assert_array_equal(
        shown_colours(view, pixels, "C1"), expected_colours(reading, "C1", Scale.PER_MAP)
    )


def test_a_click_chooses_the_map_under_it(view, qtbot, read, middle_of):
    view.canvas.show_reading(read(Variant.ORIGINAL))
    where = middle_of(view.canvas.layout_of, "C3", 12, 4, 5).toPoint()
    with qtbot.waitSignal(view.canvas.activated) as chosen:
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == [Cell("C3", 12, 4, 5)]
    assert view.canvas.held == Cell("C3", 12, 0, 0)


def test_a_click_beside_the_maps_or_on_the_output_chooses_nothing(view, qtbot, middle_of):
    where = middle_of(view.canvas.layout_of, OUTPUT, 0, 0, 3).toPoint()
    with qtbot.assertNotEmitted(view.canvas.activated):
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))


def test_arrow_keys_move_a_visible_selection_and_enter_chooses(view, qtbot, pixels):
    view.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.canvas.held == Cell("C1", 0, 0, 0)
    before = pixels(view.canvas)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(view.canvas, key)
    assert view.canvas.held == Cell("S2", 2, 0, 0)
    assert (pixels(view.canvas) != before).any()
    assert view.canvas.accessibleDescription().startswith("S2 map 2")
    with qtbot.waitSignal(view.canvas.activated) as chosen:
        QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert chosen.args == [Cell("S2", 2, 0, 0)]
    QTest.keyClick(view.canvas, Qt.Key.Key_Left)
    QTest.keyClick(view.canvas, Qt.Key.Key_Left)
    QTest.keyClick(view.canvas, Qt.Key.Key_Left)
    assert view.canvas.held == Cell("S2", 0, 0, 0)


def test_the_pointer_reads_a_unit(view, qtbot, read, middle_of, pixels):
    view.canvas.show_reading(read(Variant.ORIGINAL))
    before = pixels(view.canvas)
    where = middle_of(view.canvas.layout_of, "S4", 9, 2, 3).toPoint()
    with qtbot.waitSignal(view.canvas.pointed) as pointed:
        QTest.mouseMove(view.canvas, where)
    assert pointed.args == [Cell("S4", 9, 2, 3)]
    note = view.canvas.layout_of.labels[NOTE]
    after = pixels(view.canvas)
    region = np.s_[note.y : note.bottom, note.x : note.right]
    assert (before[region] != after[region]).any()
    with qtbot.waitSignal(view.canvas.pointed) as gone:
        QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    assert gone.args == [None]


@pytest.mark.qt_log_ignore("does not support raise")
@pytest.mark.parametrize("index", [0, 6, 15])
def test_the_tooltip_of_a_c3_map_names_its_s2_maps(view, index, middle_of):
    where = middle_of(view.canvas.layout_of, "C3", index, 1, 1).toPoint()
    at = view.canvas.mapToGlobal(where)
    QApplication.sendEvent(view.canvas, QHelpEvent(QEvent.Type.ToolTip, where, at))
    told = QToolTip.text()
    assert f"C3 map {index}, fed by S2 maps {', '.join(map(str, TABLE_I[index]))}" in told
    assert "1,516 trainable parameters" in told
    assert "14×14 pixels" in told
    QToolTip.hideText()


def test_the_modern_has_no_table_i(view, middle_of):
    view.canvas.set_kind(NetworkKind(Variant.MODERN))
    where = middle_of(view.canvas.layout_of, "C3", 0, 1, 1).toPoint()
    assert "fed by" not in view.canvas.explain(QPointF(where))
    assert "2,416 trainable parameters" in view.canvas.explain(QPointF(where))


def test_another_variant_takes_the_reading_away(view, read, pixels):
    view.canvas.show_reading(read(Variant.ORIGINAL))
    view.canvas.set_kind(NetworkKind(Variant.MODERN))
    neutral = diverging_lut(Theme.LIGHT)[128]
    assert (shown_colours(view, pixels, "C1") == neutral).all()


def test_the_small_window_needs_no_scrolling_and_a_tiny_one_scrolls(view, qtbot):
    assert view.canvas.size() == view.canvas.parentWidget().size()
    assert view.canvas.layout_of.by_name["C1"].cell == (2, 2)
    view.resize(300, 200)
    qtbot.waitUntil(lambda: view.canvas.height() > view.canvas.parentWidget().height())
    assert view.canvas.width() >= view.canvas.minimumSizeHint().width()


def test_the_pictures_and_their_units_are_the_networks():
    assert {layer: shape.units for layer, shape in GEOMETRY.items()} == {
        "Input": 1024, "C1": 4704, "S2": 1176, "C3": 1600, "S4": 400, "C5": 120, "F6": 84,
        OUTPUT: 10,
    }  # fmt: skip
