"""What is said of several training runs together, however each of them ended."""

from pathlib import Path

import pytest

from lenet_gui.cli.seeds_report import SeedsReport
from lenet_gui.errors import UserError
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.events import Failed, Finished, Score, Stopped
from lenet_gui.training.many import Planned
from lenet_gui.training.recipe import Recipe

PLANNED = [Planned(Recipe(seed=seed), RunFiles.beside(Path(f"w-{seed}"))) for seed in (0, 1, 2, 5)]


@pytest.fixture
def report() -> SeedsReport:
    again = [["--threads", "1"]] * len(PLANNED)
    return SeedsReport(PLANNED, again, Path("w-{seed}"), ["--seeds", "0..2,5", "--threads", "1"])


def finished(errors: int) -> Finished:
    score = Score(0.1, 1 - errors / 1000, errors, 1000)
    return Finished(1, score, score, None, 1.0, {}, Path("w.checkpoint"))


def stopped(checkpoint: Path | None) -> Stopped:
    return Stopped(2, 3, checkpoint, 1, {})


def said(report: SeedsReport, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    report.end()
    return capsys.readouterr().out.splitlines()


def test_all_that_are_done_have_a_mean_and_nothing_to_go_on_with(
    report: SeedsReport, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, errors in enumerate((10, 12, 14, 20)):
        report.tell(place, finished(errors))
    assert not report.interrupted
    lines = said(report, capsys)
    assert lines == ["4 of 4 seeds done: mean test error 1.40 %, 1.00 % to 2.00 %"]


def test_after_a_stop_one_command_goes_on_with_all(
    report: SeedsReport, capsys: pytest.CaptureFixture[str]
) -> None:
    report.tell(0, finished(10))
    report.tell(1, stopped(None))
    assert report.interrupted
    summary, goes_on, command = said(report, capsys)
    assert summary.startswith("1 of 4 seeds done: ")
    assert goes_on == "to continue those that are not done:"
    assert command == (
        "lenet-gui train --resume 'w-{seed}.checkpoint' --out 'w-{seed}' --seeds 0..2,5 --threads 1"
    )


def test_a_stop_before_any_checkpoint_leaves_nothing_to_go_on_with(
    report: SeedsReport, capsys: pytest.CaptureFixture[str]
) -> None:
    report.tell(0, stopped(None))
    assert report.interrupted
    assert said(report, capsys) == []


def test_those_that_failed_are_named_at_the_end(
    report: SeedsReport, capsys: pytest.CaptureFixture[str]
) -> None:
    report.tell(0, Failed("The disk is full.", 1, None))
    report.tell(1, finished(10))
    report.tell(2, finished(10))
    report.tell(3, UserError("Another training run is writing w-5: wait until it has ended."))
    assert capsys.readouterr().err == (
        "lenet-gui: seed 0: The disk is full.\n"
        "lenet-gui: seed 5: Another training run is writing w-5: wait until it has ended.\n"
    )
    assert not report.interrupted
    with pytest.raises(
        UserError, match=r"2 of 4 training runs failed \(seeds 0 and 5\): the reasons"
    ):
        report.end()
