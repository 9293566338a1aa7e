"""The methods with their figures, the best first."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.panels.quantization_lab.output_plot import percent
from app.panels.quantization_lab.words import method_name
from app.theme.theme import Theme
from app.widgets.data_table import ROW, DataTable
from app.widgets.numbers import bound, decimal, milliseconds
from app.widgets.row_table import RowTable, TableColumn
from engine.protocol.lab import LAB_METHODS, LabMeasure, LabMethod

_HEADER = 32


class MethodsTable(DataTable):
    """Rows can come one after another; the chosen method stays chosen."""

    method_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._table: RowTable[LabMeasure] = RowTable(_columns(self._share))
        self._measures: tuple[LabMeasure, ...] = ()
        name = QCoreApplication.translate("QuantizationLab", "Methods, the least output error first")
        super().__init__(
            self._table,
            name,
            theme,
            {1: 50, 2: 102, 3: 102, 4: 88, 5: 100, 6: 60},
            stretch=0,
            parent=parent,
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(DataTable.SelectionMode.SingleSelection)
        self.setFixedHeight(_HEADER + len(LAB_METHODS) * ROW + 2)
        self.selectionModel().currentRowChanged.connect(self._on_row)

    def show_measures(self, measures: Sequence[LabMeasure], chosen: LabMethod | None) -> None:
        """Without emitting."""
        self._measures = tuple(sorted(measures, key=lambda one: one.output_error))
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        self._table.set_rows(self._measures)
        for row, one in enumerate(self._measures):
            if one.method == chosen:
                self.selectRow(row)
        selection.blockSignals(blocked)
        self.viewport().update()

    def _share(self, one: LabMeasure) -> float | None:
        top = max((each.output_error for each in self._measures), default=0.0)
        return one.output_error / top if top else None

    def _on_row(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self._measures):
            self.method_chosen.emit(self._measures[row].method)


def _time(seconds: float) -> str:
    if seconds < 1:
        return milliseconds(seconds * 1000)
    return bound(QCoreApplication.translate("QuantizationLab", "{value} s").format(value=decimal(seconds, 1)))


def _columns(share: Callable[[LabMeasure], float | None]) -> tuple[TableColumn[LabMeasure], ...]:
    return (
        TableColumn(
            QCoreApplication.translate("QuantizationLab", "Method"), lambda one: method_name(one.method)
        ),
        TableColumn(
            QCoreApplication.translate("QuantizationLab", "Bits"),
            lambda one: decimal(one.bits_per_weight, 2),
            number=True,
            tip=QCoreApplication.translate(
                "QuantizationLab", "Bits per weight with scales, zero points, tables and kept weights"
            ),
        ),
        TableColumn(
            QCoreApplication.translate("QuantizationLab", "Output error"),
            lambda one: percent(one.output_error),
            number=True,
            share=share,
            tip=QCoreApplication.translate(
                "QuantizationLab",
                "How far the layer's output moves, relative to its size, on text that nothing was fitted on",
            ),
        ),
        TableColumn(
            QCoreApplication.translate("QuantizationLab", "Weights only"),
            lambda one: percent(one.weights_only_error),
            number=True,
            tip=QCoreApplication.translate("QuantizationLab", "The same with inputs that are not rounded"),
        ),
        TableColumn(
            QCoreApplication.translate("QuantizationLab", "Fitted text"),
            lambda one: percent(one.fitted_error),
            number=True,
            tip=QCoreApplication.translate(
                "QuantizationLab",
                "The output error on the text that the method was fitted on: much less than on other text "
                "means that it learned the text by heart",
            ),
        ),
        TableColumn(
            QCoreApplication.translate("QuantizationLab", "Weight error"),
            lambda one: percent(one.weight_error),
            number=True,
            tip=QCoreApplication.translate(
                "QuantizationLab", "How far the weights themselves moved, relative to their size"
            ),
        ),
        TableColumn(
            QCoreApplication.translate("QuantizationLab", "Time"),
            lambda one: _time(one.seconds),
            number=True,
            tip=QCoreApplication.translate(
                "QuantizationLab", "Of rounding this matrix, without reading the text"
            ),
        ),
    )
