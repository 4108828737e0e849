"""The maps alone, without the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.library.network_list import NetworkList
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.views.maps.view import MapsView
from lenet_gui.gui.views.view import ViewContext
from lenet_gui.gui.widgets.grid.commands import CellCommands


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> MapsView:
    """The maps, 510 x 484 logical pixels, nothing drawn."""
    owner = QWidget()
    qtbot.addWidget(owner)
    notifier, ask = Notifier(owner), FileDialogs(owner, Settings())
    networks, runs = Networks(notifier, parent=owner), RunLibrary(lambda: tmp_path, owner)
    context = ViewContext(
        networks=networks,
        network_list=NetworkList(networks, runs, owner),
        digits=DigitLibrary(parent=owner),
        ask=ask,
        runs=runs,
        notifier=notifier,
        commands=CellCommands(ask, notifier, owner),
    )
    shown = MapsView(context)
    qtbot.addWidget(shown)
    shown.resize(510, 484)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown
