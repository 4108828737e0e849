"""The recipe form through its own fields."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from lenet_gui.data.distortion import Distortion
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.training.recipe.editors import NumberField
from lenet_gui.gui.training.recipe.form import OWN, RecipeForm
from lenet_gui.gui.training.recipe.recipe_draft import RecipeDraft
from lenet_gui.training.described import Group
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.recipe import FIELDS, Recipe

NameFile = Callable[[Callable[[], object], Path | None], None]


@pytest.fixture
def draft(notifier: Notifier) -> RecipeDraft:
    return RecipeDraft(notifier)


@pytest.fixture
def form(qtbot: QtBot, draft: RecipeDraft, file_dialogs: FileDialogs) -> Iterator[RecipeForm]:
    """The form of the draft; at the end every field says what the draft has."""
    form = RecipeForm(draft, file_dialogs)
    qtbot.addWidget(form)
    form.resize(800, 200)
    with qtbot.waitExposed(form):
        form.show()
    yield form
    for name, value in draft.values.items():
        shown = form.editor(name).value
        assert shown == value or str(shown) == str(value), name  # a nan is not itself


def choose(box: QComboBox, text: str) -> None:
    """As the keyboard does: by the item's text."""
    index = box.findText(text)
    assert index >= 0, text
    box.setCurrentIndex(index)
    box.activated.emit(index)


def type_into(qtbot: QtBot, form: RecipeForm, field: str, text: str) -> None:
    editor = form.cell(field).editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text) if text else qtbot.keyClick(editor, Qt.Key.Key_Delete)


OF_THE_WINDOW = [name for name in PRESETS if name != "strong-teacher"]


def test_a_preset_fills_every_field(form: RecipeForm, draft: RecipeDraft) -> None:
    for name in OF_THE_WINDOW:
        choose(form.preset, name)
        assert draft.recipe == PRESETS[name]
        assert form.preset.currentText() == name
        assert draft.problems == {}


def test_a_strong_teacher_is_for_the_command_line(
    form: RecipeForm, draft: RecipeDraft, tmp_path: Path
) -> None:
    """The window shows a LeNet-5, also while it trains."""
    assert [form.preset.itemText(n) for n in range(form.preset.count())] == [OWN, *OF_THE_WINDOW]
    file = tmp_path / "strong.json"
    file.write_text(PRESETS["strong-teacher"].to_json())
    draft.load(file)
    assert draft.recipe is None
    assert form.preset.currentText() == OWN
    assert form.cell("architecture").isVisible()
    assert form.cell("architecture").problem == (
        'cannot be "strong teacher" in the window, which shows only a LeNet-5: choose "LeNet-5", '
        "or use lenet-gui train"
    )
    choose(form.editor("architecture"), "LeNet-5")
    assert draft.recipe == PRESETS["strong-teacher"].with_changes(architecture="lenet-5")


