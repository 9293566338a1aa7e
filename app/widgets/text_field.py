"""Framed fields for a line and for many lines of text."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.theme.icons import draw_icon
from app.theme.theme import Theme
from app.theme.tokens import Tokens
from app.widgets.painting import color, text_font


class TextField(QLineEdit):
    """One line; `icon_name` draws an icon at the left, as in a filter field. Escape clears a filter."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        placeholder: str = "",
        icon_name: str = "",
        mono: bool = False,
        height: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self._mono = mono
        self._height = height
        self._invalid = False
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_invalid(self, invalid: bool) -> None:
        """A red frame while the text cannot be used."""
        if invalid != self._invalid:
            self._invalid = invalid
            self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._icon_name and event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._icon_name:
            return
        painter = QPainter(self)
        place = QRectF(8, (self.height() - 14) / 2, 14, 14)
        draw_icon(painter, self._icon_name, place, color(self._theme.tokens, "fg3"))
        painter.end()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "s", mono=self._mono)
        self.setFont(font)
        families = ",".join(f'"{name}"' for name in font.families())
        left = 28 if self._icon_name else 8
        self.setStyleSheet(
            f"QLineEdit{{background:{tokens.bg2};color:{tokens.fg};border:1px solid "
            f"{tokens.error if self._invalid else tokens.line2};border-radius:{tokens.radius_control}px;"
            f"padding:0 8px 0 {left}px;"
            f"min-height:{self._height - 2}px;max-height:{self._height - 2}px;"
            f"font-family:{families};font-size:{font.pixelSize()}px;"
            f"selection-background-color:{tokens.accent_fill};selection-color:{tokens.on_accent};}}"
            f"QLineEdit:focus{{border-color:{tokens.error if self._invalid else tokens.accent};}}"
        )


class _PlainEdit(QPlainTextEdit):
    focus_changed = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)


class TextArea(QFrame):
    """Many lines in a frame that grows with its text from `min_lines` to `max_lines`.

    `edited` comes by the user only, for every change of the text. Tab leaves the field.
    """

    edited = Signal(str)
    left = Signal(str)
    """The text when the keyboard focus goes."""

    def __init__(
        self,
        name: str,
        theme: Theme,
        *,
        placeholder: str = "",
        mono: bool = False,
        min_lines: int = 3,
        max_lines: int = 14,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mono = mono
        self._lines = (min_lines, max_lines)
        self._invalid = False
        self._focused = False
        self._quiet = False
        self.edit = _PlainEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setReadOnly(read_only)
        self.edit.setTabChangesFocus(True)
        self.edit.setFrameShape(QFrame.Shape.NoFrame)
        self.edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.focus_changed.connect(self._on_focus)
        self.edit.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 2, 2)
        column.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        theme.changed.connect(self._restyle)
        self._restyle()

    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without emitting; the cursor stays where the text is the same."""
        if text == self.text():
            return
        self._quiet = True
        self.edit.setPlainText(text)
        self._quiet = False

    def set_invalid(self, invalid: bool) -> None:
        if invalid != self._invalid:
            self._invalid = invalid
            self._restyle()

    def sizeHint(self) -> QSize:
        return QSize(160, self._wanted_height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._restyle()

    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit(self.text())

    def _on_focus(self, focused: bool) -> None:
        self._focused = focused
        self._restyle()
        if not focused:
            self.left.emit(self.text())

    def _wanted_height(self) -> int:
        spacing = QFontMetrics(self._font_now()).lineSpacing()
        # A plain text document measures its height in lines.
        lines = max(self._lines[0], min(self._lines[1], int(self.edit.document().size().height())))
        return spacing * lines + 16

    def _fit(self) -> None:
        self.setFixedHeight(self._wanted_height())

    def _font_now(self) -> QFont:
        return text_font(self._theme.tokens, "s", mono=self._mono)

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        font = self._font_now()
        self.edit.setFont(font)
        self.setObjectName("textArea")
        self.setStyleSheet(area_style(tokens, edge=self._edge(tokens)))
        families = ",".join(f'"{name}"' for name in font.families())
        self.edit.setStyleSheet(
            f"QPlainTextEdit{{background:transparent;border:0;color:{tokens.fg};font-family:{families};"
            f"font-size:{font.pixelSize()}px;selection-background-color:{tokens.accent_fill};"
            f"selection-color:{tokens.on_accent};}}"
        )
        self._fit()

    def _edge(self, tokens: Tokens) -> str:
        if self._invalid:
            return tokens.error
        return tokens.accent if self._focused else tokens.line2


def area_style(tokens: Tokens, edge: str) -> str:
    """Frame of a text area."""
    return (
        f"QFrame#textArea{{background:{tokens.bg2};border:1px solid {edge};"
        f"border-radius:{tokens.radius_control}px;}}"
    )
