"""The form of a recipe: presets, every field, what is wrong in words, load and save."""

import dataclasses
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from lenet_gui.data.distortion import PLANAR_AFFINE, Distortion
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.training import recipe_text as words
from lenet_gui.gui.training.data_choice import DataChoice
from lenet_gui.gui.training.field_grid import FieldCell, FieldGrid
from lenet_gui.gui.training.file_dialogs import ask_file, ask_target
from lenet_gui.gui.training.number_field import NumberField
from lenet_gui.gui.training.recipe_check import checked, preset_of, with_preset, with_variant
from lenet_gui.net.architecture import LOSSES, Loss, Variant
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import Device, Optimiser, Recipe

OWN = "own recipe"
"""What the list of presets shows when the recipe is none of them."""

_KINDS = "Recipes (*.json)"
_WRONG = "recipe that cannot be saved"  # a cause


class RecipeForm(QWidget):
    """Shows a recipe and lets it be changed.

    Signal: `recipe_changed(object)` with the Recipe, or None while a field is wrong.
    """

    recipe_changed = Signal(object)

    def __init__(self, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self.setObjectName("recipe form")
        self._recipe: Recipe | None = None
        self._locked = False
        self._data_for_later = ""
        self._base = PRESETS["original-quick"]
        self._make_editors()
        self._make_file_buttons()
        self._cells = self._make_cells()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.grid = FieldGrid(list(self._cells.values()))
        layout.addWidget(self.grid)
        self._connect()
        self.set_recipe(self._base)

    @property
    def recipe(self) -> Recipe | None:
        """The recipe as the form says it; None while a field is wrong."""
        return self._recipe

    @property
    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        return checked(self._base, self._values())[1]

    def cell(self, field: str) -> FieldCell:
        """The label, editor and problem of a recipe's field."""
        return self._cells[field]

    def set_recipe(self, recipe: Recipe) -> None:
        """Fills the form. What it has no field for (such as momentum) is kept from `recipe`."""
        self._base = recipe
        blockers = [QSignalBlocker(cell.editor) for cell in self._cells.values()]
        self.name.setText(recipe.name)
        self.name.setCursorPosition(0)  # its beginning is seen
        self.data.choose(recipe.data)
        for name, field in self._numbers.items():
            field.value = getattr(recipe, name)
        _fill(self.loss, LOSSES[recipe.variant], words.LOSSES)
        self._fill_distortions(recipe.distortions)
        for name, box in self._boxes.items():
            _select(box, getattr(recipe, name))
        del blockers
        self._look()

    def set_data_choice(self, data: str) -> None:
        """Chooses "mnist", "builtin" or a folder; while the form is locked, for afterwards."""
        if self._locked:
            self._data_for_later = data
            return
        self.data.choose(data)
        self._look()

    def set_locked(self, locked: bool) -> None:
        """While a training runs its recipe can be read and not changed."""
        for name in self._cells:
            if name != "file":  # it can be saved still
                self._allow(name, "A training is under way: its recipe stays." if locked else "")
        self._load.setEnabled(not locked)
        self._locked = locked
        if not locked:
            if self._data_for_later:
                self.data.choose(self._data_for_later)
                self._data_for_later = ""
            self._look()

    def load(self, file: Path) -> None:
        """Fills the form from a JSON file; what is wrong with it is told."""
        with self._notifier.reporting("recipe file"):
            try:
                content = file.read_bytes()
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

    def _make_editors(self) -> None:
        self.preset = _box({OWN: OWN, **{name: name for name in PRESETS}})
        self.name = QLineEdit()
        self.variant = _box({v: v.capitalize() for v in Variant})
        self.data = DataChoice()
        self.order = _box(words.ORDERS)
        self.optimiser = _box(words.OPTIMISERS)
        self.schedule = _box(words.SCHEDULES)
        self.loss = _box({})
        self.distortions = _box({})
        self.device = _box({d: str(d) for d in Device})
        self._boxes = {
            "variant": self.variant,
            "order": self.order,
            "optimiser": self.optimiser,
            "schedule": self.schedule,
            "loss": self.loss,
            "distortions": self.distortions,
            "device": self.device,
        }
        tens = tuple(float(base * 10**power) for power in range(5) for base in (1, 2, 5))
        rates = tuple(base * 10.0**power for power in range(-5, 1) for base in (1, 2, 5))
        self._numbers = {
            "training_digits": NumberField((1000, 2000, 5000, 10_000, 15_000, 30_000), "all"),
            "added_digits": NumberField((0, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000)),
            "rubbish": NumberField((0, 500, 1000, 2000, 5000, 10_000, 20_000)),
            "teachers_share": NumberField((0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)),
            "epochs": NumberField(tuple(float(n) for n in range(1, 101))),
            "batch_size": NumberField(tuple(2.0**power for power in range(11))),
            "learning_rate": NumberField(rates),
            "mu": NumberField((0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)),
            "j": NumberField((0, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)),
            "temperature": NumberField((0.5, 1, 2, 5, 10, 20)),
            "validation_share": NumberField((0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)),
            "seed": NumberField((0.0, *tens)),
        }

    def _make_cells(self) -> dict[str, FieldCell]:
        editors: dict[str, QWidget] = {
            "preset": self.preset,
            "name": self.name,
            "data": self.data,
            "file": self.file,
            **self._numbers,
            **self._boxes,
        }
        cells = {}
        for name, (label, tooltip) in words.FIELDS.items():
            editors[name].setObjectName(f"recipe {name}")
            cells[name] = FieldCell(label, editors[name], tooltip)
        return cells

    def _make_file_buttons(self) -> None:
        self.file = QWidget()
        self._load = self._button("Load...", "load recipe", "Read a recipe from a JSON file")
        self._save = self._button("Save...", "save recipe", "Write this recipe to a JSON file")
        row = QHBoxLayout(self.file)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT // 2)
        row.addWidget(self._load)
        row.addWidget(self._save)
        row.addStretch()
        self.file.setFocusProxy(self._load)

    def _button(self, text: str, name: str, tooltip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setObjectName(name)
        button.setToolTip(tooltip)
        return button

    def _connect(self) -> None:
        self.preset.activated.connect(self._choose_preset)
        self.variant.activated.connect(self._choose_variant)
        self.name.textChanged.connect(self._look)
        self.data.chosen.connect(self._look)
        for field in self._numbers.values():
            field.changed.connect(self._look)
        for box in self._boxes.values():
            if box not in (self.variant, self.loss):
                box.activated.connect(self._look)
        self.loss.activated.connect(self._choose_loss)
        self._load.clicked.connect(self._ask_what_to_load)
        self._save.clicked.connect(self._ask_where_to_save)

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = {name: f.value for name, f in self._numbers.items()}
        values |= {name: box.currentData() for name, box in self._boxes.items()}
        return values | {"name": self.name.text(), "data": self.data.data}

    @Slot()
    def _look(self) -> None:
        """Reads the form, says what is wrong beside it, and tells whoever listens."""
        recipe, problems = checked(self._base, self._values())
        for name, cell in self._cells.items():
            cell.show_problem(problems.get(name, ""))
        # What has no field of its own (warm-up longer than the epochs) is said at the epochs.
        elsewhere = [f"{name} {said}" for name, said in problems.items() if name not in self._cells]
        if elsewhere:
            self._cells["epochs"].show_problem("; ".join(elsewhere))
        modern = self.variant.currentData() == Variant.MODERN
        self._allow("j", words.NO_J if modern else "")
        # One that the loss has not can still be mended.
        means = self.loss.currentData() == Loss.MAP or self._numbers["temperature"].value != 1
        self._allow("temperature", "" if means else words.NO_TEMPERATURE)
        self._allow("mu", "" if self.optimiser.currentData() == Optimiser.SDLM else words.NO_MU)
        self._cells["distortions"].tell(
            words.distortions_told(self.distortions.currentData(), self._base)
        )
        _select(self.preset, (preset_of(recipe) if recipe else None) or OWN)
        if recipe is not None:
            self._notifier.clear(_WRONG)
        if recipe != self._recipe:
            self._recipe = recipe
            self.recipe_changed.emit(recipe)

    def _allow(self, name: str, reason: str) -> None:
        self._cells[name].allow(reason)

    @Slot()
    def _choose_preset(self) -> None:
        name = self.preset.currentData()
        if name != OWN:
            kept = dataclasses.replace(
                self._base, data=self.data.data, device=self.device.currentData()
            )
            self.set_recipe(with_preset(kept, name))

    @Slot()
    def _choose_variant(self) -> None:
        variant = self.variant.currentData()
        before = self._recipe
        if before is not None and (twin := with_variant(before, variant)) is not None:
            self.set_recipe(twin)
        else:  # some field is wrong, or is for the other network: it is left as it is
            _fill(self.loss, LOSSES[variant], words.LOSSES)
            self._choose_loss()

    @Slot()
    def _choose_loss(self) -> None:
        if self.loss.currentData() != Loss.MAP:  # which alone has a temperature
            with QSignalBlocker(self._numbers["temperature"]):
                self._numbers["temperature"].value = 1.0
        self._look()

    def _fill_distortions(self, chosen: Distortion | None) -> None:
        self.distortions.clear()
        choices = [None, PLANAR_AFFINE]
        for one in choices if chosen in choices else [*choices, chosen]:
            self.distortions.addItem(words.kind_of(one), one)

    @Slot()
    def _ask_what_to_load(self) -> None:
        ask_file(self, "Load a recipe", _KINDS).fileSelected.connect(self._load_chosen)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name = f"{self.name.text() or 'recipe'}.json"
        ask_target(self, "Save this recipe", _KINDS, name).fileSelected.connect(self._save_chosen)

    @Slot(str)
    def _load_chosen(self, file: str) -> None:
        self.load(Path(file))

    @Slot(str)
    def _save_chosen(self, file: str) -> None:
        self.save(Path(file))


def _box(items: Mapping[Any, str]) -> QComboBox:
    box = QComboBox()
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for value, text in items.items():
        box.addItem(text, value)
    return box


def _fill(box: QComboBox, values: Iterable[Loss], names: dict[Loss, str]) -> None:
    box.clear()
    for value in values:
        box.addItem(names[value], value)


def _select(box: QComboBox, value: object) -> None:
    """Selects by equality; Qt's own findData compares enumerations by identity."""
    found = [place for place in range(box.count()) if box.itemData(place) == value]
    box.setCurrentIndex(found[0] if found else -1)
