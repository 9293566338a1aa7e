"""The items of a long array, by index: only the rows that are looked at are made."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n.errors import describe
from app.panels.gguf_editor.state import shown
from app.theme.theme import Theme
from app.widgets.chip import read_escapes, show_escapes
from app.widgets.data_table import DataTable
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.edit_gguf.kinds import parse
from engine.errors import UserError
from engine.protocol.gguf_edit import Scalar

_TYPES = range(1, 7)
"""llama.cpp's `llama_token_type`."""


class Item(NamedTuple):
    """`extra`: what stands beside it in a vocabulary, its type and score."""

    place: int
    value: Scalar
    changed: bool
    type: int = 0
    score: float | None = None


class ItemsView(QWidget):
    """A filter, the table, and a field for the marked item. `vocabulary` adds types and scores of tokens."""

    item_submitted = Signal(int, object)
    type_submitted = Signal(int, int)

    def __init__(self, theme: Theme, *, vocabulary: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "string"
        self._vocabulary = vocabulary
        self._items: Sequence[Item] = ()
        self.filter = TextField(
            self.tr("Find"), theme, placeholder=self.tr("Find by text or index"), icon_name="search"
        )
        self.rows: RowTable[Item] = RowTable(self._columns(), self)
        widths = {0: 84, 1: 280, 2: 110, 3: 90} if vocabulary else {0: 84}
        self.table = DataTable(self.rows, self.tr("Items"), theme, widths, mono=(1,), stretch=1)
        self.value = TextField(self.tr("Value of the item"), theme, mono=True, height=30)
        self.type = Select(
            self.tr("Type of the token"), [(str(n), self._type_name(n)) for n in _TYPES], theme, height=30
        )
        self.apply = TextButton(self.tr("Apply"), theme, kind="primary", height=30)
        self.problem = TextLabel("", theme, role="error", size="xs", wrap=True)
        self._build()
        self.filter.textChanged.connect(lambda _text: self._filter())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self.apply.clicked.connect(self._submit)
        self.value.returnPressed.connect(self._submit)
        self.type.selected.connect(self._submit_type)

    def set_items(
        self,
        kind: str,
        values: Sequence[Scalar],
        changed: Mapping[int, Scalar],
        types: Mapping[int, int] | Sequence[int] = (),
        scores: Sequence[float] = (),
    ) -> None:
        """`changed`: values by index that are others than in the file."""
        marked = self._marked()
        self._kind = kind

        def item(index: int, value: Scalar) -> Item:
            other = changed.get(index)
            type_ = types[index] if self._vocabulary and index < len(types) else 0
            score = scores[index] if index < len(scores) else None
            return Item(index, value if other is None else other, other is not None, type_, score)

        self._items = [item(index, value) for index, value in enumerate(values)]
        self.type.setVisible(self._vocabulary and bool(types))
        if self._vocabulary:
            self.table.setColumnHidden(3, not scores)
        self._filter(marked.place if marked is not None else 0)

    def _columns(self) -> tuple[TableColumn[Item], ...]:
        columns = [
            TableColumn[Item](self.tr("Index"), lambda each: str(each.place), number=True),
            TableColumn[Item](self.tr("Value"), _text),
        ]
        if self._vocabulary:
            columns += [
                TableColumn[Item](self.tr("Type"), lambda each: self._type_name(each.type)),
                TableColumn[Item](
                    self.tr("Score"),
                    lambda each: "" if each.score is None else f"{each.score:g}",
                    number=True,
                ),
            ]
        return tuple(columns)

    def _type_name(self, number: int) -> str:
        names = {
            1: self.tr("normal"),
            2: self.tr("unknown"),
            3: self.tr("control"),
            4: self.tr("user-defined"),
            5: self.tr("unused"),
            6: self.tr("byte"),
        }
        return names.get(number, "")

    def _filter(self, mark: int = 0) -> None:
        wanted = self.filter.text()
        items = self._items
        if wanted:
            plain = read_escapes(wanted).casefold()
            items = [
                each for each in items if plain in str(each.value).casefold() or wanted == str(each.place)
            ]
        self.rows.set_rows(items)
        row = next((row for row, each in enumerate(items) if each.place == mark), 0) if mark else 0
        if items:
            self.table.selectRow(row)
            self.table.scrollTo(self.rows.index(row, 0))
        self._select()

    def _marked(self) -> Item | None:
        rows = self.table.selected_rows()
        return self.rows.row(rows[0]) if rows and rows[0] < self.rows.rowCount() else None

    def _select(self) -> None:
        item = self._marked()
        for widget in (self.value, self.apply, self.type):
            widget.setEnabled(item is not None)
        self.value.setText(_text(item) if item is not None else "")
        self.type.set_current(str(item.type) if item is not None else "")
        self._say("")

    def _submit(self) -> None:
        item = self._marked()
        if item is None:
            return
        text = read_escapes(self.value.text()) if self._kind == "string" else self.value.text()
        try:
            value = parse(self._kind, text)
        except UserError as error:
            self._say(describe(error).message)
            return
        self.item_submitted.emit(item.place, value)

    def _submit_type(self, key: str) -> None:
        item = self._marked()
        if item is not None:
            self.type_submitted.emit(item.place, int(key))

    def _say(self, text: str) -> None:
        self.problem.set_text(text)
        self.problem.setVisible(bool(text))
        self.value.set_invalid(bool(text))

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.value, 1)
        row.addWidget(self.type)
        row.addWidget(self.apply)
        self.type.setFixedWidth(140)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.problem)
        self.type.setVisible(self._vocabulary)  # when it has a parent: alone it would be a window


def _text(item: Item) -> str:
    return show_escapes(item.value) if isinstance(item.value, str) else shown(item.value)
