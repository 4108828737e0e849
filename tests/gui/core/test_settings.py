"""What is remembered comes back, and nonsense in the file is passed over."""

from PySide6.QtCore import QByteArray

from lenet_gui.gui.core.settings import Settings
from lenet_gui.net.architecture import Variant
from lenet_gui.paths import settings_file
from lenet_gui.pictures.colours import Scale


def test_first_start() -> None:
    settings = Settings()
    assert settings.variant is Variant.ORIGINAL
    assert settings.scale is Scale.PER_LAYER
    assert settings.theme == "system"
    assert settings.pen_width is None
    assert settings.layout() is None
    assert settings.training_is_folded
    assert settings.recipe == settings.folder == settings.mnist_folder == ""


def test_everything_comes_back() -> None:
    settings = Settings()
    settings.variant = Variant.MODERN
    settings.scale = Scale.GLOBAL
    settings.theme = "dark"
    settings.pen_width = 0.125
    settings.folder = "/somewhere/ä b"
    settings.mnist_folder = "/mnist"
    settings.recipe = '{"epochs": 3, "name": "a, b; c"}'
    settings.training_is_folded = False
    settings.save_layout(QByteArray(b"\x00\x01place"), QByteArray(b"state\xff"))
    del settings  # what was set is written by now
    again = Settings()
    assert again.variant is Variant.MODERN
    assert again.scale is Scale.GLOBAL
    assert again.theme == "dark"
    assert again.pen_width == 0.125
    assert (again.folder, again.mnist_folder) == ("/somewhere/ä b", "/mnist")
    assert again.recipe == '{"epochs": 3, "name": "a, b; c"}'
    assert not again.training_is_folded
    assert again.layout() == (QByteArray(b"\x00\x01place"), QByteArray(b"state\xff"))
    again.forget_layout()
    assert again.layout() is None


def test_nonsense_is_passed_over() -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(
        "[network]\nvariant=lenet-6\n[view]\nscale=huge\ntheme=pink\n"
        "[canvas]\npen-width=wide\n[layout]\nversion=99\n\x00\x01garbage"
    )
    settings = Settings()
    assert settings.variant is Variant.ORIGINAL
    assert settings.scale is Scale.PER_LAYER
    assert settings.theme == "system"
    assert settings.pen_width is None
    assert settings.layout() is None
