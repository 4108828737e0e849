"""How fast it goes and how long it takes, from marks."""

from lenet_gui.training.pace import Pace


def test_without_marks_nothing_is_known() -> None:
    pace = Pace()
    pace.begin(100)
    assert pace.digits_per_second == 0
    assert pace.seconds_left(1000, 0) == 0


def test_time_left_follows_from_the_pace_and_the_evaluations() -> None:
    pace = Pace()
    pace.begin(0)
    while pace.digits_per_second == 0:
        pace.mark(500)
    rate = pace.digits_per_second
    assert rate > 0
    assert pace.seconds_left(2000, 0) == 2000 / rate
    pace.evaluated(3.0)
    assert pace.seconds_left(2000, 2) == 2000 / rate + 6


def test_what_is_left_out_does_not_count() -> None:
    pace = Pace()
    before = pace.now()
    pace.leave_out(100.0)
    assert pace.now() < before - 50
