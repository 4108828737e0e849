"""Where the rows of the answer's bars lie, for both variants: a pure function, no widgets."""

from dataclasses import dataclass
from functools import lru_cache

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.net.architecture import DIGITS, Variant
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.pictures.grid.layers import LayerWords, layer_panel
from lenet_gui.pictures.grid.layout import GridLayout, Maker, PlacedPanel, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Colours, Headings, Panel
from lenet_gui.text.classes import short_classes
from lenet_gui.text.units import class_with_number, output_kind, place_name

MARGIN = 8
GAP = 8
_ROW_GAP = 4
_CODE_FACTOR_AT_MOST = 8
_F6_FACTOR_AT_MOST = 24
_BAR_LEAST = 40
_BAR_SHORT = 16
_WITH_ALL = 224
"""In less room the outputs are alone: without F6, or without the probabilities."""
_WITH_CODES = 168
"""In less room their codes are left out, too."""
_LEAST_ROW = 16
_LEGEND_IN_A_LINE = 110
"""So wide is the legend of F6 in one line."""


@dataclass(frozen=True)
class Span:
    """A horizontal part of every row, in logical pixels."""

    x: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True)
class BarSizes:
    """What the font needs, in logical pixels; measured from the widest figures there can be."""

    line: float
    digit: float
    figure: float  # a distance or logit
    share: float  # a probability in per cent
    names: float = 0.0  # what the names of classes take beside their numbers


@dataclass(frozen=True)
class CodeBars:
    """The Original's: F6 on the left, then in each row a digit, its code, its bar, its figure.

    Factors are device pixels for each unit of a 12x7 picture. None is what there is no room for.
    """

    top: float
    row_height: float
    f6_factor: int
    code_factor: int
    f6: Span | None
    digit: Span
    code: Span | None
    bar: Span
    figure: Span


@dataclass(frozen=True)
class LogitBars:
    """The Modern's: in each row a digit, the logit's bar and figure, the probability's.

    None is what there is no room for; beside names the probability may have a figure alone.
    """

    top: float
    row_height: float
    digit: Span
    logit: Span
    logit_figure: Span
    share: Span | None
    share_figure: Span | None


@dataclass(frozen=True)
class CodeWords:
    """What the codes and their bits are called: by the classes that they stand for."""

    class_names: tuple[str, ...] = DIGIT_NAMES

    def picture(self, picture: int) -> str:
        """A code."""
        return f"code of {class_with_number(picture, self.class_names)}"

    def cell(self, cell: Cell) -> str:
        """A bit of a code."""
        return f"{self.picture(cell.picture)}, {place_name(cell.row, cell.column)}"

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """As the paper has them."""
        return "+1" if value > 0 else "−1"

    def unit(self, cell: Cell) -> Unit | None:
        """The output whose code it is."""
        return Unit(OUTPUT, cell.picture)


@lru_cache(maxsize=8)
def codes_panel(class_names: tuple[str, ...] = DIGIT_NAMES) -> Panel:
    """The codes of the outputs, which stand for `class_names`."""
    return Panel("codes", DIGITS, CODE_HEIGHT, CODE_WIDTH, CodeWords(class_names), Colours.INK)


def output_panel(variant: Variant, class_names: tuple[str, ...] = DIGIT_NAMES) -> Panel:
    """The outputs, a picture of one cell for each; they are painted as bars."""
    words = LayerWords(OUTPUT, variant, class_names=class_names)
    corner = "digit" if class_names == DIGIT_NAMES else "class"
    headings = Headings(class_names, (output_kind(variant),), corner)
    return Panel(OUTPUT, 1, DIGITS, 1, _OutputWords(words), Colours.BARE, headings)


@lru_cache(maxsize=8)
def output_panels(
    variant: Variant, class_names: tuple[str, ...] = DIGIT_NAMES
) -> tuple[Panel, ...]:
    """The layers of a reading that are shown where there is room."""
    outputs = output_panel(variant, class_names)
    if variant is Variant.ORIGINAL:
        return layer_panel("F6", variant), outputs
    return (outputs,)


@dataclass(frozen=True)
class _OutputWords:
    """The outputs, one below the other."""

    beside: LayerWords

    def picture(self, picture: int) -> str:
        """All of them."""
        return self.beside.picture(picture)

    def cell(self, cell: Cell) -> str:
        """One output."""
        return self.beside.cell(_beside(cell))

    def value(self, cell: Cell, value: float) -> str:
        """Its distance or logit."""
        return self.beside.value(_beside(cell), value)

    def unit(self, cell: Cell) -> Unit | None:
        """The output."""
        return self.beside.unit(_beside(cell))


