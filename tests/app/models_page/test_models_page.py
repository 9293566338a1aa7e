"""The models page: what it lists, finds, says of each model, and does with it."""

import json
import struct
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from engine.library.lineage import LineageStep, add_step, ancestor
from engine.protocol.events import ModelLoaded
from engine.protocol.values import ContextParams, LoadedModel, LoadMemory, MemoryBuffer
from engine.store.records import EndpointRecord
from tests.app.models_page.conftest import World
from tests.engine.library.tiny_gguf import build, llama_items, string, tensor, tiny, write

Make = Callable[[], World]


def model(path: Path, *items: tuple[str, int, bytes], rows: int = 4) -> Path:
    data = build([*llama_items(), *items], [tensor("token_embd.weight", (64, rows), 0, 0)], bytes(256 * rows))
    return write(path, data)


def loaded(path: Path) -> LoadedModel:
    return LoadedModel(
        name="a", path=str(path), backend="llama_cpp", model_hash="sampled:a", architecture="llama",
        quantization="F32", parameters=1, size_bytes=1, n_ctx=2048, n_ctx_train=2048, n_layer=1, n_head=1,
        n_head_kv=1, n_embd=1, n_vocab=1, kv_bytes_per_token=1.0, flash_attention=False, n_threads=1,
        n_gpu_layers=0, device="CPU", has_template=True, template_hash="t", engine_build="b", load_ms=1.0,
        context=ContextParams(),
        memory=LoadMemory(900, 80, 20, (MemoryBuffer("CPU", "weights", 990),), 1000),
    )  # fmt: skip


def adapter(path: Path, base: str) -> None:
    header = json.dumps({"w": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}).encode()
    write(path / "adapter_model.safetensors", struct.pack("<Q", len(header)) + header + bytes(16))
    config = {"peft_type": "LORA", "base_model_name_or_path": base}
    write(path / "adapter_config.json", json.dumps(config).encode())


def test_models_are_listed_sorted_and_counted(world: Make, folder: Path, home: Path) -> None:
    model(folder / "b.gguf", rows=8)
    model(folder / "sub/A.gguf", rows=4)
    model(home / "models/own.gguf", rows=6)
    page = world()
    page.wait_for("A", "b", "own")
    page.settle()
    assert page.names() == ["A", "b", "own"]
    page.page.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert page.names() == ["b", "own", "A"]
    places = page.page.places.list.places
    page.qtbot.waitUntil(lambda: places.place(0) is not None and places.place(0).models == 3)  # type: ignore[union-attr]
    counts = {row.key: row.models for number in range(places.rowCount()) if (row := places.place(number))}
    assert counts[f"place:folder:{folder}"] == 2
    assert counts["place:home"] == 1
    assert counts["group:gguf"] == 3


def test_a_search_looks_through_names_types_licences_and_tags(world: Make, folder: Path) -> None:
    model(folder / "first.gguf", string("general.license", "apache-2.0"))
    model(folder / "second.gguf", rows=8)
    page = world()
    page.wait_for("first", "second")
    page.settle()
    page.page.filter.setText("APACHE llama")
    assert page.names() == ["first"]
    second = page.models.library.entry(str(folder / "second.gguf"))
    assert second is not None
    page.models.library.set_tags(second, ["Very Good"])
    page.page.filter.setText("very")
    assert page.names() == ["second"]
    page.page.filter.setText("nothing of the kind")
    assert page.page.no_match.isVisible()
    assert page.page.no_match.action is not None
    page.page.no_match.action.click()
    assert page.names() == ["first", "second"]


def test_tags_stay_with_the_content_where_the_file_goes(world: Make, folder: Path) -> None:
    path = model(folder / "m.gguf")
    first = world()
    first.wait_for("m")
    first.settle()
    first.mark("m")
    editor = first.page.details.tags
    editor.field.setText("good")
    editor.field.returnPressed.emit()
    first.qtbot.waitUntil(lambda: bool(first.store.library.tags()))
    first.close()
    moved = folder / "elsewhere/renamed.gguf"
    moved.parent.mkdir()
    path.rename(moved)
    model(path, rows=8)
    again = world()
    again.wait_for("m", "renamed")
    again.qtbot.waitUntil(lambda: again.models.library.tags == {str(moved): ("good",)}, timeout=5000)


