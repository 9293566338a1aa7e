"""All runs in a table, and below it the settings in which the chosen ones differ."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.models.recipe_draft import ALL_SETTINGS, used_sections, value_of
from app.models.runs import RunView
from app.panels.runs.words import base_name, loss_text, moment, setting_text, status_word
from app.panels.training.durations import duration
from app.panels.training.words import method_word, objective_word, setting_title
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.numbers import UNKNOWN, rate, size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.text_label import TextLabel
from engine.finetune.recipe.settings import Setting

_WIDTHS = {0: 168, 1: 96, 2: 66, 3: 66, 4: 70, 5: 66, 6: 64, 7: 74, 8: 74, 9: 56, 10: 110, 11: 120}
_SETTING, _VALUE = 264, 176
_NOT_COMPARED = ("name", "notes", "tags")


class Difference(tuple[Setting, tuple[Any, ...]]):
    """A setting, and its value in each of the runs."""

    __slots__ = ()


class RunsTable(QWidget):
    """`show_runs` gives all of them and which are chosen."""

    chosen = Signal(tuple)
    """Ids, by the user only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: Sequence[RunView] = ()
        self._quiet = False
        self.model = RowTable[RunView](self._columns(), self)
        self.table = DataTable(self.model, self.tr("All runs"), theme, _WIDTHS)
        self.table.setMinimumHeight(120)
        self.differences = RowTable[Difference]((), self)
        self.compared = DataTable(
            self.differences, self.tr("Settings that differ"), theme, {}, mono=range(1, 7)
        )
        self._title = TextLabel("", theme, role="fg", weight=SEMIBOLD)
        self._note = TextLabel("", theme, role="fg3", size="xs", wrap=True)
        lower = QWidget()
        column = QVBoxLayout(lower)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addWidget(self.compared, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([300, 240])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self.table.selectionModel().selectionChanged.connect(self._tell)

    def show_runs(self, views: Sequence[RunView], chosen: Sequence[str]) -> None:
        """All runs, newest first, and the ids of those that are compared."""
        self._quiet = True
        if [one.id for one in views] == [one.id for one in self._views] and views != self._views:
            top = self.table.verticalScrollBar().value()
            self.model.set_rows(views)
            self.table.verticalScrollBar().setValue(top)
        elif views != self._views:
            self.model.set_rows(views)
        self._views = views
        selection = QItemSelection()
        last = self.model.columnCount() - 1
        for row, view in enumerate(views):
            if view.id in chosen:
                selection.select(self.model.index(row, 0), self.model.index(row, last))
        self.table.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        self._compare([view for view in views if view.id in chosen])

    def _compare(self, views: Sequence[RunView]) -> None:
        views = views[:6]
        found = differing(views) if len(views) > 1 else changed(views)
        columns = [TableColumn[Difference](self.tr("Setting"), lambda row: _title_of(row[0]))]
        for place, view in enumerate(views):
            columns.append(
                TableColumn(view.name, lambda row, place=place: setting_text(row[1][place]))  # type: ignore[misc]
            )
        if len(views) == 1:
            columns.append(TableColumn(self.tr("Default"), lambda row: setting_text(row[0].default)))
        self.differences.set_columns(columns)
        self.differences.set_rows(found)
        for column in range(len(columns) - 1):
            self.compared.setColumnWidth(column, _SETTING if column == 0 else _VALUE)
        if len(views) > 1:
            self._title.set_text(self.tr("Settings that differ"))
            self._note.set_text("" if found else self.tr("These runs have the same settings."))
        else:
            self._title.set_text(self.tr("Settings that are not the default"))
            self._note.set_text(self.tr("Choose several runs, with Ctrl or Shift, to see what differs."))
        self._note.setVisible(bool(self._note.full_text()))

    def _tell(self) -> None:
        if not self._quiet:
            self.chosen.emit(tuple(self._views[row].id for row in self.table.selected_rows()))

    def _columns(self) -> list[TableColumn[RunView]]:
        def result_of(view: RunView, write: Any) -> str:
            result = view.summary.state.result
            return str(write(result)) if result is not None else UNKNOWN

        return [
            TableColumn(self.tr("Name"), lambda view: view.name),
            TableColumn(self.tr("State"), lambda view: status_word(view.status)),
            TableColumn(self.tr("Loss"), lambda view: loss_text(view.summary.loss), number=True),
            TableColumn(
                self.tr("Held-out"),
                lambda view: loss_text(view.summary.held_out_loss),
                number=True,
                tip=self.tr("Loss on rows that were kept aside"),
            ),
            TableColumn(
                self.tr("Before"), lambda view: loss_text(view.summary.first_held_out_loss), number=True
            ),
            TableColumn(
                self.tr("Steps"),
                lambda view: whole(view.summary.state.step),
                number=True,
            ),
            TableColumn(
                self.tr("tok/s"),
                lambda view: result_of(view, lambda one: rate(one.tokens_per_s)),
                number=True,
            ),
            TableColumn(
                self.tr("Memory"),
                lambda view: result_of(view, lambda one: size(one.peak_bytes)),
                number=True,
                tip=self.tr("The most that the training had"),
            ),
            TableColumn(
                self.tr("Predicted"),
                lambda view: result_of(view, lambda one: size(one.predicted_bytes)),
                number=True,
            ),
            TableColumn(
                self.tr("Time"), lambda view: result_of(view, lambda one: duration(one.seconds)), number=True
            ),
            TableColumn(
                self.tr("Method"),
                lambda view: f"{method_word(view.recipe.method)} · {objective_word(view.recipe.objective)}",
            ),
            TableColumn(self.tr("Base"), base_name),
            TableColumn(self.tr("Begun"), lambda view: moment(view.summary.state.created_ms)),
            TableColumn(self.tr("Tags"), lambda view: ", ".join(view.recipe.tags)),
        ]


def differing(views: Sequence[RunView]) -> list[Difference]:
    """Settings that have an effect in one of the runs and are not the same in all."""
    used = {name for view in views for name in used_sections(view.recipe.method, view.recipe.objective)}
    found = []
    for setting in ALL_SETTINGS.values():
        if setting.key in _NOT_COMPARED or (setting.section and setting.section not in used):
            continue
        values = tuple(value_of(view.recipe, setting) for view in views)
        if any(value != values[0] for value in values):
            found.append(Difference((setting, values)))
    return found


def changed(views: Sequence[RunView]) -> list[Difference]:
    """Of one run: what is not as it comes."""
    found = []
    for view in views[:1]:
        used = used_sections(view.recipe.method, view.recipe.objective)
        for setting in ALL_SETTINGS.values():
            value = value_of(view.recipe, setting)
            if setting.section and setting.section not in used:
                continue
            if value != setting.default and setting.key not in _NOT_COMPARED:
                found.append(Difference((setting, (value,))))
    return found


def _title_of(setting: Setting) -> str:
    return f"{setting_title(setting)} ({setting.key})" if setting.section else setting_title(setting)
