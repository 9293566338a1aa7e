"""A finished comparison: the table of the models above, the text or the plots below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.panels.compare.columns import WIDTHS, columns, left_out
from app.panels.compare.names import joined
from app.panels.compare.plots import PlotsView
from app.panels.compare.token_view import TokenView
from app.panels.text_choice import text_name
from app.theme.theme import Theme
from app.widgets.data_table import ROW, DataTable
from app.widgets.hline import HLine
from app.widgets.icon_button import IconButton
from app.widgets.numbers import whole
from app.widgets.painting import SEMIBOLD
from app.widgets.row_table import RowTable
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.evaluate.comparison import Comparison
from engine.protocol.jobs import ModelCompared

TEXT, PLOTS = "text", "plots"
_MOST_ROWS = 6
_SIDE = 8
EXPORTS = ("md", "csv", "tokens", "png")


class ResultsView(QWidget):
    """Setters and signals only."""

    export_requested = Signal(str)
    """One of `EXPORTS`."""
    chat_requested = Signal(str)
    """Path of the model to talk to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.comparison: Comparison | None = None
        self.title = TextLabel("", theme, role="fg", size="m", weight=SEMIBOLD, elide=True)
        self._note = TextLabel("", theme, role="fg3", tabular=True, elide=True)
        self.switch = SegmentedControl(
            self.tr("Show below the table"), ((TEXT, self.tr("Text")), (PLOTS, self.tr("Plots"))), theme
        )
        self.switch.setFixedWidth(140)
        self.switch.set_current(TEXT)
        self.chat = TextButton(self.tr("Open in chat"), theme, icon_name="message-square")
        self.chat.setToolTip(self.tr("Talk to the model that is selected in the table"))
        self.export = IconButton("download", self.tr("Export the comparison…"), theme)
        self.rows: RowTable[ModelCompared] = RowTable(columns(()), self)
        self.table = DataTable(self.rows, self.tr("Models compared"), theme, WIDTHS, stretch=0)
        self.table.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.tokens = TokenView(theme)
        self.plots = PlotsView(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tokens)
        self._stack.addWidget(self.plots)
        self._build()
        self.switch.selected.connect(self.show_below)
        self.export.clicked.connect(self._show_exports)
        self.chat.clicked.connect(self._ask_chat)
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _old: self._on_row(current.row())
        )

    def set_comparison(self, comparison: Comparison, shares: Mapping[str, Sequence[float]]) -> None:
        """`shares`: the histogram of each model after the reference."""
        self.comparison = comparison
        about = comparison.about
        self.title.set_text(joined(comparison.models))
        note = self.tr("{scored} of {tokens} tokens of {text} scored, in chunks of {chunk}")
        self._note.set_text(
            note.format(
                scored=whole(comparison.places),
                tokens=whole(len(comparison.texts)),
                text=text_name(about.text) or self.tr("a text"),
                chunk=about.n_ctx or "?",
            )
        )
        self.rows.set_columns(columns(comparison.summary))
        self.rows.set_rows(comparison.summary)
        shown = min(len(comparison.summary), _MOST_ROWS)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + ROW * shown + 6)
        self.tokens.set_comparison(comparison)
        self.plots.set_comparison(comparison, shares)
        self.table.selectRow(len(comparison.summary) - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        spared = left_out(self.width() - 2 * _SIDE)
        for column in WIDTHS:
            self.table.setColumnHidden(column, column in spared)

    @property
    def note(self) -> str:
        """What was read, in words."""
        return self._note.full_text()

    def show_below(self, key: str) -> None:
        """The text or the plots."""
        self.switch.set_current(key)
        self._stack.setCurrentIndex((TEXT, PLOTS).index(key))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self._note)
        head.addLayout(words, 1)
        for widget in (self.switch, self.chat, self.export):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        table = QHBoxLayout()
        table.setContentsMargins(_SIDE, 0, _SIDE, 0)
        table.addWidget(self.table)
        column.addLayout(table)
        column.addSpacing(6)
        column.addWidget(HLine(self._theme))
        column.addWidget(self._stack, 1)

    def _on_row(self, row: int) -> None:
        """The selected model is the one whose differences are coloured."""
        if self.comparison is not None and row > 0:
            self.tokens.set_model(row)
        self.chat.setEnabled(row >= 0)

    def _ask_chat(self) -> None:
        rows = self.table.selected_rows()
        if rows:
            self.chat_requested.emit(self.rows.row(rows[0]).path)

    def _show_exports(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        texts = (
            self.tr("Report (Markdown)…"),
            self.tr("Models (CSV)…"),
            self.tr("Every token (CSV)…"),
            self.tr("Picture (PNG)…"),
        )
        for kind, text in zip(EXPORTS, texts, strict=True):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, kind=kind: self.export_requested.emit(kind)
            )
        menu.popup(self.export.mapToGlobal(self.export.rect().bottomLeft()))
