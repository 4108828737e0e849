"""Which connected parts of the ink are the digit, and what the others are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.found import Kind

Mask = NDArray[np.bool_]
Labels = NDArray[np.signedinteger]

SPECK: Final = 0.06
"""A part shorter than this share of the longest one is a speck."""
SMALL: Final = 0.42
"""A group shorter than this share of the digit is no second digit."""
FAINT: Final = 0.06
"""Nor one with less than this share of its ink."""
FLAT: Final = 0.25
"""A group lower than this share of its width is a bar: an underline, if it is not a digit's own."""
AS_HIGH: Final = 0.75
"""Two groups beside each other, each higher than this share of both, are two digits."""
MOST_PARTS: Final = 100
"""More parts than these, such as a page of print, are not joined: they are no digit."""
THIN: Final = 0.03
"""A printed box is drawn with a line thinner than this share of its shorter side."""
THIN_OF_ALIKE: Final = 0.06
"""The same of boxes that are of one size, as in a form."""
SMALLEST_BOX: Final = 0.2
"""One that stands alone covers at least this share of each side of the picture."""
HELD: Final = 0.5
"""What it holds is no smaller than this share of what lies outside."""
ROUND: Final = 0.75
"""The shorter side of a circle around a digit, of its longer side."""
INSIDE: Final = 0.75
"""The share of a circle's radius that is free, however it was drawn."""


@dataclass(frozen=True)
class Group:
    """Connected parts that belong together.

    `area` counts pixels of ink; `is_cut` is whether the picture's edge may cut them.
    """

    parts: tuple[int, ...]
    box: Box
    area: int
    is_cut: bool

    @property
    def size(self) -> int:
        """The longer side of the box."""
        return max(self.box.width, self.box.height)

    @property
    def is_flat(self) -> bool:
        """Whether it is a horizontal bar."""
        return self.box.height < FLAT * self.box.width

    def with_group(self, other: Self) -> "Group":
        """Both in one."""
        one, two = self.box, other.box
        left, top = min(one.left, two.left), min(one.top, two.top)
        box = Box(left, top, max(one.right, two.right), max(one.bottom, two.bottom))
        is_cut = self.is_cut or other.is_cut
        return Group(self.parts + other.parts, box, self.area + other.area, is_cut)

    def encloses(self, other: Self) -> bool:
        """Whether the other's box lies inside this one's, off its sides."""
        return (
            other.box.left > self.box.left
            and other.box.top > self.box.top
            and other.box.right < self.box.right
            and other.box.bottom < self.box.bottom
        )


def sorted_parts(labels: Labels, numbers: Iterable[int]) -> dict[Kind, list[Group]]:
    """The parts `numbers` of `labels` [h, w] (0: paper), each in a group of one kind.

    There is exactly one group of the kind DIGIT, unless there are no parts, only a frame, or more
    parts than a few digits have.
    """
    groups = _parts(labels, set(numbers))
    found: dict[Kind, list[Group]] = {kind: [] for kind in Kind}
    if not groups:
        return found
    frames = _boxes_alike(groups, labels)
    frames |= {group for group in groups if _is_frame(group, groups, labels)}
    found[Kind.FRAME] = [group for group in groups if group in frames]
    groups = [group for group in groups if group not in frames]
    if not groups:
        return found
    found[Kind.BESIDE] = _outside(groups, frames, labels)
    groups = [group for group in groups if group not in found[Kind.BESIDE]]
    longest = max(group.size for group in groups)
    found[Kind.SPECK] = [group for group in groups if group.size < SPECK * longest]
    groups = [group for group in groups if group.size >= SPECK * longest]
    if len(groups) > MOST_PARTS:
        found[Kind.ANOTHER_DIGIT] = groups
        return found
    digits = _joined(groups)
    height, width = labels.shape
    upright = [group for group in digits if not group.is_flat]
    digit = max(upright or digits, key=lambda group: _importance(group, width, height))
    found[Kind.DIGIT] = [digit]
    for group in digits:
        if group is not digit:
            found[_kind_beside(group, digit)].append(group)
    return found


