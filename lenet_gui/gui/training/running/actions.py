"""The commands for a training run, as actions that menus, buttons and shortcuts share."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction, QStatusTipEvent
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.training.running.controller import Phase


class TrainingActions(QObject):
    """The actions; the window gives them their shortcuts and puts them into its menu."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fold = _action(parent, "Training panel", "Expand or collapse the training panel", True)
        self.start = _action(parent, "Start", "Train with the recipe in the form")
        self.pause = _action(parent, "Pause", "Pause training after the current update")
        self.stop = _action(parent, "Stop", "Stop training; the newest checkpoint is kept")
        self.follow = _action(
            parent, "Follow training", "Show the newest weights in every view as they change", True
        )
        self.all_settings = _action(parent, "All settings", "Show every field of the recipe", True)
        self.export_plots = _action(parent, "Export plots…", "Save the plots as PNG, SVG or CSV")
        self.export_plots.setEnabled(False)  # until there is a run

    @property
    def all(self) -> tuple[QAction, ...]:
        """For a menu, in order."""
        return (self.start, self.pause, self.stop, self.follow, self.fold)

    @Slot()
    def unfollow(self) -> None:
        """Stops following: another network is shown than the one in training."""
        self.follow.setChecked(False)

    def show_phase(self, phase: Phase) -> None:
        """Enables what can be done now."""
        held = phase is Phase.PAUSED
        self.start.setEnabled(phase is Phase.IDLE)
        self.pause.setEnabled(phase in (Phase.RUNNING, Phase.PAUSED))
        self.pause.setText("Resume" if held else "Pause")
        self.pause.setStatusTip(
            "Resume training" if held else "Pause training after the current update"
        )
        self.stop.setEnabled(phase not in (Phase.IDLE, Phase.STOPPING))


class ActionButton(QToolButton):
    """A button for an action; its tooltip has the shortcut."""

    def __init__(self, action: QAction, name: str) -> None:
        super().__init__()
        self._told = action
        self.setDefaultAction(action)
        self.setObjectName(name)
        action.changed.connect(self._tell)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        shortcut = self._told.shortcut().toString()
        self.setAccessibleName(self._told.text())
        set_tip(self, self._told.statusTip() + (f" ({shortcut})" if shortcut else ""))
        if self.underMouse():  # what the window says of the button is to hold after a click, too
            QApplication.sendEvent(self, QStatusTipEvent(self._told.statusTip()))


def _action(parent: QWidget, text: str, tip: str, checkable: bool = False) -> QAction:
    action = QAction(text, parent)
    action.setStatusTip(tip)
    set_tip(action, tip)
    action.setCheckable(checkable)
    return action
