"""`lenet-gui evaluate`: how a weights file does on the digits of a set."""

import argparse
import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lenet_gui.cli import robustness
from lenet_gui.foreign import printable
from lenet_gui.net.architecture import facts_of_network
from lenet_gui.text.figures import percent
from lenet_gui.text.networks import network_name

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.data.digits import Digits
    from lenet_gui.net.network import Network
    from lenet_gui.net.weights_file import LoadedWeights


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "evaluate",
        help="measure weights files on MNIST or the built-in digits",
        description="Runs every digit of a set through a network and prints loss, accuracy, "
        "the digits it misses and the confusion matrix; of several networks one after another.",
    )
    parser.add_argument(
        "weights",
        metavar="WEIGHTS",
        type=Path,
        nargs="+",
        help="a weights file, or a shipped one: original, modern, paper-1998",
    )
    parser.add_argument(
        "--data",
        metavar="DIR|builtin",
        default="mnist",
        help="the folder with the MNIST files, or builtin for the program's own digits "
        "(default: MNIST where it is found, downloaded if it is not there)",
    )
    parser.add_argument(
        "--set", choices=("test", "training"), default="test", help="which set (default: test)"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object instead; of several networks, without --corrupt, a list",
    )
    robustness.add_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command and returns the exit status.

    Raises:
        UserError: the weights, the data or an option is wrong.
    """
    from lenet_gui.cli.digits import chosen_set
    from lenet_gui.net.weights_file import load_any_weights
    from lenet_gui.paths import weights_file

    robustness.check_options(args)
    loaded = [load_any_weights(weights_file(weights)) for weights in args.weights]
    digits = chosen_set(args.data, args.set)
    if args.corrupt:
        pairs = zip(args.weights, loaded, strict=True)
        lines = [_first_line(str(weights), one) for weights, one in pairs]
        robustness.measure(args, [one.network for one in loaded], digits, lines)
        return 0
    reports = [_report(*each, digits) for each in zip(args.weights, loaded, strict=True)]
    if args.json:
        told = [report | _loss_in_json(report) for report in reports]
        print(json.dumps(told if len(told) > 1 else told[0], allow_nan=False))
    else:
        texts = [_in_words(*each) for each in zip(reports, loaded, strict=True)]
        print("\n\n\n".join(texts))
    return 0


def _report(weights: Path, loaded: "LoadedWeights[Network]", digits: "Digits") -> dict[str, Any]:
    from lenet_gui.training.metrics import evaluate

    network = loaded.network
    found = evaluate(network, digits, loaded.loss_function)
    return {
        "weights": str(weights),
        **facts_of_network(network.architecture, network.variant),
        **network.form.facts(),
        "data": digits.name,
        "digits": found.digits,
        "loss": found.loss,
        "loss_function": str(loaded.loss),
        "accuracy": found.accuracy,
        "errors": len(found.misses),
        "misses": [
            {"index": miss.index, "true": miss.true, "predicted": miss.predicted}
            for miss in found.misses
        ],
        "confusion": found.confusion,
    }


def _first_line(weights: str, loaded: "LoadedWeights[Network]") -> str:
    """What is measured: "Original, mine.safetensors", and whether its file is unchecked."""
    network = loaded.network
    unchecked = "" if loaded.checked else " (a file without a checksum: unchecked)"
    name = network_name(network.kind, network.architecture)
    return f"{name}, {printable(weights)}{unchecked}"


def _loss_in_json(report: dict[str, Any]) -> dict[str, float | None]:
    """JSON knows no infinity."""
    return {"loss": report["loss"] if isfinite(report["loss"]) else None}


def _in_words(report: dict[str, Any], loaded: "LoadedWeights[Network]") -> str:
    digits, errors = report["digits"], report["errors"]
    lines = [
        _first_line(report["weights"], loaded),
        f"{report['data']}: {digits:,} digits",
        f"loss      {report['loss']:.5f} ({report['loss_function']})",
        f"accuracy  {percent(report['accuracy'])}",
        f"error     {percent(errors / digits)} ({errors:,} digits)",
        "",
        "true \\ predicted",
        "      " + "".join(f"{digit:>6}" for digit in range(10)),
    ]
    for digit, row in enumerate(report["confusion"]):
        lines.append(f"{digit:>6}" + "".join(f"{count:>6}" for count in row))
    if report["misses"]:
        lines += ["", " index  true  predicted"]
        lines += [
            f"{miss['index']:>6}  {miss['true']:>4}  {miss['predicted']:>9}"
            for miss in report["misses"]
        ]
    return "\n".join(lines)
