"""Loads that overlap, are refused or fail: what is remembered and what is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import RECENT_KEY, ModelsController
from engine.chat.models import ModelService
from engine.errors import UserError
from engine.protocol.events import Failed, LoadProgress, ModelLoaded, ModelUnloaded, Ready, WorkerDied
from engine.protocol.values import ContextParams, LoadedModel

LOADED = LoadedModel(
    name="Starter", path="/models/starter.gguf", backend="llama_cpp", model_hash="abc", architecture="llama",
    quantization="Q4_1", parameters=1, size_bytes=1, n_ctx=8192, n_ctx_train=8192, n_layer=1, n_head=1,
    n_head_kv=1, n_embd=1, n_vocab=1, kv_bytes_per_token=1.0, flash_attention=False, n_threads=1,
    n_gpu_layers=0, device="CPU", has_template=True, template_hash="t", engine_build="b", load_ms=1.0,
    context=ContextParams(),
)  # fmt: skip


class Loader:
    """A model service that keeps what it was asked."""

    def __init__(self) -> None:
        self.current: LoadedModel | None = None
        self.asked: list[tuple[str, Callable[[Exception], None]]] = []
        self.contexts: list[ContextParams] = []

    def load(self, name: str, context: ContextParams, failed: Callable[[Exception], None]) -> int:
        self.asked.append((name, failed))
        self.contexts.append(context)
        return len(self.asked)


class Settings:
    """Stands for the store: remembers what was set."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.settings = self

    def set(self, key: str, value: object) -> None:
        self.values[key] = value

    def run(self, work: Callable[[Any], object], *_answers: object) -> None:
        work(self)


def test_a_damaged_file_chosen_while_another_model_loads_is_not_remembered(
    qtbot: QtBot, tmp_path: Path
) -> None:
    loader, settings, bridge = Loader(), Settings(), EngineBridge()
    models = ModelsController(
        cast(ModelService, loader),
        cast(StoreAccess, settings),
        cast(Background, None),
        bridge,
        tmp_path,
    )
    names: list[str] = []
    errors: list[object] = []
    models.loading.connect(lambda name, _fraction, _stage: names.append(name))
    models.load_failed.connect(errors.append)
    models.load("starter", "Starter")
    models.load("/damaged.gguf")
    loader.asked[1][1](UserError("model.missing", path="/damaged.gguf"))
    qtbot.waitUntil(lambda: bool(errors))
    bridge.engine_event.emit(LoadProgress(job=1, fraction=0.5, stage="weights"))
    assert names[-1] == "Starter", "the progress is that of the model that loads"
    bridge.engine_event.emit(ModelLoaded(job=1, model=LOADED))
    assert settings.values[RECENT_KEY] == ["starter"]
    assert models.current == LOADED
    assert not models.is_loading
    assert models.load_again()
    assert loader.asked[-1][0] == "starter"


def test_the_first_of_two_loads_does_not_end_the_second(qtbot: QtBot, tmp_path: Path) -> None:
    loader, settings, bridge = Loader(), Settings(), EngineBridge()
    models = ModelsController(
        cast(ModelService, loader), cast(StoreAccess, settings), cast(Background, None), bridge, tmp_path
    )
    models.load("/a.gguf")
    models.load("/b.gguf")
    loading: list[bool] = []
    for job in (1, 2):
        bridge.engine_event.emit(ModelLoaded(job=job, model=LOADED))
        loading.append(models.is_loading)
    assert loading == [True, False]
    assert settings.values[RECENT_KEY] == ["/b.gguf", "/a.gguf"]


def test_the_model_comes_back_when_another_cannot_be_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    loader, settings, bridge = Loader(), Settings(), EngineBridge()
    models = ModelsController(
        cast(ModelService, loader), cast(StoreAccess, settings), cast(Background, None), bridge, tmp_path
    )
    told: list[str] = []
    models.load_succeeded.connect(lambda: told.append("loaded"))
    models.load_failed.connect(lambda _error: told.append("failed"))
    small = ContextParams(n_ctx=512)
    models.load("starter", context=small)
    bridge.engine_event.emit(ModelLoaded(job=1, model=replace(LOADED, context=small)))
    models.load("starter", context=ContextParams(n_ctx=1_000_000))
    bridge.engine_event.emit(ModelUnloaded())
    bridge.engine_event.emit(Failed(job=2, code="engine.out_of_memory", message="too large"))
    assert [name for name, _failed in loader.asked] == ["starter"] * 3
    assert loader.contexts[2] == small
    bridge.engine_event.emit(ModelLoaded(job=3, model=LOADED))
    assert told == ["loaded", "failed"], "the error stays to be read"
    bridge.engine_event.emit(ModelUnloaded())
    models.load("/b.gguf")
    bridge.engine_event.emit(Failed(job=4, code="engine.out_of_memory", message="too large"))
    bridge.engine_event.emit(Failed(job=5, code="engine.out_of_memory", message="too large"))
    assert len(loader.asked) == 5, "one attempt, no loop"


def test_after_a_crash_while_loading_the_model_before_comes_back_with_the_engine(
    qtbot: QtBot, tmp_path: Path
) -> None:
    loader, settings, bridge = Loader(), Settings(), EngineBridge()
    models = ModelsController(
        cast(ModelService, loader), cast(StoreAccess, settings), cast(Background, None), bridge, tmp_path
    )
    errors: list[object] = []
    models.load_failed.connect(errors.append)
    models.load("starter")
    bridge.engine_event.emit(ModelLoaded(job=1, model=LOADED))
    models.load("/crashes.gguf")
    bridge.engine_event.emit(WorkerDied(exit_code=-6, stderr_tail="", will_restart=True))
    bridge.engine_event.emit(Failed(job=2, code="engine.died", message="it crashed"))
    assert len(errors) == 1
    assert len(loader.asked) == 2, "there is no engine yet"
    bridge.engine_event.emit(Ready(pid=1))
    assert loader.asked[-1][0] == "starter"
