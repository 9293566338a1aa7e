"""The tab Sensitivity, by its controls."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.panels.sensitivity.grid import CHOICE, DIVERGENCE, ERROR, make_grid, types_of
from app.panels.sensitivity.panel import SensitivityPanel
from app.panels.sensitivity.target_view import DIVERGENCE as BY_DIVERGENCE
from app.panels.text_choice import NONE, PASTED
from engine.library.gguf_header import read_header
from engine.quantize.allocate import Allocation
from engine.quantize.sensitivity_map import read_map
from tests.app.compare.conftest import Work


def opened(work: Work) -> SensitivityPanel:
    """With the map that was kept."""
    panel = panel_of(work)
    work.until(lambda: panel.view.map is not None)
    return panel


def panel_of(work: Work) -> SensitivityPanel:
    work.page.view.show_view("sensitivity")
    panel = work.page.view.panel("sensitivity")
    assert isinstance(panel, SensitivityPanel)
    return panel


def test_grid_has_a_cell_for_every_tensor(made: Path) -> None:
    found = read_map(made / "m.json")
    types = dict.fromkeys((one.name for one in found.tensors), "Q8_0")
    for measure in (DIVERGENCE, ERROR, CHOICE):
        grid = make_grid(found, measure, "Q5_0", types)
        assert len(grid.cells) == len(found.tensors)
        assert grid.layers == (-1, 0, 1)
        assert all(0 < cell.level < 256 for cell in grid.cells.values())
        assert grid.low <= grid.high
    cells = make_grid(found, ERROR, "Q5_0").cells.values()
    order = sorted(cells, key=lambda cell: cell.value)
    assert [cell.level for cell in order] == sorted(cell.level for cell in cells)
    assert types_of(found)[-1] == "Q8_0"


def test_the_newest_map_is_shown_at_once(work: Work, kept: Path, made: Path) -> None:
    panel = opened(work)
    assert panel.setup.model.path() == str(made / "tiny.gguf")
    assert panel.view.rows.rowCount() == len(read_map(made / "m.json").tensors)
    work.until(lambda: panel.setup.stored.count() == 1)
    heat = panel.view.heat
    heat.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right):
        work.bench.qtbot.keyClick(heat, key)
    assert "divergence" in heat.accessibleDescription()
    assert panel.view.table.selected_rows()


def test_too_little_text_is_said_before_the_start(work: Work, kept: Path, made: Path) -> None:
    setup = opened(work).setup
    setup.text.set_kind(PASTED)
    assert not setup.start.isEnabled()
    setup.text.area.edit.setPlainText("far too short")
    assert not setup.start.isEnabled()
    assert "512" in setup.text.find_problem()
    setup.text.area.edit.setPlainText("long enough " * 50)
    assert setup.start.isEnabled()
    area = setup.text.area
    work.until(lambda: area.visibleRegion().boundingRect().height() == area.height())
    field = setup.text.tokens
    for typed, kept_number in (("300", 512), ("0", 0), ("700", 700)):
        field.setFocus()
        field.selectAll()
        work.bench.qtbot.keyClicks(field, typed)
        work.bench.qtbot.keyClick(field, Qt.Key.Key_Return)
        assert setup.text.n_tokens() == kept_number


def test_slider_and_field_and_curve_agree(work: Work, kept: Path) -> None:
    target = opened(work).view.target

    def allocation() -> Allocation:
        assert target.allocation is not None
        return target.allocation

    sizes = []
    for share in (0.0, 0.5, 1.0):
        target.slider.number_changed.emit(share)
        # The field shows tenths of a megabyte.
        assert allocation().nbytes <= target.target()[0] + 1
        sizes.append(allocation().nbytes)
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]
    target.curve.size_picked.emit(sizes[1])
    assert allocation().nbytes <= sizes[1] + 110_000
    target.mode.set_current(BY_DIVERGENCE)
    target.mode.selected.emit(BY_DIVERGENCE)
    assert target.field.isVisible()
    target.field.number_changed.emit(0.02)
    nbytes, kl = target.target()
    assert nbytes == 0
    assert kl == pytest.approx(0.02, abs=1e-4)
    assert allocation().cost <= 0.0201


def test_quantize_to_a_target_writes_a_file_and_tells_what_it_has(
    work: Work, kept: Path, tmp_path: Path
) -> None:
    panel = opened(work)
    panel.view.target.slider.number_changed.emit(0.4)
    allocation = panel.view.target.allocation
    assert allocation is not None
    target = tmp_path / "mixed.gguf"
    panel.quantize_to(str(target))
    work.until(target.is_file)
    work.until(panel.view.target._measured.text)
    written = {info.name: info.type.name for info in read_header(target).tensors}
    assert {name: written[name] for name in allocation.types} == dict(allocation.types)
    work.until(lambda: not panel.running.isVisible())


def test_measuring_weights_only(work: Work, made: Path) -> None:
    panel = panel_of(work)
    panel.set_models([str(made / "tiny.gguf")])
    panel.setup.text.set_kind(NONE)
    panel.setup.start.click()
    work.until(lambda: panel.view.map is not None)
    found = panel.view.map
    assert found is not None
    assert not found.has_divergence
    assert not panel.view.target.mode.isVisible()
    work.until(lambda: panel.setup.stored.count() == 1)
