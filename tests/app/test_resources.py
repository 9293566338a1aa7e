"""The bundled fonts and icons are what the theme counts on."""

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer

from app import resource_paths
from app.resource_paths import resource


@pytest.mark.parametrize(
    ("family", "styles"),
    [
        ("Inter", {"Regular", "Medium", "SemiBold", "Italic"}),
        ("JetBrains Mono", {"Regular", "Medium", "Bold", "Italic"}),
        ("Noto Sans SC", {"Regular"}),
    ],
)
def test_fonts_load(family: str, styles: set[str]) -> None:
    assert styles <= set(QFontDatabase.styles(family))


def test_default_font_is_inter() -> None:
    assert QFontInfo(QGuiApplication.font()).family() == "Inter"


def test_every_icon_is_a_picture_that_takes_a_colour(qtbot: object) -> None:
    paths = sorted(resource("icons").glob("*.svg"))
    assert len(paths) > 100
    for path in paths:
        assert QSvgRenderer(str(path)).isValid(), path.name
        text = path.read_text("utf-8")
        assert 'stroke="currentColor"' in text, path.name
        assert 'stroke-width="2"' in text, path.name


@pytest.mark.parametrize("size", [16, 32, 48, 64, 128, 256, 512])
def test_app_icon_has_every_size(size: int) -> None:
    image = QImage(str(resource("app-icon", f"{size}.png")))
    assert (image.width(), image.height()) == (size, size)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(size // 2, size // 8).alpha() == 255


def test_every_font_and_icon_has_its_licence() -> None:
    text = resource("licenses", "README.md").read_text("utf-8")
    for name in ("Inter-OFL.txt", "JetBrainsMono-OFL.txt", "NotoSansSC-OFL.txt", "lucide-ISC.txt"):
        assert name in text
        assert resource("licenses", name).stat().st_size > 500


def test_missing_resources_are_a_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    resource_paths.resource_root.cache_clear()
    monkeypatch.setattr(resource_paths, "_APP", resource("nowhere"))
    resource_paths.resource_root.cache_clear()
    with pytest.raises(FileNotFoundError, match="no resources in"):
        resource_paths.resource_root()
    resource_paths.resource_root.cache_clear()
