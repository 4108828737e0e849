"""A strong teacher is trained as a LeNet-5 is, and a LeNet-5 learns from it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import DigitSets
from lenet_gui.data.input_range import in_range
from lenet_gui.errors import UserError
from lenet_gui.explore.run_reader import read_run
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.losses import loss_function, posterior
from lenet_gui.net.network import Network
from lenet_gui.net.strong_teacher import StrongTeacher
from lenet_gui.net.weights_file import load_any_weights, save_weights
from lenet_gui.training.batches import Batch, Batches
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.cuda_graph import GraphedUpdate
from lenet_gui.training.ending import RunFiles, network_of_end, train_and_keep
from lenet_gui.training.events import Event, Finished, Started, StepStatistics, Stopped
from lenet_gui.training.fresh_network import fresh_network
from lenet_gui.training.gradients import gradients_of
from lenet_gui.training.metrics import evaluate
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.teachers import teachers_of
from lenet_gui.training.trainer import train
from tests.support.pretended_graph import pretended_graphs

TrainAll = Callable[..., list[Event]]
CPU = torch.device("cpu")
pytestmark = pytest.mark.usefixtures("narrow_teacher")


@pytest.fixture
def strong(recipe: Recipe) -> Recipe:
    """The small recipe for a strong teacher."""
    return recipe.with_changes(
        architecture="strong-teacher", loss="cross-entropy-rubbish", learning_rate=0.01
    )


def test_it_learns_and_is_evaluated_by_its_running_statistics(
    strong: Recipe, sets: DigitSets, train_all: TrainAll
) -> None:
    started, *_, ended = train_all(strong.with_changes(epochs=5))
    assert isinstance(started, Started)
    assert isinstance(ended, Finished)
    network = network_of_end(ended)
    assert isinstance(network, StrongTeacher)
    trained = [p.numel() for p in fresh_network(strong).parameters() if p.requires_grad]
    assert started.parameters == sum(trained)
    assert ended.test.accuracy > 0.8
    again = evaluate(network, sets.test, loss_function(strong.loss))
    assert again.score == ended.test
    assert ended.facts["architecture"] == "strong-teacher"


@pytest.mark.parametrize(
    "changes", [{}, {"averaging": 0.9}, {"optimiser": "sgd"}], ids=["adam", "averaged", "sgd"]
)
def test_resumed_it_ends_bit_for_bit_the_same(
    changes: dict[str, object],
    strong: Recipe,
    sets: DigitSets,
    train_all: TrainAll,
    tmp_path: Path,
) -> None:
    recipe = strong.with_changes(epochs=2, training_digits=96, **changes)
    whole = train_all(recipe)[-1]
    control, file, last = Control(), tmp_path / "checkpoint", None
    for event in train(recipe, sets, file, control, publish_every_s=0):
        last = event
        if isinstance(event, StepStatistics) and event.epoch == 2:
            control.stop()
    assert isinstance(last, Stopped)
    assert "layers.8.variance" in load_checkpoint(file).weights
    ended = train_all(recipe, file, resume=file)[-1]
    assert isinstance(ended, Finished)
    assert isinstance(whole, Finished)
    assert all(np.array_equal(whole.weights[name], ended.weights[name]) for name in whole.weights)


def test_the_checkpoint_of_a_lenet5_is_of_another_recipe(
    strong: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoint"
    lenet5 = strong.with_changes(architecture="lenet-5", epochs=1)
    train_all(lenet5, file)
    with pytest.raises(UserError, match=r"architecture \(lenet-5 there, strong-teacher here\)"):
        train_all(strong, file, resume=file)


@pytest.fixture
def committee(strong: Recipe, tmp_path: Path) -> Path:
    """A strong teacher and an Original."""
    folder = tmp_path / "committee"
    folder.mkdir()
    facts = {"loss": "cross-entropy-rubbish"}
    save_weights(fresh_network(strong), folder / "a.safetensors", facts)
    save_weights(build(Variant.ORIGINAL), folder / "b.safetensors", {"loss": "map"})
    return folder


@pytest.mark.parametrize("student", Variant)
def test_it_says_what_it_takes_a_students_pictures_for(
    student: Variant, strong: Recipe, sets: DigitSets, committee: Path
) -> None:
    loss = "map" if student is Variant.ORIGINAL else "cross-entropy-rubbish"
    recipe = strong.with_changes(
        architecture="lenet-5",
        variant=student,
        loss=loss,
        teachers=str(committee),
        teachers_share=0.5,
    )
    teachers = teachers_of(recipe, CPU)
    assert teachers is not None
    assert teachers.fingerprint.startswith("2-")
    heard = list(teachers.heard(Batches(sets.training, recipe, CPU).epoch(2), 2))
    network = load_any_weights(committee / "a.safetensors").network
    for batch in heard[::2]:
        seen = in_range(batch.inputs, INPUT_RANGE[student], INPUT_RANGE[Variant.MODERN])
        digits, rubbish = posterior(-network(seen).output, 0)
        torch.testing.assert_close(batch.soft_target, torch.cat((digits, rubbish[:, None]), 1))


def test_a_student_learns_from_it_what_wrong_labels_do_not_say(
    strong: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    files = RunFiles.beside(tmp_path / "teachers" / "t.safetensors")
    list(train_and_keep(strong, sets, files, Control()))
    student = strong.with_changes(
        architecture="lenet-5",
        learning_rate=0.002,
        epochs=15,
        teachers=str(tmp_path / "teachers"),
        teachers_share=0.9,
    )
    training = sets.training
    wrong = type(training)(training.images, (training.labels + 1) % 10, "wrong labels")
    *_, ended = train(student, DigitSets(wrong, sets.test), None, Control())
    assert isinstance(ended, Finished)
    assert ended.test.accuracy > 0.5
    assert "architecture" not in ended.facts


def test_its_epochs_and_its_checkpoint_cannot_be_looked_back_on(
    strong: Recipe, sets: DigitSets, tmp_path: Path
) -> None:
    files = RunFiles.in_folder(tmp_path)
    list(train_and_keep(strong.with_changes(epochs=1), sets, files, Control()))
    sentence = "contains a strong teacher, a network of nine layers for LeNet-5"
    with pytest.raises(UserError, match=f"epoch-0000.safetensors {sentence}"):
        read_run(tmp_path)
    for file in files.epochs.iterdir():
        file.unlink()
    with pytest.raises(UserError, match=f"checkpoint.safetensors {sentence}"):
        read_run(tmp_path)


def updated(recipe: Recipe, sets: DigitSets, device: torch.device, *, recorded: bool) -> Network:
    """A fresh network after an epoch, made step by step or played back."""
    network = fresh_network(recipe).to(device)
    optimiser = make_optimiser(recipe, network.parameters())
    gradients = gradients_of(network, recipe)

    def plain(batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        told = gradients(batch)
        optimiser.step()
        return told

    update = GraphedUpdate(plain, recipe.batch_size)
    for batch in Batches(sets.training, recipe, device).epoch(1):
        (update if recorded else plain)(batch)
    assert update.is_recorded == recorded
    return network


def test_a_pretended_graph_plays_back_its_updates_and_their_statistics(
    strong: Recipe, sets: DigitSets
) -> None:
    wanted = updated(strong, sets, CPU, recorded=False)
    with pretended_graphs():
        found = updated(strong, sets, CPU, recorded=True)
    for (name, one), other in zip(found.named_parameters(), wanted.parameters(), strict=True):
        assert torch.equal(one, other), name


needs_cuda = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="this torch finds no CUDA device to train on"
)


@needs_cuda
def test_recorded_on_a_card_its_updates_are_those_made_step_by_step(
    strong: Recipe, sets: DigitSets
) -> None:
    cuda = torch.device("cuda")
    wanted = updated(strong.with_changes(device="cuda"), sets, cuda, recorded=False)
    found = updated(strong.with_changes(device="cuda"), sets, cuda, recorded=True)
    for (name, one), other in zip(found.named_parameters(), wanted.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-2, atol=1e-3, msg=name)


@needs_cuda
def test_it_learns_on_a_card_and_resumed_ends_with_the_same_weights(
    strong: Recipe, sets: DigitSets, train_all: TrainAll, tmp_path: Path
) -> None:
    recipe = strong.with_changes(device="cuda")
    whole = train_all(recipe)[-1]
    assert isinstance(whole, Finished)
    assert whole.test.accuracy > 0.5
    control, file = Control(), tmp_path / "checkpoint"
    for event in train(recipe, sets, file, control, publish_every_s=0):
        if isinstance(event, StepStatistics) and event.epoch == 2:
            control.stop()
    ended = train_all(recipe, file, resume=file)[-1]
    assert isinstance(ended, Finished)
    for name, values in whole.weights.items():
        np.testing.assert_array_equal(values, ended.weights[name])
