"""A settings page with a host that remembers what was asked of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.chat_controllers import ChatControllers
from app.pages.settings.host import HostWork
from app.pages.settings.page import SettingsPage
from tests.app.shell.conftest import Frame, frame, theme

__all__ = ["frame", "theme"]


@dataclass
class QuietHost:
    """A `SettingsHost` without a window."""

    home: Path
    engine_facts: str = "Engine: llama.cpp b1"
    toasts: list[str] = field(default_factory=list)
    actions: list[Callable[[], object]] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    maintained: list[tuple[str, HostWork]] = field(default_factory=list)
    known: Any = None

    def controllers(self) -> ChatControllers | None:
        found: ChatControllers | None = self.known
        return found

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        self.toasts.append(text)
        if action_text and on_action is not None:
            self.actions.append(on_action)

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)

    def settle_error(self, cause: str) -> None:
        self.errors = [error for error in self.errors if getattr(error, "code", "") != cause]

    def open_link(self, address: str) -> None:
        self.opened.append(address)

    def maintain(self, title: str, work: HostWork) -> None:
        self.maintained.append((title, work))


@dataclass
class Desk:
    """The page, its host, and the window around them."""

    page: SettingsPage
    host: QuietHost
    frame: Frame
    qtbot: QtBot

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)


@pytest.fixture
def desk(qtbot: QtBot, frame: Frame, home: Path) -> Iterator[Desk]:
    host = QuietHost(home)
    page = SettingsPage(frame.settings, frame.registry, frame.theme, host)
    for widget in (page.centre(), page.navigator()):
        assert widget is not None
        qtbot.addWidget(widget)
    page.centre().resize(900, 700)
    page.centre().show()
    yield Desk(page, host, frame, qtbot)
    qtbot.wait(20)  # threads of the page end
