"""The recipe that is being edited, valid or not; the form and the face mirror it."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from lenet_gui.files import write_atomically
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.training.recipe.replaced_text import replaced_text
from lenet_gui.gui.training.recipe.window_recipes import for_the_window, recipe_in
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.training.described import Vocabulary
from lenet_gui.training.fields import Choice, Ranges
from lenet_gui.training.presets import PRESETS, with_preset, with_variant
from lenet_gui.training.problems import RecipeError, sound_among, unmet
from lenet_gui.training.recipe import BUILTIN, FIELDS, MNIST, Recipe, Transpose

_WRONG, _FILE = "recipe that cannot be saved", "recipe file"  # causes


class RecipeDraft(QObject):
    """Owns the contents of the recipe's fields. It begins with the first preset.

    Signals: `entered(str)` the program has put another value into the field of that name;
    `checked()` all fields have been looked through; `recipe_changed(object)` with the Recipe, or
    None while a field is wrong; `data_chosen()` the person has chosen digits; `replaced_changed()`
    when `replaced` is another one; `locked_changed()` when `is_locked` is another.
    """

    entered = Signal(str)
    checked = Signal()
    recipe_changed = Signal(object)
    data_chosen = Signal()
    replaced_changed = Signal()
    locked_changed = Signal()

    def __init__(self, notifier: Notifier, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._values: dict[str, Any] = {}
        self._recipe: Recipe | None = None
        self._error: RecipeError | None = None
        self._locked = False
        self._data_for_later = ""
        self._data_before = MNIST
        self._chosen = ChosenData()
        self._replaced = ""
        self._before: dict[str, Any] = {}
        self.set_recipe(PRESETS["original-quick"])

    @property
    def values(self) -> dict[str, Any]:
        """The contents of the fields by their names, valid or not."""
        return dict(self._values)

    @property
    def recipe(self) -> Recipe | None:
        """The recipe as the fields say it; None while one is wrong."""
        return self._recipe

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by field, without its label."""
        return self._error.by_field(Vocabulary.SCREEN) if self._error else {}

    @property
    def trouble(self) -> str:
        """All that is wrong in one sentence; empty if nothing is."""
        return self._error.text(Vocabulary.SCREEN) if self._error else ""

    @property
    def replaced(self) -> str:
        """What was set by hand and was replaced by a preset, in words; `undo` restores it."""
        return self._replaced

    @property
    def is_locked(self) -> bool:
        """Whether the recipe is read-only, because it is being trained."""
        return self._locked

    @property
    def data(self) -> str:
        """The data set of the window, which presets train on; "mnist" for the usual places."""
        return self._chosen.path or MNIST

    @property
    def chosen_data(self) -> ChosenData:
        """What is known of the data set of the window."""
        return self._chosen

    def set_recipe(self, recipe: Recipe) -> None:
        """Fills the fields."""
        self._fill(recipe)
        self._offer_back("", {})

    def choose(self, recipe: Recipe) -> None:
        """Fills the fields with a recipe that the program offers.

        What was set by hand before, and differs now, is in `replaced`.
        """
        before = self.values
        words = replaced_text(before, recipe, self.data)
        self._fill(recipe)
        self._offer_back(words, before)

    def choose_preset(self, name: str) -> None:
        """Fills the fields with a preset, trained on the data set of this window."""
        device, transpose = PRESETS[name].device, self._transpose_of(self.data)
        self.choose(with_preset(name, self.data, device, transpose))

    @Slot()
    def undo(self) -> None:
        """Restores what was set by hand before a preset was chosen."""
        if self._replaced and not self._locked:
            for name, value in self._before.items():
                self._enter(name, value)
            self._check()
            self._offer_back("", {})

    def set_by_hand(self, name: str, value: object) -> None:
        """The person has given a field this value, be it right or wrong, and goes on from there.

        After a choice, what is of no use with it goes back, where that is so declared.
        """
        self._offer_back("", {})
        if name == "data" and value != self._values[name]:
            self._remember_data(str(value))
            self._enter("transpose", self._transpose_of(str(value)))
        self._values[name] = value
        if name == "variant":
            self._follow_variant(Variant(str(value)))
        elif isinstance(FIELDS[name].kind, Choice | Ranges):
            self._follow_choice()
        else:
            self._check()
        if name == "data":
            self.data_chosen.emit()

    def choose_variant(self, variant: Variant) -> None:
        """The same recipe for a network, as far as there is one."""
        self._enter("variant", variant)
        self._follow_variant(variant)

    def choose_data(self, data: str) -> None:
        """Chooses the digits, as the field itself does."""
        self._remember_data(data)
        self._enter("transpose", self._transpose_of(data))
        self._enter("data", data)
        self.set_by_hand("data", data)

    def go_back_from(self, data: str) -> None:
        """Goes back to the digits before those that were chosen last, if it still is them."""
        if self._values["data"] == data:
            self._take_data(self._data_before)

    def _remember_data(self, data: str) -> None:
        before = str(self._values["data"])
        if data != before:
            self._data_before = before

    def set_data_choice(self, data: ChosenData) -> None:
        """Chooses a data set, also for the presets that are chosen later.

        While the recipe is locked, it is chosen for afterwards.
        """
        self._chosen = data
        self._take_data(self.data)

    def use_builtin(self) -> None:
        """Chooses the built-in digits; while the recipe is locked, for afterwards."""
        self._take_data(BUILTIN)

    def _take_data(self, data: str) -> None:
        if self._locked:
            self._data_for_later = data
            return
        self._enter("transpose", self._transpose_of(data))
        self._enter("data", data)
        self._check()

    def _transpose_of(self, data: str) -> Transpose:
        return self._chosen.transpose if data == self.data else Transpose.AUTO

    def set_locked(self, locked: bool) -> None:
        """During training, its recipe is read-only."""
        if locked != self._locked:
            self._locked = locked
            self._notifier.clear(_FILE)  # another recipe is trained
            self.locked_changed.emit()
        if not locked and self._data_for_later:
            self._take_data(self._data_for_later)
            self._data_for_later = ""
        self._check()

    def load(self, file: Path) -> None:
        """Fills the fields from a JSON file; reports what is wrong with it."""
        with self._notifier.reporting(_FILE):
            self.set_recipe(recipe_in(file))

    def save(self, file: Path) -> None:
        """Writes the recipe to a JSON file; errors are reported."""
        if self._recipe is None:
            self._notifier.refuse(
                _WRONG, "The recipe is not saved: correct the marked fields first."
            )
            return
        with self._notifier.reporting("saving the recipe"):
            write_atomically(file, self._recipe.to_json().encode())

    def _fill(self, recipe: Recipe) -> None:
        for name in FIELDS:
            self._enter(name, getattr(recipe, name))
        self._check()

    def _enter(self, name: str, value: Any) -> None:
        """Puts a value into a field; the others have still to be looked through."""
        self._values[name] = value
        self.entered.emit(name)

    def _offer_back(self, words: str, before: dict[str, Any]) -> None:
        self._before = before
        if words != self._replaced:
            self._replaced = words
            self.replaced_changed.emit()

    def _check(self) -> None:
        """Looks for what is wrong, and notifies whoever listens."""
        recipe = None
        try:
            recipe = for_the_window(Recipe(**self._values))
            self._error = None
        except RecipeError as error:
            self._error = error
        is_another = recipe != self._recipe
        self._recipe = recipe
        self.checked.emit()
        if is_another:
            if recipe is not None:
                self._notifier.clear(_WRONG)
                self._notifier.clear(_FILE)
            self.recipe_changed.emit(recipe)

    def _follow_variant(self, variant: Variant) -> None:
        twin = None if self._recipe is None else with_variant(self._recipe, variant)
        if twin is not None:
            self._fill(twin)
        else:  # some field is wrong, or is for the other network: it is left as it is
            self._enter("loss", LOSSES[variant][0])
            self._follow_choice()

    def _follow_choice(self) -> None:
        sound = sound_among(self._values, FIELDS)
        for name, field in FIELDS.items():
            if unmet([need for need in field.needs if need.resets], sound, FIELDS):
                self._enter(name, field.otherwise)
        self._check()
