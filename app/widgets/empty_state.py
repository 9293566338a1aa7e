"""What an empty page says: what it is for, and the first step."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.painting import SEMIBOLD, color, rounded_box
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel

_LEAST = 168
_LOW = 260
"""Where there is less height, as in the lower region, words and picture are the smaller ones."""
_TILE, _SMALL_TILE = 44, 36
_EDGE = 16
"""Pixels to the left and to the right of the words."""


class IconTile(QWidget):
    """An icon on a soft square."""

    def __init__(self, icon_name: str, theme: Theme, side: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self.setFixedSize(QSize(side, side))
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        rounded_box(painter, box, tokens.radius_bubble, color(tokens, "accent_soft"))
        inset = self.width() * 0.27
        place = box.adjusted(inset, inset, -inset, -inset)
        draw_icon(painter, self._icon_name, place, color(tokens, "accent_text"))
        painter.end()


class EmptyState(QWidget):
    """Icon, title, a sentence or two of at most `width` logical pixels, and at most one action."""

    action_requested = Signal()

    def __init__(
        self,
        icon_name: str,
        title: str,
        text: str,
        theme: Theme,
        *,
        action_text: str = "",
        action_icon: str = "",
        compact: bool = False,
        width: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._compact = compact
        self._widest = width or (320 if compact else 420)
        self.title = TextLabel(title, theme, role="fg", size="xl", weight=SEMIBOLD, wrap=True)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text = TextLabel(text, theme, size="m", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._tile = IconTile(icon_name, theme, _TILE)
        theme.changed.connect(self._fit)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._tile, 0, centre)
        column.addSpacing(4)
        column.addWidget(self.title, 0, centre)
        column.addWidget(self.text, 0, centre)
        self.action: TextButton | None = None
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        if action_text:
            self.action = TextButton(action_text, theme, kind="primary", icon_name=action_icon)
            self.action.clicked.connect(self.action_requested)
            self._actions.addWidget(self.action)
            column.addSpacing(8)
            column.addLayout(self._actions)
            column.setAlignment(self._actions, centre)
        column.addStretch(3)
        self._fit()

    def add_action(self, button: TextButton) -> None:
        """A second thing to do, beside the one that was given first."""
        self._actions.addWidget(button)

    def set_text(self, text: str) -> None:
        self.text.set_text(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Narrower and smaller where there is less room, and without the picture where it is very low. A
        centred label does not get the height its lines need by itself.
        """
        small = self._compact or self.height() < _LOW
        self.title.set_size("m" if small else "xl")
        self.text.set_size("s" if small else "m")
        self._tile.setFixedSize(*(_SMALL_TILE if small else _TILE,) * 2)
        margins = self.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 2 * _EDGE
        for label in (self.title, self.text):
            width = max(min(self._widest, room), _LEAST - 2 * _EDGE)
            label.setFixedWidth(width)
            label.setMinimumHeight(max(0, label.heightForWidth(width)))
        words = self.title.minimumHeight() + self.text.minimumHeight()
        action = self.action.height() + 16 if self.action is not None else 0
        self._tile.setVisible(self.height() >= words + action + self._tile.height() + 48)
