"""A whole window without an engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandRegistry
from app.main_window import MainWindow
from app.pages.page import PageEntry
from app.palette.command_provider import CommandProvider
from app.palette.palette import CommandPalette
from app.settings import AppSettings
from app.theme.theme import Theme
from app.window.memory import WindowMemory
from app.window.status_state import StatusState


class SamplePage:
    """Fills every region; `made` counts how often its widgets were asked for."""

    icon_name = "message-square"

    def __init__(self, title: str, regions: bool = True) -> None:
        self.title = title
        self._centre = QLineEdit(title)
        self._sides = [QLabel("left"), QLabel("right"), QLabel("below")] if regions else [None] * 3

    def navigator(self) -> QWidget | None:
        return self._sides[0]

    def centre(self) -> QWidget:
        return self._centre

    def inspector(self) -> QWidget | None:
        return self._sides[1]

    def bottom(self) -> QWidget | None:
        return self._sides[2]


@dataclass
class Frame:
    """The parts of a window under test."""

    theme: Theme
    registry: CommandRegistry
    status: StatusState
    memory: WindowMemory
    settings: AppSettings
    window: MainWindow
    palette: CommandPalette


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Installed in dark; taken off again, so that other tests see a bare application."""
    made = Theme("dark")
    made.install(qapp)
    yield made
    qapp.setStyleSheet("")


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, home: Path) -> Frame:
    """A window of 1200 × 800 with two pages, the first one in front."""
    registry, status, memory = CommandRegistry(), StatusState(), WindowMemory()
    window = MainWindow(theme, registry, status, memory)
    qtbot.addWidget(window)
    palette = CommandPalette(window, theme)
    palette.add_provider("commands", CommandProvider(registry, memory.recent_commands))
    window.resize(1200, 800)
    window.add_page(PageEntry("chat", lambda: "Chat", "message-square", lambda: SamplePage("Chat")))
    window.add_page(
        PageEntry("help", lambda: "Help", "circle-help", lambda: SamplePage("Help", False), below=True)
    )
    window.show_page("chat")
    window.show()
    qtbot.waitExposed(window)
    return Frame(theme, registry, status, memory, AppSettings(), window, palette)
