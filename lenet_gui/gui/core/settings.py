"""What the window remembers from one day to the next: an INI file among the user's settings."""

from PySide6.QtCore import QByteArray, QSettings

from lenet_gui.net.architecture import Variant
from lenet_gui.paths import settings_file
from lenet_gui.pictures.colours import Scale

LAYOUT_VERSION = 1
"""Raised when the panels change so that an old layout would no longer fit."""


class Settings:
    """Typed reading and writing of the remembered values; nonsense in the file is passed over."""

    def __init__(self) -> None:
        self._file = QSettings(str(settings_file()), QSettings.Format.IniFormat)

    def save_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """The window's place and the places of its panels."""
        self._file.setValue("layout/version", str(LAYOUT_VERSION))
        self._file.setValue("layout/geometry", geometry)
        self._file.setValue("layout/state", state)

    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """(geometry, state) as they were saved, None where there are none of this version."""
        if self._text("layout/version") != str(LAYOUT_VERSION):
            return None
        geometry, state = self._file.value("layout/geometry"), self._file.value("layout/state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def forget_layout(self) -> None:
        """Goes back to the layout of a first start."""
        self._file.remove("layout")

    @property
    def variant(self) -> Variant:
        """The network last shown; Original at first."""
        text = self._text("network/variant")
        return Variant(text) if text in set(Variant) else Variant.ORIGINAL

    @variant.setter
    def variant(self, variant: Variant) -> None:
        self._file.setValue("network/variant", str(variant))

    @property
    def scale(self) -> Scale:
        """How colours are scaled; per layer at first."""
        text = self._text("view/scale")
        return Scale(text) if text in set(Scale) else Scale.PER_LAYER

    @scale.setter
    def scale(self, scale: Scale) -> None:
        self._file.setValue("view/scale", str(scale))

    @property
    def theme(self) -> str:
        """One of "system", "light", "dark"."""
        text = self._text("view/theme")
        return text if text in {"light", "dark"} else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        self._file.setValue("view/theme", name)

    @property
    def pen_width(self) -> float | None:
        """The pen's width as a share of the canvas."""
        try:
            return float(self._text("canvas/pen-width"))
        except ValueError:
            return None

    @pen_width.setter
    def pen_width(self, width: float | None) -> None:
        self._file.setValue("canvas/pen-width", "" if width is None else str(width))

    @property
    def folder(self) -> str:
        """Where the last file was opened or saved."""
        return self._text("files/folder")

    @folder.setter
    def folder(self, folder: str) -> None:
        self._file.setValue("files/folder", folder)

    @property
    def mnist_folder(self) -> str:
        """The folder of MNIST that was chosen in the window, empty without one."""
        return self._text("data/mnist")

    @mnist_folder.setter
    def mnist_folder(self, folder: str) -> None:
        self._file.setValue("data/mnist", folder)

    @property
    def recipe(self) -> str:
        """The last recipe of the training form, as JSON; empty at first."""
        return self._text("training/recipe")

    @recipe.setter
    def recipe(self, json: str) -> None:
        self._file.setValue("training/recipe", json)

    @property
    def training_is_folded(self) -> bool:
        """Whether the training panel shows its one line alone."""
        return self._text("training/folded") != "no"

    @training_is_folded.setter
    def training_is_folded(self, folded: bool) -> None:
        self._file.setValue("training/folded", "yes" if folded else "no")

    def _text(self, key: str) -> str:
        value = self._file.value(key, "")
        return value if isinstance(value, str) else ""
