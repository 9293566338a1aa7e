"""An on/off switch."""

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.theme import Theme
from app.widgets.painting import color, focus_ring, rounded_box

_WIDTH, _HEIGHT = 30, 18
_SLIDE_MS = 110


class Switch(QCheckBox):
    """A check box drawn as a switch; screen readers hear a check box called `name`."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._position = 0.0
        self._slide = QVariantAnimation(self)
        self._slide.setDuration(_SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._move_to)
        self.setAccessibleName(name)
        self.setFixedSize(QSize(_WIDTH + 4, _HEIGHT + 4))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.toggled.connect(self._on_toggled)
        theme.changed.connect(self.update)

    def hitButton(self, pos: object) -> bool:
        """The whole widget reacts, not only the place of the platform's indicator."""
        return True

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH + 4, _HEIGHT + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        track = QRectF(2, 2, _WIDTH, _HEIGHT)
        fill = color(tokens, "accent_fill" if self.isChecked() else "line2")
        border = None if self.isChecked() else color(tokens, "fg3")
        rounded_box(painter, track, _HEIGHT / 2, fill, border)
        radius = _HEIGHT / 2 - 3
        centre = QPointF(
            track.left() + 3 + radius + self._position * (_WIDTH - 6 - 2 * radius), track.center().y()
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(tokens, "on_accent" if self.isChecked() or not tokens.dark else "fg2"))
        painter.drawEllipse(centre, radius, radius)
        if has_keyboard_focus(self):
            focus_ring(painter, QRectF(self.rect()), _HEIGHT / 2 + 2, tokens)
        painter.end()

    def sync(self) -> None:
        """Put the knob where the state is, after a change with blocked signals."""
        self._slide.stop()
        self._move_to(1.0 if self.isChecked() else 0.0)

    def _on_toggled(self, checked: bool) -> None:
        target = 1.0 if checked else 0.0
        if not self.isVisible() or self._theme.reduced_motion:
            self._move_to(target)
            return
        self._slide.stop()
        self._slide.setStartValue(self._position)
        self._slide.setEndValue(target)
        self._slide.start()

    def _move_to(self, position: object) -> None:
        self._position = float(position) if isinstance(position, (int, float)) else self._position
        self.update()
