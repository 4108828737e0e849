"""The picture of a sweep: how two networks bear a disturbance, laid on what the paper claims."""

from dataclasses import dataclass

from lenet_gui.explore.dials import CLAIM_SOURCE, DIALS, NO_CLAIM
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.sweep import Stretch, Sweep
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.sheet import (
    GRID,
    NAME_SIZE,
    PALETTES,
    SMALL_SIZE,
    Anchor,
    Item,
    Line,
    Palette,
    Rectangle,
    Sheet,
    Text,
)
from lenet_gui.pictures.sweep_frame import STRIP, SweepFrame, dial_ticks, sweep_frame
from lenet_gui.text.figures import percent

EXPORTED_SIZE = (760, 480)
PNG_SCALE = 2

COLOURS = {Theme.LIGHT: ("#0072b2", "#d55e00"), Theme.DARK: ("#56b4e9", "#e69f00")}
"""Of networks A and B; B's lines are dashed as well."""

_CLAIMED = {Theme.LIGHT: "#e6efe9", Theme.DARK: "#22302a"}
_HERE = "#009e73"
_DASH = (0.0, 5.0)
_THICK, _THIN = 2.25, 1.0
_SAMPLE = 3 * GRID
_HEADING = 6 * GRID


@dataclass(frozen=True)
class _Page:
    """What every part of the picture needs."""

    sweep: Sweep
    frame: SweepFrame
    width: int
    theme: Theme

    @property
    def palette(self) -> Palette:
        return PALETTES[self.theme]

    def colour(self, number: int) -> str:
        return COLOURS[self.theme][number]

    @property
    def units(self) -> list[str]:
        """What is measured, from the axis on the left to that on the right."""
        return list(dict.fromkeys(each.unit for each in self.sweep.answers))

    @property
    def axis_names(self) -> list[str]:
        """What the axes measure, and of which networks."""
        found = []
        for unit in self.units:
            whose = [
                "AB"[number] for number, each in enumerate(self.sweep.answers) if each.unit == unit
            ]
            near = ", 0 is near" if unit == "distance" else ""
            found.append(f"{', '.join(whose)}: {unit}{near}")
        return found


def sweep_sheet(
    sweep: Sweep,
    theme: Theme = Theme.LIGHT,
    size: tuple[int, int] = EXPORTED_SIZE,
    here: int | None = None,
) -> Sheet:
    """A sweep on a page of `size` units, at least `sweep_frame.LEAST_SIZE`.

    `here`: the place of the dial that is marked, for the window, which has its own heading; None
    for a picture that is taken away: it says what is swept and where the other dials stand.
    """
    heading = _HEADING if here is None else 0
    page = _Page(sweep, sweep_frame(sweep, size, heading), size[0], theme)
    items: list[Item] = []
    if here is None:
        items += _heading(page)
    items += _claim(page)
    items += _axes(page)
    for number in range(len(sweep.answers)):
        items += _legend(page, number, heading)
        items += _curves(page, number)
        items += _strip(page, number)
    if here is not None:
        x = round(page.frame.x(here))
        top, bottom = page.frame.top - 4, page.frame.bottom + 4
        items.append(Rectangle(x - 1, top, 2, bottom - top, _HERE))
    return Sheet(
        title=f"{sweep.dial.title}: what is read over the whole range",
        width=size[0],
        height=size[1],
        page=page.palette.page,
        items=tuple(items),
    )


def _room(text: str) -> int:
    """The room that small text may take: the window's own type is wider than that of the files."""
    return round(1.25 * text_width(text, SMALL_SIZE))


def others_told(sweep: Sweep) -> str:
    """Where the other dials stand, in words; what is neutral is left out."""
    base, rest = sweep.base, Disturbance()
    parts = [
        f"{dial.title.lower()} {dial.told_value(getattr(base, dial.name))}"
        for dial in DIALS
        if dial.name != sweep.dial.name and getattr(base, dial.name) != getattr(rest, dial.name)
    ]
    if base.noise or sweep.dial.name == "noise":
        parts.append(f"seed {base.seed}")
    return f"With {', '.join(parts)}." if parts else "All other dials neutral."


def _heading(page: _Page) -> list[Item]:
    palette, dial = page.palette, page.sweep.dial
    name = f"{dial.title} of the input after its normalisation"
    return [
        Text(GRID, 3 * GRID, name, NAME_SIZE, palette.ink),
        Text(GRID, 3 * GRID + 16, others_told(page.sweep), SMALL_SIZE, palette.muted),
    ]


def _legend(page: _Page, number: int, heading: int) -> list[Item]:
    """A sample of the network's lines, and where its recognition breaks."""
    y = heading + (number + 1) * 14 - 2
    colour, dash = page.colour(number), _DASH[number]
    left = 2 * GRID + _SAMPLE
    letter, name = "AB"[number], page.sweep.answers[number].name
    full, short = (page.sweep.told(number, short=is_short) for is_short in (False, True))
    wordings = (f"{letter}, {name}: {full}", f"{letter}, {name}: {short}", f"{letter}: {short}")
    room = page.width - left
    told = next((each for each in wordings if _room(each) <= room), wordings[-1])
    items: list[Item] = [
        Line(((GRID, y - 4.0), (GRID + _SAMPLE, y - 4.0)), _THICK, colour, dash),
        Text(left, y, told, SMALL_SIZE, page.palette.ink),
    ]
    if number == len(page.sweep.answers) - 1:
        digits = " and ".join(str(d) for d in sorted(set(page.sweep.undisturbed)))
        told = f"Thick: {digits}, the undisturbed answer; thin: the best other digit; ?: withheld."
        items.append(Text(GRID, y + 14, told, SMALL_SIZE, page.palette.muted))
    return items


