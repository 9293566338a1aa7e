"""The card as tables: layers, tensors, and everything else that the file says."""

from PySide6.QtCore import QObject

from app.panels.model_card.groups import kind_name
from app.widgets.numbers import decimal, size, whole
from app.widgets.row_table import RowTable, TableColumn
from engine.inspection.model_card import LayerCard, TensorCard


class CardTables(QObject):
    """Makes the models of the card's tables."""

    def layers(self) -> RowTable[LayerCard]:
        """One row a layer."""
        text = self.tr("all")
        return RowTable[LayerCard](
            (
                TableColumn(self.tr("Layer"), lambda row: str(row.number), True),
                TableColumn(self.tr("Heads"), lambda row: whole(row.heads), True),
                TableColumn(self.tr("KV heads"), lambda row: whole(row.kv_heads), True),
                TableColumn(self.tr("Sees"), lambda row: whole(row.window) if row.window else text, True),
                TableColumn(self.tr("Experts"), lambda row: str(row.experts) if row.experts else "–", True),
                TableColumn(self.tr("Parameters"), lambda row: whole(row.amount.parameters), True),
                TableColumn(self.tr("Bytes"), lambda row: size(row.amount.bytes), True),
                TableColumn(self.tr("Bits/weight"), lambda row: decimal(row.amount.bits_per_weight, 2), True),
                TableColumn(self.tr("Types"), _types),
            ),
            self,
        )

    def tensors(self) -> RowTable[TensorCard]:
        """One row a tensor."""
        return RowTable[TensorCard](
            (
                TableColumn(self.tr("Tensor"), lambda row: row.name),
                TableColumn(self.tr("What it does"), lambda row: kind_name(row.kind)),
                TableColumn(self.tr("Shape"), lambda row: " × ".join(map(whole, row.shape)), True),
                TableColumn(self.tr("Type"), lambda row: row.type),
                TableColumn(self.tr("Bytes"), lambda row: size(row.amount.bytes), True),
            ),
            self,
        )

    def metadata(self) -> RowTable[tuple[str, str]]:
        """One row a key of the file."""
        return RowTable[tuple[str, str]](
            (
                TableColumn(self.tr("Key"), lambda row: row[0]),
                TableColumn(self.tr("Value"), lambda row: row[1]),
            ),
            self,
        )


def _types(row: LayerCard) -> str:
    """Types with how many tensors have them, the most bytes first."""
    sums: dict[str, list[int]] = {}
    for tensor in row.tensors:
        entry = sums.setdefault(tensor.type, [0, 0])
        entry[0] += 1
        entry[1] += tensor.amount.bytes
    by_bytes = sorted(sums.items(), key=lambda item: -item[1][1])
    return ", ".join(f"{name} × {entry[0]}" for name, entry in by_bytes)
