"""The rows of the open data set, with filter and search."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.commands.registry import CommandRegistry
from app.pages.data.opened import CHECK_KINDS, OpenData, RowFilter
from app.pages.data.rows_model import RowsModel
from app.pages.data.words import check_word
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.empty_state import EmptyState
from app.widgets.numbers import whole
from app.widgets.reading_bar import ReadingBar
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from app.window.top_bar import TopBar
from engine.datasets.shelf import ROWS_NAME

PAUSE_MS = 200
_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".txt", ".md", ".text"))


class DataCentre(QWidget):
    """Top bar, filter row, table; files can be dropped on it."""

    files_dropped = Signal(list)
    filter_changed = Signal(object)
    """`RowFilter`."""
    row_chosen = Signal(int)
    """Number of the row in the file."""
    sample_requested = Signal()

    def __init__(self, model: RowsModel, registry: CommandRegistry, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._data: OpenData | None = None
        self._kind = "all"
        self.model = model
        self.setAcceptDrops(True)
        self.bar = TopBar(theme)
        self.open_file = TextButton(self.tr("Open a file…"), theme, icon_name="folder-open")
        self.from_chats = TextButton(self.tr("From chats…"), theme, icon_name="messages-square")
        self.bar.add(self.from_chats)
        self.bar.add(self.open_file)
        self.bar.add_region_buttons(registry)
        self.reading = ReadingBar(self.tr("Reading the rows"), theme)
        self._make_filter()
        self.table = self._make_table()
        self.empty = EmptyState(
            "database",
            self.tr("Rows to learn from"),
            self.tr(
                "Drop a JSON, JSONL, CSV, Parquet or text file here, make a data set of your own chats, or"
                " look at the sample: sixty answers of a lighthouse keeper. Files stay where they are."
            ),
            theme,
            action_text=self.tr("Open the sample"),
            action_icon="sparkles",
        )
        self.empty.action_requested.connect(self.sample_requested)
        self.nothing = EmptyState(
            "search-x", self.tr("No row fits"), self.tr("Search for something else, or show all rows."), theme
        )
        self.problem = EmptyState("file-warning", self.tr("This data set cannot be opened"), "", theme)
        self._stack = QStackedWidget()
        for widget in (self.empty, self.table, self.nothing, self.problem):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.reading)
        column.addWidget(self._filters)
        column.addWidget(self._stack, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.kind.selected.connect(self.set_kind)
        self.set_data(None)

    def set_data(self, data: OpenData | None, opening: str = "") -> None:
        """Another data set, or more that is known of it. `opening`: the name of one that is being read."""
        fresh = data is None or self._data is None or data.record.id != self._data.record.id
        self._data = data
        if fresh:
            self._kind = "all"
            self.field.blockSignals(True)
            self.field.clear()
            self.field.blockSignals(False)
        self.model.set_data(data)
        self._filters.setVisible(data is not None)
        if data is None:
            self.bar.set_heading(opening or self.tr("Data"))
            self._stack.setCurrentWidget(self.table if opening else self.empty)
            return
        path = Path(data.record.path)
        own = path.name == ROWS_NAME and path.parent.name == data.record.id
        self.bar.set_heading(data.record.name, "" if own else str(path.parent))
        self.kind.set_choices(self._kinds(data))
        self.kind.set_current(self._kind)
        self._set_widths()

    def show_problem(self, text: str) -> None:
        """In place of rows, why there are none."""
        self.problem.set_text(text)
        self._stack.setCurrentWidget(self.problem)

    def set_kind(self, kind: str) -> None:
        """Filter by a kind of rows; "" shows all."""
        self._kind = kind or "all"
        self.kind.set_current(self._kind)
        self._tell()

    def show_found(self, count: int) -> None:
        """After `RowsModel.set_rows`."""
        data = self._data
        if data is None:
            return
        all_rows = whole(len(data.index))
        text = self.tr("{found} of {all} rows").format(found=whole(count), all=all_rows)
        self._count.set_text(text if count != len(data.index) else self.tr("%Ln row(s)", "", count))
        self._stack.setCurrentWidget(self.table if count else self.nothing)
        if count:
            self.table.selectRow(0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(Path(url.toLocalFile()).suffix.lower() in _SUFFIXES for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _make_filter(self) -> None:
        theme = self._theme
        self.field = TextField(
            self.tr("Search the rows"),
            theme,
            placeholder=self.tr("Search the rows"),
            icon_name="search",
            height=30,
        )
        self.kind = Select(self.tr("Rows shown"), (), theme, height=30)
        self.kind.setFixedWidth(200)
        self._count = TextLabel("", theme, role="fg3", tabular=True)
        self._filters = QWidget()
        row = QHBoxLayout(self._filters)
        row.setContentsMargins(20, 12, 20, 8)
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.kind)
        row.addWidget(self._count)

    def _make_table(self) -> DataTable:
        table = DataTable(self.model, self.tr("Rows of the data set"), self._theme, {})
        table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(DataTable.ScrollMode.ScrollPerItem)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.selectionModel().currentRowChanged.connect(
            lambda current, _old: self.row_chosen.emit(self.model.number(current.row()))
        )
        return table

    def _set_widths(self) -> None:
        """Number and findings narrow, the texts share what is left."""
        columns = self.model.columnCount()
        room = max(420, self.table.viewport().width()) - 72 - 150
        wide = max(1, columns - 2)
        narrow = self._data is not None and self._data.mapping is not None and wide == 3
        for column in range(columns - 1):
            width = room // wide
            if column == 0:
                width = 72
            elif narrow and self._data is not None and self._data.mapping is not None:
                short = self._data.mapping.format != "preference"
                width = (80 if column == 3 else (room - 80) * (2 + column) // 7) if short else room // 3
            self.table.setColumnWidth(column, width)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type] # QResizeEvent
        self._set_widths()

    def _kinds(self, data: OpenData) -> list[tuple[str, str]]:
        """Those that have rows."""
        kinds = [("all", self.tr("All rows"))]
        kinds.append(("train", self.tr("Trained on")))
        kinds.append(("held_out", self.tr("Kept aside")))
        if data.new_rows.size:
            kinds.append(("new", self.tr("New in this version")))
        if data.checked is not None:
            found = {finding.kind for finding in data.checked.report.findings}
            kinds += [(kind, check_word(kind)) for kind in CHECK_KINDS if kind in found]
        return kinds

    def _tell(self) -> None:
        self._pause.stop()
        self.filter_changed.emit(RowFilter(self._kind, self.field.text().strip()))
