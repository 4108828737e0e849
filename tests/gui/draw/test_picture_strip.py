"""Under an imported picture three thumbnails show how its ink was found."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.data.drawing import Backdrop, Drawing
from lenet_gui.explore.found_steps import found_steps
from lenet_gui.gui.draw.picture_import import imported
from lenet_gui.gui.draw.picture_strip import LONGEST_SIDE, PictureStrip
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.grid.colouring import kind_colour
from lenet_gui.pictures.grid.panel import Cell
from tests.support.pictures import messy, row_of


@pytest.fixture
def strip(qtbot: QtBot, cell_commands: CellCommands) -> PictureStrip:
    strip = PictureStrip(cell_commands)
    qtbot.addWidget(strip)
    strip.resize(234, 80)
    return strip


def of(picture: np.ndarray) -> Drawing:
    return imported(np.repeat(picture[..., None], 3, axis=2))


def test_it_is_there_for_imported_pictures_alone(strip: PictureStrip) -> None:
    strip.show_found(found_steps(of(messy(7))))
    assert strip.isVisible()
    strip.show_found(found_steps(Drawing(backdrop=Backdrop(np.eye(4)))))
    assert not strip.isVisible()


def test_each_thumbnail_shows_its_step(
    strip: PictureStrip, pixels: Callable[[QWidget], np.ndarray]
) -> None:
    strip.show_found(found_steps(of(messy(7)), longest=LONGEST_SIDE))
    shown, cells = pixels(strip), [cell.toAlignedRect() for cell in strip.cells]
    paper = [tuple(shown[c.bottom() - 12, c.center().x()].tolist()) for c in cells]
    assert paper[0] == (200, 200, 200)  # as it came
    assert paper[1] == paper[2] != paper[0]
    digit = shown[cells[2].top() : cells[2].bottom(), cells[2].left() : cells[2].right()]
    for kind in (1, 3):  # printed lines and a speck
        away = np.abs(digit.astype(int) - kind_colour(kind, Theme.LIGHT)).sum(axis=2)
        assert away.min() < 120
    assert strip.value_text(Cell("digit alone", 0, 10, 50)) == "dropped: printed lines"
    assert strip.value_text(Cell("digit alone", 0, 20, 4)) == "dropped: specks"
    assert strip.value_text(Cell("picture", 0, 50, 2)) == "brightness 0.78"
    assert strip.value_text(Cell("paper removed", 0, 50, 2)) == "ink 0.00"


@pytest.mark.parametrize(
    "picture", [row_of(1, 7, 2, 1, 7), row_of(1, 7).T, np.eye(5, dtype=np.uint8)]
)
@pytest.mark.parametrize("width", [120, 234, 700])
def test_pictures_of_every_shape_have_room(
    strip: PictureStrip, picture: np.ndarray, width: int
) -> None:
    strip.resize(width, 80)
    strip.show_found(found_steps(of(picture)))
    cells = strip.cells
    assert all(one.right() < other.left() for one, other in pairwise(cells))
    assert cells[0].left() >= 0
    assert cells[-1].right() <= width
    assert all(cell.top() >= 0 and cell.bottom() < strip.height() for cell in cells)
    ratio = picture.shape[1] / picture.shape[0]
    assert cells[0].width() / cells[0].height() == pytest.approx(ratio, rel=0.15)
    assert strip.explain(cells[1].center()).startswith("Paper removed")
