"""Files of figures say what is in them, and which network and drawing they are of."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from lenet_gui.gui.app.export_dialog import ExportDialog
from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.provenance import provenance_of
from lenet_gui.gui.widgets.grid.commands import ShownCell, table_of
from lenet_gui.net.layers import Unit

NETWORK = "Original, 60,000 parameters, MNIST test error 0.57 %, lenet5-original.safetensors"
WITH_FIGURES = {
    "unit": ("csv",),
    "weights": ("npz",),
    "compare": ("csv", "npz"),
    "ink": ("csv", "npz"),
    "causes": ("npz",),
    "maps": ("npz",),
}


@pytest.fixture
def written(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], Path]:
    """`written(name, suffix)`: what the view exports, through its dialog."""

    def write(name: str, suffix: str) -> Path:
        target = tmp_path / f"{name}.{suffix}"
        monkeypatch.setattr(FileDialogs, "save", lambda *_: target)
        monkeypatch.setattr(ExportDialog, "exec", lambda _: True)
        window.view_stack.turn_to(name)
        window.actions_["export-picture"].trigger()
        assert window.messages.text == f"Saved {target}."
        return target

    return write


def facts_in(file: Path) -> dict[str, str]:
    if file.suffix == ".npz":
        with np.load(file) as arrays:
            return dict(json.loads(str(arrays["metadata"])))
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    return rows[-1]


def test_every_file_of_figures_says_what_it_is_of(
    window: MainWindow, drawn: Callable[[], None], written: Callable[[str, str], Path]
) -> None:
    drawn()
    window.view_stack.turn_to("unit")
    window.view_stack.view.show_unit(Unit("C3", 5, 2, 7))
    drawings = set()
    for name, suffixes in WITH_FIGURES.items():
        for suffix in suffixes:
            facts = facts_in(written(name, suffix))
            network = facts["network A"] if name == "compare" else facts["network"]
            assert network == NETWORK, name
            if name != "weights":
                assert facts["drawing"].startswith("drawn by hand, ")
                drawings.add(facts["drawing"].partition("CRC-32")[2])
            if name != "maps":
                assert facts["figures" if name != "weights" else "arrays"]
            if name == "unit":
                assert facts["unit"] == "C3 map 5, row 2, column 7"
            if name == "compare":
                assert facts["network B"].startswith("Modern, ")
    assert len(drawings) == 1  # the same drawing in all of them


def test_another_drawing_has_another_checksum(
    window: MainWindow, drawn: Callable[[], None], qtbot: QtBot
) -> None:
    drawn()
    before = window.view_stack.live_state.facts["drawing"]
    QTest.keySequence(window.canvas, "Ctrl+Z")
    qtbot.waitUntil(lambda: window.live.reading is None)
    assert "drawing" not in window.view_stack.live_state.facts
    window.actions_["random-digit"].trigger()
    qtbot.waitUntil(lambda: "drawing" in window.view_stack.live_state.facts, timeout=30_000)
    after = window.view_stack.live_state.facts["drawing"]
    assert " by its label, " in after
    assert after != before


def test_the_answer_and_an_enlarged_picture_know_where_they_come_from(
    window: MainWindow, drawn: Callable[[], None]
) -> None:
    drawn()
    assert provenance_of(window.answer_view.bars)["network"] == NETWORK
    canvas = window.maps.canvas
    window.cell_commands.enlarge(canvas, canvas.panels[1].middle)
    enlarged = window.cell_commands.enlarged
    assert enlarged is not None
    assert provenance_of(enlarged) == provenance_of(canvas)
    shown = ShownCell.of(canvas, next(p for p in canvas.panels if p.name == "F6").middle)
    table = table_of(shown, provenance_of(canvas))
    assert table.headings[:3] == ("F6, unit", "+0", "+1")
    assert [row[0] for row in table.rows][:2] == ["0", str(shown.panel.columns)]
    enlarged.close()
