"""Routing of a small mixture of experts, read out of the running model."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.panels.model_card.panel import ModelCardPanel
from app.theme.theme import Theme
from tests.app.inspect.real_parts import make_real_parts
from tests.support.tiny_llama import Size, write_tiny_llama


@pytest.mark.slow
def test_each_token_goes_to_its_experts(qtbot: QtBot, theme: Theme, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "experts.gguf"
    write_tiny_llama(path, Size(experts=4))
    real = make_real_parts(qtbot, theme, home, path)
    try:
        real.say("the tool stands still")
        panel = ModelCardPanel(real.parts)
        qtbot.addWidget(panel)
        panel.show()
        real.until(lambda: panel.view.document is not None)
        routing = panel.view.routing
        panel.view.part.button("routing").click()
        assert routing.empty.action is not None
        routing.empty.action.click()
        real.until(lambda: routing.map.describe(0, 0))
        subject = real.parts.source.subject
        assert subject is not None
        assert subject.inspected is not None
        assert subject.inspected.arrays["routing"].shape == (2, len(subject.pieces), 4)
        assert [routing.layer.itemText(row) for row in range(routing.layer.count())] == ["Layer 0", "Layer 1"]
        assert real.host.errors == []
    finally:
        real.close()