def _beside(cell: Cell) -> Cell:
    """The cell of the usual panel of the outputs, where they are side by side."""
    return Cell(OUTPUT, 0, 0, cell.row)


def bar_sizes(room: Room, class_names: tuple[str, ...] = DIGIT_NAMES) -> BarSizes:
    """What the widest names and figures need in a room's type."""

    def wide(text: str) -> float:
        return room.measure(text, Type.BOLD)

    marker = room.lines[Type.BOLD]
    number, digit = wide("0"), max(map(wide, row_names(room, class_names)))
    return BarSizes(
        room.lines[Type.BOLD],
        digit + 2,
        marker + max(wide("888.88"), wide("−88.88"), wide("distance") - marker),
        max(wide(">88.8 %"), wide("probability") - MARGIN) + 4,
        max(digit - number, 0.0) if class_names != DIGIT_NAMES else 0.0,
    )


def row_names(room: Room, class_names: tuple[str, ...]) -> tuple[str, ...]:
    """What stands at the rows; in little room there is none for more than a number."""
    return short_classes(class_names) if room.width >= _WITH_ALL else DIGIT_NAMES


def bars_maker(variant: Variant, class_names: tuple[str, ...] = DIGIT_NAMES) -> Maker:
    """Lays out the outputs of a variant: the Original's with F6 and the codes."""

    def lay_out(room: Room) -> GridLayout:
        sizes = bar_sizes(room, class_names)
        row = max(sizes.line + 4, _LEAST_ROW)
        width = max(room.width, _least_width(sizes))
        height = max(room.height, sizes.line + 12 + DIGITS * row)
        if variant is Variant.ORIGINAL:
            return _with_codes(room, width, height, sizes, class_names)
        return _with_shares(room, width, height, sizes, class_names)

    return lay_out


def _with_codes(
    room: Room, width: float, height: float, sizes: BarSizes, class_names: tuple[str, ...]
) -> GridLayout:
    ratio, pixels = room.ratio, room.pixels
    places = code_bars(width, height, ratio, sizes)
    line = pixels(sizes.line)
    panels: list[PlacedPanel] = []
    labels = {"distance name": Rect(pixels(places.figure.x), 0, pixels(places.figure.width), line)}
    if places.f6 is not None:
        factors = (places.f6_factor,) * 2
        f6 = Rect(
            pixels(places.f6.x),
            pixels(places.top),
            CODE_WIDTH * places.f6_factor,
            CODE_HEIGHT * places.f6_factor,
        )
        panels.append(PlacedPanel(layer_panel("F6", Variant.ORIGINAL), factors, (f6,)))
        labels |= _f6_labels(room, places.f6, f6, line)
    if places.code is not None:
        factors = (places.code_factor,) * 2
        codes = _codes(room, places, places.code)
        panels.append(PlacedPanel(codes_panel(class_names), factors, codes))
        as_wide = pixels(places.figure.x) - codes[0].x
        labels["code name"] = Rect(codes[0].x, 0, as_wide, line)
    outputs = output_panel(Variant.ORIGINAL, class_names)
    panels.append(_rows(room, outputs, places, places.bar.x, places.figure.right))
    return GridLayout(pixels(width), pixels(height), ratio, tuple(panels), labels)


def _f6_labels(room: Room, column: Span, f6: Rect, line: int) -> dict[str, Rect]:
    pixels, below = room.pixels, f6.bottom + room.pixels(6)
    labels = {"F6 name": Rect(f6.x, 0, max(f6.width, pixels(2 * MARGIN)), line)}
    if column.width >= _LEGEND_IN_A_LINE:
        labels["F6 scale"] = Rect(f6.x, below, f6.width, line)
    else:
        labels["F6 colours"] = Rect(f6.x, below, f6.width, pixels(8))
        around = f6.width + 2 * f6.x  # its figures may be wider than it
        labels["F6 limit"] = Rect(0, below + pixels(10), around, line)
    return labels


def _codes(room: Room, places: CodeBars, column: Span) -> tuple[Rect, ...]:
    pixels, height = room.pixels, CODE_HEIGHT * places.code_factor
    return tuple(
        Rect(
            pixels(column.x),
            pixels(places.top + digit * places.row_height)
            + (pixels(places.row_height) - height) // 2,
            CODE_WIDTH * places.code_factor,
            height,
        )
        for digit in range(DIGITS)
    )


