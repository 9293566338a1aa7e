"""The models on this computer: found, tagged, compared with each other. Files are read on other threads."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background, StoreAccess
from app.bridge.engine_bridge import EngineBridge
from app.controllers.duplicate_search import DuplicateSearch
from app.models.library_rows import LibraryRow, group_rows, model_rows
from app.models.model_choices import ModelChoice
from engine.errors import UserError
from engine.library.details import ModelDetails, read_details
from engine.library.entries import ModelEntry
from engine.library.fingerprint import content_hash
from engine.library.fit import Budget, free_memory
from engine.library.scanning import ScanNews, scan_watched
from engine.protocol.events import Stats
from engine.protocol.values import LoadedModel
from engine.store.database import Store
from engine.store.records import ModelLoad, ModelTags

_WAIT_S = 0.002


@dataclass(frozen=True)
class _Listing:
    """What a scan told, made ready for the window off its thread."""

    kind: Literal["all", "more"]
    entries: tuple[ModelEntry, ...]
    rows: list[LibraryRow]
    choices: list[ModelChoice]


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
        self._stopped = False
        self._scanning = False
        self._quiet = 0
        self._has_grown = False
        self._again: Sequence[str] | None = None
        self._waiting: list[Callable[[], None]] = []
        """To be called when the scan is over that begins next, or that runs for them."""
        self._gpu = (0, 0)
        self.entries: tuple[ModelEntry, ...] = ()
        self.rows: list[LibraryRow] = []
        self.choices: list[ModelChoice] = []
        self.tags: dict[str, tuple[str, ...]] = {}
        """By path; only of files that are what they were when they got them."""
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
        known = self.entries
        paths = [Path(folder) for folder in folders]

        def work() -> None:
            def tell(news: ScanNews) -> None:
                self._bridge.call(self._take, _listing(news))

            scan_watched(self._home, paths, known, tell, self._has_to_stop)

        self._access.run(_read_tags, self._take_tags, self.failed.emit)
        self._background.run(work, lambda _nothing: self._end(waiting), self._broke)

    def close(self) -> None:
        """Stop scanning and hashing; the threads end soon."""
        self._stopped = True
        self.duplicates.stop()

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """While the window draws or sorts: a scan waits, for it would wait for the interpreter all the
        time.
        """
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    def _has_to_stop(self) -> bool:
        """Asked by the scan after each file, on its thread."""
        while self._quiet and not self._stopped:
            time.sleep(_WAIT_S)
        return self._stopped

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

    def _take(self, listing: _Listing) -> None:
        with self.quiet():
            if listing.kind == "all":
                self.entries, self.rows, self.choices = listing.entries, listing.rows, listing.choices
            else:
                self.entries += listing.entries
                self.rows = self.rows + listing.rows
                self.choices = self.choices + listing.choices
            first = self.entries[:1]
            self.has_starter = any(each.source == "starter" and each.problem is None for each in first)
            if listing.kind == "all":
                self._apply_tags()
                self.listed.emit()
            else:
                self._has_grown = True
                self.grown.emit()

    def _end(self, waiting: Sequence[Callable[[], None]]) -> None:
        with self.quiet():
            self._apply_tags()
            if self._has_grown:
                self._has_grown = False
                group_rows(self.rows)
                self.listed.emit()
        self._scanning = False
        self.scanning_changed.emit(False)
        self.duplicates.set_entries(self.entries)
        self._find_moved()
        for then in waiting:
            then()
        if self._again is not None:
            again, self._again = self._again, None
            self.refresh(again)

    def _broke(self, error: Exception) -> None:
        self._scanning = False
        self._again = None
        self._waiting.clear()
        self.scanning_changed.emit(False)
        self.failed.emit(error)

    def _on_event(self, event: object) -> None:
        if isinstance(event, Stats) and event.gpu_total_bytes > 0:
            self._gpu = (event.gpu_total_bytes, event.gpu_used_bytes)


def file_choice(entry: ModelEntry) -> ModelChoice:
    """A file of the library as something that can be picked."""
    return ModelChoice(
        key="starter" if entry.source == "starter" else entry.path,
        name=entry.name,
        kind="file",
        path=entry.path,
        quantization=entry.quantization,
        architecture=entry.architecture,
        parameters=entry.parameters,
        size_bytes=entry.size_bytes,
        context_length=entry.context_length,
        source=entry.source,
        usable=entry.format == "gguf" or (entry.format == "safetensors" and entry.kind != "decoder"),
        need_bytes=entry.need_bytes,
    )


def _listing(news: ScanNews) -> _Listing:
    choices = [file_choice(entry) for entry in news.entries if entry.problem is None]
    return _Listing(news.kind, news.entries, model_rows(news.entries), choices)


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
