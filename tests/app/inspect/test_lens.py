"""The logit lens view on an answer made by hand."""

import csv
import io
import math
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.models.inspection_subject import Subject
from app.panels.lens.export import to_csv, write_npz
from app.panels.lens.grid import LensGrid, has_lens
from app.panels.lens.heat_view import GUTTER, HEADER, LensHeatView
from app.panels.lens.panel import positions_of
from app.panels.lens.table_model import PIECE_ROLE, SETTLED_ROLE, SHARE_ROLE, Column
from app.panels.lens.view import LensView
from app.theme.theme import Theme
from engine.protocol.events import Inspected
from engine.protocol.values import GenerationMetrics
from engine.taps.arrays import pack

WORDS = {1: b" one", 2: b" two", 3: b"\xe4\xbd", 4: b"=4"}


def answer(layers: tuple[int, ...] = (0, 2, 4), positions: int = 4) -> Inspected:
    """The final answer is token 2; it stands first from the middle layer on, in column 1 only in the last."""
    rows = len(layers)
    ids = np.full((rows, positions, 2), [1, 3], np.int32)
    ids[-1, :, 0] = 2
    ids[1, :, 0] = 2
    ids[1, 1, 0] = 4
    logprobs = np.full((rows, positions, 2), math.log(0.5), np.float32)
    logprobs[..., 1] = math.log(0.25)
    kl = np.linspace(6.0, 0.0, rows, dtype=np.float32)[:, None].repeat(positions, axis=1)
    return Inspected(
        token_ids=tuple(range(positions + 1)),
        pieces=tuple(b"t%d" % number for number in range(positions + 1)),
        prompt_length=2,
        layers=layers,
        heads=(),
        arrays={
            "lens_ids": pack(ids, "i4"),
            "lens_logprobs": pack(logprobs, "f4"),
            "lens_kl": pack(kl, "f4"),
            "lens_entropy": pack(kl + 1, "f4"),
        },
        lens_positions=tuple(range(positions)),
        seconds=1.5,
    )


@pytest.fixture
def grid() -> LensGrid:
    return LensGrid(answer(), lambda token: WORDS.get(token, b"?"))


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, grid: LensGrid) -> LensView:
    view = LensView(theme)
    qtbot.addWidget(view)
    view.resize(1000, 400)
    view.show()
    view.set_grid(grid)
    return view


def test_rows_run_from_the_last_layer_to_the_first(grid: LensGrid) -> None:
    assert grid.layers == (4, 2, 0)
    assert grid.best(0, 0).piece == b" two"
    assert grid.best(2, 0).piece == b" one"
    assert grid.best(0, 0).p == pytest.approx(0.5)
    assert [guess.p for guess in grid.guesses(0, 0)] == pytest.approx([0.5, 0.25])
    assert grid.kl(0, 0) == 0.0
    assert grid.kl(2, 0) == pytest.approx(6.0)
    assert (grid.token_at(1), grid.token_after(1)) == (b"t1", b"t2")


def test_the_layer_where_the_answer_comes_first_is_found(grid: LensGrid) -> None:
    assert [grid.layers[grid.settled_row(column)] for column in range(4)] == [2, 4, 2, 2]


def test_levels_are_one_byte_a_cell_on_the_scale_of_the_measure(grid: LensGrid) -> None:
    assert set(grid.levels("probability")) == {127}
    assert grid.levels("kl") == bytes([0] * 4 + [127] * 4 + [255] * 4)
    assert grid.top_value("entropy") == pytest.approx(7.0)


def test_an_answer_without_a_lens_is_refused() -> None:
    event = answer()
    bare = Inspected(
        token_ids=event.token_ids, pieces=event.pieces, prompt_length=2, layers=(0,), heads=(), arrays={}
    )
    assert not has_lens(bare)
    assert has_lens(event)
    with pytest.raises(ValueError, match="lens_ids"):
        LensGrid(bare, lambda _token: b"")


def test_arrow_keys_move_the_cell_and_the_table_follows(view: LensView, qtbot: QtBot) -> None:
    assert view.heat.cell == (0, 3)
    with qtbot.waitSignal(view.position_chosen) as chosen:
        qtbot.keyClick(view.heat, Qt.Key.Key_Left)
    assert chosen.args == [2]
    qtbot.keyClick(view.heat, Qt.Key.Key_Down)
    assert view.heat.cell == (1, 2)
    assert view.table.currentIndex().row() == 1
    qtbot.keyClick(view.heat, Qt.Key.Key_End)
    qtbot.keyClick(view.heat, Qt.Key.Key_Right)
    assert view.heat.cell == (1, 3)
    assert "two" in view.heat.accessibleDescription()


