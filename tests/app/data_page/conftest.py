"""The page Data on the real services; rows are cut by the vocabulary of the starter model."""

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandRegistry
from app.commands.spec import CommandSpec
from app.pages.data.opened import OpenData
from app.pages.data.page import DataPage
from app.theme.theme import Theme
from app.window.top_bar import REGION_COMMANDS
from tests.app.chat.conftest import Bench, RecordingHost, make_bench, script

__all__ = ["make_bench", "script"]


@dataclass
class Work:
    """The page and what it does to the window."""

    page: DataPage
    bench: Bench
    host: RecordingHost
    folder: Path

    def until(self, condition: Callable[[], object]) -> None:
        self.bench.qtbot.waitUntil(lambda: bool(condition()), timeout=60_000)

    def write(self, rows: Sequence[object], name: str = "rows.jsonl") -> Path:
        path = self.folder / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def open(self, path: Path) -> OpenData:
        """Put a file on the list and wait until it is checked."""
        self.page.controller.add(str(path))
        return self.checked(path)

    def checked(self, path: Path) -> OpenData:
        def done() -> bool:
            data = self.page.controller.data
            return data is not None and data.record.path == str(path) and data.checked is not None

        self.until(done)
        assert self.page.controller.data is not None
        return self.page.controller.data

    def texts(self, place: int) -> list[str]:
        """A row of the table, once it is read."""
        model = self.page.rows
        self.until(lambda: model.index(place, 1).data() != "…")
        return [str(model.index(place, column).data()) for column in range(model.columnCount())]


@pytest.fixture
def theme() -> Theme:
    return Theme("dark")


@pytest.fixture
def work(make_bench: Callable[..., Bench], theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Work]:
    gc.disable()  # as in the program: garbage holds Qt objects of this thread
    bench = make_bench(load=False)
    host = RecordingHost()
    registry = CommandRegistry()
    for command in REGION_COMMANDS:
        registry.register(CommandSpec(command, command, "", "view"), lambda: None)
    page = DataPage(bench.controllers, host, registry, theme)
    for widget in (page.view, page.details, page.row_panel, page.navigator()):
        assert widget is not None
        qtbot.addWidget(widget)
    page.view.resize(860, 560)
    page.view.show()
    page.row_panel.resize(860, 240)
    page.row_panel.show()
    page.details.resize(288, 800)
    page.details.show()
    yield Work(page, bench, host, tmp_path)
    assert not host.errors
    gc.collect()
    gc.enable()