def _with_shares(
    room: Room, width: float, height: float, sizes: BarSizes, class_names: tuple[str, ...]
) -> GridLayout:
    pixels, places = room.pixels, logit_bars(width, height, sizes)
    line = pixels(sizes.line)
    logit = places.logit.width + (places.logit_figure.width if sizes.names else 0.0)
    labels = {"logit name": Rect(pixels(places.logit.x), 0, pixels(logit), line)}
    if places.share is not None and places.share_figure is not None:
        share = places.share.width + places.share_figure.width
        labels["probability name"] = Rect(pixels(places.share.x), 0, pixels(share), line)
    outputs = output_panel(Variant.MODERN, class_names)
    rows = _rows(room, outputs, places, places.digit.x, places.logit_figure.right)
    return GridLayout(pixels(width), pixels(height), room.ratio, (rows,), labels)


def _rows(
    room: Room, outputs: Panel, places: CodeBars | LogitBars, left: float, right: float
) -> PlacedPanel:
    """The outputs as cells, each as wide as its bar and its figure."""
    size = room.pixels(right - left), room.pixels(places.row_height)
    place = Rect(room.pixels(left), room.pixels(places.top), size[0], DIGITS * size[1])
    return PlacedPanel(outputs, size, (place,))


def _least_width(sizes: BarSizes) -> float:
    return 2 * MARGIN + GAP + sizes.digit + _BAR_SHORT + sizes.figure


def code_bars(width: float, height: float, ratio: float, sizes: BarSizes) -> CodeBars:
    """Columns and rows for the Original in `width` x `height` logical pixels."""
    top = sizes.line + _ROW_GAP
    row_height = max(sizes.line, 12 * round(ratio) / ratio + _ROW_GAP, (height - top - GAP) / 10)
    code_height = (row_height - _ROW_GAP) / 12
    f6, code, f6_factor, code_factor = None, None, 0, 0
    bar_least = _BAR_SHORT if width < _WITH_CODES else _BAR_LEAST
    left = float(MARGIN)
    if width - sizes.names >= _WITH_ALL:
        fixed = 2 * MARGIN + 4 * GAP + sizes.digit + sizes.figure
        spare = width - fixed - _BAR_LEAST
        code_factor = _whole(min(code_height, spare / 3 / 7, _CODE_FACTOR_AT_MOST), ratio)
        f6_width = min(spare - 7 * code_factor / ratio, width * 0.3)
        f6_factor = _whole(min(f6_width / 7, _F6_FACTOR_AT_MOST), ratio)
        f6 = Span(MARGIN, 7 * f6_factor / ratio)
        left = f6.right + 2 * GAP
    elif width >= _WITH_CODES:
        spare = width - 2 * MARGIN - 2 * GAP - sizes.digit - sizes.figure - _BAR_LEAST
        code_factor = _whole(min(code_height, spare / 7, _CODE_FACTOR_AT_MOST), ratio)
    digit = Span(left, sizes.digit)
    after = digit.right + GAP
    if code_factor:
        code = Span(after, 7 * code_factor / ratio)
        after = code.right + GAP
    right = max(width - MARGIN, after + bar_least + sizes.figure)
    figure = Span(right - sizes.figure, sizes.figure)
    bar = Span(after, figure.x - after)
    return CodeBars(top, row_height, f6_factor, code_factor, f6, digit, code, bar, figure)


def logit_bars(width: float, height: float, sizes: BarSizes) -> LogitBars:
    """Columns and rows for the Modern in `width` x `height` logical pixels."""
    top = sizes.line + _ROW_GAP
    row_height = max(sizes.line + _ROW_GAP, (height - top - GAP) / 10)
    digit = Span(MARGIN, sizes.digit)
    fixed = 2 * MARGIN + GAP + sizes.digit + sizes.figure
    if width < _WITH_ALL:
        logit = Span(digit.right + GAP, max(_BAR_SHORT, width - fixed))
        return LogitBars(top, row_height, digit, logit, Span(logit.right, sizes.figure), None, None)
    spare = width - fixed - GAP - sizes.share
    has_bar = not sizes.names or spare >= 2 * _BAR_LEAST
    bar = max(_BAR_LEAST, spare / 2) if has_bar else max(_BAR_SHORT, spare)
    logit = Span(digit.right + GAP, bar)
    logit_figure = Span(logit.right, sizes.figure)
    share = Span(logit_figure.right + GAP, bar if has_bar else 0.0)
    return LogitBars(
        top, row_height, digit, logit, logit_figure, share, Span(share.right, sizes.share)
    )


def _whole(logical: float, ratio: float) -> int:
    """The whole device pixels in a length of logical ones, at least one for each."""
    return max(round(ratio), int(logical * ratio))


def full_scale(largest: float) -> float:
    """The value of a bar's full length: of a few round ones the first that holds `largest`."""
    for scale in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 150.0, 200.0, 300.0, 450.0, 650.0):
        if largest <= scale:
            return scale
    return largest
