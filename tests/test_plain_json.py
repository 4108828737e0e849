"""States of views become JSON and come back equal; what is none is refused by its field."""

from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.errors import UserError
from lenet_gui.plain_json import from_json, to_json


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Spot:
    layer: str
    row: int = 0


@dataclass(frozen=True)
class Shown:
    spot: Spot = Spot("C1")
    pinned: Spot | None = None
    colour: Colour = Colour.RED
    dials: tuple[float, ...] = ()
    pair: tuple[int, str] = (0, "")
    off: frozenset[Colour] = frozenset()
    is_on: bool = False


spots = st.builds(Spot, st.text(), st.integers())
states = st.builds(
    Shown,
    spots,
    st.none() | spots,
    st.sampled_from(Colour),
    st.lists(st.floats(allow_nan=False, allow_infinity=False)).map(tuple),
    st.tuples(st.integers(), st.text()),
    st.frozensets(st.sampled_from(Colour)),
    st.booleans(),
)


@given(states)
def test_a_state_comes_back_equal(state: Shown) -> None:
    assert from_json(Shown, to_json(state)) == state


def test_fields_that_are_missing_keep_their_defaults() -> None:
    assert from_json(Shown, "{}") == Shown()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[", r"Shown is not valid JSON \(wrong at line 1, column 2\)"),
        ("[]", "Shown"),
        ('{"spot": 3}', "Shown.spot"),
        ('{"spot": {"layer": 3}}', "Shown.spot.layer"),
        ('{"spot": {}}', "Shown.spot"),
        ('{"colour": "green"}', "Shown.colour"),
        ('{"dials": ["x"]}', "Shown.dials"),
        ('{"dials": 3}', "Shown.dials"),
        ('{"pair": [1]}', "Shown.pair"),
        ('{"is_on": 1}', "Shown.is_on"),
        ('{"nothing": 1}', "nothing"),
    ],
)
def test_what_is_no_state_is_refused_by_its_field(text: str, named: str) -> None:
    with pytest.raises(UserError, match=named):
        from_json(Shown, text)
