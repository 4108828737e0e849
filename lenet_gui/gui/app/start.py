"""Opening the window: display, application, window, and what comes after."""

import argparse
import gc
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.gui.app.display import check_display
from lenet_gui.gui.core.heap import share_heap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from lenet_gui.gui.app.window import MainWindow
    from lenet_gui.net.architecture import Variant


def open_window(args: argparse.Namespace) -> int:
    """Opens the main window and returns the exit status when it has closed.

    `args` has `data` (a folder, "builtin" or None), `variant` and `weights` (a file), each
    possibly None.

    Raises:
        UserError: there is no display, or an option cannot be used.
    """
    check_display()
    share_heap()
    # Importing makes so many objects that searching them for cycles takes a fifth of the time;
    # `TorchLoader` begins it again, in this thread alone.
    gc.disable()
    from lenet_gui.gui.core.torch_loading import read_ahead

    read_ahead()
    from lenet_gui.gui.app.faults import UnexpectedErrors
    from lenet_gui.gui.app.tidying import tidy
    from lenet_gui.gui.app.window import MainWindow
    from lenet_gui.log import start_log, stop_log

    start_log()
    application = make_application()
    # Ctrl-C in the terminal closes the program at once: Qt's loop does not let Python see it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window = MainWindow()
    errors = UnexpectedErrors(window.faults)
    try:
        _apply(window, args)
        window.show()
        tidy(window.runs.folder())
        status = application.exec()
        # Python would go through every object of torch again: the process ends without that
        # in half the time.
        gc.freeze()
        return status
    finally:
        errors.restore()
        stop_log()


def _apply(window: "MainWindow", args: argparse.Namespace) -> None:
    """Applies the options of the command line; bad ones end the program before it shows."""
    from lenet_gui.data.collections.reading import files_of_collection
    from lenet_gui.data.source import BUILTIN
    from lenet_gui.gui.core.settings import ChosenData
    from lenet_gui.net.architecture import Variant

    if args.data == BUILTIN:
        window.training.draft.use_builtin()
    elif args.data:
        files_of_collection(Path(args.data))
        window.data.use(ChosenData(args.data, name=""))
    variant = Variant(args.variant) if args.variant else None
    if args.weights:
        use_weights(window, args.weights, variant)
    elif variant:
        window.networks.switch(variant)
    else:
        use_last_network(window)


def use_last_network(window: "MainWindow") -> None:
    """Has a window use the network that was used last; if its file cannot be, the shipped one."""
    from lenet_gui.errors import UserError

    last = window.settings.remembered
    if last.weights:
        try:
            use_weights(window, Path(last.weights), None)
        except UserError as error:
            window.networks.switch(last.variant)
            told = f"{error} It was used last; the shipped {last.variant.capitalize()} is used now."
            window.notifier.refuse("network used last", told)
    else:
        window.networks.switch(last.variant)


def use_weights(window: "MainWindow", path: Path, variant: "Variant | None") -> None:
    """Has a window use a file of weights; one of PyTorch's is read once torch is loaded.

    Raises:
        UserError: the file cannot be used, as far as that is known without torch.
    """
    from lenet_gui.net.weight_arrays import read_weights
    from lenet_gui.net.weights_import.reading import (
        import_weights,
        is_of_another_program,
        needs_torch,
    )

    if not is_of_another_program(path):
        read_weights(path, variant)
        window.networks.load(path, variant)
        return
    if not needs_torch(path):
        import_weights(path)
    window.networks.switch(variant or window.settings.remembered.variant)
    window.weights.use(path, variant)


def make_application() -> "QApplication":
    """The QApplication with the program's style; an existing one is used."""
    from PySide6.QtCore import QCoreApplication, Qt
    from PySide6.QtWidgets import QApplication

    # Fusion looks the same everywhere and follows light and dark by itself.
    os.environ.setdefault("QT_STYLE_OVERRIDE", "Fusion")
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    # Every move of the mouse is a point of the stroke, however busy the window is. Only now: the
    # platform's plugin, loaded with the application, has set it.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    QCoreApplication.setApplicationName("LeNet Laboratory")
    return application
