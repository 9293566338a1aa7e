"""What panels are made of, with the starter model in a real worker process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.commands.registry import CommandRegistry
from app.controllers.chat_controllers import ChatControllers
from app.controllers.inspection_source import SubjectSource
from app.controllers.models import ModelsController
from app.panels.inspection_parts import PanelParts
from app.theme.theme import Theme
from engine.chat.models import ModelService
from engine.chat.turn import TurnRunner
from engine.client.process import ProcessClient
from engine.messages import Message
from engine.protocol.values import ContextParams
from engine.sampling.params import SamplingParams
from engine.store.database import open_store
from engine.store.records import SessionSettings
from engine.store.service import StoreService
from tests.app.chat.conftest import RecordingHost


@dataclass
class RealParts:
    """`parts` for panels, and what a test needs beside them."""

    parts: PanelParts
    controllers: ChatControllers
    host: RecordingHost
    qtbot: QtBot
    close: Callable[[], None]

    def until(self, condition: Callable[[], object], timeout: int = 60_000) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def say(self, text: str) -> None:
        """A message, and the whole reply to it."""
        chat = self.controllers.chat
        before = len(chat.path)
        chat.send(Message.of("user", text))
        self.until(lambda: len(chat.path) == before + 2 and not chat.generating)
        self.controllers.meter.set_path([record.message for record in chat.path])
        self.controllers.meter.set_enabled(True)


def make_real_parts(qtbot: QtBot, theme: Theme, home: Path, model: Path) -> RealParts:
    """A chat with the starter loaded and nothing said."""
    store = open_store(home)
    client = ProcessClient(home)
    service, runner, models = StoreService(store), TurnRunner(store, client), ModelService(store, client)
    bridge = EngineBridge()
    access, background = StoreAccess(service, bridge), Background(bridge)
    ends = [client.subscribe(bridge.post_engine), store.subscribe(bridge.post_change)]
    choices = ModelsController(models, access, background, bridge, home)
    controllers = ChatControllers(client, runner, access, background, bridge, choices)
    host, source = RecordingHost(), SubjectSource()
    controllers.inspection.subject_changed.connect(source.set)
    parts = PanelParts(controllers, source, host, CommandRegistry(), theme, "inspect")

    def close() -> None:
        controllers.close()
        for end in ends:
            end()
        for part in (background, bridge, runner, models, client, service, store):
            part.close()

    real = RealParts(parts, controllers, host, qtbot, close)
    client.start()
    sampling = SamplingParams(temperature=0.0, max_tokens=8)
    session = store.sessions.create("Test", SessionSettings(sampling=sampling))
    controllers.chat.open(session.id)
    choices.load(str(model), "starter", ContextParams(n_ctx=512, flash_attention="off"))
    real.until(lambda: choices.current is not None and controllers.chat.session_id)
    controllers.meter.set_context_length(512)
    return real
