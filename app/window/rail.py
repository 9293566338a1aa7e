"""The activity rail: the program's mark and one button for each page."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.pages.page import PageEntry
from app.resource_paths import resource
from app.theme.focus import draw_focus_ring, has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.choice import Choice

WIDTH = 56
ROW = 44
PLATE = QRectF(10, 4, 36, 36)
BAR = QRectF(0, 13, 3, 18)
GLYPH = QRectF(18, 12, 20, 20)


class RailButton(QAbstractButton):
    """One page. Checked, it has a plate and the accent bar at the window's edge."""

    def __init__(self, icon_name: str, theme: Theme) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._theme = theme
        self.setCheckable(True)
        self.setFixedSize(WIDTH, ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def set_label(self, text: str, keys: str = "") -> None:
        """Accessible name, and tooltip with the key."""
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({keys})" if keys else text)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        tokens = theme.tokens
        lively = self.isChecked() or self.underMouse()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(theme.color("bg5" if tokens.dark else "bg3"))
            painter.drawRoundedRect(PLATE, tokens.radius_card, tokens.radius_card)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(BAR, 1.5, 1.5)
        elif self.underMouse() or self.isDown():
            painter.setBrush(theme.color("bg4"))
            painter.drawRoundedRect(PLATE, tokens.radius_card, tokens.radius_card)
        draw_icon(painter, self._icon_name, GLYPH, theme.color("fg" if lively else "fg3"))
        if has_keyboard_focus(self):
            draw_focus_ring(painter, PLATE, tokens, tokens.radius_card)
        painter.end()


class MarkButton(QAbstractButton):
    """The program's mark; opens the menu."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._renderer = QSvgRenderer(str(resource("app-icon.svg")), self)
        self.setFixedSize(WIDTH, ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.isDown():
            painter.setOpacity(0.88)
        self._renderer.render(painter, QRectF(13, 7, 30, 30))
        if has_keyboard_focus(self):
            draw_focus_ring(painter, PLATE, self._theme.tokens, self._theme.tokens.radius_card)
        painter.end()


class Rail(QWidget):
    """Emits the id of the page whose button was pressed."""

    page_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: dict[str, RailButton] = {}
        self._entries: dict[str, PageEntry] = {}
        self._keys: dict[str, str] = {}
        self._choice = Choice(self._choose)
        self.setFixedWidth(WIDTH + 1)
        self.setProperty("surface", "rail")
        self.setProperty("edge", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.mark = MarkButton(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.mark)
        column.addSpacing(6)
        self._upper = QVBoxLayout()
        self._lower = QVBoxLayout()
        for part in (self._upper, self._lower):
            part.setSpacing(0)
        column.addLayout(self._upper)
        column.addStretch(1)
        column.addLayout(self._lower)
        self.retranslate()

    def add(self, entry: PageEntry) -> None:
        """A button for a page, below those that are there."""
        button = RailButton(entry.icon_name, self._theme)
        self._choice.watch(entry.id, button)
        self._entries[entry.id] = entry
        self._buttons[entry.id] = button
        (self._lower if entry.below else self._upper).addWidget(button)
        self._label(entry.id)

    def button(self, page_id: str) -> RailButton:
        return self._buttons[page_id]

    def set_current(self, page_id: str) -> None:
        with self._choice.quietly():
            for other, button in self._buttons.items():
                button.setChecked(other == page_id)

    def set_keys(self, page_id: str, keys: str) -> None:
        """The shortcut named in the tooltip."""
        self._keys[page_id] = keys
        self._label(page_id)

    def retranslate(self) -> None:
        self.mark.setAccessibleName(self.tr("Menu"))
        self.mark.setToolTip(self.tr("Menu (F10)"))
        for page_id in self._buttons:
            self._label(page_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        buttons = [self.mark, *self._buttons.values()]
        focused = next((index for index, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _label(self, page_id: str) -> None:
        self._buttons[page_id].set_label(self._entries[page_id].title(), self._keys.get(page_id, ""))

    def _choose(self, page_id: str) -> None:
        self.set_current(page_id)
        self.page_chosen.emit(page_id)
