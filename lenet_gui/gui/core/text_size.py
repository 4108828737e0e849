"""How large the window's text is, and everything that is as large as text: one factor for all.

The application's font carries it. What is drawn in pixels of its own (icons, the grids of cells)
takes `factor` or `scaled`, and looks again when its font has changed. A window may have a factor
of its own, in place of that which the user has chosen: the projector's has one that fits its size.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget

PERCENTS: Final = (80, 90, 100, 110, 125, 150, 175, 200, 225, 250)
"""The sizes that the commands go through, in per cent of the system's own."""

USUAL: Final = 100

Fit = Callable[[QWidget], None]
"""Gives a widget what depends on the size of text. It holds no widget: it would never be freed."""

Font = Callable[[QWidget], QFont]
"""One of the theme's fonts, as large as text is in the widget's window."""

_INDICATOR: Final = 14
"""The side of a tick box and of a radio button's dot, in the style of the program: pixels."""

_CHOSEN, _OWN, _FITS, _FONT = "text size", "own factor", "fits", "font"


class _Fits:
    """What is done to one widget in every size, one thing of a kind."""

    def __init__(self) -> None:
        self.by_kind: dict[str, Fit] = {}


def choose_text_size(percent: int) -> None:
    """Makes all text of the program so many per cent of the system's, and what goes with it.

    Widgets hear of it by `FontChange`, those that paint text also by `ApplicationFontChange`.
    """
    if percent == text_size():
        return
    application = QApplication.instance()
    assert application is not None  # noqa: S101 - the window's
    application.setProperty(_CHOSEN, percent)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    QApplication.setFont(enlarged(font, percent / USUAL))
    # Qt posts it to the windows: here they take it at once, as sizes are taken from fonts.
    QApplication.sendPostedEvents(None, QEvent.Type.ApplicationFontChange.value)
    _fit_anew(QApplication.allWidgets())


def text_size() -> int:
    """The size that is chosen, in per cent of the system's."""
    application = QApplication.instance()
    chosen = None if application is None else application.property(_CHOSEN)
    return USUAL if chosen is None else int(chosen)


def next_size(steps: int) -> int:
    """The size that is so many steps larger or, below 0, smaller; the last one at the ends."""
    place = min(range(len(PERCENTS)), key=lambda at: abs(PERCENTS[at] - text_size())) + steps
    return PERCENTS[min(max(place, 0), len(PERCENTS) - 1)]


def choose_own_factor(window: QWidget, own: float) -> None:
    """Makes all text in a window `own` times as large as the system's, whatever the user chooses.

    What comes into the window later is given its size by `take_size`.
    """
    window.setProperty(_OWN, own)
    fit(window, _FONT, _take_font)
    take_size(window)


def take_size(root: QWidget) -> None:
    """Gives a widget and all in it the size of text of the window that they have come into."""
    _fit_anew([root, *root.findChildren(QWidget)])


def factor(widget: QWidget | None = None) -> float:
    """By how much everything is larger than at the system's own size of text.

    In the widget's window, where one is given.
    """
    own = None if widget is None else widget.window().property(_OWN)
    return own if isinstance(own, float) else text_size() / USUAL


def scaled(length: float, widget: QWidget | None = None) -> int:
    """A length in logical pixels, grown with the text; in the widget's window, if one is given."""
    return round(length * factor(widget))


def fit(widget: QWidget, kind: str, how: Fit) -> None:
    """Does something to a widget now and in every size that is chosen; one thing of a kind."""
    fits = _fits(widget)
    fits.by_kind[kind] = how
    widget.setProperty(_FITS, fits)
    how(widget)


def wear(widget: QWidget, font: Font) -> None:
    """Gives a widget one of the theme's fonts."""
    fit(widget, _FONT, lambda one: one.setFont(font(one)))


def hold_words(widget: QWidget, *words: str, beside: int = 0) -> None:
    """Keeps a widget wide enough for any of these words, and for `beside` usual pixels more."""

    def hold(one: QWidget) -> None:
        widest = max(map(one.fontMetrics().horizontalAdvance, words))
        one.setMinimumWidth(widest + scaled(beside, one))

    fit(widget, "width", hold)


def hold_lines(widget: QWidget, lines: int, beside: int = 0) -> None:
    """Keeps a widget so many lines high, and `beside` usual pixels more."""

    def hold(one: QWidget) -> None:
        one.setFixedHeight(lines * one.fontMetrics().lineSpacing() + scaled(beside, one))

    fit(widget, "height", hold)


def hold_least_lines(widget: QWidget, lines: int) -> None:
    """Keeps a widget at least so many lines high."""

    def hold(one: QWidget) -> None:
        one.setMinimumHeight(lines * one.fontMetrics().height())

    fit(widget, "height", hold)


def hold_least(widget: QWidget, width: int = 0, height: int = 0) -> None:
    """Keeps a widget at least so many usual pixels wide and high."""

    def hold(one: QWidget) -> None:
        one.setMinimumSize(scaled(width, one), scaled(height, one))

    fit(widget, "least", hold)


def grow_indicator(button: QCheckBox | QRadioButton) -> None:
    """Makes the box or the dot of a button as large as its words."""
    fit(button, "indicator", _grow_indicator)


def enlarged(font: QFont, by: float) -> QFont:
    """The same font in another size."""
    larger = QFont(font)
    if font.pointSizeF() > 0:
        larger.setPointSizeF(font.pointSizeF() * by)
    else:
        larger.setPixelSize(max(1, round(font.pixelSize() * by)))
    return larger


def _grow_indicator(button: QWidget) -> None:
    """The style draws it in pixels of its own; at the usual size of text that is left alone."""
    side, kind = scaled(_INDICATOR, button), button.metaObject().className()
    grown = f"{kind}::indicator {{ width: {side}px; height: {side}px; }}"
    button.setStyleSheet(grown if side > _INDICATOR else "")


def _take_font(window: QWidget) -> None:
    window.setFont(enlarged(QApplication.font(), factor(window) / factor()))


def _fit_anew(widgets: list[QWidget]) -> None:
    """Fonts first: other sizes are taken from them."""
    fitted = [(widget, _fits(widget)) for widget in widgets]
    for widget, fits in fitted:
        if _FONT in fits.by_kind:
            fits.by_kind[_FONT](widget)
    for widget, fits in fitted:
        for kind, fit_it in fits.by_kind.items():
            if kind != _FONT:
                fit_it(widget)


def _fits(widget: QWidget) -> _Fits:
    found = widget.property(_FITS)
    return found if isinstance(found, _Fits) else _Fits()
