"""The editor on the real services, without a loaded model."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandRegistry
from app.controllers.inspection_source import SubjectSource
from app.panels.gguf_editor.panel import GgufEditorPanel
from app.panels.inspection_parts import PanelParts
from app.theme.theme import Theme
from tests.app.chat.conftest import Bench, RecordingHost, make_bench, script
from tests.support.tiny_llama import write_tiny_llama

__all__ = ["make_bench", "script"]


@dataclass
class Desk:
    """The editor with a small file open."""

    panel: GgufEditorPanel
    bench: Bench
    host: RecordingHost
    path: Path

    def until(self, condition: Callable[[], object]) -> None:
        self.bench.qtbot.waitUntil(lambda: bool(condition()), timeout=30_000)

    def mark(self, key: str) -> None:
        rows = [row.key for row in self.panel.state.rows()]
        self.panel.view.table.selectRow(rows.index(key))

    def show(self, part: str) -> None:
        self.panel.view.part.button(part).click()


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


@pytest.fixture
def desk(make_bench: Callable[..., Bench], theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    gc.disable()  # as in the program: garbage holds Qt objects of this thread
    bench = make_bench(load=False)
    host, source = RecordingHost(), SubjectSource()
    parts = PanelParts(bench.controllers, source, host, CommandRegistry(), theme, "inspect")
    panel = GgufEditorPanel(parts)
    qtbot.addWidget(panel)
    panel.resize(1100, 640)
    panel.show()
    folder = tmp_path / "source"
    folder.mkdir()
    desk = Desk(panel, bench, host, write_tiny_llama(folder / "tiny.gguf"))
    panel.show_model(str(desk.path))
    desk.until(lambda: panel.state.file is not None)
    yield desk
    gc.enable()
