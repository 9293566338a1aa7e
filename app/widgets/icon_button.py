"""A square button with one icon; its text is the tooltip and the accessible name."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton
from app.widgets.painting import color, focus_ring, rounded_box


class IconButton(KeyButton):
    """28 px square by default; checkable buttons stay raised while checked."""

    def __init__(
        self,
        icon_name: str,
        text: str,
        theme: Theme,
        *,
        size: int | None = None,
        icon_size: int | None = None,
        role: str = "fg2",
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._role = role
        self._icon_px = icon_size or theme.tokens.icon_size
        side = size or theme.tokens.icon_button
        self.setFixedSize(QSize(side, side))
        self.setCheckable(checkable)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_text(text)
        theme.changed.connect(self.update)

    def set_text(self, text: str) -> None:
        """New tooltip and accessible name."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def set_icon_name(self, name: str) -> None:
        if name != self._icon_name:
            self._icon_name = name
            self.update()

    def set_role(self, role: str) -> None:
        """Colour role of the icon at rest."""
        if role != self._role:
            self._role = role
            self.update()

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
        lively = self.isEnabled() and (self.isDown() or self.isChecked() or self.underMouse())
        if lively:
            fill = "bg5" if self.isDown() or self.isChecked() else "bg4"
            rounded_box(painter, box, tokens.radius_control, color(tokens, fill))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        if not self.isEnabled():
            painter.setOpacity(0.4)
        inset = (self.width() - self._icon_px) / 2
        role = "fg" if lively and self._role == "fg2" else self._role
        draw_icon(painter, self._icon_name, box.adjusted(inset, inset, -inset, -inset), color(tokens, role))
        painter.end()
