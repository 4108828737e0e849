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
