"""The models page on files that the test makes, with a real store and real threads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.models import FOLDERS_KEY, ModelsController
from app.pages.chat.host import PageHost
from app.pages.models.page import ModelsPage
from app.theme.theme import Theme
from engine.chat.models import ModelService
from engine.library import starter
from engine.protocol.values import ContextParams, LoadedModel
from engine.store.database import Store, open_store
from engine.store.service import StoreService


class Loader:
    """A model service that keeps what it was asked."""

    def __init__(self) -> None:
        self.current: LoadedModel | None = None
        self.asked: list[str] = []

    def load(self, name: str, _context: ContextParams, _failed: Callable[[Exception], None]) -> int:
        self.asked.append(name)
        return len(self.asked)

    def unload(self) -> int:
        self.asked.append("")
        return 0


@dataclass
class Host:
    """What the page told the window."""

    current_page: str = "models"
    toasts: list[tuple[str, Callable[[], object] | None]] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    def show_page(self, page_id: str) -> None:
        self.current_page = page_id

    def show_toast(self, text: str, _action: str = "", on_action: Callable[[], object] | None = None) -> None:
        self.toasts.append((text, on_action))

    def show_error(self, error: BaseException) -> None:
        self.errors.append(error)


class World:
    """A page with everything below it. `folder` is one of the user's own."""

    def __init__(self, qtbot: QtBot, home: Path, folder: Path, theme: Theme) -> None:
        self.qtbot = qtbot
        self.home, self.folder = home, folder
        self.store: Store = open_store(home)
        self.store.settings.set(FOLDERS_KEY, [str(folder)])
        self.service = StoreService(self.store)
        self.bridge = EngineBridge()
        self.background = Background(self.bridge)
        self.loader, self.host = Loader(), Host()
        access = StoreAccess(self.service, self.bridge)
        self.models = ModelsController(
            cast(ModelService, self.loader), access, self.background, self.bridge, home
        )
        self.page = ModelsPage(self.models, self.background, cast(PageHost, self.host), theme)
        self.window = QWidget()
        row = QHBoxLayout(self.window)
        for part in (self.page.navigator(), self.page.centre(), self.page.inspector()):
            assert part is not None
            row.addWidget(part)
        qtbot.addWidget(self.window)
        self.window.resize(1440, 850)
        self.window.show()

    def names(self) -> list[str]:
        """Names of the rows, in the order of the table."""
        rows = (self.page.rows.row(number) for number in range(self.page.rows.rowCount()))
        return [row.name for row in rows if row is not None]

    def wait_for(self, *names: str) -> None:
        """Until these are the rows, in any order."""
        self.qtbot.waitUntil(lambda: sorted(self.names()) == sorted(names), timeout=10_000)

    def wait_ready(self) -> None:
        """Until the page is made and its first scan is over."""
        self.qtbot.waitUntil(lambda: self.page.made and bool(self.models.folders), timeout=10_000)
        self.settle()

    def settle(self) -> None:
        """Until no scan runs."""
        self.qtbot.waitUntil(lambda: not self.models.library.scanning, timeout=10_000)

    def mark(self, name: str) -> None:
        """Put the mark on a row, and wait until its details are there."""
        row = next(row for row in self.models.library.rows if row.name == name)
        self.page.table.mark(row.key)
        self.qtbot.waitUntil(
            lambda: self.page.details.row is not None and self.page.details.row.key == row.key
        )

    def close(self) -> None:
        self.models.close()
        self.background.close()
        self.bridge.close()
        self.service.close()
        self.store.close()


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("dark")
    made.install(qapp)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "mine"
    made.mkdir()
    return made


@pytest.fixture
def world(
    qtbot: QtBot, home: Path, folder: Path, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], World]]:
    """Call it when the files are made."""
    for name in ("user", "data"):  # the trash is made below them
        (tmp_path / name).mkdir(exist_ok=True)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("HF_HOME", raising=False)
    # No starter model: the process that looks for models finds an empty module in the package's place.
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / f"{starter._PACKAGE}.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(hidden))
    made: list[World] = []

    def make() -> World:
        made.append(World(qtbot, home, folder, theme))
        return made[-1]

    yield make
    for each in made:
        each.close()
