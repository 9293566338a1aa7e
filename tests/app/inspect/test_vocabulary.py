"""The vocabulary browser."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.panels.vocabulary.occurrences import PromptTokens
from app.panels.vocabulary.search import Query, find_tokens, parse_ids
from app.panels.vocabulary.table_model import Column
from app.panels.vocabulary.view import VocabularyView
from app.theme.theme import Theme
from engine.library.vocabulary import TokenKind, Vocabulary, read_vocabulary
from engine.protocol.values import PromptReport, Segment

PIECES = (b"<s>", b"the", b" The", b" other", b"\xe4", b"   ", b"<tool>", b"caf\xc3\xa9")
KINDS: tuple[TokenKind, ...] = ("control", "normal", "normal", "normal", "byte", "normal", "user", "normal")


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(Path("m.gguf"), "gpt2", PIECES, KINDS, ())


@pytest.fixture
def view(qtbot: QtBot, theme: Theme, vocabulary: Vocabulary) -> VocabularyView:
    view = VocabularyView(theme)
    qtbot.addWidget(view)
    view.resize(1000, 500)
    view.searched.connect(lambda query: view.set_found(find_tokens(vocabulary, query)))
    view.show()
    view.set_vocabulary(vocabulary)
    return view


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), list(range(8))),
        (Query("the"), [1, 2, 3]),
        (Query("·the"), [2]),
        (Query("É"), [7]),
        (Query("^the$", "regex"), [1]),
        (Query("20 20", "bytes"), [5]),
        (Query("0xE4", "bytes"), [4]),
        (Query("6, 1-2, 99", "id"), [6, 1, 2]),
        (Query(kind="special"), [0]),
        (Query(kind="user"), [6]),
        (Query(kind="byte"), [4]),
        (Query(kind="blank"), [5]),
        (Query(least=5), [3, 6, 7]),
        (Query(order="longest"), [3, 6, 7, 2, 0, 1, 5, 4]),
    ],
)
def test_searching(vocabulary: Vocabulary, query: Query, found: list[int]) -> None:
    assert list(find_tokens(vocabulary, query)) == found


@pytest.mark.parametrize(
    ("query", "reason"),
    [(Query("(", "regex"), "unterminated"), (Query("xyz", "bytes"), "hexadecimal"), (Query("a", "id"), "a")],
)
def test_what_cannot_be_searched_for_is_refused(vocabulary: Vocabulary, query: Query, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        find_tokens(vocabulary, query)


def test_ids_come_in_many_forms() -> None:
    assert parse_ids("[1, 2;3 10–12]") == [1, 2, 3, 10, 11, 12]


def test_typing_searches_after_a_pause(view: VocabularyView, qtbot: QtBot) -> None:
    assert view.model.rowCount() == 8
    view.field.setText("other")
    qtbot.waitUntil(lambda: view.model.rowCount() == 1)
    assert view.model.index(0, Column.TEXT).data() == "·other"
    view.kind.set_current("special")
    view.kind.selected.emit("special")
    assert view.model.rowCount() == 0


def test_a_row_tells_everything_of_its_token(view: VocabularyView) -> None:
    row = [view.model.index(0, column).data() for column in Column]
    assert row == ["0", "<s>", "3c 73 3e", "3", "control", "", ""]
    assert view.table.isColumnHidden(Column.SCORE)


def test_the_marked_token_is_found_in_the_chat(view: VocabularyView, qtbot: QtBot) -> None:
    pieces = (b"<s>", b"the", b" other", b"\n", b"the")
    segments = (Segment("special", "<s>", -1, 1), Segment("user", "the other\nthe", 0, 4))
    report = PromptReport(100, 5, 0, 5, 0, 0, (), (5,), segments=segments, pieces=pieces)
    view.set_prompt(PromptTokens(report))
    assert view.model.index(1, Column.IN_CHAT).data() == "2"
    view.table.selectRow(1)
    assert view.places.places.rowCount() == 2
    with qtbot.waitSignal(view.place_opened) as opened:
        view.places.clicked.emit(view.places.places.index(1))
    assert opened.args is not None
    place = opened.args[0]
    assert (place.position, place.message, place.before) == (4, 0, b"<s>the other\n")


def test_marked_rows_are_copied(view: VocabularyView, qtbot: QtBot) -> None:
    view.table.selectRow(2)
    with qtbot.waitSignal(view.copy_requested) as copied:
        view.table.setFocus()
        qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == ["2\t·The"]


def test_a_problem_marks_the_field(view: VocabularyView) -> None:
    view.set_problem("This cannot be searched for")
    view.set_found([1])
    assert view.model.rowCount() == 1


def test_without_a_model_the_view_says_what_it_is_for(qtbot: QtBot, theme: Theme) -> None:
    view = VocabularyView(theme)
    qtbot.addWidget(view)
    view.show()
    view.set_vocabulary(None)
    assert view.empty.isVisible()
    assert not view.field.isEnabled()


def test_a_quarter_of_a_million_rows_need_no_widgets(view: VocabularyView, vocabulary: Vocabulary) -> None:
    many = 250_000
    large = Vocabulary(vocabulary.path, "gpt2", PIECES * (many // 8), KINDS * (many // 8), ())
    view.set_vocabulary(large)
    view.set_found(range(many))
    view.table.scrollToBottom()
    assert view.model.rowCount() == many
    assert view.table.rowAt(view.table.viewport().height() - 5) == many - 1


def test_the_vocabulary_of_the_starter_is_bytes(starter_path: Path) -> None:
    vocabulary = read_vocabulary(starter_path)
    assert len(vocabulary) == 49_152
    assert vocabulary.pieces[504] == b"The"
    assert vocabulary.is_special(2)
    assert not vocabulary.is_special(504)
    assert vocabulary.piece(10**6) == b""
