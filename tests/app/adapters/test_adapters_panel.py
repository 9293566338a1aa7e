"""The adapters of a chat: a switch and a strength each, and which ones fit the model."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from app.bridge.background import Background
from app.bridge.engine_bridge import EngineBridge
from app.controllers.adapters import AdaptersController
from app.models.adapter_rows import AdapterRow, adapter_rows
from app.panels.adapters.panel import AdaptersPanel
from app.theme.theme import Theme
from engine.errors import UserError
from engine.library.describe import make_entry
from engine.library.entries import ModelEntry
from engine.library.gguf_header import read_header
from engine.protocol.adapters import AdapterUse
from engine.store.records import SessionSettings
from tests.support.tiny_adapter import write_adapter
from tests.support.tiny_llama import Size, write_tiny_llama


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme("dark")


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> AdaptersPanel:
    panel = AdaptersPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.show()
    panel.set_rows([AdapterRow("/a.gguf", "Trees"), AdapterRow("/b.gguf", "Poems")])
    return panel


def test_switch_and_strength(panel: AdaptersPanel, qtbot: QtBot) -> None:
    told: list[tuple[str, float]] = []
    panel.scale_changed.connect(lambda path, scale: told.append((path, scale)))
    panel.set_scales({"/a.gguf": 0.5})
    trees, poems = panel.view("/a.gguf"), panel.view("/b.gguf")
    assert trees.switch.isChecked()
    assert trees.slider.number() == pytest.approx(0.5)
    assert not poems.switch.isChecked()
    assert told == []
    qtbot.keyClick(trees.switch, Qt.Key.Key_Space)
    qtbot.keyClick(trees.switch, Qt.Key.Key_Space)
    qtbot.keyClick(poems.switch, Qt.Key.Key_Space)
    qtbot.keyClick(poems.slider, Qt.Key.Key_Right)
    assert told == [("/a.gguf", 0.0), ("/a.gguf", 0.5), ("/b.gguf", 1.0), ("/b.gguf", 1.05)]


def test_the_slider_at_zero_is_off_and_away_from_it_on(panel: AdaptersPanel, qtbot: QtBot) -> None:
    told: list[float] = []
    panel.scale_changed.connect(lambda _path, scale: told.append(scale))
    trees = panel.view("/a.gguf")
    qtbot.keyClick(trees.slider, Qt.Key.Key_Left)
    assert trees.switch.isChecked()
    qtbot.keyClick(trees.slider, Qt.Key.Key_Home)
    assert told == [pytest.approx(0.95), 0.0]
    assert not trees.switch.isChecked()
    qtbot.keyClick(trees.switch, Qt.Key.Key_Space)
    assert told[-1] == 1.0


def test_rows_that_stay_are_kept(panel: AdaptersPanel) -> None:
    before = panel.view("/a.gguf")
    panel.set_rows([AdapterRow("/a.gguf", "Trees"), AdapterRow("/b.gguf", "Poems")])
    assert panel.view("/a.gguf") is before
    panel.set_rows([])
    assert "No adapter fits" in panel.hint.full_text()


def test_what_does_not_fit_can_only_be_taken_out(panel: AdaptersPanel, qtbot: QtBot) -> None:
    error = UserError("adapter.mismatch", path="/c.gguf", model="/m.gguf", what="it is wider")
    panel.set_rows([AdapterRow("/c.gguf", "Other", error=error)])
    view = panel.view("/c.gguf")
    assert "it is wider" in view.problem.full_text()
    assert not view.slider.isVisible()
    with qtbot.waitSignal(panel.removed) as taken:
        view.remove.click()
    assert taken.args == ["/c.gguf"]


def test_names_for_screen_readers(panel: AdaptersPanel) -> None:
    view = panel.view("/a.gguf")
    assert view.switch.accessibleName() == "Trees"
    assert view.slider.accessibleName() == "Strength of Trees"
    assert panel.add.accessibleName() == "Add an adapter from a file"


def entry(path: Path) -> ModelEntry:
    return make_entry(read_header(path), path.stem, "home")


def test_rows_of_a_library(tmp_path: Path) -> None:
    model = write_tiny_llama(tmp_path / "model.gguf")
    wide = write_tiny_llama(tmp_path / "wide.gguf", Size(n_ff=768))
    fits = write_adapter(tmp_path / "fits.gguf", model)
    other = write_adapter(tmp_path / "other.gguf", wide)
    entries = [entry(path) for path in (model, wide, fits, other)]
    assert [row.name for row in adapter_rows(str(model), entries, [])] == ["fits"]
    rows = adapter_rows(str(model), entries, [str(other), str(tmp_path / "gone.gguf")])
    codes = {row.name: row.error.code if row.error else "" for row in rows}
    assert codes == {"fits": "", "gone": "model.missing", "other": "adapter.mismatch"}


class Library:
    def __init__(self, entries: tuple[ModelEntry, ...]) -> None:
        self.entries = entries


class Loaded:
    backend = "llama_cpp"

    def __init__(self, path: Path) -> None:
        self.path = str(path)


class Models(QObject):
    """As much of `ModelsController` as adapters need."""

    loaded = Signal(object)
    unloaded = Signal()
    choices_changed = Signal(list, list)

    def __init__(self, entries: tuple[ModelEntry, ...]) -> None:
        super().__init__()
        self.library = Library(entries)
        self.current: Loaded | None = None


class Chat(QObject):
    """As much of `ChatController` as adapters need."""

    settings_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.settings = SessionSettings()

    def change_settings(self, adapters: tuple[AdapterUse, ...]) -> None:
        self.settings = SessionSettings(adapters=adapters)
        self.settings_changed.emit(self.settings)


def test_from_library_to_settings(qtbot: QtBot, tmp_path: Path) -> None:
    model = write_tiny_llama(tmp_path / "model.gguf")
    fits = write_adapter(tmp_path / "fits.gguf", model)
    extra = write_adapter(tmp_path / "extra.gguf", model, seed=2)
    wide = write_tiny_llama(tmp_path / "wide.gguf", Size(n_ff=768))
    models, chat, bridge = Models((entry(model), entry(fits))), Chat(), EngineBridge()
    background = Background(bridge)
    try:
        controller = AdaptersController(models, chat, background)  # type: ignore[arg-type]
        available: list[bool] = []
        controller.available_changed.connect(available.append)
        models.current = Loaded(model)
        with qtbot.waitSignal(controller.rows_changed):
            models.loaded.emit(models.current)
        assert [row.name for row in controller.rows] == ["fits"]
        controller.set_scale(str(fits), 0.5)
        assert chat.settings.adapters == (AdapterUse(str(fits), 0.5),)
        controller.add(str(extra))
        qtbot.waitUntil(lambda: len(controller.rows) == 2)
        assert list(chat.settings.adapters)[-1] == AdapterUse(str(extra), 1.0)
        errors: list[UserError] = []
        controller.failed.connect(errors.append)
        controller.add(str(wide))
        qtbot.waitUntil(lambda: bool(errors))
        assert errors[0].code == "adapter.unreadable"
        controller.remove(str(fits))
        assert chat.settings.adapters == (AdapterUse(str(extra), 1.0),)
        models.current = None
        models.unloaded.emit()
        assert controller.rows == []
        assert available[-1] is False
    finally:
        background.close()
        bridge.close()
