"""The tree of beams: where nodes stand, which path is best, what a click shows."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.controllers.inspection_source import SubjectSource
from app.models.inspection_subject import Subject
from app.panels.beams.panel import BeamsPanel
from app.panels.beams.tree import COLUMN, ROW, BeamTree
from app.panels.inspection_parts import PanelParts
from engine.protocol.inspection import BeamNode
from engine.protocol.values import ContextParams, Provenance
from engine.sampling.params import SamplingParams
from engine.store.records import ReplyRecord
from tests.app.chat.conftest import Bench

NODES = {
    node.id: node
    for node in (
        BeamNode(0, -1, 10, "A", -0.5, -0.5, "alive"),
        BeamNode(1, -1, 11, "B", -1.0, -1.0, "alive"),
        BeamNode(2, 0, 12, " one", -0.6, -1.1, "alive"),
        BeamNode(3, 0, 13, " two", -2.0, -2.5, "dropped"),
        BeamNode(4, 1, 14, " three", -0.2, -1.2, "alive"),
        BeamNode(5, 2, 2, "<end>", -0.1, -1.2, "finished"),
        BeamNode(6, 4, 15, " four", -3.0, -4.2, "alive"),
    )
}


def panel_of(bench: Bench, nodes: dict[int, BeamNode]) -> BeamsPanel:
    source = SubjectSource()
    source.set(Subject(key="m", beams=nodes))
    theme = bench.page._theme
    registry = bench.page._registry
    panel = BeamsPanel(PanelParts(bench.controllers, source, bench.host, registry, theme, "chat"))
    panel._keep = source  # type: ignore[attr-defined] # the panel does not own its source
    bench.qtbot.addWidget(panel)
    panel.resize(800, 220)
    panel.show()
    return panel


def test_columns_are_tokens_and_the_best_is_on_top() -> None:
    tree = BeamTree(NODES)
    assert {node: placed.depth for node, placed in tree.placed.items()} == {
        0: 0, 1: 0, 2: 1, 3: 1, 4: 1, 5: 2, 6: 2,
    }  # fmt: skip
    assert tree.best == (0, 2, 5)
    assert tree.placed[2].x == COLUMN
    assert [tree.placed[each].y for each in (2, 4, 3)] == [0.0, ROW, 2 * ROW]
    assert tree.text(5) == "A one"
    assert tree.text(6) == "B three four"
    assert tree.children(0) == [2, 3]


def test_an_empty_tree_offers_beam_search(bench: Bench) -> None:
    panel = panel_of(bench, {})
    assert panel._stack.currentIndex() == 0
    panel._empty.action_requested.emit()
    assert bench.controllers.chat.settings.sampling.decoding == "beam"
    assert panel._empty.action is not None
    assert panel._empty.action.isHidden()
    bench.controllers.chat.set_sampling(SamplingParams())
    assert not panel._empty.action.isHidden()


def test_a_click_shows_the_text_of_a_hypothesis(bench: Bench) -> None:
    panel = panel_of(bench, NODES)
    assert panel.text.text() == "A one"
    assert "finished" in panel.figures.text()
    canvas = panel.canvas
    canvas.fit()
    place = canvas._box(canvas.tree.placed[6]).center().toPoint()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert canvas.selected == 6
    assert panel.text.text() == "B three four"
    assert "five" not in canvas._tip(6)
    assert "·four" in canvas._tip(6)
    for key, node in ((Qt.Key.Key_Left, 4), (Qt.Key.Key_Up, 2), (Qt.Key.Key_Right, 5)):
        QTest.keyClick(canvas, key)
        assert canvas.selected == node
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.selected == -1
    panel.grab()


def test_zoom_stays_within_bounds_and_keeps_the_point(bench: Bench) -> None:
    canvas = panel_of(bench, NODES).canvas
    centre = QPointF(canvas.rect().center())
    before = (centre - canvas._offset) / canvas._zoom
    canvas.zoom_by(1.5, centre)
    after = (centre - canvas._offset) / canvas._zoom
    assert abs((before - after).x()) < 0.01
    for _ in range(40):
        QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas._zoom >= 0.25


def test_the_tree_grows_with_its_reply(bench: Bench) -> None:
    nodes = {0: NODES[0], 1: NODES[1]}
    panel = panel_of(bench, nodes)
    subject = panel._source.subject
    assert subject is not None
    assert panel.text.text() == "A"
    subject.beams.update(NODES)
    bench.controllers.inspection.beams_changed.emit(subject)
    assert panel.text.text() == "A one"


def test_a_stored_tree_is_shown_under_the_penalty_of_its_search(bench: Bench) -> None:
    sampling = SamplingParams(decoding="beam", length_penalty=0.0)
    provenance = Provenance("m", "h", "b", "t", "p", sampling, 1, ContextParams(), False)
    panel = panel_of(bench, {})
    subject = Subject(key="old", record=ReplyRecord("old", provenance, beams=tuple(NODES.values())))
    panel._source.set(subject)
    assert panel._stack.currentIndex() == 1
    assert panel.text.text() == "A one"
    assert panel.canvas.tree.length_penalty == 0.0


def test_a_finished_tree_is_shown_from_its_root(bench: Bench) -> None:
    long = {n: BeamNode(n, n - 1, n, f" t{n}", -0.1, -0.1 * n, "alive") for n in range(60)}
    panel = panel_of(bench, long)
    root = panel.canvas._box(panel.canvas.tree.placed[0])
    assert 0 < root.left() < panel.canvas.width()
    panel.refresh()
    assert panel.canvas._box(panel.canvas.tree.placed[0]) == root
