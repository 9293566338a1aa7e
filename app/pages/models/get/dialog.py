"""“Get models”: search a hub, look at what a repository offers, download it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.pages.models.get.offer import OfferView
from app.pages.models.get.search_bar import SearchBar
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.dialogs.room import open_as_large_as
from app.widgets.empty_state import EmptyState
from app.widgets.hline import HLine
from app.widgets.numbers import count, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.text_label import TextLabel
from engine.protocol.hub import HubModel


class GetModelsDialog(QDialog):
    """Widgets only; `app.pages.models.get.link` asks the hub. It does not stop the rest of the window."""

    repo_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Get models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_as_large_as(self, 1120, 680)
        self.setMinimumSize(680, 420)
        self.bar = SearchBar(theme)
        self.source = TextLabel("", theme, role="fg3", size="xs")
        self.problem = TextLabel("", theme, role="error", wrap=True)
        self.problem.hide()
        self.models: RowTable[HubModel] = RowTable(self._columns(), self)
        widths = {0: 280, 1: 86, 2: 84, 3: 60, 4: 96, 5: 96}
        self.table = DataTable(self.models, self.tr("Repositories"), theme, widths, stretch=0)
        self.offer = OfferView(theme)
        self._told = ""
        self.empty = EmptyState(
            "cloud-download",
            self.tr("Find a model"),
            self.tr(
                "Search a hub by name. You see sizes, licences and whether a model fits into this computer's"
                " memory before anything is downloaded. Nothing is asked until you press Search."
            ),
            theme,
        )
        self.nothing = EmptyState(
            "search-x",
            self.tr("Nothing was found"),
            self.tr("Write fewer words, or choose another format."),
            theme,
        )
        self.offline = EmptyState(
            "server-off",
            self.tr("Lathe works offline"),
            self.tr("No hub is asked until you allow it."),
            theme,
            action_text=self.tr("Change…"),
            action_icon="settings-2",
        )
        self._build()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._select())

    def show_models(self, models: Sequence[HubModel]) -> None:
        """The results of a search."""
        self.say("")
        self.models.set_rows(models)
        self.stack.setCurrentWidget(self.table if models else self.nothing)
        if models:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self.offer.show_nothing()

    def show_start(self, offline: bool) -> None:
        """Before anything was searched."""
        self.stack.setCurrentWidget(self.offline if offline else self.empty)

    def say(self, text: str) -> None:
        """What went wrong; "" takes it away."""
        self._told = ""
        self.problem.set_text(text)
        self.problem.setVisible(bool(text))

    def say_error(self, error: BaseException) -> None:
        told = describe(error)
        self.say(f"{told.message} {told.hint}")
        self._told = getattr(error, "code", "")

    def settle_error(self, code: str) -> None:
        """Take an error with this code away: it is past."""
        if self._told == code:
            self.say("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # A dialog presses its default button on Enter; here each part answers for itself.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    def _columns(self) -> tuple[TableColumn[HubModel], ...]:
        return (
            TableColumn(self.tr("Repository"), lambda each: each.repo),
            TableColumn(
                self.tr("Parameters"),
                lambda each: count(each.parameters) if each.parameters else "",
                number=True,
            ),
            TableColumn(self.tr("Downloads"), lambda each: whole(each.downloads), number=True),
            TableColumn(self.tr("Likes"), lambda each: whole(each.likes), number=True),
            TableColumn(self.tr("Licence"), self._license),
            TableColumn(self.tr("Updated"), lambda each: each.updated),
        )

    def _license(self, model: HubModel) -> str:
        if not model.gated:
            return model.license
        return self.tr("{license} (gated)").format(license=model.license)

    def _select(self) -> None:
        rows = self.table.selected_rows()
        if len(rows) == 1:
            self.repo_chosen.emit(self.models.row(rows[0]).repo)

    def _build(self) -> None:
        head = QHBoxLayout()
        title = self.tr("Get models")
        head.addWidget(TextLabel(title, self._theme, role="fg", size="l", weight=SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.source)
        self.stack = QStackedWidget()
        for page in (self.empty, self.nothing, self.offline, self.table):
            self.stack.addWidget(page)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(8)
        body.addWidget(self.stack)
        body.addWidget(self.offer)
        body.setStretchFactor(0, 5)
        body.setStretchFactor(1, 3)
        body.setSizes([690, 390])
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.bar)
        column.addWidget(self.problem)
        column.addWidget(HLine(self._theme))
        column.addWidget(body, 1)
        self.setFocusProxy(self.bar)
