"""Looking back on a run: its good epochs are read, the others named, its kernels followed."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.errors import UserError
from lenet_gui.explore.run_history import RunHistory, evenly, kernel_history
from lenet_gui.explore.run_reader import load_epoch, read_run
from lenet_gui.net.architecture import TABLE_I, InitialWeights, Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.weights_file import save_weights
from lenet_gui.training.checkpoint import Checkpoint, save_checkpoint
from lenet_gui.training.epoch_files import epoch_file
from lenet_gui.training.events import EpochEnded, Score
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.journal import record_of
from lenet_gui.training.recipe import Recipe
from tests.support.bounds import bounded

EPOCHS = 4
RECIPES = {
    Variant.ORIGINAL: Recipe(name="small", variant="original", loss="map", epochs=9),
    Variant.MODERN: Recipe(name="small", variant="modern", loss="cross-entropy", epochs=9),
}


def score(epoch: int) -> Score:
    return Score(1.0 / epoch, 1 - 0.1 / epoch, 100 // epoch, 1000)


def ended(epoch: int, epochs: int = 9) -> EpochEnded:
    rows = tuple((0,) * 10 for _ in range(10))
    return EpochEnded(
        epoch, epochs, 10 * epoch, score(epoch), score(epoch), None, 1.0, 0.5, 0.1, rows, 1.0
    )


def network(variant: Variant, seed: int) -> LeNet5:
    return build(variant, torch.Generator().manual_seed(seed), InitialWeights.INVERSE_SQRT)


def write_epoch(folder: Path, variant: Variant, number: int, told: int | None = None) -> None:
    told = number if told is None else told
    scores = (score(number), score(number)) if number else (None, None)
    facts = facts_of_training(RECIPES[variant], "small", told, *scores)
    save_weights(network(variant, number), epoch_file(folder, number), facts)


def write_log(file: Path, variant: Variant, epochs: int, outcome: str | None = "stopped") -> None:
    started = {
        "event": "started",
        "recipe": RECIPES[variant].as_dict(),
        "steps_per_epoch": 10,
        "resumed_from_epoch": None,
    }
    records = [started, *(record_of(ended(number)) for number in range(1, epochs + 1))]
    if outcome:
        records.append({"event": outcome, "epoch": epochs, "step": 10 * epochs})
    file.write_text("".join(json.dumps(record) + "\n" for record in records))


@pytest.fixture
def make_run(tmp_path: Path) -> Callable[..., Path]:
    """`make_run(variant)`: a run of the window with epochs 0 to 4."""

    def make(variant: Variant = Variant.ORIGINAL) -> Path:
        folder = tmp_path / f"2026-11-25 {variant} 0001"
        folder.mkdir()
        for number in range(EPOCHS + 1):
            write_epoch(folder / "epochs", variant, number)
        write_log(folder / "log.jsonl", variant, EPOCHS)
        return folder

    return make


def numbers(history: RunHistory) -> list[int]:
    return [epoch.number for epoch in history.epochs]


@pytest.mark.parametrize("variant", Variant)
def test_every_epoch_is_read_with_its_own_weights(
    variant: Variant, make_run: Callable[..., Path]
) -> None:
    history = read_run(make_run(variant))
    assert numbers(history) == [0, 1, 2, 3, 4]
    assert history.troubles == ()
    assert (history.variant, history.last) == (variant, EPOCHS)
    assert history.test_errors == {1: 0.1, 2: 0.05, 3: 0.033, 4: 0.025}
    for epoch in history.epochs:
        wanted = dict(network(variant, epoch.number).named_parameters())
        found = dict(load_epoch(epoch).named_parameters())
        assert all(torch.equal(found[name], wanted[name]) for name in wanted)


def test_missing_and_broken_epochs_are_named_and_the_good_ones_shown(
    make_run: Callable[..., Path],
) -> None:
    folder = make_run()
    epochs = folder / "epochs"
    epoch_file(epochs, 1).unlink()
    whole = epoch_file(epochs, 2).read_bytes()
    epoch_file(epochs, 2).write_bytes(whole[: len(whole) // 2])
    write_epoch(epochs, Variant.ORIGINAL, 3, told=7)
    write_log(folder / "log.jsonl", Variant.ORIGINAL, 6)
    history = read_run(folder)
    assert numbers(history) == [0, 4]
    missing, broken, other = history.troubles
    assert missing == "Epochs 1, 5 and 6 are left out: their files are missing."
    assert broken.startswith("Epoch 2 is left out: epoch-0002.safetensors is not a whole")
    assert other == "Epoch 3 is left out: epoch-0003.safetensors says that it belongs to epoch 7."
    assert history.last == 6
    assert set(history.test_errors) == {1, 2, 3, 4, 5, 6}


def test_a_file_of_the_other_variant_or_with_weights_that_are_no_numbers_is_named(
    make_run: Callable[..., Path],
) -> None:
    folder = make_run()
    write_epoch(folder / "epochs", Variant.MODERN, 2)
    bad = network(Variant.ORIGINAL, 3)
    with torch.no_grad():
        bad.C1.bias[0] = float("nan")
    save_weights(bad, epoch_file(folder / "epochs", 3), {})
    history = read_run(folder)
    assert numbers(history) == [0, 1, 4]
    assert "Modern" in history.troubles[0]
    assert "not finite" in history.troubles[1]


def test_the_log_of_a_run_under_way_may_be_ahead_of_its_files(
    make_run: Callable[..., Path],
) -> None:
    folder = make_run()
    write_log(folder / "log.jsonl", Variant.ORIGINAL, EPOCHS + 1, outcome=None)
    assert read_run(folder).troubles == ()


@pytest.mark.parametrize("log", [b"\xff\xfe", b'{"event": "epoch"}\n'])
def test_a_broken_log_costs_only_what_it_would_tell(
    log: bytes, make_run: Callable[..., Path]
) -> None:
    folder = make_run()
    (folder / "log.jsonl").write_bytes(log)
    history = read_run(folder)
    assert numbers(history) == [0, 1, 2, 3, 4]
    assert "log is ignored" in history.troubles[0]
    assert history.test_errors[4] == 0.025  # the file of the epoch tells it too


def test_absurd_numbers_in_names_and_logs_cost_nothing(make_run: Callable[..., Path]) -> None:
    folder = make_run()
    wanted = read_run(folder)
    for name in ("9999999999", "99999", "00001", "999999999", "٠٠٠٥"):
        (folder / "epochs" / f"epoch-{name}.safetensors").touch()
    with bounded(megabytes=50):
        found = read_run(folder)
    assert (numbers(found), found.troubles) == (numbers(wanted), ())
    record = {**record_of(ended(5)), "epoch": 9_999_999_999, "epochs": 9_999_999_999}
    with (folder / "log.jsonl").open("a") as log:
        log.write(json.dumps(record) + "\n" + json.dumps({"event": "stopped"}) + "\n")
    with bounded(megabytes=50):
        found = read_run(folder)
    assert numbers(found) == numbers(wanted)
    assert found.last == EPOCHS
    assert found.troubles == ("Its log is ignored: log.jsonl is not a log of a training run.",)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_lies_in_place_of_a_runs_files_is_named(make_run: Callable[..., Path]) -> None:
    folder = make_run()
    epochs = folder / "epochs"
    for number in (1, 2, 3):
        epoch_file(epochs, number).unlink()
    os.mkfifo(epoch_file(epochs, 1))
    epoch_file(epochs, 2).mkdir()
    epoch_file(epochs, 3).symlink_to("/dev/zero")
    (folder / "log.jsonl").unlink()
    os.mkfifo(folder / "log.jsonl")
    os.mkfifo(folder / "weights.safetensors")
    with bounded(megabytes=50):
        history = read_run(folder)
    assert numbers(history) == [0, 4]
    *epochs_told, log_told = history.troubles
    assert [told[:7] for told in epochs_told] == ["Epoch 1", "Epoch 2", "Epoch 3"]
    assert log_told == (
        "Its log is ignored: The log log.jsonl could not be read: it is not a regular file."
    )


def test_of_many_broken_epochs_some_are_named(make_run: Callable[..., Path]) -> None:
    folder = make_run()
    for number in range(EPOCHS + 1, 200):
        epoch_file(folder / "epochs", number).touch()
    history = read_run(folder)
    assert numbers(history) == [0, 1, 2, 3, 4]
    assert len(history.troubles) == 21
    assert history.troubles[-1] == "175 more are left out."


@pytest.mark.parametrize(
    "changes",
    [
        {"test_digits": "0"},
        {"test_errors": "9" * 400, "test_digits": "1"},
        {"test_errors": "-5"},
        {"test_errors": "1001"},
        {"test_digits": "1e9"},
        {"test_errors": "9" * 5000},
    ],
    ids=lambda changes: str(changes)[:40],
)
def test_an_error_that_cannot_be_is_not_shown(
    changes: dict[str, str], make_run: Callable[..., Path]
) -> None:
    folder = make_run()
    (folder / "log.jsonl").unlink()
    facts = facts_of_training(RECIPES[Variant.ORIGINAL], "small", 3, score(3), score(3))
    save_weights(network(Variant.ORIGINAL, 3), epoch_file(folder / "epochs", 3), facts | changes)
    history = read_run(folder)
    assert numbers(history) == [0, 1, 2, 3, 4]
    assert set(history.test_errors) == {1, 2, 4}


def test_answers_are_rejected_by_the_j_that_the_training_has_measured_in_the_end(
    make_run: Callable[..., Path],
) -> None:
    folder = make_run()
    usual = read_run(folder)
    assert {usual.calibration(epoch).j for epoch in usual.epochs} == {10.0}
    weights, recipe = folder / "weights.safetensors", RECIPES[Variant.ORIGINAL]
    facts = facts_of_training(recipe, "small", EPOCHS, score(4), score(4), answer_j=23.5)
    save_weights(network(Variant.ORIGINAL, 4), weights, facts)
    found = read_run(folder, usual)
    assert {found.calibration(epoch).j for epoch in found.epochs} == {23.5}
    # Of another training run, out of its range, or no weights at all: the usual one.
    other = recipe.with_changes(seed=99)
    for content in (
        facts_of_training(other, "small", EPOCHS, None, None, answer_j=23.5),
        {**facts, "answer_j": "-3"},
    ):
        save_weights(network(Variant.ORIGINAL, 4), weights, content)
        assert read_run(folder).answer_j == ""
    weights.write_bytes(b"")
    assert read_run(folder).answer_j == ""


def test_only_files_that_have_changed_are_read_again(make_run: Callable[..., Path]) -> None:
    folder = make_run()
    first = read_run(folder)
    write_epoch(folder / "epochs", Variant.ORIGINAL, 5)
    write_epoch(folder / "epochs", Variant.ORIGINAL, 3)
    seen: list[tuple[int, int]] = []
    again = read_run(folder, first, lambda done, wanted: seen.append((done, wanted)))
    assert numbers(again) == [0, 1, 2, 3, 4, 5]
    kept = [again.epochs[place] is first.epochs[place] for place in range(5)]
    assert kept == [True, True, True, False, True]
    assert seen == [(done, 6) for done in range(6)]


def test_the_folders_of_the_command_line(make_run: Callable[..., Path], tmp_path: Path) -> None:
    run = make_run(Variant.MODERN)
    there = tmp_path / "mine"
    there.mkdir()
    shutil.move(run / "epochs", there / "lenet.safetensors.epochs")
    for folder in (there, there / "lenet.safetensors.epochs"):
        history = read_run(folder)
        assert numbers(history) == [0, 1, 2, 3, 4]
        assert history.test_errors[2] == 0.05
    shutil.copytree(there / "lenet.safetensors.epochs", there / "other.epochs")
    with pytest.raises(UserError, match=r"choose one of lenet\.safetensors\.epochs, other\.epochs"):
        read_run(there)


@pytest.mark.parametrize("variant", Variant)
def test_of_a_run_that_kept_no_epochs_the_checkpoint_is_shown(
    variant: Variant, make_run: Callable[..., Path]
) -> None:
    folder = make_run(variant)
    shutil.rmtree(folder / "epochs")
    with pytest.raises(UserError, match="no epochs to show"):
        read_run(folder)
    wanted = dict(network(variant, 3).named_parameters())
    kept = Checkpoint(
        RECIPES[variant],
        tuple(ended(number) for number in (1, 2, 3)),
        "",
        {name: parameter.detach() for name, parameter in wanted.items()},
        {},
    )
    save_checkpoint(kept, folder / "checkpoint.safetensors")
    history = read_run(folder)
    assert numbers(history) == [3]
    assert "were not kept" in history.troubles[0]
    assert history.test_errors[4] == 0.025
    found = dict(load_epoch(history.epochs[0]).named_parameters())
    assert all(torch.equal(found[name], wanted[name]) for name in wanted)


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_without_a_run(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Choose the folder of a run, or train one"):
        read_run(tmp_path / name)


def test_a_run_of_which_every_epoch_is_broken(make_run: Callable[..., Path]) -> None:
    folder = make_run()
    for file in (folder / "epochs").iterdir():
        file.write_bytes(b"")
    with pytest.raises(UserError, match=r"No epoch of .* can be shown\. Epoch 0 is left out"):
        read_run(folder)


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize(("layer", "maps"), [("C1", 6), ("C3", 16)])
def test_the_history_of_a_kernel_is_what_the_network_convolves_with(
    variant: Variant, layer: str, maps: int, make_run: Callable[..., Path]
) -> None:
    history = read_run(make_run(variant))
    below = 1 if layer == "C1" else 6
    for number in range(maps):
        followed = kernel_history(history, layer, number)
        row = TABLE_I[number] if (variant, layer) == (Variant.ORIGINAL, "C3") else range(below)
        assert followed.pairs == tuple((number, source) for source in row)
        assert followed.kernels.shape == (EPOCHS + 1, len(followed.pairs), 5, 5)
        for place, epoch in enumerate(history.epochs):
            # An impulse in one map below gives that map's kernel, turned by half a turn.
            convolution = network(variant, epoch.number).get_submodule(layer)
            for (_, source), kernel in zip(followed.pairs, followed.kernels[place], strict=True):
                impulse = torch.zeros(1, below, 9, 9)
                impulse[0, source, 4, 4] = 1
                with torch.no_grad():
                    seen = convolution(impulse)[0, number] - convolution.bias[number]
                np.testing.assert_allclose(seen.flip(0, 1).numpy(), kernel, atol=1e-6)
            assert followed.biases[place, 0] == float(convolution.bias[number].detach())
        wanted = followed.kernels[-1] - followed.kernels[0]
        np.testing.assert_array_equal(followed.difference, wanted)
        assert followed.travel == pytest.approx(float(np.sqrt((wanted.astype(float) ** 2).mean())))
    for layer_, wrong in ((layer, maps), (layer, -1), ("C5", 0), ("C3", None)):
        with pytest.raises(ValueError, match="there is no map"):
            kernel_history(history, layer_, wrong)


def test_all_kernels_of_c1_at_once(make_run: Callable[..., Path]) -> None:
    history = read_run(make_run())
    together = kernel_history(history, "C1", None)
    assert together.pairs == tuple((number, 0) for number in range(6))
    for number in range(6):
        alone = kernel_history(history, "C1", number)
        np.testing.assert_array_equal(together.kernels[:, number], alone.kernels[:, 0])
        np.testing.assert_array_equal(together.biases[:, number], alone.biases[:, 0])


@given(st.integers(1, 300), st.integers(3, 40), st.data())
def test_places_are_spread_evenly_with_the_first_the_last_and_the_wanted_one(
    count: int, most: int, data: st.DataObject
) -> None:
    wanted = data.draw(st.integers(0, count - 1))
    places = evenly(count, most, wanted)
    assert list(places) == sorted(set(places))
    assert {0, count - 1, wanted} <= set(places)
    assert len(places) == min(count, most)
    gaps = np.diff(places)
    if len(gaps):
        assert gaps.max() <= 2 * -(-count // (most - 1)) + 1


def test_the_nearest_epoch(make_run: Callable[..., Path]) -> None:
    folder = make_run()
    for number in (1, 2):
        epoch_file(folder / "epochs", number).unlink()
    history = read_run(folder)
    assert [history.nearest(number) for number in (-3, 0, 1, 2, 3, 9)] == [0, 0, 0, 1, 1, 2]
