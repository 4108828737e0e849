"""What each step of the preprocessing does, in words and figures."""

from collections.abc import Iterable

from lenet_gui.data.pictures.steps import DROPPED_WORDS, Dropped
from lenet_gui.explore.found_steps import FoundSteps
from lenet_gui.explore.preprocessing import OF_PICTURES, Preprocessing, Step
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.text.answers import best_output, margin, no_single_digit, read_as
from lenet_gui.text.figures import figure, lower_first, percent, short, signed

HINT_EMPTY = (
    "Draw a digit to see, step by step, how it becomes the network's input; each step can be "
    "left out."
)
NO_INK_LEFT = "Without shades of grey, nothing is left of this faint ink."
ONLY_HERE = "Steps are left out only in this view: the rest of the window uses every step."

TITLES = {
    Step.PICTURE: "Picture",
    Step.PAPER: "Paper removed",
    Step.DROPPED: "Digit alone",
    Step.PAINTED: "Painted",
    Step.BOX: "Box",
    Step.MASS: "Centre of mass",
    Step.FRAME: "28×28",
    Step.MARGIN: "32×32",
    Step.RANGE: "Range",
}
"""The names of the steps, in their order."""

TIPS = {
    Step.PICTURE: "The picture as it came, in greys; framed: where the digit is looked for",
    Step.PAPER: "What is wider than strokes is paper: its light, shadows and noise are removed; "
    "left out, all that is dark counts as ink, or all that is light if the ink is light",
    Step.DROPPED: "What is not the digit is dropped: printed lines, a frame, specks, an underline, "
    "small ink beside it and what the edge cuts; left out, it counts as ink",
    Step.PAINTED: "The canvas as a fine raster, with smooth edges and the greys of a picture; "
    "left out, every point is either background or full ink",
    Step.BOX: "The ink is cropped to its bounding box, whose longer side is scaled to 20 pixels; "
    "left out, the whole canvas is scaled",
    Step.MASS: "The whole is moved by whole pixels so that the ink's centre of mass (the cross) "
    "comes to the middle of 28×28, or less than a pixel right of and below it; "
    "left out, the middle of the bounding box is put there",
    Step.FRAME: "The 20 pixels are placed in a frame of 28, as in MNIST; "
    "left out, the digit is scaled to all 28",
    Step.MARGIN: "Two pixels of background on each side make it 32, as the network expects; "
    "left out, 28 pixels are stretched to 32",
    Step.RANGE: "Background and ink get the values that the network was trained with; "
    "left out, those of another network",
}

_WITHOUT = {
    Step.PAPER: "removing the paper",
    Step.DROPPED: "dropping anything",
    Step.PAINTED: "shades of grey",
    Step.BOX: "the bounding box",
    Step.MASS: "the centre of mass",
    Step.FRAME: "the 28×28 frame",
    Step.MARGIN: "the margin to 32×32",
    Step.RANGE: "this network's input range",
}

LONGEST_FIGURES = {
    Step.PICTURE: "1024×1024 pixels, of which\n1024×1024 are read",
    Step.PAPER: "light ink on darker paper",
    Step.DROPPED: "",
    Step.PAINTED: "224×224 points,\n99.9 % ink, with grey edges",
    Step.BOX: "canvas 224×224,\ntimes 0.0893: 20×20",
    Step.MASS: "at 14.5 across, 14.5 down,\nmoved as far as there is room\nto 14.5, 14.5 of 28×28",
    Step.FRAME: "all of it: columns 0–27,\nrows 0–27",
    Step.MARGIN: "two pixels of background\non each side",
    Step.RANGE: "background −0.424,\nink 2.821, border 0,\nas in another network",
}
"""The most that `figures` says of each step."""

LONGEST_ALONE = "without it: no digit, margin 100.00"
"""The most that `alone` says."""


LONGEST_COMPARED = f"Without {', '.join(_WITHOUT.values())} and: undecided 0 or 0 instead of 0"
LONGEST_OUTPUTS = "distance 188.88, margin 100.00; with every step distance 188.88, margin 100.00"
"""The most that `compared` and `outputs_text` say."""


