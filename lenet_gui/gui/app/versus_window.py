"""Opens the page "Versus 1998" with the newest results, and hands its digits to the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.windows import bring_to_front
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.library.network_list import NetworkList
from lenet_gui.gui.widgets.grid.commands import CellCommands

if TYPE_CHECKING:
    from lenet_gui.gui.versus.page import VersusPage


class VersusWindow(QObject):
    """Makes the page when it is first needed; `supplied` is as in `View`."""

    supplied = Signal(object, str)

    def __init__(
        self,
        window: QWidget,
        networks: NetworkList,
        digits: DigitLibrary,
        ask: FileDialogs,
        commands: CellCommands,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._networks = networks
        self._digits = digits
        self._ask = ask
        self._commands = commands
        self.page: VersusPage | None = None

    @Slot()
    def show(self) -> None:
        """Shows the page, in front."""
        # Imported here, so that an opening window need not wait for a rarely used page.
        from lenet_gui.gui.versus.page import VersusPage
        from lenet_gui.versus.standing import shipped_standings

        if self.page is None:
            self.page = VersusPage(
                self._networks, self._digits, self._ask, self._commands, self._window
            )
            self.page.gallery.chosen.connect(self.supplied)
        self.page.show_kept(shipped_standings())
        bring_to_front(self.page)

    def close_down(self) -> None:
        """Closes the page and waits for a search in progress."""
        if self.page is not None:
            self.page.close()
            self.page.gallery.close_down()
