"""An open map: the heat map above, the tensors as a table or the target below."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.panels.compare.columns import figure
from app.panels.lens.scale_bar import ScaleBar
from app.panels.sensitivity.grid import CHOICE, DIVERGENCE, ERROR, make_grid, nearest, types_of
from app.panels.sensitivity.heat_map import SensitivityHeatMap
from app.panels.sensitivity.target_view import TargetView
from app.panels.text_choice import text_name
from app.theme.theme import Theme
from app.widgets.data_table import DataTable
from app.widgets.hline import HLine
from app.widgets.numbers import decimal, size, whole
from app.widgets.painting import SEMIBOLD
from app.widgets.row_table import RowTable, TableColumn
from app.widgets.segmented import SegmentedControl
from app.widgets.select import Select
from app.widgets.text_label import TextLabel
from engine.quantize.sensitivity_map import SensitivityMap, TensorSensitivity

TARGET, TABLE = "target", "table"
_USUAL = ("Q4_K", "Q4_0", "IQ4_NL", "Q5_0")

_LEAST_MAP = 110
"""Logical pixels: the kinds of tensors on top."""


class MapView(QWidget):
    """Setters and signals only; the target is `target`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.map: SensitivityMap | None = None
        self.title = TextLabel("", theme, role="fg", size="m", weight=SEMIBOLD, elide=True)
        self._note = TextLabel("", theme, role="fg3", tabular=True, elide=True)
        self.measure = SegmentedControl(
            self.tr("Colours show"),
            (
                (DIVERGENCE, self.tr("Divergence")),
                (ERROR, self.tr("Error of weights")),
                (CHOICE, self.tr("Chosen types")),
            ),
            theme,
        )
        self.measure.setFixedWidth(340)
        self.kind = Select(self.tr("Type"), (), theme)
        self.scale = ScaleBar(self.tr("Colour scale"), theme)
        self.below = SegmentedControl(
            self.tr("Show below the map"), ((TARGET, self.tr("Target")), (TABLE, self.tr("Table"))), theme
        )
        self.below.setFixedWidth(150)
        self.below.set_current(TARGET)
        self.heat = SensitivityHeatMap(theme)
        self.target = TargetView(theme)
        self.rows: RowTable[TensorSensitivity] = RowTable(self._columns(), self)
        self.table = DataTable(
            self.rows,
            self.tr("Tensors"),
            theme,
            {1: 140, 2: 70, 3: 92, 4: 110, 5: 110, 6: 110, 7: 90},
            stretch=0,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.target)
        self._stack.addWidget(self.table)
        self._build()
        self.measure.selected.connect(lambda _key: self._show_grid())
        self.kind.selected.connect(lambda _key: self._on_kind())
        self.below.selected.connect(lambda key: self._stack.setCurrentIndex((TARGET, TABLE).index(key)))
        self.target.allocation_changed.connect(self._on_allocation)
        self.heat.tensor_chosen.connect(self._on_tensor)

    def set_map(self, found: SensitivityMap) -> None:
        self.map = found
        self.title.set_text(Path(found.source).stem)
        if found.has_divergence:
            text = self.tr("{count} tensors · {size} · measured on {tokens} tokens of {text}, with {probe}")
        else:
            text = self.tr("{count} tensors · {size} · error of the weights only")
        self._note.set_text(
            text.format(
                count=whole(len(found.tensors)),
                size=size(found.source_bytes),
                tokens=whole(found.tokens),
                text=text_name(found.text),
                probe=found.probe,
            )
        )
        names = types_of(found)
        self.kind.set_choices([(name, name) for name in names])
        self.kind.set_current(next((name for name in _USUAL if name in names), names[0]))
        self.measure.button(DIVERGENCE).setVisible(found.has_divergence)
        self.measure.setFixedWidth(340 if found.has_divergence else 240)
        self.measure.set_current(DIVERGENCE if found.has_divergence else ERROR)
        self.target.set_map(found)
        self._show_grid()
        self._show_rows()

    # building

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self._note)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        head.addLayout(words, 1)
        for widget in (self.scale, self.kind, self.measure):
            head.addWidget(widget)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.heat)
        scroll.viewport().setAutoFillBackground(False)
        self.heat.setAutoFillBackground(False)
        self._scroll = scroll
        switch = QHBoxLayout()
        switch.setContentsMargins(16, 8, 12, 4)
        switch.addWidget(self.below)
        switch.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(scroll, 1000)  # as high as it likes, before what is below
        column.addSpacing(6)
        column.addWidget(HLine(self._theme))
        column.addLayout(switch)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.heat)

    def _columns(self) -> Sequence[TableColumn[TensorSensitivity]]:
        def error(one: TensorSensitivity) -> float:
            kind = self.kind.current()
            return (one.choice(kind) or nearest(one, kind)).error

        def cost(one: TensorSensitivity) -> str:
            known = self.map is not None and self.map.has_divergence
            return figure(one.weight * error(one) ** 2) if known else "–"

        def tried(one: TensorSensitivity) -> str:
            kind = self.kind.current()
            return kind if one.choice(kind) is not None else nearest(one, kind).type

        def chosen(one: TensorSensitivity) -> str:
            allocation = self.target.allocation
            return allocation.types.get(one.name, "") if allocation is not None else ""

        return (
            TableColumn(self.tr("Tensor"), lambda one: one.name),
            TableColumn(self.tr("Shape"), lambda one: " × ".join(map(str, one.shape))),
            TableColumn(self.tr("Now"), lambda one: one.before),
            TableColumn(self.tr("Values"), lambda one: whole(one.values), True),
            TableColumn(self.tr("Tried as"), tried),
            TableColumn(self.tr("Error"), lambda one: f"{decimal(100 * error(one), 2)} %", True),
            TableColumn(self.tr("Divergence"), cost, True),
            TableColumn(self.tr("Chosen"), chosen),
        )

    # answering

    def _on_kind(self) -> None:
        if self.measure.current() == CHOICE:
            self.measure.set_current(ERROR)
        self._show_grid()
        self._show_rows()

    def _on_allocation(self) -> None:
        if self.measure.current() == CHOICE:
            self._show_grid()

    def _on_tensor(self, name: str) -> None:
        found = self.map
        if found is not None:
            names = [self.rows.row(number).name for number in range(self.rows.rowCount())]
            self.table.selectRow(names.index(name))

    def _show_rows(self) -> None:
        """The most sensitive first."""
        found = self.map
        if found is None:
            return
        kind = self.kind.current()

        def cost(one: TensorSensitivity) -> float:
            return one.weight * (one.choice(kind) or nearest(one, kind)).error ** 2

        self.rows.set_rows(sorted(found.tensors, key=cost, reverse=True))

    def _show_grid(self) -> None:
        found = self.map
        if found is None:
            return
        measure = self.measure.current() or ERROR
        allocation = self.target.allocation
        grid = make_grid(found, measure, self.kind.current(), allocation.types if allocation else {})
        self.heat.set_grid(grid, measure)
        whole = min(self.heat.sizeHint().height() + 4, 300)
        # In a low window the map scrolls, and what is below it keeps its room.
        self._scroll.setMinimumHeight(min(whole, _LEAST_MAP))
        self._scroll.setMaximumHeight(whole)
        if measure == CHOICE:
            pattern = self.tr("{value} bits")
            self.scale.set_ends(decimal(grid.low, 1), pattern.format(value=decimal(grid.high, 1)))
        elif measure == ERROR:
            ends = (f"{decimal(100 * value, 1)} %" for value in (grid.low, grid.high))
            self.scale.set_ends(*ends)
        else:
            self.scale.set_ends(figure(grid.low), figure(grid.high))
