"""What the panel says when there is nothing to show, and reading a text again."""

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n.errors import describe
from app.models.inspection_subject import Subject
from app.panels.attention.notice import NoticeLine
from app.panels.attention.reader import AttentionReader
from app.panels.attention.situation import Situation, situation_of
from app.panels.inspection_parts import PanelParts
from app.widgets.empty_state import EmptyState
from engine.errors import UserError

ALL_LAYERS_UNTIL = 512 << 20
"""Bytes of half precision up to which all layers are read at once when the user did not say which: about what
is kept of one text (`ROWS_LIMIT_BYTES`), whose rows have no upper half.
"""


class ReadingLink(QObject):
    """`stack` shows the pictures or an empty state; `notice` is the line above."""

    def __init__(self, parts: PanelParts, body: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = parts
        self._state = parts.inspection.attention
        self._body = body
        self._failure = ""
        self._asked_for: Subject | None = None
        self.notice = NoticeLine(parts.theme)
        self.stack = QStackedWidget()
        self.stack.addWidget(body)
        self._empties: dict[Situation, EmptyState] = {}
        self.reader = AttentionReader(parts.inspection, self)
        self.reader.progressed.connect(self._on_progress)
        self.reader.failed.connect(self._on_failed)
        parts.source.changed.connect(self._on_subject)
        parts.controllers.models.loaded.connect(lambda _model: self.refresh())
        parts.controllers.models.unloaded.connect(self.refresh)
        parts.inspection.finished.connect(lambda _subject: self.refresh())

    def read(self, all_layers: bool | None = None) -> None:
        """Read prompt and reply again. None: all layers where they fit, else the chosen one."""
        subject = self._parts.source.subject
        if subject is None or subject.streaming:
            return
        self._failure = ""
        if all_layers is None:
            all_layers = self._bytes_of(subject) <= ALL_LAYERS_UNTIL
        self._asked_for = subject
        self.reader.read(subject, () if all_layers else (self._state.layer,))

    def refresh(self) -> None:
        """Show what fits the situation of now."""
        subject = self._parts.source.subject
        situation = situation_of(subject, self._parts.controllers.models.current, self._parts.inspection)
        shown = situation in (Situation.SHOWN, Situation.WAITING) or self.reader.busy
        self.stack.setCurrentWidget(self._body if shown else self._empty(situation))
        if not self.reader.busy:
            self._say_what_hinders()

    # inside

    def _on_subject(self, subject: Subject | None) -> None:
        if self.reader.busy and subject is not self._asked_for:
            self.reader.cancel()
        self._failure = ""
        typed = subject is not None and subject.request is not None and not subject.has_rows
        if typed:
            # Somebody asked to look into this very text: there is nothing to wait for.
            self.read()

    def _on_progress(self, fraction: float) -> None:
        if fraction < 0:
            self.refresh()
            return
        self.notice.say(
            self.tr("Reading the text again…"),
            fraction=fraction,
            action=self.tr("Cancel"),
            act=self.reader.cancel,
        )
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            self._parts.host.show_error(error)
            return
        told = describe(error)
        self._failure = f"{told.message} {told.hint}"
        self.refresh()

    def _say_what_hinders(self) -> None:
        inspection = self._parts.inspection
        if self._failure:
            layer = self.tr("Read layer {layer} only").format(layer=self._state.layer)
            self.notice.say(self._failure, role="warn", action=layer, act=lambda: self.read(all_layers=False))
        elif inspection.hindered_by_flash_attention and self._state.live and self._parts.place == "chat":
            self.notice.say(
                self.tr("Live attention needs flash attention off; reading a finished reply does not."),
                action=self.tr("Load again without it"),
                act=self._reload,
            )
        elif self._state.reduction == "rollout" and not self._complete():
            self.notice.say(
                self.tr("Rollout needs every layer of prompt and reply."),
                action=self.tr("Read all of it"),
                act=lambda: self.read(all_layers=True),
            )
        else:
            self.notice.say("")

    def _complete(self) -> bool:
        subject = self._parts.source.subject
        return subject is not None and subject.has_rows and subject.rows.complete(self._state.layers)

    def _reload(self) -> None:
        model = self._parts.controllers.models.current
        if model is not None:
            context = replace(model.context, flash_attention="off")
            self._parts.controllers.chat.change_settings(context=context)
            self._parts.controllers.models.load(model.path or model.name, model.name, context)

    def _bytes_of(self, subject: Subject) -> int:
        return self._state.layers * self._state.heads * subject.length**2 * 2

    def _empty(self, situation: Situation) -> EmptyState:
        if situation not in self._empties:
            title, text, action = self._texts(situation)
            empty = EmptyState(
                "scan-eye", title, text, self._parts.theme, action_text=action, compact=True, width=520
            )
            if situation in (Situation.NOT_WATCHED, Situation.NOT_READ):
                empty.action_requested.connect(self.read)
            elif situation is Situation.NO_MODEL:
                empty.action_requested.connect(lambda: self._parts.host.show_page("models"))
            self._empties[situation] = empty
            self.stack.addWidget(empty)
        return self._empties[situation]

    def _texts(self, situation: Situation) -> tuple[str, str, str]:
        """Title, text, and what the button says."""
        match situation:
            case Situation.NO_MODEL:
                return (
                    self.tr("No model is loaded"),
                    self.tr("Attention is read out of the model while it writes, or from any text."),
                    self.tr("Choose a model"),
                )
            case Situation.REMOTE:
                return (
                    self.tr("This model runs on another computer"),
                    self.tr("Only a model that runs here can be looked into: load a GGUF file."),
                    "",
                )
            case Situation.NOT_LIVE:
                return (
                    self.tr("This reply is written unwatched"),
                    self.tr("Its attention can be read again when it is finished."),
                    "",
                )
            case Situation.NOT_WATCHED:
                return (
                    self.tr("Nobody watched this reply"),
                    self.tr("Its attention can be read again: the model reads prompt and reply once more."),
                    self.tr("Read it again"),
                )
            case Situation.NOT_READ:
                return (
                    self.tr("The text has not been read"),
                    self.tr("Its attention is there once the model has read it to the end."),
                    self.tr("Read it"),
                )
            case _:
                return (
                    self.tr("See what the model reads"),
                    self.tr(
                        "For each token that is written, every head of every layer looks back at the text. "
                        "Send a message: it appears here while the reply is written."
                    )
                    if self._parts.place == "chat"
                    else self.tr(
                        "For each token, every head of every layer looks back at the text. Choose Text "
                        "above, type one, and look inside; or send a message in a chat."
                    ),
                    "",
                )
