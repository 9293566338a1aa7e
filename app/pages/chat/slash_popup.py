"""The list that opens when a message begins with “/”."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.theme.fonts import mono_font, ui_font
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import color, rounded_box

ROW_HEIGHT = 32
MAX_ROWS = 8
WIDTH = 420

Index = QModelIndex | QPersistentModelIndex
_ENTRY_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class SlashEntry:
    """What “/name argument” does. `run` gets the argument ("" without one)."""

    name: str
    title: str
    icon_name: str
    run: Callable[[str], None]
    takes_argument: bool = False


def matching(entries: Sequence[SlashEntry], text: str) -> list[SlashEntry]:
    """The entries that `text` (“/ex”) may become: by name first, then by title."""
    word = text[1:].split(" ", 1)[0].lower() if text.startswith("/") else ""
    if "\n" in text or not text.startswith("/"):
        return []
    if " " in text:
        return [entry for entry in entries if entry.name == word and entry.takes_argument]
    by_name = [entry for entry in entries if entry.name.startswith(word)]
    by_title = [entry for entry in entries if entry not in by_name and word in entry.title.lower()]
    return by_name + by_title


class _EntryModel(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[SlashEntry] = []

    def set_entries(self, entries: list[SlashEntry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == _ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"/{entry.name}, {entry.title}"
        return None


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH // 2, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        entry: SlashEntry = index.data(_ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg5"))
        draw_icon(
            painter, entry.icon_name, QRectF(box.left() + 8, box.top() + 9, 14, 14), color(tokens, "fg2")
        )
        name = f"/{entry.name}"
        font = mono_font(tokens.text_s)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg"))
        left = box.left() + 32
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, box.top(), 120, box.height()), vertical, name)
        left += max(96, QFontMetrics(font).horizontalAdvance(name) + 16)
        painter.setFont(ui_font(tokens.text_s, QFont.Weight.Normal))
        painter.setPen(color(tokens, "fg2"))
        painter.drawText(QRectF(left, box.top(), box.right() - left - 8, box.height()), vertical, entry.title)
        painter.restore()


class SlashPopup(QFrame):
    """Stands above the composer without taking the focus from it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _EntryModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_EntryDelegate(theme, self._list))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.clicked.connect(lambda index: self.chosen.emit(index.data(_ENTRY_ROLE)))
        self._list.entered.connect(self._list.setCurrentIndex)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, 7, 7, 7)
        layout.addWidget(self._list)
        self.setObjectName("slashPopup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def show_entries(self, entries: list[SlashEntry], bottom_left: QPoint) -> None:
        """Open with these above a point of the parent; nothing to show closes it."""
        if not entries:
            self.hide()
            return
        if entries != self._model.entries:
            self._model.set_entries(entries)
            self._list.setCurrentIndex(self._model.index(0, 0))
        rows = min(MAX_ROWS, len(entries))
        self.resize(WIDTH, rows * ROW_HEIGHT + 16)
        self.move(bottom_left.x(), bottom_left.y() - self.height() - 8)
        self.show()
        self.raise_()

    def current(self) -> SlashEntry | None:
        """The marked entry."""
        row = self._list.currentIndex().row()
        return self._model.entries[row] if 0 <= row < len(self._model.entries) else None

    def step(self, rows: int) -> None:
        """Move the mark, around the ends."""
        count = len(self._model.entries)
        row = (self._list.currentIndex().row() + rows) % count
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(
            f"#slashPopup {{ background: {tokens.bg3}; border: 1px solid {tokens.line2};"
            f" border-radius: {tokens.radius_card}px; }} QListView {{ background: transparent; border: 0; }}"
        )
