"""Records of a run from JSON, with every value checked: ValueError if one is invalid."""

import math
from typing import Any, Final

from lenet_gui.training.adjustments import Adjustment, EpochAdded, NewRate, RateChanged
from lenet_gui.training.choices import MOST_EPOCHS
from lenet_gui.training.events import Confusion, EpochEnded, Score

MOST: Final = 10**12
"""Larger than any count of a training run."""

_LARGEST = 1e30
_DIGITS = 10


def whole(value: object, least: int = 0, most: int = MOST) -> int:
    """A whole number within limits."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError(f"no whole number from {least} to {most}")
    return value


def real(value: object, least: float = -_LARGEST, most: float = _LARGEST) -> float:
    """A finite number within limits."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ValueError(f"no number from {least} to {most}")
    return float(value)


def share(value: object) -> float:
    """A share, 0..1."""
    return real(value, 0, 1)


def loss(value: object) -> float:
    """A mean over steps; NaN if it is not finite, which a log has as null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else math.nan
    return math.nan if value is None else real(value)


def fields(record: object) -> dict[str, Any]:
    """An object's fields by name."""
    if not isinstance(record, dict):
        raise ValueError("no object")  # noqa: TRY004 - as of other wrong JSON
    return record


def score_from_record(record: object) -> Score:
    """A score, such as `dataclasses.asdict` gives it."""
    values = fields(record)
    digits = whole(values.get("digits"), 1)
    errors = whole(values.get("errors"), 0, digits)
    return Score(real(values.get("loss")), share(values.get("accuracy")), errors, digits)


def epoch_from_record(record: object) -> EpochEnded:
    """An epoch that has ended, such as `journal.record_of` gives it."""
    values = fields(record)
    validation = values.get("validation")
    epochs = whole(values.get("epochs"), 1, MOST_EPOCHS)
    return EpochEnded(
        epoch=whole(values.get("epoch"), 1, epochs),
        epochs=epochs,
        step=whole(values.get("step")),
        train=score_from_record(values.get("train")),
        test=score_from_record(values.get("test")),
        validation=None if validation is None else score_from_record(validation),
        on_the_fly_loss=loss(values.get("on_the_fly_loss")),
        on_the_fly_accuracy=share(values.get("on_the_fly_accuracy")),
        learning_rate=real(values.get("learning_rate"), 0),
        confusion=_confusion(values.get("confusion")),
        seconds=real(values.get("seconds"), 0),
    )


def adjustment_from_record(record: object) -> Adjustment:
    """An adjustment, such as `record_of_adjustment` gives it."""
    values = fields(record)
    epoch, batch = whole(values.get("epoch"), 1, MOST_EPOCHS + 1), whole(values.get("batch"), 1)
    if values.get("event") == "epoch added":
        return EpochAdded(epoch, batch, whole(values.get("epochs"), 1, MOST_EPOCHS))
    if values.get("event") != "rate changed":
        raise ValueError("no adjustment")
    rate, before = (NewRate(real(values.get(name), 0)).rate for name in ("rate", "before"))
    return RateChanged(epoch, batch, rate, before)


def adjustments_from_records(found: object) -> tuple[Adjustment, ...]:
    """Several of them, in their order."""
    if not isinstance(found, list):
        raise ValueError("no list of adjustments")  # noqa: TRY004 - as of other wrong JSON
    made = tuple(map(adjustment_from_record, found))
    places = [(one.epoch, one.batch) for one in made]
    if places != sorted(places):
        raise ValueError("adjustments are not in order")
    return made


def _confusion(rows: object) -> Confusion:
    if not isinstance(rows, list) or len(rows) != _DIGITS:
        raise ValueError("no ten rows")
    return tuple(_row(row) for row in rows)


def _row(counts: object) -> tuple[int, ...]:
    if not isinstance(counts, list) or len(counts) != _DIGITS:
        raise ValueError("no ten counts")
    return tuple(whole(count) for count in counts)
