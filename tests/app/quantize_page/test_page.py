"""From a source to files in the library, by the controls of the page."""

from pathlib import Path

from PySide6.QtCore import Qt

from app.panels.convert.panel import ConvertPanel
from app.panels.quantize.imatrix_choice import TEXT
from app.panels.quantize.panel import QuantizePanel
from app.panels.quantize.types_model import REMARK, SIZE
from engine.library.gguf_header import read_header
from engine.protocol.jobs import FileWritten, ImatrixJob, QuantizeJob
from tests.app.quantize_page.conftest import Work
from tests.support.tiny_folder import write_tiny_folder


def panel_of(work: Work) -> QuantizePanel:
    panel = work.page.view.panel("quantize")
    assert isinstance(panel, QuantizePanel)
    return panel


def text_of(panel: QuantizePanel, name: str, column: int) -> str:
    model = panel.types
    return str(model.index(model.number_of(name), column).data())


def test_two_types_from_the_table_to_the_library(work: Work, tiny: Path, home: Path) -> None:
    panel, qtbot = panel_of(work), work.bench.qtbot
    assert not panel.start.isEnabled()
    work.page.view.show_view("quantize", [str(tiny)])
    work.until(lambda: text_of(panel, "Q1_0", SIZE) != "–" or "Not for" in text_of(panel, "Q1_0", REMARK))
    work.until(panel.start.isEnabled)
    assert text_of(panel, "IQ2_XXS", REMARK) == "Needs an importance matrix"
    panel.table.mark("Q8_0")
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    assert [row.type.name for row in panel.types.ticked()] == ["Q8_0", "Q4_K_M"]
    rule = panel.overrides.add_rule("ffn_down", "F16")
    work.until(lambda: panel.tensors.rows() == 2)
    assert "2 tensor" in rule.note.full_text()
    work.until(lambda: panel.types.row(panel.types.number_of("Q1_0")).plan is not None)
    qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)
    jobs = work.bench.controllers.jobs
    work.until(lambda: len(jobs.records) == 2 and not jobs.busy)
    assert [record.title for record in jobs.records] == ["tiny → Q8_0", "tiny → Q4_K_M"]
    assert panel.results.made() == [str(home / "models" / f"tiny-{name}.gguf") for name in ("Q8_0", "Q4_K_M")]
    kinds = {one.name: one.type.name for one in read_header(Path(panel.results.made()[0])).tensors}
    assert kinds["blk.0.ffn_down.weight"] == "F16"
    assert kinds["blk.0.ffn_up.weight"] == "Q8_0"
    files = work.bench.controllers.models
    work.until(lambda: {"tiny-Q8_0", "tiny-Q4_K_M"} <= {entry.name for entry in files.files})
    qtbot.mouseClick(panel.results.row(jobs.records[0].id).chat, Qt.MouseButton.LeftButton)
    assert work.host.current_page == "chat"
    qtbot.mouseClick(panel.results.compare_all, Qt.MouseButton.LeftButton)
    assert work.page.view.current() == "compare"
    work.until(lambda: "Replaces" in panel.output._note.full_text())


def test_types_do_not_move_away_from_the_pointer(work: Work, tiny: Path) -> None:
    """That a source is quantized already is known seconds after it was chosen."""
    panel = panel_of(work)
    work.page.view.show_view("quantize", [str(tiny)])
    top = panel.table.mapTo(panel, panel.table.rect().topLeft()).y()
    panel.show_lossy(["Q4_1"])
    work.bench.qtbot.wait(50)  # a layout is done by the event loop
    assert panel.table.mapTo(panel, panel.table.rect().topLeft()).y() == top


def test_a_matrix_is_measured_first(work: Work, tiny: Path, tmp_path: Path) -> None:
    panel = panel_of(work)
    text = tmp_path / "text.txt"
    text.write_text("the sea and the river " * 800, encoding="utf-8")
    panel.set_models([str(tiny)])
    panel.types.set_ticked(["IQ2_XXS"])
    work.until(lambda: panel.types.row(panel.types.number_of("IQ2_XXS")).plan is not None)
    assert not panel.start.isEnabled()
    panel.imatrix.set_kind(TEXT)
    panel.imatrix.text.set_path(str(text))
    panel.imatrix.tokens.set_number(512)
    panel.output.folder.set_path(str(tmp_path))
    work.until(panel.start.isEnabled)
    panel.start.click()
    jobs = work.bench.controllers.jobs
    work.until(lambda: len(jobs.records) == 2 and not jobs.busy)
    first, second = jobs.records
    assert isinstance(first.job, ImatrixJob)
    assert isinstance(second.job, QuantizeJob)
    assert second.job.imatrix == first.job.target
    assert second.after == first.id
    assert isinstance(second.result, FileWritten), second.result


def test_what_stands_in_the_way_is_said(work: Work, tiny: Path, tmp_path: Path) -> None:
    panel = panel_of(work)
    panel.set_models([str(tmp_path / "gone.gguf")])
    work.until(lambda: "gone.gguf" in panel._problem.full_text())
    assert not panel.start.isEnabled()
    panel.set_models([str(tiny)])
    work.until(panel.start.isEnabled)
    assert panel._problem.isHidden()
    row = panel.overrides.add_rule("(")
    assert "regular expression" in row.note.full_text()
    panel.overrides.rows()[0].pattern.setText("attn")
    panel.overrides.rows()[0].edited.emit()
    panel.types.set_ticked([])
    assert not panel.start.isEnabled()
    panel.types.set_ticked(["Q8_0", "Q4_0"])
    panel.output.pattern.setText("same.gguf")
    panel.output.changed.emit()
    assert not panel.start.isEnabled()
    panel.output.folder.set_path(str(tiny.parent))
    panel.types.set_ticked(["Q8_0"])
    panel.output.pattern.setText(tiny.name)
    panel.output.changed.emit()
    assert not panel.start.isEnabled()
    assert "is read" in panel._hindrance.full_text()
    panel.output.pattern.setText("{type}.gguf")
    panel.output.folder.set_path(str(tmp_path / "nowhere"))
    panel.output.changed.emit()
    panel.start.click()
    work.until(lambda: "nowhere" in panel._problem.full_text())


def test_a_folder_becomes_a_file(work: Work, tmp_path: Path) -> None:
    folder = write_tiny_folder(tmp_path / "folder")
    work.page.open_view("convert", [str(folder)])
    panel = work.page.view.panel("convert")
    assert isinstance(panel, ConvertPanel)
    assert work.host.current_page == "quantize"
    work.until(panel.target.path)
    assert panel.target.path().endswith(".gguf")
    panel.start.click()
    jobs = work.bench.controllers.jobs
    work.until(lambda: jobs.records and not jobs.busy)
    result = jobs.records[0].result
    assert isinstance(result, FileWritten), result
    panel.set_models([result.path])
    work.until(lambda: panel.target.path().endswith("safetensors"))
    panel.set_models([str(tmp_path)])
    work.until(panel._problem.full_text)
