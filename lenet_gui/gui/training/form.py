"""The form of a recipe: presets, every field, what is wrong in words, load and save."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.theme import UNIT, group_title
from lenet_gui.gui.training.distortion_text import distortions_text
from lenet_gui.gui.training.editors import ChoiceField, Editor, PlaceField, editor_for
from lenet_gui.gui.training.field_grid import FieldCell, FieldGrid
from lenet_gui.guide.places import PRESETS as PRESETS_PLACE
from lenet_gui.guide.places import field_place
from lenet_gui.net.architecture import LOSSES, Architecture
from lenet_gui.safe_reading import read_ordinary
from lenet_gui.training.choices import LARGEST_RECIPE
from lenet_gui.training.described import Group, Vocabulary
from lenet_gui.training.presets import PRESETS, preset_of, with_preset, with_variant
from lenet_gui.training.problems import (
    Mention,
    Problem,
    RecipeError,
    sound_among,
    unmet,
    why_not,
)
from lenet_gui.training.recipe import FIELDS, Recipe

OWN = "own recipe"
"""What the list of presets shows when the recipe is none of them."""

_WRONG = "recipe that cannot be saved"  # a cause
_LOCKED = "A training is under way: its recipe stays."


class RecipeForm(QWidget):
    """Shows a recipe and lets it be changed; made from what is known of a recipe's fields.

    Fields that are seldom changed are shown on demand, under the headings of their groups, and
    where something is wrong with them.

    Signal: `recipe_changed(object)` with the Recipe, or None while a field is wrong.
    """

    recipe_changed = Signal(object)

    def __init__(self, ask: FileDialogs, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._notifier = notifier
        self.setObjectName("recipe form")
        self._recipe: Recipe | None = None
        self._error: RecipeError | None = None
        self._locked = False
        self._data_for_later = ""
        self.preset = _preset_box()
        self._editors = {name: editor_for(field, ask) for name, field in FIELDS.items()}
        self._make_buttons()
        self.all_fields = QToolButton()
        self.all_fields.setText("Show all")
        self.all_fields.setCheckable(True)
        self._cells = self._make_cells()
        self._headings = {group: group_title(group.capitalize()) for group in Group}
        self.grid = FieldGrid([*self._cells.values(), *self._headings.values()])
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

    def cell(self, field: str) -> FieldCell:
        """The label, editor and problem of a recipe's field."""
        return self._cells[field]

    def editor(self, field: str) -> Editor:
        """The editor of a recipe's field."""
        return self._editors[field]

    def set_recipe(self, recipe: Recipe) -> None:
        """Fills the form."""
        for name in FIELDS:
            self._enter(name, getattr(recipe, name))
        self._look()

    def set_data_choice(self, data: str) -> None:
        """Chooses "mnist", "builtin" or a folder; while the form is locked, for afterwards."""
        if self._locked:
            self._data_for_later = data
            return
        self._enter("data", data)
        self._look()

    def set_locked(self, locked: bool) -> None:
        """While a training runs its recipe can be read and not changed."""
        self._locked = locked
        self._cells["preset"].allow(_LOCKED if locked else "")
        self._load.setEnabled(not locked)
        if not locked and self._data_for_later:
            self._enter("data", self._data_for_later)
            self._data_for_later = ""
        self._look()

    def load(self, file: Path) -> None:
        """Fills the form from a JSON file; what is wrong with it is told."""
        with self._notifier.reporting("recipe file"):
            try:
                content = read_ordinary(file, LARGEST_RECIPE)
            except OSError as error:
                words = f"{file} could not be read ({error.strerror or error})."
                raise UserError(words) from error
            self.set_recipe(Recipe.from_json(content, f"The recipe {file}"))

    def save(self, file: Path) -> None:
        """Writes the recipe to a JSON file; trouble is told."""
        if self._recipe is None:
            self._notifier.fail(_WRONG, "The recipe is not saved: mend the marked fields first.")
            return
        with self._notifier.reporting("saving the recipe"):
            write_atomically(file, self._recipe.to_json().encode())

    def _make_cells(self) -> dict[str, FieldCell]:
        """In the order of the groups, the list of presets before them and the buttons after."""
        tip = "Recipes that come with the program"
        cells = {"preset": FieldCell("Recipe", self.preset, tip, PRESETS_PLACE)}
        for group in Group:
            for name, field in FIELDS.items():
                if field.group is group:
                    editor, place = self._editors[name], field_place(name)
                    cells[name] = FieldCell(field.label, editor, field.tooltip, place)
        cells["all fields"] = FieldCell(
            "Fields", self.all_fields, "Show every field, also the seldom"
        )
        cells["file"] = FieldCell("File", self._buttons, "The recipe as a JSON file")
        for name, cell in cells.items():
            cell.editor.setObjectName(f"recipe {name}")
        return cells

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
            if name == "variant":
                editor.changed.connect(self._choose_variant)
            elif isinstance(editor, ChoiceField):
                editor.changed.connect(self._choose)
            else:
                editor.changed.connect(self._look)
        self._load.clicked.connect(self._ask_what_to_load)
        self._save.clicked.connect(self._ask_where_to_save)
        self.all_fields.toggled.connect(self._show_cells)

    def _enter(self, name: str, value: Any) -> None:
        """Puts a value into a field; nobody is told yet."""
        editor = self._editors[name]
        with QSignalBlocker(editor):
            editor.value = value

    def _values(self) -> dict[str, Any]:
        return {name: editor.value for name, editor in self._editors.items()}

    @Slot()
    def _look(self) -> None:
        """Reads the form, says what is wrong beside it, and tells whoever listens."""
        values = self._values()
        recipe = None
        try:
            recipe = _for_the_window(Recipe(**values))
            self._error = None
        except RecipeError as error:
            self._error = error
        problems = self.problems
        for name in FIELDS:
            self._cells[name].show_problem(problems.get(name, ""))
        self._show_cells()
        sound = sound_among(values, FIELDS)
        self._allow_what_is_of_use(sound)
        share = float(str(sound.get("distorted_share", 1)))
        self._cells["distortions"].tell(distortions_text(values["distortions"], share))
        place = self.preset.findData((preset_of(recipe) if recipe else None) or OWN)
        self.preset.setCurrentIndex(place)
        if recipe != self._recipe:
            self._recipe = recipe
            self.recipe_changed.emit(recipe)

    @Slot()
    def _show_cells(self) -> None:
        shown: list[QWidget] = [self._cells["preset"]]
        for group in Group:
            if self.all_fields.isChecked():
                shown.append(self._headings[group])
            shown += [
                self._cells[name]
                for name, field in FIELDS.items()
                if field.group is group
                and (self.all_fields.isChecked() or not field.seldom or name in self.problems)
            ]
        self.grid.show_cells([*shown, self._cells["all fields"], self._cells["file"]])

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
        if name != OWN:
            values = self._values()
            self.set_recipe(with_preset(name, values["data"], values["device"]))

    @Slot()
    def _choose_variant(self) -> None:
        variant = self._values()["variant"]
        twin = None if self._recipe is None else with_variant(self._recipe, variant)
        if twin is not None:
            self.set_recipe(twin)
        else:  # some field is wrong, or is for the other network: it is left as it is
            self._enter("loss", LOSSES[variant][0])
            self._choose()

    @Slot()
    def _choose(self) -> None:
        """A choice was made: what is of no use with it goes back, where that is so declared."""
        sound = sound_among(self._values(), FIELDS)
        for name, field in FIELDS.items():
            if unmet([need for need in field.needs if need.resets], sound, FIELDS):
                self._enter(name, field.otherwise)
        self._look()

    @Slot()
    def _ask_what_to_load(self) -> None:
        file = self._ask.open("Load a recipe", "Recipes (*.json)")
        if file is not None:
            self.load(file)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name = str(self._values()["name"] or "recipe")
        file = self._ask.save("Save this recipe", name, {".json": "Recipes"})
        if file is not None:
            self.save(file)


def _preset_box() -> QComboBox:
    box = QComboBox()
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    own = (name for name, one in PRESETS.items() if one.architecture is Architecture.LENET5)
    for name in (OWN, *own):
        box.addItem(name, name)
    return box


def _for_the_window(recipe: Recipe) -> Recipe:
    """The recipe, if what it trains can be shown.

    Raises:
        RecipeError: it trains no LeNet-5.
    """
    if recipe.architecture is Architecture.LENET5:
        return recipe
    field = FIELDS["architecture"]
    named = Mention(field, recipe.architecture, alone=True)
    instead = Mention(field, Architecture.LENET5, alone=True)
    why = " in the window, which shows a LeNet-5 alone: take "
    raise RecipeError(
        [Problem(field, ("cannot be ", named, why, instead, ", or use lenet-gui train"))]
    )


def _button(text: str, name: str, tooltip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setObjectName(name)
    button.setToolTip(tooltip)
    return button
