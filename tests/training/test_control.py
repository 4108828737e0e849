"""The flags by which other threads stop, pause and watch a training run."""

import threading

from lenet_gui.training.control import Control


def test_at_first_it_runs_unwatched() -> None:
    control = Control()
    assert (control.stopping, control.paused, control.follow) == (False, False, False)
    assert control.wait_while_paused() == 0.0


def test_a_pause_holds_until_resume() -> None:
    control = Control()
    control.pause()
    assert control.paused
    waited: list[float] = []
    waiting = threading.Thread(target=lambda: waited.append(control.wait_while_paused()))
    waiting.start()
    assert not waited
    control.resume()
    waiting.join()
    assert waited[0] > 0
    assert not control.paused


def test_a_stop_ends_a_pause_and_is_final() -> None:
    control = Control()
    control.pause()
    waiting = threading.Thread(target=control.wait_while_paused)
    waiting.start()
    control.stop()
    waiting.join()
    control.pause()
    assert control.stopping
    assert not control.paused


def test_following_can_be_switched() -> None:
    control = Control()
    control.follow = True
    assert control.follow
    control.follow = False
    assert not control.follow
