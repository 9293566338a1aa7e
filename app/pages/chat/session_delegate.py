"""How a row of the chat list is painted and renamed."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.models.session_groups import SessionGroup
from app.models.session_tree import GROUP_ROLE, KIND_ROLE, LIVE_ROLE, RECORD_ROLE, SUBTITLE_ROLE, TIME_ROLE
from app.theme.fonts import ui_font
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import color, focus_ring, rounded_box
from engine.store.records import SessionRecord

HEADING_HEIGHT = 30
MORE_HEIGHT = 32
_SIDE = 8
_LINE_1, _LINE_2 = 18, 16

Index = QModelIndex | QPersistentModelIndex


class SessionDelegate(QStyledItemDelegate):
    """Rows of 48 px: title over model and tokens, the time at the right, a dot while a reply is written."""

    def __init__(self, theme: Theme, view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._heading = QSize(160, HEADING_HEIGHT)
        self._more = QSize(160, MORE_HEIGHT)
        self._row = QSize(160, theme.tokens.row_height)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        kind = index.data(KIND_ROLE)
        return self._row if kind == "session" else self._heading if kind == "group" else self._more

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        kind = index.data(KIND_ROLE)
        if kind == "session":
            self._paint_session(painter, option, index)
        elif kind == "group":
            self._paint_heading(painter, option, index)
        else:
            self._paint_more(painter, option, index)
        painter.restore()

    def _paint_session(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        record: SessionRecord = index.data(RECORD_ROLE)
        selected = self._view_says("is_open", record.id)
        box = self._paint_ground(painter, option, opened=selected)
        room = box.adjusted(_SIDE, 7, -_SIDE, -6)
        live = bool(index.data(LIVE_ROLE))
        pinned = record.pinned
        weight = QFont.Weight.Medium if selected else QFont.Weight.Normal
        title_width = room.width() - (14 if live or pinned else 0)
        self._text(painter, ui_font(tokens.text_m, weight), "fg", index.data(), _line(room, 0, title_width))
        if live:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color(tokens, "accent"))
            painter.drawEllipse(QPointF(room.right() - 4, room.top() + 9), 3.5, 3.5)
        elif pinned:
            place = QRectF(room.right() - 12, room.top() + 3, 12, 12)
            draw_icon(painter, "pin", place, color(tokens, "fg3"))
        ink = "fg2" if selected else "fg3"
        font = ui_font(tokens.text_xs)
        when = str(index.data(TIME_ROLE))
        when_width = QFontMetrics(font).horizontalAdvance(when) + 2
        below = _line(room, _LINE_1 + 1, room.width() - when_width - 8, _LINE_2)
        self._subtitle(painter, font, ink, str(index.data(SUBTITLE_ROLE)), below)
        place = QRectF(room.right() - when_width, below.top(), when_width, _LINE_2)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, when)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = self._theme.tokens
        group: SessionGroup = index.data(GROUP_ROLE)
        box = QRectF(option.rect).adjusted(_SIDE, 4, -_SIDE, -2)
        hot = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        target = self._view_says("is_drop_target", group.key)
        if (group.kind == "folder" and hot) or target:
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg4"))
        if focused or target:
            focus_ring(painter, box, tokens.radius_control, tokens)
        left = box.left() + _SIDE
        closed = not option.state & QStyle.StateFlag.State_Open
        if group.kind == "folder":
            name = "folder" if closed else "folder-open"
            draw_icon(painter, name, QRectF(left, box.center().y() - 7, 14, 14), color(tokens, "fg3"))
            left += 20
        count = str(len(group.sessions)) if closed else ""
        room = QRectF(left, box.top(), box.right() - left - 34, box.height())
        font = ui_font(tokens.text_xs, QFont.Weight.Medium)
        self._text(painter, font, "fg2" if group.kind == "folder" else "fg3", index.data(), room)
        if closed or hot:
            chevron = "chevron-right" if closed else "chevron-down"
            place = QRectF(box.right() - 18, box.center().y() - 6, 12, 12)
            draw_icon(painter, chevron, place, color(tokens, "fg3"))
        if count:
            painter.setPen(color(tokens, "fg3"))
            place = QRectF(box.right() - 58, box.top(), 36, box.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)

    def _paint_more(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = self._paint_ground(painter, option)
        font = ui_font(self._theme.tokens.text_s)
        self._text(painter, font, "accent_text", index.data(), box.adjusted(_SIDE, 0, -_SIDE, 0))

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, *, opened: bool = False
    ) -> QRectF:
        """The open chat stands out; the row of the keyboard or of a menu looks like one under the pointer."""
        tokens = self._theme.tokens
        box = QRectF(option.rect).adjusted(_SIDE, 0, -_SIDE, 0)
        if opened:
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg5"))
        elif option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg4"))
        if option.state & QStyle.StateFlag.State_HasFocus and self._keyboard_focus():
            focus_ring(painter, box, tokens.radius_control, tokens)
        return box

    def _view_says(self, question: str, key: str) -> bool:
        """Ask the view about a row (`SessionView.is_open`, `is_drop_target`)."""
        answer = getattr(self.parent(), question, None)
        return bool(answer is not None and answer(key))

    def _keyboard_focus(self) -> bool:
        view = self.parent()
        return bool(view is not None and view.property("keyboardFocus"))

    def _subtitle(self, painter: QPainter, font: QFont, role: str, text: str, room: QRectF) -> None:
        """“model · tokens”: where it is too long the model's name is shortened, never the figure."""
        model, separator, figure = text.rpartition(" · ")
        if not separator:
            self._text(painter, font, role, text, room)
            return
        metrics = QFontMetrics(font)
        rest = f"{separator}{figure}"
        name_room = int(room.width()) - metrics.horizontalAdvance(rest)
        name = metrics.elidedText(model, Qt.TextElideMode.ElideRight, max(0, name_room))
        self._text(painter, font, role, f"{name}{rest}", room)

    def _text(self, painter: QPainter, font: QFont, role: str, text: object, room: QRectF) -> None:
        painter.setFont(font)
        painter.setPen(color(self._theme.tokens, role))
        shown = QFontMetrics(font).elidedText(str(text), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    # renaming in place

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("New name"))
        editor.setFont(ui_font(self._theme.tokens.text_m))
        editor.setMaxLength(200)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect.adjusted(_SIDE, 0, -_SIDE, 0)
        height = min(30, box.height())
        editor.setGeometry(box.x(), box.y() + (box.height() - height) // 2, box.width(), height)


def _line(room: QRectF, offset: float, width: float, height: float = _LINE_1) -> QRectF:
    return QRectF(room.left(), room.top() + offset, width, height)
