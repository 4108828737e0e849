"""The notifier against a list of what stands, whatever is told, cleared and dismissed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.errors import UserError
from lenet_gui.gui.core import notifier as core
from lenet_gui.gui.core.notifier import Message, Notifier
from lenet_gui.printable import printable

causes = st.sampled_from(["picture", "weights", "download"])
steps = st.one_of(
    st.tuples(st.just("fail"), causes, st.text(min_size=1, max_size=5)),
    st.tuples(st.just("refuse"), causes, st.text(min_size=1, max_size=5)),
    st.tuples(st.just("note"), st.text(min_size=1, max_size=5)),
    st.tuples(st.just("clear"), causes),
    st.tuples(st.just("dismiss")),
)


@given(st.lists(steps, max_size=20))
def test_the_newest_that_still_stands_is_shown(told: list[tuple[str, ...]]) -> None:
    notifier = Notifier()
    standing: list[tuple[str, str]] = []  # cause and sentence, the newest last
    note, refused = "", set[str]()  # causes
    for name, *asked in told:
        getattr(notifier, name)(*asked)
        arguments = [*asked[:-1], *map(printable, asked[-1:])]  # sentences are shown as text
        if name == "note":
            note = arguments[0]
            standing = [each for each in standing if each[0] not in refused]
        elif name == "dismiss" and note:
            note = ""
        elif name == "dismiss":
            standing = standing[:-1]
        else:
            standing = [each for each in standing if each[0] != arguments[0]]
        if name in ("fail", "refuse"):
            standing.append((arguments[0], arguments[1]))
            note = ""
            refused = refused - {arguments[0]} | ({arguments[0]} if name == "refuse" else set())
        errors = [sentence for _, sentence in reversed(standing)]
        if note:
            assert notifier.shown == Message(note, is_error=False)
            assert list(notifier.hidden) == errors
        elif errors:
            assert notifier.shown == Message(errors[0], is_error=True)
            assert list(notifier.hidden) == errors[1:]
        else:
            assert notifier.shown is None
            assert notifier.hidden == ()
        for cause in ("picture", "weights", "download"):
            assert notifier.error(cause) == dict(standing).get(cause, "")


def test_what_may_go_wrong_is_told_until_it_goes_well(notifier: Notifier) -> None:
    with notifier.reporting("picture"):
        raise UserError("No picture.")
    assert notifier.error("picture") == "No picture."
    with notifier.reporting("picture"):
        pass
    assert notifier.shown is None


def test_whoever_goes_on_has_read_what_was_refused(
    notifier: Notifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    notifier.fail("digits", "No digits.")
    notifier.refuse("picture", "No picture.")
    notifier.go_on()
    assert notifier.error("picture")  # it has just appeared
    monkeypatch.setattr(core, "READ_AFTER_S", 0)
    notifier.go_on()
    assert notifier.shown == Message("No digits.", is_error=True)
    assert notifier.hidden == ()
    with notifier.reporting("picture", is_state=True):
        raise UserError("No picture.")
    notifier.note("Saved.")
    notifier.dismiss()
    assert notifier.shown == Message("No picture.", is_error=True)


def test_a_fault_of_the_program_is_no_sentence(notifier: Notifier) -> None:
    notifier.fail("picture", "No picture.")
    with pytest.raises(ZeroDivisionError), notifier.reporting("picture"):
        _ = 1 / 0
    assert notifier.error("picture") == "No picture."


def test_to_clear_what_does_not_stand_changes_nothing(notifier: Notifier) -> None:
    heard: list[object] = []
    notifier.changed.connect(lambda: heard.append(None))
    notifier.clear("picture")
    notifier.dismiss()
    assert heard == []
