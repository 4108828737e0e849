"""Pictures from outside, without a canvas."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication

from lenet_gui.errors import UserError
from lenet_gui.gui.draw.picture_import import holds_picture, imported, source_of_mime


def test_a_file_becomes_a_backdrop(tmp_path: Path) -> None:
    picture = np.full((30, 20), 255, np.uint8)
    picture[5:25, 9:12] = 0
    file = tmp_path / "one.png"
    Image.fromarray(picture).save(file)
    drawing = imported(file)
    assert drawing.strokes == ()
    assert drawing.backdrop is not None
    assert np.array_equal(drawing.backdrop.ink, picture == 0)
    assert drawing.picture_steps is not None
    assert np.array_equal(drawing.picture_steps.levels, picture)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.png does not exist"):
        imported(tmp_path / "nowhere.png")


def test_nothing_copied_is_told_of() -> None:
    with pytest.raises(UserError, match="no picture on the clipboard"):
        source_of_mime(None)


def test_what_may_be_a_picture(qapp: QApplication) -> None:
    text, address = QMimeData(), QMimeData()
    text.setText("7")
    address.setUrls([QUrl("file:///tmp/7.png")])
    assert not holds_picture(text)
    assert holds_picture(address)


def test_image_data_that_is_no_image_is_refused(qapp: QApplication) -> None:
    mime = QMimeData()
    mime.setData("application/x-qt-image", b"nothing")
    with pytest.raises(UserError, match="cannot be read"):
        source_of_mime(mime)
