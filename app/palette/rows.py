"""The palette's list: a model of rows and the delegate that paints them."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.palette.items import PaletteItem
from app.theme.fonts import heading_weight, ui_font
from app.theme.icons import draw_icon
from app.theme.theme import Theme

ROW = 36
HEAD = 28
ITEM_ROLE = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class PaletteModel(QAbstractListModel):
    """Rows and the headings of their groups; a heading is a plain string."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PaletteItem | str] = []

    def set_items(self, items: list[PaletteItem]) -> None:
        """Replace everything; a heading comes before the first row of each group."""
        self.beginResetModel()
        self._rows = []
        group = ""
        for item in items:
            if item.group and item.group != group:
                self._rows.append(item.group)
            group = item.group
            self._rows.append(item)
        self.endResetModel()

    def item(self, row: int) -> PaletteItem | None:
        """A row that can be chosen; None for headings and outside."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, PaletteItem) and found.enabled else None

    def next_row(self, row: int, step: int) -> int:
        """The next row that can be chosen, going round; -1 when there is none."""
        count = len(self._rows)
        for distance in range(1, count + 1):
            candidate = (row + step * distance) % count
            if self.item(candidate) is not None:
                return candidate
        return -1

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        row = self._rows[index.row()]
        if role == ITEM_ROLE:
            return row
        if role in (int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)):
            if isinstance(row, str):
                return row
            return ", ".join(part for part in (row.title, row.subtitle, row.keys) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class PaletteDelegate(QStyledItemDelegate):
    """Icon, title with the matched letters, what it belongs to, keys."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, HEAD if isinstance(index.data(ITEM_ROLE), str) else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ITEM_ROLE)
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            self._paint_head(painter, row, box)
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_item(painter, row, box, selected)
        painter.restore()

    def _paint_head(self, painter: QPainter, text: str, box: QRectF) -> None:
        painter.setFont(ui_font(self._theme.tokens.text_xs, QFont.Weight.Medium))
        painter.setPen(self._theme.color("fg3"))
        painter.drawText(box.adjusted(14, 6, -14, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_item(self, painter: QPainter, item: PaletteItem, box: QRectF, selected: bool) -> None:
        theme, tokens = self._theme, self._theme.tokens
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg5"))
            painter.drawRoundedRect(box.adjusted(6, 1, -6, -1), tokens.radius_control, tokens.radius_control)
        if not item.enabled:
            painter.setOpacity(0.45)
        if item.icon:
            place = QRectF(box.left() + 16, box.center().y() - 8, 16, 16)
            draw_icon(painter, item.icon, place, theme.color("fg" if selected else "fg2"))
        right = box.right() - 16
        if item.keys:
            right = self._paint_keys(painter, item.keys, right, box) - 8
        font = ui_font(tokens.text_m)
        left = self._paint_title(painter, item, font, QPointF(box.left() + 42, box.center().y()), right)
        if item.subtitle:
            painter.setFont(ui_font(tokens.text_s))
            painter.setPen(theme.color("fg2" if selected else "fg3"))
            room = QRectF(left + 10, box.top(), max(0.0, right - left - 10), box.height())
            text = QFontMetricsF(painter.font()).elidedText(
                item.subtitle, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_title(
        self, painter: QPainter, item: PaletteItem, font: QFont, start: QPointF, right: float
    ) -> float:
        """Letter runs, matched ones in the accent; returns where the title ends."""
        strong = QFont(font)
        strong.setWeight(heading_weight())
        metrics, strong_metrics = QFontMetricsF(font), QFontMetricsF(strong)
        title = metrics.elidedText(item.title, Qt.TextElideMode.ElideRight, right - start.x())
        baseline = start.y() + metrics.ascent() / 2 - metrics.descent() / 2
        x = start.x()
        for text, matched in _runs(title, set(item.positions)):
            painter.setFont(strong if matched else font)
            painter.setPen(self._theme.color("accent_text" if matched else "fg"))
            painter.drawText(QPointF(x, baseline), text)
            x += (strong_metrics if matched else metrics).horizontalAdvance(text)
        return x

    def _paint_keys(self, painter: QPainter, keys: str, right: float, box: QRectF) -> float:
        """The shortcut in a small frame, ending at `right`; returns where it begins."""
        tokens = self._theme.tokens
        painter.setFont(ui_font(tokens.text_xs, QFont.Weight.Medium))
        width = QFontMetricsF(painter.font()).horizontalAdvance(keys) + 12
        frame = QRectF(right - width, box.center().y() - 9.5, width, 19)
        painter.setPen(QColor(tokens.line2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, tokens.radius_tag, tokens.radius_tag)
        painter.setPen(self._theme.color("fg2"))
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, keys)
        return frame.left()


def _runs(text: str, matched: set[int]) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for index, letter in enumerate(text):
        hit = index in matched
        if runs and runs[-1][1] == hit:
            runs[-1] = (runs[-1][0] + letter, hit)
        else:
            runs.append((letter, hit))
    return runs
