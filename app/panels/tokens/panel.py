"""Tokens of any text or of the chat's prompt, by the loaded model and by others of the library."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.controllers.tokenizing import Tokenizer
from app.i18n.errors import describe
from app.panels.inspection_parts import PanelParts
from app.panels.tokens.values import TokenSheet
from app.panels.tokens.view import MOST_MODELS, TokensView
from engine.errors import UserError
from engine.inspection.tokens import count_tokens, token_table
from engine.protocol.events import Tokens
from engine.protocol.values import PromptReport

PAUSE_MS = 180
LONGEST = 400_000
"""Characters: a table of more tokens helps nobody, and takes seconds."""


class TokensPanel(QWidget):
    """Connects `TokensView` with the tokenizers."""

    def __init__(self, parts: PanelParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        base = parts.controllers
        self._tokenizer = Tokenizer(base.client, base.background, base.bridge, self)
        self._keys: list[str] = []
        self._names: dict[str, str] = {}
        self._sheets: dict[str, TokenSheet] = {}
        self._text = ""
        self._prompt = ""
        self._source = "text"
        self._special = False
        self._round = 0
        self.view = TokensView(parts.theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view.text)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._connect()
        self._show_choices()
        self._follow_model()

    def show_text(self, text: str) -> None:
        """Cut a text that comes from somewhere else."""
        self.view.set_source("text")
        self.view.set_text(text)
        self._source, self._text = "text", text
        self._ask()

    def _connect(self) -> None:
        view, base = self.view, self._parts.controllers
        view.text_changed.connect(self._on_text)
        view.source_changed.connect(self._on_source)
        view.special_changed.connect(self._on_special)
        view.models_changed.connect(self._on_models)
        view.copy_requested.connect(self._copy)
        view.file_requested.connect(self._choose_file)
        base.models.choices_changed.connect(lambda *_: self._show_choices())
        base.models.loaded.connect(lambda _model: self._follow_model())
        base.meter.rendered.connect(self._on_rendered)
        base.chat.path_changed.connect(self._on_path)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._on_path()

    # what is asked

    def _show_choices(self) -> None:
        choices = self._parts.controllers.models.choices()
        usable = [choice for choice in choices if choice.kind == "file" and choice.usable]
        self._names.update({choice.path: choice.name for choice in usable})
        self.view.set_choices([(choice.path, choice.name) for choice in usable])

    def _follow_model(self) -> None:
        """The loaded model is the first column, until the user chose otherwise."""
        model = self._parts.controllers.models.current
        if model is None or not model.path or model.path in self._keys:
            return
        self._names.setdefault(model.path, model.name)
        self._keys = [model.path, *self._keys[1:]][:MOST_MODELS]
        self._ask()

    def _on_text(self, text: str) -> None:
        self._text = text
        self._pause.start()

    def _on_source(self, source: str) -> None:
        self._source = source
        if source == "prompt":
            self._parts.controllers.meter.render()
        self._ask()

    def _on_special(self, special: bool) -> None:
        self._special = special
        self._ask()

    def _on_models(self, keys: list[str]) -> None:
        self._keys = keys[:MOST_MODELS]
        self._ask()

    def _choose_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a model file"), "", self.tr("GGUF models (*.gguf);;All files (*)")
        )
        if path and path not in self._keys:
            self._names.setdefault(path, Path(path).stem)
            self._on_models([*self._keys, path])

    def _on_path(self) -> None:
        if self._source == "prompt" and self.isVisible():
            self._parts.controllers.meter.render()

    def _on_rendered(self, report: PromptReport) -> None:
        self._prompt = "".join(segment.text for segment in report.segments)
        if self._source == "prompt":
            self._ask()

    def _ask(self) -> None:
        """Cut the text with every model; the columns change when all have answered, so that nothing jumps."""
        text = self._prompt if self._source == "prompt" else self._text
        special = self._special or self._source == "prompt"
        self._round += 1
        self._sheets = {}
        self.view.set_note("")
        if not text or len(text) > LONGEST:
            if text:
                note = self.tr("The text is too long to be shown as tokens.")
            else:
                note = self.tr("Load a model to see the prompt.") if self._source == "prompt" else ""
            self.view.set_note(note)
            self._sheets = {key: self._sheet(key) for key in self._keys}
            self._show()
            return
        for key in self._keys:
            self._tokenizer.ask(
                key,
                text,
                key,
                special,
                partial(self._on_tokens, self._round, key),
                partial(self._on_failed, self._round, key),
            )
        if not self._keys:
            self._show()

    # what comes back

    def _on_tokens(self, number: int, key: str, event: Tokens) -> None:
        name = self._names.get(key, key)

        def cut() -> TokenSheet:
            rows = token_table(event.ids, event.pieces, event.special)
            counts = count_tokens(event.ids, event.pieces, event.special)
            return TokenSheet(key, name, tuple(rows), counts)

        self._parts.controllers.background.run(cut, partial(self._take, number), self._parts.host.show_error)

    def _on_failed(self, number: int, key: str, error: Exception) -> None:
        shown = describe(error) if isinstance(error, UserError) else None
        text = shown.message if shown is not None else str(error)
        self._take(number, self._sheet(key, text))

    def _take(self, number: int, sheet: TokenSheet) -> None:
        if number != self._round:
            return
        self._sheets[sheet.key] = sheet
        if all(key in self._sheets for key in self._keys):
            self._show()

    def _sheet(self, key: str, error: str = "") -> TokenSheet:
        return TokenSheet(key, self._names.get(key, key), error=error)

    def _show(self) -> None:
        self.view.set_sheets([self._sheets[key] for key in self._keys])

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._parts.host.show_toast(self.tr("The ids are in the clipboard."))
