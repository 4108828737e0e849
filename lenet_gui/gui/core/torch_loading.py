"""Loads torch behind the window: that takes longer than painting the whole window."""

import gc
import importlib.util
import logging
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QLibrary, QObject, Qt, Signal, Slot

from lenet_gui.gui.core.cycles import CycleCollector

_log = logging.getLogger(__name__)

_LIBRARY = "libtorch_cpu.dylib" if sys.platform == "darwin" else "libtorch_cpu.so"


def read_ahead() -> None:
    """Reads torch's largest library into memory, in a separate thread, while Python continues.

    Loading by Python would block every other thread for a sixth of the time; Qt's does not.
    If the library is not found, nothing happens: the import does it all.
    """
    found = importlib.util.find_spec("torch")
    if "torch" in sys.modules or found is None or found.origin is None:
        return
    library = QLibrary(str(Path(found.origin).parent / "lib" / _LIBRARY))
    library.setLoadHints(QLibrary.LoadHint.ResolveAllSymbolsHint)
    threading.Thread(target=library.load, name="reading torch ahead", daemon=True).start()


class TorchLoader(QObject):
    """Imports torch, the modules that need it, and the plots, in a separate thread.

    Signals:
        loaded(): everything is loaded; from now on nothing has to wait.
        failed(str): torch cannot be used; a message.
    """

    loaded = Signal()
    failed = Signal(str)
    _ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaded = "torch" in sys.modules
        self._collector = CycleCollector(self)
        self._thread: threading.Thread | None = None
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def is_loaded(self) -> bool:
        """Whether torch is there."""
        return self._loaded

    @Slot()
    def load(self) -> None:
        """Starts, unless it has started."""
        if not self._loaded and self._thread is None:
            self._thread = threading.Thread(target=self._import, name="loading torch")
            self._thread.start()

    def close_down(self) -> None:
        """Waits for an import in progress; no signal follows."""
        self.blockSignals(True)
        if self._thread is not None:
            self._thread.join()

    def _import(self) -> None:
        trouble = ""
        try:
            import lenet_gui.explore.reader
            import lenet_gui.net.weights_file
        except Exception as error:  # noqa: BLE001 - a window that waits for ever is worse
            _log.exception("torch cannot be loaded")
            trouble = (
                f"torch cannot be loaded ({error}): drawings are still read, but nothing else "
                "works; reinstall the program."
            )
        self._ended.emit(trouble)
        if not trouble:
            # Now that the network answers: the plots, before the training panel is expanded.
            import lenet_gui.gui.core.graphs  # noqa: F401

    @Slot(str)
    def _tell(self, trouble: str) -> None:
        # Hundreds of thousands of objects of torch stay forever: the collector, going through
        # them, would block the window for a tenth of a second now and then.
        gc.freeze()
        self._collector.start()  # see `app.open_window`
        self._loaded = not trouble
        if trouble:
            self.failed.emit(trouble)
        else:
            import torch

            # Only for this thread: one digit is read fastest by one thread, and two would wait for
            # each other whenever a training run has the other core.
            torch.set_num_threads(1)
            self.loaded.emit()
