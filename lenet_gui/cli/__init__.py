"""The command `lenet-gui`: one module a command, and the window when no command is given.

A command module has `add_parser(subparsers)`, which describes its arguments and sets
`run=run`, and `run(args) -> int`, which returns the exit status. Neither torch nor PySide6 nor
numpy is imported before `run`, so that `--help` and `summary` answer at once.
"""

import argparse
import sys
from collections.abc import Sequence

from lenet_gui import __version__
from lenet_gui.cli import (
    data,
    evaluate,
    export,
    predict,
    results,
    save_model,
    summary,
    train,
    window,
)
from lenet_gui.cli.parser import SentenceParser
from lenet_gui.cli.streams import complain, prepare_streams, silence
from lenet_gui.errors import UserError

COMMANDS = (
    summary,
    predict,
    train,
    evaluate,
    results,
    export,
    save_model,
    data,
)
"""The command modules, in the order of `lenet-gui --help`."""

USAGE_STATUS = 2
INTERRUPTED_STATUS = 130


def build_parser() -> argparse.ArgumentParser:
    """The whole command line: the window's options and every command's."""
    parser = SentenceParser(
        prog="lenet-gui",
        description="LeNet Laboratory: draw a digit and watch every layer of LeNet-5 respond. "
        "Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"LeNet Laboratory {__version__}")
    parser.set_defaults(run=window.run, command=None)
    window.add_options(parser)
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for module in COMMANDS:
        module.add_parser(subparsers)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command line and returns its exit status.

    0: done. 2: the arguments or a file are wrong; one sentence on stderr says which. 130:
    interrupted from the keyboard. A reader that closes the pipe early (`| head`) is no error;
    an output that cannot take more is one, but never costs a training run its weights.

    Args:
        argv: the arguments after the program's name; None takes those of the process.
    """
    prepare_streams()
    try:
        args = build_parser().parse_args(argv)
        if args.command is not None:
            window.refuse_options(args)
        status: int = args.run(args)
        sys.stdout.flush()
    except UserError as error:
        complain(str(error))
        return USAGE_STATUS
    except KeyboardInterrupt:
        return INTERRUPTED_STATUS
    except BrokenPipeError:
        silence(sys.stdout)
        return 0
    except OSError as error:
        silence(sys.stdout)
        complain(_in_a_sentence(error))
        return USAGE_STATUS
    except Exception:
        _log_fault()
        raise
    return status


def _log_fault() -> None:
    """The traceback of a fault of the program goes to the log too, opened only now."""
    import logging

    from lenet_gui.log import start_log, stop_log

    start_log()
    logging.getLogger(__name__).exception("A command failed")
    stop_log()


def _in_a_sentence(error: OSError) -> str:
    """What the system refused: a file, or without a name the output itself."""
    what = "the output" if error.filename is None else str(error.filename)
    return f"{what} could not be used ({error.strerror or error}): choose another place."
