"""Encoders and encoder-decoders in the attention panel, with tiny models in a real worker."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandRegistry
from app.controllers.inspection_source import SubjectSource
from app.models.inspection_subject import Subject
from app.panels.attention.panel import AttentionPanel
from app.panels.attention.renderer import Rendered
from app.panels.inspection_parts import PanelParts
from app.theme.theme import Theme
from engine.protocol.commands import LoadModel
from engine.protocol.inspection import InspectRequest
from engine.protocol.values import ContextParams, ModelSpec
from tests.app.chat.conftest import Bench
from tests.support.encoder_folders import make_encoder_folders

TEXT = "the quick brown fox"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_encoder_folders(tmp_path_factory.mktemp("encoders"))


def test_every_attention_of_an_encoder_decoder_and_both_directions_of_an_encoder(
    make_bench: Callable[..., Bench], folders: Path, theme: Theme, qtbot: QtBot
) -> None:
    bench = make_bench(load=False)
    source = SubjectSource()
    panel = AttentionPanel(
        PanelParts(bench.controllers, source, bench.host, CommandRegistry(), theme, "inspect")
    )
    qtbot.addWidget(panel)
    panel.resize(1100, 620)
    panel.show()

    def look(name: str) -> Subject:
        load(bench, folders / name)
        model = bench.controllers.models.current
        subject = Subject(key="text", request=InspectRequest(text=TEXT), model=model)
        source.set(subject)
        bench.until(lambda: panel.rendered is not None and panel.rendered.request.rows is subject.rows)
        bench.until(lambda: panel.rendered is not None and panel.rendered.keys > 0)
        return subject

    def drawn() -> Rendered:
        bench.until(
            lambda: (
                panel.subject is not None
                and panel.rendered is not None
                and panel.rendered.request.rows is panel.subject.rows
                and panel.rendered.keys > 0
            )
        )
        assert panel.rendered is not None
        return panel.rendered

    subject = look("T5")
    assert panel.parts.isVisible()
    written = len(subject.pieces)
    decoder = drawn()
    assert (decoder.queries, decoder.keys) == (written, written)
    assert decoder.matrix.causal
    assert decoder.request.layers == 3
    assert panel.table.isVisible()

    assert panel.parts.select.currentText() == "Decoder"
    pick(panel, "encoder_attention")
    encoder = drawn()
    assert (encoder.queries, encoder.keys) == (5, 5)
    assert encoder.request.layers == 2
    assert encoder.mask is not None
    assert encoder.mask.kind == "bidirectional"
    later = encoder.matrix.value(0, 4)
    assert later is not None
    assert later > 0

    pick(panel, "cross_attention")
    cross = drawn()
    assert (cross.queries, cross.keys) == (written, 5)
    assert cross.mask is None
    assert panel.subject is not None
    assert list(panel.subject.key_labels()) == ["the", "·quick", "·brown", "·fox", "</s>"]
    row = cross.matrix.row(written - 1)
    assert row is not None
    assert row.sum() == pytest.approx(1, abs=0.01)
    chosen = panel.subject.chosen
    panel.arcs.chosen.emit(2)
    assert panel.subject.chosen == chosen, "a token of another text reads nothing"
    panel.map.chosen.emit(2)
    assert panel.subject.chosen == 2

    panel.parts.select.set_current("attention")
    look("BertModel")
    assert not panel.parts.isVisible()
    both_ways = drawn()
    assert not both_ways.matrix.causal
    assert (both_ways.queries, both_ways.keys) == (6, 6)
    rows = [both_ways.matrix.row(query) for query in range(6)]
    assert all(row is not None and row.shape == (6,) for row in rows)
    np.testing.assert_allclose([row.sum() for row in rows if row is not None], 1, atol=0.01)
    assert both_ways.heads == ()
    assert not panel.table.isVisible(), "what heads look back at is not counted here"


def load(bench: Bench, folder: Path) -> None:
    """Straight to the worker: the scripted model stands in for every name."""
    models = bench.controllers.models
    spec = ModelSpec(backend="torch", name=folder.name, path=str(folder))
    bench.client.send(LoadModel(job=bench.client.next_job(), model=spec, context=ContextParams()))
    bench.until(lambda: models.current is not None and models.current.path == str(folder), timeout=60_000)


def pick(panel: AttentionPanel, part: str) -> None:
    panel.parts.select.set_current(part)
    panel.parts.select.selected.emit(part)
