"""Reduced motion: nothing slides, nothing blinks."""

import pytest
from PySide6.QtCore import QAbstractAnimation
from pytestqt.qtbot import QtBot

from app.widgets.switch import Switch
from tests.app.access.conftest import PAGES, Start, Walk


@pytest.fixture
def walk(program: Start, qtbot: QtBot) -> Walk:
    running = program("--fake-model")
    running.application.shell.settings.set_value("appearance.reduced_motion", True)
    return Walk(running, qtbot)


def switches(walk: Walk) -> list[Switch]:
    """Those that can be used, but not the one that allows motion again."""
    return [
        switch
        for switch in walk.window.findChildren(Switch)
        if switch.isVisible() and switch.isEnabled() and switch.accessibleName() != "Reduce motion"
    ]


def test_nothing_is_in_motion(walk: Walk) -> None:
    moving: set[str] = set()
    switched = 0
    for page in PAGES:
        for where in walk.page(page):
            for switch in switches(walk):
                switch.setChecked(not switch.isChecked())
                switched += 1
            for animation in walk.window.findChildren(QAbstractAnimation):
                if animation.state() == QAbstractAnimation.State.Running:
                    moving.add(f"{where}: {type(animation.parent()).__name__}")
            for switch in switches(walk):
                switch.setChecked(not switch.isChecked())
    assert switched > 4
    assert moving == set()
