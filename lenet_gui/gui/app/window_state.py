"""Saving and restoring the state of the window."""

import logging
from contextlib import suppress
from pathlib import Path

from PySide6.QtWidgets import QMainWindow

from lenet_gui.data.drawing import TwoDrawings
from lenet_gui.data.drawing_file import read_drawings, write_drawings
from lenet_gui.errors import UserError
from lenet_gui.gui.app.docks import restore_layout
from lenet_gui.gui.app.side_docks import SideDocks
from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.core.settings import Layout, Remembered, Settings
from lenet_gui.gui.core.view_table import VIEWS
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.draw.view import CanvasView
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.training.recipe import Recipe

_log = logging.getLogger(__name__)

_SHARE_OF_SCREEN = (0.8, 0.85)
_AT_HOME = (1024, 700)


def recall_panels(
    remembered: Remembered, views: ViewStack, canvas: CanvasPanel, training: TrainingPanel
) -> None:
    """Restores the state of the panels, and brings the view to the front that was there."""
    if remembered.view in {entry.name for entry in VIEWS}:  # else it is of another version
        views.turn_to(remembered.view)
    if remembered.pen_width is not None:
        canvas.set_pen_width(remembered.pen_width)
    with suppress(UserError):  # a recipe of another version: the draft keeps its first preset
        if remembered.recipe:
            training.draft.set_recipe(Recipe.from_json(remembered.recipe))
    training.commands.all_settings.setChecked(remembered.training_shows_all)
    training.set_folded(folded=remembered.training_is_folded)


def recall_drawings(canvas: CanvasView, file: Path) -> None:
    """Brings back what was drawn, quietly; a file that cannot be used is logged."""
    try:
        both = read_drawings(file)
    except UserError as error:
        _log.warning("%s is ignored: %s", file, error)
        return
    if both != TwoDrawings():
        canvas.begin_with(both)


def remember_drawings(canvas: CanvasView, file: Path) -> None:
    """Keeps what is drawn for the next start; what cannot be kept is logged."""
    canvas.finish_stroke()
    try:
        write_drawings(file, canvas.both)
    except UserError as error:
        _log.warning("%s", error)


def recall_layout(remembered: Remembered, window: QMainWindow, sides: SideDocks) -> None:
    """Puts the window and its panels where they were; at the first start, on most of the screen."""
    if remembered.layout is not None:
        restore_layout(remembered.layout, window)
        sides.recall(remembered.layout)
        return
    room = window.screen().availableSize()
    shares = zip(_SHARE_OF_SCREEN, (room.width(), room.height()), _AT_HOME, strict=True)
    sizes = (min(whole, max(home, round(share * whole))) for share, whole, home in shares)
    window.resize(*sizes)
    sides.give_usual()


def remember(
    settings: Settings,
    layout: Layout,
    views: ViewStack,
    canvas: CanvasPanel,
    training: TrainingPanel,
) -> None:
    """Saves the state for the next start."""
    settings.remember(
        layout=layout,
        view=views.name,
        pen_width=canvas.pen_width,
        recipe="" if training.recipe is None else training.recipe.to_json(),
        training_is_folded=training.is_folded,
        training_shows_all=training.commands.all_settings.isChecked(),
    )
