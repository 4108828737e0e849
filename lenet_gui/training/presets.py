"""The recipes that come with the program, by name. No torch."""

from lenet_gui.data.distortion import Distortion
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Loss, Variant
from lenet_gui.training.recipe import Optimiser, Order, Recipe, Schedule

_ORIGINAL = Recipe(
    name="original",
    epochs=40,
    learning_rate=0.002,
    warm_up=0.5,
    distortions=Distortion(),
)
_MODERN = _ORIGINAL.with_changes(name="modern", variant=Variant.MODERN, loss=Loss.CROSS_ENTROPY)

_HANDS = Distortion(
    translation=1.5, scale=0.12, squeeze=0.15, shear=0.25, rotation=8, elastic=0.5, stroke=0.7
)
"""What hands do: the paper's affine maps, turned a little, bent a little, by any pen."""

_BEST = _ORIGINAL.with_changes(
    name="original-best",
    added_digits=25_000,
    rubbish=6_000,
    epochs=60,
    learning_rate=0.003,
    j=50,
    temperature=10,
    distortions=_HANDS,
)

_PAPER = Recipe(
    name="paper-1998",
    epochs=20,
    batch_size=1,
    optimiser=Optimiser.SDLM,
    learning_rate=0.0002,
    j=8,
    schedule=Schedule.PAPER,
    first_epoch_measures=20,
    order=Order.CONSTANT,
)

PRESETS: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        # What the shipped weights were trained with.
        _ORIGINAL,
        _MODERN,
        _PAPER,
        _PAPER.with_changes(
            name="paper-1998-distorted", distortions=Distortion(), distorted_share=0.9
        ),
        _BEST,
        _BEST.with_changes(
            name="modern-best",
            variant=Variant.MODERN,
            loss=Loss.CROSS_ENTROPY_RUBBISH,
            temperature=1,
            j=0.1,
            learning_rate=0.0025,
        ),
        # A first look in a minute or two.
        _ORIGINAL.with_changes(
            name="original-quick", epochs=3, learning_rate=0.005, distortions=None
        ),
        _MODERN.with_changes(name="modern-quick", epochs=3, learning_rate=0.004, distortions=None),
        # The Original on the training digits as they are, by means of today.
        _BEST.with_changes(
            name="original-best-plain",
            added_digits=0,
            rubbish=0,
            epochs=20,
            batch_size=32,
            learning_rate=0.002,
            temperature=20,
            distortions=None,
        ),
        # As the document trained it that this program grew from: Adam, 20 epochs. It tells neither
        # rate nor batch: these were chosen on digits held out of the training set.
        _MODERN.with_changes(
            name="modern-seed",
            epochs=20,
            learning_rate=0.0003,
            schedule=Schedule.CONSTANT,
            warm_up=0,
            distortions=None,
        ),
    )
}


def preset(name: str) -> Recipe:
    """The preset of that name.

    Raises:
        UserError: there is none; the sentence lists the known ones.
    """
    if name not in PRESETS:
        raise UserError(f"There is no recipe {name!r}; the known ones are {', '.join(PRESETS)}.")
    return PRESETS[name]
