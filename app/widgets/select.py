"""A drop-down choice."""

from collections.abc import Sequence
from heapq import nlargest

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.described import label_by_name
from app.widgets.painting import MEDIUM, color, focus_ring, rounded_box, text_font
from app.widgets.select_items import SelectItems

DOT = "  ·  "
"""Between a name and facts about it."""
_MEASURED = 24
"""Of the choices, the longest by their letters, whose widths say how wide the box wants to be."""

_LONG = 40
"""More choices come in a list that scrolls."""

_LIST_MARGINS, _WIDEST_LIST = 44, 420
"""Logical pixels: beside the texts in the list, a scroll bar among them; and of the whole list."""


class Select(QComboBox):
    """Choices as (key, text), keys unique; there may be thousands. The wheel never changes it by accident.

    `middle`: texts that have no room lose their middle, for names that differ at their ends.
    """

    selected = Signal(str)
    """The key the user picked (not emitted by `set_current`)."""

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        theme: Theme,
        *,
        height: int = 28,
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = height
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self._items = SelectItems(self)
        self.setMaxVisibleItems(16)
        self._widest: int | None = None
        self.setModel(self._items)
        view = self.view()
        view.setTextElideMode(self._mode)
        if isinstance(view, QListView):
            view.setUniformItemSizes(True)
        self.setAccessibleName(name)
        label_by_name(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFixedHeight(height)
        self._is_long = False
        self._restyle()
        self.set_choices(choices)
        self.activated.connect(lambda _index: self.selected.emit(self.current()))
        theme.changed.connect(self.update)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Replace the choices, keeping the current key where it is still there."""
        if tuple(choices) == self._items.choices:
            return
        before = self.current()
        self._widest = None
        self._items.set_choices(choices)
        if self._is_long != (len(choices) > _LONG):
            self._is_long = not self._is_long
            self._restyle()
        self.set_current(before)
        self.updateGeometry()

    def has(self, key: str) -> bool:
        return self._items.place(key) >= 0

    def current(self) -> str:
        """The chosen key, empty for none."""
        return str(self.currentData() or "")

    def set_current(self, key: str) -> None:
        self.setCurrentIndex(self._items.place(key))

    def _restyle(self) -> None:
        # The application's style sheet would force its own height on a combo box. Without `combobox-popup` Qt
        # lays every choice out before it shows the list.
        room = self._height - 2
        popup = "combobox-popup:0;" if self._is_long else ""
        self.setStyleSheet(f"QComboBox{{min-height:{room}px;max-height:{room}px;padding:0;{popup}}}")

    def sizeHint(self) -> QSize:
        if self._widest is None:
            self._widest = self._measure(text_font(self._theme.tokens, "s", MEDIUM))
        return QSize(self._widest + 36, self._height)

    def showPopup(self) -> None:
        """The list is as wide as its texts, also where the field is not."""
        view = self.view()
        view.setMinimumWidth(min(self._measure(view.font()) + _LIST_MARGINS, _WIDEST_LIST))
        super().showPopup()

    def _measure(self, font: QFont) -> int:
        metrics = QFontMetrics(font)
        longest = nlargest(_MEASURED, (text for _key, text in self._items.choices), key=len)
        return max((metrics.horizontalAdvance(text) for text in longest), default=60)

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
        metrics = QFontMetrics(font)
        if self._mode == Qt.TextElideMode.ElideMiddle and metrics.horizontalAdvance(text) > room.width():
            text = text.split(DOT)[0]  # the whole name before facts about it
        shown = metrics.elidedText(text, self._mode, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        arrow = QRectF(box.right() - 22, box.center().y() - 7, 14, 14)
        draw_icon(painter, "chevron-down", arrow, color(tokens, "fg3"))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_control, tokens)
        painter.end()
