"""The current or last run, as the panes show it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.gui.training.page import Page
from lenet_gui.gui.training.plots.curves import RunCurves
from lenet_gui.printable import printable
from lenet_gui.training.events import (
    EpochAdded,
    EpochEnded,
    Event,
    RateChanged,
    RepeatsDropped,
    Started,
    StepSizes,
)
from lenet_gui.training.journal import History
from lenet_gui.training.recipe import Recipe

if TYPE_CHECKING:
    from lenet_gui.gui.training.panes import TrainingPanes


class ShownRun:
    """Takes a run's events and passes them on to plots, confusion matrix and step sizes.

    Args:
        panes: returns the panes, which are made when first needed.
    """

    def __init__(self, panes: Callable[[], "TrainingPanes"]) -> None:
        self._panes = panes
        self._curves: RunCurves | None = None
        self._curves_of: Path | None = None  # the folder of their run
        self._past: History | None = None  # of a run that goes on
        self.folder: Path | None = None
        self.started: Started | None = None  # its first event, after all adjustments
        self.last: EpochEnded | None = None  # its last complete epoch

    @property
    def recipe(self) -> Recipe | None:
        """None before its first event."""
        return None if self.started is None else self.started.recipe

    def forget(self) -> None:
        """Another run begins; the panes show the old one until its first event."""
        self.folder = self.started = self.last = self._past = None

    def clear(self) -> None:
        """The run is gone, also from the panes."""
        self.forget()
        self._curves = self._curves_of = None
        panes = self._panes()
        panes.plots.set_run(None)
        panes.confusion.set_epochs([])
        panes.step_sizes.forget_run()
        panes.run_box.show_folder(None)

    def name(self, folder: Path, past: History | None = None) -> None:
        """The run has a folder, and a past if it goes on."""
        self.folder, self._past = folder, past
        self._panes().run_box.show_folder(folder)

    def rename(self, old: Path, new: Path) -> None:
        """The folder of a run has another name."""
        if self._curves_of == old:
            self._curves_of = new
        if self.folder != old:
            return
        self.name(new)
        if self._curves is not None:
            self._curves.name = printable(new.name)
            self._panes().plots.set_run(self._curves)
            self._panes().step_sizes.rename_run(self._curves.name)
            self._panes().confusion.run = self._curves.name

    def take(self, event: Event) -> None:
        """Shows an event."""
        match event:
            case Started():
                self._begin(event)
            case RateChanged() | EpochAdded() | RepeatsDropped() if self.started is not None:
                self.started = self.started.after(event)
            case StepSizes():
                self._panes().step_sizes.add(event)
            case EpochEnded():
                self.last = event
                self._panes().confusion.add_epoch(event)
        if self._curves is not None and not isinstance(event, Started):
            self._curves.add(event)
            self._panes().plots.mark_changed()

    def _begin(self, event: Started) -> None:
        self.started = event
        self.last = event.history[-1] if event.history else None
        name = self.folder.name if self.folder else "run"
        before = self._curves if self._curves_of == self.folder else None
        self._curves = RunCurves.of_start(event, name, self._past, before)
        self._curves_of = self.folder
        panes = self._panes()
        panes.plots.set_run(self._curves)
        panes.confusion.class_names = event.class_names
        panes.confusion.set_epochs(self._curves.epochs)
        panes.confusion.run = self._curves.name
        panes.step_sizes.begin_run(self._curves.name, event.recipe)
        panes.show_page(Page.PLOTS)
