"""Joins the services below the window with the controllers and pages above it.

Made when the database is open.
"""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.composition import Services
from app.controllers.chat_controllers import ChatControllers
from app.controllers.idle_unload import IdleUnload
from app.controllers.local_server import LocalServer
from app.controllers.models import ModelsController
from app.controllers.status import StatusController
from app.idle_gc import IdleGc
from app.models.dropped_files import DroppedFiles
from app.options import Options
from app.page_factory import FACTORIES, PageParts
from app.pages.chat.page import ChatPage
from app.pages.chat.panels import ChatPanels
from app.pages.data.page import DataPage
from app.pages.inspect.commands import register_attention_commands, register_inspect_commands
from app.pages.inspect.page import InspectPage
from app.pages.models.get.commands import register_get_models
from app.pages.page import Page
from app.palette.chat_provider import ChatProvider
from app.settings_store import StoredSettings
from app.shell import Shell
from app.window.file_drops import FileDrops
from app.window.jobs_link import JobsLink
from app.window.server_link import ServerLink
from engine.protocol.events import Ready
from engine.protocol.values import ContextParams

LOADING = "loading a model"
"""Names the cause of an error, so that a load that succeeds takes it away."""
DISK_FULL = "store.disk_full"
BAD_IMPORT = "import.unreadable"