def test_a_change_makes_it_an_own_recipe(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(draft.recipe_changed) as changed:
        type_into(qtbot, form, "seed", "7")
    assert changed.args[0] == PRESETS["original-quick"].with_changes(seed=7)
    assert form.preset.currentText() == OWN
    type_into(qtbot, form, "seed", f"{PRESETS['original-quick'].seed}")
    assert form.preset.currentText() == "original-quick"


def test_the_other_network_takes_its_own_loss_and_preset(
    form: RecipeForm, draft: RecipeDraft
) -> None:
    choose(form.editor("variant"), "Modern")
    assert draft.recipe == PRESETS["modern-quick"]
    assert not form.cell("j").editor.isEnabled()
    assert form.cell("j").editor.toolTip() == (
        'Has no effect with the network "Modern", whose losses have\nnone.'
    )
    assert not form.cell("temperature").editor.isEnabled()
    choose(form.editor("loss"), "cross-entropy, rubbish class")
    assert draft.recipe is not None
    assert draft.recipe.loss == "cross-entropy-rubbish"
    choose(form.preset, "modern-quick")
    choose(form.editor("variant"), "Original")
    assert draft.recipe == PRESETS["original-quick"]
    assert form.cell("j").editor.isEnabled()
    assert form.cell("temperature").editor.isEnabled()
    choose(form.editor("loss"), "distance, Eq. 8")
    assert not form.cell("temperature").editor.isEnabled()
    assert draft.recipe.loss == "distance"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("epochs", "0", "must be a whole number from 1 to 10000, not 0"),
        ("epochs", "many", "must be a whole number from 1 to 10000, not 'many'"),
        ("epochs", "", "must be a whole number from 1 to 10000, not ''"),
        ("batch_size", "-64", "must be a whole number from 1 to 65536, not -64"),
        ("training_digits", "1.5", "must be a whole number from 1 to 10000000, or all, not 1.5"),
        ("learning_rate", "0", "must be a number above 0 and at most 100, not 0"),
        ("learning_rate", "nan", "must be a number above 0 and at most 100, not nan"),
        ("j", "-1", "must be a number from 0 to 100, not -1"),
        ("validation_share", "0.9", "must be a number from 0 to 0.5, not 0.9"),
        ("seed", "-3", "must be a whole number from 0 to 2147483647, not -3"),
        ("name", "", "must be printable text of 1 to 60 characters, not ''"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot, field: str, text: str, words: str
) -> None:
    type_into(qtbot, form, field, text)
    assert draft.recipe is None
    assert list(draft.problems) == [field]
    assert form.cell(field).problem.startswith(words)
    assert form.cell(field).sign.text() == "!"
    assert form.cell(field).editor.accessibleDescription().startswith(words)
    beside = form.title(FIELDS[field].group).problem.text()
    assert beside.startswith(f"! {FIELDS[field].label} {words}")
    others = [name for name in ("epochs", "seed", "j") if name != field]
    assert not any(form.cell(name).sign.text() for name in others)
    elsewhere = [form.title(group) for group in Group if group is not FIELDS[field].group]
    assert not any(title.problem.text() for title in elsewhere)


def test_two_wrong_fields_are_both_said(form: RecipeForm, draft: RecipeDraft, qtbot: QtBot) -> None:
    type_into(qtbot, form, "epochs", "0; 1")
    type_into(qtbot, form, "seed", "x")
    assert set(draft.problems) == {"epochs", "seed"}
    assert draft.problems["epochs"].endswith("not '0; 1'")
    type_into(qtbot, form, "epochs", "2")
    assert not form.cell("epochs").problem
    assert form.cell("seed").problem


def test_an_error_moves_nothing(form: RecipeForm, draft: RecipeDraft, qtbot: QtBot) -> None:
    def places() -> list[QRect]:
        return [form.cell(name).geometry() for name in FIELDS]

    before = places()
    for field, wrong in (("epochs", "0"), ("seed", "x"), ("name", ""), ("added_digits", "-1")):
        type_into(qtbot, form, field, wrong)
    assert len(draft.problems) == 4
    assert places() == before


def test_a_problem_with_another_field_is_said_in_the_words_of_the_form(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot
) -> None:
    draft.set_recipe(Recipe(epochs=5, warm_up=4))
    type_into(qtbot, form, "epochs", "2")
    assert draft.recipe is None
    assert form.cell("warm_up").problem == "(4) is longer than Epochs (2)"
    assert draft.trouble == "The recipe cannot be used: Warm-up (4) is longer than Epochs (2)."
    type_into(qtbot, form, "epochs", "5")
    assert form.cell("warm_up").problem == ""


def test_every_field_of_a_recipe_is_in_the_form(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot
) -> None:
    for name, field in FIELDS.items():
        cell = form.cell(name)
        assert cell.isVisible()
        assert cell.label.text() == cell.editor.accessibleName() == field.label
        assert cell.label.toolTip()
        assert cell.y() > form.title(field.group).y()
    assert "from 0 to 10000 epochs" in form.cell("warm_up").editor.toolTip()
    assert "a whole number from 1 to 65536 digits" in form.cell("batch_size").editor.toolTip()
    titles = sorted((form.title(group) for group in Group), key=lambda title: title.y())
    assert [title.title.text() for title in titles] == [
        "Data",
        "Network and loss",
        "Optimiser",
        "Distortions and additions",
        "Teachers",
        "Run",
    ]
    type_into(qtbot, form, "momentum", "0.5")
    choose(form.editor("initial_weights"), "2.4/F, the paper's")
    assert draft.recipe == PRESETS["original-quick"].with_changes(
        initial_weights="paper", momentum=0.9
    )
    choose(form.editor("optimiser"), "SGD, momentum")
    type_into(qtbot, form, "momentum", "0.5")
    assert draft.recipe is not None
    assert draft.recipe.momentum == 0.5


def test_a_number_shows_its_unit_and_a_field_is_explained_where_one_is(
    form: RecipeForm, qtbot: QtBot
) -> None:
    units = {
        name: [label.text() for label in form.editor(name).findChildren(QLabel)]
        for name in ("batch_size", "warm_up", "rubbish", "learning_rate")
    }
    assert units == {
        "batch_size": ["digits"],
        "warm_up": ["epochs"],
        "rubbish": ["pictures"],
        "learning_rate": [],
    }
    with qtbot.waitSignal(form.explained) as explained:
        qtbot.mouseMove(form.cell("epochs").editor)
        form.cell("batch_size").editor.setFocus()
    assert explained.args[0].startswith(("Batch size: Digits per update", "Epochs: Passes"))


def test_scrolling_past_a_field_does_not_change_it(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot
) -> None:
    def turned(name: str) -> bool:
        """Turns the wheel over a field, and tells whether the field has taken it."""
        editor = form.cell(name).editor
        place = editor.rect().center()
        wheel = QWheelEvent(
            QPointF(place),
            QPointF(editor.mapToGlobal(place)),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(editor, wheel)
        return wheel.isAccepted()

    before = draft.recipe
    for name in ("variant", "data", "training_digits"):
        assert not turned(name)  # what is not taken scrolls the form
    assert draft.recipe == before
    form.cell("epochs").editor.setFocus()
    qtbot.waitUntil(form.cell("epochs").editor.hasFocus)
    assert turned("epochs")
    assert draft.recipe != before


def test_a_choice_that_does_not_go_with_another_is_greyed_and_says_why(form: RecipeForm) -> None:
    choose(form.editor("variant"), "Modern")
    box = form.editor("optimiser")
    item = box.model().item(box.findText("SDLM, the paper's"))
    assert not item.isEnabled()
    assert item.toolTip().startswith('Has no effect with the network "Modern", which has no RBF')
    choose(form.editor("variant"), "Original")
    assert item.isEnabled()
    assert not item.toolTip()
    losses = form.editor("loss")
    assert [losses.model().item(n).isEnabled() for n in range(4)] == [True, True, False, False]


def test_an_unpaired_recipe_survives_a_change_of_network_while_a_field_is_wrong(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot
) -> None:
    type_into(qtbot, form, "epochs", "0")
    choose(form.editor("variant"), "Modern")
    assert list(draft.problems) == ["epochs"]
    type_into(qtbot, form, "epochs", "9")
    assert draft.recipe is not None
    assert (draft.recipe.variant, draft.recipe.loss) == ("modern", "cross-entropy")


def test_saved_and_loaded_recipes_are_the_same(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot, tmp_path: Path, name_file: NameFile
) -> None:
    mine = Recipe(
        name="mine",
        variant="modern",
        loss="cross-entropy",
        data="builtin",
        training_digits=500,
        validation_share=0.2,
        momentum=0.5,
        learning_rate=0.00015,
        seed=11,
    )
    draft.set_recipe(mine)

    def press(button: str) -> Callable[[], None]:
        return lambda: qtbot.mouseClick(form.findChild(object, button), Qt.MouseButton.LeftButton)

    name_file(press("save recipe"), tmp_path / "a recipe")
    file = tmp_path / "a recipe.json"
    assert Recipe.from_json(file.read_text()) == mine
    draft.set_recipe(PRESETS["paper-1998"])
    name_file(press("load recipe"), file)
    assert draft.recipe == mine
    assert form.editor("data").currentText() == "built-in digits"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"epochs": 3,\n name: 4}', "is not valid JSON (wrong at line 2, column 2): correct it"),
        (json.dumps({"epochs": -1, "colour": 3}), "colour is not a field of a recipe"),
        (json.dumps({"epochs": -1}), "Epochs must be a whole number"),
        (json.dumps({"batch_size": 0}), "Batch size must be a whole number"),
        (None, "could not be read"),
    ],
)
def test_a_recipe_that_cannot_be_loaded_is_told_and_changes_nothing(
    form: RecipeForm,
    draft: RecipeDraft,
    notifier: Notifier,
    qtbot: QtBot,
    tmp_path: Path,
    content: str | None,
    words: str,
) -> None:
    file = tmp_path / "r.json"
    if content is not None:
        file.write_text(content)
    before = draft.recipe
    with qtbot.waitSignal(notifier.failed) as failed:
        draft.load(file)
    assert words in failed.args[0]
    assert "r.json" in failed.args[0]
    assert draft.recipe == before