def _kind_beside(group: Group, digit: Group) -> Kind:
    if group.is_cut and not digit.is_cut:
        return Kind.AT_EDGE
    if group.size < SMALL * digit.size or group.area < FAINT * digit.area:
        return Kind.BESIDE
    if group.is_flat and not digit.is_flat:
        return Kind.BESIDE
    return Kind.ANOTHER_DIGIT


def _parts(labels: Labels, wanted: set[int]) -> list[Group]:
    areas = np.bincount(labels.ravel())
    height, width = labels.shape
    groups = []
    for number, place in enumerate(ndimage.find_objects(labels), 1):
        if number in wanted and place is not None:
            rows, columns = place
            box = Box(columns.start, rows.start, columns.stop, rows.stop)
            is_cut = 0 in (box.left, box.top) or box.right == width or box.bottom == height
            groups.append(Group((number,), box, int(areas[number]), is_cut))
    return groups


def _boxes_alike(groups: Sequence[Group], labels: Labels) -> set[Group]:
    """The printed boxes that are smaller than frames and all of one size, as in a form.

    There may be tens of thousands of groups: only printed boxes are compared with all of them.
    """
    printed = np.array([_is_printed_box(group, labels, THIN_OF_ALIKE) for group in groups])
    sides = np.array([(group.box.width, group.box.height) for group in groups])
    found = set()
    for number in np.flatnonzero(printed).tolist():
        group = groups[number]
        alike = (np.abs(sides - sides[number]) <= 0.05 * group.size).all(axis=1)
        if not _is_large(group, labels) and alike.sum() > 1 and printed[alike].all():
            found.add(group)
    return found


def _outside(groups: Sequence[Group], frames: Iterable[Group], labels: Labels) -> list[Group]:
    """What lies outside the printed boxes that hold digits, as beside a diagram or a canvas.

    What a box holds is no digit if it is far smaller than what is there, as the words of a button.
    """
    least = HELD * max(group.size for group in groups)
    holding = [
        frame
        for frame in frames
        if any(group.size >= least and frame.encloses(group) for group in groups)
        and _is_printed_box(frame, labels)
    ]
    inner = [one for one in holding if not any(one.encloses(other) for other in holding)]
    if not inner:
        return []
    return [group for group in groups if not any(frame.encloses(group) for frame in inner)]


def _is_large(group: Group, labels: Labels, share: float = 0.5) -> bool:
    """Whether it covers that share of each side of the picture, half of it if not said."""
    height, width = labels.shape
    return bool(group.box.width >= share * width and group.box.height >= share * height)


def _is_frame(group: Group, groups: Sequence[Group], labels: Labels) -> bool:
    """Whether it is hollow, covers half of each side, and holds a digit or is a printed box.

    A circle, too, if it holds a digit: it is rounder than a 0, and a dot or bar in a 0 is smaller.
    A printed box may be smaller.
    """
    box = group.box
    if not _is_large(group, labels, SMALLEST_BOX):
        return False
    if group.area > 0.3 * box.width * box.height:
        return False
    shorter = min(box.width, box.height)
    held = max((other.size for other in groups if group.encloses(other)), default=0)
    if not _is_large(group, labels):
        return _is_printed_box(group, labels)
    if _is_hollow(group, labels):
        return held > 0.12 * shorter or _is_printed_box(group, labels)
    return held > 0.25 * shorter and _is_circle(group, labels)


def _is_hollow(group: Group, labels: Labels) -> bool:
    box = group.box
    rim = max(2, round(0.12 * min(box.width, box.height)))
    core = labels[box.top + rim : box.bottom - rim, box.left + rim : box.right - rim]
    return int(np.count_nonzero(core == group.parts[0])) <= 0.05 * group.area


def _is_circle(group: Group, labels: Labels) -> bool:
    """Whether it leaves an ellipse free that is about as high as wide."""
    box = group.box
    if min(box.width, box.height) < ROUND * max(box.width, box.height):
        return False
    mask = labels[box.top : box.bottom, box.left : box.right] == group.parts[0]
    y, x = (np.linspace(-1, 1, side) for side in mask.shape)
    within = np.hypot(x, y[:, None]) < INSIDE
    return int(np.count_nonzero(mask & within)) <= 0.05 * group.area


