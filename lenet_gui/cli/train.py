"""`lenet-gui train`: trains a network by a recipe and writes its weights."""

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from lenet_gui.errors import UserError

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.data.distortion import Distortion
    from lenet_gui.training.control import Control
    from lenet_gui.training.recipe import Recipe

INTERRUPTED_STATUS = 130

_CHANGES = {
    "variant": (str, "original|modern", "the network"),
    "data": (str, "DIR|builtin", "the folder of the MNIST files, or builtin"),
    "training_digits": (int, "N", "train on the first N digits"),
    "validation_share": (float, "X", "hold out this share of the training digits, 0 to 0.5"),
    "added_digits": (int, "N", "built-in digits beside them"),
    "rubbish": (int, "N", "pictures of no digit beside them"),
    "teachers_share": (float, "X", "of the target, 0 to 1, that is what teachers say"),
    "teachers": (str, "committee|DIR", "the teachers: those shipped, or a folder of weights"),
    "epochs": (int, "N", "passes over the training digits"),
    "batch_size": (int, "N", "digits per update"),
    "optimiser": (str, "adam|sgd|sdlm", "what turns gradients into updates"),
    "lr": (float, "X", "the learning rate at its highest"),
    "schedule": (str, "constant|cosine|paper", "how the learning rate goes"),
    "warm_up": (float, "X", "epochs over which the learning rate first rises"),
    "momentum": (float, "X", "of sgd"),
    "mu": (float, "X", "of sdlm"),
    "curvature_digits": (int, "N", "digits that sdlm measures its curvatures on"),
    "first_epoch_measures": (int, "N", "how often sdlm measures them in the first epoch"),
    "weight_decay": (float, "X", "pull of the weights towards 0"),
    "averaging": (float, "X", "what a step keeps of a running mean of the weights; 0 for no mean"),
    "loss": (str, "map|distance|cross-entropy|cross-entropy-rubbish", "what is minimised"),
    "j": (float, "X", "the rubbish constant of Eq. 9"),
    "temperature": (float, "X", "what the distances of Eq. 9 are divided by; 1 is the paper's"),
    "initial_weights": (str, "paper|inverse-sqrt", "how weights are drawn at the beginning"),
    "order": (str, "fresh|constant", "the order of the digits in each epoch"),
    "distorted_share": (float, "X", "of the digits, 0 to 1; the others stay as they are"),
    "distortions": (str, "none|affine", "whether digits are distorted, anew in each epoch"),
    "seed": (int, "N", "of weights, order and distortions"),
    "device": (str, "auto|cpu|cuda|mps", "where the arithmetic is done"),
    "name": (str, "NAME", "what the training is called"),
}
"""Options that change a field of the recipe: type, what stands for the value, help."""


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "train",
        help="train a network and write its weights",
        description="Trains a network by a recipe. A checkpoint is kept beside the weights at "
        "the end of each epoch, and the weights of every epoch in the folder FILE.epochs, for the "
        "window to look back on; Ctrl-C stops, and --resume goes on from the checkpoint.",
    )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="where the weights go"
    )
    parser.add_argument(
        "--recipe",
        metavar="FILE|PRESET",
        help="a recipe as JSON or the name of a preset (default: original-quick or modern-quick, "
        "after --variant)",
    )
    parser.add_argument("--resume", metavar="FILE", type=Path, help="a checkpoint to go on from")
    parser.add_argument(
        "--log", metavar="FILE.jsonl", type=Path, help="append every event to this file"
    )
    parser.add_argument(
        "--result", metavar="FILE.json", type=Path, help="write what came of it to this file"
    )
    parser.add_argument(
        "--threads",
        metavar="N",
        type=int,
        help="threads for the arithmetic (default: as many as cores; fewer are faster while other "
        "programs keep the cores busy)",
    )
    group = parser.add_argument_group("changes to the recipe")
    for name, (kind, metavar, text) in _CHANGES.items():
        group.add_argument(f"--{name.replace('_', '-')}", type=kind, metavar=metavar, help=text)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command and returns the exit status: 0, or 130 after Ctrl-C.

    Raises:
        UserError: an argument, a file or the data are wrong, or the training failed.
    """
    from lenet_gui.files import check_writable, is_stream
    from lenet_gui.training.ending import RunFiles, train_and_keep

    check_writable(args.out)
    files = RunFiles.beside(args.out, log=args.log, result=args.result)
    check_writable(files.checkpoint)
    if files.epochs.exists() and not files.epochs.is_dir():
        raise UserError(
            f"{files.epochs}, where the epochs' weights go, is no folder: move it away."
        )
    if args.log is not None and not is_stream(args.log):
        check_writable(args.log)
    if args.result is not None:
        check_writable(args.result)
    for option, file in (("--log", args.log), ("--result", args.result)):
        others = {files.weights, files.checkpoint, args.log if option == "--result" else None}
        if file is not None and file in others:
            raise UserError(f"{option} {file} is another output's file: give it its own.")
    if args.threads is not None and not 1 <= args.threads <= 1024:
        raise UserError(f"--threads must be from 1 to 1024, not {args.threads}.")
    recipe = _recipe(args)

    from lenet_gui.cli.digits import digits_for
    from lenet_gui.cli.train_report import Report
    from lenet_gui.training.control import Control

    digits = digits_for(recipe)
    control = Control()
    events = train_and_keep(
        recipe, digits, files, control, resume=args.resume, threads=args.threads
    )
    with Report(args.out, recipe, _same_again(args)) as report, _interrupt_stops(control):
        for event in events:
            report.tell(event)
    return INTERRUPTED_STATUS if report.interrupted else 0


def _same_again(args: argparse.Namespace) -> list[str]:
    """The options that a training must be taken up with to end as if it had not been interrupted.

    The recipe is in the checkpoint; the sums, and so the last bits, depend on the threads.
    """
    from lenet_gui.files import is_stream

    again = [] if args.threads is None else ["--threads", str(args.threads)]
    if args.result is not None:
        again += ["--result", str(args.result)]
    if args.log is None or is_stream(args.log):  # whoever read the pipe may have gone
        return again
    return [*again, "--log", str(args.log)]


def _recipe(args: argparse.Namespace) -> "Recipe":
    """The preset, file or checkpoint that is named, with the options' changes."""
    changes = {
        {"lr": "learning_rate"}.get(name, name): value
        for name in _CHANGES
        if (value := getattr(args, name)) is not None
    }
    if "distortions" in changes:
        changes["distortions"] = _distortions(changes["distortions"])
    return _named_recipe(args).with_changes(**changes)


