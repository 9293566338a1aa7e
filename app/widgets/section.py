"""Headings of a panel, plain and collapsible."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton
from app.widgets.painting import SEMIBOLD, color, focus_ring, rounded_box, text_font
from app.widgets.text_label import TextLabel


class SectionHeader(QWidget):
    """A title on the left and a small figure or note on the right."""

    def __init__(self, title: str, theme: Theme, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel(title, theme, weight=SEMIBOLD)
        self.note = TextLabel(note, theme, role="fg3", size="xs", tabular=True)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(6)
        self.row.addWidget(self._title)
        self.row.addStretch(1)
        self.row.addWidget(self.note)

    def set_note(self, note: str) -> None:
        self.note.set_text(note)


class DisclosureButton(KeyButton):
    """The clickable heading of a collapsible section."""

    def __init__(self, title: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._note = ""
        self._warned = False
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFixedHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def set_note(self, note: str, warned: bool = False) -> None:
        """A short summary on the right, e.g. what is active inside; `warned` adds a triangle."""
        self._note, self._warned = note, warned
        self.setAccessibleDescription(note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 28)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            rounded_box(painter, box.adjusted(-6, 0, 6, 0), tokens.radius_control, color(tokens, "bg4"))
        self._paint_chevron(painter, box)
        painter.setPen(color(tokens, "fg" if self.isChecked() or self.underMouse() else "fg2"))
        painter.setFont(text_font(tokens, "s", SEMIBOLD))
        room = box.adjusted(18, 0, 0, 0)
        title = painter.boundingRect(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._warned:
            mark = QRectF(title.right() + 6, box.center().y() - 6.5, 13, 13)
            draw_icon(painter, "triangle-alert", mark, color(tokens, "warn"))
        painter.setFont(text_font(tokens, "xs", tabular=True))
        painter.setPen(color(tokens, "fg3" if not self.underMouse() else "fg2"))
        left = title.right() + (26 if self._warned else 10)
        shown = painter.fontMetrics().elidedText(
            self._note, Qt.TextElideMode.ElideRight, int(box.right() - left)
        )
        painter.drawText(
            QRectF(left, 0, box.right() - left, box.height()),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            shown,
        )
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        painter.end()

    def _paint_chevron(self, painter: QPainter, box: QRectF) -> None:
        painter.save()
        painter.translate(QPointF(7, box.center().y()))
        if self.isChecked():
            painter.rotate(90)
        draw_icon(painter, "chevron-right", QRectF(-7, -7, 14, 14), color(self._theme.tokens, "fg3"))
        painter.restore()


class CollapsibleSection(QWidget):
    """A heading that shows and hides `body`; `toggled` lets the owner remember the state."""

    toggled = Signal(bool)

    def __init__(
        self, title: str, theme: Theme, *, expanded: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.header = DisclosureButton(title, theme)
        self.body = QWidget()
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(0, 4, 0, 8)
        self.content.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.body)
        self.body.setVisible(expanded)
        self.header.setChecked(expanded)
        self.header.toggled.connect(self._on_toggled)

    def is_expanded(self) -> bool:
        return self.header.isChecked()

    def set_expanded(self, expanded: bool) -> None:
        self.header.setChecked(expanded)

    def _on_toggled(self, expanded: bool) -> None:
        self.body.setVisible(expanded)
        self.toggled.emit(expanded)
