"""The bar above a page's work: what is open, the page's own controls, the buttons of the regions."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.commands.binding import bind
from app.commands.registry import CommandRegistry
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.painting import MEDIUM, SEMIBOLD
from app.widgets.text_button import TextButton, show_words_where
from app.widgets.text_label import TextLabel

_TITLE = 120
"""Logical pixels that a page's title keeps before buttons give up their words."""

REGION_COMMANDS = {"view.bottom": "panel-bottom", "view.inspector": "panel-right"}


class TopBar(QWidget):
    """46 px. Pages put it at the top of their centre.

    `add(widget)` appends to the right part, before the region buttons.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(theme.tokens.top_bar)
        self.setProperty("surface", "topbar")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = TextLabel("", theme, role="fg", size="l", weight=SEMIBOLD)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._title.setMinimumWidth(40)
        self._subtitle = TextLabel("", theme, role="fg3", size="xs", weight=MEDIUM, middle=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 0, 10, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self._title)
        self._row.addWidget(self._subtitle, 1000)
        self._row.addStretch(1)
        self._fixed = 0

    def set_heading(self, title: str, subtitle: str = "") -> None:
        self._title.set_text(title)
        self._subtitle.set_text(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add(self, widget: QWidget) -> None:
        """Append a control before the region buttons."""
        self._row.insertWidget(self._row.count() - self._fixed, widget)

    def minimumSizeHint(self) -> QSize:
        """Its buttons can do without their words."""
        hint = super().minimumSizeHint()
        saved = sum(button.sizeHint().width() - button.bare_width() for button in self._texts())
        return QSize(hint.width() - saved, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        texts = self._texts()
        words = sum(button.sizeHint().width() for button in texts)
        others = self._row.sizeHint().width() - words - self._title.sizeHint().width()
        show_words_where(self.width() - others - min(self._title.sizeHint().width(), _TITLE), texts)

    def _texts(self) -> list[TextButton]:
        shown = self.findChildren(TextButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [button for button in shown if not button.isHidden()]

    def add_region_buttons(self, registry: CommandRegistry, *commands: str) -> None:
        """Buttons that show and hide regions; all there are unless named."""
        for command in commands or tuple(REGION_COMMANDS):
            button = IconButton(REGION_COMMANDS[command], registry.title(command), self._theme)
            bind(button, registry.action(command))
            self._row.addWidget(button)
            self._fixed += 1
