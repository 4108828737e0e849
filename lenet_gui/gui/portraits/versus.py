"""The results on the paper's figures, and the Original's missed digits if MNIST is available."""

from pathlib import Path

from lenet_gui.gui.app.window import MainWindow
from lenet_gui.gui.portraits.studio import save, settle
from lenet_gui.pictures import versus_chart as versus
from lenet_gui.pictures.export import exported_chart
from lenet_gui.pictures.export import save as save_chart
from lenet_gui.pictures.methods_chart import WIDTH, methods_chart, methods_height
from lenet_gui.versus.curves import curves_of
from lenet_gui.versus.published import CURVE_OF
from lenet_gui.versus.standing import shipped_standings

_SIZE = (920, 640)


def photograph_versus_1998(window: MainWindow, folder: Path, *, with_misses: bool) -> None:
    """versus-1998.svg, versus-methods.svg and versus-misses.png."""
    kept = shipped_standings()
    if (standing := kept.of(CURVE_OF)) is not None:
        chart = versus.versus_chart(curves_of(standing))
        save_chart(exported_chart("versus", chart, versus.SIZE), folder / "versus-1998.svg")
    chart = methods_chart(kept)
    size = (WIDTH, methods_height(chart))
    save_chart(exported_chart("methods", chart, size), folder / "versus-methods.svg")
    if not with_misses:
        return
    window.versus.show()
    page = window.versus.page
    assert page is not None  # noqa: S101 - it is made when it is shown
    page.resize(*_SIZE)
    page.tabs.setCurrentWidget(page.gallery)
    settle(until=lambda: page.gallery.misses is not None)
    settle()
    save(page.grab(), folder / "versus-misses.png")
    page.close()
