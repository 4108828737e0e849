"""What the window remembers between sessions: a JSON file among the user's settings.

Nothing in the file can be more than text, numbers and yes or no: no settings of Qt's own are read,
as theirs can hold objects that run code when they are read.
"""

import json
import logging
import typing
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from lenet_gui.data.drawing import MAX_PEN_WIDTH, MIN_PEN_WIDTH
from lenet_gui.data.words import MNIST_NAME, MNIST_TRAINING, Transpose
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.gui.core.old_settings import read_old_settings
from lenet_gui.gui.core.text_size import PERCENTS, USUAL
from lenet_gui.gui.core.view_table import MAPS
from lenet_gui.net.architecture import Variant
from lenet_gui.paths import old_settings_file, settings_file
from lenet_gui.pictures.colours import Scale
from lenet_gui.plain_json import from_plain, read_json, to_plain
from lenet_gui.safe_reading import read_ordinary

MAX_BYTES = 1_000_000
"""A larger file is not ours, and is ignored."""

_log = logging.getLogger(__name__)


class ThemeChoice(StrEnum):
    """The window's colours: the desktop's, or one of ours."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Area(StrEnum):
    """The side of the window on which a dock is."""

    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"


Rectangle = tuple[int, int, int, int]
"""x, y, width and height, in logical pixels."""


@dataclass(frozen=True)
class DockPlace:
    """The place of a dock; `rectangle` on the screen if it floats, else within the window."""

    name: str
    area: Area
    rectangle: Rectangle
    is_visible: bool = True
    is_floating: bool = False
    tab_of: str = ""
    """The dock that it shares its place with."""
    is_in_front: bool = True

    def __post_init__(self) -> None:
        """Raises: ValueError: an impossible rectangle."""
        _check(self.rectangle)


@dataclass(frozen=True)
class Layout:
    """The window's place on the screen, before it was maximised, and the places of its docks.

    In our own format: damaged data in Qt's format can crash the program.
    """

    rectangle: Rectangle
    is_maximized: bool = False
    docks: tuple[DockPlace, ...] = ()

    def __post_init__(self) -> None:
        """Raises: ValueError: an impossible rectangle."""
        _check(self.rectangle)


@dataclass(frozen=True)
class ChosenData:
    """A data set that was chosen, and what is known of it without reading it again.

    `path`: of its folder or file; empty for MNIST in the usual places. `name`: "MNIST" if it was
    recognised as that, else its own; empty if it was not read yet. `training`: its number of
    training pictures, if it has a name.
    """

    path: str = ""
    transpose: Transpose = Transpose.AUTO
    name: str = MNIST_NAME
    training: int = MNIST_TRAINING

    def __post_init__(self) -> None:
        """Raises: ValueError: an impossible number."""
        if self.training < 1:
            raise ValueError("a data set has at least one training picture")

    @property
    def is_mnist(self) -> bool:
        """Whether it is MNIST."""
        return self.name == MNIST_NAME


@dataclass(frozen=True)
class Projection:
    """The window for a projector: what it shows, and where it is.

    `shows`: a view's name, or "front" for the current one; `is_light`: it has the light theme,
    whatever the main window has; `rectangle`: its place when it does not fill the screen.
    """

    shows: str = "front"
    is_light: bool = False
    rectangle: Rectangle | None = None
    is_full: bool = False

    def __post_init__(self) -> None:
        """Raises: ValueError: an impossible rectangle."""
        if self.rectangle is not None:
            _check(self.rectangle)


def _check(rectangle: Rectangle) -> None:
    x, y, width, height = rectangle
    if max(abs(x), abs(y)) > _FARTHEST or not (0 < width <= _FARTHEST and 0 < height <= _FARTHEST):
        raise ValueError(f"a rectangle has sides of 1 to {_FARTHEST} pixels")


_FARTHEST = 100_000


@dataclass(frozen=True)
class Remembered:
    """Everything that is remembered; without arguments, the values for a first start."""

    variant: Variant = Variant.ORIGINAL
    """The network last used."""
    weights: str = ""
    """The file that holds it; empty for the shipped one."""
    scale: Scale = Scale.PER_LAYER
    """How colours are scaled."""
    theme: ThemeChoice = ThemeChoice.SYSTEM
    pen_width: float | None = None
    """As a share of the canvas."""
    folder: str = ""
    """Where the last file was opened or saved."""
    data: ChosenData = ChosenData()
    """The data set that was chosen in the window."""
    recipe: str = ""
    """The last recipe of the training form, as JSON."""
    training_is_folded: bool = True
    """Whether the training panel shows only its line."""
    training_shows_all: bool = False
    """Whether the training panel shows every setting, not the three choices."""
    layout: Layout | None = None
    guide_size: tuple[int, int] | None = None
    """Width and height of the guide's window, in logical pixels."""
    projection: Projection = Projection()
    text_size: int = USUAL
    """All text of the window, in per cent of the system's."""
    runs_let_be: tuple[str, ...] = ()
    """The interrupted runs that are not mentioned any more, by their names."""
    view: str = MAPS
    """The name of the view that was in front."""

    def __post_init__(self) -> None:
        """Raises: ValueError: a size or a pen as nothing can set it, or a path that cannot be."""
        if self.guide_size is not None:
            _check((0, 0, *self.guide_size))
        if not PERCENTS[0] <= self.text_size <= PERCENTS[-1]:
            raise ValueError(f"text has {PERCENTS[0]} to {PERCENTS[-1]} % of the normal size")
        if self.pen_width is not None and not MIN_PEN_WIDTH <= self.pen_width <= MAX_PEN_WIDTH:
            raise ValueError(f"the pen is {MIN_PEN_WIDTH} to {MAX_PEN_WIDTH} wide")
        if any("\0" in path for path in (self.folder, self.data.path, self.weights)):
            raise ValueError("a path cannot contain a null character")


