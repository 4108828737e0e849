"""Durations, shares and endings of a training in words. No Qt."""

from lenet_gui.training.events import Failed, Finished, Score, StepStatistics, Stopped
from lenet_gui.training.step_size_histogram import StepSizeHistogram


def duration(seconds: float) -> str:
    """Coarse enough not to dance: "8 s", "2 min 30 s", "14 min", "2 h 5 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 10:
        rest -= rest % 10
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def per_cent(share: float) -> str:
    """A share of 0..1 as "98.61 %"."""
    return f"{100 * share:.2f} %"


def scored(score: Score) -> str:
    """Such as: test accuracy 98.61 % (139 of 10,000 wrong)."""
    wrong = f"{score.errors:,} of {score.digits:,} wrong"
    return f"test accuracy {per_cent(score.accuracy)} ({wrong})"


def progress_figures(event: StepStatistics) -> str:
    """What the folded panel says beside its progress bar."""
    return (
        f"{duration(event.seconds_left)} left · {event.digits_per_second:,.0f} digits/s · "
        f"loss {event.loss:.3f} · {100 * event.accuracy:.1f} %"
    )


def ending(event: Finished | Stopped | Failed, test: Score | None) -> str:
    """How a run ended. `test` is the score at the end of its last whole epoch."""
    match event:
        case Finished():
            epochs = "1 epoch" if event.epochs == 1 else f"{event.epochs} epochs"
            return f"Finished: {epochs} in {duration(event.seconds)}, {scored(event.test)}."
        case Stopped(checkpoint=None):
            return f"Stopped in epoch {event.epoch}, before its end: there is no checkpoint."
        case Stopped():
            told = f"Stopped in epoch {event.epoch}; the checkpoint of epoch "
            told += f"{event.checkpoint_epoch} is kept"
        case Failed(checkpoint=None):
            return "The training failed; there is no checkpoint."
        case Failed():
            told = "The training failed; its last good checkpoint is kept"
    return f"{told} ({scored(test)})." if test else f"{told}."


def plain_number(value: float) -> str:
    """Two figures of a number above 0: "7.1e-5", "0.016", "12"."""
    if value < 0.001:
        figures, _, power = f"{value:.1e}".partition("e")
        return f"{figures.removesuffix('.0')}e{int(power)}"
    return f"{value:.2g}"


def told_pass(shown: StepSizeHistogram) -> str:
    """The figures of a pass of SDLM in words."""
    more = f" (first of {shown.measures} measures)" if shown.measures > 1 else ""
    told = (
        f"Before epoch {shown.epoch}{more}: {shown.weights:,} step sizes eta/(mu + h), "
        f"{plain_number(shown.smallest)} to {plain_number(shown.largest)}; "
        f"eta {plain_number(shown.eta)}, mu {plain_number(shown.mu)}; "
        f"h measured on {shown.digits:,} digits"
    )
    without = shown.without_place
    return f"{told}; {without:,} are 0 or no number and not shown." if without else f"{told}."


def told_bin(shown: StepSizeHistogram, layer: str, place: int) -> str:
    """A bar in words: "C3, 0.001 to 0.0013: 212 of 1,516 weights"."""
    low, high = (plain_number(float(edge)) for edge in shown.edges[place : place + 2])
    counts = shown.counts[layer]
    return f"{layer}, {low} to {high}: {counts[place]:,} of {sum(counts):,} weights"
