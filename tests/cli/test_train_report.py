"""The first lines of a training run on the terminal: what, on which device, and why on that one."""

from pathlib import Path

import pytest
import torch

from lenet_gui.cli import main
from lenet_gui.cli.train_report import Report
from lenet_gui.data.distortion import PLANAR_AFFINE, Distortion
from lenet_gui.training.device_choice import DRAWN_THERE, faster_device
from lenet_gui.training.events import Started
from lenet_gui.training.recipe import Recipe


def started(recipe: Recipe, *, cuda: bool) -> Started:
    choice = faster_device(recipe, cuda=cuda)
    return Started(
        recipe=recipe,
        data_name="MNIST training",
        training_digits=60_000,
        patterns_per_epoch=60_000,
        validation_digits=0,
        test_digits=10_000,
        steps_per_epoch=938,
        parameters=60_000,
        device=choice.device,
        device_reason=choice.reason,
        threads=4,
        folder=None,
        resumed_from_epoch=None,
    )


def first_lines(event: Started, capsys: pytest.CaptureFixture[str]) -> list[str]:
    with Report(Path("w"), event.recipe) as report:
        report.tell(event)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("distortions", [None, PLANAR_AFFINE])
def test_where_a_card_draws_the_distortions_it_is_said_that_they_are_others(
    distortions: Distortion | None, capsys: pytest.CaptureFixture[str]
) -> None:
    recipe = Recipe(distortions=distortions)
    first, *more = first_lines(started(recipe, cuda=True), capsys)
    assert first.endswith(
        ", on cuda (auto: faster than the CPU with 64 digits per update) with 4 threads"
    )
    assert more == ([DRAWN_THERE] if distortions else [])
    (alone,) = first_lines(started(recipe, cuda=False), capsys)
    assert alone.endswith(", on cpu (auto: no CUDA card that torch can use) with 4 threads")
    (named,) = first_lines(started(recipe.with_changes(device="cpu"), cuda=True), capsys)
    assert named.endswith("distortions, on cpu with 4 threads")


def test_single_patterns_stay_on_the_processor_and_the_first_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    small = ["--data", "builtin", "--training-digits", "20", "--epochs", "1", "--out", "w"]
    assert main(["train", "--recipe", "paper-1998", *small, "--threads", "1"]) == 0
    why = "no CUDA card that torch can use"
    if torch.cuda.is_available():
        why = "faster than the CUDA card with SDLM"
    assert f", on cpu (auto: {why}) with 1 thread" in capsys.readouterr().out
