"""The switch “Live”: a dot and a word."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font

_DOT = 7.0


class LiveButton(KeyButton):
    """Checked: attention is read while a reply is written."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setFixedHeight(26)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(self.tr("Live"))
        self.setAccessibleName(self.tr("Read attention while the reply is written"))
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self.toggled.connect(self._retell)
        self._retell()

    def set_live(self, live: bool) -> None:
        if live != self.isChecked():
            self.setChecked(live)

    def sizeHint(self) -> QSize:
        font = text_font(self._theme.tokens, "s", MEDIUM)
        return QSize(QFontMetrics(font).horizontalAdvance(self.text()) + 28, 26)

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
        if self.underMouse() or self.isDown():
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg4"))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        role = "ok" if self.isChecked() else "fg3"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens, role))
        painter.drawEllipse(QRectF(9, (self.height() - _DOT) / 2, _DOT, _DOT))
        painter.setPen(color(tokens, role))
        painter.setFont(text_font(tokens, "s", MEDIUM))
        painter.drawText(box.adjusted(21, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def _retell(self) -> None:
        self.setToolTip(
            self.tr("Attention is read with every token. Click to stop.")
            if self.isChecked()
            else self.tr("Attention is not read. Click to read it while a reply is written.")
        )
