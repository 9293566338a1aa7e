"""What a GGUF file says about itself, to read and to change: metadata, tokenizer, chat template."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.panels.gguf_editor.items_view import ItemsView
from app.panels.gguf_editor.state import KeyRow
from app.panels.gguf_editor.template_view import TemplateView
from app.panels.gguf_editor.value_form import ValueForm
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.empty_state import EmptyState
from app.widgets.icon_button import IconButton
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

METADATA, TOKENIZER, TEMPLATE = "metadata", "tokenizer", "template"


class GgufEditorView(QWidget):
    """Widgets only; `app.panels.gguf_editor.panel` reads and writes."""

    model_chosen = Signal(str)
    part_shown = Signal(str)
    key_marked = Signal(str)
    save_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("Editor of GGUF files"))
        self._make_controls()
        self.keys: RowTable[KeyRow] = RowTable(
            self._columns(), self, is_faint=lambda row: row.status == "removed"
        )
        self.table = DataTable(
            self.keys, self.tr("Keys"), theme, {0: 26, 1: 300, 2: 116}, mono=(1,), stretch=3
        )
        self.form = ValueForm(theme)
        self.items = ItemsView(theme)
        self.tokens = ItemsView(theme, vocabulary=True)
        self.template = TemplateView(theme)
        self.empty = EmptyState(
            "file-code",
            self.tr("Edit what a model file says about itself"),
            self.tr(
                "Choose a GGUF file above. Its metadata, its tokenizer and its chat template can be changed;"
                " saving writes a new file with the same weights, byte for byte."
            ),
            theme,
        )
        self._build()
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._mark())
        self.set_open(False)

    # setters

    def set_choices(self, choices: Sequence[tuple[str, str]], current: str) -> None:
        """Files as (path, name), and the one that is open."""
        self.choice.set_choices(choices)
        self.choice.set_current(current)

    def set_open(self, is_open: bool, problem: str = "") -> None:
        """Whether there is a file; `problem` says why there is none."""
        self.problem.set_text(problem)
        for widget in (self.part, self.add):
            widget.setEnabled(is_open)
        self.show_part(self.part.current() or METADATA, is_open=is_open)

    def set_rows(self, rows: Sequence[KeyRow], mark: str) -> None:
        """All keys; the one called `mark` stays marked."""
        self.keys.set_rows(rows)
        row = next((number for number, each in enumerate(rows) if each.key == mark), -1)
        if row >= 0:
            self.table.selectRow(row)

    def set_changes(self, count: int, undo: str, redo: str) -> None:
        """How many places are others; what can be undone and done again, "" for nothing."""
        self.changes.set_text(self.tr("Changes: {count}").format(count=count) if count else "")
        self.save.setEnabled(count > 0)
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))
        self.undo.set_text(self.tr("Undo: {what}").format(what=undo) if undo else self.tr("Undo"))
        self.redo.set_text(self.tr("Redo: {what}").format(what=redo) if redo else self.tr("Redo"))

    def show_part(self, part: str, *, is_open: bool = True) -> None:
        self.part.set_current(part)
        self._stack.setCurrentWidget(self._pages[part] if is_open else self.empty)

    def show_detail(self, *, items: bool) -> None:
        """The right side: a form for one value, with the items of a long array below it."""
        self.items.setVisible(items)

    def marked(self) -> KeyRow | None:
        rows = self.table.selected_rows()
        return self.keys.row(rows[0]) if rows and rows[0] < self.keys.rowCount() else None

    # building

    def _make_controls(self) -> None:
        theme = self._theme
        self.choice = Select(self.tr("Model"), (), theme)
        self.choice.setFixedWidth(260)
        self.part = SegmentedControl(
            self.tr("Part of the file"),
            (
                (METADATA, self.tr("Metadata")),
                (TOKENIZER, self.tr("Tokenizer")),
                (TEMPLATE, self.tr("Chat template")),
            ),
            theme,
        )
        self.part.setFixedWidth(300)
        self.part.set_current(METADATA)
        self.problem = TextLabel("", theme, role="error", elide=True)
        self.changes = TextLabel("", theme, tabular=True)
        self.undo = IconButton("undo-2", self.tr("Undo"), theme)
        self.redo = IconButton("redo-2", self.tr("Redo"), theme)
        self.save = TextButton(self.tr("Save as…"), theme, kind="primary", icon_name="save")
        self.add = TextButton(self.tr("Add key…"), theme, icon_name="plus")
        self.choice.selected.connect(self.model_chosen)
        self.part.selected.connect(self._on_part)
        self.save.clicked.connect(self.save_requested)

    def _columns(self) -> tuple[TableColumn[KeyRow], ...]:
        marks = {"changed": "•", "added": "+", "removed": "−"}
        return (
            TableColumn("", lambda row: marks.get(row.status, "")),
            TableColumn(self.tr("Key"), lambda row: row.key),
            TableColumn(self.tr("Type"), self._type),
            TableColumn(self.tr("Value"), lambda row: " ".join(row.text[:400].split())),
        )

    def _type(self, row: KeyRow) -> str:
        return f"{row.item_kind}[{row.length:,}]" if row.kind == "array" else row.kind

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 10, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(self.choice)
        bar.addWidget(self.part)
        bar.addWidget(self.problem, 1)
        for widget in (self.changes, self.undo, self.redo, self.save):
            bar.addWidget(widget)
        self._stack = QStackedWidget()
        self._pages: dict[str, QWidget] = {
            METADATA: self._make_metadata(),
            TOKENIZER: _padded(self.tokens),
            TEMPLATE: _padded(self.template),
        }
        for page in (self.empty, *self._pages.values()):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self._stack, 1)

    def _make_metadata(self) -> QWidget:
        left = QWidget()
        keys = QVBoxLayout(left)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(8)
        keys.addWidget(self.table, 1)
        keys.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        right = QWidget()
        detail = QVBoxLayout(right)
        detail.setContentsMargins(0, 0, 0, 0)
        detail.setSpacing(12)
        detail.addWidget(self.form)
        holder = QHBoxLayout()
        holder.setContentsMargins(12, 0, 0, 0)
        holder.addWidget(self.items)
        detail.addLayout(holder, 1)
        detail.addStretch(0)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(8)
        body.addWidget(left)
        body.addWidget(right)
        body.setSizes([720, 420])
        body.setStretchFactor(0, 3)
        body.setStretchFactor(1, 2)
        return _padded(body)

    def _on_part(self, part: str) -> None:
        self.show_part(part)
        self.part_shown.emit(part)

    def _mark(self) -> None:
        row = self.marked()
        if row is not None:
            self.key_marked.emit(row.key)


def _padded(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(16, 0, 16, 12)
    column.addWidget(widget)
    return page
