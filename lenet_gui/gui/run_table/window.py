"""The window "Runs": every run in a table, and what can be done with one. It is not modal."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QHideEvent,
    QKeySequence,
    QPalette,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.guide_link import GuideButton, explain
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.question import is_agreed
from lenet_gui.gui.core.text_size import scaled, wear
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.run_table.buttons import RunButtons
from lenet_gui.gui.run_table.rename_row import RenameRow
from lenet_gui.gui.run_table.table import RunsTable
from lenet_gui.gui.run_table.text import (
    NO_RUNS,
    about,
    delete_question,
    deleted_text,
    renamed_text,
    trash_question,
    trashed_text,
)
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.empty_state import OPEN_TRAINING, OPEN_TRAINING_TIP, EmptyState
from lenet_gui.guide.places import RUNS
from lenet_gui.printable import printable
from lenet_gui.training.run_folders import RunFolder, RunState

LOOK_EVERY_MS = 1000
"""So often does it look for new runs and new epochs, while it is open."""

_SIZE = QSize(1060, 460)
_FRAME = QSize(2, 5) * theme.UNIT
"""Left for what the desktop puts around a window."""


class RunsWindow(QDialog):
    """Mirrors the runs; renames and deletes them, which it asks about first.

    Signals: `use_wanted(RunFolder)` the newest weights of a run are to answer; `show_wanted(Path)`
    the run in a folder is to be replayed; `resume_wanted(Path)` it is to go on;
    `training_wanted()` the training panel is to be opened, as there is no run yet.
    """

    use_wanted = Signal(object)
    show_wanted = Signal(object)
    resume_wanted = Signal(object)
    training_wanted = Signal()

    def __init__(self, runs: RunLibrary, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("runs")
        self.setWindowTitle("Runs")
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.WindowMinMaxButtonsHint, True)
        explain(self, RUNS)
        self._runs = runs
        self._in_training: Path | None = None
        self._may_train = True
        self._about = ""  # of the selected run, as it was shown
        self._farewell = ""  # what is said of the run that is being removed, once it has gone
        self.place = ElidedLabel(Qt.TextElideMode.ElideMiddle)
        wear(self.place, theme.small_font)
        self.table = RunsTable()
        self.empty = EmptyState(link=OPEN_TRAINING, tip=OPEN_TRAINING_TIP)
        self.empty.followed.connect(self.training_wanted)
        self.empty.say(NO_RUNS)
        self.empty.hide()
        self.told = plain_label()
        self.told.setObjectName("told of the run")
        self.told.setWordWrap(True)
        self.rename_row = RenameRow()
        self._make_actions()
        self._lay_out()
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(runs.look_again)
        self.table.itemSelectionChanged.connect(self._selection_changed)
        self.table.itemDoubleClicked.connect(self.look_back.trigger)
        self.rename_row.wanted.connect(runs.rename)
        self.rename_row.closed.connect(self._rename_closed)
        runs.changed.connect(self._show_runs)
        runs.looked.connect(self._enable)
        runs.renamed.connect(self._renamed)
        runs.removed.connect(self._removed)
        runs.refused.connect(self._warn)
        runs.not_trashed.connect(self._ask_for_good)
        self._show_runs()
        size = QSize(scaled(_SIZE.width()), scaled(_SIZE.height()))
        self.resize(size.boundedTo(self.screen().availableSize() - _FRAME))

    def show_training(self, folder: Path | None, *, may_train: bool) -> None:
        """Says which run the window trains, if any, and whether it could begin with another."""
        self._in_training, self._may_train = folder, may_train
        self._show_runs()

    def say(self, sentence: str) -> None:
        """Says what was done with the selected run."""
        self._tell(sentence, is_warning=False)

    def take_back(self, sentence: str) -> None:
        """Removes a sentence that is no longer true; another one stays."""
        if sentence and self.told.text() == printable(sentence):
            self._tell_about()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._runs.look_again()
        self._look.start()
        self.table.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._look.stop()
        self.rename_row.close_row()

    def _make_actions(self) -> None:
        self.use = self._action(
            "Use this network", "Ctrl+Return", "Use its weights in the window", self._use
        )
        self.look_back = self._action("Open in Run", "Return", "Replay its epochs", self._look_back)
        self.resume = self._action(
            "Resume", "Ctrl+R", "Continue it from the checkpoint of its last epoch", self._resume
        )
        self.rename = self._action("Rename…", "F2", "Give it another name", self._ask_name)
        self.delete = self._action("Delete…", "Del", "Move it to the trash", self._delete)
        self.folder = self._action(
            "Show folder", "Ctrl+O", "Show its files in the file manager", self._show_folder
        )
        self.table.addAction(self.table.sort_menu.menuAction())

    def _action(self, text: str, key: str, tip: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        keys = [key, key.replace("Return", "Enter")] if "Return" in key else [key]
        action.setShortcuts([QKeySequence(each) for each in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        readable = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        set_tip(action, f"{tip} ({readable})")
        action.triggered.connect(slot)
        self.table.addAction(action)
        return action

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.place, 1)
        top.addWidget(GuideButton(RUNS, "runs", self))
        self._buttons = RunButtons(
            (self.use, self.look_back, self.resume), (self.rename, self.delete, self.folder)
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.UNIT] * 4)
        column.setSpacing(theme.UNIT)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.told)
        column.addWidget(self._buttons)
        column.addWidget(self.rename_row)

    # ---------------------------------------------------------------- what there is

    @Slot()
    def _show_runs(self) -> None:
        runs = tuple(self._as_it_is(run) for run in self._runs.runs)
        self.table.show_runs(runs)
        if self.table.isHidden() == bool(runs):
            self.table.setVisible(bool(runs))
            self.empty.setVisible(not runs)
            (self.table if runs else self.empty.link).setFocus()
        self.place.setText(f"{len(runs):,} in {self._runs.folder()}" if runs else "")
        folder = self.rename_row.folder
        if folder is not None and folder not in [run.folder for run in runs]:
            self.rename_row.close_row()
        if self.told.text() == self._about:
            self._tell_about()  # it may have come further
        self._enable()

    @Slot()
    def _selection_changed(self) -> None:
        self._tell_about()
        self.rename_row.close_row()
        self._enable()

    def _tell_about(self) -> None:
        run = self.table.selected
        self._tell("" if run is None else about(run), is_warning=_is_damaged(run))
        self._about = self.told.text()

    @Slot()
    def _enable(self) -> None:
        run = self.table.selected
        is_trained = run is not None and run.state is RunState.IN_TRAINING
        is_free = run is not None and not is_trained and not self._runs.is_changing
        self.use.setEnabled(run is not None and run.weights is not None)
        self.look_back.setEnabled(run is not None)
        self.resume.setEnabled(is_free and _is_resumable(run) and self._may_train)
        self.rename.setEnabled(is_free)
        self.delete.setEnabled(is_free)
        self.folder.setEnabled(run is not None)
        self.rename_row.setEnabled(not self._runs.is_changing)

    def _as_it_is(self, run: RunFolder) -> RunFolder:
        """A run that the window trains is in training before its files show that."""
        if run.folder != self._in_training:
            return run
        return replace(run, state=RunState.IN_TRAINING)

    def _tell(self, sentence: str, *, is_warning: bool) -> None:
        palette = QPalette(self.palette())
        if is_warning:
            palette.setColor(QPalette.ColorRole.WindowText, theme.warning(self))
        self.told.setPalette(palette)
        self.told.setText(printable(sentence))

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        self._farewell = ""
        self._tell(sentence, is_warning=True)
        self._enable()

    # ---------------------------------------------------------------- what is done with a run

    @Slot()
    def _use(self) -> None:
        run = self.table.selected
        if run is not None:
            self.use_wanted.emit(run)

    @Slot()
    def _look_back(self) -> None:
        run = self.table.selected
        if run is not None:
            self.show_wanted.emit(run.folder)

    @Slot()
    def _resume(self) -> None:
        run = self.table.selected
        if run is not None:
            self.resume_wanted.emit(run.folder)

    @Slot()
    def _show_folder(self) -> None:
        run = self.table.selected
        if run is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(run.folder)))

    @Slot()
    def _ask_name(self) -> None:
        run = self.table.selected
        if run is not None:
            self._buttons.hide()
            self.rename_row.open_for(run.folder)

    @Slot()
    def _rename_closed(self) -> None:
        self._buttons.show()
        self.table.setFocus()

    @Slot(object, object)
    def _renamed(self, old: Path, new: Path) -> None:
        was_selected = self.table.selected is not None and self.table.selected.folder == old
        self._show_runs()
        if was_selected:
            self.table.select(new)
            self.say(renamed_text(printable(old.name), printable(new.name)))

    @Slot(object)
    def _removed(self, _folder: Path) -> None:
        self._show_runs()
        if self._farewell:
            self.say(self._farewell)
            self._farewell = ""

    @Slot()
    def _delete(self) -> None:
        run = self.table.selected
        if run is None:
            return
        words = trash_question(run.name)
        if is_agreed(self, "Delete the run?", words, "&Move to the trash", "&Keep"):
            self._farewell = trashed_text(run.name)
            self._runs.throw_away(run.folder)
            self._enable()

    @Slot(object)
    def _ask_for_good(self, folder: Path) -> None:
        words = delete_question(printable(folder.name))
        if is_agreed(self, "Delete the run permanently?", words, "&Delete", "&Keep"):
            self._farewell = deleted_text(printable(folder.name))
            self._runs.delete(folder)
        else:
            self._farewell = ""
        self._enable()


def _is_damaged(run: RunFolder | None) -> bool:
    return run is not None and run.state is RunState.DAMAGED


def _is_resumable(run: RunFolder | None) -> bool:
    return run is not None and run.resumable
