"""One worker with the starter model for all tests of this folder: loading it for each would take minutes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.protocol.values import ContextParams, ModelSpec
from tests.support.engine import Driver, running_engine


@pytest.fixture(scope="module")
def starter_engine(
    starter_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Driver]:
    """A ready engine that has the starter model loaded."""
    with running_engine(tmp_path_factory.mktemp("engine-home")) as driver:
        driver.load(
            ModelSpec(backend="llama_cpp", name="starter", path=str(starter_path)),
            # Flash attention is chosen by measurement otherwise, which takes seconds.
            ContextParams(n_ctx=2048, flash_attention="off"),
        )
        yield driver
