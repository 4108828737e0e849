"""How the window looks: its theme, and the size of its text."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from lenet_gui.gui.app.actions import Actions
from lenet_gui.gui.core.settings import Settings, ThemeChoice
from lenet_gui.gui.core.text_size import USUAL, choose_text_size, next_size, text_size
from lenet_gui.gui.core.theme import choose_theme


class Appearance(QObject):
    """Serves the commands of theme and text size, and remembers what was chosen.

    `text_resized()`: another size of text was chosen.
    """

    text_resized = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._usual: QAction | None = None

    def handlers(self) -> dict[str, Callable[..., object]]:
        """What is called, by the command's name."""
        return {
            "theme-system": self._choose_theme,
            "theme-light": self._choose_theme,
            "theme-dark": self._choose_theme,
            "larger-text": self._larger,
            "smaller-text": self._smaller,
            "usual-text": self._usual_size,
        }

    def restore(self, actions: Actions) -> None:
        """Looks as it did when the window was closed, and says so in the menu."""
        remembered = self._settings.remembered
        choose_theme(remembered.theme)
        actions[f"theme-{remembered.theme}"].setChecked(True)
        self._usual = actions["usual-text"]
        self._wear(remembered.text_size)

    @Slot()
    def _choose_theme(self) -> None:
        chosen = ThemeChoice(self.sender().objectName().removeprefix("theme-"))
        self._settings.remember(theme=chosen)
        choose_theme(chosen)

    @Slot()
    def _larger(self) -> None:
        self._choose_size(next_size(1))

    @Slot()
    def _smaller(self) -> None:
        self._choose_size(next_size(-1))

    @Slot()
    def _usual_size(self) -> None:
        self._choose_size(USUAL)

    def _choose_size(self, percent: int) -> None:
        if percent == text_size():
            return
        self._wear(percent)
        self._settings.remember(text_size=percent)
        self.text_resized.emit()

    def _wear(self, percent: int) -> None:
        choose_text_size(percent)
        if self._usual is not None:
            self._usual.setText(f"&Normal text size (now {text_size()} %)")
