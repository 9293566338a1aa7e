"""A row of mutually exclusive choices in one frame."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.choice import Choice
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font


class SegmentButton(QRadioButton):
    """One choice; a radio button for screen readers and arrow keys."""

    def __init__(self, text: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(24)
        theme.changed.connect(self.update)

    def _font(self) -> QFont:
        return text_font(self._theme.tokens, "s", MEDIUM)

    def hitButton(self, pos: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self._font()).horizontalAdvance(self.text()) + 16, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 40), 24)

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
        if not self.isEnabled():
            painter.setOpacity(0.45)
        box = QRectF(self.rect())
        if self.isChecked():
            rounded_box(painter, box, tokens.radius_control, color(tokens, "bg5"))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        font, room = self._fitting(box)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg" if self.isChecked() or self.underMouse() else "fg2"))
        shown = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()

    def _fitting(self, box: QRectF) -> tuple[QFont, QRectF]:
        """In narrow panels the text goes nearer to the edges, then gets smaller, before it is cut."""
        small = text_font(self._theme.tokens, "xs", MEDIUM)
        for font, side in ((self._font(), 4), (self._font(), 1), (small, 1)):
            room = box.adjusted(side, 0, -side, 0)
            if QFontMetrics(font).horizontalAdvance(self.text()) <= room.width():
                return font, room
        return small, box.adjusted(1, 0, -1, 0)


class SegmentedControl(QWidget):
    """Choices as (key, text). `set_current(None)` shows that none of them applies."""

    selected = Signal(str)
    """The key the user picked (not emitted by `set_current`)."""

    def __init__(
        self, name: str, choices: Sequence[tuple[str, str]], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, SegmentButton] = {}
        self._choice = Choice(self.selected.emit)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for key, text in choices:
            button = SegmentButton(text, theme, self)
            self._choice.watch(key, button)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self.setFixedHeight(30)
        theme.changed.connect(self.update)

    def current(self) -> str | None:
        return next((key for key, button in self._buttons.items() if button.isChecked()), None)

    def set_current(self, key: str | None) -> None:
        with self._choice.quietly():
            if key is not None and key in self._buttons:
                self._buttons[key].setChecked(True)
                return
            self._group.setExclusive(False)
            for button in self._buttons.values():
                button.setChecked(False)
            self._group.setExclusive(True)

    def button(self, key: str) -> SegmentButton:
        return self._buttons[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded_box(
            painter, QRectF(self.rect()), tokens.radius_card, color(tokens, "bg2"), color(tokens, "line2")
        )
        painter.end()
