"""Opens the page "Versus 1998" with the newest results, and hands its digits to the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.library.random_digit import DigitSupply

if TYPE_CHECKING:
    from lenet_gui.gui.versus.page import VersusPage


class VersusWindow(QObject):
    """Makes the page when it is first asked for; `supplied` is as of a `DigitSupply`."""

    supplied = Signal(object, str)

    def __init__(self, window: QWidget, networks: Networks, supply: DigitSupply) -> None:
        super().__init__(window)
        self._window = window
        self._networks = networks
        self._supply = supply
        self.page: VersusPage | None = None

    @Slot()
    def show(self) -> None:
        """Shows the page, in front."""
        # Here, so that a window that opens need not wait for a page that few look at.
        from lenet_gui.gui.versus.page import VersusPage
        from lenet_gui.versus.standing import shipped_standings

        if self.page is None:
            self.page = VersusPage(self._networks, self._window)
            self.page.gallery.chosen.connect(self.supplied)
        self.page.show_kept(shipped_standings())
        self.page.gallery.set_folder(self._supply.choice)
        self.page.show()
        self.page.raise_()
        self.page.activateWindow()

    def close_down(self) -> None:
        """Closes the page and waits for a search under way."""
        if self.page is not None:
            self.page.gallery.finder.close_down()
            self.page.close()
