"""The page Quantize on the real services, without a loaded model."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.commands.registry import CommandRegistry
from app.pages.quantize.page import QuantizePage
from app.theme.theme import Theme
from tests.app.chat.conftest import Bench, RecordingHost, make_bench, script
from tests.support.tiny_llama import write_tiny_llama

__all__ = ["make_bench", "script"]


@dataclass
class Work:
    """The page and what it does to the window."""

    page: QuantizePage
    bench: Bench
    host: RecordingHost
    opened: list[str] = field(default_factory=list)

    def until(self, condition: Callable[[], object]) -> None:
        self.bench.qtbot.waitUntil(lambda: bool(condition()), timeout=30_000)


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return write_tiny_llama(folder / "tiny-F32.gguf")


@pytest.fixture
def work(make_bench: Callable[..., Bench], theme: Theme) -> Iterator[Work]:
    gc.disable()  # as in the program: garbage holds Qt objects of this thread
    bench = make_bench(load=False)
    host = RecordingHost()
    page = QuantizePage(bench.controllers, host, CommandRegistry(), theme)
    page.view.resize(1200, 800)
    page.view.show()
    yield Work(page, bench, host)
    bench.controllers.bridge.close()  # as at the end of the program: nothing arrives in widgets that are gone
    page.view.close()
    page.view.deleteLater()
    del page
    gc.collect()
    gc.enable()
