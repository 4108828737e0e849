"""How long the galleries take: reading a set against `lenet-gui evaluate`, a page, an order.

    python tests/benchmarks/digit_gallery.py --data DIR

Reads the test set with the shipped Original in turns, as the command does and as the view does off
the GUI thread, then scrolls through the training digits in a gallery of 900x800 and puts them in
order. Prints one JSON object: seconds for a set, milliseconds for the rest.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from lenet_gui.data.source import load_digits
from lenet_gui.explore.gallery import Order, Wish, chosen
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.gui.app.start import make_application
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import Settings
from lenet_gui.gui.library.known_network import NetworkInUse
from lenet_gui.gui.library.set_runner import SetRunner
from lenet_gui.gui.views.digits.gallery import DigitGallery
from lenet_gui.gui.views.digits.set_reading import reading_runner
from lenet_gui.gui.views.digits.text import DigitTexts
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.net.losses import loss_function
from lenet_gui.net.weights_file import load_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.training.metrics import evaluate

_ROUNDS = 7
_PAGES = 200
_WARM_UP = 20


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="the folder of the MNIST files")
    sets = load_digits(parser.parse_args().data)
    app = make_application()
    loaded = load_weights(shipped_weights("original"))
    loss = loss_function(loaded.loss, loaded.j, loaded.temperature)
    runner = reading_runner()
    spent: dict[str, list[float]] = {"evaluate": [], "gallery": []}
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        found = evaluate(loaded.network, sets.test, loss)
        spent["evaluate"].append(time.perf_counter() - began)
        network = NetworkInUse.of(loaded.network, {}, "anew")
        began = time.perf_counter()
        readings = _read(runner, network, sets.test)
        spent["gallery"].append(time.perf_counter() - began)
        assert readings.confusion == found.confusion
    began = time.perf_counter()
    readings = _read(runner, NetworkInUse.of(loaded.network, {}, "anew"), sets.training)
    training = time.perf_counter() - began
    runner.close_down()
    parent = QWidget()
    notifier = Notifier(parent)
    commands = CellCommands(FileDialogs(parent, Settings()), notifier, parent)
    gallery = DigitGallery(commands)
    gallery.resize(900, 800)
    gallery.show()
    every = np.arange(len(sets.training))
    gallery.show_digits(DigitTexts(sets.training, readings), every)
    app.processEvents()
    pages = _pages(gallery)
    began = time.perf_counter()
    chosen(sets.training.labels, Wish(order=Order.SMALLEST_MARGIN), readings)
    order = time.perf_counter() - began
    gallery.close()
    figures = {
        "test_digits": len(sets.test),
        **{f"{name}_s": round(statistics.median(all_), 3) for name, all_ in spent.items()},
        "training_digits": len(sets.training),
        "gallery_training_s": round(training, 3),
        "page_ms": {
            "median": round(1000 * statistics.median(pages), 2),
            "worst": round(1000 * max(pages), 2),
        },
        "order_of_training_ms": round(1000 * order, 2),
    }
    json.dump(figures, sys.stdout, indent=1)
    print()
    return 0


def _read(runner: SetRunner, network: NetworkInUse, digits: object) -> SetReadings:
    loop = QEventLoop()
    runner.came.connect(loop.quit)
    runner.ask([network], digits)
    loop.exec()
    runner.came.disconnect(loop.quit)
    return runner.found(network, digits)


def _pages(gallery: DigitGallery) -> list[float]:
    """Seconds of each page's paint, from the first digits to the last."""
    bar = gallery.verticalScrollBar()
    image = QImage(gallery.size(), QImage.Format.Format_RGB32)
    spent = []
    for page in range(_PAGES):
        bar.setValue(bar.maximum() * page // _PAGES)
        began = time.perf_counter()
        gallery.viewport().render(image)
        spent.append(time.perf_counter() - began)
    return spent[_WARM_UP:]


if __name__ == "__main__":
    sys.exit(main())
