"""The lab's panel on real jobs, with a tiny model that whoever wants may read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.commands.registry import CommandRegistry
from app.panels.file_panel_parts import FilePanelParts
from app.panels.quantization_lab.panel import LabPanel
from app.panels.text_choice import FILE
from app.theme.theme import Theme
from tests.app.chat.conftest import Bench, bench, make_bench, script, theme
from tests.support.tiny_llama import TEXT, write_tiny_llama

__all__ = ["bench", "make_bench", "script", "theme"]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_llama(tmp_path_factory.mktemp("tiny") / "tiny.gguf")


@dataclass
class Lab:
    """A panel, and what it stands on."""

    bench: Bench
    theme: Theme
    panel: LabPanel
    shown: list[str]

    def again(self) -> LabPanel:
        """A second panel, as after a restart."""
        return _panel(self.bench, self.theme, self.shown)

    def look_at(self, model: Path, text: Path) -> None:
        """Choose a model and a text, and wait until its matrices are known."""
        block = self.panel.view.model
        self.panel.set_models([str(model)])
        self.bench.until(lambda: block.tensor is not None)
        block.text.set_kind(FILE)
        block.text.file.set_path(str(text))
        block.text.changed.emit()

    def run(self) -> None:
        """Press the button, and wait for curves or an error."""
        self.panel.view.run.click()
        results = self.panel.view.results
        self.bench.until(lambda: results.result is not None or self.bench.host.errors, timeout=60_000)


@pytest.fixture
def make_lab(make_bench: Callable[..., Bench], theme: Theme) -> Callable[[], Lab]:
    def make() -> Lab:
        bench = make_bench(load=False)
        shown: list[str] = []
        return Lab(bench, theme, _panel(bench, theme, shown), shown)

    return make


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT * 12, encoding="utf-8")
    return path


def _panel(bench: Bench, theme: Theme, shown: list[str]) -> LabPanel:
    parts = FilePanelParts(
        bench.controllers,
        bench.host,
        CommandRegistry(),
        theme,
        lambda view, _paths: shown.append(view),
        shown.append,
    )
    panel = LabPanel(parts)
    bench.qtbot.addWidget(panel)
    panel.resize(1340, 820)
    panel.show()
    return panel