def test_choosing_a_row_of_the_table_moves_the_cell(view: LensView) -> None:
    view.table.selectRow(2)
    assert view.heat.cell == (2, 3)


def test_a_click_chooses_the_cell_under_it(view: LensView, qtbot: QtBot) -> None:
    size = view.heat.cell_size
    place = QPoint(GUTTER + size.width() + 5, HEADER + size.height() + 5)
    qtbot.mouseClick(view.heat.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.heat.cell == (1, 1)


def test_the_table_names_every_layer_with_its_candidates(view: LensView) -> None:
    model = view.model
    assert model.rowCount() == 3
    assert model.columnCount() == Column.FIRST + 2
    first = model.index(0, Column.FIRST)
    assert first.data() == "·two  50.0 %"
    assert first.data(PIECE_ROLE) == "·two"
    assert first.data(SHARE_ROLE) == pytest.approx(0.5)
    assert model.index(0, Column.FIRST + 1).data(PIECE_ROLE) == "⟨E4⟩⟨BD⟩"
    assert [model.index(row, 0).data(SETTLED_ROLE) for row in range(3)] == [False, True, False]


def test_the_measure_changes_colours_and_scale(view: LensView) -> None:
    before = view.heat.grab().toImage()
    view.measure.button("kl").click()
    assert view.heat.grab().toImage() != before
    assert "6.0" in view.scale.accessibleDescription()


def test_zooming_keeps_the_cell_in_sight(qtbot: QtBot, theme: Theme) -> None:
    heat = LensHeatView(theme)
    qtbot.addWidget(heat)
    heat.resize(600, 300)
    heat.set_grid(LensGrid(answer(tuple(range(30)), 500), lambda _token: b" x"))
    heat.show()
    assert heat.cell == (0, 499)
    for key in (Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_Plus):
        qtbot.keyClick(heat, key)
        left = GUTTER + 499 * heat.cell_size.width() - heat.horizontalScrollBar().value()
        assert GUTTER <= left <= heat.viewport().width()
    assert heat.picture().width() > heat.width()


def test_asking_names_tokens_and_layers(view: LensView, qtbot: QtBot) -> None:
    view.set_possible(True, "")
    view.scope_choice.set_current("reply")
    view.step_choice.set_current("4")
    with qtbot.waitSignal(view.read_requested) as asked:
        view.read.click()
    assert asked.args == ["reply", 4]
    view.set_reading(0.25)
    assert not view.read.isEnabled()
    with qtbot.waitSignal(view.cancel_requested):
        view.reading.button.click()
    view.set_reading(None)
    assert view.read.isEnabled()


def test_an_empty_view_says_what_it_is_for_and_why_it_waits(qtbot: QtBot, theme: Theme) -> None:
    view = LensView(theme)
    qtbot.addWidget(view)
    view.show()
    view.set_possible(False, "Load a model first.")
    assert view.empty.isVisible()
    assert view.empty.action is not None
    assert not view.empty.action.isEnabled()


def test_positions_are_counted_from_the_end() -> None:
    metrics = cast(GenerationMetrics, SimpleNamespace(output_tokens=10))
    subject = Subject(key="m", prompt_length=20, metrics=metrics)
    assert positions_of(subject, "reply") == tuple(range(-11, 0))
    assert positions_of(subject, "last") == tuple(range(-30, 0))
    assert positions_of(subject, "token") == ()
    subject.chosen = 5
    assert positions_of(subject, "token") == (5,)
    typed = Subject(key="text", pieces=[b"a", b"b", b"c"])
    assert positions_of(typed, "reply") == (-3, -2, -1)


def test_exports_hold_every_candidate(grid: LensGrid, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(grid))))
    assert len(rows) == 4 * 3 * 2
    assert rows[0]["layer"] == "4"
    assert rows[0]["text"] == " two"
    assert {row["text"] for row in rows if row["id"] == "4"} == {"'=4"}
    path = tmp_path / "lens.npz"
    write_npz(grid, path)
    with np.load(path) as stored:
        assert stored["lens_ids"].shape == (3, 4, 2)
        assert stored["layers"].tolist() == [0, 2, 4]
        assert stored["tokens"][1] == "t1"


def test_both_themes_paint(view: LensView, theme: Theme) -> None:
    dark = view.heat.grab().toImage()
    theme.set_mode("light")
    assert view.heat.grab().toImage() != dark


def test_the_keyboard_goes_to_stop_and_comes_back(view: LensView, qtbot: QtBot) -> None:
    view.set_possible(True, "")
    view.activateWindow()
    view.read.setFocus()
    qtbot.waitUntil(view.read.hasFocus)
    view.set_reading(0.0)
    assert view.reading.button.hasFocus()
    view.set_reading(0.5)
    view.set_reading(None)
    assert view.read.hasFocus()
