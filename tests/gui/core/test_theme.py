"""What is switched on and off is seen in both themes."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QDockWidget, QRadioButton, QStyle


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


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_buttons_of_panels_are_seen(window, name):
    window.actions_[f"theme-{name}"].trigger()
    for dock in window.findChildren(QDockWidget):
        for which in ("close", "float"):
            button = dock.findChild(QAbstractButton, f"qt_dockwidget_{which}button")
            assert strongest(button, 100) >= 3, f"{dock.windowTitle()}, {which}"
