"""The local server in the window, with the starter model in a process of its own."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import httpx2 as httpx
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from app.controllers.local_server import LocalServer
from app.controllers.models import ModelsController
from app.settings import AppSettings
from app.theme.theme import Theme
from app.window.server_drawer import ServerDrawer
from engine.errors import UserError
from engine.protocol.values import ContextParams

WAIT_MS = 60_000


class Models(QObject):
    """The part of `ModelsController` that the server asks."""

    loaded = Signal(object)

    def __init__(self, path: Path) -> None:
        super().__init__()
        context = ContextParams(n_ctx=512, n_threads=2, flash_attention="off")
        self.current: SimpleNamespace | None = SimpleNamespace(
            name="starter", path=str(path), backend="llama_cpp", context=context
        )


@pytest.fixture
def server(qtbot: QtBot, home: Path, starter_path: Path) -> Iterator[LocalServer]:
    bridge = EngineBridge()
    background = Background(bridge)
    models = Models(starter_path)
    made = LocalServer(home, cast("ModelsController", models), background, bridge)
    yield made
    made.close()
    background.close()
    bridge.close()


def get(server: LocalServer, token: str) -> int:
    answer = httpx.get(f"{server.address}/models", headers={"Authorization": f"Bearer {token}"}, timeout=20)
    return int(answer.status_code)


def test_it_serves_the_loaded_model_until_it_is_switched_off(qtbot: QtBot, server: LocalServer) -> None:
    assert server.can_start()
    server.start(0, 2)
    assert server.phase == "loading"
    assert not server.can_start()
    qtbot.waitUntil(lambda: server.phase == "on", timeout=WAIT_MS)
    assert get(server, server.token) == 200
    assert get(server, "wrong") == 401
    server.stop()
    qtbot.waitUntil(lambda: server.phase == "off", timeout=WAIT_MS)
    assert server.address == ""


def test_the_drawer_shows_what_goes_on_and_hides_the_token(qtbot: QtBot, server: LocalServer) -> None:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    settings = AppSettings()
    settings.set_value("server.port", 0)
    drawer = ServerDrawer(window, server, settings, Theme(), 28)
    window.show()
    drawer.set_open(True)
    drawer.switch.click()
    qtbot.waitUntil(lambda: server.phase == "on", timeout=WAIT_MS)
    texts = [label.text() for label in drawer.findChildren(QWidget) if hasattr(label, "full_text")]  # type: ignore[attr-defined]
    assert server.address in texts
    assert not any(server.token in text for text in texts)
    assert not drawer.port.isEnabled()
    drawer.switch.click()
    qtbot.waitUntil(lambda: server.phase == "off", timeout=WAIT_MS)
    assert drawer.port.isEnabled()
    drawer.set_open(False)


def test_a_taken_port_is_said(qtbot: QtBot, server: LocalServer, home: Path) -> None:
    import socket

    errors: list[object] = []
    server.failed.connect(errors.append)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server.start(taken.getsockname()[1], 2)
        qtbot.waitUntil(lambda: server.phase == "off" and bool(errors), timeout=WAIT_MS)
    assert isinstance(errors[0], UserError)
    assert errors[0].code == "server.port"
    assert (home / "server-token").stat().st_mode & 0o077 == 0
