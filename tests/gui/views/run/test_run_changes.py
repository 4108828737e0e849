"""What was changed while a run ran, and where it was resumed, marked in its curve of errors."""

import json
from collections.abc import Callable
from pathlib import Path

from lenet_gui.gui.views.run.error_curve import error_chart
from lenet_gui.gui.views.run.view import RunView
from lenet_gui.pictures.chart.model import Rule
from lenet_gui.training.adjustments import RateChanged, record_of_adjustment
from lenet_gui.training.journal import LOG_NAME


def test_changes_and_resumptions_are_marked_and_the_tooltip_names_them(
    kept: Path, in_front: Callable[[], RunView]
) -> None:
    log = kept / LOG_NAME
    *lines, last = log.read_text().splitlines()
    made = record_of_adjustment(RateChanged(3, 6, 0.001, 0.003))  # the sixth of ten batches
    again = json.loads(lines[0]) | {"resumed_from_epoch": 1}
    first = next(n for n, line in enumerate(lines) if json.loads(line).get("epoch", 0) == 2)
    lines.insert(first, json.dumps(again))
    log.write_text("\n".join([*lines, json.dumps(made), last]) + "\n")
    view = in_front()
    assert view.history is not None
    assert view.history.changes == ((1, "resumed"), (2.5, "rate 0.003 → 0.001"))
    (panel,) = error_chart(view.history, 0).panels
    assert [mark.at for mark in panel.marks if isinstance(mark, Rule)] == [1, 2.5]
    (frame,) = view.curve.frames
    assert [over.words for over in frame.over if over.mast] == ["resumed", "rate 0.003 → 0.001"]
    told = view.curve.toolTip()
    assert "Resumed after epoch 1." in told
    assert "Changed in epoch 3: rate 0.003 → 0.001." in told
