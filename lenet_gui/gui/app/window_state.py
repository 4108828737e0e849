"""The window from one day to the next: what it comes back with, and what it leaves."""

from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

from lenet_gui.errors import UserError
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.training.recipe import Recipe

_SIDES = (0.19, 0.18)
"""Of the window's width, for drawing and for the answer, at a first start."""

_SHARE_OF_SCREEN = (0.8, 0.85)
_AT_HOME = (1024, 700)


def recall_panels(settings: Settings, canvas: CanvasPanel, training: TrainingPanel) -> None:
    """Gives the panels what they were left with."""
    if settings.pen_width is not None:
        canvas.set_pen_width(settings.pen_width)
    with suppress(UserError):  # a recipe of another version: the form keeps its first preset
        if settings.recipe:
            training.form.set_recipe(Recipe.from_json(settings.recipe))
    training.set_folded(folded=settings.training_is_folded)


def recall_layout(settings: Settings, window: QMainWindow, sides: list[QDockWidget]) -> None:
    """Puts the window and its panels where they were; at a first start, on most of the screen."""
    layout = settings.layout()
    if layout is not None:
        geometry, state = layout
        window.restoreGeometry(geometry)
        window.restoreState(state)
        return
    room = window.screen().availableSize()
    shares = zip(_SHARE_OF_SCREEN, (room.width(), room.height()), _AT_HOME, strict=True)
    window.resize(*(max(home, round(share * whole)) for share, whole, home in shares))
    widths = [max(250, round(share * window.width())) for share in _SIDES]
    window.resizeDocks(sides, widths, Qt.Orientation.Horizontal)


def remember(
    settings: Settings, window: QMainWindow, canvas: CanvasPanel, training: TrainingPanel
) -> None:
    """Writes down what the next start comes back with."""
    settings.save_layout(window.saveGeometry(), window.saveState())
    settings.pen_width = canvas.pen_width
    settings.recipe = "" if training.recipe is None else training.recipe.to_json()
    settings.training_is_folded = training.is_folded
