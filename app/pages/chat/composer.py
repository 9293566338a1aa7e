"""The card under the conversation where messages are written, and edited."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.pages.chat.attachment_chips import AttachmentChips
from app.pages.chat.composer_edit import ComposerEdit, composer_style
from app.pages.chat.edit_bar import EditBar
from app.pages.chat.pill import Pill
from app.pages.chat.send_button import SendButton
from app.pages.chat.slash_popup import SlashEntry, SlashPopup, matching
from app.theme.fonts import ui_font
from app.theme.theme import Theme
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.messages import AttachmentPart, Message, Part, Role, TextPart


@dataclass(frozen=True)
class EditResult:
    """What an edit ended with. `mode`: "version", "in_place" or "answer" (a new version, then a reply)."""

    message_id: str
    text: str
    mode: str


class Composer(QFrame):
    """Writes one message: text, attached files, and what stands beside it.

    It knows nothing of stores and engines: it emits what the user wants.
    """

    submitted = Signal(object)
    """`Message` of the user."""
    edited = Signal(object)
    """`EditResult`."""
    edit_cancelled = Signal()
    stop_requested = Signal()
    attach_requested = Signal()
    files_offered = Signal(list)
    """Paths that were dropped or pasted."""
    system_requested = Signal()
    grammar_requested = Signal()
    draft_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._generating = False
        self._can_send = True
        self._editing = ""  # id of the message that is edited
        self._kept_draft = ""
        self._model_name = ""
        self._entries: Callable[[], Sequence[SlashEntry]] = tuple
        self.edit = ComposerEdit(theme, self)
        self._build()
        self._connect()
        self._restyle()
        self._refresh()

    # what others set

    def set_model_name(self, name: str) -> None:
        """Whom the message goes to; shown as the placeholder."""
        self._model_name = name
        self._show_placeholder()

    def set_generating(self, generating: bool) -> None:
        """Stop stands where Send was."""
        self._generating = generating
        self.set_reading(None)
        self._refresh()

    def set_reading(self, share: float | None) -> None:
        """How much of the prompt is read, from 0 to 1; None once the reply is being written."""
        stop = self.tr("Esc to stop")
        reading = self.tr("Reading the prompt… {percent} %")
        shown = share is not None and share < 1
        text = f"{reading.format(percent=int(100 * (share or 0)))}   {stop}" if shown else stop
        if text != self._hint.full_text():
            self._hint.set_text(text)

    def set_preparing(self, model: str) -> None:
        """A second model is loaded and measured before the reply; until `set_reading` says otherwise."""
        stop = self.tr("Esc to stop")
        loading = self.tr("Loading and measuring {model}…").format(model=model)
        self._hint.set_text(f"{loading}   {stop}")

    def set_can_send(self, can_send: bool) -> None:
        """False while no model could answer."""
        self._can_send = can_send
        self._refresh()

    def set_estimate(self, text: str, *, warn: bool = False) -> None:
        """How many tokens the draft has."""
        self._estimate.set_text(text)
        self._estimate.set_role("warn" if warn else "fg3")

    def set_system(self, text: str) -> None:
        """Show that a system prompt is set."""
        self.system_chip.set_active(bool(text), text[:400])

    def set_grammar(self, description: str) -> None:
        """Show that a grammar or JSON schema is set."""
        self.grammar_chip.set_active(bool(description), description[:400])

    def set_draft(self, text: str, attachments: Sequence[AttachmentPart] = ()) -> None:
        """Another chat's draft."""
        if self._editing:
            self._leave_editing()
        self.edit.blockSignals(True)
        self.edit.setPlainText(text)
        self.edit.blockSignals(False)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._files.set_attachments(attachments)
        self._refresh()

    def set_slash_entries(self, entries: Callable[[], Sequence[SlashEntry]]) -> None:
        """Where the commands behind “/” come from; asked every time."""
        self._entries = entries

    def add_attachment(self, attachment: AttachmentPart) -> None:
        """Put a file's text beside the message."""
        self._files.set_attachments([*self._files.attachments, attachment])
        self._refresh()
        self.draft_changed.emit(self.draft())

    def draft(self) -> str:
        """The text of the message being written (not of an edit)."""
        return self._kept_draft if self._editing else self.edit.toPlainText()

    def attachments(self) -> tuple[AttachmentPart, ...]:
        return tuple(self._files.attachments)

    def begin_edit(self, message_id: str, role: Role, text: str) -> None:
        """Turn the card into the editor of an existing message; the draft waits."""
        if not self._editing:
            self._kept_draft = self.edit.toPlainText()
        self._editing = message_id
        self.edit.editing = True
        self.edit.setPlainText(text)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._edit_bar.show_role(role)
        self._refresh()
        self.edit.setFocus()

    @property
    def is_editing(self) -> bool:
        return bool(self._editing)

    def cancel_edit(self) -> None:
        """Back to the draft."""
        if self._editing:
            self._leave_editing()
            self.edit_cancelled.emit()

    # building

    def _build(self) -> None:
        theme = self._theme
        self.setObjectName("composer")
        self.setAcceptDrops(True)
        self.system_chip = Pill("scroll-text", self.tr("System prompt"), theme)
        self.grammar_chip = Pill("braces", self.tr("Grammar"), theme)
        self.attach_chip = Pill("paperclip", self.tr("Attach"), theme)
        self.attach_chip.setToolTip(self.tr("Add text files to the message"))
        self.send_button = SendButton(theme)
        self._hint = TextLabel(self.tr("Esc to stop"), theme, role="fg2", size="xs")
        self._estimate = TextLabel("", theme, role="fg3", size="xs", tabular=True)
        self._paste_offer = TextButton(self.tr("Attach the pasted text as a file"), theme, kind="ghost")
        self._paste_offer.hide()
        self._pasted = ""
        self._files = AttachmentChips(theme, self)
        self._files.removed.connect(self._on_removed)
        self._edit_bar = EditBar(theme, self)
        self._edit_bar.finished.connect(self._finish_edit)
        self._edit_bar.cancelled.connect(self.cancel_edit)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        for chip in (self.attach_chip, self.system_chip, self.grammar_chip):
            bottom.addWidget(chip)
        bottom.addWidget(self._paste_offer)
        bottom.addStretch(1)
        bottom.addWidget(self._estimate)
        bottom.addWidget(self._hint)
        bottom.addWidget(self.send_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 9, 9)
        layout.setSpacing(10)
        layout.addWidget(self._edit_bar)
        layout.addWidget(self._files)
        layout.addWidget(self.edit)
        layout.addLayout(bottom)
        self._popup = SlashPopup(theme, self)

    def _connect(self) -> None:
        self.edit.submitted.connect(self._submit)
        self.edit.escaped.connect(self._on_escape)
        self.edit.files_dropped.connect(self.files_offered)
        self.edit.long_paste.connect(self._offer_paste)
        self.edit.popup_key.connect(self._on_popup_key)
        self.edit.textChanged.connect(self._on_text_changed)
        self.edit.cursorPositionChanged.connect(self._show_popup)
        self._popup.chosen.connect(self._choose)
        self.send_button.clicked.connect(self._on_send_clicked)
        self.attach_chip.clicked.connect(self.attach_requested)
        self.system_chip.clicked.connect(self.system_requested)
        self.grammar_chip.clicked.connect(self.grammar_requested)
        self._paste_offer.clicked.connect(self._attach_paste)
        self._theme.changed.connect(self._restyle)

    # sending and editing

    def save_edit(self) -> bool:
        """Save what is being edited; False where nothing is."""
        if self._editing:
            self._edit_bar.save()
            return True
        return False

    def _submit(self) -> None:
        if self.save_edit():
            return
        entry = self._typed_command()
        if entry is not None:
            self._choose(entry)
            return
        text = self.edit.toPlainText().strip()
        if self._generating or not self._can_send or not (text or self._files.attachments):
            return
        parts: tuple[Part, ...] = (*self._files.attachments, TextPart(text))
        self.clear()
        self.submitted.emit(Message(role="user", parts=parts))

    def clear(self) -> None:
        """An empty field, without attachments."""
        self._files.set_attachments([])
        self.edit.clear()

    def _finish_edit(self, mode: str) -> None:
        if not self._editing:
            return
        result = EditResult(self._editing, self.edit.toPlainText(), mode)
        self._leave_editing()
        self.edited.emit(result)

    def _leave_editing(self) -> None:
        self._editing = ""
        self.edit.editing = False
        self.edit.setPlainText(self._kept_draft)
        self.edit.moveCursor(self.edit.textCursor().MoveOperation.End)
        self._refresh()

    def _on_escape(self) -> None:
        if self._editing:
            self.cancel_edit()
        elif self._generating:
            self.stop_requested.emit()

    def _on_send_clicked(self) -> None:
        if self._generating and not self._editing:
            self.stop_requested.emit()
        else:
            self._submit()

    # slash commands

    def _typed_command(self) -> SlashEntry | None:
        text = self.edit.toPlainText()
        word = text[1:].split(" ", 1)[0] if text.startswith("/") else ""
        if not word or "\n" in text:
            return None
        return next((entry for entry in self._entries() if entry.name == word), None)

    def _show_popup(self) -> None:
        text = self.edit.toPlainText()
        usable = self.edit.hasFocus() and not self._editing and text.startswith("/")
        entries = matching(self._entries(), text) if usable else []
        window = self.window()
        if self._popup.parent() is not window:
            self._popup.setParent(window)
        self._popup.show_entries(entries, self.mapTo(window, QPoint(0, 0)))
        self.edit.popup_open = bool(entries)

    def _on_popup_key(self, key: int) -> None:
        entry = self._popup.current()
        if key == Qt.Key.Key_Up:
            self._popup.step(-1)
        elif key == Qt.Key.Key_Down:
            self._popup.step(1)
        elif key == Qt.Key.Key_Escape or entry is None:
            self._close_popup()
        elif key == Qt.Key.Key_Tab and entry.takes_argument:
            self.edit.set_text(f"/{entry.name} ")
        else:
            self._choose(entry)

    def _choose(self, entry: SlashEntry) -> None:
        text = self.edit.toPlainText()
        argument = text.split(" ", 1)[1].strip() if " " in text else ""
        if entry.takes_argument and not argument:
            self.edit.set_text(f"/{entry.name} ")
            return
        self.edit.clear()
        self._close_popup()
        entry.run(argument)

    def _close_popup(self) -> None:
        self._popup.hide()
        self.edit.popup_open = False

    # files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.files_offered.emit(files)

    def _offer_paste(self, text: str) -> None:
        self._pasted = text
        self._paste_offer.show()

    def _attach_paste(self) -> None:
        text, pasted = self.edit.toPlainText(), self._pasted
        self._paste_offer.hide()
        if pasted in text:
            self.edit.set_text(text.replace(pasted, "", 1).strip())
        self._pasted = ""
        self.add_attachment(AttachmentPart(self.tr("pasted.txt"), pasted))

    def _on_removed(self) -> None:
        self._refresh()
        self.draft_changed.emit(self.draft())

    # showing

    def _on_text_changed(self) -> None:
        if self._pasted and self._pasted not in self.edit.toPlainText():
            self._pasted = ""
            self._paste_offer.hide()
        if not self._editing:
            self.draft_changed.emit(self.edit.toPlainText())
        self._show_popup()
        self._refresh()

    def _refresh(self) -> None:
        editing = bool(self._editing)
        self._edit_bar.setVisible(editing)
        for widget in (self.attach_chip, self.system_chip, self.grammar_chip, self._estimate):
            widget.setVisible(not editing)
        stopping = self._generating and not editing
        self._hint.setVisible(stopping)
        self.send_button.setVisible(not editing)
        self.send_button.set_stopping(stopping)
        filled = self.edit.toPlainText().strip() or self._files.attachments
        self.send_button.setEnabled(stopping or bool(filled and self._can_send))
        self._show_placeholder()

    def _show_placeholder(self) -> None:
        text = self.tr("Message {model}…   / for commands")
        text = text.format(model=self._model_name or self.tr("the model"))
        room = max(120, self.edit.width() - 8)
        shown = QFontMetrics(ui_font(self._theme.tokens.text_l)).elidedText(
            text, Qt.TextElideMode.ElideRight, room
        )
        self.edit.setPlaceholderText(shown)
        self.edit.viewport().update()  # Qt repaints only what it thinks has changed

    def _follow(self) -> None:
        if self._popup.isVisible():
            self._show_popup()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_placeholder()
        self._follow()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.tokens.text_column + 16, super().sizeHint().height())

    def _restyle(self) -> None:
        self.setStyleSheet(composer_style(self._theme.tokens))
