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
from lenet_gui.data.ink import Box
from lenet_gui.data.pictures.steps import PictureSteps
from lenet_gui.errors import UserError
from tests.support.bounds import outcome
from tests.support.damage import damaged, examples, hostile_json

NUMBERS = st.floats(-2, 3)
POINTS = st.builds(PenPoint, NUMBERS, NUMBERS, st.floats(0, 0.2))
STROKES = st.builds(Stroke, st.lists(POINTS, max_size=5), st.booleans())
GREYS = st.lists(st.integers(0, 255), min_size=6, max_size=6)
STEPS = PictureSteps(
    np.arange(30, dtype=np.uint8).reshape(5, 6),
    Box(1, 2, 4, 4),
    np.array([[0, 9, 255], [7, 0, 3]], np.uint8),
    np.array([[0, 1, 2], [3, 4, 0]], np.uint8),
    (Box(1, 2, 3, 3), Box(0, 0, 1, 1)),
    True,
)
BACKDROPS = st.builds(
    lambda greys, label, steps: Backdrop(np.array(greys).reshape(2, 3) / 255, label, steps),
    GREYS,
    st.none() | st.integers(0, 9),
    st.sampled_from([None, STEPS]),
)
FRAMED = Backdrop(np.arange(784).reshape(28, 28) % 256 / 255, is_framed=True)
BACKDROPS |= st.just(FRAMED)
DRAWINGS = st.builds(Drawing, st.lists(STROKES, max_size=4), st.none() | BACKDROPS)
BOTH = st.builds(TwoDrawings, DRAWINGS, st.none() | DRAWINGS)

SOME = TwoDrawings(
    Drawing((Stroke((PenPoint(0.2, 0.3), PenPoint(0.5, 0.6))),), Backdrop(np.eye(4), 7, STEPS)),
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


def test_a_file_of_the_version_before_has_no_framed_pictures(file: Path) -> None:
    write_drawings(file, TwoDrawings(Drawing(backdrop=FRAMED)))
    content = json.loads(file.read_text())
    assert content["drawing"]["picture"].pop("is_framed") is True
    file.write_text(json.dumps(content))
    assert read_drawings(file) == TwoDrawings(Drawing(backdrop=Backdrop(FRAMED.ink)))


@pytest.mark.parametrize(
    ("backdrop", "reason"),
    [
        (Backdrop(np.eye(4)), "is \\[28, 28\\], not \\(4, 4\\)"),
        (Backdrop(FRAMED.ink, steps=STEPS), "is no imported picture"),
    ],
)
def test_a_picture_that_cannot_be_framed_is_refused(
    file: Path, backdrop: Backdrop, reason: str
) -> None:
    write_drawings(file, TwoDrawings(Drawing(backdrop=backdrop)))
    content = json.loads(file.read_text())
    content["drawing"]["picture"]["is_framed"] = True
    file.write_text(json.dumps(content))
    with pytest.raises(UserError, match=rf"cannot be used: a framed backdrop {reason}"):
        read_drawings(file)


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
        ("steps", {"part": [1, 2, 40, 4]}),
        ("steps", {"part": [1, 2, 1, 4]}),
        ("steps", {"rows": 10**6, "columns": 10**6}),
        ("steps", {"levels": "eJxjYAAAAAIAAQ=="}),
        ("steps", {"dropped": "eJz7/x8ABQAC/g=="}),
    ],
)
def test_impossible_parts_are_refused(file: Path, written: bytes, part: str, value: object) -> None:
    content = json.loads(written)
    if part == "steps":
        content["drawing"]["picture"][part] |= value
    else:
        content["drawing"][part] = value
    file.write_text(json.dumps(content))
    with pytest.raises(UserError, match=r"cannot be used"):
        read_drawings(file)


def test_a_picture_that_is_too_large_is_kept_without_how_its_ink_was_found(
    file: Path, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_file, "MOST_BYTES", len(written) - 1)
    write_drawings(file, SOME)
    found = read_drawings(file)
    assert found.kept == SOME.kept
    assert found.drawing == Drawing(SOME.drawing.strokes, Backdrop(np.eye(4), 7))


def test_what_is_too_large_is_not_kept_nor_what_was_there_before(
    file: Path, written: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(written)
    monkeypatch.setattr(drawing_file, "MOST_BYTES", len(written) // 2)
    with pytest.raises(UserError, match="too large"):
        write_drawings(file, SOME)
    assert not file.exists()
