"""Between the transcript and the chat controller: rows in, actions out."""

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.controllers.chat_controllers import ChatControllers
from app.controllers.reproduce import Comparison, conditions_changed
from app.pages.chat.host import PageHost
from app.pages.chat.provenance_dialog import ProvenanceDialog
from app.pages.chat.view import ChatView
from app.theme.theme import Theme
from app.widgets.transcript.message import TranscriptMessage
from engine.store.records import ReplyRecord, SessionRecord


class TranscriptLink(QObject):
    """Also the actions of messages: copy, edit, regenerate, branch, inspect."""

    def __init__(
        self,
        view: ChatView,
        controllers: ChatControllers,
        host: PageHost,
        theme: Theme,
        open_link: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view = view
        self._c = controllers
        self._host = host
        self._theme = theme
        chat, transcript = controllers.chat, view.transcript
        chat.opened.connect(self._on_opened)
        chat.rows_replaced.connect(self._on_replaced)
        chat.dropped_changed.connect(transcript.set_dropped)
        chat.row_added.connect(self._on_added)
        chat.row_updated.connect(lambda row: transcript.update_message(row.id, row))
        chat.row_swapped.connect(transcript.update_message)
        chat.stream_begun.connect(transcript.begin_stream)
        chat.stream_fed.connect(lambda key, text, thinking: transcript.feed(key, text, thinking=thinking))
        chat.stream_ended.connect(transcript.end_stream)
        transcript.link_activated.connect(open_link)
        transcript.action_requested.connect(self._act)
        controllers.reproducer.finished.connect(self._tell_comparison)

    def reveal(self, message_id: str) -> None:
        """Scroll to a message; one on another version is made active first."""
        if self._c.chat.record(message_id) is not None:
            self._view.transcript.scroll_to(message_id)
            return
        self._c.chat.edits.select(message_id, lambda: self._view.transcript.scroll_to(message_id))

    def edit_last(self) -> None:
        """Open the user's last message in the composer."""
        for record in reversed(self._c.chat.path):
            if record.message.role == "user":
                self._edit(record.id)
                return

    def _on_opened(self, _session: SessionRecord, rows: Sequence[TranscriptMessage]) -> None:
        self._view.composer.cancel_edit()
        self._on_replaced(rows)
        self._view.transcript.jump_to_latest()

    def _on_replaced(self, rows: Sequence[TranscriptMessage]) -> None:
        transcript = self._view.transcript
        follow, value = transcript.follow, transcript.verticalScrollBar().value()
        transcript.set_messages(rows)
        if not follow and rows:
            transcript.follow = False
            transcript.settle(value)
        self._view.show_conversation(bool(rows))
        self._view.find_bar.refresh()

    def _on_added(self, row: TranscriptMessage) -> None:
        self._view.show_conversation(True)
        self._view.transcript.append(row)

    def _act(self, message_id: str, action: str) -> None:
        chat = self._c.chat
        actions: dict[str, Callable[[], object]] = {
            "copy": lambda: self._copy(message_id),
            "edit": lambda: self._edit(message_id),
            "regenerate": lambda: chat.regenerate(message_id),
            "continue": lambda: chat.resume(message_id),
            "branch": lambda: self._c.sessions.branch(chat.session_id, message_id),
            "thumb_up": lambda: chat.edits.rate(message_id, 1),
            "thumb_down": lambda: chat.edits.rate(message_id, -1),
            "delete": lambda: chat.edits.delete(message_id),
            "previous_version": lambda: chat.edits.step_version(message_id, -1),
            "next_version": lambda: chat.edits.step_version(message_id, 1),
            "inspect": lambda: chat.edits.inspect(message_id, lambda reply: self._inspect(message_id, reply)),
        }
        if action in actions:
            actions[action]()

    def _copy(self, message_id: str) -> None:
        QGuiApplication.clipboard().setText(self._view.transcript.message_text(message_id))

    def _edit(self, message_id: str) -> None:
        record = self._c.chat.record(message_id)
        if record is not None and not self._c.chat.generating:
            self._view.composer.begin_edit(message_id, record.message.role, record.message.text())

    def _inspect(self, message_id: str, reply: ReplyRecord | None) -> None:
        record = self._c.chat.record(message_id)
        if record is None:
            return
        changed = conditions_changed(reply.provenance, self._c.models.current) if reply else []
        dialog = ProvenanceDialog(record, reply, changed, self._theme, self._view)
        dialog.seed_chosen.connect(self._take_seed)
        dialog.reproduce_requested.connect(self._c.reproducer.start)
        dialog.show()

    def _take_seed(self, seed: int) -> None:
        sampling = self._c.chat.settings.sampling
        self._c.chat.set_sampling(msgspec.structs.replace(sampling, seed=seed))
        self._host.show_toast(self.tr("The seed is set for the replies to come."))

    def _tell_comparison(self, comparison: Comparison) -> None:
        if comparison.same:
            text = self.tr("Reproduced: %n token(s), all the same.", "", comparison.tokens)
            self._host.show_toast(text)
            return
        place = comparison.first_difference + 1
        message = self.tr("The reply differs from token {place} on.").format(place=place)
        reasons = comparison.reasons or (
            QCoreApplication.translate("TranscriptLink", "All recorded conditions were the same."),
        )
        self._view.banner.show_message("warn", message, " ".join(reasons), key="reproduce")
