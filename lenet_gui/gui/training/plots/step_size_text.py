"""The step sizes of SDLM in words. No Qt."""

from lenet_gui.text.figures import two_digits
from lenet_gui.training.step_size_histogram import StepSizeHistogram


def pass_text(shown: StepSizeHistogram) -> str:
    """The figures of a pass of SDLM in words."""
    more = f" (first of {shown.measures} measures)" if shown.measures > 1 else ""
    text = (
        f"Before epoch {shown.epoch}{more}: {shown.weights:,} step sizes eta/(mu + h), "
        f"{two_digits(shown.smallest)} to {two_digits(shown.largest)}; "
        f"eta {two_digits(shown.eta)}, mu {two_digits(shown.mu)}; "
        f"h measured on {shown.digits:,} digits"
    )
    without = shown.without_place
    return f"{text}; {without:,} are 0 or not a number, and not shown." if without else f"{text}."


def bin_text(shown: StepSizeHistogram, layer: str, place: int) -> str:
    """A bar in words: "C3, 0.001 to 0.0013: 212 of 1,516 weights"."""
    low, high = (two_digits(float(edge)) for edge in shown.edges[place : place + 2])
    counts = shown.counts[layer]
    return f"{layer}, {low} to {high}: {counts[place]:,} of {sum(counts):,} weights"
