"""What is dragged over the window is a data set, weights, or for others to take."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from lenet_gui.gui.core.dropped_files import data_in, is_file_of_window, weights_in


def dragged(*files: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return mime


def test_a_folder_or_file_alone_is_a_data_set(tmp_path: Path) -> None:
    table = tmp_path / "digits.csv"
    table.touch()
    assert data_in(dragged(tmp_path)) == tmp_path
    assert data_in(dragged(table)) == table
    assert data_in(dragged(table, tmp_path)) is None


@pytest.mark.parametrize("name", ["x" * 5_000, "gone", "gone.png"])
def test_what_cannot_be_looked_at_is_for_others(name: str, tmp_path: Path) -> None:
    mime = dragged(tmp_path / name)
    assert not is_file_of_window(mime)
    assert data_in(mime) is None
    assert weights_in(mime) is None
