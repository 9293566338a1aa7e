"""Every panel of tokens, layers and files once on the starter model, as a person would use it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.panels.context_xray.panel import ContextXrayPanel
from app.panels.lens.panel import LensPanel
from app.panels.model_card.panel import ModelCardPanel
from app.panels.tokens.panel import TokensPanel
from app.panels.vocabulary.panel import VocabularyPanel
from app.theme.theme import Theme
from tests.app.inspect.real_parts import RealParts, make_real_parts


@pytest.mark.slow
def test_panels_on_a_reply_of_the_starter(qtbot: QtBot, theme: Theme, home: Path, starter_path: Path) -> None:
    real = make_real_parts(qtbot, theme, home, starter_path)
    try:
        real.say("What is the capital of France?")
        _lens_reads_the_reply(real)
        _context_counts_and_reads_attention(real)
        _tokens_of_a_text_and_of_the_prompt(real)
        _vocabulary_finds_a_token_of_the_chat(real)
        _card_of_the_loaded_file(real, starter_path)
        assert real.host.errors == []
    finally:
        real.close()


def _lens_reads_the_reply(real: RealParts) -> None:
    panel = LensPanel(real.parts)
    real.qtbot.addWidget(panel)
    panel.resize(1000, 500)
    panel.show()
    view = panel.view
    assert view.empty.isVisible()
    assert view.empty.action is not None
    view.scope_choice.set_current("reply")
    view.empty.action.click()
    assert view.reading.isVisible()
    real.until(lambda: view.grid is not None)
    grid = view.grid
    assert grid is not None
    reply = real.controllers.chat.path[-1]
    record = real.parts.source.subject
    assert record is not None
    tokens = len(record.tokens)
    assert (grid.rows, grid.columns) == (30, tokens + 1)
    # Greedy decoding: what the last layer says is what was written.
    said = b"".join(grid.best(0, column).piece for column in range(tokens))
    assert reply.message.text().encode().startswith(said[:12])
    assert grid.kl(0, 3) < 1e-3
    assert not view.reading.isVisible()


def _context_counts_and_reads_attention(real: RealParts) -> None:
    panel = ContextXrayPanel(real.parts)
    real.qtbot.addWidget(panel)
    panel.resize(1000, 500)
    panel.show()
    view = panel.view
    real.until(lambda: view.model.rowCount() == 3)
    rows = [view.model.row(number) for number in range(3)]
    assert [row.role for row in rows] == ["user", "assistant", None]
    assert all(row.share.tokens > 0 and row.share.kv_bytes > 0 for row in rows)
    assert rows[0].attention is None
    view.read.click()
    real.until(lambda: view.model.row(0).attention is not None)
    shares = [view.model.row(number).attention or 0.0 for number in range(3)]
    assert abs(sum(shares) - 1) < 0.01
    with real.qtbot.waitSignal(real.controllers.chat.reveal_requested) as asked:
        view.table.clicked.emit(view.model.index(1, 0))
    assert asked.args == [real.controllers.chat.path[1].id]


def _tokens_of_a_text_and_of_the_prompt(real: RealParts) -> None:
    panel = TokensPanel(real.parts)
    real.qtbot.addWidget(panel)
    panel.resize(1000, 500)
    panel.show()
    panel.show_text("Hello world <|im_end|>")
    real.until(lambda: panel.view.columns() and panel.view.columns()[0].sheet.rows)
    sheet = panel.view.columns()[0].sheet
    assert [row.piece for row in sheet.rows][:2] == [b"Hello", b" world"]
    assert not any(row.special for row in sheet.rows)
    panel.view.special.click()
    real.until(lambda: any(row.special for row in panel.view.columns()[0].sheet.rows))
    panel.view.source.button("prompt").click()
    real.until(lambda: len(panel.view.columns()[0].sheet.rows) > 20)
    assert panel.view.columns()[0].sheet.rows[0].piece == b"<|im_start|>"


def _vocabulary_finds_a_token_of_the_chat(real: RealParts) -> None:
    panel = VocabularyPanel(real.parts)
    real.qtbot.addWidget(panel)
    panel.resize(1000, 500)
    panel.show()
    view = panel.view
    real.until(lambda: view.model.rowCount() == 49_152)
    view.mode.button("regex").click()
    view.field.setText("^ France$")
    real.until(lambda: view.model.rowCount() == 1)
    real.until(lambda: view.places.places.rowCount() >= 1)
    with real.qtbot.waitSignal(real.controllers.chat.reveal_requested) as asked:
        view.places.clicked.emit(view.places.places.index(0))
    assert asked.args == [real.controllers.chat.path[0].id]


def _card_of_the_loaded_file(real: RealParts, path: Path) -> None:
    panel = ModelCardPanel(real.parts)
    real.qtbot.addWidget(panel)
    panel.resize(1000, 700)
    panel.show()
    real.until(lambda: panel.view.document is not None)
    document = panel.view.document
    assert document is not None
    assert document.path == str(path)
    assert (document.card.heads, document.card.kv_heads, len(document.card.layers)) == (9, 3, 30)
    assert "im_start" in document.template
