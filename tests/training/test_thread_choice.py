"""The choice of threads, on updates whose cost is known."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.training.thread_choice import LONGEST_REST_S, ThreadChoice

Cost = Callable[[int], float]
"""The seconds of an update by its threads."""


def updating(choice: ThreadChoice, cost: Cost, seconds: float) -> float:
    """Makes updates for so long; the mean seconds of one."""
    spent, made = 0.0, 0
    while spent < seconds:
        took = cost(choice.threads)
        choice.took(took)
        spent += took
        made += 1
    return spent / made


def test_it_begins_with_one_and_one_alone_stays_one() -> None:
    assert ThreadChoice(6).threads == 1
    one = ThreadChoice(1)
    for _ in range(1000):
        one.took(0.01)
        assert one.threads == 1


@settings(max_examples=40)
@given(
    most=st.integers(2, 64),
    alone=st.floats(0.01, 0.05),
    gain=st.floats(1.1, 1.9),
)
def test_on_a_quiet_machine_trials_cost_little(most: int, alone: float, gain: float) -> None:
    """Each doubling of the threads makes an update `gain` times as fast."""

    def cost(threads: int) -> float:
        return float(alone / gain ** (threads.bit_length() - 1))

    choice = ThreadChoice(most)
    updating(choice, cost, 5)
    assert updating(choice, cost, 120) < 1.03 * cost(most)


@settings(max_examples=40)
@given(most=st.integers(2, 16), one=st.floats(0.01, 0.05), slow=st.floats(1.2, 12))
def test_beside_others_it_comes_down_to_one_and_goes_up_again(
    most: int, one: float, slow: float
) -> None:
    def busy(threads: int) -> float:
        return one if threads == 1 else one * slow

    def quiet(threads: int) -> float:
        return one / threads**0.5

    choice = ThreadChoice(most)
    updating(choice, busy, 30)
    assert updating(choice, busy, 60) < 1.1 * one
    updating(choice, quiet, 5 * LONGEST_REST_S)
    assert choice.threads == most or updating(choice, quiet, 60) < 1.03 * quiet(most)
    updating(choice, busy, 5 * LONGEST_REST_S)
    assert updating(choice, busy, 60) < 1.1 * one


@given(most=st.sampled_from([4, 8, 16]), best=st.integers(1, 3))
def test_it_finds_what_lies_between(most: int, best: int) -> None:
    def cost(threads: int) -> float:
        return 0.01 * (1 + abs(threads.bit_length() - best))

    choice = ThreadChoice(most)
    updating(choice, cost, 30)
    assert updating(choice, cost, 60) < 1.1 * 0.01


def test_a_hopeless_trial_costs_one_update() -> None:
    choice = ThreadChoice(2)
    numbers = []
    while len(numbers) < 100:
        numbers.append(choice.threads)
        choice.took(2.0 if choice.threads == 2 else 0.01)
    assert numbers.count(2) == 1


def test_one_slow_update_changes_nothing() -> None:
    choice = ThreadChoice(2)
    updating(choice, lambda threads: 0.01 / threads, 10)
    choice.took(3.0)
    assert updating(choice, lambda threads: 0.01 / threads, 60) < 1.03 * 0.005


def test_what_mostly_is_quick_and_sometimes_waits_long_is_not_taken_for_quick() -> None:
    """Two threads take half as long as one, but each tenth time wait for a core."""
    choice = ThreadChoice(2)
    made = {1: 0, 2: 0}
    for number in range(20_000):
        threads = choice.threads
        made[threads] += 1
        waits = threads == 2 and number % 10 == 0
        choice.took(0.1 if waits else 0.01 / threads)
    assert made[2] < 0.05 * made[1]
