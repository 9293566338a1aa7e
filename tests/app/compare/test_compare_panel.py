"""The tab Compare, by its controls."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.panels.compare.panel import ComparePanel
from app.panels.compare.results import PLOTS, TEXT
from app.panels.text_choice import PASTED
from engine.errors import UserError
from tests.app.compare.conftest import Work
from tests.support.tiny_llama import TEXT as PROSE


def panel_of(work: Work) -> ComparePanel:
    work.page.view.show_view("compare")
    panel = work.page.view.panel("compare")
    assert isinstance(panel, ComparePanel)
    return panel


def opened(work: Work) -> ComparePanel:
    """With the earlier comparison open."""
    panel = panel_of(work)
    work.until(panel.setup.stored.count)
    panel.setup.stored.choose(0)
    work.until(lambda: panel.results.comparison is not None)
    return panel


def test_nothing_can_start_without_two_models_and_a_text(work: Work, made: Path) -> None:
    panel = panel_of(work)
    assert panel.setup.stored.count() == 0
    assert not panel.setup.start.isEnabled()
    panel.set_models([str(made / "tiny.gguf")])
    assert not panel.setup.start.isEnabled()
    panel.set_models([str(made / "tiny-Q4_0.gguf")])
    assert panel.setup.start.isEnabled()
    panel.setup.text.set_kind(PASTED)
    assert not panel.setup.start.isEnabled()


def test_a_pasted_text_becomes_a_comparison_that_is_kept(work: Work, made: Path, home: Path) -> None:
    panel = panel_of(work)
    panel.set_models([str(made / "tiny.gguf"), str(made / "tiny-Q4_0.gguf")])
    panel.setup.text.set_kind(PASTED)
    panel.setup.text.area.set_text(PROSE * 30)
    panel.setup.refresh()
    work.bench.qtbot.mouseClick(panel.setup.start, Qt.MouseButton.LeftButton)
    work.until(lambda: panel.running.isVisible() or panel.results.comparison)
    work.until(lambda: panel.results.comparison is not None)
    found = panel.results.comparison
    assert found is not None
    assert found.models == ["tiny", "tiny-Q4_0"]
    assert found.path.parent == home / "comparisons"
    assert panel.results.rows.rowCount() == 2
    work.until(panel.setup.stored.count)
    assert not panel.running.isVisible()
    assert work.host.errors == []


def test_a_damaged_model_is_said_above_the_page(work: Work, made: Path, tmp_path: Path) -> None:
    panel = panel_of(work)
    cut = tmp_path / "cut.gguf"
    cut.write_bytes((made / "tiny.gguf").read_bytes()[:-100])
    panel.set_models([str(made / "tiny.gguf"), str(cut)])
    panel.start()
    work.until(lambda: bool(work.host.errors))
    error = work.host.errors[0]
    assert isinstance(error, UserError)
    assert error.code == "model.truncated"
    work.host.errors.clear()


def test_worst_tokens_one_after_the_other(work: Work, kept: Path) -> None:
    tokens = opened(work).results.tokens
    comparison = tokens._comparison
    assert comparison is not None
    places = comparison.worst(1, 3)
    expected = [int(comparison.positions[place]) for place in places]
    assert tokens.text.chosen == expected[0]
    assert tokens._place.text().startswith("1 of")
    tokens.text.choose(0)
    tokens.worst.click()
    seen = [tokens.text.chosen]
    for _ in range(2):
        tokens.after.click()
        seen.append(tokens.text.chosen)
    assert seen == expected
    tokens.before.click()
    assert tokens.text.chosen == expected[1]
    assert tokens.opinions.bars._opinions == comparison.opinions(places[1])
    assert "tiny-Q4_0" in tokens.text.accessibleDescription()


def test_keys_move_through_the_text(work: Work, kept: Path) -> None:
    text = opened(work).results.tokens.text
    text.setFocus()
    chosen: list[int] = []
    text.token_chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End):
        work.bench.qtbot.keyClick(text, key)
    assert chosen[:2] == [0, 1]
    assert chosen[2] > 5
    assert chosen[3] <= 2
    assert chosen[-1] == 639


def test_a_token_that_was_only_read_says_so(work: Work, kept: Path) -> None:
    tokens = opened(work).results.tokens
    tokens.text.token_chosen.emit(3)
    assert tokens.opinions.bars._opinions == []
    assert tokens.opinions.note.full_text().startswith("Not scored")


def test_exports_are_files(work: Work, kept: Path, tmp_path: Path) -> None:
    panel = opened(work)
    panel.results.show_below(PLOTS)
    for kind, name in (("md", "a.md"), ("csv", "a.csv"), ("tokens", "t.csv"), ("png", "a.png")):
        panel.export_to(kind, tmp_path / name)
        work.until((tmp_path / name).is_file)
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# Comparison")
    work.until(lambda: not QImage(str(tmp_path / "a.png")).isNull())
    assert QImage(str(tmp_path / "a.png")).width() == 2360
    panel.results.show_below(TEXT)


def test_open_in_chat_takes_the_selected_model(work: Work, kept: Path, made: Path) -> None:
    panel = opened(work)
    asked: list[str] = []
    panel.results.chat_requested.connect(asked.append)
    panel.results.table.selectRow(0)
    panel.results._ask_chat()
    assert asked == [str(made / "tiny.gguf")]
