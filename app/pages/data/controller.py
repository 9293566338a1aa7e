"""Data sets as the page works on them: the shelf, the one that is open, its filter, and rows as trained."""

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from app.bridge.background import Background, StoreAccess
from app.controllers.asking import Asking
from app.controllers.jobs import JobsController
from app.pages.data.opened import OpenData, RowFilter
from app.pages.data.opening import error_of, prepare_small
from app.pages.data.renderer import RowOptions, RowRenderer
from engine.datasets.chats import ChatRows, write_chats
from engine.datasets.checks import Checked, load_checks
from engine.datasets.index import index_folder, open_index
from engine.datasets.mapping import ColumnMapping
from engine.datasets.search import search_rows
from engine.datasets.shelf import DataSet, DataShelf
from engine.datasets.split import Split, split_rows
from engine.errors import UserError
from engine.protocol.data import DataChecked, DataMeasured, DataRead, MeasureDataJob, PrepareDataJob
from engine.protocol.jobs import JobEvent, JobFailed, JobStep
from engine.store.database import Store


class DataController(QObject):
    """GUI thread only. Whatever touches files runs in the background or in a process of its own."""

    sets_changed = Signal(list)
    """All `DataSet`s, newest first."""
    opened = Signal(object)
    """`OpenData` as far as it is known, again with each thing that is found out; None: nothing is open."""
    progressed = Signal(str, object)
    """What runs (read, check, measure) and the share that is done; "" and None: nothing."""
    rows_found = Signal(object)
    """Numbers of the rows that pass the filter."""
    unreadable = Signal(object)
    """Why the chosen data set cannot be opened."""
    failed = Signal(object)

    def __init__(
        self,
        home: Path,
        jobs: JobsController,
        access: StoreAccess,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._home = home
        self._jobs = jobs
        self._access = access
        self._background = background
        self._shelf = DataShelf(home)
        self.renderer = RowRenderer(home, background, self)
        self._sets: list[DataSet] = []
        self._chosen = ""
        self._data: OpenData | None = None
        self._asking: Asking | None = None
        self._filter = RowFilter()
        self._options = RowOptions()
        self._turn = 0
        """Counts what was asked; answers to earlier questions are dropped."""
        self._read_turn = -1
        self._searching = 0
        self._row = -1

    @property
    def data(self) -> OpenData | None:
        return self._data

    @property
    def sets(self) -> list[DataSet]:
        return list(self._sets)

    @property
    def chosen(self) -> str:
        """Id of the data set that is open or being opened."""
        return self._chosen

    @property
    def filter(self) -> RowFilter:
        return self._filter

    @property
    def options(self) -> RowOptions:
        return self._options

    def close(self) -> None:
        """Stop everything; the worker ends."""
        self._turn += 1
        self._searching += 1
        if self._asking is not None:
            self._asking.cancel()
        self.renderer.close()

    # the shelf

    def start(self) -> None:
        """Read the list; the newest is opened."""

        def read() -> list[DataSet]:
            self._shelf.purge()
            return self._shelf.list()

        def show(sets: list[DataSet]) -> None:
            self._take_sets(sets)
            if sets and not self._chosen:
                self.select(sets[0].id)

        self._background.run(read, show, self.failed.emit)

    def add(self, path: str, name: str = "") -> None:
        """Put a file on the shelf and open it."""
        self._background.run(lambda: self._shelf.add(Path(path), name), self._added, self.failed.emit)

    def add_sample(self, source: str, name: str) -> None:
        """Open the copy of a bundled file; one comes onto the shelf where it is not there yet."""

        def work() -> DataSet:
            there = next((one for one in self._shelf.list() if one.name == name), None)
            if there is not None:
                return there
            set_id, target = self._shelf.new_folder()
            target.write_bytes(Path(source).read_bytes())
            return self._shelf.adopt(set_id, name)

        self._background.run(work, self._added, self.failed.emit)

    def add_chats(self, session_ids: list[str], kind: ChatRows, name: str) -> None:
        """Make a data set of chats and open it."""

        def write(store: Store) -> DataSet:
            set_id, target = self._shelf.new_folder()
            try:
                write_chats(store, session_ids, kind, target)
            except UserError:
                target.parent.rmdir()
                raise
            return self._shelf.adopt(set_id, name)

        self._access.run(write, self._added, self.failed.emit)

    def remove(self, set_id: str) -> None:
        """Take a data set off the shelf; the file stays."""

        def done(_nothing: None) -> None:
            self._take_sets([one for one in self._sets if one.id != set_id])
            if self._chosen == set_id:
                self.select(self._sets[0].id if self._sets else "")

        self._background.run(lambda: self._shelf.remove(set_id), done, self.failed.emit)

    def restore(self, set_id: str) -> None:
        """Undo `remove`."""

        def work() -> list[DataSet]:
            self._shelf.restore(set_id)
            return self._shelf.list()

        def done(sets: list[DataSet]) -> None:
            self._take_sets(sets)
            self.select(set_id)

        self._background.run(work, done, self.failed.emit)

    def set_mapping(self, mapping: ColumnMapping | None) -> None:
        """Say what the columns mean; None: as their names say."""
        if self._data is not None:
            record = msgspec.structs.replace(self._data.record, mapping=mapping)
            self._save(record)
            self._open(record)

    def set_split(self, held_out: float, seed: int) -> None:
        """Keep another share of the rows aside."""
        data = self._data
        if data is None:
            return
        record = msgspec.structs.replace(data.record, held_out=held_out, seed=seed)
        self._save(record)

        def take(split: Split) -> None:
            if self._data is not None and self._data.index is data.index:
                self._show(replace(self._data, record=record, split=split))
                if self._filter.kind in ("train", "held_out"):
                    self._search()

        self._background.run(lambda: split_rows(data.index.hashes, held_out, seed), take, self.failed.emit)

    # the open one

    def select(self, set_id: str) -> None:
        """Open a data set; "" closes."""
        record = next((one for one in self._sets if one.id == set_id), None)
        self._chosen = set_id
        self._filter = RowFilter()
        if record is None:
            self._stop()
            self._show(None)
            return
        self._open(record)

    def reload(self) -> None:
        """Read the file again, where it has changed."""
        self.select(self._chosen)

    def stop(self) -> None:
        """Stop what reads or checks; what is known stays."""
        self._stop()

    def set_filter(self, row_filter: RowFilter) -> None:
        """Show other rows; `rows_found` follows."""
        self._filter = row_filter
        self._search()

    def set_options(self, options: RowOptions) -> None:
        """Train otherwise: the row is rendered again, and lengths are measured where they change."""
        before, self._options = self._options, options
        again = (before.model, before.answer_only) != (options.model, options.answer_only)
        if again and self._data is not None:
            self._show(replace(self._data, measured=None))
            self._measure()
        self.render(self._row)

    def render(self, number: int) -> None:
        """Ask for a row as trained; only the last one asked for is answered."""
        self._row = number
        dataset = self._data.dataset if self._data is not None else None
        if dataset is not None and number >= 0 and self._options.model:
            self.renderer.ask(dataset, number, self._options)

    # steps

    def _added(self, record: DataSet) -> None:
        self._take_sets([record, *(one for one in self._sets if one.id != record.id)])
        self.select(record.id)

    def _take_sets(self, sets: list[DataSet]) -> None:
        self._sets = sets
        self.sets_changed.emit(sets)

    def _save(self, record: DataSet) -> None:
        self._take_sets([record if one.id == record.id else one for one in self._sets])
        self._background.run(lambda: self._shelf.save(record), None, self.failed.emit)

    def _stop(self) -> None:
        self._turn += 1
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self.progressed.emit("", None)

    def _open(self, record: DataSet) -> None:
        self._stop()
        turn = self._turn
        if self._data is not None and self._data.record.id != record.id:
            self._show(None)
        mapping = msgspec.json.encode(record.mapping).decode() if record.mapping is not None else ""
        job = PrepareDataJob(record.path, str(self._home), mapping)
        self.progressed.emit("read", 0.0)

        def go_on(events: list[JobEvent] | None) -> None:
            if turn != self._turn:
                return
            if events is None:
                self._asking = self._jobs.ask(job, lambda event: self._on_prepare(turn, record, event))
            for event in events or ():
                self._on_prepare(turn, record, event)

        self._background.run(lambda: prepare_small(job), go_on, self.failed.emit)

    def _on_prepare(self, turn: int, record: DataSet, event: JobEvent) -> None:
        if turn != self._turn:
            return
        match event:
            case JobStep(fraction=fraction, label=label):
                self.progressed.emit(label, fraction)
            case DataRead(mapping=mapping):
                self._background.run(
                    lambda: self._read(record, mapping),
                    lambda data: self._on_read(turn, data),
                    self.failed.emit,
                )
            case DataChecked():
                self.progressed.emit("", None)
                self._take_checks(turn)
            case JobFailed(code="cancelled"):
                self.progressed.emit("", None)
            case JobFailed():
                self.progressed.emit("", None)
                if event.code not in ("data.columns", "data.no_column"):  # those are asked in the inspector
                    self._show(None)
                    self.unreadable.emit(error_of(event))
            case _:
                pass

    def _read(self, record: DataSet, mapping: str) -> OpenData:
        """On a background thread."""
        path = Path(record.path)
        index = open_index(index_folder(self._home, path), path)
        if index is None:
            raise UserError("data.changed", path=path)
        record = self._shelf.note_version(record, index)
        return OpenData(
            record=record,
            index=index,
            mapping=msgspec.json.decode(mapping, type=ColumnMapping) if mapping else None,
            split=split_rows(index.hashes, record.held_out, record.seed),
            new_rows=self._shelf.new_rows(record, index),
        )

    def _on_read(self, turn: int, data: OpenData) -> None:
        if turn != self._turn:
            return
        self._read_turn = turn
        self._take_sets([data.record if one.id == data.record.id else one for one in self._sets])
        self._show(data)
        self._search()
        if self._asking is None or self._asking.ended:
            self._take_checks(turn)

    def _take_checks(self, turn: int) -> None:
        dataset = self._data.dataset if self._data is not None else None
        if dataset is None or self._read_turn != turn:
            return  # not read yet: `_on_read` asks again

        def take(checked: Checked | None) -> None:
            if turn == self._turn and self._data is not None and checked is not None:
                self._show(replace(self._data, checked=checked))
                if self._filter.kind not in ("all", "train", "held_out", "new"):
                    self._search()
                self._measure()

        self._background.run(lambda: load_checks(dataset), take, self.failed.emit)

    def _measure(self) -> None:
        data, options = self._data, self._options
        if data is None or data.mapping is None or not options.model or data.checked is None:
            return
        self._stop()
        turn = self._turn
        job = MeasureDataJob(
            source=data.record.path,
            home=str(self._home),
            model=options.model,
            mapping=msgspec.json.encode(data.mapping).decode(),
            answer_only=options.answer_only,
        )
        self.progressed.emit("measure", 0.0)
        self._asking = self._jobs.ask(job, lambda event: self._on_measure(turn, event))

    def _on_measure(self, turn: int, event: JobEvent) -> None:
        if turn != self._turn or self._data is None:
            return
        if isinstance(event, JobStep):
            self.progressed.emit("measure", event.fraction)
            return
        self.progressed.emit("", None)
        if isinstance(event, DataMeasured):
            self._show(replace(self._data, measured=event))
        elif isinstance(event, JobFailed) and event.code != "cancelled":
            self.failed.emit(error_of(event))

    def _show(self, data: OpenData | None) -> None:
        self._data = data
        self.opened.emit(data)

    def _search(self) -> None:
        data, row_filter = self._data, self._filter
        if data is None:
            return
        self._searching += 1
        turn = self._searching

        def work() -> NDArray[np.int64] | None:
            base = row_filter.base(data)
            if not row_filter.text:
                return base
            found = search_rows(data.index, row_filter.text, lambda: turn != self._searching)
            return None if found is None else np.intersect1d(base, found, assume_unique=True)

        def done(found: NDArray[np.int64] | None) -> None:
            if turn == self._searching and found is not None:
                self.rows_found.emit(found)

        self._background.run(work, done, self.failed.emit)
