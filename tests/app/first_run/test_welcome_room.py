"""No line of the welcome is cut, whatever is found while it is open."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.widgets.text_label import TextLabel
from app.window.welcome import Welcome
from tests.app.first_run.conftest import Program

SLACK = 3
"""Pixels below the last line that nothing is drawn in."""
FOUND: tuple[tuple[dict[str, int], bool], ...] = (
    ({}, True),
    ({"starter": 1}, True),
    ({"starter": 1}, False),
    ({"starter": 1, "home": 3, "ollama": 12, "lmstudio": 2}, False),
    ({}, False),
)


def cut(welcome: Welcome) -> list[str]:
    def is_cut(label: TextLabel) -> bool:
        lines = label.wordWrap() and label.heightForWidth(label.width()) > label.height() + SLACK
        return lines or label.is_shortened()

    labels = welcome.findChildren(TextLabel)
    return [label.full_text() for label in labels if label.isVisible() and is_cut(label)]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_line_is_cut(program: Callable[..., Program], qtbot: QtBot, language: str) -> None:
    running = program("--fake-model", "--first-run", "show", "--language", language)
    qtbot.waitUntil(lambda: running.guide.welcome is not None)
    welcome = running.guide.welcome
    assert welcome is not None
    for places, searching in FOUND:
        welcome.set_places(places, searching=searching)
        qtbot.waitUntil(lambda: cut(welcome) == [])
