"""The card of a network: the README.md of its folder, with what is known of it and no more."""

import json
import re
from collections.abc import Mapping
from string import Template
from typing import Final

from lenet_gui import __version__
from lenet_gui.model_files.described import DescribedNetwork
from lenet_gui.model_files.plain_source import SOURCE_NAME
from lenet_gui.net.audit import audit
from lenet_gui.printable import printable, shortened
from lenet_gui.text.figures import as_test_error

_MNIST: Final = "ylecun/mnist"
"""What the Hugging Face Hub calls it."""

_LONGEST = 200
"""Characters of a fact."""

_MARKS = re.compile(r"([\\`*_{}\[\]<>|#&])")
"""What Markdown would obey."""


def model_card(model: DescribedNetwork, weights_name: str) -> str:
    """The card's text: YAML for the Hub, then Markdown.

    Args:
        model: the network.
        weights_name: of the file of weights beside the card.
    """
    return "\n".join([*_front_matter(model), "", _text(model, weights_name)])


def _front_matter(model: DescribedNetwork) -> list[str]:
    """Words from outside are written as JSON, which is YAML as well."""
    lines = [
        "---",
        f"license: {'mit' if model.is_shipped else 'unknown'}",
        "library_name: pytorch",
        "pipeline_tag: image-classification",
        "tags:",
        "- lenet-5",
    ]
    if model.reads_digits:
        lines.append("- handwritten-digits")
    if model.facts.get("data", "").startswith("MNIST "):
        lines += ["datasets:", f"- {_MNIST}"]
        accuracy = _accuracy(model.facts, "test")
        if accuracy is not None:
            lines += [
                "metrics:",
                "- accuracy",
                "model-index:",
                f"- name: {json.dumps(printable(model.name))}",
                "  results:",
                "  - task:",
                "      type: image-classification",
                "    dataset:",
                "      name: MNIST",
                f"      type: {_MNIST}",
                "      split: test",
                "    metrics:",
                "    - type: accuracy",
                f"      value: {accuracy:g}",
            ]
    return [*lines, "---"]


_CARD = Template(
    """\
# LeNet-5, $name

LeNet-5 ($kind) with $parameters trainable parameters. $task
Saved by LeNet Laboratory $version.

## Use

```python
from lenet5 import LeNet5

network = LeNet5("$weights")
output = network(images)  # images [N, 28, 28], paper 0 and ink 1
```

`$source` needs only PyTorch and safetensors. LeNet Laboratory itself reads `$weights`.

- **Input.** $input `LeNet5` takes images [N, 28, 28] and makes it of them.
- **Output.** [N, 10], $output.
- **Calibration.** $calibration

## Training

$training

## Limits

$limits Do not let it decide anything that matters.

## Licence

$licence
"""
)


_READS_DIGITS = "It reads one handwritten digit, 0 to 9."
_OF_DIGITS = (
    "It reads single digits that are prepared as in MNIST: the ink scaled to 20x20 pixels, its "
    "centre of mass in the middle of 28x28."
)
_OF_OTHERS = "It answers with one of its ten classes, whatever the image shows."


def _text(model: DescribedNetwork, weights_name: str) -> str:
    distances = "distances to the codes of the digits; the smallest wins"
    classes = ", ".join(map(_shown, model.class_names))
    unknown = "Not known to the program that saved this: whoever trained the network decides."
    return _CARD.substitute(
        name=_shown(model.name),
        kind=model.kind_text,
        parameters=f"{audit(model.kind.variant).parameters:,}",
        version=__version__,
        task=_READS_DIGITS if model.reads_digits else f"Its classes, in their order: {classes}.",
        limits=_OF_DIGITS if model.reads_digits else _OF_OTHERS,
        weights=weights_name,
        source=SOURCE_NAME,
        input=model.input_text,
        output=distances if model.kind.is_original else "logits; the largest wins",
        calibration=_calibration(model),
        training="\n".join(_training(model.facts)),
        licence="MIT." if model.is_shipped else unknown,
    )


def _calibration(model: DescribedNetwork) -> str:
    calibration = model.calibration
    if calibration.j is None:
        told = f"Probabilities are the softmax at the temperature {calibration.temperature:g}"
    else:
        told = (
            "Probabilities follow from Eq. 9 of the paper with the constant of the rubbish class "
            f"j = {calibration.j:g} and the temperature {calibration.temperature:g}"
        )
    if calibration.least_margin:
        told += f"; a margin below {calibration.least_margin:g} is too small for an answer"
    return f"{told}."


def _training(facts: Mapping[str, str]) -> list[str]:
    """What the file tells, as a list, and the recipe."""
    told = [
        f"- {words}: {_shown(facts[name].removeprefix(f'{words} '))}"
        for name, words in (
            ("read_from", "read from"),
            ("read_as", "read as"),
            ("data", "data"),
            ("epochs", "epochs"),
            ("stopped_in_epoch", "stopped in epoch"),
            ("loss", "loss"),
            ("name", "recipe"),
            ("seed", "seed"),
            ("changes", "changed while it was trained"),
        )
        if facts.get(name)
    ]
    for kind in ("train", "test"):
        accuracy = _accuracy(facts, kind)
        if accuracy is not None:
            told.append(f"- {_error(facts, kind, accuracy)}")
    recipe = facts.get("recipe", "")
    if not told:
        return ["The file of the weights does not say how the network was trained."]
    return [*told, *_as_block(recipe)] if recipe.startswith("{") else told


def _error(facts: Mapping[str, str], kind: str, accuracy: float) -> str:
    if kind == "test":
        told = as_test_error(accuracy, facts.get("data", ""))
    else:
        told = as_test_error(accuracy, "").replace("test", "training")
    errors, digits = (_number(facts, f"{kind}_{each}") for each in ("errors", "digits"))
    told = _MARKS.sub(r"\\\1", told)  # the name of the data may be from outside
    if errors is None or digits is None:
        return told
    return f"{told} ({errors:,.0f} of {digits:,.0f} images)"


def _as_block(recipe: str) -> list[str]:
    try:
        told = json.dumps(json.loads(recipe), indent=2, sort_keys=True)
    except (ValueError, RecursionError):
        return []
    return ["", "```json", *told.splitlines(), "```"]


def _accuracy(facts: Mapping[str, str], kind: str) -> float | None:
    accuracy = _number(facts, f"{kind}_accuracy")
    return accuracy if accuracy is not None and 0 <= accuracy <= 1 else None


def _number(facts: Mapping[str, str], name: str) -> float | None:
    try:
        number = float(facts[name])
    except (KeyError, ValueError):
        return None
    return number if abs(number) < 1e12 else None  # not of NaN


def _shown(text: str) -> str:
    """Words from outside, for Markdown to show as they are."""
    return _MARKS.sub(r"\\\1", shortened(text, _LONGEST))
