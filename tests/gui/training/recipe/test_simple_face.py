"""Three choices and Start; every setting behind a switch; nothing set by hand goes unsaid."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.training.panel import TrainingPanel
from lenet_gui.gui.training.recipe.form import OWN
from lenet_gui.net.architecture import Variant
from lenet_gui.training.presets import PRESETS
from lenet_gui.training.ready_made import Effort
from lenet_gui.training.recipe import BUILTIN, Recipe

WAIT_MS = 100_000
Click = Callable[[Any, str], None]
NameFile = Callable[[Callable[[], object], Path | None], None]


@pytest.fixture
def panel(make_panel: Callable[..., TrainingPanel], small_folder: Path) -> TrainingPanel:
    """A panel as it begins, with MNIST in a folder."""
    panel = make_panel()
    panel.set_data_choice(ChosenData(str(small_folder)))
    return panel


def choose(box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def chosen(panel: TrainingPanel) -> tuple[list[str], list[str]]:
    """The networks and the efforts that are marked."""
    face = panel.panes.recipe.face
    return (
        [name for name, card in face.networks.items() if card.isChecked()],
        [name for name, card in face.efforts.items() if card.isChecked()],
    )


def test_it_begins_with_three_choices(panel: TrainingPanel) -> None:
    assert panel.panes.recipe.face.isVisible()
    assert not panel.panes.recipe.form.isVisible()
    assert chosen(panel) == ([Variant.ORIGINAL], [Effort.QUICK])
    assert panel.panes.recipe.start.isEnabled()


def test_the_choices_make_the_recipe(
    panel: TrainingPanel, click: Click, small_folder: Path
) -> None:
    folder = str(small_folder)
    click(panel, "effort best")
    assert panel.recipe == PRESETS["original-best"].with_changes(data=folder)
    click(panel, "network modern")
    assert panel.recipe == PRESETS["modern-best"].with_changes(data=folder)
    click(panel, "effort thorough")
    assert panel.recipe == PRESETS["modern-seed"].with_changes(data=folder)
    choose(panel.panes.recipe.face.data, "built-in digits")
    assert panel.recipe == PRESETS["modern-seed"].with_changes(data="builtin")
    assert "20,000 digits" in panel.panes.recipe.face.digits.text()
    assert chosen(panel) == ([Variant.MODERN], [Effort.THOROUGH])
    assert panel.panes.recipe.form.preset.currentText() == "modern-seed"
    assert panel.draft.replaced == ""  # nothing was set by hand


def test_the_choices_are_made_by_keys(panel: TrainingPanel, qtbot: QtBot) -> None:
    card = panel.panes.recipe.face.efforts[Effort.QUICK]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Right)
    qtbot.keyClick(panel.panes.recipe.face.efforts[Effort.THOROUGH], Qt.Key.Key_Space)
    assert panel.recipe is not None
    assert panel.recipe.name == "original-best-plain"


def test_the_switch_shows_every_setting_and_both_show_the_same(
    panel: TrainingPanel, qtbot: QtBot, click: Click
) -> None:
    assert panel.findChild(QWidget, "recipe form") is None  # made when it is first wanted
    click(panel, "all settings")
    assert panel.findChild(QWidget, "recipe form") is panel.panes.recipe.form
    assert panel.panes.recipe.form.isVisible()
    assert not panel.panes.recipe.face.isVisible()
    editor = panel.panes.recipe.form.editor("seed")
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "7")
    assert chosen(panel) == ([Variant.ORIGINAL], [])
    assert panel.panes.recipe.face.about.text().startswith("custom recipe: original-quick")
    click(panel, "all settings")
    assert panel.panes.recipe.face.isVisible()
    click(panel, "effort quick")
    assert panel.recipe == PRESETS["original-quick"].with_changes(data=panel.draft.data)
    assert panel.panes.recipe.notice.text() == "Replaced: Seed 7."


def test_an_own_recipe_is_called_so_and_keeps_its_own_when_the_network_changes(
    panel: TrainingPanel, click: Click
) -> None:
    panel.draft.set_recipe(Recipe(name="original mine", epochs=7, data=panel.draft.data))
    assert chosen(panel) == ([Variant.ORIGINAL], [])
    assert panel.panes.recipe.face.about.text() == "custom recipe: original mine"
    click(panel, "network original")
    click(panel, "network modern")
    assert chosen(panel) == ([Variant.MODERN], [])
    assert panel.recipe is not None
    assert (panel.recipe.name, panel.recipe.epochs) == ("modern mine", 7)


def test_what_a_preset_replaces_is_said_and_brought_back(
    panel: TrainingPanel, qtbot: QtBot, click: Click
) -> None:
    notice, undo = panel.panes.recipe.notice, panel.panes.recipe.undo
    mine = PRESETS["original-quick"].with_changes(
        data="builtin", batch_size=32, seed=5, device="cpu"
    )
    panel.draft.set_recipe(mine)
    click(panel, "all settings")
    assert not undo.isVisible()
    choose(panel.panes.recipe.form.preset, "modern-best")
    assert panel.recipe == PRESETS["modern-best"].with_changes(data=panel.draft.data)
    assert notice.text() == ("Replaced: Data built-in digits, Batch size 32, Seed 5, Device cpu.")
    click(panel, "undo preset")
    assert panel.recipe == mine
    assert not undo.isVisible()
    assert "Replaced" not in notice.text()
    assert panel.panes.recipe.form.preset.currentText() == OWN

    own = Recipe(name="mine", data="builtin")
    panel.draft.set_recipe(own)
    panel.panes.recipe.form.cell("epochs").editor.value = "many"  # brought back as well
    choose(panel.panes.recipe.form.preset, "paper-1998")
    assert notice.text() == "Replaced: the recipe mine."
    click(panel, "undo preset")
    assert panel.draft.values["epochs"] == "many"
    panel.panes.recipe.form.cell("epochs").editor.value = 20
    assert panel.recipe == own
    choose(panel.panes.recipe.form.preset, "paper-1998")
    choose(panel.panes.recipe.form.editor("schedule"), "cosine")  # on from there
    assert not undo.isVisible()


def test_a_field_that_is_wrong_is_mentioned_among_the_three_choices(panel: TrainingPanel) -> None:
    panel.panes.recipe.form.cell("epochs").editor.value = 0
    assert chosen(panel) == ([Variant.ORIGINAL], [])
    assert panel.panes.recipe.face.about.text() == (
        "custom recipe: original-quick, with an invalid field: see all settings"
    )


def test_while_it_trains_the_choices_can_be_read_alone(
    panel: TrainingPanel, qtbot: QtBot, click: Click, small_recipe: Recipe
) -> None:
    panel.draft.set_recipe(small_recipe.with_changes(epochs=10_000))
    with qtbot.waitSignal(panel.running_changed, timeout=WAIT_MS):
        click(panel, "start this training")
    cards = [*panel.panes.recipe.face.networks.values(), *panel.panes.recipe.face.efforts.values()]
    assert not any(card.isEnabled() for card in cards)
    assert not panel.panes.recipe.start.isEnabled()
    with qtbot.waitSignal(panel.running_changed, timeout=WAIT_MS):
        click(panel, "stop training")
    qtbot.waitUntil(lambda: all(card.isEnabled() for card in cards))


def test_times_and_errors_are_those_of_trials_earlier_runs_and_shipped_results(
    panel: TrainingPanel, qtbot: QtBot, click: Click, small_recipe: Recipe
) -> None:
    quick = panel.panes.recipe.face.efforts[Effort.QUICK]
    qtbot.waitUntil(lambda: quick.lines == ("time not yet known", "MNIST error 1.10 %"))
    small = small_recipe.with_changes(name="tiny", data=BUILTIN, training_digits=40)
    panel.draft.set_recipe(small)
    panel.expectations.torch_came()
    tried = "The time was estimated by a short trial on this machine."
    qtbot.waitUntil(lambda: tried in quick.toolTip(), timeout=WAIT_MS)
    assert quick.lines[0].startswith("about ")
    tip = " ".join(quick.toolTip().split())
    assert "of it are for generating the digits, once after each start." in tip
    known = panel.expectations.of(small)
    assert known.seconds is not None
    assert 0 < known.writing < known.seconds
    qtbot.waitUntil(lambda: ", about " in panel.panes.recipe.face.about.text(), timeout=WAIT_MS)
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel, "start training")
    # The run that was just made tells of its like.
    qtbot.waitUntil(
        lambda: "built-in error" in panel.panes.recipe.face.about.text(), timeout=WAIT_MS
    )
    told = panel.panes.recipe.face.about.text()
    assert re.match(r"custom recipe: tiny, about \d+ (s|min), built-in error \d", told), told
    assert panel.expectations.of(small).writing == 0  # it has them now
    assert panel.expectations.of(small.with_changes(training_digits=50)).writing > 0


def test_a_start_ends_a_trial(
    panel: TrainingPanel, qtbot: QtBot, click: Click, small_recipe: Recipe
) -> None:
    assert panel.controller.try_out(PRESETS["original-best"])
    heard: list[object] = []
    panel.controller.tried.connect(lambda recipe, _: heard.append(recipe))
    panel.draft.set_recipe(small_recipe)
    with qtbot.waitSignal(
        panel.running_changed, timeout=WAIT_MS, check_params_cb=lambda running: not running
    ):
        click(panel, "start training")
    assert heard == []
    assert panel.ending.isVisible()


def test_without_mnist_it_begins_with_built_in_digits_and_offers_the_download(
    make_panel: Callable[..., TrainingPanel],
    mirror: Callable[..., Any],
    qtbot: QtBot,
    click: Click,
) -> None:
    panel = make_panel(mirror().address)
    qtbot.waitUntil(lambda: panel.recipe is not None and panel.recipe.data == "builtin")
    assert chosen(panel) == ([Variant.ORIGINAL], [Effort.QUICK])
    choose(panel.panes.recipe.face.data, "MNIST")
    told = panel.panes.recipe.face.digits.text()
    assert told.startswith("MNIST is not on this machine: download it")
    choose(panel.panes.recipe.face.data, "built-in digits")
    with qtbot.waitSignal(panel.mnist_downloaded, timeout=WAIT_MS):
        click(panel, "download digits")
    qtbot.waitUntil(lambda: panel.recipe is not None and panel.recipe.data == "mnist")
    assert not panel.is_running  # nobody has asked for a training run
    download = panel.findChild(QToolButton, "download digits")
    assert download is not None
    qtbot.waitUntil(lambda: not download.isVisible())


def test_other_digits_after_a_download_alone_that_failed_begin_no_training(
    make_panel: Callable[..., TrainingPanel], mirror: Callable[..., Any], qtbot: QtBot, click: Click
) -> None:
    panel = make_panel(mirror(lambda handler, _: handler.send_error(404)).address)
    qtbot.waitUntil(lambda: panel.recipe is not None and panel.recipe.data == "builtin")
    with qtbot.waitSignal(panel.notifier.failed, timeout=WAIT_MS):
        click(panel, "download digits")
    qtbot.waitUntil(panel.commands.start.isEnabled)
    click(panel, "use built-in digits")
    assert not panel.is_running
    assert not panel.offer.isVisible()
    assert panel.notifier.error("download") == ""
