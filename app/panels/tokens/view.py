"""Texts as tokens: boundaries, ids, bytes, for up to four models side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.panels.tokens.model_column import ModelColumn
from app.panels.tokens.table_model import Column, TokensTableModel
from app.panels.tokens.values import TokenSheet
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.empty_state import EmptyState
from app.widgets.segmented import SegmentedControl
from app.widgets.switch import Switch
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextArea
from app.widgets.text_label import TextLabel

MOST_MODELS = 4


class TokensView(QWidget):
    """Shows `TokenSheet`s in the order of their models. The text is the user's, or the chat's prompt."""

    text_changed = Signal(str)
    source_changed = Signal(str)
    """“text” or “prompt”."""
    special_changed = Signal(bool)
    models_changed = Signal(list)
    """Keys of the models to compare, in order."""
    copy_requested = Signal(str)
    file_requested = Signal()
    """A file that is not in the library is to be chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices: list[tuple[str, str]] = []
        self._columns: dict[str, ModelColumn] = {}
        self._active = ""
        self.setAccessibleName(self.tr("Tokens"))
        self._make_controls()
        self.model = TokensTableModel(self)
        self.table = self._make_table()
        self.empty = EmptyState(
            "binary",
            self.tr("See text as the model does"),
            self.tr(
                "Models read tokens, not letters. Type or paste a text above, or take the prompt of the chat,"
                " and compare how several models cut it. Only vocabularies are read: that costs little."
            ),
            theme,
            action_text=self.tr("Choose a model…"),
            action_icon="plus",
        )
        self.empty.action_requested.connect(self._show_choices)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._stack = QStackedWidget()
        self._build()
        self._refresh()

    # setters

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Models that can be compared, as (key, name)."""
        self._choices = list(choices)

    def set_sheets(self, sheets: Sequence[TokenSheet]) -> None:
        """One column each; columns that stay keep their place and scroll position."""
        wanted = [sheet.key for sheet in sheets]
        if wanted != list(self._columns):
            self._rebuild(sheets)
        for sheet in sheets:
            column = self._columns[sheet.key]
            if column.sheet is not sheet:
                column.set_sheet(sheet)
        most = max((sheet.counts.tokens for sheet in sheets if sheet.counts is not None), default=0)
        for column in self._columns.values():
            column.set_most(most)
        if self._active not in self._columns:
            self._active = next(iter(self._columns), "")
        self._show_table()
        self._refresh()

    def set_text(self, text: str) -> None:
        """What stands in the field, without emitting."""
        self.text.set_text(text)

    def set_source(self, source: str) -> None:
        """Where the text comes from; the prompt is shown as its tokens only."""
        self.source.set_current(source)
        self.text.setVisible(source == "text")

    def set_note(self, text: str) -> None:
        """Why there is nothing to show, or what is being read."""
        self.note.set_text(text)

    def columns(self) -> list[ModelColumn]:
        return list(self._columns.values())

    def keys(self) -> list[str]:
        return list(self._columns)

    # building

    def _make_controls(self) -> None:
        theme = self._theme
        self.source = SegmentedControl(
            self.tr("What to cut"),
            (("text", self.tr("A text")), ("prompt", self.tr("Prompt of the chat"))),
            theme,
        )
        self.source.setFixedWidth(230)
        self.source.set_current("text")
        self.source.selected.connect(self._on_source)
        self.special = Switch(self.tr("Read special tokens"), theme)
        self.special.toggled.connect(self.special_changed)
        self.add = TextButton(self.tr("Compare with…"), theme, icon_name="plus")
        self.add.clicked.connect(self._show_choices)
        self.note = TextLabel("", theme, role="fg3", size="xs", elide=True)
        self.text = TextArea(
            self.tr("Text to cut into tokens"),
            theme,
            placeholder=self.tr("Type or paste any text"),
            min_lines=3,
            max_lines=8,
        )
        self.text.edited.connect(self.text_changed)

    def _make_table(self) -> DataTable:
        widths: dict[int, int] = {Column.PLACE: 44, Column.ID: 72, Column.TEXT: 108, Column.KIND: 68}
        mono = (Column.TEXT, Column.BYTES)
        name = self.tr("Table of tokens")
        table = DataTable(self.model, name, self._theme, widths, mono=mono, stretch=Column.BYTES)
        table.copy_pressed.connect(self._copy_rows)
        table.selectionModel().currentRowChanged.connect(lambda current, _old: self._mark(current.row()))
        return table

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(10)
        bar.addWidget(self.source)
        bar.addWidget(self.special)
        bar.addWidget(TextLabel(self.tr("Read special tokens"), self._theme))
        bar.addWidget(self.note, 1)
        bar.addWidget(self.add)
        columns = QWidget()
        columns.setLayout(self._row)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(10)
        body.addWidget(columns)
        body.addWidget(self.table)
        body.setStretchFactor(0, 3)
        body.setStretchFactor(1, 1)
        self.table.setMinimumWidth(420)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(10)
        column.addLayout(bar)
        column.addWidget(self.text)
        column.addWidget(self._stack, 1)

    def _rebuild(self, sheets: Sequence[TokenSheet]) -> None:
        old, self._columns = self._columns, {}
        while self._row.count():
            self._row.takeAt(0)
        for sheet in sheets:
            column = old.pop(sheet.key, None) or self._make_column(sheet)
            self._columns[sheet.key] = column
            self._row.addWidget(column, 1)
            column.show()
        for column in old.values():
            column.setParent(None)
            column.deleteLater()

    def _make_column(self, sheet: TokenSheet) -> ModelColumn:
        column = ModelColumn(sheet, self._theme)
        column.token_chosen.connect(self._on_chosen)
        column.remove_requested.connect(self._remove)
        column.copy_requested.connect(self._copy)
        return column

    # answering

    def _refresh(self) -> None:
        shown = bool(self._columns) and any(sheet.rows or sheet.error for sheet in self._sheets())
        self._stack.setCurrentIndex(1 if shown else 0)
        self.add.setVisible(len(self._columns) < MOST_MODELS)
        if self.empty.action is not None:
            self.empty.action.setVisible(not self._columns)
        for column in self._columns.values():
            column.remove.setVisible(len(self._columns) > 1)

    def _sheets(self) -> list[TokenSheet]:
        return [column.sheet for column in self._columns.values()]

    def _on_source(self, source: str) -> None:
        self.text.setVisible(source == "text")
        self.source_changed.emit(source)

    def _on_chosen(self, key: str, index: int) -> None:
        if key != self._active:
            self._active = key
            self._show_table()
        self.table.selectRow(index)

    def _mark(self, row: int) -> None:
        column = self._columns.get(self._active)
        if column is not None and row >= 0:
            column.chips.choose(row)

    def _show_table(self) -> None:
        column = self._columns.get(self._active)
        rows = column.sheet.rows if column is not None else ()
        self.model.set_rows(rows)

    def _copy(self, key: str) -> None:
        ids = ", ".join(str(token) for token in self._columns[key].sheet.ids())
        self.copy_requested.emit(f"[{ids}]")

    def _copy_rows(self) -> None:
        """The ids of the selected rows."""
        column = self._columns.get(self._active)
        if column is not None:
            ids = column.sheet.ids()
            self.copy_requested.emit(", ".join(str(ids[row]) for row in self.table.selected_rows()))

    def _remove(self, key: str) -> None:
        self.models_changed.emit([each for each in self._columns if each != key])

    def _show_choices(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, name in self._choices:
            if key not in self._columns:
                menu.addAction(name.replace("&", "&&")).triggered.connect(
                    lambda _checked=False, key=key: self.models_changed.emit([*self._columns, key])
                )
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(self.tr("A GGUF file…")).triggered.connect(self.file_requested)
        place = self.add if self.add.isVisible() else self.empty
        menu.popup(place.mapToGlobal(place.rect().bottomLeft()))
