"""The events of a training run, for the Python API; described in `training/events.py`. No torch."""

from lenet_gui.training.events import CheckpointSaved as CheckpointSaved
from lenet_gui.training.events import CurrentWeights as CurrentWeights
from lenet_gui.training.events import EpochAdded as EpochAdded
from lenet_gui.training.events import EpochEnded as EpochEnded
from lenet_gui.training.events import Event as Event
from lenet_gui.training.events import Failed as Failed
from lenet_gui.training.events import Finished as Finished
from lenet_gui.training.events import Paused as Paused
from lenet_gui.training.events import RateChanged as RateChanged
from lenet_gui.training.events import RepeatsDropped as RepeatsDropped
from lenet_gui.training.events import Score as Score
from lenet_gui.training.events import Started as Started
from lenet_gui.training.events import StepSizes as StepSizes
from lenet_gui.training.events import StepStatistics as StepStatistics
from lenet_gui.training.events import Stopped as Stopped
