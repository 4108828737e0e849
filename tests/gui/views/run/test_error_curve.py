"""The curve of errors over the epochs of a run, as a chart."""

from pathlib import Path

from lenet_gui.explore.run_history import KeptEpoch, RunHistory
from lenet_gui.gui.views.run.error_curve import error_chart
from lenet_gui.net.architecture import Variant


def test_the_highest_and_the_lowest_error_never_read_alike() -> None:
    errors = {1: 0.009741, 2: 0.009738}  # of a set of so many digits
    history = RunHistory(
        Path("run"), Variant.MODERN, (KeptEpoch(1, Path("1"), (0, 0), {}, {}),), test_errors=errors
    )
    (panel,) = error_chart(history, 0).panels
    assert [tick.words for tick in panel.y.ticks] == ["0.9741 %", "0.9738 %"]
