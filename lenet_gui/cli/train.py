"""`lenet-gui train`: trains a network by a recipe and writes its weights."""

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from lenet_gui.errors import UserError

if TYPE_CHECKING:
    from lenet_gui.cli.outputs import Named
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.training.control import Control
    from lenet_gui.training.ending import RunFiles
    from lenet_gui.training.recipe import Recipe

INTERRUPTED_STATUS = 130


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
    _add_changes(parser)
    parser.set_defaults(run=run)


def _add_changes(parser: argparse.ArgumentParser) -> None:
    """An option for each field of a recipe, made from what is known of it."""
    from lenet_gui.training.described import Group
    from lenet_gui.training.recipe import FIELDS

    for about in Group:
        group = parser.add_argument_group(f"changes to the recipe: {about}")
        for name, field in FIELDS.items():
            if field.group is about:
                group.add_argument(
                    field.option,
                    dest=name,
                    type=field.kind.from_text,
                    metavar=field.metavar or field.kind.metavar,
                    help=(field.help or _begun_small(field.explanation)).replace("%", "%%"),
                )


def _begun_small(text: str) -> str:
    return text[:1].lower() + text[1:]


def run(args: argparse.Namespace) -> int:
    """Runs the command and returns the exit status: 0, or 130 after Ctrl-C.

    Raises:
        UserError: an argument, a file or the data are wrong, or the training failed.
    """
    from lenet_gui.files import check_writable
    from lenet_gui.training.ending import RunFiles, train_and_keep

    check_writable(args.out)
    files = RunFiles.beside(args.out, log=args.log, result=args.result)
    if args.threads is not None and not 1 <= args.threads <= 1024:
        raise UserError(f"--threads must be from 1 to 1024, not {args.threads}.")
    recipe = _recipe(args)
    _check_files(args, files, recipe)

    from lenet_gui.cli.digits import digits_for
    from lenet_gui.cli.train_report import Report
    from lenet_gui.training.control import Control
    from lenet_gui.training.described import Vocabulary
    from lenet_gui.training.problems import OtherRecipeError

    digits = digits_for(recipe)
    control = Control()
    events = train_and_keep(
        recipe, digits, files, control, resume=args.resume, threads=args.threads
    )
    with Report(args.out, recipe, _same_again(args)) as report, _interrupt_stops(control):
        try:
            for event in events:
                report.tell(event)
        except OtherRecipeError as error:
            raise UserError(error.text(Vocabulary.COMMAND)) from error
    return INTERRUPTED_STATUS if report.interrupted else 0


def _check_files(args: argparse.Namespace, files: "RunFiles", recipe: "Recipe") -> None:
    """Makes sure that every output can be written, now, and over nothing that is still needed.

    Raises:
        UserError: names the output.
    """
    from lenet_gui.cli.outputs import Named, check_apart, check_outside
    from lenet_gui.files import check_writable, is_stream
    from lenet_gui.training.epoch_files import NAME
    from lenet_gui.training.lock import check_free

    given = [("--out", files.weights), ("--log", files.log), ("--result", files.result)]
    outputs = [Named(option, file) for option, file in given if file is not None]
    checkpoint = Named("the checkpoint", files.checkpoint)
    inputs = _inputs(args, recipe)
    resumed = [Named("the checkpoint", args.resume)] if args.resume is not None else []
    check_apart([checkpoint, *outputs], inputs)
    check_apart(outputs, resumed)  # a training goes on at the place of its checkpoint
    check_outside(files.epochs, NAME, [*outputs, *inputs, *resumed])
    check_writable(files.checkpoint)
    if files.epochs.exists() and not files.epochs.is_dir():
        raise UserError(
            f"{files.epochs}, where the epochs' weights go, is no folder: move it away."
        )
    for file in (files.log, files.result):
        if file is not None and not (file is files.log and is_stream(file)):
            check_writable(file)
    check_free(*files.written_whole)


def _inputs(args: argparse.Namespace, recipe: "Recipe") -> "list[Named]":
    """The files that a training reads, beside the checkpoint."""
    from lenet_gui.cli.outputs import Named
    from lenet_gui.data.mnist import find_mnist
    from lenet_gui.data.mnist_files import PUBLISHED
    from lenet_gui.training.presets import PRESETS
    from lenet_gui.training.recipe import BUILTIN, COMMITTEE, MNIST

    found = []
    if args.recipe is not None and args.recipe not in PRESETS:
        found.append(Named("the recipe", Path(args.recipe)))
    if recipe.data != BUILTIN:
        with suppress(UserError):  # which is told where they are read
            folder = find_mnist(None if recipe.data == MNIST else Path(recipe.data))
            lying = [file.lies_in(folder) for file in PUBLISHED]
            found += [Named("a file of digits", file) for file in lying if file is not None]
    if recipe.teachers_share and recipe.teachers != COMMITTEE:
        with suppress(OSError):
            teachers = Path(recipe.teachers).glob("*.safetensors")
            found += [Named("a teacher", file) for file in sorted(teachers)]
    return found


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
    """The preset, file or checkpoint that is named, with the options' changes.

    Raises:
        UserError: what is wrong, with the fields called by their options.
    """
    from lenet_gui.training.described import Vocabulary
    from lenet_gui.training.fields import WrongValue
    from lenet_gui.training.problems import RecipeError
    from lenet_gui.training.recipe import FIELDS

    changes = {}
    for name, field in FIELDS.items():
        if (text := getattr(args, name)) is not None:
            try:
                changes[name] = field.kind.named(text)
            except WrongValue as wrong:
                raise UserError(f"{field.option} {wrong}.") from wrong
    recipe = _named_recipe(args)
    try:
        return recipe.with_changes(**changes)
    except RecipeError as error:
        raise UserError(error.text(Vocabulary.COMMAND)) from error


def _named_recipe(args: argparse.Namespace) -> "Recipe":
    from lenet_gui.training.presets import PRESETS, preset
    from lenet_gui.training.recipe import LARGEST_RECIPE, Recipe

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
        with file.open("rb") as opened:  # it may be a pipe
            content = opened.read(LARGEST_RECIPE + 1)
    except FileNotFoundError:
        return preset(args.recipe)  # which says the names that there are
    except OSError as error:
        raise UserError(f"The recipe {file} could not be read ({error.strerror}).") from error
    if len(content) > LARGEST_RECIPE:
        raise UserError(f"The recipe {file} is larger than any, {LARGEST_RECIPE:,} bytes.")
    return Recipe.from_json(content, where=f"The recipe {file}")


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
