"""The files of `lenet-gui train`: all can be written, and none over what is still needed."""

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lenet_gui.errors import UserError

if TYPE_CHECKING:
    from lenet_gui.cli.outputs import Named
    from lenet_gui.training.ending import RunFiles
    from lenet_gui.training.many import Planned
    from lenet_gui.training.recipe import Recipe

_MOST_COMPARED: Final = 2_000
"""The files of digits that outputs are compared with. More are a picture for each digit."""


def check_files(planned: "Sequence[Planned]", recipe: str | None) -> None:
    """Makes sure that every output can be written, now, and over nothing that is still needed.

    Args:
        planned: training runs by one recipe.
        recipe: what the command calls it, if it names one.

    Raises:
        UserError: names the output.
    """
    from lenet_gui.cli.outputs import Named, check_apart, check_outside
    from lenet_gui.files import check_writable, is_stream
    from lenet_gui.model_files.formats import check_named_as_weights
    from lenet_gui.training.epoch_files import NAME, epoch_file
    from lenet_gui.training.lock import check_free

    all_files = [one.files for one in planned]
    outputs = [
        Named(option, file)
        for files in all_files
        for option, file in _given(files).items()
        if file is not None
    ]
    checkpoints = [Named("the checkpoint", files.checkpoint) for files in all_files]
    inputs = _inputs(planned[0].recipe, recipe)
    resumed = [Named("the checkpoint", one.resume) for one in planned if one.resume is not None]
    check_apart([*checkpoints, *outputs], inputs)
    check_apart([Named("the folder", files.epochs) for files in all_files])
    check_apart(outputs, resumed)  # a training run goes on at the place of its checkpoint
    for one in planned:  # none writes over the checkpoint of one that is still to come
        if one.resume is not None:
            others = [named for named in checkpoints if named.file != one.files.checkpoint]
            check_apart(others, [Named("the checkpoint", one.resume)])
    for one in planned:
        if one.resume is None:  # what was begun under a name goes on under it
            check_named_as_weights(one.files.weights)
    for files in all_files:
        check_outside(files.epochs, NAME, [*outputs, *inputs, *resumed])
        check_writable(files.checkpoint)
        if files.epochs.exists():
            if not files.epochs.is_dir():
                raise UserError(
                    f"{files.epochs}, where the epochs' weights go, is not a folder: move it away."
                )
            check_writable(epoch_file(files.epochs, 0))
        for file in (files.log, files.result):
            if file is not None and not (file is files.log and is_stream(file)):
                check_writable(file)
        check_free(*files.written_whole)


def _given(files: "RunFiles") -> "dict[str, Path | None]":
    return {"--out": files.weights, "--log": files.log, "--result": files.result}


def _inputs(recipe: "Recipe", called: str | None) -> "list[Named]":
    """The files that a training run reads, beside the checkpoint."""
    from lenet_gui.cli.outputs import Named
    from lenet_gui.data.collections.reading import files_of_collection
    from lenet_gui.data.mnist import find_mnist
    from lenet_gui.training.presets import PRESETS
    from lenet_gui.training.recipe import BUILTIN, COMMITTEE, MNIST

    found = []
    if called is not None and called not in PRESETS:
        found.append(Named("the recipe", Path(called)))
    if recipe.data != BUILTIN:
        with suppress(UserError):  # which is told where they are read
            place = find_mnist() if recipe.data == MNIST else Path(recipe.data)
            files = files_of_collection(place)[:_MOST_COMPARED]
            found += [Named("a file of digits", file) for file in files]
    if recipe.teachers_share and recipe.teachers != COMMITTEE:
        with suppress(OSError):
            teachers = Path(recipe.teachers).glob("*.safetensors")
            found += [Named("a teacher", file) for file in sorted(teachers)]
    return found


def same_again(args: argparse.Namespace) -> list[str]:
    """The options with which a run must be continued to end as if it had not been interrupted.

    The recipe is in the checkpoint; the sums, and so the last bits, depend on the threads.
    """
    from lenet_gui.files import is_stream

    again = [] if args.threads is None else ["--threads", str(args.threads)]
    if args.result is not None:
        again += ["--result", str(args.result)]
    if args.log is None or is_stream(args.log):  # whoever read the pipe may have gone
        return again
    return [*again, "--log", str(args.log)]
