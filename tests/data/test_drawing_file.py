"""What was drawn comes back from its file as it was; a damaged file is refused, and never dear."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data import drawing_file
from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke, TwoDrawings
from lenet_gui.data.drawing_file import read_drawings, write_drawings
from lenet_gui.errors import UserError
from tests.support.bounds import outcome
from tests.support.damage import damaged, examples, hostile_json

NUMBERS = st.floats(-2, 3)
POINTS = st.builds(PenPoint, NUMBERS, NUMBERS, st.floats(0, 0.2))
STROKES = st.builds(Stroke, st.lists(POINTS, max_size=5), st.booleans())
GREYS = st.lists(st.integers(0, 255), min_size=6, max_size=6)
BACKDROPS = st.builds(
    lambda greys, label: Backdrop(np.array(greys, np.float32).reshape(2, 3) / 255, label),
    GREYS,
    st.none() | st.integers(0, 9),
)
DRAWINGS = st.builds(Drawing, st.lists(STROKES, max_size=4), st.none() | BACKDROPS)
BOTH = st.builds(TwoDrawings, DRAWINGS, st.none() | DRAWINGS)

SOME = TwoDrawings(
    Drawing((Stroke((PenPoint(0.2, 0.3), PenPoint(0.5, 0.6))),), Backdrop(np.eye(4), 7)),
    Drawing((Stroke((PenPoint(0.1, 0.9),), erases=True),)),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drawing") / "drawing.json"


@pytest.fixture(scope="module")
def written(file: Path) -> bytes:
    write_drawings(file, SOME)
    return file.read_bytes()


@given(both=BOTH)
def test_drawings_come_back_as_they_were(file: Path, both: TwoDrawings) -> None:
    write_drawings(file, both)
    assert read_drawings(file) == both
    assert file.exists() == (both != TwoDrawings())


def test_a_picture_of_many_greys_comes_back_nearly_so(file: Path) -> None:
    ink = np.random.default_rng(1).uniform(0, 1, (9, 5)).astype(np.float32)
    write_drawings(file, TwoDrawings(Drawing(backdrop=Backdrop(ink))))
    np.testing.assert_allclose(read_drawings(file).drawing.backdrop.ink, ink, atol=1e-5)


@examples(20, 200)
@given(data=st.data())
def test_a_damaged_file_is_refused(file: Path, written: bytes, data: st.DataObject) -> None:
    if data.draw(st.booleans()):
        file.write_bytes(data.draw(damaged([written])))
    else:
        file.write_text(data.draw(hostile_json(json.loads(written))), "utf-8", "surrogatepass")
    outcome(lambda: read_drawings(file))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("strokes", [{"points": 10**12, "erases": False}]),
        ("strokes", [{"points": -1, "erases": False}]),
        ("points", "AAAA"),
        ("points", "no base 64"),
        ("picture", {"rows": 10**6, "columns": 10**6, "ink": "", "label": None}),
        ("picture", {"rows": 0, "columns": 4, "ink": "", "label": None}),
        ("picture", {"rows": 1, "columns": 1, "ink": "eJxjYAAAAAIAAQ==", "label": 12}),
    ],
)
def test_impossible_parts_are_refused(file: Path, written: bytes, part: str, value: object) -> None:
    content = json.loads(written)
    content["drawing"][part] = value
    file.write_text(json.dumps(content))
    with pytest.raises(UserError, match=r"cannot be used"):
        read_drawings(file)


def test_what_is_too_large_is_not_kept_nor_what_was_there_before(
    file: Path, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(written)
    monkeypatch.setattr(drawing_file, "MOST_BYTES", len(written) - 1)
    with pytest.raises(UserError, match="too large"):
        write_drawings(file, SOME)
    assert not file.exists()
