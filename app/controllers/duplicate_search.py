"""Looks for files with the same content, and remembers the hashes."""

import time
from collections.abc import Callable, Sequence
from threading import Event

from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from engine.errors import Cancelled
from engine.library.duplicates import Duplicates, Hashed, candidates, duplicates, hash_files, weight_files
from engine.library.entries import ModelEntry
from engine.store.records import FileHash

_TELL_S = 0.2


class DuplicateSearch(QObject):
    """`groups` are what is known; `search` reads what has to be read for more. Nothing is ever deleted."""

    changed = Signal()
    running_changed = Signal(bool)
    progressed = Signal(float, float)
    """Fraction of the bytes, seconds left (negative while nobody can tell)."""

    def __init__(
        self,
        access: StoreAccess,
        background: Background,
        bridge: EngineBridge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._background = background
        self._bridge = bridge
        self._entries: Sequence[ModelEntry] = ()
        self._stop = Event()
        self.running = False
        self.searched = False
        """Whether there has been a search, now or in an earlier run."""
        self.groups: list[Duplicates] = []
        self.freeable_of: dict[str, int] = {}
        """By path of a model: what copies of its files waste."""

    @property
    def freeable(self) -> int:
        """Bytes that would be free if one file of each group stayed."""
        return sum(group.freeable for group in self.groups)

    def copies_of(self, path: str) -> tuple[str, ...]:
        """The other places of what is in the model at this path."""
        found = [
            owner for group in self.groups if path in group.owners for owner in group.owners if owner != path
        ]
        return tuple(dict.fromkeys(found))

    def set_entries(self, entries: Sequence[ModelEntry]) -> None:
        """The library is new: apply what was hashed before."""
        self._entries = entries

        def known(hashes: list[FileHash]) -> None:
            self.searched = self.searched or bool(hashes)
            if hashes:
                self._background.run(lambda: duplicates(weight_files(entries), _known(hashes)), self._take)

        self._access.run(lambda store: store.library.hashes(), known)

    def search(self) -> None:
        """Hash what shares its size and a sample with another file. Cancel with `stop`."""
        if self.running:
            return
        self.running = True
        self._stop.clear()
        self.running_changed.emit(True)
        self._access.run(lambda store: store.library.hashes(), self._search, self._end)

    def stop(self) -> None:
        """What was hashed so far is kept."""
        self._stop.set()

    def _search(self, hashes: list[FileHash]) -> None:
        known = _known(hashes)
        entries = self._entries

        def work() -> tuple[list[Duplicates], list[FileHash]]:
            files = weight_files(entries)
            wanted = candidates(files, known)
            new: list[Hashed] = []
            try:
                teller = self._teller(sum(file.size for file in wanted))
                for each in hash_files(wanted, teller):
                    new.append(each)  # noqa: PERF402 - what is there stays when it is cancelled
            except Cancelled:
                pass
            records = [
                FileHash(each.file.path, each.file.size, each.file.mtime_ns, each.sha256) for each in new
            ]
            return duplicates(files, {**known, **_known(records)}), records

        def done(result: tuple[list[Duplicates], list[FileHash]]) -> None:
            groups, records = result
            if records:
                self._access.run(lambda store: store.library.save_hashes(records))
            self.searched = True
            self._end()
            self._take(groups)

        self._background.run(work, done, self._end)

    def _teller(self, total: int) -> Callable[[int], bool]:
        """Told on the thread that hashes how many bytes are read; answers whether to go on."""
        began = time.monotonic()
        told = began

        def tell(done: int) -> bool:
            nonlocal told
            now = time.monotonic()
            if now - told > _TELL_S:
                told = now
                left = (now - began) / done * (total - done) if done else -1.0
                self._bridge.call(self._tell, (done / max(total, 1), left))
            return not self._stop.is_set()

        return tell

    def _take(self, groups: list[Duplicates]) -> None:
        self.groups = groups
        self.freeable_of = {owner: group.freeable for group in groups for owner in group.owners}
        self.changed.emit()

    def _end(self, _error: Exception | None = None) -> None:
        self.running = False
        self.running_changed.emit(False)

    def _tell(self, progress: tuple[float, float]) -> None:
        self.progressed.emit(*progress)


def _known(hashes: Sequence[FileHash]) -> dict[str, tuple[int, int, str]]:
    return {each.path: (each.size_bytes, each.mtime_ns, each.sha256) for each in hashes}