_FORMER_FOLDER = "mnist_folder"


class Settings:
    """`remembered` from the file; what is wrong in it is ignored and logged."""

    def __init__(self) -> None:
        self._file = settings_file()
        plain = _read(self._file)
        if plain is None:
            plain = read_old_settings(old_settings_file())
        self._remembered = _valid(plain, self._file)

    @property
    def remembered(self) -> Remembered:
        """What is remembered now."""
        return self._remembered

    def remember(self, **changes: Any) -> None:
        """Changes fields of `remembered`, and writes them to the file at once.

        What another window has written meanwhile is kept, and so is what a newer version of the
        program may have added. If the file cannot be written, that is logged.

        Raises:
            TypeError, ValueError: there is no such field, or it cannot have that value.
        """
        before, self._remembered = self._remembered, replace(self._remembered, **changes)
        if self._remembered == before:
            return
        plain = _read(self._file)
        if plain is None:
            plain = to_plain(self._remembered)
        plain |= {name: to_plain(value) for name, value in changes.items()}
        try:
            write_atomically(self._file, self._written(plain).encode())
        except UserError as error:
            _log.warning("the settings could not be saved: %s", error)

    def _written(self, plain: dict[str, Any]) -> str:
        """Fields as JSON; if something in them is not JSON, such as infinity, only ours."""
        try:
            return json.dumps(plain, indent=1, allow_nan=False)
        except ValueError:
            return json.dumps(to_plain(self._remembered), indent=1, allow_nan=False)


def _read(file: Path) -> dict[str, Any] | None:
    """The raw fields of the file; None if there is no file of ours."""
    try:
        plain = read_json(read_ordinary(file, MAX_BYTES), "it")
    except FileNotFoundError:  # a first start
        return None
    except (OSError, UserError) as error:
        _log.warning("%s is ignored: %s", file, error)
        return None
    if isinstance(plain, dict):
        return {name: value for name, value in plain.items() if _is_shallow(value)}
    _log.warning("%s is ignored: it contains no fields", file)
    return None


def _is_shallow(value: Any, levels: int = 20) -> bool:
    """Whether lists and fields are nested no deeper than the program writes them."""
    if not isinstance(value, list | dict):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return levels > 0 and all(_is_shallow(each, levels - 1) for each in inner)


def _valid(plain: dict[str, Any], file: Path) -> Remembered:
    """The valid fields, each checked by itself."""
    remembered = Remembered()
    if isinstance(folder := plain.get(_FORMER_FOLDER), str) and "data" not in plain:
        plain = plain | {"data": {"path": folder}}  # as earlier versions kept that of MNIST
    for name, kind in typing.get_type_hints(Remembered).items():
        if name in plain:
            try:
                value = from_plain(kind, plain[name], name)
                remembered = replace(remembered, **{name: value})
            except (UserError, ValueError) as error:
                _log.warning("a setting in %s is ignored: %s: %s", file, name, error)
    return remembered
