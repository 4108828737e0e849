"""A run's epochs as an animation, or as pictures in a folder: the work, for a separate thread."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from lenet_gui.explore.reading import Floats
from lenet_gui.explore.run_history import RunHistory, evenly
from lenet_gui.files import write_atomically
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.text.figures import counted

MOST_FRAMES = 240
"""An animation of more epochs than this shows this many of them, evenly spread."""

_PNG_SCALE = 2

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Frames:
    """What the frames show: a run, the drawing as the network gets it [28, 28], and the ground."""

    history: RunHistory
    image: Floats = field(repr=False)
    theme: Theme

    @cached_property
    def _limit(self) -> float:
        """One scale for C1's kernels at all epochs."""
        return max(float(np.abs(one.weights["C1.weight"]).max()) for one in self.history.epochs)

    def sheet(self, place: int) -> Sheet:
        """The page of one epoch; its network is read from its file.

        Raises:
            UserError: the file is no longer there, or no longer whole.
        """
        from lenet_gui.explore.reader import read_digit
        from lenet_gui.explore.run_reader import load_epoch
        from lenet_gui.pictures.run_history_sheet import Moment, run_history_sheet

        epoch = self.history.epochs[place]
        calibration = self.history.calibration(epoch)
        names = self.history.class_names
        reading = read_digit(load_epoch(epoch), self.image, calibration, names)
        moment = Moment(
            self.history.folder.name,
            epoch.number,
            self.history.last,
            epoch.weights["C1.weight"].reshape(6, 5, 5),
            self._limit,
            self.history.test_errors,
        )
        return run_history_sheet(reading, moment, Style(self.theme))


def save_animation(frames: Frames, target: Path, frame_ms: int, progress: Progress) -> str:
    """Writes a GIF, whole or not at all, and says so in a sentence.

    Raises:
        UserError: it cannot be written, or an epoch cannot be read.
    """
    from lenet_gui.pictures.animation import gif_bytes

    count = len(frames.history.epochs)
    places = evenly(count, MOST_FRAMES, count - 1)
    content = gif_bytes(
        len(places), lambda number: frames.sheet(places[number]), frame_ms, progress=progress
    )
    write_atomically(target, content)
    some = "" if len(places) == count else f", evenly spread over {count} epochs"
    return f"Saved {target}: {counted(len(places), 'frame')}{some}."


def save_frames(frames: Frames, folder: Path, progress: Progress) -> str:
    """Writes a PNG for each epoch into `folder`, each whole or not at all, and says so.

    Raises:
        UserError: one cannot be written, or an epoch cannot be read.
    """
    from lenet_gui.pictures.export import exported_sheet, save

    epochs = frames.history.epochs
    for place, epoch in enumerate(epochs):
        progress(place, len(epochs))
        target = folder / f"epoch-{epoch.number:04}.png"
        save(exported_sheet(frames.sheet(place)), target, scale=_PNG_SCALE)
    return f"Saved {counted(len(epochs), 'picture')} in {folder}."
