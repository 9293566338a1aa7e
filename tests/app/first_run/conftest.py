"""The whole program with the scripted model, and places of other programs' models."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.main_window import MainWindow
from app.options import parse
from app.window.guide import Guide
from app.window.screenshot import SETTLED
from app.window.single_instance import SingleInstance


@dataclass
class Program:
    """A running window."""

    application: Application
    window: MainWindow
    guide: Guide


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, home: Path) -> Iterator[Callable[..., Program]]:
    """Starts the program with further arguments; English and dark unless they say otherwise."""
    started: list[Application] = []

    def start(*arguments: str) -> Program:
        options = parse(
            ["--home", str(home), "--language", "en", "--theme", "dark", "--size", "1280x800", *arguments]
        )
        instance = SingleInstance(home)
        assert instance.acquire()
        application = Application(qapp, options, home, instance)
        started.append(application)
        window = application.shell.window
        window.show()
        window.show_page("chat")
        qtbot.waitUntil(lambda: application.shell.status.phase in SETTLED, timeout=30_000)
        qtbot.waitUntil(lambda: window.findChild(Guide) is not None, timeout=10_000)
        guide = window.findChild(Guide)
        assert guide is not None
        return Program(application, window, guide)

    yield start
    while started:
        application = started.pop()
        application.shell.window.close()
        application.close()
        application.shell.translator.remove()
        shiboken6.delete(application.shell.window)
        shiboken6.delete(application)
