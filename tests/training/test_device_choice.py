"""Where a recipe is trained: what it names, otherwise the faster one, with the reason told."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Architecture
from lenet_gui.training.batches import Batch, Batches
from lenet_gui.training.device import choose_device, is_usable, torch_device
from lenet_gui.training.device_choice import FEWEST_DIGITS, DeviceChoice, device_text, faster_device
from lenet_gui.training.events import Event, Failed
from lenet_gui.training.presets import PRESETS, preset
from lenet_gui.training.recipe import FIELDS, Device, Optimiser, Recipe
from lenet_gui.training.update import Update, update_of

recipes = st.builds(
    Recipe,
    optimiser=st.sampled_from(Optimiser),
    batch_size=st.integers(1, 40) | st.integers(1, 65_536),
    device=st.sampled_from(Device),
)
"""Of the Original, which knows every optimiser."""


@given(recipe=recipes, cuda=st.booleans())
def test_a_device_that_is_named_is_taken_and_needs_no_reason(recipe: Recipe, cuda: bool) -> None:
    choice = faster_device(recipe, cuda=cuda)
    if recipe.device is not Device.AUTO:
        assert choice == DeviceChoice(recipe.device, "")
    else:
        assert choice.device in {Device.CPU, Device.CUDA}
        assert choice.reason.startswith("auto: ")


@given(recipe=recipes)
def test_without_a_card_it_is_the_processor(recipe: Recipe) -> None:
    choice = faster_device(recipe.with_changes(device="auto"), cuda=False)
    assert choice == DeviceChoice(Device.CPU, "auto: no CUDA card that torch can use")


@given(recipe=recipes)
def test_a_card_is_taken_for_large_batches_alone_and_never_for_sdlm(recipe: Recipe) -> None:
    choice = faster_device(recipe.with_changes(device="auto"), cuda=True)
    fewest = FEWEST_DIGITS.get(recipe.optimiser)
    assert (choice.device is Device.CUDA) == (fewest is not None and recipe.batch_size >= fewest)
    if recipe.optimiser is Optimiser.SDLM:
        assert choice.reason == "auto: faster than the CUDA card with SDLM"
    elif choice.device is Device.CPU:
        assert choice.reason.startswith("auto: faster than the CUDA card with ")
    else:
        told = f"{recipe.batch_size:,} digits per update"
        assert choice.reason == f"auto: faster than the CPU with {told}"


@given(recipe=recipes, cuda=st.booleans())
def test_more_digits_an_update_never_lead_back_to_the_processor(recipe: Recipe, cuda: bool) -> None:
    auto = recipe.with_changes(device="auto")
    larger = auto.with_changes(batch_size=min(2 * auto.batch_size, 65_536))
    if faster_device(auto, cuda=cuda).device is Device.CUDA:
        assert faster_device(larger, cuda=cuda).device is Device.CUDA


@pytest.mark.parametrize("name", PRESETS)
def test_of_the_presets_the_papers_alone_stay_on_the_processor(name: str) -> None:
    papers = name.startswith("paper-1998")
    wanted = Device.CPU if papers else Device.CUDA
    assert faster_device(preset(name), cuda=True).device is wanted
    single = preset(name).with_changes(batch_size=1)
    strong = single.architecture is Architecture.STRONG_TEACHER
    assert faster_device(single, cuda=True).device is (Device.CUDA if strong else Device.CPU)


def test_a_strong_teacher_wants_a_card_and_says_so() -> None:
    recipe = preset("strong-teacher")
    assert faster_device(recipe, cuda=True) == DeviceChoice(
        Device.CUDA, "auto: faster than the CPU with a strong teacher"
    )
    assert faster_device(recipe, cuda=False) == DeviceChoice(
        Device.CPU,
        "auto: no CUDA card that torch can use, without which a strong teacher takes hours",
    )
    assert faster_device(recipe.with_changes(device="cpu"), cuda=True) == DeviceChoice(Device.CPU)


def test_one_digit_is_told_as_one() -> None:
    reason = faster_device(Recipe(batch_size=1), cuda=True).reason
    assert reason == "auto: faster than the CUDA card with 1 digit per update"


def test_the_reason_stands_behind_the_device() -> None:
    assert device_text("cpu", "") == "cpu"
    assert (
        device_text("cpu", "auto: no CUDA card that torch can use")
        == "cpu (auto: no CUDA card that torch can use)"
    )


def test_the_field_of_the_recipe_says_how_auto_chooses() -> None:
    told = FIELDS["device"].explanation
    assert "auto takes a CUDA card if there is one and it is faster" in told
    assert "not with SDLM" in told


def test_torch_is_asked_whether_a_card_is_here() -> None:
    here = torch.cuda.is_available()
    assert choose_device(Recipe()) == faster_device(Recipe(), cuda=here)
    assert choose_device(preset("paper-1998")).device is Device.CPU
    assert torch_device(choose_device(Recipe(device="cpu"))) == torch.device("cpu")
    assert is_usable(Device.CUDA) == here
    if not here:
        with pytest.raises(UserError, match="device cuda is not on this machine"):
            choose_device(Recipe(device="cuda"))


def test_a_card_that_cannot_compute_is_passed_over_and_named_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As one that is too old for this torch, or whose memory another program has filled."""

    def refuses(*_: object, device: object) -> torch.Tensor:
        raise torch.OutOfMemoryError(f"{device} out of memory")

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch, "ones", refuses)
    choice = choose_device(Recipe())
    assert choice == DeviceChoice(Device.CPU, "auto: no CUDA card that torch can use")
    with pytest.raises(UserError, match=r"cuda is not on this machine, or this torch cannot use"):
        choose_device(Recipe(device="cuda"))


def test_a_card_is_not_even_touched_for_what_the_processor_does_faster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def untouched(*_: object, **__: object) -> torch.Tensor:
        pytest.fail("the card was asked to compute")

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch, "ones", untouched)
    assert choose_device(preset("paper-1998")).device is Device.CPU
    assert choose_device(Recipe(device="cpu")).device is Device.CPU


def test_a_card_whose_memory_is_full_ends_a_training_with_a_sentence(
    recipe: Recipe, train_all: Callable[..., list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the second epoch; what was learned until then is kept."""

    def filling(*arguments: Any) -> Update:
        update, made = update_of(*arguments), 0

        def step(batch: Batch) -> tuple[Tensor, Tensor]:
            nonlocal made
            made += 1
            if made == 15:
                raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
            return update(batch)

        return step

    monkeypatch.setattr("lenet_gui.training.update.update_of", filling)
    last = train_all(recipe)[-1]
    assert isinstance(last, Failed)
    assert last.sentence.startswith("The memory of the GPU is full: choose a smaller batch size")
    assert (last.epoch, last.diverged, len(last.history)) == (2, False, 1)
    assert last.weights


def test_a_card_that_is_full_before_the_first_step_is_told_at_once(
    recipe: Recipe, train_all: Callable[..., list[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Batches:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")

    monkeypatch.setattr("lenet_gui.training.session.Batches", full)
    with pytest.raises(UserError, match="The memory of the GPU is full: choose a smaller batch"):
        train_all(recipe)
