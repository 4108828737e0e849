"""Of work off the GUI thread only the newest is heard, and its end, progress or failure is told."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from lenet_gui.errors import UserError
from lenet_gui.gui.core.tasks import Job, Tasks


@pytest.fixture
def background() -> Iterator[Tasks]:
    background = Tasks()
    yield background
    background.close_down()


class Heard:
    """Everything that a Tasks says, in order."""

    def __init__(self, background: Tasks) -> None:
        self.all: list[tuple[str, Any]] = []
        background.done.connect(lambda result: self.all.append(("done", result)))
        background.shown.connect(lambda part: self.all.append(("shown", part)))
        background.progressed.connect(lambda at, of: self.all.append(("progressed", (at, of))))
        background.failed.connect(lambda sentence: self.all.append(("failed", sentence)))


def test_parts_progress_and_result_come_in_order_from_another_thread(
    background: Tasks, qtbot: QtBot
) -> None:
    heard = Heard(background)

    def work(job: Job) -> tuple[int, int]:
        job.progress(1, 2)
        job.show("half")
        job.progress(2, 2)
        return threading.get_ident(), torch.get_num_threads()

    with qtbot.waitSignal(background.done):
        background.ask(work)
        assert background.is_busy
    assert not background.is_busy
    *before, (_, (thread, torch_threads)) = heard.all
    assert before == [("progressed", (1, 2)), ("shown", "half"), ("progressed", (2, 2))]
    assert thread != threading.get_ident()
    assert torch_threads == 1


def test_of_many_jobs_only_the_newest_is_heard_and_no_two_overlap(
    background: Tasks, qtbot: QtBot
) -> None:
    heard = Heard(background)
    running, most = 0, 0
    begun, go_on = threading.Event(), threading.Event()

    def job_of(number: int) -> Any:
        def work(_job: Job) -> int:
            nonlocal running, most
            running += 1
            most = max(most, running)
            begun.set()
            go_on.wait(10)
            running -= 1
            return number

        return work

    background.ask(job_of(0))
    assert begun.wait(10)
    with qtbot.waitSignal(background.done):
        for number in range(1, 6):
            background.ask(job_of(number))
        go_on.set()
    assert heard.all == [("done", 5)]
    assert most == 1


def test_a_cancelled_job_ends_where_it_looks_and_is_not_heard(
    background: Tasks, qtbot: QtBot
) -> None:
    heard = Heard(background)
    begun, ended = threading.Event(), threading.Event()

    def work(job: Job) -> None:
        begun.set()
        try:
            while True:
                job.check()
        finally:
            ended.set()

    background.ask(work)
    assert begun.wait(10)
    background.cancel()
    assert not background.is_busy
    assert ended.wait(10)
    with qtbot.waitSignal(background.done):
        background.ask(lambda job: job.is_overtaken)
    assert heard.all == [("done", False)]


def test_failures_are_told_in_a_sentence_and_the_next_job_is_done(
    background: Tasks, qtbot: QtBot
) -> None:
    heard = Heard(background)

    def bad_input(_job: Job) -> None:
        raise UserError("The file is empty: choose another.")

    def fault(_job: Job) -> None:
        raise ZeroDivisionError("by nothing")

    for work in (bad_input, fault):
        with qtbot.waitSignal(background.failed):
            background.ask(work)
        assert not background.is_busy
    with qtbot.waitSignal(background.done):
        background.ask(lambda _job: "well")
    assert heard.all[0] == ("failed", "The file is empty: choose another.")
    assert "error in the program (ZeroDivisionError: by nothing)" in heard.all[1][1]
    assert heard.all[2] == ("done", "well")


@pytest.mark.usefixtures("qapp")
def test_closing_waits_for_the_job_and_nothing_is_heard_after() -> None:
    background = Tasks()
    heard = Heard(background)
    begun = threading.Event()
    ended = False

    def work(job: Job) -> None:
        nonlocal ended
        begun.set()
        while not job.is_overtaken:
            pass
        ended = True

    background.ask(work)
    assert begun.wait(10)
    background.close_down()
    assert ended
    QCoreApplication.processEvents()  # what the job may have told
    assert heard.all == []
