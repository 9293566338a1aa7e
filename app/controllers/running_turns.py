"""Replies that are being asked for or written, one for each chat at most."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.bridge.background import StoreAccess
from engine.chat.turn import Turn
from engine.protocol.inspection import TapSpec
from engine.sampling.params import SamplingParams


class RunningTurns(QObject):
    """By chat. GUI thread only."""

    changed = Signal()
    failed = Signal(str, object)
    """A turn did not even begin: its chat, and why."""

    def __init__(self, access: StoreAccess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._access = access
        self._turns: dict[str, Turn] = {}
        self._starting: set[str] = set()

    def __contains__(self, session_id: str) -> bool:
        return session_id in self._turns or session_id in self._starting

    def sessions(self) -> frozenset[str]:
        """Chats with a running reply."""
        return frozenset(self._turns) | frozenset(self._starting)

    def begin(self, session_id: str, start: Callable[[], Turn], flush: Callable[[], None]) -> None:
        """Start as soon as the store is done with what `flush` gives it: the turn reads settings fresh."""
        if not session_id or session_id in self:
            return
        self._starting.add(session_id)
        self.changed.emit()
        flush()

        def begin(_nothing: None) -> None:
            if session_id in self._starting:
                self._turns[session_id] = start()
                self._starting.discard(session_id)
                self.changed.emit()

        self._access.run(lambda _store: None, begin, lambda error: self._abandon(session_id, error))

    def end(self, session_id: str) -> None:
        self._turns.pop(session_id, None)
        self._starting.discard(session_id)

    def stop(self, session_id: str) -> None:
        """End a reply; what it has stays."""
        if session_id in self._turns:
            self._turns[session_id].cancel()

    def update_sampling(self, session_id: str, sampling: SamplingParams) -> None:
        if session_id in self._turns:
            self._turns[session_id].update_sampling(sampling)

    def update_taps(self, taps: TapSpec | None) -> None:
        """Of all running replies."""
        for turn in self._turns.values():
            turn.update_taps(taps)

    def _abandon(self, session_id: str, error: Exception) -> None:
        self._starting.discard(session_id)
        self.failed.emit(session_id, error)
