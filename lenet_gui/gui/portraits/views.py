"""Every view of the view stack, in a state that shows what it is for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lenet_gui.data.builtin.hand import Hand, write
from lenet_gui.data.drawing import Drawing, PenPoint, Stroke, fitted_drawing
from lenet_gui.explore.preprocessing import OF_ALL, Step
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.view_table import MAPS, VIEWS
from lenet_gui.gui.portraits import STROKE, draw
from lenet_gui.gui.portraits.studio import save, settle
from lenet_gui.gui.views.causes.view import CausesView
from lenet_gui.gui.views.compare.view import CompareView
from lenet_gui.gui.views.digits.view import DigitsView
from lenet_gui.gui.views.ink.view import InkView
from lenet_gui.gui.views.invariance.view import InvarianceView
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.gui.views.unit.view import UnitView
from lenet_gui.gui.views.weights.view import WeightsView
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import Unit

SIZE = (1200, 800)


def photograph_views(folder: Path) -> None:
    """view-NAME.png for every view but the maps, which the window's own picture shows."""
    window = MainWindow()
    window.networks.switch(Variant.ORIGINAL)
    window.training.set_folded(folded=True)  # unless the last window left it like this
    window.resize(*SIZE)
    window.show()
    for entry in VIEWS:
        if entry.name == MAPS:
            continue
        window.view_stack.turn_to(MAPS)
        window.canvas.clear()
        draw(window)
        window.view_stack.turn_to(entry.name)
        prepare(window)
        save(window.grab(), folder / f"view-{entry.name}.png")
    window.close()


def prepare(window: MainWindow) -> None:
    """Chooses a good example in the current view; something is drawn.

    Raises:
        UserError: the view was not ready in time.
    """
    settle(until=lambda: window.live.reading is not None)
    chosen = _PREPARED.get(window.view_stack.name)
    if chosen is not None:
        chosen(window, window.view_stack.view)
    settle(until=lambda: window.view_stack.view.is_settled)


def _unit(_window: MainWindow, view: UnitView) -> None:
    """A unit of C3 in the upper bow."""
    view.choose(Unit("C3", 0, 4, 4))


def _weights(_window: MainWindow, view: WeightsView) -> None:
    """A kernel of C3, and the maps that it connects."""
    settle(until=lambda: view.pictures is not None)
    part = None if view.pictures is None else view.pictures.part("C3.weight")
    if part is not None:
        view.choose(part, part.index_of(part.places.index((1, 7)), 2, 2))


def _compare(window: MainWindow, view: CompareView) -> None:
    """A four that the Original takes for a nine; C3's middle unit is marked in both."""
    traces = write(4, np.random.default_rng(204), Hand())
    window.canvas.put(fitted_drawing([trace.points[::4].tolist() for trace in traces]))
    view.maps.setFocus()
    for _ in range(3):
        QTest.keyClick(view.maps, Qt.Key.Key_PageDown)


def _ink(window: MainWindow, view: InkView) -> None:
    """A small three in a corner, which the network cannot read without its box."""
    small = tuple(PenPoint(0.06 + 0.4 * x, 0.04 + 0.4 * y, 0.05) for x, y in STROKE)
    window.canvas.put(Drawing((Stroke(small),)))
    settle()
    view.cards[OF_ALL.index(Step.BOX)].switch.click()


def _invariance(_window: MainWindow, view: InvarianceView) -> None:
    """Turned by 24 degrees, and the rotation swept."""
    view.dials.sliders["rotation"].setValue(76)
    settle(until=lambda: view.sweep_runner.sweep is not None and not view.sweep_runner.is_busy)


def _causes(_window: MainWindow, view: CausesView) -> None:
    """A map of C3."""
    settle(until=lambda: view.exciting is not None)
    view.choose(Unit("C3", 5, 4, 4))


def _digits(_window: MainWindow, view: DigitsView) -> None:
    """Two networks' errors side by side, one of them on the canvas."""
    view.a.choose("paper-1998, shipped")
    view.compare.click()
    settle(until=lambda: None not in view.readings)
    view.wishes.shown.setCurrentText("Side by side")
    both = view.panes.galleries[1]
    settle()
    QTest.mouseClick(both.viewport(), Qt.MouseButton.LeftButton, pos=both.place_of(2).center())


def _run(_window: MainWindow, view: RunView) -> None:
    """A few epochs in."""
    settle(until=lambda: view.history is not None)
    view.transport.slider.setValue(2)


_PREPARED: dict[str, Callable[[MainWindow, Any], None]] = {
    "unit": _unit,
    "weights": _weights,
    "compare": _compare,
    "ink": _ink,
    "invariance": _invariance,
    "digits": _digits,
    "run": _run,
    "causes": _causes,
}
