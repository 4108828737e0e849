"""Whose answer the Answer panel shows: the network in use, or what the view in front asks."""

from PySide6.QtCore import QObject, Slot

from lenet_gui.data.ink import InkSteps
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.answer.view import AnswerView
from lenet_gui.gui.app.view_stack import ViewStack
from lenet_gui.gui.library.known_network import KnownNetwork
from lenet_gui.gui.library.live import LiveReader
from lenet_gui.pictures.exported import Facts


class AnswerSource(QObject):
    """One answer in the window at a time: a view that asks another network has it shown there."""

    def __init__(
        self, panel: AnswerView, live: LiveReader, views: ViewStack, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._panel, self._live, self._views = panel, live, views
        self._network: KnownNetwork | None = None
        live.read.connect(self._show_reading)
        views.answered.connect(self._show)
        panel.facts = self.facts

    def set_network(self, network: KnownNetwork) -> None:
        """Another network is in use."""
        self._network = network
        self._show()

    def facts(self) -> Facts:
        """Which network and which drawing the answer comes from."""
        view = self._views.view
        return self._views.live_state.facts if view.answer is None else view.provenance

    @Slot(object, object)
    def _show_reading(self, reading: Reading | None, _steps: InkSteps | None) -> None:
        self._panel.set_digits(self._live.drawing.digits)
        if self._views.view.answer is None:
            self._panel.show_reading(reading)

    @Slot()
    def _show(self) -> None:
        answer, network = self._views.view.answer, self._network
        if answer is not None:
            self._panel.set_class_names(answer.class_names)
            self._panel.set_variant(answer.variant, answer.calibration)
            self._panel.show_reading(answer.reading, answer.who)
        elif network is not None:
            self._panel.set_class_names(network.class_names)
            self._panel.set_variant(network.variant, network.calibration)
            reading = self._live.reading
            told = network.variant, network.class_names
            same = reading is not None and (reading.variant, reading.class_names) == told
            self._panel.show_reading(reading if same else None)
