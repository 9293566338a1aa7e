"""The chat page as a user meets it: real store, real worker process, scripted model."""

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.messages import AttachmentPart
from engine.store.records import ReplyRecord
from tests.app.chat.conftest import Bench


def test_enter_sends_and_the_reply_is_shown_and_stored(bench: Bench) -> None:
    edit = bench.page.view.composer.edit
    QTest.keyClicks(edit, "Hello there")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    bench.until(lambda: len(bench.controllers.chat.path) == 2)
    bench.settled()
    assert bench.texts() == ["Hello there", "Reply number 1."]
    assert edit.toPlainText() == ""
    assert bench.page.view.shows_conversation
    shown = bench.page.view.transcript.message_text(bench.controllers.chat.path[1].id)
    assert shown == "Reply number 1."
    stored = bench.store.messages.path(bench.controllers.chat.session_id)
    assert [record.message.text() for record in stored] == bench.texts()


def test_shift_enter_breaks_the_line_unless_the_setting_turns_it_round(bench: Bench) -> None:
    edit = bench.page.view.composer.edit
    QTest.keyClicks(edit, "one")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert edit.toPlainText() == "one\n"
    edit.enter_sends = False
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.toPlainText() == "one\n\n"
    assert not bench.controllers.chat.generating


def test_enter_belongs_to_the_input_method_while_it_composes(bench: Bench) -> None:
    edit = bench.page.view.composer.edit
    QApplication.sendEvent(edit, QInputMethodEvent("你好", []))
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert not bench.controllers.chat.generating
    commit = QInputMethodEvent("", [])
    commit.setCommitString("你好")
    QApplication.sendEvent(edit, commit)
    assert edit.toPlainText().strip() == "你好"


def test_escape_stops_and_keeps_what_there_is(make_bench: Callable[..., Bench], script: Path) -> None:
    script.write_text('[{"text": "' + "word " * 400 + '", "delay_ms": 5}]', encoding="utf-8")
    bench = make_bench()
    chat, view = bench.controllers.chat, bench.page.view
    view.composer.edit.setPlainText("go")
    view.composer.edit.submitted.emit()
    bench.until(lambda: len(chat.path) == 2 and view.transcript.message_text(chat.path[1].id))
    assert view.composer.send_button.accessibleName() == "Stop"
    QTest.keyClick(view.composer.edit, Qt.Key.Key_Escape)
    bench.settled()
    assert chat.path[1].status == "cancelled"
    assert chat.path[1].message.text().startswith("word word")
    assert view.composer.send_button.accessibleName() == "Send"


def test_regenerate_makes_versions_and_the_arrows_walk_through_them(bench: Bench) -> None:
    bench.say("Hi")
    chat = bench.controllers.chat
    chat.regenerate()
    bench.until(lambda: chat.path[-1].version == 2 and not chat.generating)
    assert bench.texts() == ["Hi", "Reply number 2."]
    chat.edits.step_version(chat.path[-1].id, -1)
    bench.until(lambda: bench.texts() == ["Hi", "Reply number 1."])
    assert len(chat.path[-1].version_ids) == 2


