"""The window "Versus 1998": curve, misses, published results, audit, and assumptions."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.library.network_list import NetworkList
from lenet_gui.gui.versus.assumptions_page import AssumptionsPage
from lenet_gui.gui.versus.audit_page import AuditPage
from lenet_gui.gui.versus.curve_page import CurvePage
from lenet_gui.gui.versus.gallery_page import GalleryPage
from lenet_gui.gui.versus.methods_page import MethodsPage
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.marked_tabs import MarkedTabs
from lenet_gui.versus.standing import Kept

_SIZE = QSize(920, 640)


class VersusPage(QDialog):
    """Not modal: a digit that is clicked in the gallery appears in the main window."""

    def __init__(
        self,
        networks: NetworkList,
        digits: DigitLibrary,
        ask: FileDialogs,
        commands: CellCommands,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("versus-1998")
        self.setWindowTitle("Versus 1998")
        self.setModal(False)
        self.curve = CurvePage()
        self.gallery = GalleryPage(networks, digits, ask, commands)
        self.methods = MethodsPage()
        self.audit = AuditPage()
        self.assumptions = AssumptionsPage()
        self.tabs = QTabWidget()
        self.tabs.setTabBar(MarkedTabs())
        self.tabs.setObjectName("versus tabs")
        for page, title in (
            (self.curve, "&Errors over the passes"),
            (self.gallery, "&Missed digits"),
            (self.methods, "&Published results"),
            (self.audit, "P&arameters"),
            (self.assumptions, "A&ssumptions and deviations"),
        ):
            self.tabs.addTab(page, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT] * 4)
        column.addWidget(self.tabs)
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))

    def show_kept(self, kept: Kept) -> None:
        """Shows the results on their pages."""
        self.curve.show_kept(kept)
        self.methods.show_kept(kept)