def test_an_adapter_stands_under_its_base(world: Make, folder: Path) -> None:
    model(folder / "zephyr-Q4_0.gguf")
    model(folder / "alpha.gguf", rows=8)
    adapter(folder / "a-lora", "org/zephyr")
    adapter(folder / "b-lora", "org/unknown")
    page = world()
    page.wait_for("zephyr-Q4_0", "alpha", "a-lora", "b-lora")
    page.settle()
    assert page.names() == ["alpha", "b-lora", "zephyr-Q4_0", "a-lora"]
    row = page.page.rows.row(3)
    assert row is not None
    assert page.page.rows.is_child(row)


def test_what_cannot_be_read_is_a_row_with_the_reason(world: Make, folder: Path) -> None:
    write(folder / "cut.gguf", tiny()[:300])
    page = world()
    page.wait_for("cut")
    page.mark("cut")
    spoken = page.page.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "incomplete" in spoken
    details = page.page.details
    assert "incomplete" in details.problem.text()
    assert not details.action_bar.load.isVisible()
    assert details.action_bar.reveal.isVisible()


def test_a_model_says_whether_it_fits_and_what_its_last_load_took(world: Make, folder: Path) -> None:
    path = model(folder / "m.gguf")
    page = world()
    page.wait_for("m")
    page.settle()
    page.store.library.add_load(loaded(path))
    page.mark("m")
    fit = page.page.details.fit
    page.qtbot.waitUntil(lambda: fit.fit is not None)
    assert fit.fit is not None
    assert fit.fit.fits
    assert fit.context.number() == 2048
    before = fit.fit.need.kv
    fit.cache.set_current("q8_0")
    fit.cache.selected.emit("q8_0")
    assert fit.fit.need.kv < before
    assert "predicted" in fit._taken.text()
    assert "−1.0 %" in fit._taken.text()


def test_the_chain_of_a_model_is_told(world: Make, folder: Path, home: Path) -> None:
    source, target = model(folder / "source.gguf"), model(folder / "target.gguf", rows=8)
    add_step(
        home,
        LineageStep("quantize", ancestor(target), (ancestor(source),), {"type_name": "Q4_K_M"}, 1_000_000),
    )
    page = world()
    page.wait_for("source", "target")
    page.settle()
    page.mark("target")
    lineage = page.page.details.lineage
    page.qtbot.waitUntil(lambda: len(lineage.links) == 2)
    assert [link.name for link in lineage.links] == ["target.gguf", "source.gguf"]
    assert lineage.links[0].settings == "Q4_K_M"
    page.mark("source")
    page.qtbot.waitUntil(lambda: not lineage.links)


def test_copies_are_found_and_never_deleted(world: Make, folder: Path) -> None:
    paths = [model(folder / f"{name}.gguf") for name in ("a", "b")]
    model(folder / "c.gguf", rows=8)
    page = world()
    page.wait_for("a", "b", "c")
    page.settle()
    page.page.places.search.click()
    search = page.models.library.duplicates
    page.qtbot.waitUntil(lambda: not search.running and search.searched, timeout=5000)
    assert search.freeable == paths[0].stat().st_size
    places = page.page.places.list
    page.qtbot.waitUntil(lambda: places.places.number_of("group:duplicates") > 0)
    places.setCurrentIndex(places.places.index(places.places.number_of("group:duplicates")))
    assert page.names() == ["a", "b"]
    page.mark("a")
    page.qtbot.waitUntil(lambda: str(paths[1]) in page.page.details.note.text())
    assert all(path.exists() for path in paths)


