"""The lab as its user meets it."""

import csv
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider

from app.panels.quantization_lab.words import (
    kind_name,
    method_meaning,
    method_more,
    method_name,
    method_paper,
)
from engine.protocol.lab import LAB_METHODS
from tests.app.lab.conftest import Lab

MakeLab = Callable[[], Lab]


def test_a_layer_is_rounded_and_shown(make_lab: MakeLab, tiny: Path, text: Path, tmp_path: Path) -> None:
    lab = make_lab()
    view = lab.panel.view
    assert not view.run.isEnabled()
    lab.look_at(tiny, text)
    assert view.model.tensor is not None
    assert view.model.tensor.name == "blk.0.ffn_down.weight"
    assert "4.25" in view.scheme.cost.full_text()
    lab.run()
    results = view.results
    assert results.title.full_text() == "blk.0.ffn_down.weight"
    assert "4 bits, even levels, groups of 64, inputs in 8 bits" in results.note.full_text()
    model = results.table.model()
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in (0, 2)] == [
        "Method",
        "Output error",
    ]
    errors = [float(model.index(row, 2).data().removesuffix(" %")) for row in range(model.rowCount())]
    assert len(errors) == len(LAB_METHODS)
    assert errors == sorted(errors)
    assert results.table.selected_rows() == [0]

    before = results.map.grab().toImage()
    names = [model.index(row, 0).data() for row in range(model.rowCount())]
    looked_at = []
    for name in ("LLM.int8()", "GPTQ"):
        results.table.selectRow(names.index(name))
        looked_at.append(results.method)
    assert looked_at == ["llm_int8", "gptq"]
    assert results.map.grab().toImage() != before
    assert results.weights.describe(QPointF(results.weights.width() / 2, 20)).endswith("after")
    assert results.map.describe(results.map.area().center()).startswith("Output ")
    assert "Input 0:" in results.bars.describe(QPointF(0, 0))
    assert results.outputs.describe(QPointF(5, 5)).count("\n") == len(LAB_METHODS) - 1

    lab.bench.until(lambda: results.content.height() > results.viewport().height())
    table, picture = tmp_path / "lab.csv", tmp_path / "lab.png"
    lab.panel.write("csv", table)
    lab.panel.write("png", picture)
    lab.bench.until(lambda: len(lab.bench.host.toasts) == 2)
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert [float(row["output_error"]) for row in rows] == sorted(float(row["output_error"]) for row in rows)
    assert QImage(str(picture)).height() == results.content.height()


def test_the_last_result_is_there_again(make_lab: MakeLab, tiny: Path, text: Path) -> None:
    lab = make_lab()
    lab.look_at(tiny, text)
    for method in LAB_METHODS[1:]:
        lab.panel.view.methods.switches[method].setChecked(False)
    lab.panel.view.scheme.granularity.button("tensor").click()
    lab.run()
    (record,) = lab.bench.controllers.jobs.records
    again = lab.again().view.results
    lab.bench.until(lambda: again.result is not None)
    assert again.method == "rtn"
    assert again.part.isHidden()  # there is one set of levels only
    lab.bench.controllers.jobs.open_result(record.id)
    assert lab.shown == ["lab"]


def test_what_is_missing_is_said(make_lab: MakeLab, tiny: Path, text: Path) -> None:
    lab = make_lab()
    view = lab.panel.view
    assert view.reason.full_text() == "Choose a model first."
    lab.look_at(tiny, text)
    assert view.run.isEnabled()
    assert view.reason.isHidden()
    view.model.text.file.set_path("")
    view.model.text.changed.emit()
    assert view.reason.full_text() == "Choose a text file."
    for switch in view.methods.switches.values():
        switch.setChecked(False)
    assert view.reason.full_text() == "Choose at least one method."
    assert not view.run.isEnabled()
    assert view.methods.strength.isHidden()
    assert view.methods.threshold.isHidden()


def test_a_text_that_is_too_short(make_lab: MakeLab, tiny: Path, tmp_path: Path) -> None:
    lab = make_lab()
    short = tmp_path / "short.txt"
    short.write_text("the lathe", encoding="utf-8")
    lab.look_at(tiny, short)
    lab.run()
    assert getattr(lab.bench.host.errors[0], "code", "") == "text.too_short"
    assert lab.panel.view.results.result is None
    assert lab.panel.view.run.isEnabled()


def test_every_control_has_a_name(make_lab: MakeLab) -> None:
    view = make_lab().panel.view
    for kind in (QAbstractButton, QComboBox, QLineEdit, QSlider):
        for control in view.findChildren(kind):
            if control.focusPolicy() != Qt.FocusPolicy.NoFocus and not control.objectName().startswith("qt_"):
                assert control.accessibleName() or control.property("text"), control


def test_methods_and_matrices_are_explained() -> None:
    for method in LAB_METHODS:
        assert method_name(method)
        assert len(method_more(method)) > len(method_meaning(method)) > 20
        assert method == "rtn" or "arXiv:" in method_paper(method)
    assert kind_name("attn_q") == "Attention: queries"
    assert kind_name("ssm_in") == "ssm_in"
