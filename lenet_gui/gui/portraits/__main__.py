"""Takes pictures of the real window, drawing with real mouse events and training, light and dark.

MNIST is used if it is found, else built-in digits.
"""

import os
import sys
import tempfile
from pathlib import Path

from lenet_gui.net.architecture import Variant
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import BUILTIN, MNIST

WIDE = (1440, 900)
SMALL = (1024, 700)
DIGITS = 12_000
EPOCHS = 8
SEEN = 5
"""The run has eight epochs; its picture is taken after the fifth."""


def main(folder: Path) -> int:
    """Writes the pictures into `folder`, PNG and SVG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from lenet_gui.data.mnist import MnistNotFound, find_mnist

    try:
        os.environ["LENET_GUI_DATA"] = str(find_mnist())
        data = MNIST
    except MnistNotFound:
        data = BUILTIN
    with tempfile.TemporaryDirectory() as home:
        # The window of a first start, and temporary runs.
        os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = home
        _photograph(folder, data)
    return 0


def _photograph(folder: Path, data: str) -> None:
    from lenet_gui.gui.app.icon import icon_pixmap
    from lenet_gui.gui.app.start import make_application
    from lenet_gui.gui.app.window import MainWindow
    from lenet_gui.gui.core import theme
    from lenet_gui.gui.portraits import draw
    from lenet_gui.gui.portraits.figures import draw_figures
    from lenet_gui.gui.portraits.studio import save, settle
    from lenet_gui.gui.portraits.versus import photograph_versus_1998
    from lenet_gui.gui.portraits.views import photograph_views

    draw_figures(folder)
    make_application()
    save(icon_pixmap(256), folder / "icon.png")
    window = MainWindow()
    theme.choose_theme("light")
    window.networks.switch(Variant.MODERN)
    window.resize(*SMALL)
    window.show()
    draw(window)
    settle(until=lambda: window.live.reading is not None)
    settle()
    save(window.grab(), folder / "window-modern.png")

    window.networks.switch(Variant.ORIGINAL)
    photograph_versus_1998(window, folder, with_misses=data == MNIST)
    window.resize(*WIDE)
    settle()
    recipe = preset("original-quick").with_changes(data=data, training_digits=DIGITS, epochs=EPOCHS)
    window.training.draft.set_recipe(recipe)
    window.training.set_folded(folded=False)
    settle()
    window.resize(*WIDE)
    window.training.start()
    plots = window.training.panes.plots
    settle(until=lambda: plots.run is not None and len(plots.run.epochs) >= SEEN)
    plots.refresh()  # both of them, at the same epoch
    save(window.grab(), folder / "window.png")
    theme.choose_theme("dark")
    settle()
    plots.refresh()
    save(window.grab(), folder / "window-dark.png")
    settle(until=lambda: not window.training.is_running)
    window.close()
    theme.choose_theme("light")
    photograph_views(folder)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
