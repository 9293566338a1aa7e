"""Editing a GGUF file by hand: every step can be undone, and the file itself is never touched."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel

from engine.edit_gguf.document import TEMPLATE, TOKEN_TYPES, TOKENS, read_items
from engine.library.gguf_header import read_header
from engine.protocol.gguf_edit import RemoveKey, SetItem, SetKey
from tests.app.gguf_editor.conftest import Desk


def test_keys_are_shown_with_type_and_value(desk: Desk) -> None:
    rows = {row.key: row for row in desk.panel.state.rows()}
    assert (rows["general.architecture"].kind, rows["general.architecture"].text) == ("string", "llama")
    assert rows[TOKENS].kind == "array"
    assert rows[TOKENS].length > 100
    assert not desk.panel.view.save.isEnabled()


def test_a_value_is_changed_undone_and_done_again(desk: Desk) -> None:
    desk.mark("general.architecture")
    form, state = desk.panel.view.form, desk.panel.state
    form.value.edit.setPlainText("qwen2")
    form.apply.click()
    assert list(state.changes) == [SetKey("general.architecture", "string", "qwen2")]
    assert desk.panel.view.save.isEnabled()
    desk.panel.view.undo.click()
    assert not state.changes
    assert form.value.text() == "llama"
    desk.panel.view.redo.click()
    assert form.value.text() == "qwen2"
    form.value.edit.setPlainText("llama")
    form.apply.click()
    assert not state.changes


def test_a_value_of_the_wrong_type_is_refused(desk: Desk) -> None:
    desk.mark("llama.block_count")
    form = desk.panel.view.form
    form.value.edit.setPlainText("many")
    form.apply.click()
    assert form.problem.isVisible()
    assert "u32" in form.problem.text()
    assert not desk.panel.state.changes


def test_keys_are_added_and_removed(desk: Desk) -> None:
    view, state = desk.panel.view, desk.panel.state
    view.add.click()
    view.form.key.setText("general.description")
    view.form.value.edit.setPlainText("my own")
    view.form.apply.click()
    assert [row.status for row in state.rows() if row.key == "general.description"] == ["added"]
    desk.mark("general.architecture")
    view.form.remove.click()
    assert RemoveKey("general.architecture") in state.changes
    view.form.restore.click()
    assert RemoveKey("general.architecture") not in state.changes
    desk.mark("general.description")
    view.form.remove.click()
    assert not state.changes


def test_a_name_that_is_none_is_refused(desk: Desk) -> None:
    form = desk.panel.view.form
    desk.panel.view.add.click()
    form.key.setText("has blanks")
    form.apply.click()
    assert form.problem.isVisible()


def test_tokens_and_their_types(desk: Desk) -> None:
    desk.show("tokenizer")
    view, state = desk.panel.view.tokens, desk.panel.state
    desk.until(lambda: view.rows.rowCount() > 100)
    view.filter.setText("5")
    view.table.selectRow(0)
    place = view.rows.row(0).place
    view.value.setText("<tool>")
    view.apply.click()
    assert SetItem(TOKENS, place, "<tool>") in state.changes
    view.type.set_current("4")
    view.type.selected.emit("4")
    assert SetItem(TOKEN_TYPES, place, 4) in state.changes
    desk.panel.view.undo.click()
    desk.panel.view.undo.click()
    assert not state.changes


def test_a_template_is_previewed_while_it_is_written(desk: Desk) -> None:
    desk.show("template")
    view = desk.panel.view.template
    view.edit.setPlainText(
        "{% for m in messages %}[{{ m.role }}] {{ m.content }}\n{% endfor %}"
        "{% if add_generation_prompt %}[assistant]{% endif %}"
    )
    desk.until(lambda: "[user] Name a planet." in view.prompt.toPlainText())
    assert isinstance(desk.panel.state.change(TEMPLATE), SetKey)
    assert view.prompt.toPlainText().endswith("[assistant]")
    view.generation.setChecked(False)
    desk.until(lambda: not view.prompt.toPlainText().endswith("[assistant]"))


def test_an_error_is_shown_with_its_line(desk: Desk) -> None:
    desk.show("template")
    view = desk.panel.view.template
    view.edit.setPlainText("{{ messages }}\n{{ broken ")
    desk.until(view.error.isVisible)
    assert view.to_line.isVisible()
    praise = [label for label in view.findChildren(QLabel) if label.text().startswith("✓")]
    assert not any(label.isVisible() for label in praise)
    assert len(view.edit.extraSelections()) == 1
    view.edit.moveCursor(QTextCursor.MoveOperation.Start)
    view.to_line.click()
    assert view.edit.textCursor().blockNumber() == 1


def test_the_open_chat_is_a_conversation_to_try(desk: Desk) -> None:
    desk.show("template")
    view = desk.panel.view.template
    view.edit.setPlainText("{% for m in messages %}{{ m.content }}{% endfor %}")
    view.sample_choice.set_current("system")
    view.sample_choice.selected.emit("system")
    desk.until(lambda: view.prompt.toPlainText().startswith("Answer in one sentence."))


def test_saving_writes_a_new_file(desk: Desk, tmp_path: Path) -> None:
    before = desk.path.read_bytes()
    desk.mark("general.architecture")
    desk.panel.view.add.click()
    desk.panel.view.form.key.setText("general.description")
    desk.panel.view.form.value.edit.setPlainText("edited here")
    desk.panel.view.form.apply.click()
    target = tmp_path / "edited.gguf"
    job = desk.panel.write(str(target))
    jobs = desk.bench.controllers.jobs
    desk.until(lambda: (record := jobs.record(job)) is not None and record.ended)
    record = jobs.record(job)
    assert record is not None
    assert record.status == "done"
    assert read_header(target).metadata["general.description"] == "edited here"
    assert read_items(str(target), TOKENS) == read_items(str(desk.path), TOKENS)
    assert desk.path.read_bytes() == before


def test_a_file_that_is_none(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other.gguf"
    other.write_bytes(b"GGUF")
    desk.panel.show_model(str(other))
    desk.until(desk.panel.view.problem.full_text)
    assert desk.panel.state.file is None


def test_the_keyboard_undoes(desk: Desk) -> None:
    desk.mark("general.architecture")
    desk.panel.view.form.remove.click()
    desk.panel.view.table.setFocus()
    desk.bench.qtbot.keyClick(desk.panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not desk.panel.state.changes
