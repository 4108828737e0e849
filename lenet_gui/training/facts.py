"""What a weights file says about its training."""

import json
from collections.abc import Sequence

from lenet_gui import __version__
from lenet_gui.data.class_names import DIGIT_NAMES, facts_of_classes
from lenet_gui.net.architecture import facts_of_network
from lenet_gui.training.events import Score
from lenet_gui.training.recipe import Recipe


def facts_of_training(
    recipe: Recipe,
    data_name: str,
    epochs: int,
    train: Score | None,
    test: Score | None,
    changes: Sequence[str] = (),
    answer_j: float | None = None,
    stopped_in_epoch: int | None = None,
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> dict[str, str]:
    """Facts for `net.weights_file.save_weights`.

    Args:
        recipe: how the weights came to be.
        data_name: what the training digits are called.
        epochs: how many were done.
        train: the last score on training digits, if any was taken.
        test: the last score on test digits, if any was taken.
        changes: what the recipe was before the training was continued with another one.
        answer_j: the calibrated j of answers, if it was measured.
        stopped_in_epoch: where the training was asked to stop, if it was.
        class_names: what the classes are called.

    Returns:
        "variant", "recipe" (JSON), "name", "data", "seed", "epochs", "loss", "j", "temperature",
        "program"; if it is not a LeNet-5, "architecture"; with scores "train_accuracy" and
        "test_accuracy" (0..1), each with its "_errors" and "_digits", of how many digits it is;
        with changes "changes"; with other classes than digits "classes" (JSON); where it was
        measured "answer_j"; where it was stopped "stopped_in_epoch".
    """
    facts = {
        **facts_of_network(recipe.architecture, recipe.variant),
        "recipe": json.dumps(recipe.as_dict(), sort_keys=True, ensure_ascii=False),
        "name": recipe.name,
        "data": data_name,
        "seed": str(recipe.seed),
        "epochs": str(epochs),
        "loss": str(recipe.loss),
        "j": str(recipe.j),
        "temperature": str(recipe.temperature),
        "program": __version__,
        **facts_of_classes(class_names),
    }
    for name, score in (("train", train), ("test", test)):
        if score is not None:
            facts |= {
                f"{name}_accuracy": str(score.accuracy),
                f"{name}_errors": str(score.errors),
                f"{name}_digits": str(score.digits),
            }
    if changes:
        facts["changes"] = "; ".join(changes)
    if answer_j is not None:
        facts["answer_j"] = str(answer_j)
    if stopped_in_epoch is not None:
        facts["stopped_in_epoch"] = str(stopped_in_epoch)
    return facts
