"""Connects the editor with files, with the list of undo, and with the job that writes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.panels.gguf_editor.state import EditorState
from app.panels.gguf_editor.template_view import CHAT, SAMPLES
from app.panels.gguf_editor.view import TEMPLATE, TOKENIZER, GgufEditorView
from app.panels.inspection_parts import PanelParts
from engine.edit_gguf import document
from engine.edit_gguf.document import EditableFile, read_editable, read_items
from engine.edit_gguf.template_preview import Preview, preview
from engine.errors import UserError
from engine.jobs.records import JobRecord
from engine.protocol.gguf_edit import EditGgufJob, Scalar, SetKey

_LISTS = (document.TOKENS, document.TOKEN_TYPES, document.SCORES)


class GgufEditorPanel(QWidget):
    """A view of the page Inspect. `show_model` opens a file."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._path = ""
        self._names: dict[str, str] = {}
        self._arrays: dict[str, list[Scalar]] = {}
        self._rendering = 0
        self.state = EditorState(self)
        self.view = GgufEditorView(parts.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view.choice)
        self._connect()
        self._show_state()

    def show_model(self, path: str) -> None:
        """Open a file; what was changed in the one before is dropped, which a note says."""
        if path == self._path:
            return
        if self.state.changes:
            self._parts.host.show_toast(self.tr("Unsaved changes of the other file were dropped."))
        self._path = path
        self._arrays.clear()
        self._show_choices()
        self._parts.controllers.background.run(
            lambda: read_editable(path), partial(self._take, path), partial(self._fail, path)
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_choices()
        model = self._parts.controllers.models.current
        if not self._path and model is not None and model.path.lower().endswith(".gguf"):
            self.show_model(model.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.state.stack.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.state.stack.redo()
        elif event.matches(QKeySequence.StandardKey.Save):
            self._save()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        view, base, state = self.view, self._parts.controllers, self.state
        view.model_chosen.connect(self.show_model)
        view.part_shown.connect(self._show_part)
        view.key_marked.connect(self._show_key)
        view.save_requested.connect(self._save)
        view.add.clicked.connect(self._add)
        view.undo.clicked.connect(state.stack.undo)
        view.redo.clicked.connect(state.stack.redo)
        view.form.submitted.connect(self._set)
        view.form.remove_requested.connect(
            lambda key: state.remove_key(key, self.tr("remove {key}").format(key=key))
        )
        view.form.restore_requested.connect(
            lambda key: state.restore(key, self.tr("restore {key}").format(key=key))
        )
        view.items.item_submitted.connect(self._set_item)
        view.tokens.item_submitted.connect(partial(self._set_list_item, document.TOKENS))
        view.tokens.type_submitted.connect(partial(self._set_list_item, document.TOKEN_TYPES))
        view.template.submitted.connect(self._set_template)
        view.template.preview_wanted.connect(self._render)
        state.changed.connect(self._show_state)
        state.key_changed.connect(self._follow)
        # The text of a step is known once it is on the list.
        state.stack.indexChanged.connect(self._show_steps)
        base.models.choices_changed.connect(lambda *_: self._show_choices())
        base.jobs.set_opener("edit_gguf", self._open_written)

    # which file

    def _show_choices(self) -> None:
        choices = self._parts.controllers.models.choices()
        self._names = {
            each.path: each.name
            for each in choices
            if each.kind == "file" and each.path.lower().endswith(".gguf")
        }
        if self._path:
            self._names.setdefault(self._path, Path(self._path).stem)
        self.view.set_choices(list(self._names.items()), self._path)

    def _take(self, path: str, file: EditableFile) -> None:
        if path != self._path:
            return
        self.view.set_open(True)
        self.state.open(file)
        self.view.set_rows(self.state.rows(), file.keys[0].key if file.keys else "")
        self.view.template.set_text(file.text(document.TEMPLATE))
        self._show_part(self.view.part.current() or "")

    def _fail(self, path: str, error: Exception) -> None:
        if path == self._path:
            self.state.open(None)
            self.view.set_open(False, describe(error).message)

    # showing

    def _show_state(self) -> None:
        marked = self.view.marked()
        self.view.set_rows(self.state.rows(), marked.key if marked is not None else "")
        self._show_steps()

    def _show_steps(self, _index: int = 0) -> None:
        stack = self.state.stack
        self.view.set_changes(len(self.state.changes), stack.undoText(), stack.redoText())

    def _show_part(self, part: str) -> None:
        if part == TOKENIZER:
            self._want(_LISTS, self._show_tokens)
        elif part == TEMPLATE:
            self._render()

    def _show_key(self, key: str) -> None:
        row = self.view.marked()
        if row is None:
            return
        value = self.state.value(key)
        self.view.form.show_row(row, value)
        long = row.kind == "array" and value is None and not row.fixed and row.status != "removed"
        self.view.show_detail(items=long)
        if long:
            self._want((key,), partial(self._show_items, key))

    def _show_items(self, key: str) -> None:
        row = self.view.marked()
        if row is not None and row.key == key:
            self.view.items.set_items(row.item_kind, self._arrays[key], self.state.items(key))

    def _show_tokens(self) -> None:
        types = [each if isinstance(each, int) else 0 for each in self._arrays[document.TOKEN_TYPES]]
        for index, changed in self.state.items(document.TOKEN_TYPES).items():
            types[index] = int(changed)
        scores = [float(each) for each in self._arrays[document.SCORES] if isinstance(each, (int, float))]
        tokens = self._arrays[document.TOKENS]
        self.view.tokens.set_items("string", tokens, self.state.items(document.TOKENS), types, scores)

    def _follow(self, key: str) -> None:
        """A step forwards or backwards: what shows that key shows it again."""
        row = self.view.marked()
        if row is not None and row.key == key:
            self._show_key(key)
        if key in _LISTS and self.view.part.current() == TOKENIZER:
            self._want(_LISTS, self._show_tokens)
        if key == document.TEMPLATE:
            value = self.state.value(key)
            self.view.template.set_text(value if isinstance(value, str) else "")

    def _want(self, keys: tuple[str, ...], done: Callable[[], None]) -> None:
        """Read arrays that are not here yet, then go on."""
        path, missing = self._path, [key for key in keys if key not in self._arrays]

        def read() -> dict[str, list[Scalar]]:
            return {key: read_items(path, key) for key in missing}

        def take(found: dict[str, list[Scalar]]) -> None:
            if path == self._path:
                self._arrays.update(found)
                done()

        if missing:
            self._parts.controllers.background.run(read, take, self._parts.host.show_error)
        else:
            done()

    # changing

    def _add(self) -> None:
        self.view.table.clearSelection()
        self.view.show_detail(items=False)
        self.view.form.show_new()

    def _set(self, change: SetKey) -> None:
        self.state.set_key(change, self.tr("set {key}").format(key=change.key))
        self.view.set_rows(self.state.rows(), change.key)

    def _set_item(self, index: int, value: Scalar) -> None:
        row = self.view.marked()
        if row is not None:
            self._set_list_item(row.key, index, value)

    def _set_list_item(self, key: str, index: int, value: Scalar) -> None:
        original = self._arrays.get(key, [])
        if index < len(original):
            words = self.tr("set {key}[{index}]").format(key=key, index=index)
            self.state.set_item(key, index, value, original[index], words)

    def _set_template(self, text: str) -> None:
        words = self.tr("edit the chat template")
        if not text and self.state.file is not None and self.state.file.find(document.TEMPLATE) is None:
            self.state.remove_key(document.TEMPLATE, words)
        elif text != self.state.value(document.TEMPLATE):
            self.state.set_key(SetKey(document.TEMPLATE, "string", text), words)

    # the template

    def _render(self) -> None:
        """Off this thread: a template may take its whole second."""
        if self.view.part.current() != TEMPLATE or self.state.file is None:
            return
        self._rendering += 1
        number, source, messages = self._rendering, self.view.template.text(), self._messages()
        ask = self.view.template.generation.isChecked()
        bos, eos = self._special("bos"), self._special("eos")

        def show(shown: Preview) -> None:
            if number == self._rendering:
                self.view.template.show_preview(shown)

        def go_on() -> None:
            first, last = self._token(bos), self._token(eos)
            self._parts.controllers.background.run(
                lambda: preview(source, messages, bos=first, eos=last, add_generation_prompt=ask), show
            )

        self._want((document.TOKENS,), go_on)

    def _messages(self) -> list[tuple[str, str]]:
        key = self.view.template.sample_choice.current()
        if key == CHAT:
            path = self._parts.controllers.chat.path
            chat = [(record.message.role, record.message.text()) for record in path]
            return [(str(role), text) for role, text in chat] or list(SAMPLES["short"])
        return list(SAMPLES.get(key, SAMPLES["short"]))

    def _special(self, name: str) -> int:
        value = self.state.value(f"tokenizer.ggml.{name}_token_id")
        return value if type(value) is int else -1

    def _token(self, number: int) -> str:
        tokens = self._arrays.get(document.TOKENS, [])
        return str(tokens[number]) if 0 <= number < len(tokens) else ""

    # out

    def _save(self) -> None:
        self.view.template.flush()
        if not self.state.changes or self.state.file is None:
            return
        folder = self._parts.controllers.models.home / "models"

        def make() -> Path:
            folder.mkdir(parents=True, exist_ok=True)
            return folder

        self._parts.controllers.background.run(make, self._ask_target, self._parts.host.show_error)

    def _ask_target(self, folder: Path) -> None:
        suggested = folder / f"{Path(self._path).stem}-edited.gguf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save as a new file"), str(suggested), self.tr("GGUF models (*.gguf)")
        )
        if chosen:
            self.write(chosen)

    def write(self, target: str) -> str:
        """Start the job that writes the new file; its id, "" where it could not start."""
        job = EditGgufJob(self._path, target, self.state.changes)
        title = self.tr("Write {name}").format(name=Path(target).name)
        try:
            return self._parts.controllers.jobs.start(job, title, heavy=False)
        except UserError as error:
            self._parts.host.show_error(error)
            return ""

    def _open_written(self, record: JobRecord) -> None:
        path = getattr(record.result, "path", "")
        if path:
            self._parts.host.show_page("inspect")
            self.show_model(path)
