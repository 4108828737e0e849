"""The main window: drawing, network, answer and training, and their connections."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from lenet_gui.data.drawing import Drawing
from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.answer.view import AnswerView
from lenet_gui.gui.app import window_state
from lenet_gui.gui.app.about import about_box
from lenet_gui.gui.app.actions import Actions
from lenet_gui.gui.app.answer_source import AnswerSource
from lenet_gui.gui.app.appearance import Appearance
from lenet_gui.gui.app.closing import close_anyway
from lenet_gui.gui.app.data_commands import DataCommands
from lenet_gui.gui.app.docks import LEAST_CENTRE, add_dock, layout_of, list_docks
from lenet_gui.gui.app.drawing_commands import DrawingCommands
from lenet_gui.gui.app.exporting import Exporter
from lenet_gui.gui.app.faults import FaultDialog
from lenet_gui.gui.app.full_screen import FullScreen
from lenet_gui.gui.app.guide_opener import GuideOpener
from lenet_gui.gui.app.icon import program_icon
from lenet_gui.gui.app.interrupted_run import InterruptedRun
from lenet_gui.gui.app.message_bar import MessageBar
from lenet_gui.gui.app.projector import Projector
from lenet_gui.gui.app.runs_commands import RunsCommands
from lenet_gui.gui.app.side_docks import SideDocks
from lenet_gui.gui.app.status_line import StatusLine
from lenet_gui.gui.app.training_dock import TrainingDock
from lenet_gui.gui.app.variant_bar import VariantBar
from lenet_gui.gui.app.versus_window import VersusWindow
from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.app.view_tabs import TabsPlace
from lenet_gui.gui.app.weights_commands import WeightsCommands
from lenet_gui.gui.app.window_title import WindowTitle
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.core.torch_loading import TorchLoader
from lenet_gui.gui.data_preview.chooser import DataChooser
from lenet_gui.gui.draw.panel import CanvasPanel
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.library.digits import DigitLibrary
from lenet_gui.gui.library.known_network import AwaitedNetwork, KnownNetwork, NetworkInUse
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.gui.library.network_list import NetworkList
from lenet_gui.gui.library.networks import Networks
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.views.maps.view import MapsView
from lenet_gui.gui.views.view import ViewContext
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.gui.widgets.scrolled import scrolled
from lenet_gui.net.architecture import Variant
from lenet_gui.paths import drawing_file
from lenet_gui.pictures.colours import Scale

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5


class MainWindow(QMainWindow):
    """Owns every panel; the panels do not know each other.

    Args:
        source: where digits come from.
    """

    def __init__(self, source: DigitSource | None = None) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.setWindowIcon(program_icon())
        self.settings = Settings()
        self.appearance = Appearance(self.settings, self)
        self._closed = False
        self._painted = False

        self.notifier = Notifier(self)
        ask = FileDialogs(self, self.settings)
        self.messages = MessageBar(self.notifier)
        self.variant_bar = VariantBar()
        self.cell_commands = CellCommands(ask, self.notifier, self)
        self.canvas_panel = CanvasPanel(self.notifier, self.cell_commands)
        self.canvas = self.canvas_panel.canvas
        self.answer_view = AnswerView(self.cell_commands)
        self.drawing_commands = DrawingCommands(self.canvas_panel, self)
        self.digits = DigitLibrary(source, self)
        self.runs = RunLibrary(parent=self)
        self.training = TrainingPanel(
            ask, self.notifier, self.cell_commands, self.digits.source, self.runs
        )
        self.torch = TorchLoader(self)
        self.networks = Networks(self.notifier, self.torch, self)
        self._title = WindowTitle(self, self.networks, self.training)
        self.network_list = NetworkList(self.networks, self.runs, self)
        self.live = LiveReader(self)
        self.versus = VersusWindow(self, self.network_list, self.digits, ask, self.cell_commands)
        self.faults = FaultDialog(self, self.notifier)
        self.view_stack = ViewStack(
            self.variant_bar,
            self.live,
            ViewContext(
                self.networks,
                self.network_list,
                self.digits,
                ask,
                self.runs,
                self.notifier,
                self.cell_commands,
            ),
        )
        self.guide_opener = GuideOpener(self, self.view_stack, self.settings)
        self.open_guide = self.guide_opener.open  # for every question mark
        self.answer_source = AnswerSource(self.answer_view, self.live, self.view_stack, self)
        self.maps = cast("MapsView", self.view_stack.view)  # the first
        self.exporter = Exporter(
            ask, self.live, self.networks, self.view_stack, self.maps, self.notifier
        )
        self.runs_commands = RunsCommands(
            self, self.runs, self.networks, self.training, self.view_stack
        )
        InterruptedRun(self.runs, self.training, self.notifier, self.settings, self)
        self.networks.forms.measure_on(self.digits)
        self.weights = WeightsCommands(ask, self.networks, self.notifier, self.variant_bar, self)
        self.data = DataCommands(
            ask, self.canvas_panel, self.digits, self.training, self.settings, self.notifier
        )
        self.data_chooser = DataChooser(self, self.digits, self.cell_commands)
        self.data_chooser.declined.connect(self.data.decline)

        self._lay_out()
        self.actions_ = Actions(self, self._handlers(), self._adopted())
        self.view_stack.obey(self.actions_)
        self.drawing_commands.obey(self.actions_)
        self.projector.obey(self.actions_)
        self.full_screen.changed.connect(self.actions_["full-screen"].setChecked)
        list_docks(self.actions_.menus["&View"], self._docks)
        self._status = StatusLine(self.statusBar())
        self._connect()
        self._first_layout = self.saveState()
        self._restore()

    # ---------------------------------------------------------------- the panels, connected

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(theme.UNIT, theme.UNIT // 2, theme.UNIT, theme.UNIT // 2)
        column.setSpacing(theme.UNIT // 2)
        column.addWidget(scrolled(self.view_stack, LEAST_CENTRE))
        self.messages.lie_over(self)
        self.setCentralWidget(centre)
        self._docks = [
            add_dock(self, "Draw", self.canvas_panel, Qt.DockWidgetArea.LeftDockWidgetArea),
            add_dock(self, "Answer", self.answer_view, Qt.DockWidgetArea.RightDockWidgetArea),
            add_dock(self, "Train", self.training, Qt.DockWidgetArea.BottomDockWidgetArea),
        ]
        self._side_docks = SideDocks(self, self._docks[:2])
        self.full_screen = FullScreen(
            self, self._docks, self.canvas_panel, self.view_stack, self.training
        )
        self.projector = Projector(self, self.live, self.training, self.view_stack, self.settings)
        self._training_room = TrainingDock(self, self._docks[-1], self.training)
        self._tabs_place = TabsPlace(self, self.view_stack.tabs, self.view_stack.guide_button)

    def _connect(self) -> None:
        self.appearance.text_resized.connect(self._side_docks.text_resized)
        self.canvas.drawing_changed.connect(self.live.set_drawing)
        self.canvas.drawing_changed.connect(self.statusBar().clearMessage)  # of another digit
        self.canvas.kept_changed.connect(self.live.set_kept)
        self.canvas_panel.open_requested.connect(self.data.open_picture)
        self.canvas_panel.random_digit_requested.connect(self.digits.ask_for_random_digit)
        self.digits.supplied.connect(self._put_digit)
        self.training.mnist_downloaded.connect(self.digits.look_again)
        self.versus.supplied.connect(self._put_digit)
        self.view_stack.supplied.connect(self._put_digit)
        self.view_stack.training_wanted.connect(self._training_room.open)
        self.cell_commands.show_requested.connect(self.view_stack.show_unit)
        self.view_stack.framed.connect(self.canvas.show_frame)
        self.live.read.connect(self._show_steps)
        self.training.fault_found.connect(self.faults.show_details)
        self.networks.awaited.connect(self._await_network)
        self.networks.changed.connect(self._remember_network)
        self.networks.shown_changed.connect(self._show_network)
        self.networks.followed_left.connect(self.training.commands.unfollow)
        self.variant_bar.variant_chosen.connect(self.networks.switch)
        self.maps.scale_changed.connect(self._scale_chosen)
        self.maps.export_requested.connect(self.exporter.part)
        self.training.weights_offered.connect(self.networks.adopt_trained)
        self.training.follow_weights.connect(self._follow)
        ending = self.training.ending_controller
        ending.follow_ended.connect(self.networks.leave_followed)
        ending.trained_followed.connect(self.networks.show_trained)
        ending.show_wanted.connect(self.view_stack.show_run)
        self.training.commands.follow.toggled.connect(self._following_changed)
        self.torch.loaded.connect(self.training.expectations.torch_came)
        self.torch.loaded.connect(self.runs.look_again)
        self.torch.failed.connect(partial(self.notifier.fail, "torch"))

    def _handlers(self) -> dict[str, Callable[..., object]]:
        return {
            "paste-picture": self.canvas_panel.paste,
            "random-digit": self.digits.ask_for_random_digit,
            **self.data.handlers,
            "export-picture": self.exporter.picture,
            "export-arrays": self.exporter.arrays,
            "copy-picture": self.exporter.copy,
            "quit": self.close,
            **self.drawing_commands.handlers,
            "scale-per-map": self._choose_scale,
            "scale-per-layer": self._choose_scale,
            "scale-global": self._choose_scale,
            **self.appearance.handlers(),
            "full-screen": self.full_screen.set_on,
            **self.projector.handlers,
            "reset-layout": self._reset_layout,
            "original": self._choose_variant,
            "modern": self._choose_variant,
            **self.weights.handlers,
            "runs": self.runs_commands.show,
            "versus-1998": self.versus.show,
            "guide": self.guide_opener.open_here,
            "shortcuts": self.guide_opener.open_shortcuts,
            "open-log-folder": self.faults.open_log_folder,
            "about": self._show_about,
        }

    def _adopted(self) -> dict[str, QAction]:
        training = self.training.commands
        return {
            "start-training": training.start,
            "pause-training": training.pause,
            "stop-training": training.stop,
            "follow-training": training.follow,
            "export-plots": training.export_plots,
            "fold-training": training.fold,
        }

    # ---------------------------------------------------------------- what the panels report

    @Slot(object, object)
    def _show_steps(self, _reading: Reading | None, steps: InkSteps | None) -> None:
        self.canvas_panel.show_steps(steps, self.live.drawing)
        self.canvas_panel.show_kept(self.live.kept)

    @Slot(object)
    def _remember_network(self, network: NetworkInUse) -> None:
        weights = "" if network.path is None else str(network.path.absolute())
        self.settings.remember(variant=network.variant, weights=weights)

    @Slot(object)
    def _await_network(self, network: AwaitedNetwork) -> None:
        """Single digits are read before torch is loaded."""
        self._speak_of(network)
        self.answer_view.set_awaiting(awaiting=not network.arrays)
        if network.arrays:
            self.live.set_network(network.reader(), network.calibration, network.class_names)

    @Slot(object)
    def _show_network(self, network: NetworkInUse) -> None:
        self._speak_of(network)
        self.answer_view.set_awaiting(awaiting=False)
        self.live.set_network(network.reader(), network.calibration, network.class_names)

    def _speak_of(self, network: KnownNetwork) -> None:
        self.variant_bar.show_network(network)
        self.answer_source.set_network(network)
        self.actions_[str(network.variant)].setChecked(True)
        self.actions_["read-as"].setEnabled(network.imported is not None)
        self._status.show_network(network)

    @Slot(object)
    def _follow(self, network: "LeNet5") -> None:
        self.networks.follow(network, self.training.started)

    @Slot(bool)
    def _following_changed(self, following: bool) -> None:
        if not following:
            self.networks.leave_followed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.full_screen.window_resized()
        if not self.full_screen.is_on:
            self._training_room.window_resized()
            self._side_docks.window_resized()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.full_screen.window_state_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, if no panel uses it, leaves the full screen, and else closes the message shown."""
        if event.key() == Qt.Key.Key_Escape and self.full_screen.is_on:
            self.full_screen.leave()
        elif event.key() != Qt.Key.Key_Escape or not self.messages.close_message():
            super().keyPressEvent(event)

    @Slot(object, str)
    def _put_digit(self, drawing: Drawing, told: str) -> None:
        self.canvas.put(drawing)
        self.statusBar().showMessage(told)

    # ---------------------------------------------------------------- commands of the window

    def _chosen(self, *names: str) -> str:
        return next(name for name in names if self.actions_[name].isChecked())

    @Slot()
    def _choose_scale(self) -> None:
        name = self._chosen("scale-per-map", "scale-per-layer", "scale-global")
        self.maps.set_scale(Scale(name.removeprefix("scale-")))

    @Slot(object)
    def _scale_chosen(self, scale: Scale) -> None:
        self.actions_[f"scale-{scale}"].setChecked(True)
        self.settings.remember(scale=scale)

    @Slot()
    def _choose_variant(self) -> None:
        self.networks.switch(Variant(self._chosen(*Variant)))

    @Slot()
    def _reset_layout(self) -> None:
        self.settings.remember(layout=None)
        self.restoreState(self._first_layout)
        self._side_docks.give_usual()
        self._tabs_place.look_again()

    @Slot()
    def _show_about(self) -> None:
        about_box(self).open()

    # ---------------------------------------------------------------- start and end

    def _restore(self) -> None:
        remembered = self.settings.remembered
        self.appearance.restore(self.actions_)
        self.maps.set_scale(remembered.scale)
        self.actions_[f"scale-{remembered.scale}"].setChecked(True)
        self.data.use(remembered.data)
        window_state.recall_panels(remembered, self.view_stack, self.canvas_panel, self.training)
        window_state.recall_layout(remembered, self, self._side_docks)
        window_state.recall_drawings(self.canvas, drawing_file(self._title.number))

    def event(self, event: QEvent) -> bool:
        """Once the window has been painted, torch is loaded in the background."""
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.torch.load)
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:  # every part that wanted it is painted
            self.live.painted()
        return done

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks before a run is lost, then closes in stages; the run's checkpoint is kept."""
        if self._closed:
            event.accept()
            return
        if not self._may_close():
            event.ignore()
            return
        self._closed = True
        layout, views = self.full_screen.layout or layout_of(self), self.view_stack
        window_state.remember(self.settings, layout, views, self.canvas_panel, self.training)
        self.hide()  # at once: what follows waits for loading or computation
        window_state.remember_drawings(self.canvas, drawing_file(self._title.number))
        for part in (
            *(self._title, self.cell_commands, self.versus, self.runs_commands, self.weights),
            *(self.guide_opener, self.projector, self.training, self.view_stack),
            *(self.data_chooser, self.data, self.runs, self.torch),
        ):
            part.close_down()
        event.accept()

    def _may_close(self) -> bool:
        if self.training.is_running:
            return close_anyway(self, has_checkpoint=self.training.has_checkpoint)
        return self.training.ending_controller.may_lose_weights()
