"""The words that could stand in one place, as bars to choose from."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.theme.theme import Theme
from app.widgets.painting import color, rounded_box, text_font
from engine.protocol.inspection import MaskCandidate

Index = QModelIndex | QPersistentModelIndex
SHARE_ROLE = Qt.ItemDataRole.UserRole
ROW = 26
_PERCENT_ROOM = 52


class CandidateModel(QAbstractListModel):
    """Best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[MaskCandidate, ...] = ()

    def set_candidates(self, candidates: tuple[MaskCandidate, ...]) -> None:
        self.beginResetModel()
        self._candidates = candidates
        self.endResetModel()

    def candidate(self, row: int) -> MaskCandidate:
        return self._candidates[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._candidates)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self._candidates[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.text
        if role == SHARE_ROLE:
            return one.p
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{one.text}, {one.p * 100:.1f} %"
        if role == Qt.ItemDataRole.ToolTipRole:
            if one.text.startswith("##"):
                return self.tr("Continues the word before it. Click to put it there.")
            return self.tr("Click to put it there.")
        return None


class CandidateList(QListView):
    """Click or Return takes a candidate."""

    taken = Signal(object)
    """The `MaskCandidate`."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.candidates = CandidateModel(self)
        self.setModel(self.candidates)
        self.setItemDelegate(_BarDelegate(theme, self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView{background:transparent;border:0;}")
        self.clicked.connect(self._take)
        self.activated.connect(self._take)
        self._taken_at = -1

    def set_candidates(self, candidates: tuple[MaskCandidate, ...]) -> None:
        self._taken_at = -1
        self.candidates.set_candidates(candidates)
        if candidates:
            self.setCurrentIndex(self.candidates.index(0))

    def _take(self, index: QModelIndex) -> None:
        # A platform may both click and activate.
        if index.row() != self._taken_at:
            self._taken_at = index.row()
            self.taken.emit(self.candidates.candidate(index.row()))


class _BarDelegate(QStyledItemDelegate):
    """The word, and its probability as a bar behind it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        share = float(index.data(SHARE_ROLE))
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(1, 1, -1, -3)
        rounded_box(painter, box, tokens.radius_tag, color(tokens, "bg5" if hovered else "bg4"))
        bar = QRectF(box.left(), box.top(), max(6.0, box.width() * share), box.height())
        rounded_box(painter, bar, tokens.radius_tag, color(tokens, "accent_soft"))
        if current:
            painter.setPen(color(tokens, "accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), tokens.radius_tag, tokens.radius_tag)
        font = text_font(tokens, "s", mono=True)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg" if share >= 0.1 or hovered else "fg2"))
        room = box.adjusted(8, 0, -_PERCENT_ROOM, 0)
        shown = QFontMetricsF(font).elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg2"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(box.adjusted(0, 0, -8, 0), right, f"{share * 100:.1f} %")
        painter.restore()
