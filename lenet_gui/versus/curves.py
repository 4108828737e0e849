"""The errors of a recipe's seeds over the passes, and their mean."""

import statistics
from dataclasses import dataclass

from lenet_gui.text.figures import PERCENT_DECIMALS, in_percent
from lenet_gui.versus.standing import Standing

Points = tuple[tuple[int, float], ...]
"""(pass, error in percent), by pass."""


@dataclass(frozen=True)
class Curves:
    """Test and training errors in percent, a line for each seed and one for their mean.

    The training error is measured on the fly: the share of a pass's digits that were misread,
    each before its update. The mean ends where the shortest seed does.
    """

    name: str
    test: tuple[Points, ...]
    training: tuple[Points, ...]

    @property
    def mean_test(self) -> Points:
        """Over the seeds, of the passes that all have."""
        return _mean(self.test)

    @property
    def mean_training(self) -> Points:
        """Over the seeds, of the passes that all have."""
        return _mean(self.training)

    @property
    def last_pass(self) -> int:
        """Of the longest run."""
        return max(line[-1][0] for line in self.test)

    def text(self, number: int) -> str:
        """One pass in words: "pass 12: test 0.97 % (0.95 to 0.99), training 0.61 %"."""
        test, training = dict(self.mean_test), dict(self.mean_training)
        if number not in test:
            return ""
        seeds = [dict(line)[number] for line in self.test]
        spread = f" ({min(seeds):.2f} to {max(seeds):.2f})" if len(seeds) > 1 else ""
        return (
            f"pass {number}: test {test[number]:.2f} %{spread}, training {training[number]:.2f} %"
        )


def curves_of(standing: Standing) -> Curves:
    """The curves of every seed of a standing."""
    test, training = [], []
    for result in standing.results:
        epochs = result.epochs
        test.append(tuple((one.epoch, 100 * one.test.error) for one in epochs))
        on_the_fly = ((one.epoch, 1 - one.on_the_fly_accuracy) for one in epochs)
        training.append(tuple((number, in_percent(error)) for number, error in on_the_fly))
    return Curves(standing.name, tuple(test), tuple(training))


def _mean(lines: tuple[Points, ...]) -> Points:
    by_pass = [dict(line) for line in lines]
    common = sorted(set.intersection(*(set(line) for line in by_pass)))
    means = ((n, statistics.fmean(line[n] for line in by_pass)) for n in common)
    return tuple((n, round(mean, PERCENT_DECIMALS)) for n, mean in means)
