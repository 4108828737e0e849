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
from lenet_gui.gui.theme import UNIT
from lenet_gui.gui.training.data_choice import DataChoice
from lenet_gui.gui.training.field_grid import FieldCell, FieldGrid
from lenet_gui.gui.training.file_dialogs import ask_file, ask_target
from lenet_gui.gui.training.number_field import NumberField
from lenet_gui.gui.training.recipe_check import checked, preset_of, with_preset, with_variant
from lenet_gui.net.architecture import LOSSES, Loss, Variant
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import Device, Optimiser, Recipe, Schedule

OWN = "own recipe"
"""What the list of presets shows when the recipe is none of them."""

_LOSS_NAMES = {
    Loss.MAP: "MAP, Eq. 9",
    Loss.DISTANCE: "distance, Eq. 8",
    Loss.CROSS_ENTROPY: "cross-entropy",
}
_KINDS = "Recipes (*.json)"


class RecipeForm(QWidget):
    """Shows a recipe and lets it be changed.

    Signals: `recipe_changed(object)` with the Recipe, or None while a field is wrong;
    `failed(str)` for the message bar.
    """

    recipe_changed = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recipe form")
        self._recipe: Recipe | None = None
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
        _select(self.variant, recipe.variant)
        self.data.choose(recipe.data)
        for name, field in self._numbers.items():
            field.value = getattr(recipe, name)
        _fill(self.loss, LOSSES[recipe.variant], _LOSS_NAMES)
        for box, value in (
            (self.optimiser, recipe.optimiser),
            (self.schedule, recipe.schedule),
            (self.loss, recipe.loss),
            (self.device, recipe.device),
        ):
            _select(box, value)
        self._fill_distortions(recipe.distortions)
        del blockers
        self._look()

    def set_data_choice(self, data: str) -> None:
        """Chooses "mnist", "builtin" or a folder."""
        self.data.choose(data)
        self._look()

    def set_locked(self, locked: bool) -> None:
        """While a training runs its recipe can be read and not changed."""
        for name in self._cells:
            if name != "file":  # it can be saved still
                self._allow(name, "A training is under way: its recipe stays." if locked else "")
        self._load.setEnabled(not locked)
        if not locked:
            self._look()

    def load(self, file: Path) -> None:
        """Fills the form from a JSON file; what is wrong with it is told by `failed`."""
        try:
            self.set_recipe(Recipe.from_json(file.read_bytes(), f"The recipe {file}"))
        except OSError as error:
            self.failed.emit(f"{file} could not be read ({error.strerror or error}).")
        except UserError as error:
            self.failed.emit(str(error))

    def save(self, file: Path) -> None:
        """Writes the recipe to a JSON file; trouble is told by `failed`."""
        if self._recipe is None:
            self.failed.emit("The recipe is not saved: mend the marked fields first.")
            return
        try:
            write_atomically(file, self._recipe.to_json().encode())
        except UserError as error:
            self.failed.emit(str(error))

    def _make_editors(self) -> None:
        self.preset = _box({OWN: OWN, **{name: name for name in PRESETS}})
        self.name = QLineEdit()
        self.variant = _box({v: v.capitalize() for v in Variant})
        self.data = DataChoice()
        self.optimiser = _box({Optimiser.ADAM: "Adam", Optimiser.SGD: "SGD, momentum"})
        self.schedule = _box({s: str(s) for s in Schedule})
        self.loss = _box({})
        self.distortions = _box({})
        self.device = _box({d: str(d) for d in Device})
        tens = tuple(float(base * 10**power) for power in range(5) for base in (1, 2, 5))
        rates = tuple(base * 10.0**power for power in range(-5, 1) for base in (1, 2, 5))
        self._numbers = {
            "training_digits": NumberField((1000, 2000, 5000, 10_000, 15_000, 30_000), "all"),
            "epochs": NumberField(tuple(float(n) for n in range(1, 101))),
            "batch_size": NumberField(tuple(2.0**power for power in range(11))),
            "learning_rate": NumberField(rates),
            "j": NumberField((0, 0.1, 0.2, 0.5, 1, 2, 5, 10)),
            "validation_share": NumberField((0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)),
            "seed": NumberField((0.0, *tens)),
        }

    def _make_cells(self) -> dict[str, FieldCell]:
        number = self._numbers
        ranges = "+-1.5 pixels, sizes and squeezes within 12 %, shear within +-0.25"
        told: dict[str, tuple[str, QWidget, str]] = {
            "preset": ("Recipe", self.preset, "Recipes that come with the program"),
            "name": ("Name", self.name, "What the run is called in lists and plots"),
            "variant": ("Network", self.variant, "The paper's network, or its modern form"),
            "data": ("Data", self.data, "Where the training and test digits come from"),
            "training_digits": (
                "Digits",
                number["training_digits"],
                "Only the first so many training digits; empty for all of them",
            ),
            "validation_share": (
                "Validation",
                number["validation_share"],
                "Share of the training digits that is kept apart to measure on, 0 to 0.5",
            ),
            "epochs": ("Epochs", number["epochs"], "Passes over the training digits"),
            "batch_size": ("Batch size", number["batch_size"], "Digits per update"),
            "optimiser": ("Optimiser", self.optimiser, "What turns gradients into updates"),
            "learning_rate": ("Rate", number["learning_rate"], "Learning rate at its highest"),
            "schedule": (
                "Schedule",
                self.schedule,
                "How the rate goes over the epochs: it stays, or falls to 0 like a cosine",
            ),
            "loss": ("Loss", self.loss, "What training minimises"),
            "j": ("j", number["j"], "The constant of the rubbish class in Eq. 9, 0 or more"),
            "distortions": (
                "Distortions",
                self.distortions,
                f"Each digit anew in each epoch: {ranges} (the paper gives no ranges)",
            ),
            "seed": (
                "Seed",
                number["seed"],
                "Of initial weights, order and distortions: the same seed, the same training",
            ),
            "device": ("Device", self.device, "auto takes a CUDA card where there is one"),
        }
        told["file"] = ("File", self.file, "The recipe as a JSON file")
        cells = {}
        for name, (label, editor, tooltip) in told.items():
            editor.setObjectName(f"recipe {name}")
            cells[name] = FieldCell(label, editor, tooltip)
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
        for box in (self.optimiser, self.schedule, self.loss, self.distortions, self.device):
            box.activated.connect(self._look)
        self._load.clicked.connect(self._ask_what_to_load)
        self._save.clicked.connect(self._ask_where_to_save)

    def _values(self) -> dict[str, object]:
        values: dict[str, object] = {name: f.value for name, f in self._numbers.items()}
        for name, box in (
            ("variant", self.variant),
            ("optimiser", self.optimiser),
            ("schedule", self.schedule),
            ("loss", self.loss),
            ("distortions", self.distortions),
            ("device", self.device),
        ):
            values[name] = box.currentData()
        return values | {"name": self.name.text(), "data": self.data.data}

    @Slot()
    def _look(self) -> None:
        """Reads the form, says what is wrong beside it, and tells whoever listens."""
        recipe, problems = checked(self._base, self._values())
        for name, cell in self._cells.items():
            cell.show_problem(problems.get(name, ""))
        # What has no field of its own (warm-up longer than the epochs) is said at the epochs.
        elsewhere = [
            f"{name} {words}" for name, words in problems.items() if name not in self._cells
        ]
        if elsewhere:
            self._cells["epochs"].show_problem("; ".join(elsewhere))
        modern = self.variant.currentData() == Variant.MODERN
        self._allow(
            "j", "The Modern network has no rubbish class, so there is no j." if modern else ""
        )
        self._allow("loss", "The Modern network has this loss alone." if modern else "")
        _select(self.preset, (preset_of(recipe) if recipe else None) or OWN)
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
        if before is not None:
            self.set_recipe(with_variant(before, variant))
        else:  # some field is wrong: it is left as it is
            _fill(self.loss, LOSSES[variant], _LOSS_NAMES)
            self._look()

    def _fill_distortions(self, chosen: Distortion | None) -> None:
        self.distortions.clear()
        self.distortions.addItem("none", None)
        self.distortions.addItem("planar affine", PLANAR_AFFINE)
        if chosen not in (None, PLANAR_AFFINE):
            self.distortions.addItem("affine, own ranges", chosen)
        _select(self.distortions, chosen)

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
