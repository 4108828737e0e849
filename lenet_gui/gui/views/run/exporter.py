"""The button that takes a run's epochs away: asks where to, works in a thread, can be cancelled."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.views.run.export import Frames, save_animation, save_frames
from lenet_gui.gui.widgets.menu_button import MenuButton

_NOTHING = "There is nothing to export yet: choose a run and draw a digit first."
_TIP = "Save the epochs as an animation or as pictures"
_TARGET = "export of epochs"  # a cause


class RunExporter(MenuButton):
    """Reports what was saved, and what went wrong. Disabled, with the reason, without frames."""

    def __init__(
        self,
        ask: FileDialogs,
        notifier: Notifier,
        frames: Callable[[], Frames | None],
        frame_ms: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        """Args: frames: what to export; None where nothing is drawn or no run is shown."""
        super().__init__(parent)
        self.setObjectName("run_export")
        self._ask, self._notifier = ask, notifier
        self._frames, self._frame_ms = frames, frame_ms
        self._menu = QMenu(self)
        self._menu.addAction("Animation (GIF)…").triggered.connect(self.animation)
        self._menu.addAction("Frames (PNG)…").triggered.connect(self.pictures)
        self._tasks = Tasks(self)
        self._tasks.progressed.connect(self._tell)
        self._tasks.done.connect(self._finish)
        self._tasks.failed.connect(self._fail)
        self.clicked.connect(self.cancel)
        self.setText("Export")
        self.open_menu(self._menu)
        set_tip(self, _NOTHING)
        self.setEnabled(False)

    @property
    def is_busy(self) -> bool:
        """Whether frames are being written."""
        return self._tasks.is_busy

    @Slot()
    def animation(self) -> None:
        """Exports a GIF, at the rate at which the run is played."""
        frames = self._frames()
        if frames is None:
            return
        name = frames.history.folder.name
        target = self._ask.save("Export animation", name, {".gif": "Animation"})
        if target is not None:
            frame_ms = self._frame_ms()
            self._begin(lambda job: save_animation(frames, target, frame_ms, job.progress))

    @Slot()
    def pictures(self) -> None:
        """Exports a PNG for each epoch, into a folder of their own."""
        frames = self._frames()
        if frames is None:
            return
        folder = self._ask.folder("Choose where to create the folder for the frames")
        if folder is not None:
            target = folder / f"{frames.history.folder.name} frames"
            self._begin(lambda job: save_frames(frames, target, job.progress))

    @Slot()
    def cancel(self) -> None:
        """Ends an export in progress; a picture that was begun is not kept."""
        if self.is_busy:
            self._tasks.cancel()
            self._show_idle()
            self._notifier.note("The export was cancelled.")

    def check(self) -> None:
        """Whether there is something to export may have changed."""
        if not self.is_busy:
            self._show_idle()

    def close_down(self) -> None:
        """Ends an export, and waits for that."""
        self._tasks.close_down()

    def _begin(self, work: Callable[[Job], str]) -> None:
        self.open_menu(None)
        self.setText("Cancel")
        set_tip(self, "Cancel the export")
        self._tasks.ask(work)

    def _show_idle(self) -> None:
        self.setText("Export")
        is_ready = self._frames() is not None
        set_tip(self, _TIP if is_ready else _NOTHING)
        self.setEnabled(is_ready)
        self.open_menu(self._menu)

    @Slot(int, int)
    def _tell(self, done: int, wanted: int) -> None:
        self.setText(f"Cancel {done + 1}/{wanted}")
        set_tip(self, f"Making frame {done + 1} of {wanted}: click to cancel the export")

    @Slot(object)
    def _finish(self, sentence: str) -> None:
        self._show_idle()
        self._notifier.clear(_TARGET)
        self._notifier.note(sentence)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._show_idle()
        self._notifier.refuse(_TARGET, sentence)