def test_only_own_files_go_to_the_trash_and_come_back(world: Make, folder: Path, home: Path) -> None:
    own, other = model(home / "models/own.gguf"), model(folder / "other.gguf", rows=8)
    page = world()
    page.wait_for("own", "other")
    page.settle()
    page.mark("other")
    assert not page.page.details.action_bar.trash.isVisible()
    page.page.table.delete_pressed.emit()
    assert other.exists()
    page.mark("own")
    page.page.details.action_bar.trash.click()
    page.qtbot.waitUntil(lambda: bool(page.host.toasts or page.host.errors))
    assert not page.host.errors
    page.wait_for("other")
    assert not own.exists()
    assert not page.host.errors
    text, undo = page.host.toasts[-1]
    assert "own" in text
    assert undo is not None
    undo()
    page.wait_for("own", "other")
    assert own.exists()


def test_a_folder_leaves_the_list_and_its_files_stay(world: Make, folder: Path) -> None:
    path = model(folder / "m.gguf")
    page = world()
    page.wait_for("m")
    page.settle()
    page.page.places.list.removal_requested.emit(str(folder))
    page.wait_for()
    page.qtbot.waitUntil(page.page.nothing.isVisible)
    assert path.exists()
    _text, undo = page.host.toasts[-1]
    assert undo is not None
    undo()
    page.wait_for("m")


def test_enter_opens_a_model_in_the_chat(world: Make, folder: Path) -> None:
    path = model(folder / "m.gguf")
    page = world()
    page.wait_for("m")
    page.settle()
    page.mark("m")
    page.qtbot.keyClick(page.page.table, Qt.Key.Key_Return)
    assert page.loader.asked == [str(path)]
    assert page.host.current_page == "chat"
    page.bridge.engine_event.emit(ModelLoaded(job=1, model=loaded(path)))
    row = page.page.rows.row(0)
    assert row is not None
    assert page.page.rows.is_current(row)
    page.qtbot.waitUntil(page.page.details.action_bar.unload.isVisible)


def test_marked_models_are_handed_to_other_pages(world: Make, folder: Path) -> None:
    paths = [str(model(folder / f"{name}.gguf", rows=rows)) for name, rows in (("a", 4), ("b", 8))]
    page = world()
    page.wait_for("a", "b")
    page.settle()
    page.mark("a")
    page.page.table.selectAll()
    with page.qtbot.waitSignal(page.page.compare_requested) as asked:
        page.page.details.action_bar.compare.click()
    assert asked.args == [paths]
    page.page.details.action_bar.copy.click()
    assert QGuiApplication.clipboard().text() == "\n".join(paths)
    page.mark("b")
    with page.qtbot.waitSignal(page.page.quantize_requested) as wanted:
        page.page.details.action_bar.quantize.click()
    assert wanted.args == [paths[1:]]
    with page.qtbot.waitSignal(page.page.metadata_requested) as edited:
        page.page.details.action_bar.metadata.click()
    assert edited.args == [paths[1]]


def test_an_endpoint_is_listed_and_can_be_taken_off(world: Make, folder: Path) -> None:
    model(folder / "m.gguf")
    page = world()
    page.store.endpoints.save(EndpointRecord("", "Workstation", "http://10.0.0.1/v1"))
    page.models.refresh()
    page.wait_for("m", "Workstation")
    page.settle()
    page.page.table.mark("Workstation")
    page.qtbot.waitUntil(page.page.details.action_bar.remove.isVisible)
    assert page.page.details.place.full_text() == "http://10.0.0.1/v1"


def test_the_mark_stays_on_its_model_when_others_come(world: Make, folder: Path) -> None:
    model(folder / "m.gguf")
    page = world()
    page.wait_for("m")
    page.settle()
    page.mark("m")
    for name in ("a", "b"):
        model(folder / f"{name}.gguf", rows=8)
    page.models.refresh()
    page.wait_for("a", "b", "m")
    row = page.page.table.current_row()
    assert row is not None
    assert row.name == "m"
    assert [index.row() for index in page.page.table.selectionModel().selectedRows()] == [2]
