"""torch comes behind the window: it takes longer to load than the whole window to be drawn."""

import gc
import importlib.util
import logging
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QLibrary, QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)

_LIBRARY = "libtorch_cpu.dylib" if sys.platform == "darwin" else "libtorch_cpu.so"


def read_ahead() -> None:
    """Brings torch's largest library into memory, in a thread of its own, while Python goes on.

    Python's own loading would hold every other thread for a sixth of the whole; Qt's does not.
    Where the library is not found nothing happens: the import does it all.
    """
    found = importlib.util.find_spec("torch")
    if "torch" in sys.modules or found is None or found.origin is None:
        return
    library = QLibrary(str(Path(found.origin).parent / "lib" / _LIBRARY))
    library.setLoadHints(QLibrary.LoadHint.ResolveAllSymbolsHint)
    threading.Thread(target=library.load, name="reading torch ahead", daemon=True).start()


class TorchLoader(QObject):
    """Imports torch, what of the program builds on it, and the plots, in a thread of its own.

    Signals:
        loaded(): all is there; from now on nothing has to wait.
        failed(str): torch cannot be used; a sentence.
    """

    loaded = Signal()
    failed = Signal(str)
    _ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loaded = "torch" in sys.modules
        self._thread: threading.Thread | None = None
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def is_loaded(self) -> bool:
        """Whether torch is there."""
        return self._loaded

    @Slot()
    def load(self) -> None:
        """Begins, unless it has begun."""
        if not self._loaded and self._thread is None:
            self._thread = threading.Thread(target=self._import, name="loading torch")
            self._thread.start()

    def close_down(self) -> None:
        """Waits for an import under way, after which nothing is told."""
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
                f"torch cannot be loaded ({error}): drawings are read, and nothing else can be "
                "done; install the program anew."
            )
        self._ended.emit(trouble)
        if not trouble:
            # Now that the network answers: the plots, before the training panel is unfolded.
            import lenet_gui.gui.core.graphs  # noqa: F401

    @Slot(str)
    def _tell(self, trouble: str) -> None:
        # Hundreds of thousands of objects of torch stay for good: the collector, going through
        # them, would hold the window for a tenth of a second now and then.
        gc.freeze()
        gc.enable()  # see `app.open_window`
        self._loaded = not trouble
        if trouble:
            self.failed.emit(trouble)
        else:
            import torch

            # Of this thread alone: one digit is read fastest by one thread, and two would wait for
            # each other whenever a training has the other core.
            torch.set_num_threads(1)
            self.loaded.emit()
