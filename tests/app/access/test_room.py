"""Nothing is cut: every page in English and Chinese, with the largest texts, in the room that 100 to 200 %
leave.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from tests.app.access.conftest import PAGES, Start, Walk, visible

SCALES = {"200": (720, 450), "150": (960, 600), "100": (1440, 900)}
"""What is left of a screen of 1440 × 900 in logical pixels. First the smallest: a region that was opened in
spite of the room closes by itself once there was enough.
"""
LARGEST_STEP = 3
"""Pixels that all texts are larger, as the settings offer; where they fit, smaller ones do."""
SLACK = 1
LEAST_SHORTENED = 24
"""Logical pixels below which a text with an ellipsis says nothing."""
SETTLE_MS = 250


def cut(widget: QWidget) -> bool:
    """Whether a text has less room than it needs, without an ellipsis that says so."""
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QTabBar):
        return widget.sizeHint().width() > widget.width() + SLACK and not widget.usesScrollButtons()
    if isinstance(widget, QAbstractButton) and widget.text() and not isinstance(widget, TextButton):
        return widget.minimumSizeHint().width() > widget.width() + SLACK
    return False  # text buttons paint an ellipsis


def _cut_label(label: QLabel) -> bool:
    if not label.text() or not label.pixmap().isNull():
        return False
    if isinstance(label, TextLabel) and label.is_shortened():
        return not label.toolTip() or label.width() < LEAST_SHORTENED
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    return label.sizeHint().width() > label.width() + SLACK


def cut_off(widget: QWidget) -> bool:
    """Whether a control ends beyond the edge of what holds it, where nothing scrolls there."""
    if not isinstance(widget, (QLabel, QAbstractButton, QComboBox, QLineEdit)):
        return False
    here: QWidget = widget
    shown = widget.rect()
    while (above := here.parentWidget()) is not None and not here.isWindow():
        if isinstance(above, QAbstractItemView) or _scrolls(above):
            return False
        shown = shown.translated(here.pos()) & above.rect()
        here = above
    return shown.width() < widget.width() - SLACK


def _scrolls(area: QWidget) -> bool:
    return (
        isinstance(area, QAbstractScrollArea)
        and area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and area.horizontalScrollBar().maximum() > 0
    )


def named(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text() or widget.accessibleName()
    return widget.accessibleName()


def cut_texts(walk: Walk) -> set[str]:
    return {
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}: {named(widget)!r}"
        for widget in visible(walk.window)
        if widget.visibleRegion().boundingRect().width() > 0 and (cut(widget) or cut_off(widget))
    }


def settled_finds(walk: Walk, qtbot: QtBot) -> set[str]:
    """What is still cut when the layout has come to rest."""
    QApplication.processEvents()
    if not cut_texts(walk):
        return set()
    qtbot.wait(SETTLE_MS)
    return cut_texts(walk)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_is_cut(program: Start, qtbot: QtBot, language: str) -> None:
    running = program("--fake-model", "--language", language)
    running.application.shell.settings.set_value("appearance.size_step", LARGEST_STEP)
    walk = Walk(running, qtbot, pause_ms=20)
    found: dict[str, str] = {}
    for page in PAGES:
        walk.window.resize(*SCALES["200"])
        for where in walk.page(page):
            for scale, size in SCALES.items():
                walk.window.resize(*size)
                for text in settled_finds(walk, qtbot):
                    found.setdefault(text, f"{where}, {scale} %")
    assert found == {}, "\n".join(f"{text}: {where}" for text, where in sorted(found.items()))
