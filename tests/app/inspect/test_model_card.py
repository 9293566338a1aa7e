"""The model card: drawing, tables, exports."""

import array
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QByteArray, QPoint
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from app.panels.model_card.canvas import CardCanvas
from app.panels.model_card.document import CardDocument, read_document, shown
from app.panels.model_card.drawing import EXPORT_WIDTH, height_for, to_png, to_svg
from app.panels.model_card.figures import facts_of
from app.panels.model_card.groups import by_group
from app.panels.model_card.routing_view import Routing
from app.panels.model_card.treemap import squarify
from app.panels.model_card.view import ModelCardView
from app.theme.theme import Theme
from engine.library.gguf_header import GgufArray


@pytest.fixture(scope="module")
def document(starter_path: Path) -> CardDocument:
    return read_document(str(starter_path), "SmolLM2")


@pytest.fixture
def experts(document: CardDocument) -> CardDocument:
    """The same model as if its feed-forward parts were experts behind a window."""
    card = document.card
    facts = msgspec.structs.replace(
        card.facts, n_expert=8, n_expert_used=2, sliding_window=512, window_layers=(True,) * 30
    )
    kinds = {kind: amount for kind, amount in card.kinds.items() if not kind.startswith("feed")}
    kinds["expert_up"] = card.kinds["feed_forward_up"]
    layers = tuple(layer._replace(window=512, experts=8) for layer in card.layers)
    return replace(document, card=card._replace(facts=facts, kinds=kinds, layers=layers))


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, document: CardDocument) -> ModelCardView:
    view = ModelCardView(theme)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    view.set_document(document)
    return view


def test_a_treemap_keeps_areas_in_proportion() -> None:
    values = [6.0, 6, 4, 3, 2, 2, 1]
    places = squarify(values, 600, 400)
    for value, place in zip(values, places, strict=True):
        assert place.width * place.height == pytest.approx(value / 24 * 240_000)
        assert 0 <= place.left <= 600
        assert place.top + place.height <= 400.001
    # The example of the paper: the first two stand over each other, as wide as half of the height.
    assert places[0].width == pytest.approx(300)
    assert places[0].height == pytest.approx(200)


def test_a_treemap_of_nothing_is_empty() -> None:
    assert squarify([], 10, 10) == []
    assert squarify([0, 5], 10, 10)[0].width == 0


def test_facts_say_what_the_file_says(document: CardDocument) -> None:
    facts = dict(facts_of(document.card))
    assert facts["Architecture"] == "llama"
    assert facts["Parameters"] == "134,515,008"
    assert facts["Layers"] == "30"
    assert facts["RoPE base"] == "100,000"
    assert "Sliding window" not in facts
    assert "Active for each token" not in facts


def test_groups_add_up_to_the_whole(document: CardDocument) -> None:
    sums = by_group(document.card.kinds)
    assert sum(amount.bytes for amount in sums.values()) == document.card.total.bytes
    assert list(sums)[:2] == ["attention", "feed_forward"]


def test_metadata_values_are_short() -> None:
    assert shown(GgufArray(4, 9, 0, tuple(range(9)))) == "[0, 1, 2, 3, 4, 5, 6, 7, …]"
    assert shown(GgufArray(8, 49152, 0, None)) == "[49,152]"
    assert shown("a\n b") == "a b"
    assert shown("x" * 1000).endswith("…")


def test_the_drawing_tells_what_is_under_the_pointer(
    qtbot: QtBot, theme: Theme, document: CardDocument
) -> None:
    canvas = CardCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(1280, 600)
    canvas.set_document(document)
    canvas.show()
    canvas.grab()
    said = {canvas.hint_at(QPoint(x, y)) for x in range(0, 1280, 12) for y in range(0, 600, 12)}
    for part in ("Self-attention", "Gated feed-forward", "Token embedding", "Layer 29", "Q4_1", "Residual"):
        assert any(text.startswith(part) for text in said), part
    assert "Layers: 30" in canvas.accessibleDescription()


