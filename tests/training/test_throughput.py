"""How fast it goes and how long it takes, from marks."""

from lenet_gui.training.throughput import Throughput


def test_without_marks_nothing_is_known() -> None:
    throughput = Throughput()
    throughput.begin(100)
    assert throughput.digits_per_second == 0
    assert throughput.seconds_left(1000, 0) == 0


def test_time_left_follows_from_the_pace_and_the_evaluations() -> None:
    throughput = Throughput()
    throughput.begin(0)
    while throughput.digits_per_second == 0:
        throughput.mark(500)
    rate = throughput.digits_per_second
    assert rate > 0
    assert throughput.seconds_left(2000, 0) == 2000 / rate
    throughput.evaluated(3.0)
    assert throughput.seconds_left(2000, 2) == 2000 / rate + 6


def test_what_is_left_out_does_not_count() -> None:
    throughput = Throughput()
    before = throughput.now()
    throughput.leave_out(100.0)
    assert throughput.now() < before - 50
