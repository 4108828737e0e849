"""What the maps show of a reading: values, words, legends, and what is marked. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Reading
from lenet_gui.gui.views.maps.layout import NOTE, NOTE_SCALE, caption_of, scale_of
from lenet_gui.gui.views.maps.text import (
    HINT_CLICK,
    HINT_EMPTY,
    HINT_READ,
    SCALE_EXPLAINED,
    layer_texts,
    tied_maps,
    totals,
    unit_text,
)
from lenet_gui.guide.places import layer_place
from lenet_gui.net.architecture import DIGITS
from lenet_gui.net.layers import GEOMETRY, INPUT, LAYERS, OUTPUT, Unit, unit_at
from lenet_gui.net.network_kind import ORIGINAL, NetworkKind
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.grid.content import Align, Caption, Legend, Mark, Marked, Run
from lenet_gui.pictures.grid.layers import (
    cell_of,
    is_never_negative,
    layer_values,
    output_tip,
    scale_limits,
)
from lenet_gui.pictures.grid.layout import GridLayout, Room, Type
from lenet_gui.pictures.grid.panel import Cell, Values
from lenet_gui.text.networks import network_name

Labels = dict[str, Caption | Legend]


@dataclass(frozen=True)
class Shown:
    """What the maps are about: the network, the colours' scale, and what is read.

    `class_names`: what the outputs stand for. `is_operated`: whether a click reaches them.
    """

    kind: NetworkKind = ORIGINAL
    scale: Scale = Scale.PER_LAYER
    reading: Reading | None = None
    class_names: tuple[str, ...] = DIGIT_NAMES
    is_operated: bool = True


def values_of(layout: GridLayout, shown: Shown) -> dict[str, Values]:
    """The values of all layers, coloured by the scale; none without a reading."""
    if shown.reading is None:
        return {}
    limits, found = scale_limits(shown.reading, shown.scale), {}
    for placed in layout.panels:
        layer = placed.panel.name
        found[layer] = layer_values(placed.panel, layer, shown.reading, limits[layer])
    return found


def labels_of(shown: Shown, values: Mapping[str, Values]) -> Labels:
    """All words but the note: captions, legends, and the digits under the output."""
    answer = None if shown.reading is None else shown.reading.answer
    labels = dict(_captions(shown.kind, shown.class_names, answer))
    for layer in LAYERS:
        if shown.scale is Scale.GLOBAL and layer != OUTPUT:
            continue
        is_shared = shown.scale is not Scale.PER_MAP or GEOMETRY[layer].pictures == 1
        limit = values[layer].limit(0) if values and is_shared else None
        from_zero = is_never_negative(layer, shown.kind)
        labels[scale_of(layer)] = Legend(limit, from_zero=from_zero)
    if shown.scale is Scale.GLOBAL:
        labels[NOTE_SCALE] = Legend(values[INPUT].limit(0) if values else None)
    return labels


@lru_cache(maxsize=64)
def _captions(
    kind: NetworkKind, class_names: tuple[str, ...], answer: int | None
) -> Mapping[str, Caption | Legend]:
    labels: Labels = {}
    for layer, words in layer_texts(kind).items():
        name = Run(f"{words.name} ", Type.TITLE, is_faint=False)
        lines = ((name, Run(words.size)), (Run(words.parameters),))
        labels[caption_of(layer)] = Caption(lines, tip=words.tooltip, guide=layer_place(layer))
    for digit in range(DIGITS):
        run = Run(str(digit))
        if digit == answer:
            run = Run(str(digit), Type.BOLD, is_faint=False)
        tip = output_tip(digit, class_names)
        labels[str(digit)] = Caption(((run,),), Align.MIDDLE, tip=tip)
    return labels


def unit_of(cell: Cell, layout: GridLayout) -> Unit:
    """The unit that a cell shows; of the input, its pixel."""
    columns = layout.panel(cell).columns
    return unit_at(cell.panel, cell.picture, cell.row, cell.column, columns)


def note_of(
    shown: Shown, values: Mapping[str, Values], pointed: Cell | None, layout: GridLayout, room: Room
) -> Labels:
    """Beside the input: the unit under the pointer, or what the network is."""
    if pointed is not None:
        layer = pointed.panel
        limit = values[layer].limit(pointed.picture) if values else 0.0
        unit = unit_of(pointed, layout)
        words = unit_text(shown.reading, shown.kind, unit, limit, shown.class_names)
        lines = [(words.where, True), (words.value, True), (words.remark, False)]
    else:
        lines = [(network_name(shown.kind), True), (totals(shown.kind.variant), False)]
        if shown.reading is None:
            lines.append((HINT_EMPTY, True))
        else:
            lines.append((SCALE_EXPLAINED[shown.scale], False))
            if shown.is_operated:
                lines.append((f"{HINT_READ} {HINT_CLICK}", False))
    place = layout.labels[NOTE]
    size = place.width / layout.ratio, place.height / layout.ratio
    return {NOTE: Caption(_fitted(lines, *size, room))}


def _fitted(
    lines: list[tuple[str, bool]], width: float, height: float, room: Room
) -> tuple[tuple[Run, ...], ...]:
    """The lines, broken between words, as far as there is room; True for those that matter most."""
    found: list[tuple[Run, ...]] = []
    used = 0.0
    for text, matters in lines:
        type_ = Type.TITLE if matters else Type.SMALL
        parts = _broken(text, type_, width, room)
        used += len(parts) * room.lines[type_]
        if used > height + 1:
            break
        found += [(Run(part, type_, is_faint=not matters),) for part in parts]
    return tuple(found)


def _broken(text: str, type_: Type, width: float, room: Room) -> list[str]:
    if room.measure(text, type_) <= width:
        return [text]
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if lines[-1] and room.measure(longer, type_) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def marks_of(shown: Shown, about: Cell | None) -> tuple[Marked, ...]:
    """The winning output, and the maps that Table I connects to the one described."""
    marks = []
    if shown.reading is not None:
        marks.append(Marked(cell_of(Unit(OUTPUT, shown.reading.answer)), Mark.ANSWER))
    if about is not None:
        other, maps = tied_maps(shown.kind.variant, about.panel, about.picture)
        marks += [Marked.picture(other, number, Mark.TIED) for number in maps]
    return tuple(marks)
