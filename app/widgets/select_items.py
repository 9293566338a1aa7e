"""The choices of a `Select`: thousands cost no more than their texts."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class SelectItems(QAbstractListModel):
    """(key, text) pairs; keys are in the user role."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[tuple[str, str], ...] = ()
        self._places: dict[str, int] = {}

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        return self._choices

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        self.beginResetModel()
        self._choices = tuple(choices)
        self._places = {key: place for place, (key, _text) in enumerate(self._choices)}
        self.endResetModel()

    def place(self, key: str) -> int:
        """The number of a key; -1 where it is not there."""
        return self._places.get(key, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._choices)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._choices):
            return None
        key, text = self._choices[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        return key if role == Qt.ItemDataRole.UserRole else None
