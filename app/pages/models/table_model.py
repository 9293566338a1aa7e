"""The table of models: which rows are shown, in which order, and what stands in each cell."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QAbstractTableModel, QDateTime, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.i18n.errors import describe
from app.models.library_rows import Filter, LibraryRow, SortKey, shown_rows
from app.models.model_choices import short_count
from app.models.model_sources import ModelSources
from app.widgets.numbers import number_locale, size, whole
from engine.library.entries import ModelEntry
from engine.library.fit import Budget

Index = QModelIndex | QPersistentModelIndex
FitState = Literal["", "fits", "tight", "too_large"]
_TIGHT = 0.9


class Column(NamedTuple):
    """A column: what it sorts by, its heading, its width; `hidden` until the user wants it."""

    key: SortKey
    title: str
    width: int
    number: bool = False
    hidden: bool = False


class LibraryTableModel(QAbstractTableModel):
    """`set_*` may be called in any order; the rows are made anew where something that matters changed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = (
            Column("name", self.tr("Name"), 300),
            Column("architecture", self.tr("Architecture"), 92),
            Column("parameters", self.tr("Parameters"), 96, number=True),
            Column("quantization", self.tr("Quantization"), 92),
            Column("size", self.tr("Size"), 84, number=True),
            Column("context", self.tr("Context"), 76, number=True),
            Column("fit", self.tr("Memory"), 84),
            Column("source", self.tr("Found in"), 96, hidden=True),
            Column("modified", self.tr("Changed"), 80, hidden=True),
        )
        self._sources = ModelSources(self)
        self._all: Sequence[LibraryRow] = ()
        self._shown: list[LibraryRow] = []
        self._filter = Filter()
        self._tags: Mapping[str, tuple[str, ...]] = {}
        self._duplicates: Mapping[str, int] = {}
        self._budget = Budget(0, 0)
        self._current = ""
        self._key: SortKey = "name"
        self._descending = False
        self._number_of: dict[str, int] = {}
        self._texts: dict[str, tuple[str, ...]] = {}
        """What stands in the cells of a row, by its key: formatting takes longer than painting."""

    # what is shown

    def set_rows(self, rows: Sequence[LibraryRow]) -> None:
        if rows == self._all:
            return
        self._all = rows
        self._texts.clear()
        self._rebuild()

    def set_filter(self, wanted: Filter) -> None:
        if wanted != self._filter:
            self._filter = wanted
            self._rebuild()

    def set_tags(self, tags: Mapping[str, tuple[str, ...]]) -> None:
        self._tags = tags
        if self._filter.tag or self._filter.words:
            self._rebuild()
        else:
            self._repaint()

    def set_duplicates(self, freeable: Mapping[str, int]) -> None:
        """Paths of files that there are twice and more."""
        self._duplicates = freeable
        if self._filter.group == "duplicates":
            self._rebuild()

    def set_budget(self, budget: Budget) -> None:
        """What the memory column compares with."""
        if budget != self._budget:
            self._budget = budget
            self._texts.clear()
            self._repaint()

    def set_current(self, path_or_name: str) -> None:
        """The loaded model."""
        if path_or_name != self._current:
            self._current = path_or_name
            self._repaint()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        wanted = (self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
        if wanted != (self._key, self._descending):
            self._key, self._descending = wanted
            self._rebuild()

    @property
    def filter(self) -> Filter:
        return self._filter

    def row(self, number: int) -> LibraryRow | None:
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def number_of(self, key: str) -> int:
        """Where the row with this key is shown; -1: it is not."""
        return self._number_of.get(key, -1)

    def texts(self, row: LibraryRow) -> tuple[str, ...]:
        """What stands in its cells."""
        found = self._texts.get(row.key)
        if found is None:
            found = tuple(self._text(row, column.key) for column in self.columns)
            self._texts[row.key] = found
        return found

    def tags(self, row: LibraryRow) -> tuple[str, ...]:
        return self._tags.get(row.key, ())

    def is_current(self, row: LibraryRow) -> bool:
        return bool(self._current) and self._current == row.key

    def is_child(self, row: LibraryRow) -> bool:
        """Whether it stands under its base."""
        return bool(row.base_key) and row.base_key in self._number_of

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and column.key == "fit":
            return self.tr("What a load takes with the usual context, against the memory that is free now")
        return column.title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._shown[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts(row)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column.key)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column.key)
        return None

    def fit_state(self, entry: ModelEntry | None) -> FitState:
        """Whether the usual load of a model fits into what is free now."""
        if entry is None or entry.need_bytes <= 0 or self._budget.ram_total <= 0:
            return ""
        free = self._budget.ram_free + max(self._budget.vram_free, 0)
        if entry.need_bytes > free:
            return "too_large"
        return "tight" if entry.need_bytes > _TIGHT * free else "fits"

    def _text(self, row: LibraryRow, key: SortKey) -> str:  # noqa: PLR0911 - one return a column
        entry = row.entry
        if key == "name":
            return row.name
        if key == "source":
            return self._sources.name(row.source)
        if entry is None or entry.problem is not None:
            if entry is not None and key == "size" and entry.size_bytes:
                return size(entry.size_bytes)
            return ""
        match key:
            case "architecture":
                return entry.architecture
            case "parameters":
                return short_count(entry.parameters) if entry.parameters else ""
            case "quantization":
                return entry.quantization
            case "size":
                return size(entry.size_bytes)
            case "context":
                return whole(entry.context_length) if entry.context_length else ""
            case "fit":
                return self._fit_text(self.fit_state(entry))
            case "modified":
                return _date(entry.modified_ms)

    def _fit_text(self, state: FitState) -> str:
        words = {
            "": "",
            "fits": self.tr("fits"),
            "tight": self.tr("just fits"),
            "too_large": self.tr("too large"),
        }
        return words[state]

    def _tip(self, row: LibraryRow, key: SortKey) -> str | None:
        entry = row.entry
        if entry is None:
            return row.endpoint.base_url if row.endpoint is not None else None
        if entry.problem is not None:
            return describe(entry.problem.error()).message
        if key == "fit" and entry.need_bytes:
            return self.tr("Needs about {needed}; {free} is free.").format(
                needed=size(entry.need_bytes), free=size(self._budget.ram_free)
            )
        return entry.path if key == "name" else None

    def _spoken(self, row: LibraryRow, key: SortKey) -> str:
        text = self._text(row, key)
        if key != "name":
            return text
        said = [text]
        if row.entry is not None and row.entry.problem is not None:
            said.append(describe(row.entry.problem.error()).message)
        if self.is_current(row):
            said.append(self.tr("loaded"))
        return ", ".join([*said, *self.tags(row)])

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._shown = shown_rows(
            self._all, self._filter, self._tags, self._duplicates, self._key, self._descending
        )
        self._number_of = {row.key: number for number, row in enumerate(self._shown)}
        self.endResetModel()

    def _repaint(self) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


def reason(row: LibraryRow) -> str:
    """What is wrong with a file, to be read after its name; "" for one that is well."""
    problem = row.entry.problem if row.entry is not None else None
    if problem is None:
        return ""
    known = replace(problem, params={**problem.params, "path": row.name})
    return describe(known.error()).message.removeprefix(row.name).strip()


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _date(milliseconds: int) -> str:
    if not milliseconds:
        return ""
    locale = number_locale()
    when = QDateTime.fromMSecsSinceEpoch(milliseconds).date()
    return locale.toString(when, locale.FormatType.ShortFormat)
