"""All controllers of one run of the window, wired to each other."""

from pathlib import Path

from PySide6.QtCore import QObject

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.chat import ChatController
from app.controllers.context_meter import ContextMeter
from app.controllers.models import ModelsController
from app.controllers.presets import PresetsController
from app.controllers.reproduce import Reproducer
from app.controllers.sessions import SessionsController
from app.controllers.status import StatusController, StatusSink
from app.controllers.titles import TitleMaker
from engine.chat.models import ModelService
from engine.chat.turn import TurnRunner
from engine.client.api import EngineClient
from engine.store.database import Store
from engine.store.service import StoreService


class Controllers(QObject):
    """Made when database and engine client are there; `start` begins the work, `close` ends it."""

    def __init__(
        self,
        home: Path,
        store: Store,
        store_service: StoreService,
        client: EngineClient,
        runner: TurnRunner,
        models: ModelService,
        status: StatusSink,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.home = home
        self.bridge = bridge
        self.client = client
        self.access = StoreAccess(store_service, bridge)
        self.background = Background(bridge)
        self._unsubscribe = (client.subscribe(bridge.post_engine), store.subscribe(bridge.post_change))
        self.models = ModelsController(models, self.access, self.background, bridge, home, self)
        self.sessions = SessionsController(self.access, self.background, bridge, self)
        self.chat = ChatController(self.access, runner, bridge, self)
        self.presets = PresetsController(self.access, bridge, self)
        self.meter = ContextMeter(client, self.background, bridge, self)
        self.reproducer = Reproducer(self.chat, self.access, self)
        self.titles = TitleMaker(client, self.access, bridge, self)
        self.status = StatusController(status, bridge, self.models, self)
        self.chat.title_wanted.connect(self.titles.want)

    def start(self, model: str = "") -> None:
        """Start the engine and fill the lists; load `model`, else what was used last."""
        self.client.start()
        self.sessions.refresh()
        self.presets.refresh()
        if model:
            self.models.load(model)
            self.models.refresh()
        else:
            self.models.refresh(self.models.load_last)

    def close(self) -> None:
        """Save what waits, stop the background threads. The services below are closed by their owner."""
        self.chat.flush()
        for end in self._unsubscribe:
            end()
        self.background.close()
        self.bridge.close()