def test_a_recipe_that_cannot_be_saved_is_told(
    form: RecipeForm, draft: RecipeDraft, notifier: Notifier, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(notifier.failed) as failed:
        draft.save(tmp_path)
    assert failed.args[0].startswith(f"{tmp_path} ")
    type_into(qtbot, form, "epochs", "0")
    with qtbot.waitSignal(notifier.failed) as failed:
        draft.save(tmp_path / "r.json")
    assert "correct the marked fields" in failed.args[0]
    assert not (tmp_path / "r.json").exists()
    assert "correct the marked fields" in notifier.error("recipe that cannot be saved")
    type_into(qtbot, form, "epochs", "3")
    assert notifier.error("recipe that cannot be saved") == ""


def test_data_are_chosen_by_name_and_by_folder(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot, tmp_path: Path, name_file: NameFile
) -> None:
    choose(form.editor("data"), "built-in digits")
    assert draft.recipe is not None
    assert draft.recipe.data == "builtin"
    with qtbot.waitSignal(form.editor("data").changed):
        name_file(lambda: choose(form.editor("data"), "a folder…"), tmp_path)
    assert draft.recipe.data == str(tmp_path)
    name_file(lambda: choose(form.editor("data"), "a folder…"), None)
    assert draft.recipe.data == str(tmp_path)


@pytest.mark.parametrize(
    ("ranges", "kind", "told"),
    [
        ({}, "planar affine", "larger or smaller by up to 12 %"),
        ({"translation": 3.0}, "affine, own ranges", "moved by up to 3 pixels"),
        ({"elastic": 1.5}, "affine, elastic, strokes", "warped by 1.5 pixels"),
        ({"stroke": 0.5}, "affine, elastic, strokes", "strokes 0.5 pixels thicker or thinner"),
    ],
)
def test_ranges_of_distortions_are_kept_and_told(
    form: RecipeForm, draft: RecipeDraft, ranges: dict[str, float], kind: str, told: str
) -> None:
    own = Recipe.from_json({"distortions": ranges, "distorted_share": 0.9})
    draft.set_recipe(own)
    assert form.editor("distortions").currentText() == kind
    assert draft.recipe == own
    assert form.editor("distortions").toolTip().startswith("90 % of the digits")
    assert told in form.editor("distortions").toolTip().replace("\n", " ")
    choose(form.editor("distortions"), "none")
    assert draft.recipe == own.with_changes(distortions=None)
    assert form.editor("distortions").toolTip() == "The digits are not distorted"
    choose(form.editor("distortions"), kind)
    assert draft.recipe == own


def test_nothing_of_a_loaded_recipe_is_lost(form: RecipeForm, draft: RecipeDraft) -> None:
    everything = Recipe(
        name="everything",
        data="builtin",
        transpose="yes",
        training_digits=700,
        added_digits=1234,
        rubbish=321,
        teachers_share=0.4,
        teachers="/some/folder",
        validation_share=0.15,
        epochs=7,
        batch_size=3,
        optimiser="sgd",
        learning_rate=0.000123456789,
        schedule="paper",
        warm_up=1.5,
        momentum=0.3,
        mu=0.07,
        curvature_digits=77,
        first_epoch_measures=3,
        weight_decay=0.001,
        averaging=0.5,
        loss="map",
        j=1.5,
        temperature=2.5,
        initial_weights="paper",
        order="constant",
        distortions=Distortion(elastic=2.0, rotation=4.0, stroke=0.25),
        distorted_share=0.6,
        seed=5,
        device="cpu",
    )
    default = Recipe()
    fields = {field.name for field in dataclasses.fields(Recipe)}
    same = {name for name in fields if getattr(default, name) == getattr(everything, name)}
    assert same == {"variant", "architecture", "loss"}  # or this test would say little
    draft.set_recipe(everything)
    assert draft.recipe == everything
    choose(form.editor("order"), "fresh each epoch")
    choose(form.editor("order"), "constant, the paper's")
    assert draft.recipe == everything


def test_a_loss_without_temperature_takes_it_away(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot
) -> None:
    draft.set_recipe(PRESETS["original-best-plain"])
    choose(form.editor("loss"), "distance, Eq. 8")
    assert draft.recipe == PRESETS["original-best-plain"].with_changes(
        loss="distance", temperature=1
    )
    choose(form.editor("optimiser"), "SDLM, the paper's")
    assert draft.problems == {}
    draft.set_recipe(Recipe(temperature=3))
    choose(form.editor("optimiser"), "SDLM, the paper's")
    assert 'must be 1 with the optimiser "SDLM, the paper\'s"' in draft.problems["temperature"]
    assert form.cell("temperature").editor.isEnabled()
    draft.set_recipe(Recipe(temperature=3))
    choose(form.editor("variant"), "Modern")
    assert draft.recipe == Recipe(name="modern", variant="modern", loss="cross-entropy")
    draft.set_recipe(Recipe(temperature=3))
    type_into(qtbot, form, "temperature", "4")
    assert draft.recipe == Recipe(temperature=4)


def test_the_papers_recipe_can_be_put_together_by_hand(
    form: RecipeForm, draft: RecipeDraft, qtbot: QtBot
) -> None:
    draft.set_recipe(Recipe())
    assert not form.cell("mu").editor.isEnabled()
    assert form.cell("mu").editor.toolTip() == (
        'Has no effect with the optimiser "Adam", which has none.'
    )
    choose(form.editor("optimiser"), "SDLM, the paper's")
    choose(form.editor("schedule"), "paper")
    choose(form.editor("order"), "constant, the paper's")
    for field, text in {
        "mu": "0.03",
        "batch_size": "1",
        "added_digits": "2,000",
        "rubbish": "500",
    }.items():
        type_into(qtbot, form, field, text)
    assert draft.recipe == Recipe(
        optimiser="sdlm",
        schedule="paper",
        order="constant",
        mu=0.03,
        batch_size=1,
        added_digits=2000,
        rubbish=500,
    )
    type_into(qtbot, form, "mu", "0")
    assert form.cell("mu").problem.startswith("must be a number above 0")


def test_sdlm_for_the_modern_network_is_refused_at_its_field(
    form: RecipeForm, draft: RecipeDraft
) -> None:
    choose(form.preset, "paper-1998")
    choose(form.editor("variant"), "Modern")
    assert draft.recipe is None
    assert list(draft.problems) == ["optimiser"]
    assert form.cell("optimiser").problem == (
        'cannot be "SDLM, the paper\'s" with the network "Modern", which has no RBF output to '
        'measure it on: choose "Adam" or "SGD, momentum"'
    )
    choose(form.editor("optimiser"), "Adam")
    assert draft.recipe is not None
    assert (draft.recipe.variant, draft.recipe.loss) == ("modern", "cross-entropy")
    choose(form.editor("optimiser"), "SDLM, the paper's")
    choose(form.editor("variant"), "Original")
    assert draft.recipe == PRESETS["paper-1998"]


def test_rubbish_goes_with_losses_that_have_a_class_for_it(
    form: RecipeForm, draft: RecipeDraft
) -> None:
    draft.set_recipe(Recipe(name="mine", rubbish=100))
    choose(form.editor("loss"), "distance, Eq. 8")
    assert form.cell("rubbish").problem == (
        'must be 0 with the loss "distance, Eq. 8", which has no rubbish class, not 100 '
        '(or choose "MAP, Eq. 9" or "cross-entropy, rubbish class")'
    )
    choose(form.editor("loss"), "MAP, Eq. 9")
    choose(form.editor("variant"), "Modern")
    assert draft.recipe is not None
    assert (draft.recipe.loss, draft.recipe.rubbish) == ("cross-entropy-rubbish", 100)
    choose(form.editor("loss"), "cross-entropy")
    assert list(draft.problems) == ["rubbish"]
    choose(form.editor("loss"), "cross-entropy, rubbish class")
    choose(form.editor("variant"), "Original")
    assert draft.recipe == Recipe(name="mine", rubbish=100)


def test_fields_flow_into_columns_and_scroll_rather_than_clip(
    form: RecipeForm, qtbot: QtBot
) -> None:
    for columns in (4, 3, 2, 1):
        form.resize(form.grid.width_for(columns), 800)
        qtbot.waitUntil(lambda columns=columns: form.grid.columns == columns)
        assert all(form.cell(name).isVisible() for name in FIELDS)
        bar = form.grid.verticalScrollBar().sizeHint().width()
        qtbot.waitUntil(lambda bar=bar: _right_edge(form) <= form.grid.width() - bar)
    qtbot.waitUntil(lambda: form.grid.verticalScrollBar().maximum() > 0)
    form.resize(2250, 900)
    qtbot.waitUntil(lambda: form.grid.verticalScrollBar().maximum() == 0)


def test_arrows_go_through_usual_values(form: RecipeForm, draft: RecipeDraft, qtbot: QtBot) -> None:
    rate = form.cell("learning_rate").editor
    assert isinstance(rate, NumberField)
    draft.set_recipe(Recipe(learning_rate=0.005))
    rate.setFocus()
    assert rate.value == 0.005
    qtbot.keyClick(rate, Qt.Key.Key_Up)
    assert rate.value == 0.01
    qtbot.keyClick(rate, Qt.Key.Key_Down)
    qtbot.keyClick(rate, Qt.Key.Key_Down)
    assert rate.value == 0.002
    digits = form.cell("training_digits").editor
    assert isinstance(digits, NumberField)
    assert digits.value is None
    digits.setFocus()
    qtbot.keyClick(digits, Qt.Key.Key_Up)
    assert digits.value == 1000
    assert draft.recipe is not None
    assert draft.recipe.training_digits == 1000
    qtbot.keyClick(digits, Qt.Key.Key_Down)
    assert digits.value == 1000


def test_a_locked_form_stays_as_it_is_and_takes_other_data_afterwards(
    form: RecipeForm, draft: RecipeDraft, tmp_path: Path
) -> None:
    before = draft.recipe
    draft.set_locked(True)
    draft.use_builtin()
    assert draft.recipe == before
    assert not any(
        form.cell(name).editor.isEnabled() for name in ("j", "temperature", "seed", "data")
    )
    draft.set_locked(False)
    assert before is not None
    assert draft.recipe == before.with_changes(data="builtin")
    assert form.cell("j").editor.isEnabled()


def test_the_columns_that_are_left_take_the_whole_width(form: RecipeForm, qtbot: QtBot) -> None:
    form.resize(form.grid.width_for(3), 300)
    qtbot.waitUntil(lambda: form.grid.columns == 3)
    form.resize(form.grid.width_for(3) - 1, 300)
    qtbot.waitUntil(lambda: form.grid.columns == 2)
    bar = form.grid.verticalScrollBar().width()
    qtbot.waitUntil(lambda: _right_edge(form) >= form.grid.width() - bar - 4 * UNIT)


def test_the_usual_choices_are_read_whole_where_the_columns_are_narrowest(
    form: RecipeForm, qtbot: QtBot
) -> None:
    form.resize(form.grid.width_for(3), 300)
    qtbot.waitUntil(lambda: form.grid.columns == 3)
    for field in ("variant", "optimiser", "schedule", "data", "device"):
        editor = form.editor(field)
        assert isinstance(editor, QComboBox)
        widest = max(editor.fontMetrics().horizontalAdvance(text) for text in _texts(editor))
        assert editor.width() > widest + editor.height()  # the arrow has its place


def _right_edge(form: RecipeForm) -> int:
    editors = [form.cell(name).editor for name in FIELDS]
    return max(e.mapTo(form.grid, e.rect().bottomRight()).x() for e in editors)


def _texts(box: QComboBox) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]
