"""The starter model, measured once, and one worker per module: loading it for each test would take
minutes.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.backends.llama_cpp import tuning
from engine.protocol.values import ContextParams, ModelSpec
from tests.support.engine import Driver, running_engine

# Flash attention would be chosen by measurement otherwise.
CONTEXT = ContextParams(n_ctx=1024, flash_attention="off")


@pytest.fixture(scope="session")
def starter_model(starter_path: Path) -> ModelSpec:
    return ModelSpec(backend="llama_cpp", name="starter", path=str(starter_path))


@pytest.fixture(scope="session")
def measured_home(starter_model: ModelSpec, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the starter model was loaded once, so that the measurements are there."""
    home = tmp_path_factory.mktemp("measured-home")
    with running_engine(home) as driver:
        driver.load(starter_model, CONTEXT)
    return home


@pytest.fixture
def engine_home(home: Path, measured_home: Path) -> Path:
    """The test's own data folder, without the seconds of measuring."""
    shutil.copy(measured_home / tuning.FILE_NAME, home)
    return home


@pytest.fixture(scope="module")
def starter_engine(starter_model: ModelSpec, measured_home: Path) -> Iterator[Driver]:
    """A ready engine that has the starter model loaded, with room for 1,024 tokens."""
    with running_engine(measured_home) as driver:
        driver.load(starter_model, CONTEXT)
        yield driver
