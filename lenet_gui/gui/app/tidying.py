"""Removing what a killed program left half written in its own folders, in the background."""

import threading
from contextlib import suppress
from pathlib import Path

from lenet_gui import paths
from lenet_gui.files import remove_leftovers
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.lock import remove_stale_locks


def tidy(runs: Path) -> None:
    """Starts in a separate thread, which nobody waits for; `runs` holds the folders of runs."""
    threading.Thread(target=_tidy, args=(runs,), name="tidying", daemon=True).start()


def _tidy(runs: Path) -> None:
    remove_leftovers(paths.mnist_folder())
    remove_leftovers(paths.settings_file().parent)
    with suppress(OSError):  # there are no runs yet
        for run in list(runs.iterdir()):
            for folder in RunFiles.in_folder(run).folders:
                remove_leftovers(folder)
                remove_stale_locks(folder)
