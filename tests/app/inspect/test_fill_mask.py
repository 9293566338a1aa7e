"""The sub-view for encoders, with tiny models in a real worker."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.commands.registry import CommandRegistry
from app.controllers.inspection_source import SubjectSource
from app.panels.fill_mask.filling import replacement, utf16_length
from app.panels.fill_mask.panel import FillMaskPanel
from app.panels.inspection_parts import PanelParts
from app.theme.theme import Theme
from engine.protocol.commands import LoadModel
from engine.protocol.values import ContextParams, ModelSpec
from tests.app.chat.conftest import Bench
from tests.support.encoder_folders import make_encoder_folders

SENTENCE = "the quick [MASK] fox [MASK]"


@pytest.fixture(scope="session")
def encoder_folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_encoder_folders(tmp_path_factory.mktemp("encoders"))


@pytest.fixture
def panel(make_bench: Callable[..., Bench], theme: Theme, qtbot: QtBot) -> tuple[FillMaskPanel, Bench]:
    bench = make_bench(load=False)
    parts = PanelParts(bench.controllers, SubjectSource(), bench.host, CommandRegistry(), theme, "inspect")
    made = FillMaskPanel(parts)
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    return made, bench


def load(bench: Bench, folder: Path) -> None:
    """Straight to the worker: the scripted model stands in for every name."""
    models = bench.controllers.models
    spec = ModelSpec(backend="torch", name=folder.name, path=str(folder))
    bench.client.send(LoadModel(job=bench.client.next_job(), model=spec, context=ContextParams()))
    bench.until(lambda: models.current is not None and models.current.path == str(folder), timeout=60_000)


def test_without_an_encoder_the_first_step_is_offered(panel: tuple[FillMaskPanel, Bench]) -> None:
    made, bench = panel
    assert made.view.empty.isVisible()
    assert made.view.empty.action is not None
    made.view.empty.action.click()
    assert bench.host.current_page == "models"


# One test a model: each worker takes seconds to import PyTorch.
def test_masks_are_filled_one_after_the_other(
    panel: tuple[FillMaskPanel, Bench], encoder_folders: Path, qtbot: QtBot
) -> None:
    made, bench = panel
    load(bench, encoder_folders / "BertForPreTraining")
    view = made.view
    assert not view.empty.isVisible()
    assert view.insert.text() == "Insert [MASK]"
    qtbot.keyClicks(view.text.edit, SENTENCE)
    bench.until(lambda: len(view.columns()) == 2)
    lists = [column.list for column in view.columns()]
    assert [each.model().rowCount() for each in lists] == [12, 12]
    shares = [lists[0].candidates.candidate(row).p for row in range(12)]
    assert shares == sorted(shares, reverse=True)
    spoken = lists[0].model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(f"{shares[0] * 100:.1f} %")

    word = lists[1].candidates.candidate(2).text
    expected = replacement(SENTENCE, SENTENCE.rindex("["), len(SENTENCE), word).apply(SENTENCE)
    lists[1].setFocus()
    lists[1].setCurrentIndex(lists[1].model().index(2, 0))
    qtbot.keyClick(lists[1], Qt.Key.Key_Return)
    assert view.text.text() == expected
    bench.until(lambda: len(view.columns()) == 1)
    assert view.columns()[0].list.isVisible()
    view.text.edit.undo()
    assert view.text.text() == SENTENCE
    bench.until(lambda: len(view.columns()) == 2)

    view.text.edit.clear()
    qtbot.keyClicks(view.text.edit, "the quick")
    bench.until(lambda: "[MASK]" in view.note.text())
    view.insert.click()
    assert view.text.text() == "the quick [MASK]"
    bench.until(lambda: len(view.columns()) == 1)
    view.example.click()
    bench.until(lambda: len(view.columns()) == 2)
    qtbot.keyClicks(view.text.edit, " the fox" * 40)
    bench.until(lambda: "at most 64" in view.note.text())
    assert view.columns() == []


def test_sentences_are_compared_and_what_a_model_cannot_do_is_not_offered(
    panel: tuple[FillMaskPanel, Bench], encoder_folders: Path, qtbot: QtBot
) -> None:
    made, bench = panel
    load(bench, encoder_folders / "BertForPreTraining")
    pair = made.view.pair
    qtbot.keyClicks(pair.first, "the quick fox")
    qtbot.keyClicks(pair.second, "the quick fox")
    bench.until(lambda: pair.alike.figure.text() == "1.000")
    bench.until(lambda: pair.follows.figure.text().endswith("%"))
    pair.second.clear()
    qtbot.keyClicks(pair.second, " ")
    bench.until(lambda: pair.alike.figure.text() == "–")

    notice = bench.page.view.banner
    assert notice.isVisible()
    assert "is an encoder" in notice._message.text()
    assert "fills masks" in notice._hint.text()

    load(bench, encoder_folders / "BertModel")
    assert "fills masks" not in notice._hint.text()
    view = made.view
    assert not view.text.isVisible()
    assert "ForMaskedLM" in view.no_head.text()
    assert view.pair.alike.isVisible()
    assert not view.pair.follows.isVisible()
    load(bench, encoder_folders / "T5")
    assert view.empty.isVisible()
    assert not notice.isVisible(), "an encoder-decoder answers"


@pytest.mark.parametrize(
    ("text", "candidate", "expected"),
    [
        ("a [MASK] b", "cat", "a cat b"),
        ("a [MASK] b", "##s", "as b"),
        ("[MASK] b", "##s", "s b"),
    ],
)
def test_a_word_takes_the_place_of_a_mask(text: str, candidate: str, expected: str) -> None:
    start = text.index("[")
    assert replacement(text, start, start + 6, candidate).apply(text) == expected


def test_qt_counts_in_utf16() -> None:
    assert utf16_length("a😀") == 3
