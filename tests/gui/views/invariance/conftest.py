"""What is painted in these tests: mostly one digit, disturbed in the same ways."""

from collections.abc import Iterator

import pytest

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.disturbance import Disturbance, Floats
from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.gui.views.invariance import live_runner, sweep_runner

_PAINTED: dict[tuple[Drawing, Disturbance], Floats] = {}


class PaintedOnce(MovableInk):
    """A drawing that is disturbed in one way is painted by the first test that asks for it.

    Painting itself is tested in `tests/explore`.
    """

    def __init__(self, drawing: Drawing, steps: InkSteps) -> None:
        super().__init__(drawing, steps)
        self._drawing = drawing

    def painted(self, disturbance: Disturbance) -> Floats:
        key = self._drawing, disturbance
        if key not in _PAINTED:
            _PAINTED[key] = super().painted(disturbance)
        return _PAINTED[key].copy()


@pytest.fixture(scope="session", autouse=True)
def _painted_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep_runner, "PEN_RESTS_MS", 10)
        for module in (live_runner, sweep_runner):
            patch.setattr(module, "MovableInk", PaintedOnce)
        yield
