"""What is remembered comes back, and nonsense in the file is skipped, field by field."""

import json
import logging
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from lenet_gui.data.words import Transpose
from lenet_gui.gui.core.settings import (
    MAX_BYTES,
    Area,
    ChosenData,
    DockPlace,
    Layout,
    Projection,
    Remembered,
    Settings,
    ThemeChoice,
)
from lenet_gui.net.architecture import Variant
from lenet_gui.paths import old_settings_file, settings_file
from lenet_gui.pictures.colours import Scale

FILLED = Remembered(
    Variant.MODERN,
    "/weights/\udcff.safetensors",  # no UTF-8 on the disk
    Scale.GLOBAL,
    ThemeChoice.DARK,
    0.125,
    "/somewhere/ä b, c; d",
    ChosenData("/data/\udcff", Transpose.YES, "own", 30),
    '{"epochs": 3, "name": "a, b; c\\n"}',
    False,
    True,
    Layout(
        (-5, 20, 1024, 700),
        True,
        (
            DockPlace("dock-draw", Area.RIGHT, (0, 0, 250, 600)),
            DockPlace("dock-train", Area.RIGHT, (0, 0, 250, 600), tab_of="dock-draw"),
            DockPlace("dock-answer", Area.LEFT, (900, 90, 300, 700), True, True),
        ),
    ),
    guide_size=(900, 640),
    projection=Projection("unit", True, (1920, 0, 1024, 768), True),
    text_size=150,
    view="digits",
)


def write_settings(content: bytes) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_bytes(content)


def as_plain(**fields: object) -> bytes:
    return json.dumps(fields).encode()


def filled() -> dict[str, object]:
    Settings().remember(**{name: getattr(FILLED, name) for name in vars(FILLED)})
    plain: dict[str, object] = json.loads(settings_file().read_text(encoding="utf-8"))
    return plain


def test_first_start() -> None:
    assert Settings().remembered == Remembered()
    assert not settings_file().exists()


def test_everything_comes_back() -> None:
    filled()
    assert Settings().remembered == FILLED
    Settings().remember(layout=None)
    assert Settings().remembered == replace(FILLED, layout=None)


def test_two_windows_do_not_write_over_each_other() -> None:
    first, second = Settings(), Settings()
    first.remember(theme=ThemeChoice.DARK)
    second.remember(scale=Scale.GLOBAL)
    assert Settings().remembered == Remembered(theme=ThemeChoice.DARK, scale=Scale.GLOBAL)


def test_what_a_newer_version_wrote_stays() -> None:
    write_settings(as_plain(theme="dark", lessons=[1, 2]))
    Settings().remember(scale=Scale.GLOBAL)
    assert json.loads(settings_file().read_text(encoding="utf-8"))["lessons"] == [1, 2]
    assert Settings().remembered.theme is ThemeChoice.DARK


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("variant", "lenet-6"),
        ("weights", "/a\0b"),
        ("scale", ["global"]),
        ("theme", "pink"),
        ("pen_width", float("nan")),
        ("pen_width", "wide"),
        ("pen_width", -1),
        ("pen_width", 10**400),
        ("folder", 3),
        ("data", {"path": "/a\0b"}),
        ("recipe", {"epochs": 3}),
        ("training_is_folded", 1),
        ("view", 3),
        ("training_shows_all", "yes"),
        ("layout", {"rectangle": [0, 0, 0, 700]}),
        ("layout", {"rectangle": [0, 0, 10**9, 700]}),
        ("layout", {"rectangle": [0, 0, 1024, 700], "more": 1}),
        ("layout", {"rectangle": [0, 0, 1024, 700], "docks": [{"name": "dock-draw"}]}),
        ("layout", []),
    ],
)
def test_a_wrong_field_is_passed_over_alone(
    field: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    write_settings(json.dumps(filled() | {field: value}).encode())
    with caplog.at_level(logging.WARNING):
        found = Settings().remembered
    assert found == replace(FILLED, **{field: getattr(Remembered(), field)})
    (told,) = caplog.messages
    assert field in told


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[1, 2]",
        b"{",
        b"\xff\xfe{}",
        b'{"theme": "dark"} x',
        b"[" * 100_000,
        b'{"a": ' * 100_000,
        b'{"theme": "dark", "a": "' + b" " * MAX_BYTES + b'"}',
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_file_that_is_none_is_passed_over_whole(
    content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    write_settings(content)
    with caplog.at_level(logging.WARNING):
        known = Settings()
    assert known.remembered == Remembered()
    assert len(caplog.messages) == 1
    known.remember(theme=ThemeChoice.DARK)
    assert Settings().remembered == Remembered(theme=ThemeChoice.DARK)


@settings(max_examples=30)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode()))
def test_no_file_keeps_the_program_from_opening(content: bytes) -> None:
    write_settings(content)
    assert isinstance(Settings().remembered, Remembered)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(sorted(vars(Remembered()))) | st.text(), json_values))
