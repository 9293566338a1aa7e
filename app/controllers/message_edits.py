"""Changing messages of the open chat: edits, versions, deleting with a way back."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from app.bridge.background import StoreAccess
from app.controllers.sessions import Undoable
from engine.messages import Message, Part, TextPart
from engine.store.database import Store
from engine.store.records import MessageRecord, Rating, ReplyRecord


class OpenChat(Protocol):
    """What edits need to know of the chat, and what they ask of it."""

    @property
    def session_id(self) -> str: ...

    @property
    def path(self) -> list[MessageRecord]: ...

    @property
    def generating(self) -> bool: ...

    def record(self, message_id: str) -> MessageRecord | None: ...

    def open(self, session_id: str, then: Callable[[], None] | None = None) -> None: ...

    def reply(self) -> None: ...


class MessageEdits(QObject):
    """Every edit is written by the store's thread; the chat is read again when it is there."""

    undoable = Signal(object)
    failed = Signal(object)

    def __init__(self, access: StoreAccess, chat: OpenChat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._chat = chat

    def rate(self, message_id: str, rating: Rating) -> None:
        """A thumb up or down; the same one again takes it back."""
        record = self._chat.record(message_id)
        if record is None or self._chat.generating:
            return
        wanted: Rating = 0 if record.rating == rating else rating
        self._then_reload(self._chat.session_id, lambda store: store.messages.rate(message_id, wanted))

    def edit(self, message_id: str, text: str, mode: str) -> None:
        """Save an edit: “version”, “in_place”, or “answer” (a version, then a reply to it)."""
        record, session_id = self._chat.record(message_id), self._chat.session_id
        if record is None:
            return
        message = _with_text(record.message, text)

        def work(store: Store) -> None:
            if mode == "in_place":
                store.messages.replace(message_id, message, session_id=session_id)
            else:
                store.messages.add_version(message_id, message, session_id=session_id)

        then = self._chat.reply if mode == "answer" else None
        self._then_reload(session_id, work, then)

    def delete(self, message_id: str) -> None:
        """A message and what follows it, with a way back."""
        session_id = self._chat.session_id

        def work(store: Store) -> None:
            store.messages.delete(message_id, session_id=session_id)

        def restore(store: Store) -> None:
            store.messages.restore(message_id, session_id=session_id)

        def done(_nothing: None) -> None:
            self._chat.open(session_id)
            undo: Callable[[], None] = lambda: self._then_reload(session_id, restore)  # noqa: E731
            self.undoable.emit(Undoable(self.tr("The message and what follows it were deleted."), undo))

        self._access.run(work, done, self.failed.emit)

    def clear(self) -> None:
        """All messages away, with a way back."""
        if self._chat.path:
            self.delete(self._chat.path[0].id)

    def step_version(self, message_id: str, step: int) -> None:
        """The version before or after a message."""
        record = self._chat.record(message_id)
        if record is None or self._chat.generating:
            return
        position = record.version - 1 + step
        if 0 <= position < len(record.version_ids):
            self.select(record.version_ids[position])

    def select(self, message_id: str, then: Callable[[], None] | None = None) -> None:
        """Make the path run through a message (a search hit may lie on another version)."""
        session_id = self._chat.session_id
        self._then_reload(
            session_id, lambda store: store.messages.select(message_id, session_id=session_id), then
        )

    def inspect(self, message_id: str, done: Callable[[ReplyRecord | None], None]) -> None:
        """How a reply came about."""
        self._access.run(lambda store: store.messages.reply(message_id), done, self.failed.emit)

    def _then_reload(
        self, session_id: str, work: Callable[[Store], object], then: Callable[[], None] | None = None
    ) -> None:
        def done(_nothing: object) -> None:
            if session_id == self._chat.session_id:
                self._chat.open(session_id, then)

        self._access.run(work, done, self.failed.emit)


def _with_text(message: Message, text: str) -> Message:
    """The message with other words; thinking and attached files stay."""
    kept: tuple[Part, ...] = tuple(part for part in message.parts if not isinstance(part, TextPart))
    return Message(role=message.role, parts=(*kept, TextPart(text)))