def _named_recipe(args: argparse.Namespace) -> "Recipe":
    from lenet_gui.training.presets import PRESETS, preset
    from lenet_gui.training.recipe import Recipe

    if args.recipe is None and args.resume is not None:
        from lenet_gui.training.checkpoint import load_checkpoint

        return load_checkpoint(args.resume).recipe
    if args.recipe is None:
        named = f"{args.variant}-quick"
        return preset(named if named in PRESETS else "original-quick")
    if args.recipe in PRESETS:
        return preset(args.recipe)
    file = Path(args.recipe)
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return preset(args.recipe)  # which says the names that there are
    except OSError as error:
        raise UserError(f"The recipe {file} could not be read ({error.strerror}).") from error
    return Recipe.from_json(content, where=f"The recipe {file}")


def _distortions(word: str) -> "Distortion | None":
    from lenet_gui.data.distortion import PLANAR_AFFINE

    if word not in {"none", "affine"}:
        raise UserError(
            f"--distortions must be none or affine, not {word!r} (a recipe file sets the ranges)."
        )
    return PLANAR_AFFINE if word == "affine" else None


@contextmanager
def _interrupt_stops(control: "Control") -> Iterator[None]:
    """Makes the first Ctrl-C stop the training between two steps; a second one ends at once."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        control.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
