"""What the fields of a recipe and their choices are called in the form. No Qt."""

from lenet_gui.data.distortion import PLANAR_AFFINE, Distortion
from lenet_gui.net.architecture import Loss
from lenet_gui.training.recipe import Optimiser, Order, Recipe, Schedule

OPTIMISERS = {
    Optimiser.ADAM: "Adam",
    Optimiser.SGD: "SGD, momentum",
    Optimiser.SDLM: "SDLM, the paper's",
}
SCHEDULES = {
    Schedule.CONSTANT: "constant",
    Schedule.COSINE: "cosine",
    Schedule.PAPER: "paper",
}
ORDERS = {Order.FRESH: "fresh each epoch", Order.CONSTANT: "constant, the paper's"}
LOSSES = {
    Loss.MAP: "MAP, Eq. 9",
    Loss.DISTANCE: "distance, Eq. 8",
    Loss.CROSS_ENTROPY: "cross-entropy",
    Loss.CROSS_ENTROPY_RUBBISH: "cross-entropy, rubbish class",
}

FIELDS: dict[str, tuple[str, str]] = {
    "preset": ("Recipe", "Recipes that come with the program"),
    "name": ("Name", "What the run is called in lists and plots"),
    "variant": ("Network", "The paper's network, or its modern form"),
    "data": ("Data", "Where the training and test digits come from"),
    "training_digits": ("Digits", "Only the first so many training digits; empty for all of them"),
    "added_digits": (
        "Digits added",
        "So many digits that the program writes itself, beside the others; never held out",
    ),
    "rubbish": (
        "Rubbish",
        (
            "So many pictures of no digit (letters, scribbles, dots), to be told from digits; "
            "the loss needs a rubbish class"
        ),
    ),
    "teachers_share": (
        "Teachers",
        (
            "How much of its target comes from networks that learned before, 0 to 1: what they "
            "take each picture for; the rest is the label. The loss needs a rubbish class"
        ),
    ),
    "validation_share": (
        "Validation",
        "Share of the training digits that is kept apart to measure on, 0 to 0.5",
    ),
    "epochs": ("Epochs", "Passes over the training digits"),
    "batch_size": ("Batch size", "Digits per update; the paper's is 1, more with SDLM is ours"),
    "order": ("Order", "In which the training digits come: drawn for each epoch, or once for all"),
    "optimiser": (
        "Optimiser",
        (
            "What turns gradients into updates; SDLM is the paper's stochastic diagonal "
            "Levenberg-Marquardt, for the Original network alone"
        ),
    ),
    "learning_rate": ("Rate", "Learning rate at its highest; eta of SDLM"),
    "mu": ("mu", "Of SDLM: keeps steps finite where the curvature is 0; the paper's is 0.02"),
    "schedule": (
        "Schedule",
        (
            "How the rate goes over the epochs: it stays, falls to 0 like a cosine, or goes down "
            "the paper's steps to a fiftieth"
        ),
    ),
    "loss": ("Loss", "What training minimises"),
    "j": (
        "j",
        (
            "The constant of the rubbish class in Eq. 9, 0 or more: the larger, the farther "
            "from every code is what counts as no digit"
        ),
    ),
    "temperature": (
        "Temperature",
        (
            "What the distances of Eq. 9 are divided by: above 1, the paper's, codes are to be "
            "told apart by wider gaps"
        ),
    ),
    "distortions": ("Distortions", "What happens to each digit, anew in each epoch"),
    "seed": (
        "Seed",
        "Of initial weights, order and distortions: the same seed, the same training",
    ),
    "device": ("Device", "auto takes a CUDA card where there is one"),
    "file": ("File", "The recipe as a JSON file"),
}
"""Label and tooltip of each field, in the order of the form."""

NO_MU = "Only SDLM has a mu."
NO_J = "j is of Eq. 9; the Modern network's loss has none."

NO_TEMPERATURE = "Only Eq. 9 has a temperature."


def kind_of(distortions: Distortion | None) -> str:
    """What the form calls distortions, such as "planar affine"."""
    if distortions is None:
        return "none"
    if distortions == PLANAR_AFFINE:
        return "planar affine"
    return "affine, own ranges" if distortions.is_affine else "affine, elastic, strokes"


def distortions_told(distortions: Distortion | None, recipe: Recipe) -> str:
    """What happens to the digits, with all ranges that are not 0; `recipe` says to how many."""
    if distortions is None or distortions.leaves_all_alone:
        return "The digits stay as they are"
    ranges = [
        words
        for range_, words in (
            (distortions.translation, f"moved by up to {distortions.translation:g} pixels"),
            (distortions.scale, f"larger or smaller by up to {100 * distortions.scale:g} %"),
            (distortions.squeeze, f"squeezed by up to {100 * distortions.squeeze:g} %"),
            (distortions.shear, f"sheared by up to {distortions.shear:g}"),
            (distortions.rotation, f"turned by up to {distortions.rotation:g} degrees"),
            (distortions.elastic, f"warped by {distortions.elastic:g} pixels (deviation)"),
            (distortions.stroke, f"strokes {distortions.stroke:g} pixels wider or thinner a side"),
        )
        if range_
    ]
    share = recipe.distorted_share
    which = "Each digit" if share == 1 else f"{100 * share:g} % of the digits"
    return f"{which}, anew in each epoch: {', '.join(ranges)} (the paper gives no ranges)"