def test_a_narrow_drawing_is_higher(theme: Theme, document: CardDocument) -> None:
    assert height_for(document, 800, theme.tokens) > height_for(document, 1300, theme.tokens)


def test_exports_are_sharp_and_whole(theme: Theme, document: CardDocument) -> None:
    image = QImage.fromData(QByteArray(to_png(document, theme.tokens)))
    assert image.width() == EXPORT_WIDTH * 2
    renderer = QSvgRenderer(QByteArray(to_svg(document, theme.tokens)))
    assert renderer.isValid()
    assert renderer.defaultSize().width() > 0
    assert b"Self-attention" in to_svg(document, theme.tokens)


def test_layers_lead_to_their_tensors(view: ModelCardView) -> None:
    view.part.button("layers").click()
    assert view.layers.rowCount() == 30
    view.layer_table.selectRow(3)
    names = [view.tensors.row(row).name for row in range(view.tensors.rowCount())]
    assert "blk.3.attn_q.weight" in names
    assert view.layers.index(3, 0).data() == "3"
    assert view.layers.index(3, 8).data() == "Q4_1 × 7, F32 × 2"


def test_the_template_and_the_metadata_are_shown(view: ModelCardView, qtbot: QtBot) -> None:
    view.part.button("template").click()
    assert "<|im_start|>" in view.template.toPlainText()
    view.part.button("metadata").click()
    keys = [view.metadata.row(row)[0] for row in range(view.metadata.rowCount())]
    assert len(keys) == len(set(keys))
    assert "tokenizer.ggml.tokens" in keys
    view.metadata_table.selectRow(0)
    with qtbot.waitSignal(view.copy_requested) as copied:
        view.metadata_table.copy_pressed.emit()
    assert copied.args is not None
    assert copied.args[0].startswith(keys[0] + "\t")


def test_routing_is_offered_for_experts_only(view: ModelCardView, experts: CardDocument) -> None:
    assert not view.part.button("routing").isVisible()
    view.set_document(experts)
    assert view.part.button("routing").isVisible()
    facts = dict(facts_of(experts.card))
    assert facts["Sliding window"] == "512 tokens in 30 of 30 layers"


def test_a_mixture_of_experts_is_drawn(
    qtbot: QtBot, theme: Theme, document: CardDocument, experts: CardDocument
) -> None:
    canvas = CardCanvas(theme)
    qtbot.addWidget(canvas)
    canvas.resize(1000, 600)
    canvas.set_document(document)
    canvas.grab()
    canvas.set_document(experts)
    canvas.grab()
    said = {canvas.hint_at(QPoint(120, y)) for y in range(0, 600, 6)}
    assert any(text.startswith("Mixture of experts") for text in said)


def test_the_routing_map_names_token_and_expert(
    view: ModelCardView, experts: CardDocument, qtbot: QtBot
) -> None:
    weights = array.array("f", [0.0] * (2 * 3 * 8))
    weights[1 * 24 + 2 * 8 + 5] = 0.75
    view.set_document(experts)
    view.part.button("routing").click()
    assert view.routing.empty.isVisible()
    assert view.routing.empty.action is not None
    with qtbot.waitSignal(view.routing.read_requested):
        view.routing.empty.action.click()
    view.routing.set_routing(Routing((4, 9), (b"a", b" b", b" c"), 8, memoryview(weights)))
    view.routing.layer.selected.emit("1")
    assert view.routing.map.describe(2, 5) == "“·c”: expert 5, gate 0.750"
    assert view.routing.layer.itemText(1) == "Layer 9"


def test_without_a_file_the_view_says_what_it_is_for(qtbot: QtBot, theme: Theme) -> None:
    view = ModelCardView(theme)
    qtbot.addWidget(view)
    view.show()
    assert view.empty.isVisible()
    assert not view.export.isEnabled()


def test_both_themes_paint(view: ModelCardView, theme: Theme) -> None:
    dark = view.canvas.grab().toImage()
    theme.set_mode("light")
    assert view.canvas.grab().toImage() != dark