def test_no_value_keeps_the_program_from_opening(plain: dict[str, object]) -> None:
    write_settings(json.dumps(plain).encode())
    assert isinstance(Settings().remembered, Remembered)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes among its files")
def test_a_pipe_in_place_of_the_file_is_not_waited_for() -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(settings_file())
    known = Settings()
    known.remember(theme=ThemeChoice.DARK)  # is not written, and the program goes on
    assert known.remembered.theme is ThemeChoice.DARK


def test_where_nothing_can_be_written_the_program_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings_file().parent.parent.mkdir(parents=True, exist_ok=True)
    settings_file().parent.write_text("a file where the folder should be")
    known = Settings()
    with caplog.at_level(logging.WARNING):
        known.remember(theme=ThemeChoice.DARK)
    assert known.remembered.theme is ThemeChoice.DARK
    assert "could not be saved" in caplog.messages[-1]


# The file of earlier versions, as Qt writes it


def old_file(**fields: object) -> None:
    """Written by Qt itself."""
    old = QSettings(str(old_settings_file()), QSettings.Format.IniFormat)
    for name, value in fields.items():
        old.setValue(name.replace("__", "/").replace("_", "-"), value)
    old.sync()


@settings(max_examples=30)
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40))
def test_old_texts_are_taken_over(text: str) -> None:
    old_settings_file().unlink(missing_ok=True)
    old_file(files__folder=text, training__recipe=text)
    found = Settings().remembered
    assert (found.folder, found.recipe) == (text, text)


def test_old_choices_are_taken_over() -> None:
    old_file(
        network__variant="modern",
        view__scale="global",
        view__theme="dark",
        canvas__pen_width="0.125",
        training__folded="no",
    )
    wanted = Remembered(
        variant=Variant.MODERN,
        scale=Scale.GLOBAL,
        theme=ThemeChoice.DARK,
        pen_width=0.125,
        training_is_folded=False,
    )
    known = Settings()
    assert known.remembered == wanted
    known.remember(folder="/here")
    old_settings_file().unlink()
    assert Settings().remembered == replace(wanted, folder="/here")


def test_the_new_file_goes_before_the_old() -> None:
    old_file(view__theme="dark")
    write_settings(as_plain(theme="light"))
    assert Settings().remembered.theme is ThemeChoice.LIGHT


class _Attack:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return (Path.touch, (self.mark,))


def test_an_object_in_the_old_file_runs_nothing(tmp_path: Path) -> None:
    """Qt's reader hands a value of PySide's own kind to Python's pickle, which runs code."""
    mark = tmp_path / "ran"
    attack = _Attack(mark)
    old_file(
        view__theme=attack,
        files__folder=attack,
        layout__geometry=attack,
    )
    assert Settings().remembered == Remembered()
    assert not mark.exists()
    copied = shutil.copy(old_settings_file(), tmp_path / "copied.ini")  # which Qt has not cached
    QSettings(str(copied), QSettings.Format.IniFormat).value("files/folder")
    assert mark.exists(), "the attack is none: this test would pass whatever is read"
    mark.unlink()


@pytest.mark.parametrize(
    "line",
    ["pen-width=nan", "pen-width=1e400", "pen-width=@Invalid()", "pen-width=0x1", "pen-width="],
)
def test_an_old_pen_that_cannot_be_is_passed_over(line: str) -> None:
    file = old_settings_file()
    file.parent.mkdir(parents=True)
    file.write_text(f"[canvas]\n{line}\n", encoding="ascii")
    assert Settings().remembered == Remembered()


@settings(max_examples=30)
@given(st.binary(max_size=200))
def test_no_old_file_keeps_the_program_from_opening(content: bytes) -> None:
    old_settings_file().parent.mkdir(parents=True, exist_ok=True)
    old_settings_file().write_bytes(content)
    assert isinstance(Settings().remembered, Remembered)


@pytest.mark.parametrize("odd", ["1e999", "NaN", "[" * 300 + "]" * 300])
def test_what_is_no_json_in_the_file_does_not_keep_it_from_being_written(odd: str) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(f'{{"scale": "global", "of tomorrow": {odd}}}')
    known = Settings()
    assert known.remembered.scale is Scale.GLOBAL
    known.remember(theme=ThemeChoice.DARK)
    remembered = Settings().remembered
    assert (remembered.scale, remembered.theme) == (Scale.GLOBAL, ThemeChoice.DARK)