def test_editing_a_question_makes_a_version_and_answers_it(bench: Bench) -> None:
    bench.say("First question")
    composer, chat = bench.page.view.composer, bench.controllers.chat
    composer.edit.setPlainText("a draft")
    bench.page.transcript.edit_last()
    assert composer.is_editing
    assert composer.edit.toPlainText() == "First question"
    composer.edit.setPlainText("Better question")
    QTest.keyClick(composer.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    bench.until(lambda: bench.texts()[:1] == ["Better question"] and len(chat.path) == 2)
    bench.settled()
    assert bench.texts() == ["Better question", "Reply number 2."]
    assert chat.path[0].version == 2
    assert composer.edit.toPlainText() == "a draft"


def test_the_shortcut_of_regenerate_saves_what_is_being_edited(bench: Bench) -> None:
    bench.say("First question")
    composer, chat = bench.page.view.composer, bench.controllers.chat
    bench.page.transcript.edit_last()
    composer.edit.setPlainText("Better question")
    regenerate = bench.page._registry.action("chat.regenerate")
    bench.until(regenerate.isEnabled)
    regenerate.trigger()
    bench.until(lambda: bench.texts()[:1] == ["Better question"] and len(chat.path) == 2)
    bench.settled()
    assert chat.path[1].version_ids == (chat.path[1].id,)
    assert not composer.is_editing


def test_a_reply_can_be_edited_in_place(bench: Bench) -> None:
    bench.say("Hi")
    chat = bench.controllers.chat
    chat.edits.edit(chat.path[1].id, "What I wanted to hear.", "in_place")
    bench.until(lambda: bench.texts() == ["Hi", "What I wanted to hear."])
    assert chat.path[1].version_ids == (chat.path[1].id,)


def test_deleting_a_message_can_be_undone(bench: Bench) -> None:
    bench.say("One")
    bench.say("Two")
    chat = bench.controllers.chat
    chat.edits.delete(chat.path[2].id)
    bench.until(lambda: len(chat.path) == 2)
    text, undo = bench.host.toasts[-1]
    assert "deleted" in text
    assert undo is not None
    undo()
    bench.until(lambda: len(chat.path) == 4)


def test_a_branch_is_a_new_chat_that_shares_the_beginning(bench: Bench) -> None:
    bench.say("One")
    bench.say("Two")
    chat = bench.controllers.chat
    first = chat.session_id
    bench.controllers.sessions.branch(first, chat.path[1].id)
    bench.until(lambda: chat.session_id != first)
    assert bench.texts() == ["One", "Reply number 1."]
    assert len(bench.store.messages.path(first)) == 4


def test_drafts_and_attachments_wait_in_their_chat(bench: Bench) -> None:
    bench.say("Hi")
    chat, composer = bench.controllers.chat, bench.page.view.composer
    first = chat.session_id
    composer.edit.setPlainText("not sent yet")
    composer.add_attachment(AttachmentPart("notes.txt", "some notes"))
    bench.page._new_chat()
    bench.until(lambda: chat.session_id != first)
    assert composer.edit.toPlainText() == ""
    assert composer.attachments() == ()
    bench.page.open_session(first)
    bench.until(lambda: chat.session_id == first)
    assert composer.edit.toPlainText() == "not sent yet"
    assert [part.name for part in composer.attachments()] == ["notes.txt"]


def test_up_in_an_empty_composer_recalls_what_was_sent(bench: Bench) -> None:
    bench.say("alpha")
    bench.say("beta")
    edit = bench.page.view.composer.edit
    for expected in ("beta", "alpha", "alpha"):
        QTest.keyClick(edit, Qt.Key.Key_Up)
        assert edit.toPlainText() == expected
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.toPlainText() == "beta"
    QTest.keyClick(edit, Qt.Key.Key_Down)
    assert edit.toPlainText() == ""


def test_a_slash_command_runs_instead_of_being_sent(bench: Bench) -> None:
    edit = bench.page.view.composer.edit
    edit.setFocus()
    QTest.keyClicks(edit, "/system Answer in French")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert bench.controllers.chat.settings.prompt.system == "Answer in French"
    assert bench.page.view.composer.system_chip.active
    assert not bench.controllers.chat.generating
    assert edit.toPlainText() == ""


def test_the_chat_gets_the_first_words_as_its_title(bench: Bench) -> None:
    bench.say("Explain gravity to me")
    chat = bench.controllers.chat
    bench.until(lambda: chat.session is not None and chat.session.title == "Explain gravity to me")
    bench.until(lambda: bench.page.view.top_bar.title.accessibleDescription() == "Explain gravity to me")


def test_sampling_is_kept_with_the_chat(bench: Bench) -> None:
    chat = bench.controllers.chat
    first = chat.session_id
    cooler = msgspec.structs.replace(chat.settings.sampling, temperature=0.1)
    bench.page.panels.sampling.params_changed.emit(cooler)
    bench.say("Hi")
    assert bench.store.sessions.get(first).settings.sampling.temperature == 0.1
    reply = bench.store.messages.reply(chat.path[1].id)
    assert isinstance(reply, ReplyRecord)
    assert reply.provenance.sampling.temperature == 0.1


def test_without_a_model_the_message_stays_and_a_way_out_is_offered(
    make_bench: Callable[..., Bench],
) -> None:
    bench = make_bench(load=False)
    edit = bench.page.view.composer.edit
    edit.setPlainText("Hello?")
    edit.submitted.emit()
    assert edit.toPlainText() == "Hello?"
    assert "No model is loaded" in bench.page.view.banner.text()


def test_a_dead_worker_is_told_replaced_and_the_message_is_kept(
    make_bench: Callable[..., Bench], script: Path
) -> None:
    script.write_text(
        '[{"text": "half of this text will come", "delay_ms": 1, "fail": "crash"},'
        ' {"text": "All well again.", "delay_ms": 1}]',
        encoding="utf-8",
    )
    bench = make_bench()
    chat = bench.controllers.chat
    bench.page.view.composer.edit.setPlainText("Crash, please")
    bench.page.view.composer.edit.submitted.emit()
    bench.until(lambda: chat.path and chat.path[-1].status == "failed", timeout=20_000)
    assert bench.texts()[0] == "Crash, please"
    assert "stopped unexpectedly" in bench.page.view.banner.text()
    bench.until(lambda: bench.controllers.models.current is not None, timeout=20_000)
    assert chat.path[-1].error


def test_a_message_sent_while_the_model_loads_waits_for_it(make_bench: Callable[..., Bench]) -> None:
    bench = make_bench(load=False)
    bench.controllers.models.load("scripted")
    edit = bench.page.view.composer.edit
    edit.setPlainText("Are you there?")
    edit.submitted.emit()
    bench.until(lambda: len(bench.controllers.chat.path) == 2)
    bench.settled()
    assert bench.texts() == ["Are you there?", "Reply number 1."]


def test_the_model_names_the_chat_after_the_first_reply(
    make_bench: Callable[..., Bench], script: Path
) -> None:
    script.write_text(
        '[{"text": "Gravity pulls down.", "delay_ms": 1}, {"text": "Gravity explained", "delay_ms": 1}]',
        encoding="utf-8",
    )
    bench = make_bench(titles=True)
    bench.say("Why do apples fall?")
    chat = bench.controllers.chat
    bench.until(lambda: chat.session is not None and chat.session.title == "Gravity explained")
    assert bench.store.sessions.get(chat.session_id).title_is_auto
    chat.rename("Apples")
    bench.until(lambda: chat.session is not None and chat.session.title == "Apples")


def test_a_search_hit_opens_the_chat_at_the_message(bench: Bench) -> None:
    bench.say("Tell me about zebras")
    chat = bench.controllers.chat
    first = chat.session_id
    bench.page._new_chat()
    bench.until(lambda: chat.session_id != first)
    bench.page.panel.field.setText("zebras")
    results = bench.page.panel.results
    bench.until(lambda: results.model().rowCount() > 0)
    titles = [results.model().index(row, 0).data() for row in range(results.model().rowCount())]
    assert any("zebras" in str(title) for title in titles)
    results.setCurrentIndex(results.model().index(results.model().rowCount() - 1, 0))
    QTest.keyClick(results, Qt.Key.Key_Return)
    bench.until(lambda: chat.session_id == first)


def test_undoing_the_deletion_of_the_only_chat_leaves_no_empty_one(bench: Bench) -> None:
    bench.say("Keep me")
    chat = bench.controllers.chat
    only = chat.session_id
    bench.controllers.sessions.delete(only)
    bench.until(lambda: chat.session is not None and chat.session_id != only)
    _text, undo = bench.host.toasts[-1]
    assert undo is not None
    undo()
    bench.until(lambda: chat.session_id == only and len(chat.path) == 2)
    assert [session.id for session in bench.store.sessions.list()] == [only]


def test_deleting_the_open_chat_opens_another_and_can_be_undone(bench: Bench) -> None:
    bench.say("Keep me")
    chat, sessions = bench.controllers.chat, bench.controllers.sessions
    first = chat.session_id
    bench.until(lambda: sessions.session(first) is not None)
    sessions.delete(first)
    bench.until(lambda: chat.session_id not in ("", first))
    _text, undo = bench.host.toasts[-1]
    assert undo is not None
    undo()
    bench.until(lambda: chat.session_id == first)
    assert bench.texts() == ["Keep me", "Reply number 1."]


def test_an_exported_chat_comes_back_through_import(bench: Bench, tmp_path: Path) -> None:
    bench.say("Round trip")
    chat, sessions = bench.controllers.chat, bench.controllers.sessions
    first = chat.session_id
    target = tmp_path / "chat.json"
    sessions.export(first, "json", str(target))
    bench.until(target.exists)
    bench.until(lambda: bench.host.toasts)
    imported: list[bool] = []
    sessions.imported.connect(lambda: imported.append(True))
    sessions.import_files([str(target)])
    bench.until(lambda: chat.session_id not in ("", first))
    assert bench.texts() == ["Round trip", "Reply number 1."]
    assert imported == [True]
    sessions.import_files([str(tmp_path / "missing.json"), str(target)])
    bench.until(lambda: bench.host.errors and len(bench.host.toasts) == 3)
    assert imported == [True]  # one of the files is not in
