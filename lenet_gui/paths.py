"""Where data, runs and settings of the user are, and where the shipped files are."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib import resources
from pathlib import Path

import platformdirs

from lenet_gui.errors import UserError

_APPLICATION = "lenet-laboratory"


def user_data_folder() -> Path:
    """The folder of this program among the user's data (not created here)."""
    return _of_user(platformdirs.user_data_dir)


def mnist_folder() -> Path:
    """Where downloaded MNIST files are kept."""
    return user_data_folder() / "mnist"


def runs_folder() -> Path:
    """Where the window keeps its training runs, a folder each."""
    return user_data_folder() / "runs"


def windows_folder() -> Path:
    """Where open windows tell each other which numbers they have."""
    return user_data_folder() / "windows"


def log_folder() -> Path:
    """Where the log is kept (see `log`; not created here)."""
    return _of_user(platformdirs.user_log_dir)


def settings_file() -> Path:
    """What the window remembers (JSON)."""
    return _settings_folder() / "window.json"


def known_forms_file() -> Path:
    """What was found out about weights of other programs (JSON)."""
    return _settings_folder() / "known-forms.json"


def drawing_file(window: int) -> Path:
    """What was on the canvas when a window was closed (JSON); several have numbers from 1."""
    return _settings_folder() / ("drawing.json" if window == 1 else f"drawing-{window}.json")


def old_settings_file() -> Path:
    """What the window of earlier versions remembered (an INI file)."""
    return _settings_folder() / "window.ini"


def _settings_folder() -> Path:
    return _of_user(platformdirs.user_config_dir)


def _of_user(folder: Callable[..., str]) -> Path:
    """One of the user's folders; for a user without a home folder, a temporary one."""
    with suppress(RuntimeError):
        found = folder(_APPLICATION, appauthor=False)
        if not found.startswith("~"):  # as older versions of platformdirs return it
            return Path(found)
    return Path(tempfile.gettempdir(), f"{_APPLICATION}-of-{os.getuid()}")


def bundled(kind: str, name: str) -> Path:
    """A shipped file: `kind` is "weights" or "assets".

    An installed wheel has them inside the package, a checkout at its top level.

    Raises:
        UserError: the file is in neither place.
    """
    for place in _places(kind, name):
        if place.is_file():
            return place
    raise UserError(f"The shipped file {kind}/{name} is missing: install the program again.")


SHIPPED_WEIGHTS = ("original", "modern", "paper-1998")
"""The names of the weights that come with the program."""


def shipped_weights(name: str) -> Path:
    """The shipped file of weights of a name in `SHIPPED_WEIGHTS`.

    Raises:
        UserError: the file is missing.
    """
    return bundled("weights", f"lenet5-{name}.safetensors")


FOLDER_WEIGHTS = "model.safetensors"
"""The file of weights in a folder in the form of Hugging Face."""


def is_shipped(named: Path) -> bool:
    """Whether weights that are named so are those that come with the program.

    A file of that name is meant itself, and a folder with weights; one of pictures, say, is not.
    """
    if str(named) not in SHIPPED_WEIGHTS:
        return False
    with suppress(OSError):
        return not (named.is_file() or _in_folder(named).is_file())
    return True


def weights_file(named: Path) -> Path:
    """The file of weights that are named so.

    Of a shipped name, if there are no such weights, the shipped file; of a folder in the form of
    Hugging Face the file in it; else `named` itself.

    Raises:
        UserError: the shipped file is missing.
    """
    if is_shipped(named):
        return shipped_weights(str(named))
    with suppress(OSError):
        if _in_folder(named).is_file():
            return _in_folder(named)
    return named


def _in_folder(named: Path) -> Path:
    return named / FOLDER_WEIGHTS


def bundled_folder(kind: str, name: str) -> Path:
    """A shipped folder, found as `bundled` finds a file.

    Raises:
        UserError: the folder is in neither place.
    """
    for place in _places(kind, name):
        if place.is_dir():
            return place
    raise UserError(f"The shipped folder {kind}/{name} is missing: install the program again.")


def _places(kind: str, name: str) -> tuple[Path, Path]:
    package = Path(str(resources.files("lenet_gui")))
    return package / "_bundled" / kind / name, package.parent / kind / name
