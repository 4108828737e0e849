"""What is switched on and off is seen in both themes."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QDockWidget,
    QRadioButton,
    QStyle,
    QWidget,
)

from lenet_gui.gui.core.theme import accent, theme_ground
from lenet_gui.gui.widgets.layer_buttons import LayerButtons


def contrast(one: QColor, other: QColor) -> float:
    """The ratio of WCAG, 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def strongest(widget: QAbstractButton, width: int) -> float:
    """The contrast to the ground of what stands out most in the first pixels of a widget."""
    image = widget.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    places = ((x, y) for x in range(min(width, image.width())) for y in range(image.height()))
    return max(contrast(image.pixelColor(*place), ground) for place in places)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_an_empty_check_box_is_seen(window, name):
    window.actions_[f"theme-{name}"].trigger()
    boxes = [*window.findChildren(QCheckBox), *window.findChildren(QRadioButton)]
    assert boxes
    for box in boxes:
        if box.isVisible() and box.isEnabled() and not box.isChecked():
            width = box.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth)
            assert strongest(box, width + 4) >= 1.9, box.text()


def darkest_and_lightest(widget: QWidget, within: QRect) -> float:
    """The greatest contrast between two pixels of a part of a widget: of text to its ground."""
    image = widget.grab(within).toImage()
    colours = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    lights = sorted(_luminance(QColor(colour)) for colour in colours)
    return (lights[-1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_what_is_chosen_is_read_and_seen_while_it_trains(window, name):
    window.actions_[f"theme-{name}"].trigger()
    window.training.set_folded(folded=False)
    window.training.draft.set_locked(True)
    face = window.training.panes.recipe.face
    for card in (*face.networks.values(), *face.efforts.values()):
        assert not card.isEnabled()
        assert darkest_and_lightest(card, card.rect().adjusted(4, 4, -4, -4)) >= 4.5, card.text()
    # The tab in front has a line in the accent colour, the others have none.
    tabs = window.view_stack.tabs
    for place in range(tabs.count()):
        tab = tabs.tabRect(place)
        line = tabs.grab(tab.adjusted(2, tab.height() - 3, -2, 0)).toImage()
        middle = line.pixelColor(line.width() // 2, line.height() // 2)
        marked = contrast(middle, theme_ground(tabs)) >= 3 and middle == accent(tabs)
        assert marked == (place == tabs.currentIndex())


@pytest.mark.parametrize("before", ["system", "light"])
def test_a_button_that_is_switched_on_is_read_after_the_theme_has_changed(window, qtbot, before):
    window.actions_[f"theme-{before}"].trigger()
    row = LayerButtons("layer", window)
    row.mark("C3")
    row.adjustSize()
    row.show()
    window.actions_["theme-dark"].trigger()
    button = row.findChild(QAbstractButton, "layer_C3")
    within = button.rect().adjusted(4, 4, -4, -4)
    qtbot.waitUntil(lambda: button.grab(within).toImage().pixelColor(0, 0).lightness() < 128)
    assert darkest_and_lightest(button, within) >= 4  # its type is thin


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_buttons_of_panels_are_seen(window, name):
    window.actions_[f"theme-{name}"].trigger()
    for dock in window.findChildren(QDockWidget):
        for which in ("close", "float"):
            button = dock.findChild(QAbstractButton, f"qt_dockwidget_{which}button")
            assert strongest(button, 100) >= 3, f"{dock.windowTitle()}, {which}"