def figures(preprocessing: Preprocessing, step: Step) -> str:
    """What a step did to this drawing, in one or two short lines."""
    left_out = step in preprocessing.off
    if preprocessing.found is not None and step in OF_PICTURES:
        return _figures_of_picture(preprocessing.found, step, left_out=left_out)
    rows, columns = preprocessing.boxed.shape
    if step is Step.PAINTED:
        height, width = preprocessing.painted.shape
        share = percent(float(preprocessing.painted.mean()), 1)
        kind = "all or nothing" if left_out else "with grey edges"
        return f"{width}×{height} points,\n{share} ink, {kind}"
    if step is Step.BOX:
        what = "canvas" if left_out else "box"
        box = preprocessing.box
        scale = figure(columns / box.width if columns > rows else rows / box.height, 3)
        return f"{what} {box.width}×{box.height},\ntimes {scale}: {columns}×{rows}"
    if step is Step.MASS:
        x, y = (figure(at, 1) for at in preprocessing.mass)
        place = f"at {x} across, {y} down,"
        if left_out:
            return f"{place}\nnot used"
        moved = "by whole pixels" if preprocessing.is_in_the_middle else "as far as there is room"
        x, y = (figure(at, 1) for at in preprocessing.mass_in_frame)
        return f"{place}\nmoved {moved}\nto {x}, {y} of 28×28"
    if step is Step.FRAME:
        left, top = preprocessing.corner
        where = f"columns {left}–{left + columns - 1},\nrows {top}–{top + rows - 1}"
        return f"all of it: {where}" if left_out else where
    if step is Step.MARGIN:
        return "28 stretched\nto 32" if left_out else "two pixels of background\non each side"
    background, ink = (short(round(end, 3)) for end in preprocessing.range)
    lines = [f"background {background}, ink {ink}"]
    if preprocessing.border is not None:
        lines = [f"background {background}", f"ink {ink}, border {short(preprocessing.border)}"]
    if left_out:
        lines.append("as in another network")
    return ",\n".join(lines)


def _figures_of_picture(found: FoundSteps, step: Step, *, left_out: bool) -> str:
    if step is Step.PICTURE:
        width, height = found.size
        size = f"{width}×{height} pixels"
        return size if found.part is None else f"{size},\nread in the rectangle"
    if step is Step.PAPER:
        kinds = ("light", "darker") if found.is_light else ("dark", "lighter")
        words = f"{kinds[0]} ink on {kinds[1]} paper"
        return f"{words},\nall of it counts" if left_out else words
    if len(found.digits) != 1:
        return lower_first(no_single_digit(len(found.digits)))
    if left_out:
        return "all ink counts"
    return "" if found.kinds else "nothing to drop"


def output_text(reading: Reading) -> str:
    """The best output and the margin."""
    return f"{best_output(reading)}, {margin(reading)}"


def outputs_text(usual: Reading, without: Reading | None) -> str:
    """The best outputs of both, or of the usual reading alone."""
    before = output_text(usual)
    return before if without is None else f"{output_text(without)}; with every step {before}"


def compared(usual: Reading, without: Reading | None, off: Iterable[Step]) -> str:
    """What leaving steps out has done to the answer, in a sentence."""
    names = [_WITHOUT[step] for step in TITLES if step in set(off)]
    if not names:
        return f"With every step: {read_as(verdict_of(usual))}"
    left_out = "Without " + (
        names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
    )
    if without is None:
        return f"{left_out}: {NO_INK_LEFT}"
    now, before = read_as(verdict_of(without)), read_as(verdict_of(usual))
    if now == before:
        return f"{left_out}: still {now}"
    return f"{left_out}: {now} instead of {before}"


def alone(reading: Reading | None) -> str:
    """The answer if only this step is left out."""
    if reading is None:
        return "without it: no ink left"
    return f"without it: {read_as(verdict_of(reading))}, {margin(reading)}"


def pixel_value(step: Step, value: float) -> str:
    """One pixel of a step's picture: its ink, or what the network is given for it."""
    if step is Step.RANGE:
        return signed(value, 3)
    if step is Step.PICTURE:
        return f"brightness {figure(value)}"
    if step is Step.DROPPED and value > 1:
        return f"dropped: {DROPPED_WORDS[Dropped(round(value) - 1)]}"
    return f"ink {figure(value)}"
