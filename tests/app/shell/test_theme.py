"""The looks: contrast, complete substitution, live switching, icons in every scale."""

import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.resource_paths import resource
from app.theme.focus import FocusRing, has_keyboard_focus
from app.theme.fonts import mono_font, ui_font
from app.theme.icons import icon, set_icon_tokens
from app.theme.stylesheet import style_sheet
from app.theme.theme import Theme, palette
from app.theme.tokens import DARK, LIGHT, Tokens
from tests.support.contrast import contrast
from tests.support.sources import ROOT

SURFACES = ("bg0", "bg1", "bg2", "bg3", "bg4", "bg5", "code")
PAIRS = [
    *((text, surface) for text in ("fg", "fg2") for surface in SURFACES),
    *(("fg3", surface) for surface in SURFACES if surface not in ("bg4", "bg5")),
    *(
        (text, surface)
        for text in ("ok", "warn", "error", "info")
        for surface in ("bg0", "bg1", "bg2", "bg3")
    ),
    *(("accent_text", surface) for surface in ("bg1", "bg2", "bg3", "accent_soft")),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_fill_hover"),
]
BOTH = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=lambda tokens: tokens.name)


@BOTH
@pytest.mark.parametrize(("text", "surface"), PAIRS, ids="-".join)
def test_text_can_be_read(tokens: Tokens, text: str, surface: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, surface)) >= 4.5


@BOTH
def test_what_only_marks_can_be_seen(tokens: Tokens) -> None:
    """Focus rings and the accent bar: 3 : 1, as WCAG asks of things that are not text."""
    for surface in ("bg0", "bg1", "bg2", "bg3"):
        assert contrast(tokens.accent, getattr(tokens, surface)) >= 3


@BOTH
def test_the_style_sheet_is_complete(tokens: Tokens) -> None:
    sheet = style_sheet(tokens)
    assert "$" not in sheet
    images = re.findall(r'url\("(.+?)"\)', sheet)
    assert images
    assert all(resource(image).exists() for image in images)
    for widget in ("QMenu", "QComboBox", "QSpinBox", "QCheckBox", "QTableView", "QTreeView", "QToolTip"):
        assert widget.replace("QSpinBox", "QAbstractSpinBox") in sheet


def test_the_theme_images_are_those_of_the_icons() -> None:
    check = [sys.executable, str(ROOT / "packaging" / "theme_images.py"), "--check"]
    assert subprocess.run(check, capture_output=True, text=True, check=False).stdout == ""


def test_switching_dresses_the_application_again(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    assert qapp.palette().window().color() == QColor(DARK.bg2)
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("light")
    assert qapp.palette() == palette(LIGHT)
    assert LIGHT.bg1 in qapp.styleSheet()
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("light")


def test_the_system_theme_follows_the_desktop(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """The offscreen platform has no scheme of its own: the desktop's answer is played."""
    desktop = [DARK]
    monkeypatch.setattr("app.theme.theme._system_tokens", lambda: desktop[0])
    theme = Theme("system")
    told = qapp.styleHints().colorSchemeChanged
    desktop[0] = LIGHT
    told.emit(Qt.ColorScheme.Light)
    assert theme.tokens == LIGHT
    theme.set_mode("dark")
    told.emit(Qt.ColorScheme.Light)
    assert theme.tokens == DARK


def test_text_sizes_grow_together(theme: Theme) -> None:
    theme.set_size_step(2)
    assert (theme.tokens.text_xs, theme.tokens.text_m) == (DARK.text_xs + 2, DARK.text_m + 2)
    theme.set_size_step(99)
    assert theme.tokens.text_m == DARK.text_m + 3


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icons_are_sharp_at_every_scale(qapp: QApplication, scale: float) -> None:
    pixmap = icon("settings").pixmap(QSize(16, 16), scale)
    assert pixmap.devicePixelRatio() == scale
    assert pixmap.width() == round(16 * scale)


def test_icons_take_the_colours_of_the_theme(qapp: QApplication) -> None:
    made = icon("square", "fg2", "accent")

    def colors(state: QIcon.State) -> set[str]:
        image = made.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Normal, state).toImage()
        places = ((x, y) for x in range(24) for y in range(24))
        return {image.pixelColor(x, y).name() for x, y in places if image.pixelColor(x, y).alpha() == 255}

    for tokens in (DARK, LIGHT):
        set_icon_tokens(tokens)
        assert colors(QIcon.State.Off) == {tokens.fg2.lower()}
        assert colors(QIcon.State.On) == {tokens.accent.lower()}


@pytest.mark.expects_log("there is no icon called nothing-like-it")
def test_a_missing_icon_is_logged_and_empty(qapp: QApplication) -> None:
    assert not icon("nothing-like-it").pixmap(QSize(16, 16)).isNull()


def test_fonts_are_ours_and_digits_line_up(qapp: QApplication) -> None:
    assert ui_font(13).families()[0] == "Inter"
    assert mono_font(12).families()[0] == "JetBrains Mono"
    assert ui_font(13, tabular=True).featureTags()
    assert not ui_font(13).featureTags()


def test_the_ring_shows_the_keyboard_only(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    FocusRing(qapp)
    first, second = QPushButton("one"), QPushButton("two")
    for button in (first, second):
        qtbot.addWidget(button)
    first.setFocus()
    qapp.focusChanged.emit(second, first)
    assert first.property("focusRing")
    qapp.focusChanged.emit(first, second)
    assert not first.property("focusRing")
    assert second.property("focusRing")
    assert not has_keyboard_focus(first)


def test_what_a_click_hands_the_keyboard_to_has_no_ring(qtbot: QtBot, qapp: QApplication) -> None:
    FocusRing(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    clicked, target = QPushButton("go"), QLineEdit()
    for widget in (clicked, target):
        row.addWidget(widget)
    clicked.clicked.connect(target.setFocus)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    clicked.setFocus()
    handle = window.windowHandle()
    qtbot.waitUntil(lambda: qapp.focusWindow() is handle)
    where = clicked.geometry().center()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert target.hasFocus()
    assert not target.property("focusRing")
    clicked.setFocus()
    qtbot.wait(1)  # the click is past
    QTest.keyClick(clicked, Qt.Key.Key_Space)
    assert target.hasFocus()
    assert target.property("focusRing")
