"""Nothing is cut: every page in English and Chinese, at four text sizes and in the room that 100 to 200
% leave.
"""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from tests.app.access.conftest import PAGES, Start, Walk, visible

SCALES = {"100": (1440, 900), "125": (1152, 720), "150": (960, 600), "200": (720, 450)}
"""What is left of a screen of 1440 × 900 in logical pixels."""
SLACK = 1
LAYOUT_MS = 15


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
    if isinstance(label, TextLabel) and label.text() != label.full_text():
        return False  # shortened with an ellipsis, the whole text in its tooltip
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + SLACK
    return label.sizeHint().width() > label.width() + SLACK


def cut_texts(walk: Walk) -> set[str]:
    return {
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}: "
        f"{getattr(widget, 'text', lambda *_: 'tabs')()!r}"
        for widget in visible(walk.window)
        if widget.visibleRegion().boundingRect().width() > 0 and cut(widget)
    }


@pytest.mark.parametrize("step", [0, 3])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_is_cut(program: Start, qtbot: QtBot, language: str, step: int) -> None:
    """`step`: pixels that all texts are larger, up to the most that the settings offer."""
    running = program("--fake-model", "--language", language)
    running.application.shell.settings.set_value("appearance.size_step", step)
    walk = Walk(running, qtbot)
    found: dict[str, str] = {}
    for page in PAGES:
        for where in walk.page(page):
            for scale, size in SCALES.items():
                walk.window.resize(*size)
                qtbot.wait(LAYOUT_MS)
                for text in cut_texts(walk):
                    found.setdefault(text, f"{where}, {scale} %")
    assert found == {}, "\n".join(f"{text}: {where}" for text, where in sorted(found.items()))
