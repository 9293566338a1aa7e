"""Which models there are, which one is loaded, and how far a load has come."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.model_library import ModelLibrary
from app.models.model_choices import ModelChoice, loading_key
from engine.chat.models import ModelService
from engine.library.entries import ModelEntry
from engine.protocol.events import Failed, LoadProgress, ModelLoaded, ModelUnloaded, Ready, WorkerDied
from engine.protocol.values import ContextParams, LoadedModel
from engine.store.database import Store
from engine.store.records import Change, EndpointRecord

FOLDERS_KEY = "models.folders"
LEFT_OUT_KEY = "models.left_out"
RECENT_KEY = "models.recent"
_RECENT = 8


class ModelsController(QObject):
    """One model is loaded at a time; loading another replaces it."""

    choices_changed = Signal(list, list)
    """`ModelChoice`s, and the keys used last, newest first."""
    scanning_changed = Signal(bool)
    loading = Signal(str, float, str)
    """Name, fraction, stage."""
    loaded = Signal(object)
    unloaded = Signal()
    load_succeeded = Signal()
    """A load that was asked for; not one that brings the model before it back."""
    load_failed = Signal(object)
    failed = Signal(object)
    noted = Signal(str)

    def __init__(
        self,
        service: ModelService,
        access: StoreAccess,
        background: Background,
        bridge: EngineBridge,
        home: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service = service
        self._access = access
        self._bridge = bridge
        self.library = ModelLibrary(access, background, bridge, home, self)
        self._endpoints: list[EndpointRecord] = []
        self._folders: list[str] = []
        self._recent: list[str] = []
        self._current: LoadedModel | None = None
        self._job = -1
        self._loading_name = ""
        self._loading_key = ""
        self._loaded_key = ""
        self._last: tuple[str, ContextParams] | None = None
        """What answered before a load that failed: it is loaded again then."""
        self._fall_back_due = False
        self._fall_back_job = -1
        self._resting = ""
        """Name of a model that gave its memory back because nobody used it."""
        self._engine_ready = True
        self._asked: dict[int, tuple[str, str]] = {}
        """Key and name of every load that is under way, by job: a second one may be asked for meanwhile."""
        self.default_context = ContextParams()
        """How a model is loaded where nothing else is said: the settings of the program."""
        self.library.listed.connect(self._announce)
        self.library.scanning_changed.connect(self.scanning_changed)
        self.library.failed.connect(self.failed)
        bridge.engine_event.connect(self._on_event)
        bridge.store_changed.connect(self._on_store_changed)

    @property
    def home(self) -> Path:
        """The folder of everything that belongs to this user."""
        return self.library.home

    @property
    def current(self) -> LoadedModel | None:
        """The model that answers now."""
        return self._current

    @property
    def is_loading(self) -> bool:
        return self._job >= 0

    @property
    def loading_name(self) -> str:
        return self._loading_name

    @property
    def resting(self) -> str:
        """Name of the model that is unloaded because nobody used it; empty when there is none."""
        return self._resting if self._current is None and not self.is_loading else ""

    @property
    def has_starter(self) -> bool:
        """Whether the starter model is installed (known after the first scan)."""
        return self.library.has_starter

    def recent(self) -> list[str]:
        """Keys of the models used last, newest first."""
        return list(self._recent)

    @property
    def folders(self) -> list[str]:
        """The user's own model folders."""
        return list(self._folders)

    @property
    def files(self) -> list[ModelEntry]:
        """What the last scan found on this computer and can be used."""
        return [entry for entry in self.library.entries if entry.problem is None]

    # the list

    def refresh(self, then: Callable[[], None] | None = None) -> None:
        """Look for models again. What is known is listed at once, `then` is called when all is."""

        def read(store: Store) -> tuple[tuple[list[str], list[str], list[EndpointRecord]], list[str]]:
            folders: list[str] = store.settings.get(FOLDERS_KEY, [])
            recent: list[str] = store.settings.get(RECENT_KEY, [])
            left_out: list[str] = store.settings.get(LEFT_OUT_KEY, [])
            return (folders, recent, store.endpoints.list()), left_out

        def scan(found: tuple[tuple[list[str], list[str], list[EndpointRecord]], list[str]]) -> None:
            state, left_out = found
            self.library.leave_out(left_out)
            before = (self._folders, self._recent, self._endpoints)
            self._folders, self._recent, self._endpoints = state
            if before != state:
                self._announce()
            self.library.refresh(self._folders, then)

        self._access.run(read, scan, self.failed.emit)

    def close(self) -> None:
        """Stop looking."""
        self.library.close()

    def choices(self) -> list[ModelChoice]:
        """Files and endpoints as they were found last."""
        return self.library.choices + [_endpoint_choice(record) for record in self._endpoints]

    @property
    def endpoints(self) -> list[EndpointRecord]:
        """Servers that are used like models."""
        return list(self._endpoints)

    def choice(self, key: str) -> ModelChoice | None:
        return next((each for each in self.choices() if key in (each.key, each.name, each.path)), None)

    def add_folder(self, folder: str) -> None:
        """Read models from one more folder; nothing in it is ever changed."""
        self._set_folders([*self._folders, folder] if folder not in self._folders else self._folders)

    def remove_folder(self, folder: str) -> None:
        self._set_folders([each for each in self._folders if each != folder])

    def _set_folders(self, folders: Sequence[str]) -> None:
        chosen = list(folders)
        self._access.run(
            lambda store: store.settings.set(FOLDERS_KEY, chosen),
            lambda _nothing: self.refresh(),
            self.failed.emit,
        )

    # loading

    def load(self, key: str, name: str = "", context: ContextParams | None = None) -> None:
        """Load a model by path, name or endpoint key; the answer comes as a signal."""
        choice = self.choice(key)
        self._loading_name = name or (choice.name if choice else Path(key).stem)
        self._loading_key = key
        wanted = self._with_defaults(context or ContextParams())
        self.loading.emit(self._loading_name, 0.0, "weights")
        self._job = self._service.load(
            key, wanted, lambda error: self._bridge.call(partial(self._on_refused, key), error)
        )
        self._asked[self._job] = (key, self._loading_name)

    def _with_defaults(self, context: ContextParams) -> ContextParams:
        """Where a chat leaves the choice open, the settings decide."""
        default = self.default_context
        return replace(
            context,
            n_ctx=context.n_ctx or default.n_ctx,
            n_threads=context.n_threads or default.n_threads,
        )

    def load_again(self) -> bool:
        """Load what was loaded last in this run, as it was; False where there was nothing."""
        if self._resting and self._last is not None:
            key, context = self._last
            self.load(key, self._resting, context)
            return True
        key = self._loaded_key or self._loading_key
        if key:
            self.load(key)
        return bool(key)

    def load_starter(self) -> None:
        self.load("starter", self.tr("Starter model"))

    def load_last(self) -> None:
        """What was used last, else the starter; nothing where there is neither."""
        known = next((key for key in self._recent if self.choice(key) or Path(key).is_absolute()), "")
        if known:
            self.load(known)
        elif self.library.has_starter:
            self.load_starter()
        else:
            self.unloaded.emit()

    def unload(self) -> None:
        """Give the memory back."""
        self._last = None
        self._resting = ""
        self._service.unload()

    def rest(self) -> None:
        """Give the memory back until the model is needed: `load_again` brings it back as it was."""
        if self._current is not None and not self.is_loading:
            self._resting = self._current.name
            self._service.unload()

    def save_endpoint(self, record: EndpointRecord, key: str) -> None:
        """Add or change an endpoint; its key goes to the system keyring."""
        self._service.save_endpoint(record, key, lambda error: self._bridge.call(self.failed.emit, error))

    def delete_endpoint(self, endpoint_id: str) -> None:
        """Off the list; `restore_endpoint` brings it back."""
        self._service.delete_endpoint(endpoint_id)

    def restore_endpoint(self, endpoint_id: str) -> None:
        """Undo `delete_endpoint`."""
        self._access.run(lambda store: store.endpoints.restore(endpoint_id), None, self.failed.emit)

    # events

    def _on_refused(self, key: str, error: Exception) -> None:
        """There is no such model, or it is damaged: nothing was sent to the engine."""
        if key == self._loading_key:
            self._job = -1
        self._restore_state()
        self.load_failed.emit(error)

    def _on_event(self, event: object) -> None:
        match event:
            case LoadProgress():
                if self._job < 0:
                    # A worker that was replaced loads its model again by itself.
                    self._job = event.job
                _key, name = self._asked.get(event.job, ("", self._loading_name))
                self.loading.emit(name, event.fraction, event.stage)
            case ModelLoaded():
                if event.job == self._job:
                    self._job = -1
                key, _name = self._asked.pop(event.job, (self._loaded_key, ""))
                self._current = event.model
                self._resting = ""
                self._loading_name = event.model.name
                self._loaded_key = key or loading_key(event.model)
                self._last = (self._loaded_key, event.model.context)
                self._remember(self._loaded_key)
                self.loaded.emit(event.model)
                if event.job != self._fall_back_job:
                    self.load_succeeded.emit()
            case ModelUnloaded():
                self._current = None
                self.unloaded.emit()
            case Failed() if event.job == self._job:
                self._job = -1
                self._restore_state()
                self.load_failed.emit(event)
                self._fall_back_due = self._current is None and event.job != self._fall_back_job
                self._fall_back()
            case WorkerDied():
                # A load that was under way is told as failed next.
                self._current = None
                self._engine_ready = False
                self.unloaded.emit()
            case Ready():
                self._engine_ready = True
                self._fall_back()
            case _:
                pass

    def _fall_back(self) -> None:
        """A load failed and the model before it is gone: bring that one back, once."""
        if self._fall_back_due and self._engine_ready and self._last is not None:
            self._fall_back_due = False
            key, context = self._last
            self.load(key, context=context)
            self._fall_back_job = self._job

    def _restore_state(self) -> None:
        """After a load that failed, show what is there now."""
        self._current = self._service.current
        if self._current is None:
            self.unloaded.emit()
        else:
            self._loading_name = self._current.name
            self.loaded.emit(self._current)

    def _remember(self, key: str) -> None:
        self._recent = [key, *(each for each in self._recent if each != key)][:_RECENT]
        recent = list(self._recent)
        self._access.run(lambda store: store.settings.set(RECENT_KEY, recent), None, self.failed.emit)
        self._announce()

    def _announce(self) -> None:
        self.choices_changed.emit(self.choices(), list(self._recent))

    def _on_store_changed(self, change: Change) -> None:
        if change.area == "endpoints":

            def done(records: list[EndpointRecord]) -> None:
                self._endpoints = records
                self._announce()

            self._access.run(lambda store: store.endpoints.list(), done, self.failed.emit)


def _endpoint_choice(record: EndpointRecord) -> ModelChoice:
    return ModelChoice(
        key=record.name,
        name=record.name,
        kind="endpoint",
        base_url=record.base_url,
        endpoint_id=record.id,
        remote_model=record.remote_model,
    )