def _claim(page: _Page) -> list[Item]:
    frame, palette, dial = page.frame, page.palette, page.sweep.dial
    height = frame.bottom - frame.top
    if dial.claim is None:
        return []
    left = round(frame.x(dial.place_of(dial.claim.low)))
    right = round(frame.x(dial.place_of(dial.claim.high)))
    band = Rectangle(left, frame.top, right - left, height, _CLAIMED[page.theme])
    edges = [
        Line(((x, frame.top), (x, frame.bottom)), 1.0, palette.muted, 2.0)
        for x in (left, right)
        if frame.left < x < frame.right
    ]
    return [band, *edges]


def _claim_words(page: _Page) -> Text:
    """Over the plot: what the paper claims, or that it gives no figure."""
    frame, claim = page.frame, page.sweep.dial.claim
    told = NO_CLAIM if claim is None else f"shaded: {CLAIM_SOURCE}, {claim.told}"
    # In the middle of what the names of the axes leave free.
    names = [_room(name) for name in page.axis_names]
    left, right = GRID + names[0], page.width - GRID - sum(names[1:])
    middle = round((left + right) / 2)
    return Text(middle, frame.top - 6, told, SMALL_SIZE, page.palette.muted, Anchor.MIDDLE)


def _axes(page: _Page) -> list[Item]:
    frame, palette, dial = page.frame, page.palette, page.sweep.dial
    items: list[Item] = []
    for side, (unit, name) in enumerate(zip(page.units, page.axis_names, strict=True)):
        x, anchor = (frame.left - 5, Anchor.RIGHT) if side == 0 else (frame.right + 5, Anchor.LEFT)
        for tick in frame.ticks(unit):
            y = round(frame.y(unit, tick))
            if side == 0:
                items.append(Rectangle(frame.left, y, frame.right - frame.left, 1, palette.line))
            told = percent(tick, 0) if unit == "probability" else f"{tick:g}"
            items.append(Text(x, y + 4, told, SMALL_SIZE, palette.muted, anchor))
        place = (GRID, Anchor.LEFT) if side == 0 else (frame.right + 4 * GRID, Anchor.RIGHT)
        items.append(Text(place[0], frame.top - 6, name, SMALL_SIZE, palette.muted, place[1]))
    base = frame.strip_top(len(page.sweep.answers)) + 4
    for value in dial_ticks(dial):
        x = round(frame.x(dial.place_of(value)))
        items.append(Rectangle(x, frame.bottom, 1, 4, palette.muted))
        told = dial.told_tick(value)
        items.append(Text(x, base + 8, told, SMALL_SIZE, palette.muted, Anchor.MIDDLE))
    middle = (frame.left + frame.right) // 2
    items.append(Text(middle, base + 21, dial.title, SMALL_SIZE, palette.muted, Anchor.MIDDLE))
    return [*items, _claim_words(page)]


def _curves(page: _Page, number: int) -> list[Item]:
    sweep, frame, colour = page.sweep, page.frame, page.colour(number)
    unit, dash = sweep.answers[number].unit, _DASH[number]
    items: list[Item] = []
    for measures, width in ((sweep.rival(number), _THIN), (sweep.own(number), _THICK)):
        points = tuple(
            (frame.x(place), frame.y(unit, measure))
            for place, measure in enumerate(measures.tolist())
        )
        items.append(Line(points, width, colour, dash))
    breaks = sweep.breaks(number)
    for place in (breaks.left, breaks.right):
        if place is None:
            continue
        x, end = frame.x(place), frame.strip_top(number)
        items.append(Line(((x, frame.top), (x, end)), 1.0, colour, _DASH[number] / 2))
        y = frame.top + 11 + 12 * number
        items.append(Text(round(x) + 3, y, "AB"[number], SMALL_SIZE, colour))
    return items


def _strip(page: _Page, number: int) -> list[Item]:
    """What is read, from one end to the other."""
    frame = page.frame
    top = frame.strip_top(number)
    name = Text(
        frame.left - 5, top + 10, "AB"[number], SMALL_SIZE, page.colour(number), Anchor.RIGHT
    )
    items: list[Item] = [name]
    for stretch in page.sweep.stretches(number):
        left = round(frame.x(max(stretch.first - 0.5, 0)))
        right = round(frame.x(min(stretch.last + 0.5, len(frame.dial.values) - 1)))
        if right > left:
            items += _stretch(page, number, stretch, (left, top, right - left))
    return items


def _stretch(page: _Page, number: int, stretch: Stretch, place: tuple[int, int, int]) -> list[Item]:
    """Filled where the undisturbed answer is given, framed where another is; "?" if withheld.

    Of the undisturbed answer withheld the frame's foot is thick.
    """
    left, top, width = place
    colour, palette = page.colour(number), page.palette
    right = stretch.answer == page.sweep.undisturbed[number]
    filled = right and not stretch.withheld
    items: list[Item] = []
    if filled or width <= 2:
        items.append(Rectangle(left, top, width, STRIP, colour))
    else:
        thick = 4 if right else 1
        items += [
            Rectangle(left, top, width, 1, colour),
            Rectangle(left, top + STRIP - thick, width, thick, colour),
            Rectangle(left, top, 1, STRIP, colour),
            Rectangle(left + width - 1, top, 1, STRIP, colour),
        ]
    told = f"{stretch.answer}{'?' if stretch.withheld else ''}"
    if _room(told) + 2 <= width:
        ink = palette.page if filled else palette.ink
        middle = left + width // 2
        items.append(Text(middle, top + 10, told, SMALL_SIZE, ink, Anchor.MIDDLE))
    return items
