"""A push button with text and an optional icon: plain, primary, ghost or danger."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font
from app.widgets.squeezed import explain_squeezed

ButtonKind = Literal["plain", "primary", "ghost", "danger"]
_PADDING = 12
_GAP = 6
_ICON = 14
_LEAST_TEXT = 34
"""Pixels below which a shortened text says less than the icon alone."""


class TextButton(KeyButton):
    """Hand-painted, so that it looks the same under every platform style."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        kind: ButtonKind = "plain",
        icon_name: str = "",
        height: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self._theme = theme
        self._kind = kind
        self._icon_name = icon_name
        self._height = height
        self._bare = False
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def set_bare(self, bare: bool) -> None:
        """Show the icon alone, the words as tooltip; without an icon nothing changes."""
        if bare != self._bare and self._icon_name:
            self._bare = bare
            self._explain()
            self.updateGeometry()
            self.update()

    def full_width(self) -> int:
        """Logical pixels that it asks for with its words."""
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + 2 * self._padding()
        if self._icon_name:
            width += _ICON + (_GAP if self.text() else 0)
        return width + 2

    def bare_width(self) -> int:
        """Logical pixels of the icon alone, where there is one."""
        return _ICON + 16 if self._icon_name else self.full_width()

    def sizeHint(self) -> QSize:
        return QSize(self.bare_width() if self._bare else self.full_width(), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def _explain(self) -> None:
        squeezed = self._bare or self.width() < self.full_width() - 2
        explain_squeezed(self, self.text(), squeezed=squeezed)

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
        if not self.isEnabled():
            painter.setOpacity(0.45)
        fill, border, ink = self._colors()
        rounded_box(painter, box, tokens.radius_control, fill, border)
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        self._paint_content(painter, box, ink)
        painter.end()

    def _paint_content(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        painter.setFont(self._font())
        text_width = QFontMetrics(self._font()).horizontalAdvance(self.text())
        icon_width = (_ICON + (_GAP if self.text() else 0)) if self._icon_name else 0
        room_for_text = box.width() - icon_width - 8
        bare = self._bare or (bool(self._icon_name) and room_for_text < min(text_width, _LEAST_TEXT))
        content = _ICON if bare else text_width + icon_width
        left = max((box.width() - content) / 2, 4.0)
        if self._icon_name:
            place = QRectF(left, (box.height() - _ICON) / 2, _ICON, _ICON)
            draw_icon(painter, self._icon_name, place, ink)
            left += _ICON + _GAP
        if bare:
            return
        painter.setPen(ink)
        room = QRectF(left, 0, box.width() - left - 4, box.height())
        shown = QFontMetrics(self._font()).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 2
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _colors(self) -> tuple[QColor | None, QColor | None, QColor]:
        tokens = self._theme.tokens
        hot = self.isEnabled() and self.underMouse()
        if self._kind == "primary":
            return color(tokens, "accent_fill", 0.88 if hot else 1.0), None, color(tokens, "on_accent")
        ink = color(tokens, "error" if self._kind == "danger" else "fg" if hot else "fg2")
        pressed = self.isDown() or self.isChecked()
        fill = color(tokens, "bg5") if pressed else color(tokens, "bg4") if hot else None
        if self._kind == "ghost":
            return fill, None, ink
        return (
            fill or color(tokens, "bg3"),
            color(tokens, "line2"),
            ink if hot else color(tokens, "error" if self._kind == "danger" else "fg"),
        )

    def _font(self) -> QFont:
        return text_font(self._theme.tokens, "s", MEDIUM)

    def _padding(self) -> int:
        return 8 if self._kind == "ghost" else _PADDING


def show_words_where(room: int, buttons: Sequence[TextButton]) -> None:
    """Icons alone where the words of all of them do not fit into `room` logical pixels."""
    bare = sum(button.full_width() for button in buttons) > room
    for button in buttons:
        button.set_bare(bare)
