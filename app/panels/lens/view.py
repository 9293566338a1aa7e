"""The logit lens: a map of all layers and tokens, and one token in full."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.models.inspection_subject import visible
from app.panels.lens.grid import LensGrid
from app.panels.lens.heat_view import LensHeatView
from app.panels.lens.scale_bar import ScaleBar
from app.panels.lens.share_delegate import ShareDelegate
from app.panels.lens.table_model import Column, LensTableModel
from app.theme.theme import Theme
from app.widgets.described import describe_as
from app.widgets.empty_state import EmptyState
from app.widgets.icon_button import IconButton
from app.widgets.numbers import decimal
from app.widgets.painting import SEMIBOLD
from app.widgets.reading_bar import ReadingBar
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

Scope = Literal["token", "last", "reply"]
ROW = 22


class LensView(QWidget):
    """Shows a `LensGrid` and asks for one. `read_requested`: which tokens, and every how many layers."""

    read_requested = Signal(str, int)
    cancel_requested = Signal()
    position_chosen = Signal(int)
    export_requested = Signal(str)
    """“png”, “csv” or “npz”."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid: LensGrid | None = None
        self.setAccessibleName(self.tr("Logit lens"))
        self._make_controls()
        self.heat = LensHeatView(theme)
        describe_as(self.heat, QAccessible.Role.Chart)
        self.model = LensTableModel(self)
        self.table = self._make_table()
        self._heading = TextLabel("", theme, weight=SEMIBOLD, elide=True)
        self._settled = TextLabel("", theme, role="fg3", size="xs", tabular=True, elide=True)
        self.empty = EmptyState(
            "layers",
            self.tr("What each layer would say next"),
            self.tr(
                "The logit lens ends the model after each of its layers and asks for the next token. It shows"
                " where in the depth of the network an answer comes up, on the weights that answered."
            ),
            theme,
            action_text=self.tr("Read through the layers"),
            action_icon="scan-eye",
        )
        self._reason = TextLabel("", theme, role="fg3", wrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_body())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_bar())
        column.addWidget(self.reading)
        column.addWidget(self._stack, 1)
        self.reading.set_starters(self.read, self.empty.action)
        self._connect()
        self.set_grid(None)
        self.set_possible(False, "")

    # setters

    def set_possible(self, possible: bool, reason: str) -> None:
        """Whether there is a reply to read and a model that can; else why not."""
        self.read.setEnabled(possible)
        if self.empty.action is not None:
            self.empty.action.setEnabled(possible)
        self._reason.set_text(reason)
        self._reason.setVisible(bool(reason))

    def set_grid(self, grid: LensGrid | None) -> None:
        """The answer, or None: nothing was read of what is looked at."""
        self._grid = grid
        waits = self.empty.action is not None and self.empty.action.hasFocus()
        self._stack.setCurrentIndex(0 if grid is None else 1)
        if waits and grid is not None:
            self.heat.setFocus()
        self._bar.setVisible(grid is not None)
        self._export.setEnabled(grid is not None)
        self.heat.set_grid(grid)
        self._show_measure()
        self._show_cell(*self.heat.cell)

    def set_cost(self, text: str) -> None:
        """What reading cost, beside the controls."""
        self._note.set_text(text)
        self.read.setToolTip(text)

    def set_reading(self, fraction: float | None) -> None:
        """Progress from 0 to 1; None when nothing is being read."""
        self.reading.set_fraction(fraction)

    def choose_position(self, position: int) -> None:
        """Show the token at a position of the text, where it was read."""
        if self._grid is not None and position in self._grid.positions:
            self.heat.choose(self.heat.cell[0], self._grid.positions.index(position))

    @property
    def grid(self) -> LensGrid | None:
        return self._grid

    @property
    def scope(self) -> str:
        return self.scope_choice.current()

    # building

    def _make_controls(self) -> None:
        theme = self._theme
        self.measure = SegmentedControl(
            self.tr("Colours show"),
            (
                ("probability", self.tr("Probability")),
                ("kl", self.tr("KL to last")),
                ("entropy", self.tr("Entropy")),
            ),
            theme,
        )
        self.measure.setFixedWidth(262)
        self.measure.set_current("probability")
        self.scale = ScaleBar(self.tr("Colour scale"), theme)
        self.scope_choice = Select(
            self.tr("Tokens to read"),
            (
                ("token", self.tr("The chosen token")),
                ("last", self.tr("Last 32 tokens")),
                ("reply", self.tr("Whole reply")),
            ),
            theme,
        )
        self.scope_choice.set_current("last")
        self.step_choice = Select(
            self.tr("Layers to read"),
            (
                ("1", self.tr("Every layer")),
                ("2", self.tr("Every 2nd layer")),
                ("4", self.tr("Every 4th layer")),
            ),
            theme,
        )
        self.step_choice.set_current("1")
        for choice in (self.scope_choice, self.step_choice):
            choice.setMaximumWidth(choice.sizeHint().width())
        self.read = TextButton(self.tr("Read"), theme, icon_name="scan-eye")
        self.narrower = IconButton("zoom-out", self.tr("Narrower columns (−)"), theme)
        self.wider = IconButton("zoom-in", self.tr("Wider columns (+)"), theme)
        self._export = IconButton("download", self.tr("Export the lens…"), theme)
        self._note = TextLabel("", theme, role="fg3", size="xs", tabular=True, elide=True)
        self.reading = ReadingBar(self.tr("Reading the text once more…"), theme)

    def _make_bar(self) -> QWidget:
        self._bar = QWidget()
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(16, 8, 10, 6)
        row.setSpacing(8)
        row.addWidget(self.measure)
        row.addWidget(self.scale)
        row.addWidget(self._note, 1)
        row.addWidget(self.scope_choice)
        row.addWidget(self.step_choice)
        row.addWidget(self.read)
        for button in (self.narrower, self.wider, self._export):
            row.addWidget(button)
        return self._bar

    def _make_empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 0, 16, 10)
        column.addWidget(self.empty, 1)
        column.addWidget(self._reason)
        return page

    def _make_body(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 2, 12, 8)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self._settled)
        column.addWidget(self.table, 1)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setChildrenCollapsible(False)
        body.setHandleWidth(1)
        left = QWidget()
        inner = QVBoxLayout(left)
        inner.setContentsMargins(10, 0, 0, 6)
        inner.addWidget(self.heat)
        body.addWidget(left)
        body.addWidget(side)
        body.setStretchFactor(0, 3)
        body.setStretchFactor(1, 2)
        return body

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setItemDelegate(ShareDelegate(self._theme, table))
        table.setAccessibleName(self.tr("Candidates of every layer"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(34)
        self.model.modelReset.connect(self._size_columns)
        table.selectionModel().currentRowChanged.connect(
            lambda current, _old: self.heat.choose(current.row(), self.heat.cell[1])
        )
        return table

    def _size_columns(self) -> None:
        header = self.table.horizontalHeader()
        for column in range(self.model.columnCount()):
            fixed = {Column.LAYER: 48, Column.KL: 50, Column.ENTROPY: 50}
            header.resizeSection(column, fixed.get(Column(min(column, Column.FIRST)), 112))

    def _connect(self) -> None:
        self.measure.selected.connect(lambda _key: self._show_measure())
        self.read.clicked.connect(self.ask)
        self.empty.action_requested.connect(self.ask)
        self.reading.cancelled.connect(self.cancel_requested)
        self.wider.clicked.connect(lambda: self.heat.zoom(1))
        self.narrower.clicked.connect(lambda: self.heat.zoom(-1))
        self.heat.cell_chosen.connect(self._on_cell)
        self._export.clicked.connect(self._show_exports)

    # answering

    def ask(self) -> None:
        """As the button does."""
        self.read_requested.emit(self.scope_choice.current(), int(self.step_choice.current() or 1))

    def _on_cell(self, row: int, column: int) -> None:
        self._show_cell(row, column)
        if self._grid is not None:
            self.position_chosen.emit(self._grid.positions[column])

    def _show_measure(self) -> None:
        measure = self.measure.current()
        grid = self._grid
        if measure not in ("probability", "kl", "entropy"):
            return
        self.heat.set_measure(measure)  # type: ignore[arg-type]
        if measure == "probability":
            self.scale.set_ends("0", "100 %")
        elif grid is not None:
            top = decimal(grid.top_value(measure), 1)  # type: ignore[arg-type]
            pattern = self.tr("{value} nats") if measure == "kl" else self.tr("{value} bits")
            self.scale.set_ends("0", pattern.format(value=top))

    def _show_cell(self, row: int, column: int) -> None:
        grid = self._grid
        if grid is None:
            self.model.show_column(None, 0)
            return
        self.model.show_column(grid, column)
        self.table.selectRow(row)
        self._heading.set_text(self.tr("After “{token}”").format(token=visible(grid.token_at(column))))
        settled = grid.layers[grid.settled_row(column)]
        text = self.tr("“{answer}” is first choice for the first time at layer {layer} of {last}")
        answer = visible(grid.best(0, column).piece)
        self._settled.set_text(text.format(answer=answer, layer=settled, last=grid.layers[0]))

    def _show_exports(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, text in (
            ("png", self.tr("Picture (PNG)…")),
            ("csv", self.tr("Table (CSV)…")),
            ("npz", self.tr("Arrays (NPZ)…")),
        ):
            menu.addAction(text).triggered.connect(
                lambda _checked=False, kind=kind: self.export_requested.emit(kind)
            )
        menu.popup(self._export.mapToGlobal(self._export.rect().bottomLeft()))
