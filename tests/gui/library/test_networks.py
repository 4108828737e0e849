"""The network in use: switched, loaded, adopted, saved; a bad file changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from pytestqt.qtbot import QtBot

from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.torch_loading import TorchLoader
from lenet_gui.gui.library.networks import Networks
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weight_arrays import parameter_shapes
from lenet_gui.net.weights_file import load_weights, save_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.training.recipe import Recipe
from tests.support.run_events import started


@pytest.fixture
def networks(qtbot: QtBot, notifier: Notifier) -> Networks:
    return Networks(notifier)


class LateTorch(TorchLoader):
    """Says that torch is still to come."""

    is_there = False

    @property
    def is_loaded(self) -> bool:
        return self.is_there

    def arrive(self) -> None:
        """Says that it is there."""
        self.is_there = True
        self.loaded.emit()


@pytest.mark.parametrize(
    ("choose", "variant", "origin"),
    [
        (Networks.use_paper, Variant.ORIGINAL, "shipped weights, paper-1998"),
        (Networks.use_shipped, Variant.MODERN, "shipped weights"),
    ],
)
def test_shipped_weights_that_are_chosen_before_torch_is_there_answer_at_once(
    notifier: Notifier,
    qtbot: QtBot,
    tmp_path: Path,
    choose: Callable[[Networks], None],
    variant: Variant,
    origin: str,
) -> None:
    torch_to_come = LateTorch()
    networks = Networks(notifier, torch_to_come)
    path = tmp_path / "mine.safetensors"
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(5)), path, {})
    assert networks.load(path)
    with qtbot.waitSignal(networks.awaited) as told, qtbot.assertNotEmitted(networks.changed):
        choose(networks)
    (known,) = told.args
    assert (known.variant, known.origin) == (variant, origin)
    assert known.arrays.keys() == parameter_shapes(variant).keys()
    torch_to_come.arrive()
    assert networks.current is not None
    assert (networks.current.variant, networks.current.origin) == (variant, origin)


@pytest.mark.parametrize("variant", Variant)
def test_the_shipped_weights_are_there_from_the_start(
    networks: Networks, notifier: Notifier, variant: Variant, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(notifier.failed), qtbot.waitSignal(networks.changed):
        networks.switch(variant)
    assert networks.current is not None
    assert networks.current.variant is variant
    assert networks.current.origin == "shipped weights"
    assert networks.current.test_accuracy is not None
    assert networks.current.test_accuracy > 0.98


def test_what_was_loaded_is_remembered_by_variant(
    networks: Networks, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.safetensors"
    save_weights(build(Variant.MODERN, torch.Generator().manual_seed(5)), path, {"j": "0.5"})
    networks.switch(Variant.ORIGINAL)
    assert networks.load(path)
    assert networks.current is not None
    assert (networks.current.variant, networks.current.origin) == (
        Variant.MODERN,
        "mine.safetensors",
    )
    networks.switch(Variant.ORIGINAL)
    assert networks.current.origin == "shipped weights"
    networks.switch(Variant.MODERN)
    assert networks.current.origin == "mine.safetensors"
    networks.use_shipped()
    assert networks.current.origin == "shipped weights"


def test_a_bad_file_leaves_the_running_network(
    networks: Networks, notifier: Notifier, tmp_path: Path, qtbot: QtBot
) -> None:
    networks.switch(Variant.ORIGINAL)
    before = networks.current
    bad = tmp_path / "bad.safetensors"
    bad.write_bytes(b"no weights")
    with qtbot.waitSignal(notifier.failed) as told, qtbot.assertNotEmitted(networks.changed):
        assert not networks.load(bad)
    assert str(bad) in told.args[0]
    assert networks.current is before


@pytest.mark.parametrize("shipped_first", [True, False])
def test_a_shipped_file_that_is_opened_is_called_by_its_name(
    networks: Networks, shipped_first: bool
) -> None:
    path = shipped_weights(Variant.MODERN)
    if shipped_first:
        assert networks.shipped(Variant.MODERN).origin == "shipped weights"
    assert networks.open(path).origin == path.name
    assert networks.shipped(Variant.MODERN).origin == "shipped weights"


def test_saving_writes_what_is_in_use(
    networks: Networks, notifier: Notifier, tmp_path: Path, qtbot: QtBot
) -> None:
    target = tmp_path / "saved.safetensors"
    assert not networks.save(target)
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(9))
    networks.adopt(network, {"test_accuracy": "0.5", "j": "0.2"}, "run 1")
    assert networks.current is not None
    assert networks.current.file == ""
    assert networks.save(target)
    loaded = load_weights(target, Variant.ORIGINAL)
    assert torch.equal(loaded.network.F6.weight, network.F6.weight)
    assert loaded.facts["test_accuracy"] == "0.5"
    with qtbot.waitSignal(notifier.failed):
        assert not networks.save(target / "below-a-file.safetensors")


def test_the_network_of_a_stopped_run_is_named_by_what_was_tested(
    networks: Networks, tmp_path: Path
) -> None:
    """Alike where it is adopted, where it is only shown, and where its file is read."""
    run = tmp_path / "mine 0001"
    run.mkdir()
    (run / "log.jsonl").touch()
    networks.switch(Variant.ORIGINAL)
    tested, stopped = {"epochs": "7", "test_accuracy": "0.9"}, {"stopped_in_epoch": "8"}
    for facts, origin in (
        (tested, "mine 0001"),
        (tested | stopped, "mine 0001, epoch 7"),
        ({"epochs": "0"} | stopped, "mine 0001, stopped in epoch 8, not tested"),
        ({"epochs": "2"}, "mine 0001, not tested"),  # it failed in the middle of the third
    ):
        network = build(Variant.MODERN, torch.Generator().manual_seed(5))
        networks.show_trained(network, facts, run)
        assert networks.shown is not None
        assert networks.shown.origin == f"{origin}, shown for now"
        networks.adopt_trained(network, facts, run)
        assert networks.shown.origin == origin
        assert networks.save(run / "weights.safetensors")
        networks.switch(Variant.ORIGINAL)
        assert networks.load(run / "weights.safetensors")
        assert networks.shown.origin == origin
        assert networks.shown.summary.endswith(networks.shown.test_error or origin)
        networks.rename_run(run, run.rename(tmp_path / "mine 0002"))
        assert networks.shown.origin == origin.replace("0001", "0002")
        (tmp_path / "mine 0002").rename(run)


def test_a_followed_network_is_calibrated_by_its_recipe(networks: Networks, qtbot: QtBot) -> None:
    networks.switch(Variant.ORIGINAL)
    recipe = Recipe(name="mine", j=50, temperature=10)
    with qtbot.waitSignal(networks.shown_changed) as shown:
        networks.follow(build(Variant.ORIGINAL), replace(started(), recipe=recipe))
    assert shown.args[0].calibration == Calibration(50.0, temperature=10.0)
    assert shown.args[0].summary.endswith("mine, in training")
    with qtbot.waitSignal(networks.shown_changed) as shown:
        networks.leave_followed()
    assert shown.args[0] is networks.current
