"""Files that come to the window: models are loaded, data sets opened, the rest attached."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.models.dropped_files import sort_files
from app.widgets.text_button import TextButton
from tests.app.chat.conftest import Bench
from tests.engine.library.tiny_gguf import build, string
from tests.support.dropping import drop_files

MODEL = build([string("general.architecture", "llama")], [])
ADAPTER = build([string("general.architecture", "llama"), string("general.type", "adapter")], [])


@pytest.fixture
def loads(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the chat asks the engine to load."""
    asked: list[str] = []
    monkeypatch.setattr(bench.controllers.models, "load", lambda key, *_more: asked.append(key))
    return asked


def test_files_are_sorted_by_what_they_are(tmp_path: Path) -> None:
    model = tmp_path / "model.gguf"
    model.write_bytes(MODEL)
    adapter = tmp_path / "adapter.gguf"
    adapter.write_bytes(ADAPTER)
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(b"")
    rows, notes = tmp_path / "rows.CSV", tmp_path / "notes.txt"
    found = sort_files([str(each) for each in (notes, model, rows, adapter, folder, tmp_path)])
    assert found.models == (str(model), str(folder))
    assert found.adapters == (str(adapter),)
    assert found.rows == (str(rows),)
    assert found.others == (str(notes), str(tmp_path))


@pytest.mark.parametrize("place", ["conversation", "composer"])
def test_a_dropped_model_is_loaded(bench: Bench, loads: list[str], tmp_path: Path, place: str) -> None:
    model = tmp_path / "other.gguf"
    model.write_bytes(MODEL)
    view = bench.page.view
    assert drop_files(view if place == "conversation" else view.composer, [model])
    bench.until(lambda: loads == [str(model)])
    assert not view.composer.attachments()
    assert bench.controllers.chat.settings.model == str(model)


def test_attach_offers_to_load_a_model(
    bench: Bench, loads: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tmp_path / "other.gguf"
    model.write_bytes(MODEL)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(model)], ""))
    bench.page.files.choose()
    banner = bench.page.view.banner
    bench.until(lambda: "other.gguf" in banner.text())
    assert loads == []
    banner.findChildren(TextButton)[-1].click()
    assert loads == [str(model)]


def test_rows_go_to_the_page_data_or_into_the_message(bench: Bench, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "a"}\n')
    opened: list[list[str]] = []
    bench.page.files.rows_dropped.connect(opened.append)
    assert drop_files(bench.page.view, [rows])
    bench.until(lambda: opened == [[str(rows)]])
    assert drop_files(bench.page.view.composer, [rows])
    composer = bench.page.view.composer
    bench.until(lambda: [part.name for part in composer.attachments()] == ["rows.jsonl"])


def test_an_adapter_without_a_model_says_what_to_do(make_bench: Callable[..., Bench], tmp_path: Path) -> None:
    bench = make_bench(load=False)
    adapter = tmp_path / "adapter.gguf"
    adapter.write_bytes(ADAPTER)
    assert drop_files(bench.page.view, [adapter])
    bench.until(lambda: bench.host.toasts and "load the model" in bench.host.toasts[-1][0])
