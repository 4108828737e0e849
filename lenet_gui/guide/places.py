"""Where the guide explains each thing of the window: a page, and a heading on it. No Qt."""

import re
from typing import NamedTuple

from lenet_gui.text.units import layer_name
from lenet_gui.training.recipe import FIELDS


class Place(NamedTuple):
    """A page by its name, and the anchor of a heading on it; without one, the page's beginning."""

    page: str
    anchor: str = ""

    @property
    def link(self) -> str:
        """As a link from one page to another has it: "layers#c3"."""
        return f"{self.page}#{self.anchor}" if self.anchor else self.page

    @classmethod
    def of(cls, link: str) -> "Place":
        """The place of such a link."""
        page, _, anchor = link.partition("#")
        return cls(page, anchor)


BEGINNING = Place("index")
SHORTCUTS = Place("shortcuts")
CANVAS = Place("drawing")
PREPROCESSING = Place("ink")
NETWORKS = Place("networks")
OTHER_PROGRAMS = Place("networks", "weights-of-other-programs")
DATA_SETS = Place("digits", "data-sets")
EXPORTS = Place("exports")
EXPORTED_MODELS = Place("exports", "networks-for-other-programs")
ANSWER = Place("answer")
DISTANCES = Place("basics", "codes-and-distances")
TRAINING = Place("training")
RUNS = Place("training", "the-runs")
WHILE_IT_TRAINS = Place("training", "while-it-trains")
PRESETS = Place("recipe", "presets")
VERSUS = Place("shipped-weights", "versus-1998")


def view_place(name: str) -> Place:
    """Of a view, by its name in the table of views."""
    return Place(name)


def layer_place(layer: str) -> Place:
    """Of a layer of the network, the input and the output among them."""
    return Place("layers", anchor_of(layer_name(layer)))


def field_place(name: str) -> Place:
    """Of a field of a recipe, by its name."""
    return Place("recipe", anchor_of(FIELDS[name].label))


def preset_place(name: str) -> Place:
    """Of a recipe that comes with the program, by its name."""
    return Place("recipe", anchor_of(name))


def menu_place(title: str) -> Place:
    """Of a menu, by its title: all its commands that have keys."""
    return Place("shortcuts", anchor_of(title.replace("&", "")))


def anchor_of(heading: str) -> str:
    """What GitHub calls a heading in links: "Codes and distances" is "codes-and-distances"."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
