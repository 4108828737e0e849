"""What a made-up training tells of its steps and epochs."""

import numpy as np

from lenet_gui.training.events import EpochEnded, Score, Started, StepStatistics
from lenet_gui.training.recipe import Recipe

STEPS = 50
"""An epoch."""


def epoch(number: int, validation: Score | None = None) -> EpochEnded:
    return EpochEnded(
        epoch=number,
        epochs=4,
        step=number * STEPS,
        train=Score(0.5 / number, 1 - 0.05 / number, 10, 1000),
        test=Score(0.6 / number, 1 - 0.1 / number, 20, 200),
        validation=validation,
        on_the_fly_loss=0.7,
        on_the_fly_accuracy=0.8,
        learning_rate=0.001,
        confusion=tuple(tuple(int(i == j) * 20 for j in range(10)) for i in range(10)),
        seconds=1.0,
    )


def steps(last: int, losses: tuple[float, ...], accuracy: float = 0.5) -> StepStatistics:
    return StepStatistics(
        step=last,
        epoch=1,
        epochs=4,
        step_in_epoch=last,
        steps_per_epoch=STEPS,
        losses=losses,
        loss=float(np.mean(losses)),
        accuracy=accuracy,
        learning_rate=0.001,
        digits_per_second=1000.0,
        seconds_left=10.0,
        digits_seen=last * 10,
    )


def started() -> Started:
    """A training run that goes on after one epoch."""
    return Started(
        recipe=Recipe(),
        data_name="MNIST training",
        training_digits=500,
        patterns_per_epoch=500,
        validation_digits=0,
        test_digits=100,
        steps_per_epoch=STEPS,
        parameters=60_000,
        device="cpu",
        threads=1,
        folder=None,
        resumed_from_epoch=1,
        history=(epoch(1),),
    )
