"""Light or dark, the few colours that carry meaning, spacing, and the three sizes of type."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from lenet_gui.pictures.colours import Theme

UNIT = 8
"""Everything is spaced by this many pixels, or by half of it."""

# Okabe and Ito's colours: told apart with any kind of colour blindness.
BLUE = QColor("#0072B2")
SKY = QColor("#56B4E9")
ORANGE = QColor("#E69F00")
VERMILION = QColor("#D55E00")
GREEN = QColor("#009E73")
PURPLE = QColor("#CC79A7")


def theme_of(widget: QWidget) -> Theme:
    """The theme that the widget's palette shows."""
    background = widget.palette().color(QPalette.ColorRole.Window)
    return Theme.DARK if background.lightness() < 128 else Theme.LIGHT


def accent(widget: QWidget) -> QColor:
    """The one colour that marks what matters, readable on the widget's background."""
    return SKY if theme_of(widget) is Theme.DARK else BLUE


def faint(widget: QWidget) -> QColor:
    """Text that explains rather than tells."""
    colour = QColor(widget.palette().color(QPalette.ColorRole.WindowText))
    colour.setAlpha(165)
    return colour


def between(one: QColor, other: QColor, share: float) -> QColor:
    """The opaque colour that lies `share` (0..1) of the way from one to the other."""
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


def small_font() -> QFont:
    """For captions under and beside pictures; figures all of one width."""
    return _font(0.86)


def text_font() -> QFont:
    """The system's font; figures all of one width so that they do not dance."""
    return _font(1.0)


def title_font() -> QFont:
    """For the titles of groups."""
    font = _font(1.0)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def answer_font() -> QFont:
    """For the recognised digit."""
    font = _font(5.0)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def group_title(text: str) -> QLabel:
    """A title over a group, instead of a frame round it."""
    label = QLabel(text)
    label.setFont(title_font())
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _font(factor: float) -> QFont:
    font = QFont(QApplication.font())
    size = font.pointSizeF()
    if size > 0:
        font.setPointSizeF(size * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
