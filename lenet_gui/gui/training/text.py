"""Durations, shares and endings of a training run in words. No Qt."""

from collections.abc import Sequence
from pathlib import Path

from lenet_gui.text.figures import duration, never_zero, percent
from lenet_gui.training.adjustments import Adjustment
from lenet_gui.training.device_choice import DRAWN_THERE, device_text
from lenet_gui.training.events import Failed, Finished, Score, Started, StepStatistics, Stopped


def score_text(score: Score) -> str:
    """Such as: test accuracy 98.61 % (139 of 10,000 wrong)."""
    wrong = f"{score.errors:,} of {score.digits:,} wrong"
    return f"test accuracy {percent(score.accuracy)} ({wrong})"


def start_text(event: Started) -> str:
    """Where it is trained: "on cpu (auto: faster than the CUDA card with SDLM)"."""
    text = f"on {device_text(event.device, event.device_reason)}"
    return f"{text}; {DRAWN_THERE}" if event.draws_there else text


def progress_text(event: StepStatistics) -> str:
    """The text beside the progress bar of the collapsed panel."""
    figures = f"loss {never_zero(event.loss, 3)} · {percent(event.accuracy, 1)}"
    if event.is_slow:
        return f"slow motion · update {event.step:,} · {figures}"
    speed = f"{event.digits_per_second:,.0f} digits/s"
    return f"{duration(event.seconds_left)} left · {speed} · {figures}"


def rate_now_text(rate: float, now: float) -> str:
    """What the rate of an update is where the schedule makes it another one than `rate`.

    `now` is 0 before the first update.
    """
    return "" if now in (0, rate) else f"now {now:.3g}, by the schedule"


def repeats_text(repeats: Sequence[Adjustment]) -> str:
    """What is still to be changed again; empty where nothing is."""
    if not repeats:
        return ""
    told = (f"{one.mark} (epoch {one.epoch})" for one in repeats)
    return f"to be repeated: {', '.join(told)}"


def nothing_learned_text(test: Score, rate: float) -> str:
    """The message if the test digits are read at chance, and what to try."""
    return (
        f"The network learned nothing: {test.errors:,} of {test.digits:,} test digits wrong is "
        "no better than giving the same answer every time; try a smaller learning rate than "
        f"{rate:g}, or more epochs."
    )


def ending_text(event: Finished | Stopped | Failed, test: Score | None) -> str:
    """How a run ended. `test` is the score at the end of its last complete epoch."""
    match event:
        case Finished():
            epochs = "1 epoch" if event.epochs == 1 else f"{event.epochs} epochs"
            nothing = "" if event.learned else ", but nothing was learned"
            took = f"Finished: {epochs} in {duration(event.seconds)}"
            return f"{took}{nothing}, {score_text(event.test)}."
        case Stopped(checkpoint=None):
            return (
                f"Stopped in epoch {event.epoch}, before its end: there is no checkpoint, and the "
                "network was not tested."
            )
        case Stopped():
            text = f"Stopped in epoch {event.epoch}; the network of epoch "
            text += f"{event.checkpoint_epoch} is kept"
        case Failed(is_unsaved=True):
            text = "Not kept on disk: the trained network is only in memory"
            if not event.is_complete:
                text += f", as it was in epoch {event.epoch}"
            test = test if "test_accuracy" in event.facts else None
        case Failed(kept_in=Path() as file) if file != event.checkpoint:
            text = f"The training failed; its network is kept as {file.name}"
        case Failed(checkpoint=None):
            return "The training failed; there is no checkpoint."
        case Failed(is_complete=True):
            text = "All epochs are done; the checkpoint of the last one is kept"
        case Failed():
            text = "The training failed; its last good checkpoint is kept"
    return f"{text} ({score_text(test)})." if test else f"{text}."
