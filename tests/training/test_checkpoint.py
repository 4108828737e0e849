"""Checkpoints: a run taken up again ends as if nothing had happened; bad files are named."""

import json
import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.distortion import Distortion
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.training.checkpoint import fingerprint, load_checkpoint, save_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.events import (
    EpochEnded,
    Event,
    Failed,
    Finished,
    Started,
    StepStatistics,
    Stopped,
    Weights,
)
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.trainer import train

TrainAll = Callable[..., list[Event]]


@pytest.fixture(scope="session")
def recipe(recipe: Recipe) -> Recipe:
    """As many steps as elsewhere, of fewer digits: here it does not matter what is learned."""
    return recipe.with_changes(training_digits=120, batch_size=12)


@pytest.fixture(scope="module")
def trained(recipe: Recipe, sets: DigitSets, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The checkpoint of a run of two epochs, made once."""
    file = tmp_path_factory.mktemp("run") / "checkpoint.safetensors"
    list(train(recipe.with_changes(epochs=2), sets, file, Control()))
    return file.read_bytes()


@pytest.fixture
def kept(trained: bytes, tmp_path: Path) -> Path:
    """A file of this test alone with that checkpoint."""
    file = tmp_path / "run" / "checkpoint.safetensors"
    file.parent.mkdir()
    file.write_bytes(trained)
    return file


def same(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[k], other[k]) for k in one)


def figures(events: list[Event]) -> list[tuple]:
    return [
        (e.epoch, e.step, e.train, e.test, e.on_the_fly_loss, e.confusion, e.learning_rate)
        for e in events
        if isinstance(e, EpochEnded)
    ]


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize(
    "changes",
    [
        {"optimiser": "adam", "schedule": "cosine", "warm_up": 1.5},
        {"optimiser": "sgd", "learning_rate": 0.001},
        {"optimiser": "sgd", "momentum": 0, "weight_decay": 0.001},
    ],
)
def test_a_run_stopped_within_an_epoch_and_resumed_ends_bit_for_bit_the_same(
    variant: Variant,
    changes: dict,
    recipe: Recipe,
    train_all: TrainAll,
    sets: DigitSets,
    tmp_path: Path,
) -> None:
    recipe = recipe.with_changes(
        variant=variant, distortions=Distortion(), validation_share=0.1, **changes
    )
    whole = train_all(recipe)
    control, file, before = Control(), tmp_path / "checkpoint", []
    for event in train(recipe, sets, file, control, publish_every_s=0):
        before.append(event)
        if isinstance(event, StepStatistics) and event.epoch == 2 and event.step_in_epoch == 4:
            control.stop()
    assert isinstance(before[-1], Stopped)
    after = train_all(recipe, file, resume=file)
    assert isinstance(after[0], Started)
    assert after[0].resumed_from_epoch == 1
    assert figures(list(after[0].history)) == figures(whole)[:1] == figures(before)
    assert figures(after) == figures(whole)[1:]
    assert isinstance(after[-1], Finished)
    assert same(after[-1].weights, whole[-1].weights)
    assert after[-1].test == whole[-1].test


def test_a_finished_run_resumed_is_finished_at_once(
    kept: Path, recipe: Recipe, train_all: TrainAll
) -> None:
    events = train_all(recipe.with_changes(epochs=2), kept, resume=kept)
    assert [type(event).__name__ for event in events] == ["Started", "Finished"]
    assert events[1].test == events[0].history[-1].test


def test_a_run_can_go_on_for_more_epochs_under_another_name(
    kept: Path, recipe: Recipe, train_all: TrainAll
) -> None:
    longer = recipe.with_changes(name="longer", epochs=3, device="auto")
    events = train_all(longer, None, resume=kept)
    assert figures(events) == figures(train_all(recipe))[2:]
    assert events[-1].checkpoint == kept


def test_a_run_can_go_on_with_a_smaller_rate_and_says_so(
    kept: Path, recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    second = tmp_path / "second"
    slower = recipe.with_changes(learning_rate=0.0005, epochs=3)
    events = train_all(slower, second, resume=kept)
    told = ("learning_rate 0.002 up to epoch 2", "epochs 2 up to epoch 2")
    assert events[0].changes == told
    ((*_, rate),) = figures(events)
    assert rate == 0.0005
    assert load_checkpoint(second).changes == told
    more = train_all(slower.with_changes(epochs=4), None, resume=second)
    assert more[0].changes == (*told, "epochs 3 up to epoch 3")


def test_writing_and_reading_gives_the_same(kept: Path, tmp_path: Path) -> None:
    found = load_checkpoint(kept)
    assert found.epoch == 2
    assert {name.partition(".")[2] for name in found.optimiser} == {"step", "exp_avg", "exp_avg_sq"}
    save_checkpoint(found, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == kept.read_bytes()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"variant": "original"}, "variant (modern there, original here), loss"),
        ({"momentum": 0.5}, "momentum (0.9 there, 0.5 here)"),
        ({"distortions": Distortion()}, "distortions (None there,"),
        ({"seed": 6, "batch_size": 33}, "batch_size (12 there, 33 here), seed (5 there, 6 here)"),
        ({"epochs": 1}, "2 epochs already, more than the 1 that the recipe asks for: choose more"),
    ],
)
def test_another_recipe_is_refused_by_name(
    changes: dict, sentence: str, kept: Path, recipe: Recipe, train_all: TrainAll
) -> None:
    before = kept.read_bytes()
    with pytest.raises(UserError) as caught:
        train_all(recipe.with_changes(**changes), kept, resume=kept)
    assert sentence in str(caught.value)
    assert str(kept) in str(caught.value)
    assert kept.read_bytes() == before


def test_other_training_digits_are_refused(kept: Path, recipe: Recipe, sets: DigitSets) -> None:
    other = DigitSets(
        Digits(sets.training.images[::-1], sets.training.labels[::-1], "other"), sets.test
    )
    with pytest.raises(UserError, match="was made on other training digits"):
        list(train(recipe, other, None, Control(), kept))
    assert fingerprint(other.training) != fingerprint(sets.training)


def rewritten(file: Path, change: Callable[[dict, dict], object]) -> None:
    """Writes a checkpoint again with its told facts and tensors changed, as older versions did."""
    with safe_open(file, framework="pt") as content:
        ((key, told),) = content.metadata().items()
        tensors = {name: content.get_tensor(name) for name in content.keys()}  # noqa: SIM118
    facts = json.loads(told)
    del facts["checksum"]
    change(facts, tensors)
    save_file(tensors, file, metadata={key: json.dumps(facts)})


def test_a_missing_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no checkpoint .*gone: check the name"):
        load_checkpoint(tmp_path / "gone")


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.99])
def test_a_truncated_checkpoint(share: float, kept: Path) -> None:
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UserError, match="is not a whole checkpoint"):
        load_checkpoint(kept)


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a checkpoint at all, but long enough to look at")
    with pytest.raises(UserError, match="is not a whole checkpoint"):
        load_checkpoint(file)


def test_weights_are_no_checkpoint(tmp_path: Path) -> None:
    save_weights(build(Variant.MODERN), tmp_path / "weights", {})
    with pytest.raises(UserError, match="is not a checkpoint of a training"):
        load_checkpoint(tmp_path / "weights")


def test_damaged_facts(kept: Path) -> None:
    rewritten(kept, lambda facts, _: facts.pop("history"))
    with pytest.raises(UserError, match="is a damaged checkpoint"):
        load_checkpoint(kept)


def test_a_recipe_inside_that_cannot_be(kept: Path) -> None:
    rewritten(kept, lambda facts, _: facts["recipe"].update(epochs=-1))
    with pytest.raises(UserError, match=r"The recipe in .* cannot be used: epochs must be"):
        load_checkpoint(kept)


def _lose_a_layer(_: dict, tensors: dict) -> None:
    del tensors["weights/F6.weight"]


def _reshape_a_layer(_: dict, tensors: dict) -> None:
    tensors["weights/F6.weight"] = torch.zeros(2, 2)


def _make_not_finite(_: dict, tensors: dict) -> None:
    tensors["weights/F6.bias"][3] = torch.nan


def _invent_a_parameter(_: dict, tensors: dict) -> None:
    tensors["optimiser/99.exp_avg"] = torch.zeros(2)


def _misname_a_state(_: dict, tensors: dict) -> None:
    tensors["optimiser/x"] = torch.zeros(2)


def _reshape_a_state(_: dict, tensors: dict) -> None:
    tensors["optimiser/0.exp_avg"] = torch.zeros(3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_lose_a_layer, "does not contain the weights"),
        (_reshape_a_layer, "does not contain the weights"),
        (_make_not_finite, "does not contain the weights"),
        (_invent_a_parameter, "does not contain the state"),
        (_misname_a_state, "does not contain the state"),
        (_reshape_a_state, "does not contain the state"),
    ],
)
def test_tensors_that_are_not_of_the_recipe(
    change: Callable[[dict, dict], None],
    sentence: str,
    kept: Path,
    recipe: Recipe,
    train_all: TrainAll,
) -> None:
    rewritten(kept, change)
    with pytest.raises(UserError, match=sentence):
        train_all(recipe, None, resume=kept)


@pytest.mark.parametrize(
    "optimiser", [{}, {"optimiser": "sgd"}, {"optimiser": "sdlm", "curvature_digits": 40}]
)
@pytest.mark.parametrize("damage", ["gone", "misnamed", "not finite", "of another type"])
def test_a_state_of_the_optimiser_that_is_not_whole(
    damage: str, optimiser: dict, recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    """The last tensor of each kind that the optimiser keeps."""
    recipe = recipe.with_changes(variant="original", epochs=1, learning_rate=0.0005, **optimiser)
    file = tmp_path / "checkpoint"
    train_all(recipe, file)
    whole = file.read_bytes()
    last = {name.rpartition(".")[2]: name for name in load_checkpoint(file).optimiser}
    for name in (f"optimiser/{name}" for name in last.values()):

        def change(_: dict, tensors: dict, name: str = name) -> None:
            tensor = tensors.pop(name)
            match damage:
                case "misnamed":
                    tensors[f"{name}x"] = tensor
                case "not finite":
                    tensors[name] = torch.full_like(tensor, torch.nan)
                case "of another type":
                    tensors[name] = tensor.double()

        file.write_bytes(whole)
        rewritten(file, change)
        with pytest.raises(UserError, match="the state of its recipe's optimiser: choose"):
            train_all(recipe.with_changes(epochs=2), None, resume=file)


@pytest.mark.parametrize(
    ("name", "value"), [("step", 0), ("exp_avg_sq", -1e-9), ("step", -torch.inf)]
)
def test_a_state_that_no_update_can_have_left(
    name: str, value: float, kept: Path, recipe: Recipe, train_all: TrainAll
) -> None:
    rewritten(kept, lambda _, tensors: tensors[f"optimiser/2.{name}"].fill_(value))
    with pytest.raises(UserError, match="the state of its recipe's optimiser: choose"):
        train_all(recipe, None, resume=kept)


def test_weights_of_another_type(kept: Path, recipe: Recipe, train_all: TrainAll) -> None:
    rewritten(kept, lambda _, tensors: tensors.update(double(tensors)))
    with pytest.raises(UserError, match="does not contain the weights"):
        train_all(recipe, None, resume=kept)


def double(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {name: one.double() for name, one in tensors.items() if name.startswith("weights/")}


def test_an_older_checkpoint_is_taken_up_and_said_to_be_unchecked(
    kept: Path, recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    whole = train_all(recipe, None, resume=kept)
    assert not whole[0].resumed_unchecked
    rewritten(kept, lambda *_: None)
    assert not load_checkpoint(kept).checked
    events = train_all(recipe, tmp_path / "new", resume=kept)
    assert events[0].resumed_unchecked
    assert same(events[-1].weights, whole[-1].weights)
    assert load_checkpoint(tmp_path / "new").checked


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file of this process can grow beyond 200,000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_the_old_checkpoint_and_no_partial_file(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    file = tmp_path / "checkpoint"
    file.write_bytes(b"the old one")
    failed = train_all(recipe, file)[-1]
    assert isinstance(failed, Failed)
    assert f"{file} could not be written" in failed.sentence
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint"]
    assert file.read_bytes() == b"the old one"
