"""Texts go from the sources to the translator and back into the program."""

import io
from pathlib import Path

from PySide6.QtCore import QTranslator

from devtool import translations
from devtool.console import Console

SOURCE = 'class Rail:\n    def f(self):\n        self.tr("Chat")\n        self.tr("{}")\n'


def test_update_keeps_what_was_translated(tmp_path: Path) -> None:
    source = tmp_path / "rail.py"
    source.write_text(SOURCE.format("Help"), "utf-8")
    console = Console(io.StringIO())
    translations.update(console, tmp_path, [source])
    texts = tmp_path / "lathe_zh_CN.ts"
    translated = texts.read_text("utf-8").replace(
        '<source>Chat</source>\n        <translation type="unfinished"></translation>',
        "<source>Chat</source>\n        <translation>聊天</translation>",
    )
    texts.write_text(translated, "utf-8")

    source.write_text(SOURCE.format("Models"), "utf-8")
    translations.update(console, tmp_path, [source])
    updated = texts.read_text("utf-8")
    assert "聊天" in updated
    assert "<source>Models</source>" in updated
    assert "Help" not in updated

    translator = QTranslator()
    assert translator.load(str(tmp_path / "lathe_zh_CN.qm"))
    assert translator.translate("Rail", "Chat") == "聊天"
    assert translator.translate("Rail", "Models") in {"", None}


def test_english_plurals_are_written_by_rule(tmp_path: Path) -> None:
    source = tmp_path / "line.py"
    source.write_text(SOURCE.format("%n file(s)").replace('file(s)"', 'file(s)", "", 2'))
    translations.update(Console(io.StringIO()), tmp_path, [source])
    translator = QTranslator()
    assert translator.load(str(tmp_path / "lathe_en.qm"))
    assert translator.translate("Rail", "%n file(s)", "", 1) == "%n file"
    assert translator.translate("Rail", "%n file(s)", "", 2) == "%n files"
    assert not translator.translate("Rail", "Chat")
