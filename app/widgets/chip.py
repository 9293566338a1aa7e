"""Small rounded tags, and an editor for a list of short texts."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.theme.focus import has_keyboard_focus
from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.widgets.flow_layout import FlowLayout
from app.widgets.painting import color, focus_ring, rounded_box, text_font
from app.widgets.text_field import TextField


class Chip(QAbstractButton):
    """A tag. With `remove_text` it carries a cross and a click (or Delete) asks to remove it."""

    remove_requested = Signal()

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        remove_text: str = "",
        mono: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mono = mono
        self._removable = bool(remove_text)
        self.setText(text)
        self.setAccessibleName(remove_text or text)
        self.setToolTip(remove_text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._removable else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if self._removable:
            self.clicked.connect(self.remove_requested)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        font = text_font(self._theme.tokens, "xs", mono=self._mono)
        width = QFontMetrics(font).horizontalAdvance(self.text()) + 16
        return QSize(width + (14 if self._removable else 0), 22)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_requested.emit()
            return
        super().keyPressEvent(event)

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
        hot = self._removable and self.underMouse()
        fill = color(tokens, "bg5" if hot else "bg4")
        rounded_box(painter, box, tokens.radius_tag, fill, color(tokens, "line2"))
        font = text_font(tokens, "xs", mono=self._mono)
        painter.setFont(font)
        painter.setPen(color(tokens, "fg" if hot else "fg2"))
        room = box.adjusted(8, 0, -22 if self._removable else -8, 0)
        shown = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if self._removable:
            cross = QRectF(box.right() - 18, box.center().y() - 6, 12, 12)
            draw_icon(painter, "x", cross, color(tokens, "fg" if hot else "fg2"))
        if has_keyboard_focus(self):
            focus_ring(painter, box, tokens.radius_tag, tokens)
        painter.end()


def show_escapes(text: str) -> str:
    """A text with its invisible characters written out: a line break becomes ``\\n``."""
    return json.dumps(text, ensure_ascii=False)[1:-1].replace('\\"', '"')


def read_escapes(text: str) -> str:
    """The opposite of `show_escapes`; what is no valid escape stays as typed."""
    try:
        value = json.loads('"' + text.replace('"', '\\"') + '"')
    except ValueError:
        return text
    return value if isinstance(value, str) else text


class ChipsEditor(QWidget):
    """Chips with a field to add one: Enter adds, a click or Delete on a chip removes it.

    `remove_text` names the removal of one chip and holds ``{text}``.
    """

    changed = Signal(tuple)
    """The texts in order, by the user only."""

    def __init__(
        self, name: str, placeholder: str, remove_text: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._remove_text = remove_text
        self._texts: list[str] = []
        self._flow_host = QWidget()
        self._flow = FlowLayout(self._flow_host, spacing=4)
        self.field = TextField(name, theme, placeholder=placeholder)
        self.field.returnPressed.connect(self._add_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._flow_host)
        column.addWidget(self.field)
        self._rebuild()

    def texts(self) -> tuple[str, ...]:
        return tuple(self._texts)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show a list without emitting."""
        if list(texts) != self._texts:
            self._texts = list(texts)
            self._rebuild()

    def chips(self) -> list[Chip]:
        return self._flow_host.findChildren(Chip)

    def _add_typed(self) -> None:
        text = read_escapes(self.field.text())
        if not text:
            return
        self.field.clear()
        if text not in self._texts:
            self._texts.append(text)
            self._rebuild()
            self.changed.emit(self.texts())

    def _remove(self, text: str) -> None:
        self._texts.remove(text)
        self._rebuild()
        self.field.setFocus()
        self.changed.emit(self.texts())

    def _rebuild(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for text in self._texts:
            shown = show_escapes(text)
            chip = Chip(
                shown,
                self._theme,
                remove_text=self._remove_text.format(text=shown),
                mono=True,
                parent=self._flow_host,
            )
            chip.remove_requested.connect(lambda text=text: self._remove(text))
            self._flow.addWidget(chip)
            chip.show()
        self._flow_host.setVisible(bool(self._texts))
        self.updateGeometry()
