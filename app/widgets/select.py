"""A drop-down choice."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font


class Select(QComboBox):
    """Choices as (key, text), keys unique. The wheel never changes it by accident."""

    selected = Signal(str)
    """The key the user picked (not emitted by `set_current`)."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        theme: Theme,
        *,
        height: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFixedHeight(height)
        self.set_choices(choices)
        self.activated.connect(lambda _index: self.selected.emit(self.current()))
        theme.changed.connect(self.update)
        # The application's style sheet would force its own height on a combo box.
        self.setStyleSheet(f"QComboBox{{min-height:{height - 2}px;max-height:{height - 2}px;padding:0;}}")

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace the choices, keeping the current key where it is still there."""
        before = self.current()
        self.clear()
        for key, text in choices:
            self.addItem(text, key)
        self.set_current(before)

    def current(self) -> str:
        """The chosen key, empty for none."""
        return str(self.currentData() or "")

    def set_current(self, key: str) -> None:
        self.setCurrentIndex(self.findData(key))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(text_font(self._theme.tokens, "s", MEDIUM))
        widest = max(
            (metrics.horizontalAdvance(self.itemText(index)) for index in range(self.count())), default=60
        )
        return QSize(widest + 36, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, self._height)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        box = QRectF(self.rect())
        fill = color(tokens, "bg4" if self.underMouse() else "bg2")
        rounded_box(painter, box, tokens.radius_control, fill, color(tokens, "line2"))
        font = text_font(tokens, "s", MEDIUM)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg" if self.currentIndex() >= 0 else "fg3"))
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        room = box.adjusted(9, 0, -26, 0)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        arrow = QRectF(box.right() - 22, box.center().y() - 7, 14, 14)
        draw_icon(painter, "chevron-down", arrow, color(tokens, "fg3"))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        painter.end()
