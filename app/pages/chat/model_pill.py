"""The pill in the top bar that names the model, and shows how far it is loaded."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.key_button import KeyButton
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font

_HEIGHT = 28
_MAX_NAME = 240


class ModelPill(KeyButton):
    """Opens the model picker."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._badge = ""
        self._fraction = -1.0
        self._loaded = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)
        self.show_none()

    def show_none(self) -> None:
        """No model is loaded."""
        self._show(self.tr("Choose a model"), "", -1.0, False)
        self.setAccessibleName(self.tr("Choose a model; none is loaded"))

    def show_resting(self, name: str) -> None:
        """This one is unloaded until it is needed."""
        self._show(name, self.tr("at rest"), -1.0, False)
        self.setAccessibleName(self.tr("Model: {name}, at rest").format(name=name))

    def show_loading(self, name: str, fraction: float) -> None:
        """A model is on its way; `fraction` 0 to 1."""
        self._show(name, "", max(0.0, min(1.0, fraction)), False)
        percent = round(self._fraction * 100)
        self.setAccessibleName(self.tr("Loading {name}, {percent} %").format(name=name, percent=percent))

    def show_model(self, name: str, badge: str) -> None:
        """This one answers."""
        self._show(name, badge, -1.0, True)
        self.setAccessibleName(self.tr("Model: {name} {badge}").format(name=name, badge=badge))

    def _show(self, name: str, badge: str, fraction: float, loaded: bool) -> None:
        changed = (name, badge) != (self.text(), self._badge)
        self.setText(name)
        self._badge, self._fraction, self._loaded = badge, fraction, loaded
        if changed:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        tokens = self._theme.tokens
        name = QFontMetrics(text_font(tokens, "s", MEDIUM)).horizontalAdvance(self.text())
        badge = QFontMetrics(text_font(tokens, "xs", MEDIUM)).horizontalAdvance(self._badge)
        return QSize(9 + 14 + 7 + min(name, _MAX_NAME) + (badge + 8 if badge else 0) + 10 + 14 + 12, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

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
        hot = self.underMouse() or self.isDown()
        radius = _HEIGHT / 2
        rounded_box(painter, box, radius, color(tokens, "bg4" if hot else "bg3"), color(tokens, "line2"))
        if self._fraction >= 0:
            self._paint_progress(painter, box)
        if has_keyboard_focus(self):
            focus_ring(painter, box, radius, tokens)
        icon_role = "accent_text" if self._loaded or self._fraction >= 0 else "fg3"
        draw_icon(painter, "box", QRectF(10, (_HEIGHT - 14) / 2, 14, 14), color(tokens, icon_role))
        chevron = QRectF(box.right() - 25, (_HEIGHT - 14) / 2, 14, 14)
        draw_icon(painter, "chevron-down", chevron, color(tokens, "fg3"))
        badge_font = text_font(tokens, "xs", MEDIUM)
        badge_text = f"{round(self._fraction * 100)} %" if self._fraction >= 0 else self._badge
        badge_width = QFontMetrics(badge_font).horizontalAdvance(badge_text)
        right = chevron.left() - 8
        name_font = text_font(tokens, "s", MEDIUM)
        room = QRectF(31, 0, right - 31 - (badge_width + 8 if badge_text else 0), _HEIGHT)
        shown = QFontMetrics(name_font).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1
        )
        painter.setFont(name_font)
        painter.setPen(color(tokens, "fg"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if badge_text:
            left = room.left() + QFontMetrics(name_font).horizontalAdvance(shown) + 8
            painter.setFont(badge_font)
            painter.setPen(color(tokens, "fg2"))
            painter.drawText(
                QRectF(left, 0, badge_width + 2, _HEIGHT), Qt.AlignmentFlag.AlignVCenter, badge_text
            )
        painter.end()

    def _paint_progress(self, painter: QPainter, box: QRectF) -> None:
        tokens = self._theme.tokens
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(box.adjusted(1, 1, -1, -1), _HEIGHT / 2, _HEIGHT / 2)
        painter.setClipPath(shape)
        done = QRectF(box.left(), box.top(), box.width() * self._fraction, box.height())
        painter.fillRect(done, color(tokens, "accent_soft"))
        painter.fillRect(QRectF(done.left(), box.bottom() - 2, done.width(), 2), color(tokens, "accent"))
        painter.restore()
