"""Every assumption and deviation, in one place: the window and the card of the weights show it."""

from dataclasses import dataclass
from enum import StrEnum

from lenet_gui.data.distortion import Distortion
from lenet_gui.net.architecture import ANSWER_J, DEFAULT_J, Variant
from lenet_gui.net.calibration import ANSWERED
from lenet_gui.training.presets import preset
from lenet_gui.training.schedule import PAPER_ETA
from lenet_gui.versus.published import FIG_8_MISSES


class Kind(StrEnum):
    """What a statement is about; the value is the heading over its kind."""

    ASSUMPTION = "Assumptions, where the paper is silent"
    DEVIATION = "Deviations from the paper"
    MEASURE = "How it is measured"
    SEED = "Where the document that this program grew from errs"


@dataclass(frozen=True)
class Statement:
    """One assumption or deviation: what it concerns, and what is so."""

    kind: Kind
    topic: str
    text: str


def statements() -> tuple[Statement, ...]:
    """All of them, by kind; figures are those of the recipes as they are."""
    return (*_assumptions(), *_deviations(), *_measures(), *_slips())


def as_markdown() -> str:
    """The statements as Markdown, a heading and a list for each kind; ends in a newline."""
    parts = []
    for kind in Kind:
        lines = [f"- *{one.topic}*: {one.text}" for one in statements() if one.kind is kind]
        parts.append("\n".join((f"### {kind}", "", *lines, "")))
    return "\n".join(parts)


def _assumptions() -> tuple[Statement, ...]:
    paper, ranges = preset("paper-1998"), Distortion()
    distorted = preset("paper-1998-distorted").distorted_share
    about = {
        "j of Eq. 9": "The paper says only that it is above 0. paper-1998 takes "
        f"{paper.j:g}, chosen on training digits that were held out; where a recipe says nothing "
        f"it is {DEFAULT_J:g}.",
        "Biases and coefficients": "They start like the weights of their unit: the paper gives a "
        "rule for weights alone.",
        "Curvature of Eq. 9": "Of the error only the distance to the right code enters the second "
        "derivatives, 2 for each component of F6. With its other term they would all but vanish "
        "for digits that are read with certainty, and mu alone would bound the steps.",
        "The running estimate": f"h_kk is the mean over {paper.curvature_digits} training digits, "
        f"drawn anew before each pass, and {paper.first_epoch_measures} times within the first, in "
        "which the curvatures grow fastest; nothing is kept of the measure before.",
        "The constant order": "Drawn once from the seed, for all passes.",
        "Ranges of the distortions": "The paper lists the kinds and gives no ranges. Here: "
        f"translation up to {ranges.translation:g} pixels, scaling up to {100 * ranges.scale:g} %, "
        f"squeezing up to {100 * ranges.squeeze:g} %, horizontal shear up to {ranges.shear:g} "
        "pixels a row.",
        "The 540,000 distorted patterns": "They are not made beforehand: at each presentation a "
        f"digit is distorted anew with a probability of {100 * distorted:g} %, the share of "
        "540,000 in 600,000.",
    }
    return tuple(Statement(Kind.ASSUMPTION, topic, text) for topic, text in about.items())


def _deviations() -> tuple[Statement, ...]:
    eta, best = preset("paper-1998").learning_rate, preset("original-best")
    about = {
        "Initial weights": "Uniform within 1/sqrt(F_i) of 0 instead of the paper's 2.4/F_i, F_i "
        "the fan-in. With the paper's rule every unit saturates in the first pass, unless the "
        "curvatures are measured some 60 times within it.",
        "eta": f"It begins at {_plain(eta)} where the paper prints {_plain(PAPER_ETA[0])}, and "
        "falls from pass to pass in the paper's proportions. Eq. 7 has no factor 1/2, and the "
        "paper does not say which form its eta belongs to. No step size can then exceed "
        f"{_plain(eta / preset('paper-1998').mu)}, where the paper reports up to 0.016.",
        "Mini-batches with SDLM": "Ours: the paper's optimiser makes an update for every pattern. "
        "With more in a batch the mean gradient is divided by the same curvatures.",
        "original-best": "The network is the paper's: Table I, the subsampling with its "
        "coefficients, the RBF output with the fixed codes, 60,000 parameters. How it is trained "
        "is not: optimiser, schedule and distortions are of today, the distances in Eq. 9 are "
        f"divided by {best.temperature:g}, j is {best.j:g}, and what it learnt from beside MNIST "
        "stands in the table of results. Of its target, as of modern-best's, "
        f"{100 * best.teachers_share:g} % is not the label but what a network of a committee takes "
        "the picture for: six LeNet-5, trained before it on the same digits.",
        "modern-seed": "Its source gives Adam, a constant rate and 20 epochs. The rate, the "
        "batches, a weight decay and a running mean of the weights are ours; without decay and "
        "mean it missed 1.21 % of the test digits.",
        "Shown probabilities": "Beside an answer stands the posterior of Eq. 9 with a j that need "
        "not be the one of training. Of a network that learnt what is no digit it is calibrated: "
        f"{100 * ANSWERED:g} % of digits that the program writes, and no training saw, lie nearer. "
        f"Elsewhere it is at least {ANSWER_J[Variant.ORIGINAL]:g}, because with {DEFAULT_J:g} even "
        'a digit that meets its code exactly would be called "not a digit" with 52 %.',
        "Boosting": "The paper's best figure, 0.70 %, is that of three LeNet-4 together. Ours are "
        "single networks.",
    }
    return tuple(Statement(Kind.DEVIATION, topic, text) for topic, text in about.items())


def _measures() -> tuple[Statement, ...]:
    about = {
        "Which weights": "Those after the last pass, always: no pass and no seed was chosen by "
        "the test digits. Settings were judged on held-out training digits, but some were given up "
        "after their test errors had been seen: the card of the weights says which.",
        "Mean and deviation": "Over the seeds; the deviation is that of a sample (n-1).",
        "Training error": "On the fly, each digit before its update. How that of Fig. 5 was taken "
        "the paper does not say.",
        "Fig. 5": "Of the paper's curves only what the text says is drawn here: where the test "
        "error settles, and the training error at pass 19.",
        "Fig. 8": f"The paper shows its {FIG_8_MISSES} misses and not their places in the set, so "
        "ours stand beside their number, not beside their pictures.",
    }
    return tuple(Statement(Kind.MEASURE, topic, text) for topic, text in about.items())


def _slips() -> tuple[Statement, ...]:
    about = {
        "Modern C3": "It prints 41,600 connections, which leaves out the 6 input maps, and a "
        "stride of 2, which is 1: there are 241,600, and 429,342 in all instead of 229,342.",
        "Original C3": 'A sum in it reads "3 * 5 * 5 + 4 + 3 = 303" and means '
        "3 * (4 * 5 * 5) + 3 = 303.",
        "Subsampling": "Its sketch lets every map of S2 see every map of C1. The paper, and its "
        "own text and counts, say one map each.",
    }
    return tuple(Statement(Kind.SEED, topic, text) for topic, text in about.items())


def _plain(value: float) -> str:
    """A small figure without an exponent."""
    return f"{value:.6f}".rstrip("0")
