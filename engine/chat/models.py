"""Loading models by name: the library finds the file, the keyring the key, the engine does the rest."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from engine.client.api import EngineClient
from engine.errors import UserError
from engine.library.catalog import find_model
from engine.protocol.commands import LoadModel, UnloadModel
from engine.protocol.events import AnyEvent, ModelLoaded, ModelUnloaded, WorkerDied
from engine.protocol.values import ContextParams, LoadedModel, ModelSpec
from engine.store.database import Store
from engine.store.records import EndpointRecord

FOLDERS_SETTING = "models.folders"
FAKE_NAME = "scripted"


def resolve_model(store: Store, name: str, *, fake_script: str | None = None) -> ModelSpec:
    """What a name means: an endpoint of that name, else a model of the library, else a path.

    `fake_script`: use the scripted model instead ("" for its built-in script). Raises `UserError` model.*.
    """
    if fake_script is not None:
        return ModelSpec(backend="fake", name=FAKE_NAME, path=fake_script)
    for endpoint in store.endpoints.list():
        if endpoint.name == name:
            return endpoint_spec(endpoint)
    entry = find_model(name, store.home, model_folders(store))
    if entry.format == "gguf":
        return ModelSpec(backend="llama_cpp", name=entry.name, path=entry.path)
    if entry.format == "lora":
        raise UserError("model.is_adapter", path=entry.path)
    if entry.kind == "decoder":
        raise UserError("model.needs_conversion", path=entry.path)
    return ModelSpec(backend="torch", name=entry.name, path=entry.path)


def model_folders(store: Store) -> list[Path]:
    """The user's own folders, besides those of other programs that are always looked at."""
    folders: list[str] = store.settings.get(FOLDERS_SETTING, [])
    return [Path(folder) for folder in folders]


def endpoint_spec(endpoint: EndpointRecord) -> ModelSpec:
    """An endpoint with its key from the keyring."""
    # The keyring library takes a tenth of a second to import and is needed only here.
    from engine.backends.remote.keyring_store import read_key  # noqa: PLC0415

    return ModelSpec(
        backend="remote",
        name=endpoint.name,
        base_url=endpoint.base_url,
        remote_model=endpoint.remote_model,
        api_key=read_key(endpoint.id),
    )


class ModelService:
    """Loads and unloads on a thread of its own. What came of it is told by the client's events."""

    def __init__(self, store: Store, client: EngineClient, *, fake_script: str | None = None) -> None:
        self._store = store
        self._client = client
        self._fake_script = fake_script
        self.current: LoadedModel | None = None
        self._queue: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._unsubscribe = client.subscribe(self._follow)
        self._thread = threading.Thread(target=self._work, name="models")
        self._thread.start()

    def load(
        self,
        name: str,
        context: ContextParams,
        failed: Callable[[Exception], None] | None = None,
    ) -> int:
        """Find and load. The job's events are `LoadProgress`…, then `ModelLoaded` or `Failed`.

        `failed` is called (on the service's thread) when there is no such model; no event follows then.
        """
        job = self._client.next_job()
        self._queue.put(lambda: self._load(job, name, context, failed))
        return job

    def unload(self) -> int:
        """Give the memory back. Answer: `ModelUnloaded`."""
        job = self._client.next_job()
        self._client.send(UnloadModel(job=job))
        return job

    def save_endpoint(
        self, record: EndpointRecord, key: str, failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Keep an endpoint, and its key in the system keyring; an empty key leaves a stored one alone."""
        self._queue.put(lambda: self._save_endpoint(record, key, failed))

    def delete_endpoint(self, endpoint_id: str) -> None:
        """Forget an endpoint; its key stays in the keyring, so that the deletion can be taken back."""
        self._queue.put(lambda: self._store.endpoints.delete(endpoint_id))

    def close(self) -> None:
        """Idempotent."""
        self._unsubscribe()
        self._queue.put(None)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _work(self) -> None:
        while (task := self._queue.get()) is not None:
            task()

    def _load(
        self, job: int, name: str, context: ContextParams, failed: Callable[[Exception], None] | None
    ) -> None:
        try:
            spec = resolve_model(self._store, name, fake_script=self._fake_script)
        except (UserError, OSError) as error:
            if failed is not None:
                failed(error)
            return
        self._client.send(LoadModel(job=job, model=spec, context=context))

    def _save_endpoint(
        self, record: EndpointRecord, key: str, failed: Callable[[Exception], None] | None
    ) -> None:
        from engine.backends.remote.keyring_store import write_key  # noqa: PLC0415 - slow to import

        try:
            saved = self._store.endpoints.save(record)
            if key:
                write_key(saved.id, key)
        except UserError as error:
            if failed is not None:
                failed(error)

    def _keep_memory(self, model: LoadedModel) -> None:
        """What the load took, to be held against the estimate. A figure: nothing fails without it."""
        with suppress(UserError):
            self._store.library.add_load(model)

    def _follow(self, event: AnyEvent) -> None:
        if isinstance(event, ModelLoaded):
            self.current = event.model
            model = event.model
            self._queue.put(lambda: self._keep_memory(model))
        elif isinstance(event, ModelUnloaded | WorkerDied):
            self.current = None
