"""There is room for whatever is said over the two halves of the view, at every width."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from lenet_gui.explore.input_gradient import InputGradient
from lenet_gui.gui.core import theme
from lenet_gui.gui.views.causes.text import LONGEST_NOTE, gradient_note, lead_note
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.net.modern_form import ModernForm, Squashing
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind

KINDS = (ORIGINAL, *(NetworkKind(Variant.MODERN, ModernForm(each)) for each in Squashing))
LAST = (
    *(Unit("C1", 5, 27, 27), Unit("S2", 5, 13, 13), Unit("C3", 15, 9, 9), Unit("S4", 15, 4, 4)),
    *(Unit("C5", 119), Unit("F6", 83), Unit(OUTPUT, 9)),
)


def notes() -> set[str]:
    """What is said of the last unit of each layer: flat, steep and saturated, and of the lead."""
    found = set()
    for unit, kind, slope in product(LAST, KINDS, (0.0, 1e-6, 1.0)):
        slopes = np.full((32, 32), slope, np.float32)
        for is_of_sum in {False, unit.layer != OUTPUT}:
            gradient = InputGradient(slopes, is_of_sum)
            found |= {gradient_note(unit, kind, gradient), lead_note("8", "9", kind, gradient)}
    return found


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("pixels", [11, 16, 24])
def test_no_note_about_digits_is_higher_than_the_longest(pixels: int) -> None:
    font = theme.small_font()
    font.setPixelSize(pixels)
    metrics = QFontMetrics(font)

    def height(words: str, width: int) -> int:
        room = QRect(0, 0, width, 10_000)
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()

    for width in range(160, 800, 8):
        room = height(LONGEST_NOTE, width)
        assert [words for words in notes() if height(words, width) > room] == [], width
