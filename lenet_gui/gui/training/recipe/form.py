"""The form of a recipe: presets, every field, errors in words, load and save."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.training.recipe.distortion_text import distortions_text
from lenet_gui.gui.training.recipe.editors import ChoiceField, Editor, editor_for
from lenet_gui.gui.training.recipe.field_grid import FieldCell, FieldGrid, FieldGroup, GroupTitle
from lenet_gui.gui.training.recipe.recipe_draft import RecipeDraft
from lenet_gui.gui.training.recipe.window_recipes import WINDOW_PRESETS
from lenet_gui.guide.places import PRESETS as PRESETS_PLACE
from lenet_gui.guide.places import field_place
from lenet_gui.training.described import Group
from lenet_gui.training.presets import preset_of
from lenet_gui.training.problems import sound_among, why_not
from lenet_gui.training.recipe import FIELDS

OWN = "custom recipe"
"""What the list of presets shows when the recipe is none of them."""

_LOCKED = "A training run is in progress: its recipe cannot be changed."


class RecipeForm(QWidget):
    """Shows every field of a recipe, in groups, and lets it be changed.

    Made from what is known of a recipe's fields.

    Signal: `explained(str)` what is wrong with the field that the user is at, and what it is about.

    Args:
        draft: owns the recipe.
        ask: the window's file dialogs.
        parent: Qt's.
    """

    explained = Signal(str)

    def __init__(self, draft: RecipeDraft, ask: FileDialogs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._ask = ask
        self._at: FieldCell | None = None
        self.setObjectName("recipe form")
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
        for name in FIELDS:
            self._show_value(name)
        self._show_state()
        self._connect()

    def cell(self, field: str) -> FieldCell:
        """The label and editor of a recipe's field, and its error."""
        return self._cells[field]

    def title(self, group: Group) -> GroupTitle:
        """The title over the fields of a group."""
        title = self._groups[group].title
        assert title is not None  # noqa: S101 - all but the first have one
        return title

    def editor(self, field: str) -> Editor:
        """The editor of a recipe's field."""
        return self._editors[field]

    def show_trouble(self) -> None:
        """Goes to the first field that is wrong."""
        wrong = next(iter(self._draft.problems), "")
        if wrong:
            cell = self._cells[wrong]
            self.grid.ensureWidgetVisible(cell)
            cell.editor.setFocus()

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
        for editor in self._editors.values():
            editor.changed.connect(self._take_value)
        self._load.clicked.connect(self._ask_what_to_load)
        self._save.clicked.connect(self._ask_where_to_save)
        self._draft.entered.connect(self._show_value)
        self._draft.checked.connect(self._show_state)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells what the field is about that the person has come to."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter):
            cell = next((c for c in self._cells.values() if c.editor is watched), None)
            if cell is not None:
                self._at = cell
                self._explain()
        return super().eventFilter(watched, event)

    def _explain(self) -> None:
        if self._at is not None:
            name = self._at.label.text()
            wrong = f"{name} {self._at.problem}. " if self._at.problem else ""
            self.explained.emit(f"{wrong}{name}: {self._at.explanation}")

    @Slot()
    def _take_value(self) -> None:
        """The person has changed a field."""
        changed = self.sender()
        name = next(name for name, editor in self._editors.items() if editor is changed)
        self._draft.set_by_hand(name, self._editors[name].value)

    @Slot(str)
    def _show_value(self, name: str) -> None:
        editor = self._editors[name]
        with QSignalBlocker(editor):
            editor.value = self._draft.values[name]

    @Slot()
    def _show_state(self) -> None:
        """Says beside each field what is wrong with it, and greys what is of no use."""
        values, problems = self._draft.values, self._draft.problems
        for name in FIELDS:
            self._cells[name].show_problem(problems.get(name, ""))
        for group in self._groups.values():
            group.show_problems()
        self._explain()
        sound = sound_among(values, FIELDS)
        self._allow_what_is_of_use(sound)
        share = float(str(sound.get("distorted_share", 1)))
        self._cells["distortions"].tell(distortions_text(values["distortions"], share))
        self._show_preset()

    @Slot()
    def _show_preset(self) -> None:
        recipe = self._draft.recipe
        place = self.preset.findData((preset_of(recipe) if recipe else None) or OWN)
        self.preset.setCurrentIndex(place)

    def _allow_what_is_of_use(self, sound: dict[str, object]) -> None:
        """Greys the others; one that must be corrected stays enabled."""
        locked = _LOCKED if self._draft.is_locked else ""
        self._cells["preset"].allow(locked)
        self._load.setEnabled(not locked)
        for name, field in FIELDS.items():
            mendable = field.otherwise is not None and sound.get(name) != field.otherwise
            reason = "" if mendable else why_not(field.needs, sound, FIELDS)
            self._cells[name].allow(locked or reason)
            editor = self._editors[name]
            for choice, need in field.choice_needs.items():
                if isinstance(editor, ChoiceField):
                    editor.refuse(choice, why_not([need], sound, FIELDS))

    @Slot()
    def _choose_preset(self) -> None:
        name = self.preset.currentData()
        if name == OWN:
            self._show_preset()  # it is what stands there, or there is none
        else:
            self._draft.choose_preset(name)

    @Slot()
    def _ask_what_to_load(self) -> None:
        file = self._ask.open("Load a recipe", "Recipes (*.json)")
        if file is not None:
            self._draft.load(file)

    @Slot()
    def _ask_where_to_save(self) -> None:
        name = str(self._draft.values["name"] or "recipe")
        file = self._ask.save("Save this recipe", name, {".json": "Recipes"})
        if file is not None:
            self._draft.save(file)


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
