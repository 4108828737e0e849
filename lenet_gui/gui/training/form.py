"""The form of a recipe: presets, every field, what is wrong in words, load and save."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from lenet_gui.files import write_atomically
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.training.distortion_text import distortions_text
from lenet_gui.gui.training.editors import ChoiceField, Editor, PlaceField, editor_for
from lenet_gui.gui.training.field_grid import FieldCell, FieldGrid, FieldGroup, GroupTitle
from lenet_gui.gui.training.replaced_text import replaced_text
from lenet_gui.gui.training.window_recipes import WINDOW_PRESETS, for_the_window, recipe_in
from lenet_gui.guide.places import PRESETS as PRESETS_PLACE
from lenet_gui.guide.places import field_place
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.training.described import Group, Vocabulary
from lenet_gui.training.presets import PRESETS, preset_of, with_preset, with_variant
from lenet_gui.training.problems import RecipeError, sound_among, unmet, why_not
from lenet_gui.training.recipe import BUILTIN, FIELDS, MNIST, Recipe

OWN = "own recipe"
"""What the list of presets shows when the recipe is none of them."""

_WRONG, _FILE = "recipe that cannot be saved", "recipe file"  # causes
_LOCKED = "A training is under way: its recipe stays."


class RecipeForm(QWidget):
    """Shows every field of a recipe, in groups, and lets it be changed.

    Made from what is known of a recipe's fields.

    Signals: `recipe_changed(object)` with the Recipe, or None while a field is wrong;
    `replaced_changed()` when `replaced` is another one; `explained(str)` what the field that the
    person is at is about; `locked_changed()` when `is_locked` is another.
    """

    recipe_changed = Signal(object)
    replaced_changed = Signal()
    explained = Signal(str)
    locked_changed = Signal()

    def __init__(self, ask: FileDialogs, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._notifier = notifier
        self.setObjectName("recipe form")
        self._recipe: Recipe | None = None
        self._error: RecipeError | None = None
        self._locked = False
        self._data_for_later = ""
        self._mnist = MNIST
        self._replaced = ""
        self._before: dict[str, Any] = {}
        self.preset = _preset_box()
        self._editors = {name: editor_for(field, ask) for name, field in FIELDS.items()}
        self._make_buttons()
        self._cells = self._make_cells()
        self._groups = {group: self._make_group(group) for group in Group}
        first = FieldGroup([self._cells["preset"], self._cells["file"]])
        self.grid = FieldGrid([first, *self._groups.values()])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.grid)
        self._connect()
        self.set_recipe(PRESETS["original-quick"])

    @property
    def recipe(self) -> Recipe | None:
        """The recipe as the form says it; None while a field is wrong."""
        return self._recipe

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by field, without its label."""
        return self._error.by_field(Vocabulary.SCREEN) if self._error else {}

    @property
    def trouble(self) -> str:
        """All that is wrong in one sentence; empty where nothing is."""
        return self._error.text(Vocabulary.SCREEN) if self._error else ""

    @property
    def data(self) -> PlaceField:
        """The editor of where the digits come from."""
        editor = self._editors["data"]
        assert isinstance(editor, PlaceField)  # noqa: S101 - a place is what the field is
        return editor

    @property
    def replaced(self) -> str:
        """What was set by hand and has made way for a preset, in words; `undo` brings it back."""
        return self._replaced

    @property
    def is_locked(self) -> bool:
        """Whether the recipe can be read alone, as it is being trained."""
        return self._locked

    def cell(self, field: str) -> FieldCell:
        """The label and editor of a recipe's field, and what is wrong with it."""
        return self._cells[field]

    def title(self, group: Group) -> GroupTitle:
        """What stands over the fields of a group."""
        title = self._groups[group].title
        assert title is not None  # noqa: S101 - all but the first have one
        return title

    def editor(self, field: str) -> Editor:
        """The editor of a recipe's field."""
        return self._editors[field]

    def set_recipe(self, recipe: Recipe) -> None:
        """Fills the form."""
        self._fill(recipe)
        self._offer_back("", {})

    def choose(self, recipe: Recipe) -> None:
        """Fills the form with a recipe that the program offers.

        What was set by hand before, and is another now, is told by `replaced`.
        """
        before = self.values
        words = replaced_text(before, recipe, self._mnist)
        self._fill(recipe)
        self._offer_back(words, before)

    @Slot()
    def undo(self) -> None:
        """Brings back what was set by hand before a preset was chosen."""
        if self._replaced and not self._locked:
            for name, value in self._before.items():
                self._enter(name, value)
            self._look()
            self._offer_back("", {})

    def choose_variant(self, variant: Variant) -> None:
        """The same recipe for a network, as far as there is one."""
        self._enter("variant", variant)
        self._choose_variant()

    def choose_data(self, data: str) -> None:
        """Chooses the digits, as the field itself does."""
        self._enter("data", data)
        self.data.changed.emit()

    def set_data_choice(self, data: str) -> None:
        """Chooses "mnist", "builtin" or a folder; while the form is locked, for afterwards.

        A folder is where MNIST lies, also for the presets that are chosen later.
        """
        if data != BUILTIN:
            self._mnist = data
        if self._locked:
            self._data_for_later = data
            return
        self._enter("data", data)
        self._look()

    @property
    def mnist(self) -> str:
        """The data that a recipe for MNIST trains on: a folder, or "mnist" for the usual places."""
        return self._mnist

    def show_trouble(self) -> None:
        """Goes to the first field that is wrong."""
        wrong = next(iter(self.problems), "")
        if wrong:
            cell = self._cells[wrong]
            self.grid.ensureWidgetVisible(cell)
            cell.editor.setFocus()

    def set_locked(self, locked: bool) -> None:
        """While a training runs its recipe can be read and not changed."""
        if locked != self._locked:
            self._locked = locked
            self._notifier.clear(_FILE)  # another recipe is trained
            self.locked_changed.emit()
        self._cells["preset"].allow(_LOCKED if locked else "")
        self._load.setEnabled(not locked)
        if not locked and self._data_for_later:
            self._enter("data", self._data_for_later)
            self._data_for_later = ""
        self._look()

    def load(self, file: Path) -> None:
        """Fills the form from a JSON file; what is wrong with it is told."""
        with self._notifier.reporting(_FILE):
            self.set_recipe(recipe_in(file))

    def save(self, file: Path) -> None:
        """Writes the recipe to a JSON file; trouble is told."""
        if self._recipe is None:
            self._notifier.fail(_WRONG, "The recipe is not saved: mend the marked fields first.")
            return
        with self._notifier.reporting("saving the recipe"):
            write_atomically(file, self._recipe.to_json().encode())

    def _make_cells(self) -> dict[str, FieldCell]:
        tip = "Recipes that come with the program"
        cells = {
            "preset": FieldCell("Recipe", self.preset, tip, PRESETS_PLACE),
            "file": FieldCell("File", self._buttons, "The recipe as a JSON file"),
        }
        for name, field in FIELDS.items():
            editor, place = self._editors[name], field_place(name)
            cells[name] = FieldCell(field.label, editor, field.tooltip, place)
        for name, cell in cells.items():
            cell.editor.setObjectName(f"recipe {name}")
            cell.editor.installEventFilter(self)
        return cells

    def _make_group(self, group: Group) -> FieldGroup:
        cells = [self._cells[name] for name, field in FIELDS.items() if field.group is group]
        return FieldGroup(cells, GroupTitle(group.capitalize()))

    def _make_buttons(self) -> None:
        self._buttons = QWidget()
        self._load = _button("Load…", "load recipe", "Read a recipe from a JSON file")
        self._save = _button("Save…", "save recipe", "Write this recipe to a JSON file")
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        for button in (self._load, self._save):
            row.addWidget(button)
        row.addStretch()
        self._buttons.setFocusProxy(self._load)

    def _connect(self) -> None:
        self.preset.activated.connect(self._choose_preset)
        for name, editor in self._editors.items():
            editor.changed.connect(self._forget_replaced)
            if name == "variant":
                editor.changed.connect(self._choose_variant)
            elif isinstance(editor, ChoiceField):
                editor.changed.connect(self._choose)
            else:
                editor.changed.connect(self._look)
        self._load.clicked.connect(self._ask_what_to_load)
        self._save.clicked.connect(self._ask_where_to_save)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells what the field is about that the person has come to."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter):
            cell = next((c for c in self._cells.values() if c.editor is watched), None)
            if cell is not None:
                self.explained.emit(f"{cell.label.text()}: {cell.explanation}")
        return super().eventFilter(watched, event)

    def _fill(self, recipe: Recipe) -> None:
        for name in FIELDS:
            self._enter(name, getattr(recipe, name))
        self._look()

    def _offer_back(self, words: str, before: dict[str, Any]) -> None:
        self._before = before
        if words != self._replaced:
            self._replaced = words
            self.replaced_changed.emit()

    def _enter(self, name: str, value: Any) -> None:
        """Puts a value into a field; nobody is told yet."""
        editor = self._editors[name]
        with QSignalBlocker(editor):
            editor.value = value

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the fields, by their names, be it right or wrong."""
        return {name: editor.value for name, editor in self._editors.items()}

    @Slot()
    def _look(self) -> None:
        """Reads the form, says what is wrong beside it, and tells whoever listens."""
        values = self.values
        recipe = None
        try:
            recipe = for_the_window(Recipe(**values))
            self._error = None
        except RecipeError as error:
            self._error = error
        problems = self.problems
        for name in FIELDS:
            self._cells[name].show_problem(problems.get(name, ""))
        for group in self._groups.values():
            group.show_problems()
        sound = sound_among(values, FIELDS)
        self._allow_what_is_of_use(sound)
        share = float(str(sound.get("distorted_share", 1)))
        self._cells["distortions"].tell(distortions_text(values["distortions"], share))
        place = self.preset.findData((preset_of(recipe) if recipe else None) or OWN)
        self.preset.setCurrentIndex(place)
        if recipe != self._recipe:
            self._recipe = recipe
            if recipe is not None:
                self._notifier.clear(_WRONG)
                self._notifier.clear(_FILE)
            self.recipe_changed.emit(recipe)

    def _allow_what_is_of_use(self, sound: dict[str, object]) -> None:
        """Greys the others; one that must be mended can be."""
        for name, field in FIELDS.items():
            mendable = field.otherwise is not None and sound.get(name) != field.otherwise
            reason = "" if mendable else why_not(field.needs, sound, FIELDS)
            self._cells[name].allow(_LOCKED if self._locked else reason)
            editor = self._editors[name]
            for choice, need in field.choice_needs.items():
                if isinstance(editor, ChoiceField):
                    editor.refuse(choice, why_not([need], sound, FIELDS))

    @Slot()
    def _choose_preset(self) -> None:
        name = self.preset.currentData()
        if name == OWN:
            self._look()  # it is what stands there, or there is none
        else:
            self.choose(with_preset(name, self._mnist, PRESETS[name].device))

    @Slot()
    def _choose_variant(self) -> None:
        variant = self.values["variant"]
        twin = None if self._recipe is None else with_variant(self._recipe, variant)
        if twin is not None:
            self._fill(twin)
        else:  # some field is wrong, or is for the other network: it is left as it is
            self._enter("loss", LOSSES[variant][0])
            self._choose()

    @Slot()
    def _choose(self) -> None:
        """A choice was made: what is of no use with it goes back, where that is so declared."""
        sound = sound_among(self.values, FIELDS)
        for name, field in FIELDS.items():
            if unmet([need for need in field.needs if need.resets], sound, FIELDS):
                self._enter(name, field.otherwise)
        self._look()

    @Slot()
    def _forget_replaced(self) -> None:
        """The person goes on from what was chosen."""
        self._offer_back("", {})

    @Slot()
    def _ask_what_to_load(self) -> None:
        file = self._ask.open("Load a recipe", "Recipes (*.json)")
        if file is not None:
            self.load(file)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name = str(self.values["name"] or "recipe")
        file = self._ask.save("Save this recipe", name, {".json": "Recipes"})
        if file is not None:
            self.save(file)


def _preset_box() -> QComboBox:
    box = QComboBox()
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for name in (OWN, *WINDOW_PRESETS):
        box.addItem(name, name)
    return box


def _button(text: str, name: str, tooltip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setObjectName(name)
    set_tip(button, tooltip)
    return button
