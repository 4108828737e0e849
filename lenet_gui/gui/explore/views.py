"""The table of the views: their names, their keys, and where each is made.

Menu, tabs and the page of shortcuts are all made from it.
"""

import importlib
from dataclasses import dataclass

from lenet_gui.gui.explore.view import Surroundings, View

MAPS = "maps"
"""The first of the stage's views, the feature maps, which is not of the kind below."""


@dataclass(frozen=True)
class Entry:
    """One view: `place` is its class as "module:class", `inside` its own keys and what they do."""

    name: str
    title: str
    keys: str
    tip: str
    place: str = ""
    inside: tuple[tuple[str, str], ...] = ()

    def make(self, surroundings: Surroundings) -> View:
        """The view; what it needs is imported now."""
        module, _, name = self.place.partition(":")
        made: View = getattr(importlib.import_module(module), name)(surroundings)
        return made


VIEWS: tuple[Entry, ...] = (
    Entry(
        MAPS,
        "&Maps",
        "Shift+F1",
        "Every layer's feature maps",
        inside=(
            ("Arrow keys", "Choose a map"),
            ("Enter or click", "Enlarge the chosen map"),
        ),
    ),
    Entry(
        "run",
        "&Run",
        "Shift+F8",
        "Look back on a training, epoch by epoch",
        place="lenet_gui.gui.explore.run.view:RunView",
        inside=(
            ("Left and Right", "The epoch before and after"),
            ("Home and End", "The first and the last epoch"),
            ("Space", "Play or pause"),
        ),
    ),
)
