"""What the rows are, and which column holds what."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.pages.data.opened import OpenData
from app.pages.data.words import field_word, format_tip, format_word
from app.theme.theme import Theme
from app.widgets.select import Select
from app.widgets.text_label import TextLabel
from engine.datasets.mapping import FIELDS, FORMATS, ColumnMapping, RowFormat, map_by_name

_LABEL_WIDTH = 96
_NONE = "\0"


class MappingEditor(QWidget):
    """A choice of the format and one choice of a column for each field."""

    mapping_chosen = Signal(object)
    """`ColumnMapping` that has all it needs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns: tuple[str, ...] = ()
        self._mapping: ColumnMapping | None = None
        self.format = Select(self.tr("Format"), [(one, format_word(one)) for one in FORMATS], theme)
        self.format.setPlaceholderText(self.tr("Choose a format"))
        self.format.selected.connect(self._choose_format)
        self._tip = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self.fields: dict[str, Select] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.format)
        column.addWidget(self._tip)
        column.addLayout(self._grid)

    def set_data(self, data: OpenData) -> None:
        """Show what is known; where nothing is, the sentence asks."""
        columns = data.index.summary.columns
        if (data.mapping, columns) == (self._mapping, self._columns) and self.fields:
            return
        self._columns, self._mapping = columns, data.mapping
        self.format.set_current(data.mapping.format if data.mapping is not None else "")
        self._show_fields(data.mapping)

    def _choose_format(self, key: str) -> None:
        format_: RowFormat = next(one for one in FORMATS if one == key)
        mapping = map_by_name(format_, self._columns)
        self._mapping = mapping
        self._show_fields(mapping)
        self._tell(mapping)

    def _choose_column(self, field: str, column: str) -> None:
        if self._mapping is None:
            return
        columns = {name: held for name, held in self._mapping.columns.items() if name != field}
        if column != _NONE:
            columns[field] = column
        names = [one.name for one in FIELDS[self._mapping.format]]
        ordered = {name: columns[name] for name in names if name in columns}
        self._mapping = ColumnMapping(self._mapping.format, ordered)
        self._show_tip(self._mapping)
        self._tell(self._mapping)

    def _tell(self, mapping: ColumnMapping) -> None:
        if not mapping.missing():
            self.mapping_chosen.emit(mapping)

    def _show_fields(self, mapping: ColumnMapping | None) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        self._show_tip(mapping)
        for row, field in enumerate(FIELDS[mapping.format] if mapping is not None else ()):
            word = field_word(field.name)
            choices = [(name, name) for name in self._columns]
            if not field.required:
                choices.insert(0, (_NONE, self.tr("None")))
            name = self.tr("Column of: {field}").format(field=word)
            select = Select(name, choices, self._theme, parent=self)
            select.setPlaceholderText(self.tr("Choose a column"))
            held = mapping.column(field.name) if mapping is not None else ""
            select.set_current(held or (_NONE if not field.required else ""))
            select.selected.connect(lambda column, name=field.name: self._choose_column(name, column))
            self._grid.addWidget(TextLabel(word, self._theme, parent=self), row, 0)
            self._grid.addWidget(select, row, 1)
            self.fields[field.name] = select

    def _show_tip(self, mapping: ColumnMapping | None) -> None:
        if mapping is None:
            self._tip.set_text(
                self.tr(
                    "The columns have names that say nothing. Choose what the rows are, then the columns."
                )
            )
        elif mapping.missing():
            missing = ", ".join(field_word(name) for name in mapping.missing())
            self._tip.set_text(self.tr("Still needed: {fields}").format(fields=missing))
        elif twice := _chosen_twice(mapping):
            self._tip.set_text(self.tr("The column “{column}” is chosen twice.").format(column=twice))
        else:
            self._tip.set_text(format_tip(mapping.format))
        fine = mapping is not None and not mapping.missing() and not _chosen_twice(mapping)
        self._tip.set_role("fg3" if fine else "warn")


def _chosen_twice(mapping: ColumnMapping) -> str:
    """A column that says two things, "" where none does."""
    columns = list(mapping.columns.values())
    return next((column for column in columns if columns.count(column) > 1), "")
