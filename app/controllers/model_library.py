"""The models on this computer: found, tagged, compared with each other. Files are read on other threads."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.duplicate_search import DuplicateSearch
from app.controllers.library_scan import LibraryScan
from app.models.library_listing import Listing
from app.models.library_rows import LibraryRow, group_rows
from app.models.model_choices import ModelChoice
from engine.errors import BugError, UserError
from engine.library.details import ModelDetails, read_details
from engine.library.entries import ModelEntry
from engine.library.fingerprint import content_hash
from engine.library.fit import Budget, free_memory
from engine.library.job import decode_entries
from engine.protocol.events import Stats
from engine.protocol.jobs import JobEnd, JobFailed
from engine.protocol.library import ModelsListed
from engine.protocol.values import LoadedModel
from engine.store.database import Store
from engine.store.records import ModelLoad, ModelTags

_GROW_MS = 200
"""Rows that were found are shown at most this often; the first ones at once."""


class ModelLibrary(QObject):
    """GUI thread only. `refresh` looks for models; `close` ends what runs."""

    listed = Signal()
    """`entries`, `rows` and `choices` are others."""
    grown = Signal()
    """There are more of them, and a scan is still running."""
    scanning_changed = Signal(bool)
    tags_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        access: StoreAccess,
        background: Background,
        bridge: EngineBridge,
        home: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._access = access
        self._background = background
        self._bridge = bridge
        self._home = home
        self._scanning = False
        self._scan: LibraryScan | None = None
        self._gathered = Listing()
        """What the scan told and is not shown yet."""
        self._replaces = False
        """Whether the scan is telling a list that stands in for all that was told before,"""
        self._held_back = False
        """and whether it is shown only when it is whole, since another one is there."""
        self._has_grown = False
        self._growing = QTimer(self, interval=_GROW_MS, singleShot=True)
        self._growing.timeout.connect(self._grow)
        self._again: Sequence[str] | None = None
        self._waiting: list[Callable[[], None]] = []
        """To be called when the scan is over that begins next, or that runs for them."""
        self._gpu = (0, 0)
        self.entries: tuple[ModelEntry, ...] = ()
        self.rows: list[LibraryRow] = []
        self.choices: list[ModelChoice] = []
        self.tags: dict[str, tuple[str, ...]] = {}
        """By path; only of files that are what they were when they got them."""
        self.places: Counter[str] = Counter()
        """How many models each place has, also those that are left out."""
        self._left_out: frozenset[str] = frozenset()
        self._kept_tags: dict[str, ModelTags] = {}
        self._unsaved: dict[str, ModelTags] = {}
        self.has_starter = False
        self.duplicates = DuplicateSearch(access, background, bridge, self)
        bridge.engine_event.connect(self._on_event)

    @property
    def home(self) -> Path:
        """The folder of everything that Lathe keeps; its own models are in `models` there."""
        return self._home

    @property
    def scanning(self) -> bool:
        return self._scanning

    def leave_out(self, places: Iterable[str]) -> None:
        """Do not list what is in these places (values of `ModelSource`). `refresh` brings others back."""
        before, self._left_out = self._left_out, frozenset(places)
        if self._left_out - before and self.entries:
            kept, left_out = self.entries, self._left_out

            def without() -> Listing:
                listing = Listing()
                listing.add(kept, left_out)
                return listing

            self._background.run(without, self._take_kept, self.failed.emit)

    def refresh(self, folders: Sequence[str], then: Callable[[], None] | None = None) -> None:
        """Look for models. While that runs already, once more when it is over."""
        if then is not None:
            self._waiting.append(then)
        if self._scanning:
            self._again = folders
            return
        waiting, self._waiting = self._waiting, []
        self._scanning = True
        self.scanning_changed.emit(True)
        self._access.run(_read_tags, self._take_tags, self.failed.emit)
        self._scan = LibraryScan(
            self._home,
            self._background,
            self._bridge,
            folders,
            self.entries,
            self._take,
            lambda end: self._end(end, waiting),
        )

    def close(self) -> None:
        """Stop scanning and hashing."""
        if self._scan is not None:
            self._scan.cancel()
        self._growing.stop()
        self.duplicates.stop()

    def entry(self, path: str) -> ModelEntry | None:
        return next((each for each in self.entries if each.path == path), None)

    # one model

    def read_details(self, entry: ModelEntry, done: Callable[[ModelDetails, list[ModelLoad]], None]) -> None:
        """Its facts, lineage and loads; `done` is not called for what went wrong: that is in `problem`."""

        def loaded(details: ModelDetails) -> None:
            self._access.run(
                lambda store: store.library.loads(entry.path),
                lambda loads: done(details, loads),
                self.failed.emit,
            )

        self._background.run(lambda: read_details(entry, self._home), loaded, self.failed.emit)

    def budget(self, current: LoadedModel | None) -> Budget:
        """What may be used, when the loaded model makes room."""
        given_back = current.memory.taken if current is not None and current.memory is not None else 0
        total, used = self._gpu
        if current is not None and current.device == "CPU" and current.context.n_gpu_layers != 0:
            total = used = 0  # there is a GPU, and this build does not use it
        on_gpu = sum(
            each.nbytes
            for each in (current.memory.buffers if current and current.memory else ())
            if each.device != "CPU"
        )
        return free_memory(given_back - on_gpu)._replace(
            vram_total=total, vram_free=min(total, total - used + on_gpu)
        )

    # tags

    def set_tags(self, entry: ModelEntry, tags: Sequence[str]) -> None:
        """Replace the tags of a model. They belong to its content: another file at its place has none."""
        wanted = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
        unsaved = ModelTags(entry.path, "", entry.size_bytes, wanted)
        self._unsaved[entry.path] = unsaved
        self._kept_tags[entry.path] = unsaved
        self._apply_tags()

        def keep(fingerprint: str) -> None:
            record = replace(unsaved, fingerprint=fingerprint)
            self._access.run(lambda store: store.library.set_tags(record), saved, self.failed.emit)

        def saved(_nothing: None) -> None:
            if self._unsaved.get(entry.path) is unsaved:
                del self._unsaved[entry.path]

        self._background.run(lambda: content_hash(Path(entry.path)), keep, self.failed.emit)

    def _take_tags(self, records: list[ModelTags]) -> None:
        # What was set while these were read is newer.
        self._kept_tags = {record.path: record for record in records} | self._unsaved
        self._apply_tags()
        if not self._scanning:
            self._find_moved()

    def _apply_tags(self) -> None:
        sizes = {entry.path: entry.size_bytes for entry in self.entries}
        tags = {
            path: record.tags
            for path, record in self._kept_tags.items()
            if record.tags and sizes.get(path) == record.size_bytes
        }
        if tags != self.tags:
            self.tags = tags
            self.tags_changed.emit()

    def _find_moved(self) -> None:
        """Files that were tagged, and are gone from their place: look for them among files of that size."""
        there = {entry.path: entry.size_bytes for entry in self.entries}
        lost = [record for path, record in self._kept_tags.items() if there.get(path) != record.size_bytes]
        sizes = {record.size_bytes for record in lost}
        suspects = [
            entry.path
            for entry in self.entries
            if entry.size_bytes in sizes and entry.path not in self._kept_tags
        ]
        if not suspects:
            return

        def work() -> list[tuple[str, str]]:
            wanted = {record.fingerprint: record.path for record in lost}
            hashes = [(path, _hash_or_none(path)) for path in suspects]
            return [(wanted[found], path) for path, found in hashes if found in wanted]

        def moved(pairs: list[tuple[str, str]]) -> None:
            if pairs:
                self._access.run(partial(_move_tags, pairs), self._take_tags, self.failed.emit)

        self._background.run(work, moved, self.failed.emit)

    # a scan

    def _take_kept(self, listing: Listing) -> None:
        """Those that are left; how many the places have is known already."""
        listing.places = self.places
        self._replace(listing)
        self._apply_tags()
        self.listed.emit()

    def _take(self, news: ModelsListed) -> None:
        """A slice, so small that several of them fit into a frame."""
        if news.anew:
            self._gathered = Listing()
            self._replaces, self._held_back = True, bool(self.entries)
        self._gathered.add(decode_entries(news.entries), self._left_out)
        if self._replaces and not news.left:
            self._show_gathered()
            self._replaces, self._has_grown = False, False
            self._apply_tags()
            self.listed.emit()
        elif not self.entries:
            self._grow()
        elif not self._held_back and not self._growing.isActive():
            self._growing.start()

    def _grow(self) -> None:
        if self._gathered.entries and not self._held_back:
            self._show_gathered()
            self._has_grown = True
            self.grown.emit()

    def _show_gathered(self) -> None:
        self._growing.stop()
        gathered, self._gathered = self._gathered, Listing()
        if self._held_back:
            self._held_back = False
            self._replace(gathered)
            return
        self.entries += tuple(gathered.entries)
        self.rows = self.rows + gathered.rows
        self.choices = self.choices + gathered.choices
        self.places = self.places + gathered.places
        self._note_starter()

    def _replace(self, listing: Listing) -> None:
        self.entries, self.rows = tuple(listing.entries), listing.rows
        self.choices, self.places = listing.choices, listing.places
        self._note_starter()

    def _note_starter(self) -> None:
        first = self.entries[:1]
        self.has_starter = any(each.source == "starter" and each.problem is None for each in first)

    def _end(self, end: JobEnd | Exception, waiting: Sequence[Callable[[], None]]) -> None:
        self._scan = None
        self._growing.stop()
        if self._held_back:
            self._gathered, self._held_back = Listing(), False  # half a list is worse than the old one
        self._replaces = False
        if self._gathered.entries:
            self._show_gathered()
            self._has_grown = True
        self._apply_tags()
        if self._has_grown:
            self._has_grown = False
            self.rows = group_rows(self.rows)
            self.listed.emit()
        self._scanning = False
        self.scanning_changed.emit(False)
        if isinstance(end, JobFailed | Exception):
            self.failed.emit(_error(end))
        else:
            self.duplicates.set_entries(self.entries)
            self._find_moved()
        for then in waiting:
            then()
        if self._again is not None:
            again, self._again = self._again, None
            self.refresh(again)

    def _on_event(self, event: object) -> None:
        if isinstance(event, Stats) and event.gpu_total_bytes > 0:
            self._gpu = (event.gpu_total_bytes, event.gpu_used_bytes)


def _error(end: JobFailed | Exception) -> Exception:
    if isinstance(end, Exception):
        return end
    return UserError(end.code, **end.params) if end.code else BugError(end.report)


def _read_tags(store: Store) -> list[ModelTags]:
    return store.library.tags()


def _move_tags(pairs: Sequence[tuple[str, str]], store: Store) -> list[ModelTags]:
    """(old path, new path) each; all tags after it."""
    for old, new in pairs:
        store.library.move_tags(old, new)
    return store.library.tags()


def _hash_or_none(path: str) -> str | None:
    try:
        return content_hash(Path(path))
    except (UserError, OSError):
        return None
