"""Every type a model can be quantized to, with what it would give for the chosen source."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.panels.quantize.texts import family_name, type_words
from app.widgets import numbers
from app.widgets.data_table import BAR_ROLE, FAINT_ROLE
from engine.protocol.jobs import TypePlanned
from engine.quantize.types import FILE_TYPES, FileType, nominal_bits

Index = QModelIndex | QPersistentModelIndex
NAME, BITS, SIZE, SHARE, REMARK = range(5)
_FULL_BAR = "F16"
"""Bars are measured by this type; larger files fill them too."""


@dataclass
class TypeRow:
    """`plan` is None while it is not known."""

    type: FileType
    plan: TypePlanned | None = None
    ticked: bool = False


class TypesModel(QAbstractTableModel):
    """In the order of the engine: from accurate to small within each family."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = [TypeRow(one) for one in FILE_TYPES.values()]
        self._source_bytes = 0
        self._has_imatrix = False

    # what it shows

    def set_source_bytes(self, size: int) -> None:
        """Shares are of this."""
        self._source_bytes = size
        self._refresh()

    def set_has_imatrix(self, has: bool) -> None:
        """Whether types that need an importance matrix can be made."""
        self._has_imatrix = has
        self._refresh()

    def clear_plans(self) -> None:
        for row in self._rows:
            row.plan = None
        self._refresh()

    def set_plan(self, plan: TypePlanned) -> None:
        for number, row in enumerate(self._rows):
            if row.type.name == plan.type_name:
                row.plan = plan
                self.dataChanged.emit(self.index(number, 0), self.index(number, REMARK))
        if plan.type_name == _FULL_BAR:
            self._refresh()  # all bars are measured by it

    def row(self, number: int) -> TypeRow:
        return self._rows[number]

    def number_of(self, name: str) -> int:
        return next(number for number, row in enumerate(self._rows) if row.type.name == name)

    # ticks

    def ticked(self) -> list[TypeRow]:
        return [row for row in self._rows if row.ticked]

    def set_ticked(self, names: Iterable[str]) -> None:
        wanted = set(names)
        for row in self._rows:
            row.ticked = row.type.name in wanted
        self._refresh()
        self.ticks_changed.emit()

    def toggle(self, number: int) -> None:
        row = self._rows[number]
        row.ticked = not row.ticked
        self.dataChanged.emit(self.index(number, 0), self.index(number, REMARK))
        self.ticks_changed.emit()

    def problem(self, row: TypeRow) -> str:
        """Why a type cannot be made now, "" where it can."""
        if row.plan is not None and row.plan.problem:
            return self.tr("Not for this model: {reason}").format(reason=row.plan.problem)
        needs = row.type.needs_imatrix or (row.plan is not None and row.plan.needs_imatrix)
        return self.tr("Needs an importance matrix") if needs and not self._has_imatrix else ""

    # Qt's

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Type"),
            self.tr("Bits / weight"),
            self.tr("File size"),
            self.tr("Of the source"),
            self.tr("For this model"),
        )[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: PLR0911 - one a role
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                state = self.tr("chosen") if row.ticked else self.tr("not chosen")
                text = self._text(row, index.column())
                return f"{text}, {state}" if index.column() == NAME else text
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(row, REMARK) if index.column() == REMARK else type_words(row.type.name)
            case Qt.ItemDataRole.CheckStateRole if index.column() == NAME:
                return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        if role == FAINT_ROLE:
            return bool(self.problem(row))
        if role == BAR_ROLE and index.column() == SIZE:
            return self._share(row)
        return None

    def _share(self, row: TypeRow) -> float | None:
        if row.plan is None or row.plan.problem:
            return None
        half = self._rows[self.number_of(_FULL_BAR)].plan
        return min(1.0, row.plan.size_bytes / half.size_bytes) if half is not None else None

    def _text(self, row: TypeRow, column: int) -> str:
        plan = row.plan
        known = plan is not None and not plan.problem
        if column == NAME:
            return row.type.name
        if column == BITS:
            bits = plan.bits_per_weight if plan is not None and known else nominal_bits(row.type)
            return numbers.decimal(bits, 2)
        if column == REMARK:
            return self.problem(row) or self._remark(row)
        if plan is None or not known:
            return "–"
        if column == SIZE:
            return numbers.size(plan.size_bytes)
        return numbers.percent(100 * plan.size_bytes / self._source_bytes) if self._source_bytes else "–"

    def _remark(self, row: TypeRow) -> str:
        plan = row.plan
        if plan is None or not plan.fallbacks:
            return family_name(row.type.family)
        total = len(plan.after)
        return self.tr("{count} of {total} tensors fall back: {changes}").format(
            count=plan.fallbacks, total=total, changes=plan.changes
        )

    @staticmethod
    def _alignment(column: int) -> Qt.AlignmentFlag:
        right = column in (BITS, SIZE, SHARE)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _refresh(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, REMARK))
