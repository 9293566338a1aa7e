"""What the open chat is set to and the unsent draft: kept at once, saved after a pause."""

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge.background import StoreAccess
from engine.messages import AttachmentPart
from engine.store.database import Store
from engine.store.records import SessionSettings

_SAVE_DELAY_MS = 300
_DRAFT_DELAY_MS = 400
_DRAFT_FILES = "draft_files:"


def read_draft_files(store: Store, session_id: str) -> list[AttachmentPart]:
    """Files attached to a message that was not sent."""
    files: list[Any] = store.settings.get(_DRAFT_FILES + session_id, [])
    return msgspec.convert(files, list[AttachmentPart]) if files else []


class ChatSaving(QObject):
    """Settings and draft of one chat after the other. `session_id` says which one is open, "" for none."""

    settings_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self, access: StoreAccess, session_id: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._session_id = session_id
        self.settings = SessionSettings()
        self._dirty = False
        self._draft: tuple[str, tuple[AttachmentPart, ...]] | None = None
        self._settings_timer = self._timer(_SAVE_DELAY_MS, self._save_settings)
        self._draft_timer = self._timer(_DRAFT_DELAY_MS, self._save_draft)

    def adopt(self, settings: SessionSettings, *, same_chat: bool) -> None:
        """A chat was read; what waits to be saved of the same chat wins."""
        if not same_chat or not self._dirty:
            self.settings = settings

    def change(self, **fields: Any) -> None:
        """Replace fields of `SessionSettings`."""
        changed = msgspec.structs.replace(self.settings, **fields)
        if changed == self.settings:
            return
        self.settings = changed
        self._dirty = True
        self._settings_timer.start()
        self.settings_changed.emit(changed)

    def set_draft(self, text: str, attachments: tuple[AttachmentPart, ...]) -> None:
        """The composer's content changed."""
        self._draft = (text, attachments)
        self._draft_timer.start()

    def clear_draft(self) -> None:
        """The message was sent; saved with the next `flush`."""
        self._draft = ("", ())

    def flush(self) -> None:
        """Save at once what waits."""
        self._settings_timer.stop()
        self._save_settings()
        self._draft_timer.stop()
        self._save_draft()

    def _save_settings(self) -> None:
        session_id, settings = self._session_id(), self.settings
        if not self._dirty or not session_id:
            return
        self._dirty = False
        self._run(lambda store: store.sessions.set_settings(session_id, settings))

    def _save_draft(self) -> None:
        session_id = self._session_id()
        if self._draft is None or not session_id:
            return
        text, attachments = self._draft
        self._draft = None

        def work(store: Store) -> None:
            if store.sessions.get(session_id).draft != text:
                store.sessions.set_draft(session_id, text)
            key = _DRAFT_FILES + session_id
            files = msgspec.to_builtins(list(attachments))
            if store.settings.get(key, []) != files:
                store.settings.set(key, files)

        self._run(work)

    def _run(self, work: Callable[[Store], object]) -> None:
        self._access.run(work, None, self.failed.emit)

    def _timer(self, delay_ms: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        timer.timeout.connect(slot)
        return timer
