"""The table of the views: their names, their keys, and their classes.

Menu, tabs and the guide's page of shortcuts are all made from it.
"""

from dataclasses import dataclass

MAPS = "maps"
"""The first of the views, the feature maps, which is made with the window."""

UNIT = "unit"
"""The view of a unit's value, which other views lead to."""

RUN = "run"
"""The view that replays a run."""


@dataclass(frozen=True)
class Entry:
    """One view: `place` is its class as "module:class", `inside` its own keys and what they do."""

    name: str
    title: str
    keys: str
    tip: str
    place: str
    inside: tuple[tuple[str, str], ...] = ()


VIEWS: tuple[Entry, ...] = (
    Entry(
        MAPS,
        "&Maps",
        "Shift+F1",
        "Every layer's feature maps",
        "lenet_gui.gui.views.maps.view:MapsView",
        (
            ("Arrow keys", "Choose a map"),
            ("Page Up, Page Down", "Previous layer, next layer"),
            ("Enter or click", "Enlarge the chosen map"),
        ),
    ),
    Entry(
        UNIT,
        "&Unit",
        "Shift+F2",
        "Where the value of a unit comes from",
        "lenet_gui.gui.views.unit.view:UnitView",
        (
            ("Arrow keys", "Choose a unit"),
            ("Ctrl and arrow keys", "The same unit of another map"),
            ("Page Up, Page Down", "Previous layer, next layer"),
            ("Enter, Esc", "Pin the unit to compare it, unpin it"),
        ),
    ),
    Entry(
        "weights",
        "&Weights",
        "Shift+F3",
        "Every kernel, coefficient and bias that training changes",
        "lenet_gui.gui.views.weights.view:WeightsView",
        (
            ("Arrow keys", "Choose a weight; with Ctrl five at a time"),
            ("Page Up, Page Down", "Previous layer, next layer"),
        ),
    ),
    Entry(
        "compare",
        "&Compare",
        "Shift+F4",
        "Two networks side by side on the same drawing",
        "lenet_gui.gui.views.compare.view:CompareView",
        (
            ("S", "One colour scale for both networks, or one for each"),
            ("Arrow keys", "Go through the units of A, then of B; each is marked in both networks"),
            ("Ctrl and arrow keys", "The same place in another map"),
            ("Page Up, Page Down", "Previous layer, next layer"),
            ("Esc", "Release the unit"),
        ),
    ),
    Entry(
        "ink",
        "&Ink",
        "Shift+F5",
        "How strokes become the network's input, step by step",
        "lenet_gui.gui.views.ink.view:InkView",
        (
            ("Space", "Leave a step out, or put it back"),
            ("Enter or click", "Enlarge a step's picture; Esc goes back"),
            (
                "Arrow keys, Page Up, Page Down",
                "When enlarged: go to another pixel, to another step",
            ),
        ),
    ),
    Entry(
        "invariance",
        "In&variance",
        "Shift+F6",
        "How far a digit may be disturbed before it is misread",
        place="lenet_gui.gui.views.invariance.view:InvarianceView",
        inside=(
            ("Arrow keys, Page Up, Page Down", "Turn the dial"),
            ("Home", "Reset the dial"),
            ("Esc", "Cancel the sweep"),
            ("Arrow keys on an input", "Choose a pixel; Esc releases it"),
        ),
    ),
    Entry(
        "digits",
        "&Digits",
        "Shift+F7",
        "The digits of both sets, and which of them a network misreads",
        place="lenet_gui.gui.views.digits.view:DigitsView",
        inside=(
            ("Arrow keys, Page Up, Page Down, Home, End", "Go through the digits"),
            ("Enter or click", "Put the digit on the canvas; in the matrix, filter by a cell"),
            ("+ and −", "Show the digits larger or smaller"),
            ("Arrow keys in the matrix", "Go from count to count"),
        ),
    ),
    Entry(
        RUN,
        "&Run",
        "Shift+F8",
        "Replay a training run, epoch by epoch",
        place="lenet_gui.gui.views.run.view:RunView",
        inside=(
            ("Left and Right", "Previous epoch, next epoch"),
            ("Home and End", "First epoch, last epoch"),
            ("Space", "Play or pause"),
            ("Arrow keys on the maps", "Go from unit to unit"),
            ("Arrow keys on the kernels", "Go from epoch to epoch, and from kernel to kernel"),
        ),
    ),
    Entry(
        "causes",
        "C&auses",
        "Shift+F9",
        "What activates a map most, and how each pixel changes a unit",
        "lenet_gui.gui.views.causes.view:CausesView",
        (
            ("Arrow keys", "Choose a unit, one of the nine digits, or a pixel"),
            ("Page Up, Page Down", "Previous layer, next layer"),
            ("Enter or click", "Put one of the nine digits on the canvas"),
        ),
    ),
)
