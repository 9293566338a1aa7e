"""The chat page on the real store, with the scripted model in a real worker process."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.models import ModelsController
from app.pages.chat.page import ChatPage
from app.pages.chat.panels import ChatPanels
from app.settings import AppSettings
from app.theme.theme import Theme
from engine.chat.models import ModelService
from engine.chat.turn import TurnRunner
from engine.client.process import ProcessClient
from engine.store.database import Store, open_store
from engine.store.service import StoreService


@dataclass
class RecordingHost:
    """A window that remembers what it was told."""

    toasts: list[tuple[str, Callable[[], object] | None]] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    current_page: str = "chat"

    def show_page(self, page_id: str) -> None:
        self.current_page = page_id

    def show_region(self, region: str) -> None:
        self.regions.append(region)

    def toggle_region(self, region: str) -> None:
        self.regions.append(region)

    def show_toast(
        self, text: str, action_text: str = "", on_action: Callable[[], object] | None = None
    ) -> None:
        self.toasts.append((text, on_action))

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)


@dataclass
class Bench:
    """Everything a test of the page needs."""

    page: ChatPage
    controllers: ChatControllers
    host: RecordingHost
    store: Store
    service: StoreService
    client: ProcessClient
    qtbot: QtBot

    def until(self, condition: Callable[[], object], timeout: int = 15_000) -> None:
        """Work until the condition holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def settled(self) -> None:
        """Until a chat is open and nothing is being written."""
        chat = self.controllers.chat
        self.until(lambda: chat.session_id and not chat.generating)

    def say(self, text: str) -> None:
        """Send a message and wait for the whole reply."""
        chat = self.controllers.chat
        before = len(chat.path)
        self.page.view.composer.edit.setPlainText(text)
        self.page.view.composer.edit.submitted.emit()
        self.until(lambda: len(chat.path) == before + 2 and not chat.generating)

    def texts(self) -> list[str]:
        return [record.message.text() for record in self.controllers.chat.path]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme("dark")


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """What the scripted model says, in turn."""
    path = tmp_path / "script.json"
    replies = [{"text": f"Reply number {number}.", "delay_ms": 1} for number in range(1, 40)]
    path.write_text(json.dumps(replies), encoding="utf-8")
    return path


@pytest.fixture
def make_bench(qtbot: QtBot, theme: Theme, home: Path, script: Path) -> Iterator[Callable[..., Bench]]:
    """Builds the page; `load` also loads the scripted model."""
    closers: list[Callable[[], None]] = []

    def make(*, load: bool = True, titles: bool = False, front: str = "chat") -> Bench:
        store = open_store(home)
        client = ProcessClient(home)
        service = StoreService(store)
        runner = TurnRunner(store, client)
        models = ModelService(store, client, fake_script=str(script))
        bridge = EngineBridge()
        # Known from here on: a page that cannot be built must not leave threads behind.
        closers.extend(part.close for part in (store, service, client, models, runner, bridge))
        access, background = StoreAccess(service, bridge), Background(bridge)
        closers.append(background.close)
        closers.append(client.subscribe(bridge.post_engine))
        closers.append(store.subscribe(bridge.post_change))
        controllers = ChatControllers(
            client,
            runner,
            access,
            background,
            bridge,
            ModelsController(models, access, background, bridge, home),
        )
        closers.append(controllers.close)
        host, registry = RecordingHost(current_page=front), CommandRegistry()
        settings = AppSettings({"chat.auto_title": titles})
        panels = ChatPanels()
        for _made in panels.build(theme):
            pass
        page = ChatPage(controllers, host, registry, settings, theme, host.links.append, panels)
        for widget in (page.centre(), page.navigator(), page.inspector(), page.bottom()):
            assert widget is not None
            qtbot.addWidget(widget)
        page.view.resize(820, 700)
        page.panel.resize(248, 700)
        page.view.show()
        page.panel.show()
        client.start()
        bench = Bench(page, controllers, host, store, service, client, qtbot)
        if load:
            controllers.models.load("scripted")
            bench.until(lambda: controllers.models.current is not None)
        bench.settled()
        return bench

    yield make
    for close in reversed(closers):
        close()


@pytest.fixture
def bench(make_bench: Callable[..., Bench]) -> Bench:
    return make_bench()
