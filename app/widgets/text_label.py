"""A label in one of the text styles of the design, following the theme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.theme.fonts import lines_up
from app.theme.theme import Theme
from app.widgets.painting import NORMAL, TextSize, color, text_font
from app.widgets.squeezed import explain_squeezed


class TextLabel(QLabel):
    """Plain text with a colour role (`fg2`, `warn`, …), size and weight.

    `elide` shortens to the width with an ellipsis and shows the whole text as tooltip; `middle` does so in
    the middle, for names that differ at their ends. A plain label asks for the room of its text, and is
    shortened in the same way where it does not get it.
    """

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        role: str = "fg2",
        size: TextSize = "s",
        weight: QFont.Weight = NORMAL,
        tabular: bool = False,
        mono: bool = False,
        wrap: bool = False,
        elide: bool = False,
        middle: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = role
        self._elide = elide or middle
        self._mode = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self._full_text = text
        self._size: TextSize = size
        self._weight = weight
        self._tabular = tabular
        self._mono = mono
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap or self._elide:
            policy = QSizePolicy.Policy.Ignored if self._elide else QSizePolicy.Policy.Preferred
            self.setSizePolicy(policy, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_text(text)

    def set_text(self, text: str) -> None:
        changed = self._tabular and lines_up(text) != lines_up(self._full_text)
        self._full_text = text
        if changed:
            self._restyle()
        self._show_text()

    def full_text(self) -> str:
        """The text before shortening."""
        return self._full_text

    def set_role(self, role: str) -> None:
        """Another colour, e.g. `error` while something is wrong."""
        if role != self._role:
            self._role = role
            self._restyle()

    def set_size(self, size: TextSize) -> None:
        """Another size, e.g. a smaller one where there is little room."""
        if size != self._size:
            self._size = size
            self._restyle()

    def is_shortened(self) -> bool:
        """Whether it shows an ellipsis now."""
        return self._is_squeezed() or self.text() != self._full_text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._show_text()
        elif not self.wordWrap():
            self._explain_squeezed()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_squeezed():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(color(self._theme.tokens, self._role))
        shown = painter.fontMetrics().elidedText(self._full_text, self._mode, self.width())
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()

    def _is_squeezed(self) -> bool:
        """A plain label that was not given the room it asks for."""
        return not self._elide and not self.wordWrap() and self.sizeHint().width() > self.width() + 1

    def _explain_squeezed(self) -> None:
        explain_squeezed(self, self._full_text, squeezed=self._is_squeezed())

    def _show_text(self) -> None:
        if not self._elide:
            self.setText(self._full_text)
            self._explain_squeezed()
            return
        width = max(self.width(), 8)
        shown = QFontMetrics(self._font()).elidedText(self._full_text, self._mode, width)
        self.setText(shown)
        self.setAccessibleName(self._full_text)
        self.setToolTip(self._full_text if shown != self._full_text else "")

    def _font(self) -> QFont:
        tabular = self._tabular and lines_up(self._full_text)
        return text_font(self._theme.tokens, self._size, self._weight, tabular=tabular, mono=self._mono)

    def _restyle(self) -> None:
        font = self._font()
        families = ",".join(f'"{name}"' for name in font.families())
        self.setFont(font)
        # The application's style sheet would win over the font and the palette of a label.
        self.setStyleSheet(
            f"background:transparent;color:{getattr(self._theme.tokens, self._role)};"
            f"font-family:{families};font-size:{font.pixelSize()}px;font-weight:{int(font.weight())};"
        )
