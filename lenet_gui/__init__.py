"""LeNet Laboratory: draw a digit and watch every layer of LeNet-5 respond.

The names below are its Python API, described in `guide/python.md`. Each is imported when it is
used first, so that `import lenet_gui` loads neither numpy nor torch nor Qt.
"""

from typing import TYPE_CHECKING, Final

__version__ = "0.1.0"

if TYPE_CHECKING:
    from lenet_gui import events as events
    from lenet_gui.api.answer import Answer as Answer
    from lenet_gui.api.ink import read_picture as read_picture
    from lenet_gui.api.ink import read_strokes as read_strokes
    from lenet_gui.api.model import Model as Model
    from lenet_gui.api.model import load as load
    from lenet_gui.api.sources import corrupted as corrupted
    from lenet_gui.api.sources import digits as digits
    from lenet_gui.api.sources import recipe as recipe
    from lenet_gui.api.training import TrainingResult as TrainingResult
    from lenet_gui.api.training import train as train
    from lenet_gui.data.digits import Digits as Digits
    from lenet_gui.data.digits import DigitSets as DigitSets
    from lenet_gui.data.ink import InkSteps as InkSteps
    from lenet_gui.errors import UserError as UserError
    from lenet_gui.explore.preprocessing import Preprocessing as Preprocessing
    from lenet_gui.training.control import Control as Control
    from lenet_gui.training.metrics import Evaluation as Evaluation
    from lenet_gui.training.presets import PRESETS as PRESETS
    from lenet_gui.training.recipe import Recipe as Recipe

_HOMES: Final = {
    "load": "api.model",
    "read_picture": "api.ink",
    "read_strokes": "api.ink",
    "digits": "api.sources",
    "corrupted": "api.sources",
    "recipe": "api.sources",
    "train": "api.training",
    "Model": "api.model",
    "Answer": "api.answer",
    "InkSteps": "data.ink",
    "Preprocessing": "explore.preprocessing",
    "Digits": "data.digits",
    "DigitSets": "data.digits",
    "Evaluation": "training.metrics",
    "Recipe": "training.recipe",
    "PRESETS": "training.presets",
    "events": "events",
    "Control": "training.control",
    "TrainingResult": "api.training",
    "UserError": "errors",
}
"""The module that each name is in, or is."""

if not TYPE_CHECKING:  # type checkers take what is imported above, and no other name
    __all__ = ["__version__", *_HOMES]

    def __getattr__(name: str) -> object:
        """Imports a name of the API (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = import_module(f"{__name__}.{_HOMES[name]}")
        found = home if _HOMES[name] == name else getattr(home, name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        """The API; the rest is the program's own."""
        return sorted(__all__)
