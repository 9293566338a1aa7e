"""One open chat: its messages, its replies, its settings. Everything slow happens elsewhere."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.bridge.background import StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.chat_saving import ChatSaving
from app.controllers.message_edits import MessageEdits
from app.controllers.opened_chat import OpenedChat, read_chat
from app.controllers.running_turns import RunningTurns
from app.controllers.streams import Streams
from app.models.active_path import ActivePath
from engine.chat.turn import Turn, TurnFinished, TurnProgress, TurnRunner, TurnStarted
from engine.messages import AttachmentPart, Message
from engine.protocol.events import Token
from engine.protocol.inspection import TapSpec
from engine.protocol.values import PromptOptions
from engine.sampling.params import SamplingParams
from engine.store.records import Change, MessageRecord, SessionRecord, SessionSettings

_HISTORY = 100
"""Sent messages that the composer can recall."""


class ChatController(QObject):
    """The page shows what it emits and calls it for what the user wants.

    Messages are named by their ids. Settings are those of the open chat; changing sampling while a reply is
    written reaches the reply.
    """

    opened = Signal(object, object)
    """`SessionRecord` and its rows."""
    heading_changed = Signal(str, int)
    rows_replaced = Signal(object)
    row_added = Signal(object)
    row_updated = Signal(object)
    dropped_changed = Signal(frozenset)
    """Ids of the messages that the overflow policy leaves out of the next prompt."""
    row_swapped = Signal(str, object)
    """Another version stands where the message with this id was."""
    stream_begun = Signal(str)
    stream_fed = Signal(str, str, bool)
    """Message id, text to append, whether it is reasoning."""
    stream_ended = Signal(str)
    draft_loaded = Signal(str, list)
    history_changed = Signal(list)
    settings_changed = Signal(object)
    generating_changed = Signal(bool)
    live_changed = Signal(frozenset)
    token_arrived = Signal(object)
    """`Token` of the open chat's reply."""
    sent_back = Signal(object)
    """`Message` that could not be saved, and so was not answered either."""
    reply_finished = Signal(object)
    """`MessageRecord` of the open chat."""
    title_wanted = Signal(str)
    undoable = Signal(object)
    failed = Signal(object)
    reply_failed = Signal(object)
    """A reply of the open chat ended with this error; its message shows it too."""
    path_changed = Signal()
    reveal_requested = Signal(str)
    """A panel asks the page to show this message of the open chat."""

    def __init__(
        self, access: StoreAccess, runner: TurnRunner, bridge: EngineBridge, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._runner = runner
        self._bridge = bridge
        self._session: SessionRecord | None = None
        self._path = ActivePath()
        self._dropped: frozenset[str] = frozenset()
        self._turns = RunningTurns(access, self)
        self._turns.changed.connect(self._announce)
        self._turns.failed.connect(self._abandon)
        self._sent: dict[str, Message] = {}
        """By chat: what was sent and is not yet known to be saved."""
        self._streams = Streams()
        self._opening = ""
        self._after_opening: Callable[[], None] | None = None
        self.hold: Callable[[Callable[[], None]], bool] | None = None
        """Asked before a reply begins: true where it will begin it itself, later."""
        self.one_at_a_time = False
        """Replies stop after each token; `advance` goes on."""
        self._saving = ChatSaving(access, lambda: self.session_id, self)
        self._saving.settings_changed.connect(self.settings_changed)
        self._saving.failed.connect(self.failed)
        self.edits = MessageEdits(access, self, self)
        self.edits.undoable.connect(self.undoable)
        self.edits.failed.connect(self.failed)
        bridge.turn_started.connect(self._on_turn_started)
        bridge.turn_progress.connect(self._on_turn_progress)
        bridge.turn_finished.connect(self._on_turn_finished)
        bridge.flushed.connect(self._on_flushed)
        bridge.store_changed.connect(self._on_store_changed)

    # what is open

    @property
    def session(self) -> SessionRecord | None:
        return self._session

    @property
    def session_id(self) -> str:
        return self._session.id if self._session else ""

    @property
    def settings(self) -> SessionSettings:
        return self._saving.settings

    @property
    def path(self) -> list[MessageRecord]:
        """The active path of the open chat, as stored."""
        return self._path.records

    @property
    def generating(self) -> bool:
        """Whether a reply of the open chat is being written."""
        return self.session_id in self._turns

    def record(self, message_id: str) -> MessageRecord | None:
        """A message of the open chat's active path."""
        return self._path.record(message_id)

    def live_sessions(self) -> frozenset[str]:
        """Chats with a running reply."""
        return self._turns.sessions()

    # opening and closing

    def open(self, session_id: str, then: Callable[[], None] | None = None) -> None:
        """Show another chat (the same one is read again); `then` runs when it is there."""
        self.flush()
        self._opening = session_id
        self._after_opening = then
        self._access.run(lambda store: read_chat(store, session_id), self._on_opened, self.failed.emit)

    def close_session(self) -> None:
        """Nothing is open, for instance after the open chat was deleted."""
        self.flush()
        self._session = None
        self._path.records = []

    def flush(self) -> None:
        """Save at once what waits to be saved."""
        self._saving.flush()

    def set_draft(self, text: str, attachments: tuple[AttachmentPart, ...]) -> None:
        """The composer's content changed; saved after a pause."""
        self._saving.set_draft(text, attachments)

    # settings

    def set_sampling(self, sampling: SamplingParams) -> None:
        """From the next token on, and for this chat."""
        self._saving.change(sampling=sampling)
        self._turns.update_sampling(self.session_id, sampling)

    def update_taps(self, taps: TapSpec | None) -> None:
        """Read something else out of all running replies from the next token on."""
        self._turns.update_taps(taps)

    def set_prompt(self, prompt: PromptOptions) -> None:
        self._saving.change(prompt=prompt)

    def set_model(self, model: str) -> None:
        self._saving.change(model=model)

    def set_probabilities(self, n_probs: int) -> None:
        """How many candidates are reported for each token of the replies to come."""
        self._saving.change(n_probs=n_probs)

    def change_settings(self, **fields: Any) -> None:
        """Replace fields of `SessionSettings`."""
        self._saving.change(**fields)

    def rename(self, title: str) -> None:
        session_id = self.session_id
        self._access.run(lambda store: store.sessions.rename(session_id, title), None, self.failed.emit)

    # replies

    def send(self, message: Message) -> None:
        """A message of the user, and the reply to it."""
        session_id = self.session_id
        if not session_id or self.generating:
            self.sent_back.emit(message)
            return
        self._saving.clear_draft()
        self._sent[session_id] = message
        self._begin(lambda: self._runner.send(session_id, message, self._bridge.post_turn, limit=self._limit))

    def reply(self) -> None:
        """A reply to the head as it is."""
        session_id = self.session_id
        self._begin(lambda: self._runner.reply(session_id, self._bridge.post_turn, limit=self._limit))

    def regenerate(self, message_id: str = "", *, seed: int | None = None) -> None:
        """Another version of a reply (of the last one without an id); of a user's message: its reply."""
        target = self._path.reply_for(message_id)
        if target is None:
            if self.path and self.path[-1].message.role != "assistant":
                self.reply()
            return
        session_id = self.session_id
        self._begin(
            lambda: self._runner.regenerate(
                session_id, target.id, self._bridge.post_turn, seed=seed, limit=self._limit
            )
        )

    def branch(self, reply_id: str, keep: int, token_id: int) -> None:
        """Another version of a reply that turns off after `keep` tokens, under the same random state."""
        session_id = self.session_id
        self._begin(
            lambda: self._runner.branch(
                session_id, reply_id, keep, token_id, self._bridge.post_turn, limit=self._limit
            )
        )

    def advance(self, reply_id: str, count: int = 1) -> None:
        """So many more tokens of a reply that was stopped."""
        session_id = self.session_id
        self._begin(lambda: self._runner.advance(session_id, reply_id, self._bridge.post_turn, count=count))

    @property
    def _limit(self) -> int | None:
        return 1 if self.one_at_a_time else None

    def resume(self, message_id: str = "") -> None:
        """Go on with a reply where it stopped."""
        target = self._path.reply_for(message_id)
        session_id = self.session_id
        if target is not None:
            self._begin(lambda: self._runner.resume(session_id, target.id, self._bridge.post_turn))

    def stop(self) -> None:
        """End the open chat's reply; what it has stays."""
        self._turns.stop(self.session_id)

    # what the policy leaves out

    def set_dropped(self, message_ids: frozenset[str]) -> None:
        """Which messages the overflow policy leaves out of the prompt."""
        if message_ids == self._dropped:
            return
        self._dropped = message_ids
        self.dropped_changed.emit(message_ids)

    # turns

    def _begin(self, start: Callable[[], Turn]) -> None:
        session_id = self.session_id

        def begin() -> None:
            self._turns.begin(session_id, start, self.flush)

        if self.hold is None or not self.hold(begin):
            begin()

    def _abandon(self, session_id: str, error: Exception) -> None:
        self._give_back(session_id)
        self._announce()
        self.failed.emit(error)

    def _on_turn_started(self, event: TurnStarted) -> None:
        reply = event.reply
        self._streams.begin(event.session_id, reply)
        self._sent.pop(event.session_id, None)
        if self._opening == event.session_id:
            # The path was read before this turn wrote to it.
            self.open(event.session_id, self._after_opening)
        if event.session_id != self.session_id or self._opening:
            return
        if event.user is not None:
            self._append(event.user)
        self._place_reply(reply)
        self.stream_begun.emit(reply.id)
        self._announce_heading()

    def _on_turn_progress(self, event: TurnProgress) -> None:
        if not isinstance(event.event, Token):
            return
        if not self._streams.take(event.message_id, event.pieces):
            return
        if event.session_id != self.session_id or self._opening:
            return
        self._streams.show_later(event.message_id, event.pieces)
        self.token_arrived.emit(event.event)

    def _on_flushed(self) -> None:
        """One update of the view for all tokens of a flush."""
        for message_id, text, thinking in self._streams.drain():
            self.stream_fed.emit(message_id, text, thinking)

    def _on_turn_finished(self, event: TurnFinished) -> None:
        self._on_flushed()
        reply = event.reply
        self._turns.end(event.session_id)
        if reply is not None:
            self._streams.end(reply.id)
            self._settle(event.session_id, reply)
        self._give_back(event.session_id)
        if event.error is not None:
            shown = reply is not None and event.session_id == self.session_id
            (self.reply_failed if shown else self.failed).emit(event.error)
        elif reply is not None and reply.status == "done":
            self.title_wanted.emit(event.session_id)
        self._announce()

    def _give_back(self, session_id: str) -> None:
        """What was sent and is not in the chat goes back to where it was written."""
        if session_id == self.session_id and session_id in self._sent and not self.generating:
            self.sent_back.emit(self._sent.pop(session_id))

    def _settle(self, session_id: str, reply: MessageRecord) -> None:
        """A reply has ended: show it as it is stored."""
        if session_id == self.session_id and not self._opening:
            self._path.replace(reply)
            self.row_updated.emit(self._streams.row(reply))
            self.stream_ended.emit(reply.id)
            self.reply_finished.emit(reply)
            self.path_changed.emit()

    # reading and writing

    def _on_opened(self, read: OpenedChat) -> None:
        session, path, rows, attachments = read
        if session.id != self._opening:
            return
        same = session.id == self.session_id
        self._opening = ""
        self._session, self._path.records = session, path
        self._streams.forget_pending()
        self._saving.adopt(session.settings, same_chat=same)
        if not same:
            self.set_dropped(frozenset())
        written = self._streams.of(session.id)
        live = [(at, record) for at, record in enumerate(path) if record.id in written] if written else []
        for position, record in live:
            rows[position] = self._streams.row(record)
        if same:
            self.rows_replaced.emit(rows)
        else:
            self.opened.emit(session, rows)
            self.draft_loaded.emit(session.draft, attachments)
            self.settings_changed.emit(self.settings)
        for _position, record in live:
            self.stream_begun.emit(record.id)
        self._give_back(session.id)
        self._announce()
        self._announce_heading()
        self.path_changed.emit()
        then, self._after_opening = self._after_opening, None
        if then is not None:
            then()

    def _on_store_changed(self, change: Change) -> None:
        if change.area != "sessions" or self.session_id not in change.ids:
            return
        session_id = self.session_id

        def done(session: SessionRecord) -> None:
            if session.id == self.session_id:
                self._session = session
                self._announce_heading()

        self._access.run(lambda store: store.sessions.get(session_id), done, self.failed.emit)

    # rows

    def _append(self, record: MessageRecord) -> None:
        self._path.records.append(record)
        self.row_added.emit(self._streams.row(record))

    def _place_reply(self, reply: MessageRecord) -> None:
        placed = self._path.place_reply(reply)
        if placed.cut:
            self.rows_replaced.emit([self._streams.row(each) for each in self.path])
        elif placed.instead_of:
            self.row_swapped.emit(placed.instead_of, self._streams.row(reply))
        else:
            self.row_added.emit(self._streams.row(reply))

    # telling

    def _announce(self) -> None:
        self.generating_changed.emit(self.generating)
        self.live_changed.emit(self.live_sessions())
        self.history_changed.emit(self._path.last_sent(_HISTORY))

    def _announce_heading(self) -> None:
        if self._session is not None:
            self.heading_changed.emit(self._session.title or self.tr("New chat"), self._path.turns())
