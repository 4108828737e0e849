"""Where the user's folders lie."""

import os
import pwd
import tempfile
from pathlib import Path
from typing import Never

import pytest

from lenet_gui import paths


def test_a_user_without_a_home_is_given_temporary_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name == "HOME" or name.startswith("XDG_"):
            monkeypatch.delenv(name)

    def nobody(_number: int) -> Never:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for place in (paths.user_data_folder(), paths.log_folder(), paths.settings_file()):
        assert Path(tempfile.gettempdir()) in place.parents


def test_a_folder_of_a_shipped_name_hides_no_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of pictures, say; weights of that name, or a folder with them, are meant."""
    monkeypatch.chdir(tmp_path)
    named = Path("original")
    shipped = paths.shipped_weights("original")
    named.mkdir()
    assert paths.is_shipped(named)
    assert paths.weights_file(named) == shipped
    (named / paths.FOLDER_WEIGHTS).write_bytes(b"weights")
    assert not paths.is_shipped(named)
    assert paths.weights_file(named) == named / paths.FOLDER_WEIGHTS
    (named / paths.FOLDER_WEIGHTS).unlink()
    named.rmdir()
    named.write_bytes(b"weights")
    assert not paths.is_shipped(named)
    assert paths.weights_file(named) == named
