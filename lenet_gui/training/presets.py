"""The recipes that come with the program, by name, and recipes made from others. No torch."""

from dataclasses import replace

from lenet_gui.data.distortion import Distortion
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import (
    LOSSES,
    RUBBISH_LOSSES,
    Architecture,
    InitialWeights,
    Loss,
    Variant,
)
from lenet_gui.training.recipe import Optimiser, Order, Recipe, Schedule, Transpose

_TODAY = Recipe(learning_rate=0.002, warm_up=0.5)
"""What present-day recipes have in common: Adam, with warm-up and a cosine schedule."""

_HANDS = Distortion(
    translation=1.5, scale=0.12, squeeze=0.15, shear=0.25, rotation=8, elastic=0.5, stroke=0.7
)
"""What handwriting varies in: the paper's affine maps, some rotation, some bending, any pen."""

_LIGHT_HANDS = Distortion(
    translation=1.2, scale=0.1, squeeze=0.1, shear=0.2, rotation=5, elastic=0.4, stroke=0.6
)
"""The same, less of each."""

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

_ORIGINAL_TEACHER = _TODAY.with_changes(
    name="original-teacher",
    added_digits=25_000,
    rubbish=6_000,
    epochs=60,
    learning_rate=0.003,
    j=50,
    temperature=10,
    distortions=_HANDS,
)
_MODERN_TEACHER = _ORIGINAL_TEACHER.with_changes(
    name="modern-teacher",
    variant=Variant.MODERN,
    loss=Loss.CROSS_ENTROPY_RUBBISH,
    temperature=1,
    j=0.1,
    learning_rate=0.0025,
)

_STRONG_TEACHER = _MODERN_TEACHER.with_changes(
    name="strong-teacher",
    architecture=Architecture.STRONG_TEACHER,
    epochs=40,
    batch_size=128,
    learning_rate=0.002,
)

PRESETS: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        # A first look: past the 98.82 % of the README that the Modern follows, in seconds.
        _TODAY.with_changes(
            name="original-quick",
            epochs=5,
            batch_size=128,
            learning_rate=0.008,
            warm_up=0.3,
            j=50,
            temperature=20,
        ),
        _TODAY.with_changes(
            name="modern-quick",
            variant=Variant.MODERN,
            epochs=6,
            learning_rate=0.005,
            warm_up=0.3,
            initial_weights=InitialWeights.PAPER,
            distortions=Distortion(translation=1, scale=0.08, squeeze=0.08, shear=0.15),
        ),
        # What the shipped weights were trained with; the best by present-day methods.
        _ORIGINAL_TEACHER.with_changes(
            name="original-best",
            added_digits=15_000,
            rubbish=5_000,
            teachers_share=0.7,
            learning_rate=0.0025,
            distortions=replace(_HANDS, squeeze=0.12, rotation=6),
        ),
        _MODERN_TEACHER.with_changes(
            name="modern-best",
            added_digits=10_000,
            rubbish=4_000,
            teachers_share=0.7,
            epochs=100,
            learning_rate=0.0015,
            initial_weights=InitialWeights.PAPER,
            distortions=_LIGHT_HANDS,
        ),
        _PAPER,
        _PAPER.with_changes(
            name="paper-1998-distorted", distortions=Distortion(), distorted_share=0.9
        ),
        # The Original on the training digits as they are, by present-day methods.
        _TODAY.with_changes(name="original-best-plain", batch_size=32, j=50, temperature=20),
        # As the README that the Modern follows trained it: Adam, 20 epochs. It gives neither
        # rate nor batch: these, the decay and the mean of the weights, without which the last
        # update of a constant rate is a matter of luck, were chosen on held-out digits.
        Recipe(
            name="modern-seed",
            variant=Variant.MODERN,
            loss=Loss.CROSS_ENTROPY,
            learning_rate=0.0005,
            schedule=Schedule.CONSTANT,
            weight_decay=0.0001,
            averaging=0.999,
        ),
        # The committee that the best learn from.
        _ORIGINAL_TEACHER,
        _MODERN_TEACHER,
        # For a LeNet-5 to learn from; it needs a CUDA card.
        _STRONG_TEACHER,
    )
}


def preset(name: str) -> Recipe:
    """The preset of that name.

    Raises:
        UserError: there is none; the message lists the known ones.
    """
    if name not in PRESETS:
        raise UserError(f"There is no recipe {name!r}; the known ones are {', '.join(PRESETS)}.")
    return PRESETS[name]


def preset_of(recipe: Recipe) -> str | None:
    """The preset that the recipe matches, whatever its data and device."""
    same = (one for one in PRESETS if _on_same_data(one, recipe) == recipe)
    return next(same, None)


def with_preset(name: str, data: str, device: str, transpose: Transpose = Transpose.AUTO) -> Recipe:
    """The preset of that name on other digits and another device."""
    return PRESETS[name].with_changes(data=data, device=device, transpose=transpose)


def _on_same_data(name: str, recipe: Recipe) -> Recipe:
    """The preset of that name on a recipe's digits and device."""
    return with_preset(name, recipe.data, recipe.device, recipe.transpose)


def with_variant(recipe: Recipe, variant: str) -> Recipe | None:
    """The same for the other network: its preset of the same kind, else with its own loss.

    None if something of the recipe is not for the other network, such as SDLM for the Modern.
    """
    name = preset_of(recipe)
    twin = None if name is None else name.replace(recipe.variant, variant, 1)
    if twin != name and twin in PRESETS:
        return _on_same_data(twin, recipe)
    losses = LOSSES[Variant(variant)]
    with_rubbish = recipe.rubbish or recipe.teachers_share
    fitting = [loss for loss in losses if not with_rubbish or loss in RUBBISH_LOSSES]
    renamed = recipe.name.replace(recipe.variant, variant, 1)
    temperature = recipe.temperature if fitting[:1] == [Loss.MAP] else 1.0
    try:
        return recipe.with_changes(
            variant=variant, loss=fitting[0], name=renamed, temperature=temperature
        )
    except UserError:
        return None


def slower(recipe: Recipe) -> Recipe:
    """The same with a tenth of the learning rate, for a training run that diverged."""
    return recipe.with_changes(learning_rate=float(f"{recipe.learning_rate / 10:.3g}"))
