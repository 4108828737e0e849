"""What `make pictures` shows of each view can be chosen in the view as it is."""

import pytest
import torch

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import DigitSets
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.view_table import MAPS, VIEWS
from lenet_gui.gui.library import digits as digit_library
from lenet_gui.gui.portraits import draw, studio
from lenet_gui.gui.portraits.views import prepare
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.gui.views.weights.view import WeightsView
from lenet_gui.net.architecture import TABLE_I
from lenet_gui.paths import runs_folder
from lenet_gui.training.control import Control
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run

NAMES = [entry.name for entry in VIEWS if entry.name != MAPS]


def make_a_run() -> None:
    """Leaves a run of three short epochs among those of the window."""
    torch.set_num_threads(1)
    recipe = Recipe(name="small", epochs=3, batch_size=16, device="cpu")
    digits = DigitSets(builtin_digits(48, 1), builtin_digits(20, 2))
    for _ in Run.create(runs_folder(), recipe).train(digits, Control()):
        pass


@pytest.mark.parametrize("name", NAMES)
def test_each_view_comes_to_what_it_shows_best(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "run":
        make_a_run()
    window: MainWindow = request.getfixturevalue("window")
    monkeypatch.setattr(digit_library, "STAND_INS", 60)
    monkeypatch.setattr(studio, "MOMENT_MS", 20)  # no picture is taken
    draw(window)
    window.view_stack.turn_to(name)
    prepare(window)
    view = window.view_stack.view
    assert view.is_settled
    if isinstance(view, WeightsView):
        kernel = sum(map(len, TABLE_I[:7])) + TABLE_I[7].index(1)
        assert (view.state.parameter, view.state.index // 25) == ("C3.weight", kernel)
    if isinstance(view, RunView):
        assert view.state.epoch == 2
