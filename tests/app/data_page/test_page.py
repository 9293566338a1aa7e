"""A user's way through the page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.models.transcript_rows import row_of
from app.pages.data.chats_dialog import ChatsDialog
from app.widgets.select import Select
from engine.datasets.mapping import ColumnMapping
from engine.messages import Message
from tests.app.chat.conftest import Bench
from tests.app.data_page.conftest import Work

TALKS = [{"instruction": f"Question {n}?", "output": f"Answer {n}."} for n in range(30)]


def pick(select: Select, key: str) -> None:
    """As a user does."""
    select.set_current(key)
    select.selected.emit(key)


def test_the_empty_page_offers_the_sample(work: Work) -> None:
    page = work.page
    assert page.view.empty.isVisibleTo(page.view)
    work.until(lambda: not page.no_sets.isHidden())
    assert not page.details.fine_tune.isEnabled()
    assert page.view.empty.action is not None
    page.view.empty.action.click()
    work.until(lambda: page.controller.data is not None and page.controller.data.checked is not None)
    work.until(lambda: page.rows.rowCount() == 60)
    assert page.no_sets.isHidden()
    assert work.texts(0)[1] == "What is the capital of France?"
    assert page.details.fine_tune.isEnabled()
    with work.bench.qtbot.waitSignal(page.fine_tune_requested) as asked:
        page.details.fine_tune.click()
    assert asked.args == [page.controller.data]


def test_a_dropped_file_is_opened_and_kept(work: Work) -> None:
    path = work.write(TALKS)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    nothing = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, left, nothing)
    work.page.view.dropEvent(drop)
    data = work.checked(path)
    assert data.mapping == ColumnMapping("alpaca", {"instruction": "instruction", "output": "output"})
    assert [one.name for one in work.page.controller.sets] == ["rows.jsonl"]
    assert len(data.split.held_out) == 2


def test_columns_are_mapped_by_hand(work: Work) -> None:
    page = work.page
    path = work.write([{"ask": f"q{n}", "say": f"a{n}"} for n in range(5)])
    page.controller.add(str(path))
    work.until(lambda: page.rows.rowCount() == 5)
    assert work.texts(4)[1:3] == ["q4", "a4"]
    assert page.controller.data is not None
    assert page.controller.data.mapping is None
    assert not page.details.fine_tune.isEnabled()
    editor = page.details.mapping
    pick(editor.format, "alpaca")
    assert editor.fields["instruction"].currentIndex() < 0
    pick(editor.fields["instruction"], "ask")
    pick(editor.fields["output"], "ask")
    assert "ask" in editor._tip.text()
    pick(editor.fields["output"], "say")
    assert "ask" not in editor._tip.text()
    data = work.checked(path)
    assert data.mapping == ColumnMapping("alpaca", {"instruction": "ask", "output": "say"})
    work.until(lambda: page.controller.sets[0].mapping == data.mapping)


def test_checks_filter_the_table(work: Work) -> None:
    page = work.page
    rows = [*TALKS, TALKS[3], {"instruction": "Nothing?", "output": ""}]
    data = work.open(work.write(rows))
    assert data.checked is not None
    assert data.checked.report.usable == 31
    lines = {line.kind: line for line in page.details.findings.lines}
    assert set(lines) == {"no_answer", "duplicate"}
    lines["duplicate"].click()
    work.until(lambda: page.rows.rowCount() == 1)
    assert page.rows.number(0) == 30
    assert work.texts(0)[-1] == "Duplicate"
    lines["duplicate"].click()
    work.until(lambda: page.rows.rowCount() == 32)
    pick(page.view.kind, "held_out")
    work.until(lambda: page.rows.rowCount() == len(data.split.held_out))


def test_search_finds_rows(work: Work) -> None:
    page = work.page
    work.open(work.write(TALKS))
    page.view.field.setText("answer 27")
    work.until(lambda: page.rows.rowCount() == 1)
    assert page.rows.number(0) == 27
    page.view.field.setText("nowhere to be found")
    work.until(lambda: page.view.nothing.isVisibleTo(page.view))
    page.view.field.clear()
    work.until(lambda: page.rows.rowCount() == 30)


def test_a_row_is_shown_as_trained(work: Work, starter_path: Path) -> None:
    page, panel = work.page, work.page.row_panel
    panel.set_model(str(starter_path))
    work.open(work.write(TALKS))
    work.until(lambda: page.rows.rowCount() == 30)
    page.view.table.selectRow(7)
    work.until(lambda: panel._rendered is not None and panel._rendered.number == 7)
    rendered = panel._rendered
    assert rendered is not None
    text = b"".join(
        piece for piece, on in zip(rendered.pieces, rendered.whole.mask, strict=True) if on
    ).decode()
    assert text == "Answer 7.<|im_end|>"
    work.until(lambda: page.controller.data is not None and page.controller.data.measured is not None)
    first = rendered.whole.mask.index(True)
    assert "trained" in panel.tokens.describe(first)
    assert "only read" in panel.tokens.describe(0)
    panel._drag(first + 1)
    work.until(lambda: panel._rendered is not None and panel._rendered.row.truncated)
    assert "cut off" in panel.tokens.describe(first + 2)
    assert "30" in panel._effect.full_text()
    panel.answer_only.click()
    work.until(lambda: panel._rendered is not None and all(panel._rendered.whole.mask))


def test_preferences_show_both_answers(work: Work, starter_path: Path) -> None:
    page, panel = work.page, work.page.row_panel
    panel.set_model(str(starter_path))
    work.open(work.write([{"prompt": "Hi", "chosen": "Good day", "rejected": "Go away"}] * 2))
    work.until(lambda: panel._rendered is not None)
    assert panel.which.isVisibleTo(panel)
    panel.which.button("rejected").click()
    assert panel.tokens._rendered is not None
    assert b"Go away" in b"".join(panel.tokens._pieces)
    assert page.rows.headerData(2, Qt.Orientation.Horizontal) == "Chosen"


def test_a_changed_file_becomes_a_new_version(work: Work) -> None:
    page = work.page
    path = work.write(TALKS)
    work.open(path)
    work.write([*TALKS[5:], {"instruction": "New?", "output": "Yes, new."}])
    page.sets.reading_requested.emit(page.controller.chosen)
    work.until(lambda: page.controller.data is not None and len(page.controller.data.record.versions) == 2)
    work.checked(path)
    newest = page.controller.sets[0].versions[-1]
    assert (newest.added, newest.removed, newest.kept) == (1, 5, 25)
    pick(page.view.kind, "new")
    work.until(lambda: page.rows.rowCount() == 1)
    assert work.texts(0)[1] == "New?"


def test_the_split_is_kept(work: Work) -> None:
    page = work.page
    data = work.open(work.write(TALKS))
    before = data.split.held_out.tolist()
    page.details.split_changed.emit(0.2, 3)
    work.until(lambda: page.controller.data is not None and len(page.controller.data.split.held_out) == 6)
    page.controller.set_split(0.05, 0)
    work.until(
        lambda: page.controller.data is not None and page.controller.data.split.held_out.tolist() == before
    )
    assert page.controller.sets[0].held_out == 0.05


def test_taking_off_can_be_undone(work: Work) -> None:
    page = work.page
    path = work.write(TALKS)
    work.open(path)
    page.sets.removal_requested.emit(page.controller.chosen)
    work.until(lambda: page.controller.sets == [] and page.controller.data is None)
    assert page.view.empty.isVisibleTo(page.view)
    assert path.exists()
    undo = work.host.toasts[-1][1]
    assert undo is not None
    undo()
    work.checked(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "holds no rows"), (b"nonsense\n{]\n", "None of the 2 lines"), (None, "cannot be read")],
)
def test_files_that_cannot_be_opened_say_why(content: bytes | None, words: str, work: Work) -> None:
    page = work.page
    path = work.folder / "rows.jsonl"
    path.write_bytes(content if content is not None else b'{"text":"a"}\n')
    if content is None:
        work.open(path)
        path.unlink()
        page.controller.select(page.controller.chosen)
    else:
        page.controller.add(str(path))
    work.until(lambda: page.view.problem.isVisibleTo(page.view))
    assert words in page.view.problem.text.full_text()


def test_chats_become_a_data_set(work: Work) -> None:
    store = work.bench.store
    session = store.sessions.create("About tides")
    question = store.messages.add(session.id, None, Message.of("user", "Why are there tides?"))
    store.messages.add(session.id, question.id, Message.of("assistant", "The moon pulls."))
    dialog = ChatsDialog(store.sessions.list(), work.page._theme, work.page.view)
    dialog.confirmed.connect(work.page.controller.add_chats)
    assert dialog.chosen() == [session.id]
    dialog.make.click()
    page = work.page
    work.until(lambda: page.controller.data is not None and page.controller.data.checked is not None)
    assert page.controller.sets[0].name == "My chats"
    assert work.texts(0)[1:3] == ["Why are there tides?", "The moon pulls."]


def test_chats_without_thumbs_are_refused(work: Work) -> None:
    store = work.bench.store
    session = store.sessions.create("About tides")
    store.messages.add(session.id, None, Message.of("user", "Why are there tides?"))
    work.page.controller.add_chats([session.id], "kto", "Rated")
    work.until(lambda: work.host.errors)
    assert "None of the chosen chats" in str(work.host.errors.pop())
    assert work.page.controller.sets == []


def test_a_list_survives_the_program(work: Work) -> None:
    page = work.page
    first = work.write(TALKS, "first.jsonl")
    second = work.write(TALKS[:9], "second.jsonl")
    work.open(first)
    work.open(second)
    page.controller.select("")
    page.controller.start()
    work.checked(second)
    assert [one.name for one in page.controller.sets] == ["second.jsonl", "first.jsonl"]


def test_replies_get_thumbs_in_the_chat(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench()
    bench.settled()
    bench.say("Hello")
    reply = bench.controllers.chat.path[-1].id
    transcript = bench.page.view.transcript
    for action, rating in (("thumb_down", -1), ("thumb_up", 1), ("thumb_up", 0)):
        transcript.action_requested.emit(reply, action)
        bench.until(partial(_is_rated, bench, rating))
    transcript.action_requested.emit(reply, "thumb_up")
    bench.until(lambda: ("thumbs-up", "good") in row_of(bench.controllers.chat.path[-1]).footer)


def _is_rated(bench: Bench, rating: int) -> bool:
    return bench.controllers.chat.path[-1].rating == rating
