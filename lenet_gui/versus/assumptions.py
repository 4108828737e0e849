"""Every assumption and deviation, in one place: the window and the card of the weights show it."""

import math
from dataclasses import dataclass
from enum import StrEnum

from lenet_gui.data.distortion import Distortion
from lenet_gui.net.architecture import ANSWER_J, DEFAULT_J, Variant
from lenet_gui.net.calibration import ANSWERED
from lenet_gui.text.figures import percent
from lenet_gui.training.presets import preset
from lenet_gui.training.schedule import PAPER_ETA
from lenet_gui.versus.published import FIG_8_MISSES


class Kind(StrEnum):
    """What a statement is about; the value is the heading over its kind."""

    ASSUMPTION = "Assumptions, where the paper is silent"
    DEVIATION = "Deviations from the paper"
    MEASURE = "How results are measured"
    SEED = "Errors in the PyTorch LeNet-5 README that the Modern follows"


@dataclass(frozen=True)
class Statement:
    """One assumption or deviation: its topic, and the statement."""

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
        "j of Eq. 9": "The paper says only that it is above 0. paper-1998 uses "
        f"{paper.j:g}, chosen on held-out training digits; a recipe that does not set it uses "
        f"{DEFAULT_J:g}.",
        "Biases and coefficients": "They are initialised like the weights of their unit: the "
        "paper gives a rule only for weights.",
        "Curvature of Eq. 9": "Only the distance to the right code enters the second derivatives, "
        "2 for each component of F6. With the other term of the error they would almost vanish "
        "for digits that are read with certainty, and only mu would limit the steps.",
        "The running estimate": f"h_kk is the mean over {paper.curvature_digits} training digits, "
        f"drawn again before each pass, and {paper.first_epoch_measures} times during the first, "
        "when the curvatures grow fastest; nothing is kept from one measurement to the next.",
        "The constant order": "Drawn once from the seed, for all passes.",
        "Ranges of the distortions": "The paper lists the kinds but gives no ranges. Here: "
        f"translation up to {ranges.translation:g} pixels, scaling up to {100 * ranges.scale:g} %, "
        f"squeezing up to {100 * ranges.squeeze:g} %, horizontal shear up to {ranges.shear:g} "
        "pixels per row.",
        "The 540,000 distorted patterns": "They are not made in advance: each time a digit is "
        f"presented, it is distorted at random with a probability of {100 * distorted:g} %, the "
        "share of 540,000 in 600,000.",
    }
    return tuple(Statement(Kind.ASSUMPTION, topic, text) for topic, text in about.items())


def _deviations() -> tuple[Statement, ...]:
    eta, best = preset("paper-1998").learning_rate, preset("original-best")
    on_a_code = _rubbish_on_a_code(DEFAULT_J)
    about = {
        "Initial weights": "Uniform within ±1/sqrt(F_i) instead of the paper's 2.4/F_i, where "
        "F_i is the fan-in. With the paper's rule every unit saturates in the first pass, unless "
        "the curvatures are measured about 60 times during it.",
        "eta": f"It begins at {_plain(eta)} where the paper prints {_plain(PAPER_ETA[0])}, and "
        "falls from pass to pass in the paper's proportions. Eq. 7 has no factor 1/2, and the "
        "paper does not say which form its eta belongs to. So no step size exceeds "
        f"{_plain(eta / preset('paper-1998').mu)}, while the paper reports up to 0.016.",
        "Mini-batches with SDLM": "Ours: the paper's optimiser makes one update for every pattern. "
        "For larger batches, the mean gradient is divided by the same curvatures.",
        "original-best": "The network is the paper's: Table I, the subsampling with its "
        "coefficients, the RBF output with the fixed codes, 60,000 parameters. Its training is "
        "not: optimiser, schedule and distortions are today's, the distances and j in Eq. 9 are "
        f"divided by a temperature of {best.temperature:g}, j is {best.j:g}, and the table of "
        "results lists what it learned from besides MNIST. "
        f"{100 * best.teachers_share:g} % of its target, as of modern-best's, "
        "is not the label but the posterior that a member of a committee gives the picture: six "
        "LeNet-5, trained earlier on the same digits.",
        "modern-seed": "Its source gives Adam, a constant rate and 20 epochs. The rate, the "
        "batch size, the weight decay and the averaging of the weights are ours; without decay and "
        "averaging it missed 1.21 % of the test digits.",
        "Shown probabilities": "The posterior of Eq. 9 is shown beside an answer, with a j that "
        "need not be the one used in training. For a network that learned from pictures that are "
        f"not digits, j is calibrated: {100 * ANSWERED:g} % of digits that the program generated, "
        "and that training never saw, are nearer. For others it is at least "
        f"{ANSWER_J[Variant.ORIGINAL]:g}: with {DEFAULT_J:g}, every drawing would be rejected "
        f"whose distance is above {DEFAULT_J:g}, and even for one that matches a code exactly, "
        f"the digit would have only {percent(1 - on_a_code, 0)} and "
        f'"not a digit" {percent(on_a_code, 0)}.',
        "Boosting": "The paper's best figure, 0.70 %, is that of three LeNet-4 combined. Ours are "
        "single networks.",
    }
    return tuple(Statement(Kind.DEVIATION, topic, text) for topic, text in about.items())


def _measures() -> tuple[Statement, ...]:
    about = {
        "Which weights": "Always those after the last pass: no pass and no seed was chosen with "
        "the test digits. Settings were judged on held-out training digits, but some were dropped "
        "after their test errors had been seen: the card of the weights says which.",
        "Mean and deviation": "Over the seeds; the deviation is that of a sample (n-1).",
        "Training error": "On the fly, each digit before its update, as in Fig. 5: its caption "
        "says so, and that the training error is therefore larger than the test error at first.",
        "Fig. 5": "Only what the paper's text says about its curves is drawn here: where the test "
        "error settles, and the training error at pass 19.",
        "Fig. 8": f"The paper shows its {FIG_8_MISSES} misses but not where they are in the set, "
        "so only their number is compared with ours.",
    }
    return tuple(Statement(Kind.MEASURE, topic, text) for topic, text in about.items())


def _slips() -> tuple[Statement, ...]:
    about = {
        "Modern C3": "It gives 41,600 connections, because it leaves out the 6 input maps. There "
        "are 241,600, and 429,342 in total instead of 229,342. The stride of 2 that it gives "
        "should be 1; its count is for 1.",
        "Original C3": 'It writes a sum as "3 * 5 * 5 + 4 + 3 = 303" where it should be '
        "3 * (4 * 5 * 5) + 3 = 303; its total is right.",
        "Subsampling": "Its sketch connects every map of S2 to every map of C1. The paper, and the "
        "README's own text and counts, connect it to one.",
    }
    return tuple(Statement(Kind.SEED, topic, text) for topic, text in about.items())


def _rubbish_on_a_code(j: float) -> float:
    """The rubbish class's share where F6 is a code, and all other codes are far (Eq. 9)."""
    return math.exp(-j) / (1 + math.exp(-j))


def _plain(value: float) -> str:
    """A small figure without an exponent."""
    return f"{value:.6f}".rstrip("0")
