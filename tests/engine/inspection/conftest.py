"""Workers that have a model loaded for looking inside."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.protocol.commands import Inspect
from engine.protocol.events import Failed, Inspected, WorkerDied
from engine.protocol.inspection import InspectRequest
from engine.protocol.values import ContextParams, ModelSpec
from engine.taps.arrays import unpack
from tests.support.engine import Driver, running_engine

# Full precision, so that what differs is the model's own arithmetic.
CONTEXT = ContextParams(n_ctx=256, flash_attention="off", type_k="f32", type_v="f32", n_threads=1)


@dataclasses.dataclass
class Looked:
    """An answer with its arrays."""

    event: Inspected
    arrays: dict[str, NDArray[Any]]


class Engine:
    """One worker; models are loaded when they are asked for."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self._loaded: tuple[Path, str] | None = None

    def load(self, path: Path, cache: str = "f32") -> None:
        """With a cache in half precision attention is computed here; in single precision the graph does."""
        if (path, cache) != self._loaded:
            context = msgspec.structs.replace(CONTEXT, type_k=cache, type_v=cache)
            self.driver.load(ModelSpec(backend="llama_cpp", name=path.stem, path=str(path)), context)
            self._loaded = path, cache

    def look(self, request: InspectRequest) -> Looked:
        event = self._answer(request)
        assert isinstance(event, Inspected), event
        return Looked(event, {name: np.array(unpack(one)) for name, one in event.arrays.items()})

    def fail(self, request: InspectRequest) -> Failed:
        event = self._answer(request)
        assert isinstance(event, Failed), event
        return event

    def _answer(self, request: InspectRequest) -> object:
        self.driver.send(Inspect(job=self.driver.client.next_job(), request=request))
        return self.driver.until(Inspected, Failed, WorkerDied)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with running_engine(tmp_path_factory.mktemp("inspection-home")) as driver:
        yield Engine(driver)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes a tiny model once: `tiny_model("gemma3", "F16")`."""
    from tests.reference.tiny_models import write_tiny

    folder = tmp_path_factory.mktemp("tiny")

    def make(architecture: Any, kind: Any) -> Path:
        path = folder / f"{architecture}-{kind}.gguf"
        return path if path.exists() else write_tiny(path, architecture, kind)

    return make
