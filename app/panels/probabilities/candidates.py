"""What else the model considered at one place: candidates as bars, each of which can be taken."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.models.inspection_subject import visible
from app.models.reply_tokens import ReplyToken
from app.panels.probabilities.words import share
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, rounded_box, text_font

ROW = 24
_Index = QModelIndex | QPersistentModelIndex
_TEXT = Qt.ItemDataRole.DisplayRole


@dataclass(frozen=True)
class Row:
    """`p` under the model's own distribution. `taken`: it stands in the reply."""

    id: int
    text: str
    p: float
    taken: bool


def rows_of(token: ReplyToken, shown: int) -> list[Row]:
    """The `shown` best candidates; the one that was taken is always among them."""
    ranked = sorted(token.candidates, key=lambda each: -each.logprob)[: max(1, shown)]
    rows = [
        Row(each.id, _label(each.id, each.text), math.exp(min(0.0, each.logprob)), each.id == token.id)
        for each in ranked
    ]
    if not any(row.taken for row in rows):
        rows = [*rows[: max(0, shown - 1)], Row(token.id, token.label, token.p, taken=True)]
    return rows


def _label(token_id: int, text: str) -> str:
    """Half a character has no text of its own: then its number."""
    return f"#{token_id}" if "\ufffd" in text or not text else visible(text.encode())


class CandidateModel(QAbstractListModel):
    """Rows for the list; the text of a row is what a screen reader says."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def set_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = _TEXT) -> object:
        if not index.isValid() or role not in (_TEXT, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        if role == _TEXT:
            text = self.tr("{text}, {p}, taken") if row.taken else self.tr("{text}, {p}")
            return text.format(text=row.text, p=share(row.p))
        if row.taken:
            return self.tr("This token stands in the reply (id {id}).").format(id=row.id)
        return self.tr("Double-click to go on from here with this token (id {id}).").format(id=row.id)


class CandidateList(QListView):
    """Enter or a double click takes a candidate: the reply goes on from it in a new version."""

    taken = Signal(int)
    """Token id."""
    stepped = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = CandidateModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(theme, self))
        self.setAccessibleName(self.tr("Candidates"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setObjectName("candidates")
        self.setStyleSheet("#candidates{background:transparent;}")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._take)
        theme.changed.connect(self.viewport().update)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other candidates; the one that was taken is current."""
        if list(rows) == self._rows.rows:
            return
        self._rows.set_rows(rows)
        number = next((number for number, row in enumerate(rows) if row.taken), -1)
        if number >= 0:
            self.setCurrentIndex(self._rows.index(number, 0))

    def rows(self) -> list[Row]:
        return self._rows.rows

    def current(self) -> Row | None:
        """The row the keyboard is on."""
        index = self.currentIndex()
        return self._rows.rows[index.row()] if index.isValid() else None

    def row(self, index: _Index) -> Row:
        return self._rows.rows[index.row()]

    def _take(self, index: QModelIndex) -> None:
        row = self._rows.rows[index.row()]
        if not row.taken:
            self.taken.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._take(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.viewport().update()


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: CandidateList) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tokens, row = self._theme.tokens, self._view.row(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(0, 1, -4, -2)
        rounded_box(painter, box, tokens.radius_tag, color(tokens, "bg4"))
        bar = QRectF(box.left(), box.top(), max(6.0, box.width() * row.p), box.height())
        rounded_box(painter, bar, tokens.radius_tag, color(tokens, "accent_soft"))
        if row.taken:
            painter.fillRect(QRectF(box.left(), box.top() + 4, 2, box.height() - 8), color(tokens, "accent"))
        state = option.state
        if self._view.hasFocus() and state & QStyle.StateFlag.State_HasFocus:
            rounded_box(painter, box, tokens.radius_tag, border=color(tokens, "accent"))
        hovered = bool(state & QStyle.StateFlag.State_MouseOver) and not row.taken
        painter.setFont(text_font(tokens, "xs", MEDIUM, tabular=True))
        painter.setPen(color(tokens, "accent_text" if row.taken else "fg2"))
        right = box.adjusted(0, 0, -26 if hovered else -6, 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, share(row.p))
        if hovered:
            place = QRectF(box.right() - 20, box.center().y() - 7, 14, 14)
            draw_icon(painter, "git-branch", place, color(tokens, "accent_text"))
        painter.setFont(text_font(tokens, "s", mono=True))
        painter.setPen(color(tokens, "fg" if row.taken or hovered else "fg2"))
        room = box.adjusted(9, 0, -64, 0)
        text = painter.fontMetrics().elidedText(row.text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()
