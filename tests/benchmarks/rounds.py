"""Taking turns, so that other programs on the machine slow everything that is compared alike."""

import statistics
from collections.abc import Callable, Mapping
from typing import Any

Measure = Callable[[], float]


def take_turns(ways: Mapping[str, Measure], rounds: int) -> dict[str, list[float]]:
    """What each way gives in each round; another one goes first each time."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(ways[name]())
    return found


def medians(found: Mapping[str, list[float]]) -> dict[str, float]:
    """Of each way, over the rounds."""
    return {name: round(statistics.median(values), 1) for name, values in found.items()}


def ratio(found: Mapping[str, list[float]], of: str, to: str) -> dict[str, Any]:
    """One way's figure in another's, round by round: the median, the smallest, the largest."""
    each = [one / other for one, other in zip(found[of], found[to], strict=True)]
    return {
        "median": round(statistics.median(each), 2),
        "smallest": round(min(each), 2),
        "largest": round(max(each), 2),
    }
