"""What is in the context: tokens, KV bytes and received attention of every message, and what was left out."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.models.transcript_rows import author_of
from app.panels.context_xray.values import ContextRow, ContextSheet
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.empty_state import EmptyState
from app.widgets.legend import LegendEntry
from app.widgets.meter import Meter
from app.widgets.numbers import UNKNOWN, decimal, size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.reading_bar import ReadingBar
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

ROLES = (("system", "info"), ("user", "accent"), ("assistant", "ok"), ("tool", "warn"), ("template", "fg3"))
WIDTHS = {0: 96, 1: 330, 2: 76, 3: 110, 4: 84, 5: 130, 6: 96, 7: 84}


class ContextXrayView(QWidget):
    """Shows a `ContextSheet`."""

    read_requested = Signal()
    cancel_requested = Signal()
    message_opened = Signal(str)
    first_token_changed = Signal(bool)
    """Whether the first token is left out of the sums."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheet: ContextSheet | None = None
        self.setAccessibleName(self.tr("Context X-ray"))
        self._make_controls()
        self.model = self._make_model()
        self.table = DataTable(self.model, self.tr("Messages in the context"), theme, WIDTHS, stretch=1)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self.empty = EmptyState(
            "scan-text",
            self.tr("What the context is made of"),
            self.tr(
                "Every message takes room in the KV cache and receives attention while a reply is written."
                " Load a model and send a message to see how much, and what no longer fits."
            ),
            theme,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._make_body())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reading)
        column.addWidget(self._stack, 1)
        self.set_sheet(None)

    # setters

    def set_sheet(self, sheet: ContextSheet | None) -> None:
        """Another state of the chat; None without a model or a chat."""
        self._sheet = sheet
        shown = sheet is not None and bool(sheet.rows)
        self._stack.setCurrentIndex(1 if shown else 0)
        if sheet is None or not shown:
            self.model.set_rows(())
            return
        at = self.table.currentIndex().row()
        scrolled = self.table.verticalScrollBar().value()
        self.model.set_rows(sheet.rows)
        if 0 <= at < len(sheet.rows):
            self.table.selectRow(at)
        self.table.verticalScrollBar().setValue(scrolled)
        self._show_sums(sheet)

    def set_can_read(self, possible: bool, reason: str) -> None:
        """Whether the attention of the reply can be read; else why not."""
        self.read.setEnabled(possible)
        self._note.set_text(reason)

    def set_reading(self, fraction: float | None) -> None:
        """Progress from 0 to 1; None when nothing is being read."""
        self.reading.set_fraction(fraction)

    # building

    def _make_controls(self) -> None:
        theme = self._theme
        self.reading = ReadingBar(self.tr("Reading the text once more…"), theme)
        self.reading.cancelled.connect(self.cancel_requested)
        self._sums = TextLabel("", theme, role="fg", size="m", weight=SEMIBOLD, tabular=True)
        self._left_out = TextLabel("", theme, role="warn", tabular=True)
        self._note = TextLabel("", theme, role="fg3", size="xs", elide=True)
        self.meter = Meter(self.tr("Context"), theme, height=8)
        self.first = Switch(self.tr("Count the first token"), theme)
        self.first.setChecked(True)
        self.first.toggled.connect(lambda counted: self.first_token_changed.emit(not counted))
        self.read = TextButton(self.tr("Read attention"), theme, icon_name="scan-eye")
        self.read.clicked.connect(self.read_requested)
        self.reading.set_starters(self.read)

    def _make_body(self) -> QWidget:
        theme = self._theme
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sums)
        head.addWidget(self._left_out)
        head.addWidget(self._note, 1)
        head.addWidget(self.first)
        head.addWidget(TextLabel(self.tr("Count the first token"), theme))
        head.addWidget(self.read)
        legend = QHBoxLayout()
        legend.setSpacing(14)
        names = {
            "system": self.tr("System"),
            "user": self.tr("You"),
            "assistant": self.tr("Replies"),
            "tool": self.tr("Tools"),
            "template": self.tr("Template"),
        }
        self._legend = {key: LegendEntry(names[key], role, theme) for key, role in ROLES}
        for entry in self._legend.values():
            legend.addWidget(entry)
        legend.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.meter)
        column.addLayout(legend)
        column.addWidget(self.table, 1)
        return page

    def _make_model(self) -> RowTable[ContextRow]:
        first = self.tr(
            "The share of the reply's attention, averaged over heads, layers and tokens. The first token"
            " of a text often collects attention that nothing else got."
        )
        return RowTable[ContextRow](
            (
                TableColumn(self.tr("From"), self._author),
                TableColumn(self.tr("Message"), self._text),
                TableColumn(self.tr("Tokens"), lambda row: whole(row.share.tokens), True),
                TableColumn(self.tr("KV cache"), lambda row: size(row.share.kv_bytes), True),
                TableColumn(self.tr("Share"), self._share_text, True, self._share),
                TableColumn(self.tr("Attention"), _attention_text, True, self._attention_bar, first),
                TableColumn(
                    self.tr("Per token"), self._per_token, True, None,
                    self.tr("Attention for each token; 1 is the average of the context"),
                ),
                TableColumn("", self._state),
            ),
            self,
            is_faint=lambda row: row.share.dropped,
        )  # fmt: skip

    # how rows are written

    def _author(self, row: ContextRow) -> str:
        return author_of(row.role, "") if row.role is not None else self.tr("Template")

    def _text(self, row: ContextRow) -> str:
        if row.role is None:
            return self.tr("What the chat template puts around the messages")
        return row.text if row.message_id else self.tr("Not sent yet: {text}").format(text=row.text)

    def _share(self, row: ContextRow) -> float | None:
        if self._sheet is None or row.share.dropped:
            return None
        return row.share.tokens / max(1, self._sheet.tokens)

    def _share_text(self, row: ContextRow) -> str:
        share = self._share(row)
        return _percent(share) if share is not None else UNKNOWN

    def _attention_bar(self, row: ContextRow) -> float | None:
        return row.attention

    def _per_token(self, row: ContextRow) -> str:
        if row.attention is None or not row.share.tokens or self._sheet is None:
            return UNKNOWN
        return f"× {decimal(row.share.per_token * self._sheet.tokens, 2)}"

    def _state(self, row: ContextRow) -> str:
        return self.tr("left out") if row.share.dropped else ""

    # answering

    def _show_sums(self, sheet: ContextSheet) -> None:
        text = self.tr("{tokens} of {room} tokens · {bytes} of KV cache")
        self._sums.set_text(
            text.format(tokens=whole(sheet.tokens), room=whole(sheet.n_ctx), bytes=size(sheet.kv_bytes))
        )
        dropped = self.tr("%Ln message(s) left out", "", sheet.dropped) if sheet.dropped else ""
        self._left_out.set_text(dropped)
        sums = dict.fromkeys((key for key, _ in ROLES), 0)
        for row in sheet.rows:
            sums[row.role or "template"] += row.share.tokens
        room = max(1, sheet.n_ctx)
        self.meter.set_parts([(sums[key] / room, role) for key, role in ROLES])
        for key, entry in self._legend.items():
            entry.set_count(sums[key])
            entry.setVisible(sums[key] > 0)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            message_id = self.model.row(index.row()).message_id
            if message_id:
                self.message_opened.emit(message_id)


def _attention_text(row: ContextRow) -> str:
    return _percent(row.attention) if row.attention is not None else UNKNOWN


def _percent(share: float) -> str:
    return f"{decimal(share * 100, 1)} %"
