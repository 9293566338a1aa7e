"""A vocabulary as a table: only the rows that are looked at are ever made."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.models.inspection_subject import visible
from app.panels.vocabulary.occurrences import PromptTokens
from app.widgets.numbers import decimal
from engine.library.vocabulary import Vocabulary

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """In the order shown."""

    ID = 0
    TEXT = 1
    BYTES = 2
    LENGTH = 3
    KIND = 4
    IN_CHAT = 5
    SCORE = 6


NUMBERS = (Column.ID, Column.LENGTH, Column.IN_CHAT, Column.SCORE)


class VocabularyTableModel(QAbstractTableModel):
    """Shows the tokens whose ids `set_ids` names."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._vocabulary: Vocabulary | None = None
        self._ids: Sequence[int] = ()
        self._prompt: PromptTokens | None = None

    def set_ids(self, vocabulary: Vocabulary | None, ids: Sequence[int]) -> None:
        self.beginResetModel()
        self._vocabulary, self._ids = vocabulary, ids
        self.endResetModel()

    def set_prompt(self, prompt: PromptTokens | None) -> None:
        """The chat in which tokens are counted."""
        self._prompt = prompt
        if self._ids:
            last = self.index(len(self._ids) - 1, Column.IN_CHAT)
            self.dataChanged.emit(self.index(0, Column.IN_CHAT), last)

    def token(self, row: int) -> int:
        """The id shown in a row."""
        return self._ids[row]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            Column.ID: self.tr("Id"),
            Column.TEXT: self.tr("Token"),
            Column.BYTES: self.tr("Bytes"),
            Column.LENGTH: self.tr("Length"),
            Column.KIND: self.tr("Kind"),
            Column.IN_CHAT: self.tr("In this chat"),
            Column.SCORE: self.tr("Score"),
        }[column]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        vocabulary = self._vocabulary
        if vocabulary is None or not index.isValid():
            return None
        column = Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(vocabulary, self._ids[index.row()], column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def kind_name(self, kind: str) -> str:
        """What a kind of token is called; "" for plain text."""
        return {
            "control": self.tr("control"),
            "unknown": self.tr("unknown"),
            "user": self.tr("added"),
            "unused": self.tr("unused"),
            "byte": self.tr("byte"),
        }.get(kind, "")

    def _text(self, vocabulary: Vocabulary, token: int, column: Column) -> str:
        piece = vocabulary.pieces[token]
        match column:
            case Column.ID:
                text = str(token)
            case Column.TEXT:
                text = visible(piece)
            case Column.BYTES:
                text = piece.hex(" ")
            case Column.LENGTH:
                text = str(len(piece))
            case Column.KIND:
                text = self.kind_name(vocabulary.kinds[token])
            case Column.SCORE:
                text = decimal(vocabulary.scores[token], 2) if vocabulary.scores else ""
            case _:
                count = self._prompt.count(piece) if self._prompt is not None else 0
                text = str(count) if count else ""
        return text


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
