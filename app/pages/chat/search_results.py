"""What a search in all chats found: titles first, then messages with their snippets."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font
from engine.messages import Role
from engine.store.records import SearchHit

ROW_HEIGHT = 72
TITLE_HEIGHT = 36
_SIDE = 8

Index = QModelIndex | QPersistentModelIndex
_HIT_ROLE = Qt.ItemDataRole.UserRole
_NO_ROW_STYLE = "#searchResults::item:hover, #searchResults::item:selected { background: transparent; }"


class SearchModel(QAbstractListModel):
    """The hits; a hit without message id is a chat whose title fits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: list[SearchHit] = []

    def set_hits(self, hits: Sequence[SearchHit]) -> None:
        self.beginResetModel()
        self._hits = list(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        hit = self._hits[index.row()]
        if role == _HIT_ROLE:
            return hit
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{hit.session_title}: {hit.snippet}" if hit.message_id else hit.session_title
        return None


class SearchDelegate(QStyledItemDelegate):
    """Title, who wrote it, and two lines of the text with the terms marked."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit: SearchHit = index.data(_HIT_ROLE)
        return QSize(160, ROW_HEIGHT if hit.message_id else TITLE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        hit: SearchHit = index.data(_HIT_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(_SIDE, 1, -_SIDE, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg5"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg4"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, box, tokens.radius_control, tokens)
        room = box.adjusted(_SIDE, 6, -_SIDE, -6)
        font = text_font(tokens, "s", MEDIUM)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg"))
        author = self._author(hit.role) if hit.message_id else ""
        small = text_font(tokens, "xs")
        author_width = QFontMetrics(small).horizontalAdvance(author) + 6
        line = QRectF(room.left(), room.top(), room.width() - author_width, 18)
        title = QFontMetrics(font).elidedText(
            hit.session_title, Qt.TextElideMode.ElideRight, int(line.width())
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, title)
        if hit.message_id:
            painter.setFont(small)
            painter.setPen(color(tokens, "fg2"))
            right = QRectF(room.left(), room.top(), room.width(), 18)
            painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, author)
            self._paint_snippet(painter, hit, room.adjusted(0, 21, 0, 0))
        painter.restore()

    def _author(self, role: Role) -> str:
        names: dict[Role, str] = {
            "user": self.tr("You"),
            "assistant": self.tr("Reply"),
            "system": self.tr("System"),
            "tool": self.tr("Tool"),
        }
        return names[role]

    def _paint_snippet(self, painter: QPainter, hit: SearchHit, room: QRectF) -> None:
        tokens = self._theme.tokens
        layout = QTextLayout(hit.snippet.replace("\n", " "), text_font(tokens, "xs"))
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        marked = QTextCharFormat()
        marked.setBackground(color(tokens, "accent_soft"))
        marked.setForeground(color(tokens, "accent_text"))
        layout.setFormats([_format_range(hit.snippet, start, end, marked) for start, end in hit.ranges])
        layout.beginLayout()
        y = 0.0
        for _ in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            line.setPosition(QPointF(0, y))
            y += line.height() + 1
        layout.endLayout()
        painter.setPen(color(tokens, "fg2"))
        layout.draw(painter, room.topLeft())


class SearchResults(QListView):
    """Arrows move, Enter opens at the message."""

    opened = Signal(str, str)
    """Session id and message id ("" for the chat itself)."""
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._query = ""
        self._model = SearchModel(self)
        self.setModel(self._model)
        self.setItemDelegate(SearchDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("searchResults")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Search results"))
        self.setStyleSheet(
            "#searchResults::item:hover, #searchResults::item:selected {background: transparent;}"
        )
        self.clicked.connect(self._open)
        theme.changed.connect(self.viewport().update)

    def show_hits(self, query: str, hits: Sequence[SearchHit]) -> None:
        """Replace what is shown by the answer to `query`."""
        self._query = query
        self._model.set_hits(hits)
        if hits:
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def open_first(self) -> None:
        """Open the marked result."""
        self._open(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        if self._model.rowCount() or not self._query:
            return
        tokens = self._theme.tokens
        painter = QPainter(self.viewport())
        painter.setFont(text_font(tokens, "s"))
        painter.setPen(color(tokens, "fg3"))
        room = self.viewport().rect().adjusted(16, 16, -16, 0)
        text = self.tr("Nothing was found for “{query}”.").format(query=self._query)
        painter.drawText(room, Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap, text)
        painter.end()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            hit: SearchHit = index.data(_HIT_ROLE)
            self.opened.emit(hit.session_id, hit.message_id)


def _format_range(text: str, start: int, end: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    """Code points to the UTF-16 units Qt counts in."""
    result = QTextLayout.FormatRange()
    result.start = _utf16_length(text[:start])
    result.length = _utf16_length(text[start:end])
    result.format = style
    return result


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
