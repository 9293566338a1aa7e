"""The attention panel under keyboard, mouse and events."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSortFilterProxyModel, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.inspection_subject import NEWEST, Subject
from app.panels.attention.heads_model import COLUMNS
from app.panels.attention.heads_table import HeadsTable
from app.panels.attention.panel import AttentionPanel
from app.panels.attention.situation import Situation, situation_of
from app.theme.theme import Theme
from engine.protocol.events import TapFrame
from engine.protocol.inspection import InspectRequest
from engine.taps.arrays import pack
from tests.app.chat.conftest import Bench

LAYERS, HEADS, TOKENS = 4, 3, 12


@pytest.fixture
def panel(bench: Bench) -> AttentionPanel:
    """The tab of the chat page with a text of twelve tokens, all rows read."""
    bottom = bench.page.panels.bottom
    bottom.resize(900, 260)
    bottom.show()
    bottom.show_tab("attention")
    found = bottom.panel("attention")
    assert isinstance(found, AttentionPanel)
    bench.controllers.inspection.attention.set_shape(LAYERS, HEADS)
    subject = Subject(key="reply", pieces=[f" t{number}".encode() for number in range(TOKENS)])
    rng = np.random.default_rng(1)
    for position in range(TOKENS):
        weights = rng.random((LAYERS, HEADS, position + 1)).astype(np.float32)
        weights /= weights.sum(axis=2, keepdims=True)
        subject.rows.add_frame(
            TapFrame(
                job=0, seq=position, position=position, layers=tuple(range(LAYERS)),
                heads=tuple(range(HEADS)), arrays={"attention": pack(weights, "f2")},
            )
        )  # fmt: skip
    bench.page.panels.source.set(subject)
    bench.until(lambda: found.rendered is not None and found.rendered.queries == TOKENS)
    return found


def test_arrow_keys_go_from_head_to_head(bench: Bench, panel: AttentionPanel) -> None:
    state = bench.controllers.inspection.attention
    state.select(0, 0)
    QTest.keyClick(panel.mosaic, Qt.Key.Key_Right)
    QTest.keyClick(panel.mosaic, Qt.Key.Key_Down)
    assert (state.layer, state.head) == (1, 1)
    QTest.keyClick(panel.mosaic, Qt.Key.Key_Up)
    QTest.keyClick(panel.mosaic, Qt.Key.Key_Up)
    assert (state.layer, state.head) == (1, 0), "there is nothing above the first head"
    QTest.mouseClick(panel.mosaic, Qt.MouseButton.LeftButton, pos=panel.mosaic.centre_of(3, 2))
    assert (state.layer, state.head) == (3, 2)
    assert "3" in panel.mosaic.accessibleDescription()


def test_a_click_in_the_map_chooses_the_query_and_its_lines(bench: Bench, panel: AttentionPanel) -> None:
    subject = panel.subject
    assert subject is not None
    row = round(panel.map.height() * 6.5 / TOKENS)
    QTest.mouseClick(panel.map, Qt.MouseButton.LeftButton, pos=QPoint(4, row))
    assert subject.chosen == 6
    bench.until(lambda: panel.rendered is not None and panel.rendered.request.position == 6)
    assert {link.position for link in panel.arcs.links()} <= set(range(7))
    assert sum(link.weight for link in panel.arcs.links()) == pytest.approx(1.0, abs=0.05)
    assert panel.toolbar.pin.isChecked()
    QTest.mouseClick(panel.toolbar.pin, Qt.MouseButton.LeftButton)
    assert subject.chosen == NEWEST


def test_zooming_and_showing_everything_again(panel: AttentionPanel) -> None:
    panel.map.setFocus()
    QTest.keyClick(panel.map, Qt.Key.Key_Plus)
    view = panel.map.view
    assert view is not None
    assert view.keys < TOKENS
    QTest.keyClick(panel.map, Qt.Key.Key_0)
    assert panel.map.view is None


def test_heads_are_listed_and_chosen_from_the_list(bench: Bench, panel: AttentionPanel) -> None:
    panel.toolbar.table.click()
    bench.until(lambda: panel.table.heads.rowCount() == LAYERS * HEADS)
    panel.table.selectRow(5)
    state = bench.controllers.inspection.attention
    chosen = panel.table.currentIndex().data()
    assert chosen == f"{state.layer} · {state.head}"
    panel.toolbar.table.click()


def test_pictures_drawings_and_numbers_are_saved(bench: Bench, panel: AttentionPanel, tmp_path: Path) -> None:
    for kind in ("png", "svg", "npz"):
        panel.export.write(kind, tmp_path / f"a.{kind}")
    bench.until(lambda: len(bench.host.toasts) == 3)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert "<svg" in (tmp_path / "a.svg").read_text(encoding="utf-8")
    with np.load(tmp_path / "a.npz") as numbers:
        assert numbers["attention"].shape == (LAYERS, HEADS, TOKENS, TOKENS)
        assert numbers["tokens"][3] == " t3"


def test_what_is_missing_is_said(bench: Bench) -> None:
    inspection, model = bench.controllers.inspection, bench.controllers.models.current
    assert situation_of(None, None, inspection) is Situation.NO_MODEL
    assert situation_of(None, model, inspection) is Situation.NOTHING_YET
    assert situation_of(Subject(key="r"), model, inspection) is Situation.NOT_WATCHED
    typed = Subject(key="text", request=InspectRequest(text="The cat sat."))
    assert situation_of(typed, model, inspection) is Situation.NOT_READ
    assert situation_of(Subject(key="r", job=3), model, inspection) is Situation.WAITING
    inspection.attention.set_live(False)
    assert situation_of(Subject(key="r", job=3), model, inspection) is Situation.NOT_LIVE


def test_the_table_sorts_by_the_largest_first_and_turns_round(qtbot: QtBot, theme: Theme) -> None:
    table = HeadsTable(theme)
    qtbot.addWidget(table)
    table.resize(480, 200)
    table.show()
    proxy, previous = table.model(), COLUMNS.index("previous")
    assert isinstance(proxy, QSortFilterProxyModel)
    assert proxy.sortColumn() == COLUMNS.index("induction")
    orders = []
    for _click in range(2):
        header = table.horizontalHeader()
        middle = header.sectionViewportPosition(previous) + header.sectionSize(previous) // 2
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 12))
        orders.append((proxy.sortColumn(), proxy.sortOrder()))
    down, up = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
    assert orders == [(previous, down), (previous, up)]
    qtbot.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert proxy.sortColumn() == previous + 1
