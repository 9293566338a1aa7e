"""The network ledger: every connection that the program has made, and why."""

from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.pages.settings.work import Work
from app.theme.theme import Theme
from app.widgets import numbers
from app.widgets.data_table import FAINT_ROLE, DataTable
from app.widgets.dialogs.room import open_as_large_as
from app.widgets.empty_state import EmptyState
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.network.ledger import Entry, Ledger, to_csv

Index = QModelIndex | QPersistentModelIndex


class LedgerModel(QAbstractTableModel):
    """Newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        """Those that are shown."""
        self._all: list[Entry] = []
        self._words: tuple[str, ...] = ()

    def set_entries(self, entries: list[Entry]) -> None:
        self._all = entries
        self._fill()

    def set_filter(self, text: str) -> None:
        """Show those with all of these words in host or reason."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._fill()

    def total(self) -> int:
        """How many there are, shown or not."""
        return len(self._all)

    def _fill(self) -> None:
        # There can be tens of thousands, to few hosts and for few reasons: each text is made once.
        fits: dict[tuple[str, str, str], bool] = {}
        shown = []
        for entry in self._all:
            key = (entry.host, entry.purpose, entry.subject)
            if key not in fits:
                text = f"{self._text(entry, 2)} {self._text(entry, 3)}".casefold()
                fits[key] = all(word in text for word in self._words)
            if fits[key]:
                shown.append(entry)
        self.beginResetModel()
        self.entries = shown
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.entries)

    def columnCount(self, _parent: Index | None = None) -> int:
        return 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("When"), self.tr("Received"), self.tr("Host"), self.tr("Why"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == FAINT_ROLE:
            return entry.local
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(entry, index.column())
        return None

    def _text(self, entry: Entry, column: int) -> str:
        if column == 0:
            moment = QDateTime.fromMSecsSinceEpoch(entry.ms)
            return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        if column == 1:
            return numbers.size(entry.received) if entry.received >= 0 else self.tr("no answer")
        if column == 2:
            return self.tr("{host} (this machine)").format(host=entry.host) if entry.local else entry.host
        return self._why(entry)

    def _why(self, entry: Entry) -> str:
        match entry.purpose:
            case "endpoint":
                return self.tr("An endpoint that you added")
            case "hub_search":
                return self.tr("You searched for models")
            case "hub_files":
                return self.tr("What {repository} offers").format(repository=entry.subject)
            case "hub_download":
                return self.tr("Download of {repository}").format(repository=entry.subject)
            case "addon" | "update" | "cluster":
                return {
                    "addon": self.tr("Installation of an add-on"),
                    "update": self.tr("You asked for a newer release"),
                    "cluster": self.tr("Training on a cluster"),
                }[entry.purpose]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == 1 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class LedgerDialog(QDialog):
    """Not modal."""

    cleared = Signal()

    def __init__(self, home: Path, theme: Theme, page: QWidget) -> None:
        super().__init__(page)
        self.setWindowTitle(self.tr("Connections"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_as_large_as(self, 820, 520)
        self._ledger = Ledger(home)
        self._work = Work(self)
        self.model = LedgerModel()
        self.model.setParent(self)
        self.table = DataTable(self.model, self.tr("Connections"), theme, {0: 150, 1: 100, 2: 250}, mono=(2,))
        self.empty = EmptyState(
            "network",
            self.tr("No connections"),
            self.tr(
                "Lathe has not contacted any machine. Searching for models or a chat with an endpoint would."
            ),
            theme,
        )
        self.nothing = EmptyState(
            "search-x",
            self.tr("No connection fits"),
            self.tr("Search for another host or another reason."),
            theme,
        )
        self.filter = TextField(
            self.tr("Search connections"),
            theme,
            placeholder=self.tr("Search by host, repository or reason"),
            icon_name="search",
        )
        self.filter.textChanged.connect(self._filter)
        self.found = TextLabel("", theme, role="fg3", size="xs")
        self.stack = QStackedWidget()
        for widget in (self.empty, self.table, self.nothing):
            self.stack.addWidget(widget)
        self.clear_button = TextButton(self.tr("Clear list"), theme, kind="ghost", icon_name="trash-2")
        self.clear_button.clicked.connect(self.clear)
        self.export_button = TextButton(self.tr("Export…"), theme, kind="ghost", icon_name="file-down")
        self.export_button.clicked.connect(self._choose_export)
        self._problem = TextLabel("", theme, role="error", wrap=True)
        self._problem.hide()
        self._build(theme)
        self.load()

    def load(self) -> None:
        """Read the ledger again."""
        self._work.run(self._ledger.read, self._take, self._failed)

    def clear(self) -> None:
        self._work.run(self._ledger.clear, lambda _nothing: self._take([]), self._failed)
        self.cleared.emit()

    def export(self, path: Path) -> None:
        """Those that are shown."""
        text = to_csv(self.model.entries)
        self._work.run(lambda: path.write_text(text, encoding="utf-8"), None, self._failed)

    def _choose_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Export the list"),
            str(Path.home() / "lathe-connections.csv"),
            self.tr("Tables (*.csv)"),
        )
        if path:
            self.export(Path(path))

    def _take(self, entries: list[Entry]) -> None:
        self.model.set_entries(entries)
        self.clear_button.setEnabled(bool(entries))
        self.filter.setEnabled(bool(entries))
        self._show()

    def _filter(self, text: str) -> None:
        self.model.set_filter(text)
        self._show()

    def _show(self) -> None:
        shown, total = len(self.model.entries), self.model.total()
        self.stack.setCurrentWidget(self.table if shown else self.nothing if total else self.empty)
        self.export_button.setEnabled(shown > 0)
        text = self.tr("{shown} of {total}").format(shown=numbers.whole(shown), total=numbers.whole(total))
        self.found.set_text(text if shown < total else "")
        self.found.setVisible(shown < total)

    def _failed(self, error: Exception) -> None:
        self._problem.set_text(str(error))
        self._problem.show()

    def _build(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        text = self.tr(
            "Written before each connection is made, on this machine only. What was sent and "
            "received is not in it."
        )
        column.addWidget(TextLabel(text, theme, wrap=True))
        search = QHBoxLayout()
        search.setSpacing(10)
        search.addWidget(self.filter, 1)
        search.addWidget(self.found)
        column.addLayout(search)
        column.addWidget(self.stack, 1)
        column.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        again = TextButton(self.tr("Read again"), theme, kind="ghost", icon_name="refresh-cw")
        again.clicked.connect(self.load)
        for button in (again, self.export_button, self.clear_button):
            foot.addWidget(button)
        foot.addStretch(1)
        close = TextButton(self.tr("Close"), theme)
        close.clicked.connect(self.close)
        foot.addWidget(close)
        column.addLayout(foot)
