"""Light or dark, the few colours that carry meaning, spacing, and the three sizes of type."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from lenet_gui.gui.core.plain import plain_label
from lenet_gui.gui.core.text_size import enlarged, factor, wear
from lenet_gui.pictures.colours import Theme

_LEAST_POINTS = 8.25
"""Of small type, at the usual size of text: 11 pixels."""

UNIT = 8
"""Everything is spaced by this many pixels, or by half of it."""

# Okabe and Ito's colours: distinguishable with any kind of colour blindness.
BLUE = QColor("#0072B2")
SKY = QColor("#56B4E9")
ORANGE = QColor("#E69F00")
VERMILION = QColor("#D55E00")
GREEN = QColor("#009E73")
PURPLE = QColor("#CC79A7")

_CURRENT = "theme"
"""The property of the program that names its theme."""

FRAME = GREEN
"""The colour of frames around the current part of a picture: no colour scale has it."""


def choose_theme(name: str) -> None:
    """Makes the whole program "light", "dark", or like the "system".

    The themes have their own palettes, because not every desktop lets Qt switch. Nothing is done
    where the program has the theme already: every widget would look at its palette again.
    """
    program = QApplication.instance()
    if program is not None and program.property(_CURRENT) == name:
        return
    hints = QGuiApplication.styleHints()
    hints.setColorScheme(_SCHEMES[name])
    if name == "system":
        QApplication.setPalette(QPalette())
    else:
        QApplication.setPalette(palette_of(name))
    for kind in ("QCheckBox", "QRadioButton"):
        # PySide takes a str here, and says otherwise.
        QApplication.setPalette(_outlined(QApplication.palette()), kind)  # type: ignore[arg-type]
    if program is not None:
        program.setProperty(_CURRENT, name)


def palette_of(name: str) -> QPalette:
    """The colours of the theme "light" or "dark"."""
    return _palette(_GROUNDS[name])


def _outlined(palette: QPalette) -> QPalette:
    """For check boxes.

    Fusion draws their outline in a darker shade of the window's colour, which they do not show
    otherwise, and there it is hardly seen.
    """
    is_dark = palette.color(QPalette.ColorRole.Window).lightness() < _DARK
    outlined = QPalette(palette)
    outlined.setColor(QPalette.ColorRole.Window, QColor(_OUTLINES[is_dark]).lighter(140))
    return outlined


def _palette(ground: "_Ground") -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(QColor(ground.button), QColor(ground.window))
    for which, colour in {
        role.WindowText: ground.text,
        role.Text: ground.text,
        role.ButtonText: ground.text,
        role.BrightText: ground.text,
        role.ToolTipText: ground.text,
        role.ToolTipBase: ground.base,
        role.Base: ground.base,
        role.AlternateBase: ground.window,
        role.PlaceholderText: ground.disabled,
        role.Highlight: ground.accent,
        role.Accent: ground.accent,
        role.HighlightedText: ground.on_accent,
        role.Link: ground.accent,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, which, QColor(ground.disabled))
    palette.setColor(group.Disabled, role.Highlight, QColor(ground.disabled))
    return palette


@dataclass(frozen=True)
class _Ground:
    """The colours of a theme for the palette."""

    window: str
    base: str
    button: str
    text: str
    disabled: str
    accent: str
    on_accent: str


_GROUNDS = {
    "light": _Ground("#efeff0", "#ffffff", "#efeff0", "#16181b", "#8d9197", BLUE.name(), "#ffffff"),
    "dark": _Ground("#1d1e21", "#2e3137", "#41464e", "#e9eaec", "#858b93", SKY.name(), "#101214"),
}
_OUTLINES = {True: "#9a9fa7", False: "#767b82"}
_DARK = 128
"""A ground below this lightness is dark."""

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def theme_of(widget: QWidget) -> Theme:
    """The theme that the widget's palette shows."""
    background = widget.palette().color(QPalette.ColorRole.Window)
    return Theme.DARK if background.lightness() < _DARK else Theme.LIGHT


def accent(widget: QWidget) -> QColor:
    """The accent colour, readable on the widget's background."""
    return QColor(SKY if theme_of(widget) is Theme.DARK else BLUE)


def warning(widget: QWidget) -> QColor:
    """The colour of errors, readable on the widget's background."""
    return QColor(ORANGE if theme_of(widget) is Theme.DARK else VERMILION)


def theme_ground(widget: QWidget) -> QColor:
    """The widget's own background colour, which separates a line from what is under it."""
    return QColor(widget.palette().color(QPalette.ColorRole.Window))


class _Remarking(QObject):
    """Of a button: tints it anew when the theme changes."""

    def eventFilter(self, button: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange and isinstance(button, QAbstractButton):
            mark_checked(button)
        return False


def mark_checked(button: QAbstractButton) -> None:
    """Tints a button that is switched on: the style's own shade is hardly visible when dark.

    Call it whenever it is switched; of the theme it keeps track itself.
    """
    if button.findChild(_Remarking) is None:
        button.installEventFilter(_Remarking(button))
    role, group = QPalette.ColorRole.Button, QPalette.ColorGroup.Active
    ground = QApplication.palette(button).color(group, role)
    palette = QPalette()  # with no colour of its own: all others go on following the theme
    if button.isChecked():
        ground = between(ground, accent(button), 0.3)
        palette.setColor(role, ground)
    if button.palette().color(group, role) != ground:
        button.setPalette(palette)


def mark_main(button: QAbstractButton) -> None:
    """Fills the main button of a row with the accent colour."""
    role = QPalette.ColorRole
    palette = QPalette(QApplication.palette(button))
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        palette.setColor(group, role.Button, accent(button))
        palette.setColor(group, role.ButtonText, palette.color(group, role.HighlightedText))
    if button.palette() != palette:
        button.setPalette(palette)


def faint(widget: QWidget) -> QColor:
    """The colour of explanations."""
    colour = QColor(widget.palette().color(QPalette.ColorRole.WindowText))
    colour.setAlpha(165)
    return colour


def between(one: QColor, other: QColor, share: float) -> QColor:
    """The opaque colour at the fraction `share` (0..1) between the two."""
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


def small_font(widget: QWidget | None = None) -> QFont:
    """The font of captions under and beside pictures, with tabular figures.

    This and the others: as large as text is in the widget's window, where one is given.
    """
    usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return _font(max(0.86, _LEAST_POINTS / usual) if usual > 0 else 0.86, widget)


def bold_font(widget: QWidget | None = None) -> QFont:
    """Small, for what matters most."""
    font = small_font(widget)
    font.setWeight(QFont.Weight.Bold)
    return font


def text_font(widget: QWidget | None = None) -> QFont:
    """The system's font, with tabular figures."""
    return _font(1.0, widget)


def title_font(widget: QWidget | None = None) -> QFont:
    """The font of the titles of groups."""
    font = _font(1.0, widget)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def answer_font(widget: QWidget | None = None) -> QFont:
    """The font of the recognised digit."""
    font = _font(5.0, widget)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def group_title(text: str) -> QLabel:
    """A title over a group, instead of a frame around it."""
    label = plain_label(text)
    wear(label, title_font)
    return label


def _font(share: float, widget: QWidget | None) -> QFont:
    font = enlarged(QApplication.font(), share * factor(widget) / factor())
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