def _is_printed_box(group: Group, labels: Labels, thin: float = THIN) -> bool:
    """Whether it is a thin rectangle: a 0 is round, or drawn with a thicker pen."""
    box = group.box
    if group.area > thin * min(box.width, box.height) * 2 * (box.width + box.height):
        return False
    if not _is_hollow(group, labels):
        return False
    mask = labels[box.top : box.bottom, box.left : box.right] == group.parts[0]
    side = max(2, round(0.06 * min(mask.shape)))
    corners = (mask[rows, columns] for rows in _ends(side) for columns in _ends(side))
    return all(corner.any() for corner in corners)


def _ends(side: int) -> tuple[slice, slice]:
    return slice(None, side), slice(-side, None)


def _importance(group: Group, width: int, height: int) -> float:
    """Large, near the middle, and not cut by the edge."""
    x = (group.box.left + group.box.right) / 2 / width - 0.5
    y = (group.box.top + group.box.bottom) / 2 / height - 0.5
    central = float(np.exp(-(x * x + y * y) / (2 * 0.3**2)))
    return group.size * central * (0.5 if group.is_cut else 1)


def _joined(groups: list[Group]) -> list[Group]:
    """Groups whose parts are parts of one digit, such as the bar of a 5, made one."""
    groups = sorted(groups, key=lambda group: -group.size)
    joined: list[Group] = []
    while groups:
        group = groups.pop(0)
        others = [other for other in groups if _belong(group, other)]
        if not others:
            joined.append(group)
            continue
        for other in others:
            groups.remove(other)
            group = group.with_group(other)
        groups.insert(0, group)
        groups[1:1] = joined  # they may belong to what has grown
        joined = []
    return joined


def _belong(one: Group, other: Group) -> bool:
    """Whether two groups are parts of one digit: by their gap and how they lie."""
    larger, smaller = (one, other) if one.size >= other.size else (other, one)
    across = max(one.box.left, other.box.left) - min(one.box.right, other.box.right)
    down = max(one.box.top, other.box.top) - min(one.box.bottom, other.box.bottom)
    gap = max(across, down)
    if _are_two(one, other, across):
        return False
    if gap <= 0:
        return True
    if smaller.is_cut and not larger.is_cut:  # a neighbour's stroke
        return False
    if smaller.size < 0.12 * larger.size:  # a dot
        return gap < 0.06 * larger.size
    both = one.with_group(other)
    if _are_digit_and_underline(one, other):
        return False
    is_bar = smaller.box.height < min(0.36 * larger.box.height, 0.65 * smaller.box.width)
    is_above = across < -0.3 * min(one.box.width, other.box.width) and down < 0.18 * larger.size
    if is_above:  # as the bar of a 5 or the foot of a 1
        return both.size < 2.6 * max(min(one.box.width, other.box.width), 0.6 * larger.size)
    if is_bar and across < 0.1 * larger.box.width and down < 0.4 * larger.size:
        return True  # a flat bar over or under it, further away
    if larger.is_cut and not smaller.is_cut and gap > 0.1 * smaller.size:  # a pen that lies there
        return False
    is_short = smaller.box.height < 0.5 * larger.box.height and smaller.size > 0.15 * larger.size
    if is_short and across < 0.3 * larger.size and down < 0.1 * larger.size:
        return True  # a short piece beside, as the bar of a 5 again
    return gap < 0.04 * larger.size


def _are_two(one: Group, other: Group, across: int) -> bool:
    """Whether two groups stand beside each other, each as high as a digit."""
    height = AS_HIGH * one.with_group(other).box.height
    overlap = 0.35 * min(one.box.width, other.box.width)
    return min(one.box.height, other.box.height) > height and across > -overlap


def _are_digit_and_underline(one: Group, other: Group) -> bool:
    """Whether there is a bar beneath a digit, further away than the foot of a 1."""
    digit, bar = sorted((one, other), key=lambda group: group.box.top)
    gap = bar.box.top - digit.box.bottom
    if digit.is_flat or not bar.is_flat:
        return False
    pen = bar.area / bar.box.width
    is_one = digit.area < 1.7 * pen * digit.box.height  # hardly more than one stroke down
    return gap > (0.2 if is_one else 0.03) * digit.size
