"""Every command of the window in one table: its text, its keys, its place in the menus.

The menus, the tooltips and the guide's page of shortcuts are all made from it.
"""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from lenet_gui.gui.core.view_table import VIEWS


@dataclass(frozen=True)
class Command:
    """One command; those with the same `group` are exclusive, `checkable` ones are switches.

    The keys of one that is `everywhere` do the same in the program's other windows.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    group: str = ""
    checkable: bool = False
    everywhere: bool = False
    within: str = ""
    """Its submenu."""


SEPARATOR = Command("", "")

FRONT = "front"
"""What the projector shows when it follows the current view."""

PROJECTED, PLOTS = "projected-", "plots"
"""The prefix of a view's name for the command that shows it on the projector."""

_SHOWS = "Projector s&hows"
_DATA = "&Data set"

MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "&File",
        (
            Command(
                "open-picture",
                "&Open picture…",
                ("Ctrl+O",),
                "Put a picture of a digit on the canvas (dark on light or light on dark)",
            ),
            Command(
                "paste-picture",
                "&Paste picture",
                ("Ctrl+V",),
                "Put the copied picture on the canvas",
            ),
            Command(
                "random-digit",
                "&Random test digit",
                ("Ctrl+R",),
                "Put a random digit of the test set on the canvas",
            ),
            Command(
                "data-folder",
                "&Folder…",
                (),
                "Choose the folder of MNIST or of another data set of ten classes",
                within=_DATA,
            ),
            Command(
                "data-file",
                "F&ile…",
                (),
                "Choose a data set in a file: CSV, NPZ, ZIP, IDX",
                within=_DATA,
            ),
            Command(
                "mnist", "&MNIST", (), "Use MNIST, where it is found or downloaded", within=_DATA
            ),
            SEPARATOR,
            Command(
                "export-picture",
                "&Export…",
                ("Ctrl+E",),
                "Save the current view, or layers and maps, as PNG or SVG, or as numbers",
            ),
            Command(
                "export-arrays",
                "Export &activations…",
                ("Ctrl+Shift+E",),
                "Save the input and all activations as NPZ",
            ),
            Command(
                "export-model",
                "Export &model…",
                (),
                "Save the network for other programs: ONNX, PyTorch, Hugging Face",
            ),
            Command(
                "copy-picture",
                "&Copy picture",
                ("Ctrl+C",),
                "Copy the labelled picture of the view, or of all layers, to the clipboard",
            ),
            SEPARATOR,
            Command("quit", "&Quit", ("Ctrl+Q",), "Close the window"),
        ),
    ),
    (
        "&Edit",
        (
            Command("undo", "&Undo", ("Ctrl+Z",), "Undo the last change of the canvas"),
            Command("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Redo the change that was undone"),
            Command("clear", "&Clear", ("Del", "Ctrl+Backspace"), "Clear the canvas"),
            SEPARATOR,
            Command(
                "keep-drawing",
                "&Keep as B",
                ("Ctrl+D",),
                "Keep this drawing as B, to compare the next ones with it",
            ),
            Command(
                "swap-drawings",
                "S&wap with B",
                ("Ctrl+Shift+D",),
                "Swap the drawing on the canvas with drawing B",
            ),
            Command("forget-kept", "&Forget B", (), "Remove drawing B"),
            SEPARATOR,
            Command("pen", "&Pen", ("P",), "Draw", group="tool"),
            Command("eraser", "&Eraser", ("E",), "Erase", group="tool"),
            Command(
                "mark-digit",
                "Where &is the digit?",
                ("W",),
                "Draw a rectangle on the imported picture: only what is in it is read",
                group="tool",
            ),
            Command("thinner", "&Thinner pen", ("[",), "Make the pen thinner"),
            Command("thicker", "T&hicker pen", ("]",), "Make the pen thicker"),
        ),
    ),
    (
        "&View",
        (
            Command(
                "scale-per-map",
                "Colours per &map",
                ("Alt+1",),
                "Each map has its own colour scale",
                group="scale",
            ),
            Command(
                "scale-per-layer",
                "Colours per &layer",
                ("Alt+2",),
                "All maps of a layer share one colour scale",
                group="scale",
            ),
            Command(
                "scale-global",
                "Colours for &all layers",
                ("Alt+3",),
                "One colour scale for the whole network",
                group="scale",
            ),
            SEPARATOR,
            Command("theme-system", "&System theme", (), "", group="theme"),
            Command("theme-light", "L&ight theme", (), "", group="theme"),
            Command("theme-dark", "&Dark theme", (), "", group="theme"),
            SEPARATOR,
            Command(
                "larger-text",
                "Larg&er text",
                ("Ctrl++", "Ctrl+="),
                "Make all text and pictures of the window larger",
            ),
            Command(
                "smaller-text",
                "Smaller te&xt",
                ("Ctrl+-",),
                "Make all text and pictures of the window smaller",
            ),
            Command(
                "usual-text",
                "&Normal text size",
                ("Ctrl+0",),
                "Show text and pictures at the size of the desktop",
            ),
            SEPARATOR,
            Command(
                "full-screen",
                "&Full screen",
                ("F11",),
                "Show only the drawing, the view and the answer, full screen; Esc leaves",
                checkable=True,
            ),
            Command(
                "projector",
                "&Projector",
                ("F9",),
                "A second window for a class: one view, the drawing and the answer, enlarged",
                checkable=True,
            ),
            *(
                Command(f"{PROJECTED}{name}", title, (), tip, group="projected", within=_SHOWS)
                for name, title, tip in (
                    (FRONT, "Curren&t view", "The projector shows the current view"),
                    *(
                        (entry.name, entry.title, f"The projector shows: {entry.tip}")
                        for entry in VIEWS
                    ),
                    (PLOTS, "Trai&ning plots", "The projector shows loss and accuracy of training"),
                )
            ),
            Command(
                "projector-light",
                "Projector always li&ght",
                (),
                "The projector uses the light theme, whatever this window uses",
                checkable=True,
            ),
            SEPARATOR,
            Command("reset-layout", "&Reset layout", (), "Put every panel back in its place"),
        ),
    ),
    (
        "E&xplore",
        (
            *(
                Command(f"view-{entry.name}", entry.title, (entry.keys,), entry.tip, group="view")
                for entry in VIEWS
            ),
            SEPARATOR,
            Command(
                "next-view", "&Next view", ("Ctrl+Tab", "Ctrl+PgDown"), "The view to the right"
            ),
            Command(
                "previous-view",
                "&Previous view",
                ("Ctrl+Shift+Tab", "Ctrl+PgUp"),
                "The view to the left",
            ),
        ),
    ),
    (
        "&Network",
        (
            Command(
                "original",
                "&Original, 1998",
                ("Ctrl+1",),
                "The network of the paper: Table I, RBF output",
                group="variant",
            ),
            Command(
                "modern",
                "&Modern",
                ("Ctrl+2",),
                "Average pooling, full C3, softmax",
                group="variant",
            ),
            SEPARATOR,
            Command(
                "load-weights",
                "&Load weights…",
                ("Ctrl+L",),
                "Load weights from a file",
            ),
            Command(
                "read-as",
                "&Read as…",
                (),
                "Choose as what weights of another program are read, where they leave it open",
            ),
            Command("save-weights", "&Save weights…", ("Ctrl+S",), "Save the current weights"),
            Command(
                "shipped-weights",
                "S&hipped weights",
                (),
                "Go back to the weights that come with the program",
            ),
            Command(
                "paper-weights",
                "&Weights of paper-1998",
                ("Ctrl+3",),
                "The Original, trained as in the paper: its optimiser, 20 passes",
            ),
        ),
    ),
    (
        "&Train",
        (
            Command("start-training", "&Start", ("F5",), "Train with the recipe in the form"),
            Command("pause-training", "&Pause or resume", ("F6",), "Pause the run, or resume it"),
            Command("stop-training", "S&top", ("F7",), "Stop the run; its checkpoint is kept"),
            Command(
                "follow-training",
                "&Follow training",
                ("Ctrl+F",),
                "Show the newest weights of the run in every view",
                checkable=True,
            ),
            Command(
                "fold-training",
                "E&xpand or collapse the panel",
                ("F8",),
                "Show the form and the plots",
            ),
            SEPARATOR,
            Command(
                "runs",
                "&Runs…",
                ("Ctrl+Shift+R",),
                "Every run in a table: use, resume, rename, delete",
            ),
            Command("export-plots", "&Export plots…", (), "Save the plots as PNG, SVG or CSV"),
        ),
    ),
    (
        "&Help",
        (
            Command(
                "guide",
                "&Guide",
                ("F1",),
                "Open the guide where it explains what you are looking at",
                everywhere=True,
            ),
            Command("shortcuts", "&Shortcuts", (), "The page of the guide that lists every key"),
            Command(
                "versus-1998",
                "&Versus 1998",
                ("F2",),
                "Our results beside the paper's, the missed digits, every assumption",
            ),
            Command(
                "open-log-folder",
                "Open &log folder",
                (),
                "The folder where errors of the program are logged",
            ),
            Command("about", "&About LeNet Laboratory", (), "The program and the paper"),
        ),
    ),
)


_BY_NAME = {command.name: command for _, commands in MENUS for command in commands}


def command_named(name: str) -> Command:
    """The command of a name."""
    return _BY_NAME[name]


def keys_of(name: str) -> str:
    """Its keys as this desktop writes them; empty where it has none."""
    return ", ".join(readable(key) for key in command_named(name).keys)


def readable(key: str) -> str:
    """A key as this desktop writes it (Ctrl or the command sign)."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
