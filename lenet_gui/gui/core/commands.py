"""Every command of the window in one table: its words, its keys, its place in the menus.

The menus, the tooltips and the guide's page of shortcuts are all made from it.
"""

from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

from lenet_gui.gui.core.view_table import VIEWS


@dataclass(frozen=True)
class Command:
    """One command; those with the same `group` are a choice of one, `checkable` ones a switch.

    The keys of one that is there `everywhere` do the same in the program's other windows.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    group: str = ""
    checkable: bool = False
    everywhere: bool = False
    within: str = ""
    """The submenu that it stands in."""


SEPARATOR = Command("", "")

FRONT = "front"
"""What the projector shows when it follows the view in front."""

PROJECTED = "projected-"
"""Before the name of a view: the command that has the projector show it."""

_SHOWS = "Projector s&hows"

MENUS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "&File",
        (
            Command(
                "open-picture",
                "&Open picture…",
                ("Ctrl+O",),
                "Lay a picture of a digit on the canvas (dark on light or light on dark)",
            ),
            Command(
                "paste-picture",
                "&Paste picture",
                ("Ctrl+V",),
                "Lay the copied picture on the canvas",
            ),
            Command(
                "random-digit",
                "&Random test digit",
                ("Ctrl+R",),
                "Lay a random digit of the MNIST test set on the canvas",
            ),
            Command("mnist-folder", "MNIST &folder…", (), "Choose the folder of the MNIST files"),
            SEPARATOR,
            Command(
                "export-picture",
                "&Export…",
                ("Ctrl+E",),
                "Save the view in front, or layers and maps: as PNG or SVG, or its numbers",
            ),
            Command(
                "export-arrays",
                "Export &activations…",
                ("Ctrl+Shift+E",),
                "Save the input and every activation as NPZ",
            ),
            Command(
                "copy-picture",
                "&Copy picture",
                ("Ctrl+C",),
                "Copy the labelled picture of all layers to the clipboard",
            ),
            SEPARATOR,
            Command("quit", "&Quit", ("Ctrl+Q",), "Close the window"),
        ),
    ),
    (
        "&Edit",
        (
            Command("undo", "&Undo", ("Ctrl+Z",), "Take back the last stroke"),
            Command("redo", "&Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Bring the stroke back"),
            Command("clear", "&Clear", ("Del", "Ctrl+Backspace"), "Empty the canvas"),
            SEPARATOR,
            Command(
                "keep-drawing",
                "&Keep as B",
                ("Ctrl+D",),
                "Keep this drawing beside the canvas, to compare the next ones with it",
            ),
            Command(
                "swap-drawings",
                "S&wap with B",
                ("Ctrl+Shift+D",),
                "Lay the kept drawing on the canvas, and keep the one there",
            ),
            Command("forget-kept", "&Forget B", (), "Keep no drawing any more"),
            SEPARATOR,
            Command("pen", "&Pen", ("P",), "Draw", group="tool"),
            Command("eraser", "&Eraser", ("E",), "Rub out", group="tool"),
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
                "Each map uses the whole colour scale for itself",
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
            Command("theme-system", "Theme of the &system", (), "", group="theme"),
            Command("theme-light", "L&ight theme", (), "", group="theme"),
            Command("theme-dark", "&Dark theme", (), "", group="theme"),
            SEPARATOR,
            Command(
                "larger-text",
                "&Larger text",
                ("Ctrl++", "Ctrl+="),
                "Make all text and pictures of the window larger",
            ),
            Command(
                "smaller-text",
                "&Smaller text",
                ("Ctrl+-",),
                "Make all text and pictures of the window smaller",
            ),
            Command(
                "usual-text",
                "&Usual size of text",
                ("Ctrl+0",),
                "Text and pictures of the size that the desktop has",
            ),
            SEPARATOR,
            Command(
                "full-screen",
                "&Full screen",
                ("F11",),
                "Drawing, view and answer alone fill the screen; Esc goes back",
                checkable=True,
            ),
            Command(
                "projector",
                "&Projector",
                ("F9",),
                "A second window for a class: one view, the drawing and the answer, large",
                checkable=True,
            ),
            *(
                Command(f"{PROJECTED}{name}", title, (), tip, group="projected", within=_SHOWS)
                for name, title, tip in (
                    (FRONT, "The view in &front", "The projector shows the view in front"),
                    *(
                        (entry.name, entry.title, f"The projector shows: {entry.tip}")
                        for entry in VIEWS
                    ),
                )
            ),
            Command(
                "projector-light",
                "Projector always li&ght",
                (),
                "The projector has the light theme, whatever this window has",
                checkable=True,
            ),
            SEPARATOR,
            Command("reset-layout", "&Reset layout", (), "Bring every panel back to its place"),
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
                "&Original, of 1998",
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
                "Load a file of weights into the window",
            ),
            Command("save-weights", "&Save weights…", ("Ctrl+S",), "Save the weights in use"),
            Command(
                "shipped-weights", "S&hipped weights", (), "Go back to the weights of the program"
            ),
            Command(
                "paper-weights",
                "&Weights of paper-1998",
                ("Ctrl+3",),
                "The Original, trained as the paper trained it: its own optimiser, 20 passes",
            ),
        ),
    ),
    (
        "&Train",
        (
            Command("start-training", "&Start", ("F5",), "Train with the recipe of the form"),
            Command(
                "pause-training", "&Pause or resume", ("F6",), "Hold the run, or go on with it"
            ),
            Command("stop-training", "S&top", ("F7",), "Stop the run; its checkpoint is kept"),
            Command(
                "follow-training",
                "&Follow training",
                ("Ctrl+F",),
                "Show the drawing with the newest weights of the run",
                checkable=True,
            ),
            Command(
                "fold-training", "Fold or &unfold the panel", ("F8",), "Show the form and the plots"
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
                "The guide, at the place for what you look at",
                everywhere=True,
            ),
            Command("shortcuts", "&Shortcuts", (), "The guide's page of every key"),
            Command(
                "versus-1998",
                "&Versus 1998",
                ("F2",),
                "Our errors beside the paper's, the missed digits, every assumption",
            ),
            Command(
                "open-log-folder", "Open &log folder", (), "Where faults of the program are noted"
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
