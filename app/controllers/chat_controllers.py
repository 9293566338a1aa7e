"""The controllers of the chat page, wired to each other."""

from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.adapters import AdaptersController
from app.controllers.chat import ChatController
from app.controllers.context_meter import ContextMeter
from app.controllers.inspection import InspectionController
from app.controllers.jobs import JobsController
from app.controllers.models import ModelsController
from app.controllers.presets import PresetsController
from app.controllers.reproduce import Reproducer
from app.controllers.sessions import SessionsController
from app.controllers.titles import TitleMaker
from app.controllers.token_travel import TokenTravel
from engine.chat.turn import TurnRunner
from engine.client.api import EngineClient


class ChatControllers(QObject):
    """What the page talks to. `start` reads the lists."""

    closing = Signal()
    """Pages end what they have started themselves."""

    def __init__(
        self,
        client: EngineClient,
        runner: TurnRunner,
        access: StoreAccess,
        background: Background,
        bridge: EngineBridge,
        models: ModelsController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.client = client
        self.access = access
        self.background = background
        self.models = models
        self.jobs = JobsController(models.home, background, bridge, self)
        self.sessions = SessionsController(access, background, bridge, self)
        self.chat = ChatController(access, runner, bridge, self)
        self.adapters = AdaptersController(models, self.chat, background, self)
        self.presets = PresetsController(access, bridge, self)
        self.meter = ContextMeter(client, background, bridge, self)
        self.reproducer = Reproducer(self.chat, access, self)
        self.inspection = InspectionController(
            client, runner, self.chat, models, access, background, bridge, self
        )
        self.travel = TokenTravel(client, self.chat, models, self.inspection, access, bridge, self)
        self.titles = TitleMaker(client, access, bridge, self)
        self.chat.title_wanted.connect(self._want_title)

    def close(self) -> None:
        """Save what waits to be saved: drafts and settings. Jobs go on."""
        self.chat.flush()
        self.closing.emit()
        self.jobs.close()

    def _want_title(self, session_id: str) -> None:
        """Only models that follow instructions make titles; else the first words stay."""
        model = self.models.current
        if model is None or model.kind == "decoder":
            completes = model is not None and model.backend == "llama_cpp"
            self.titles.want(session_id, completes=completes)

    def start(self) -> None:
        """Read what the page shows."""
        self.sessions.refresh()
        self.presets.refresh()
