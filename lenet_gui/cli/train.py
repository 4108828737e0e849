"""`lenet-gui train`: trains a network by a recipe and writes its weights."""

import argparse
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from lenet_gui.cli.parser import whole_number
from lenet_gui.errors import UserError

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.data.digits import DigitSets
    from lenet_gui.training.adjustments import Wish
    from lenet_gui.training.control import Control
    from lenet_gui.training.many import Planned
    from lenet_gui.training.recipe import Recipe

INTERRUPTED_STATUS = 130


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "train",
        help="train a network and write its weights",
        description="Trains a network by a recipe. A checkpoint is kept beside the weights at "
        "the end of each epoch, and the weights of every epoch in the folder FILE.epochs, for the "
        "window to replay; Ctrl-C stops, and --resume continues from the checkpoint.",
    )
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="the file to write the weights to"
    )
    parser.add_argument(
        "--recipe",
        metavar="FILE|PRESET",
        help="a recipe as JSON or the name of a preset (default: original-quick or modern-quick, "
        "after --variant)",
    )
    parser.add_argument("--resume", metavar="FILE", type=Path, help="a checkpoint to continue from")
    parser.add_argument(
        "--log", metavar="FILE.jsonl", type=Path, help="append every event to this file"
    )
    parser.add_argument(
        "--result", metavar="FILE.json", type=Path, help="write the result to this file"
    )
    parser.add_argument(
        "--threads",
        metavar="N",
        type=whole_number,
        help="CPU threads (default: one for each core, or fewer while other programs make that "
        "faster; the last bits then differ from run to run)",
    )
    parser.add_argument(
        "--seeds",
        metavar="LIST",
        help="train one network for each of several seeds, such as 0..7 or 0,3,5; in the names of "
        "--out, --log, --result and --resume, write {seed} for the number of each, as in "
        "mine-{seed}.safetensors; with --resume, a seed without a checkpoint starts "
        "from the beginning",
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
        UserError: an argument, a file or the data are wrong, or a training run failed.
    """
    from lenet_gui.cli.seeds import each_seed

    # The arguments of each training run as if it were alone.
    alone = [args] if args.seeds is None else each_seed(args)
    planned = _planned(alone)

    digits = _digits(planned[0].recipe)
    if args.seeds is None:
        return _train(planned[0], digits, args)
    return _train_each(planned, digits, args, alone)


def _digits(recipe: "Recipe") -> "DigitSets":
    """Those of the recipe.

    Raises:
        UserError: they are wrong or not there, or of classes that do not fit the recipe.
    """
    from lenet_gui.cli.digits import digits_for
    from lenet_gui.training.described import Vocabulary
    from lenet_gui.training.problems import RecipeError

    try:
        return digits_for(recipe)
    except RecipeError as error:
        raise UserError(error.text(Vocabulary.COMMAND)) from error


def _train(planned: "Planned", digits: "DigitSets", args: argparse.Namespace) -> int:
    from lenet_gui.cli.train_files import same_again
    from lenet_gui.cli.train_report import Report
    from lenet_gui.training.control import Control
    from lenet_gui.training.described import Vocabulary
    from lenet_gui.training.ending import train_and_keep
    from lenet_gui.training.problems import OtherRecipeError

    recipe, files, control = planned.recipe, planned.files, Control()
    for wish in planned.wishes:
        control.ask(wish)
    events = train_and_keep(
        recipe, digits, files, control, resume=planned.resume, threads=args.threads
    )
    with Report(files.weights, recipe, same_again(args)) as report, _interrupt_stops(control):
        try:
            for event in events:
                report.tell(event)
        except OtherRecipeError as error:
            raise UserError(error.text(Vocabulary.COMMAND)) from error
    return INTERRUPTED_STATUS if report.interrupted else 0


def _train_each(
    planned: "Sequence[Planned]",
    digits: "DigitSets",
    args: argparse.Namespace,
    alone: Sequence[argparse.Namespace],
) -> int:
    from lenet_gui.cli.seeds_report import SeedsReport
    from lenet_gui.cli.train_files import same_again
    from lenet_gui.training.control import Control
    from lenet_gui.training.many import train_many

    control = Control()
    outcomes = train_many(planned, digits, control, threads=args.threads)
    again = ["--seeds", args.seeds, *same_again(args)]
    with (
        SeedsReport(planned, [same_again(own) for own in alone], args.out, again) as report,
        _interrupt_stops(control),
    ):
        for place, outcome in outcomes:
            report.tell(place, outcome)
    report.end()
    return INTERRUPTED_STATUS if report.interrupted else 0


def _planned(alone: "Sequence[argparse.Namespace]") -> "list[Planned]":
    """What the arguments of each training run ask for; all files are looked at.

    Raises:
        UserError: an argument or a file is wrong.
    """
    from lenet_gui.cli.train_files import check_files
    from lenet_gui.files import check_writable
    from lenet_gui.training.ending import RunFiles
    from lenet_gui.training.many import Planned

    for own in alone:
        check_writable(own.out)
    threads = alone[0].threads
    if threads is not None and not 1 <= threads <= 1024:
        raise UserError(f"--threads must be from 1 to 1024, not {threads}.")
    # They differ in their seeds alone; where some are taken up, the checkpoint of one has it.
    recipe = _recipe(next((own for own in alone if own.resume is not None), alone[0]))
    planned = [
        Planned(
            recipe if own.seed is None else recipe.with_changes(seed=own.seed),
            RunFiles.beside(own.out, log=own.log, result=own.result),
            own.resume,
            _wishes(own, recipe),
        )
        for own in alone
    ]
    check_files(planned, alone[0].recipe)
    return planned


def _wishes(own: argparse.Namespace, recipe: "Recipe") -> "tuple[Wish, ...]":
    """A rate that is named for a continued run, also where it is the checkpoint's.

    What was changed while it ran is then not repeated.
    """
    from lenet_gui.training.adjustments import NewRate

    if own.resume is None or own.learning_rate is None:
        return ()
    return (NewRate(recipe.learning_rate),)


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
    from lenet_gui.training.recipe_file import recipe_called

    if args.recipe is None and args.resume is not None:
        from lenet_gui.training.checkpoint import load_checkpoint

        return load_checkpoint(args.resume).recipe
    if args.recipe is None:
        named = f"{args.variant}-quick"
        return preset(named if named in PRESETS else "original-quick")
    return recipe_called(args.recipe)


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