class Workbench:
    """GUI thread only. `start` once, `close` once."""

    def __init__(self, services: Services, shell: Shell, options: Options) -> None:
        self.services = services
        self._shell = shell
        self._options = options
        self._said_build = ""
        self._closed = False
        self._panels = ChatPanels()
        self._building = self._panels.build(shell.theme)
        self.bridge = EngineBridge()
        self.access = StoreAccess(services.store_service, self.bridge)
        self.background = Background(self.bridge)
        self._endings = [
            services.client.subscribe(self.bridge.post_engine),
            services.store.subscribe(self.bridge.post_change),
        ]
        self.bridge.failed.connect(shell.window.show_error)
        self.bridge.engine_event.connect(self._note_build)
        self.models = ModelsController(services.models, self.access, self.background, self.bridge, shell.home)
        self.models.failed.connect(shell.window.show_error)
        self.models.load_failed.connect(lambda error: shell.window.show_error(error, LOADING))
        self.models.load_succeeded.connect(lambda: shell.window.settle_error(LOADING))
        self.models.noted.connect(shell.window.show_toast)
        self.access.on_saved(lambda: shell.window.settle_error(DISK_FULL))
        self.controllers = ChatControllers(
            services.client, services.runner, self.access, self.background, self.bridge, self.models
        )
        self.controllers.sessions.imported.connect(lambda: shell.window.settle_error(BAD_IMPORT))
        self.server = LocalServer(shell.home, self.models, self.background, self.bridge, shell.window)
        self.server_link = ServerLink(self.server, self.models, shell.settings, shell.window)
        self.jobs_link = JobsLink(self.controllers.jobs, self.models, shell.window)
        self.status = StatusController(shell.status, self.bridge, self.models)
        shell.settings.attach(StoredSettings(self.access, self.bridge, shell.settings))
        shell.settings.changed.connect(self._setting_changed)
        chat = self.controllers.chat
        self._idle_unload = IdleUnload(self.models, self.bridge, lambda: bool(chat.live_sessions()), chat)
        self._use_engine_settings()
        self._idle_gc = IdleGc(lambda: bool(self.controllers.chat.live_sessions()), shell.window)
        shell.registry.shortcuts_changed.connect(self._save_shortcuts)
        self.drops = FileDrops(shell.window, self.background)
        self.drops.dropped.connect(self._open_dropped)

    def build(self, then: Callable[[], None]) -> None:
        """Make what the chat page is made of, a piece in each turn of the event loop; then call `then`."""

        def step() -> None:
            if self._closed:
                return
            if next(self._building, True):
                then()
            else:
                QTimer.singleShot(0, self.controllers, step)

        step()

    def _chat_panels(self) -> ChatPanels:
        """All of them, now."""
        for _made in self._building:
            pass
        return self._panels

    def start(self) -> None:
        """Start the engine process and load a model: the one named, else the last one, else the starter.

        The chat page is made even when another one is in front: its commands are part of the program.
        """
        page = self._shell.window.prepare_page("chat")
        if isinstance(page, ChatPage):
            self._shell.palette.add_provider("chats", ChatProvider(self.access, page.open_session))
            page.files.rows_dropped.connect(self._open_rows)
            self._shell.registry.refresh()
        register_inspect_commands(self._shell.registry, self._open_view)
        register_attention_commands(self._shell.registry, self.controllers.inspection)
        shell, window = self._shell, self._shell.window
        register_get_models(shell.registry, self.controllers, shell.settings, window, window, shell.theme)
        self.services.client.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self._idle_gc)
            self._idle_gc.start()
        wanted = self._options.model or ("scripted" if self._options.fake_model else "")
        if wanted:
            self.models.refresh()
            self.models.load(wanted)
        else:
            self.models.refresh(self.models.load_last)

    def _open_view(self, view_id: str) -> None:
        page = self._shell.window.prepare_page("inspect")
        if isinstance(page, InspectPage):
            page.open_view(view_id)

    def _open_dropped(self, files: DroppedFiles) -> None:
        """Models are loaded, data sets shown; what is neither is said."""
        chat = self._shell.window.prepare_page("chat")
        if isinstance(chat, ChatPage):
            chat.files.take_files(files)
        if files.rows:
            self._open_rows(list(files.rows))
        if files.others:
            text = QCoreApplication.translate(
                "Workbench", "Only models and data sets can be dropped here; chats on the list of chats."
            )
            self._shell.window.show_toast(text)

    def _open_rows(self, paths: list[str]) -> None:
        page = self._shell.window.prepare_page("data")
        if isinstance(page, DataPage):
            for path in paths:
                page.open_file(path)

    def create_page(self, page_id: str) -> Page:
        """A page of the rail that needs the services."""
        return FACTORIES[page_id](PageParts(self._shell, self.controllers, self._chat_panels))

    def close(self) -> None:
        """Save what waits, take nothing new from other threads, then stop them."""
        self.server.close()
        self._closed = True
        self.controllers.close()
        self.models.close()
        self._idle_gc.stop()
        for end in self._endings:
            end()
        self.background.close()
        self.bridge.close()
        self.services.close()

    @property
    def engine_build(self) -> str:
        """What runs models, as the model that is loaded or the engine's process says; "" before either."""
        model = self.models.current
        return (model.engine_build if model is not None else "") or self._said_build

    def facts(self) -> str:
        """Engine and model for a report: without names and addresses."""
        lines = [f"Engine: {self.engine_build or 'not started'}"]
        model = self.models.current
        if model is not None:
            device = "another machine" if model.backend == "remote" else model.device
            lines.append(f"Model: {model.backend}, {model.architecture} {model.quantization} on {device}")
            layers = f"{model.n_gpu_layers} layers on a GPU"
            lines.append(f"Context: {model.n_ctx} tokens, {model.n_threads} threads, {layers}")
        return "\n".join(lines)

    def _note_build(self, event: object) -> None:
        if isinstance(event, Ready):
            self._said_build = event.engine_build

    def _setting_changed(self, key: str) -> None:
        if key in ("models.folders", "models.left_out"):
            self.models.refresh()
        elif key.startswith("engine."):
            self._use_engine_settings()

    def _use_engine_settings(self) -> None:
        value = self._shell.settings.value
        self.models.default_context = ContextParams(
            n_ctx=value("engine.n_ctx"),
            n_threads=value("engine.n_threads"),
            n_threads_batch=value("engine.n_threads"),
        )

        self._idle_unload.set_minutes(value("engine.idle_minutes"))

    def _save_shortcuts(self) -> None:
        self._shell.settings.set_value("keyboard.shortcuts", self._shell.registry.overrides())
