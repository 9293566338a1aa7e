"""An editor for Jinja: colours, and the line with an error."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import (
    QColor,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from app.markdown.highlight import Run, highlight_lines
from app.theme.syntax import syntax_color
from app.theme.theme import Theme
from app.widgets.painting import color, text_font

_MAX_COLOURED = 48 * 1024
_REST_MS = 120


class TemplateEdit(QPlainTextEdit):
    """Undo in here is the editor's own; `setPlainText` starts over."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Chat template"))
        self.setTabChangesFocus(True)
        self._colours = _Colours(self.document(), theme)
        self._error_line = 0
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_error_line(self, line: int) -> None:
        """From 1; 0 for none."""
        self._error_line = line
        marks: list[QTextEdit.ExtraSelection] = []
        block = self.document().findBlockByNumber(line - 1)
        if line > 0 and block.isValid():
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(color(self._theme.tokens, "error", 0.22))
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
            mark.cursor = QTextCursor(block)
            marks.append(mark)
        self.setExtraSelections(marks)

    def go_to_line(self, line: int) -> None:
        block = self.document().findBlockByNumber(line - 1)
        if line > 0 and block.isValid():
            self.setTextCursor(QTextCursor(block))
            self.centerCursor()
            self.setFocus()

    def _restyle(self) -> None:
        tokens = self._theme.tokens
        font = text_font(tokens, "s", mono=True)
        self.setFont(font)
        families = ",".join(f'"{name}"' for name in font.families())
        self.setStyleSheet(
            f"QPlainTextEdit{{background:{tokens.code};color:{tokens.fg};border:1px solid {tokens.line2};"
            f"border-radius:{tokens.radius_control}px;padding:8px;font-family:{families};"
            f"font-size:{font.pixelSize()}px;selection-background-color:{tokens.accent_fill};"
            f"selection-color:{tokens.on_accent};}}"
            f"QPlainTextEdit:focus{{border-color:{tokens.accent};}}"
        )
        self.set_error_line(self._error_line)


class _Colours(QSyntaxHighlighter):
    """The whole text is read again when typing pauses: a tag can span lines."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._lines: list[list[Run]] = []
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._read)
        document.contentsChange.connect(lambda *_: self._rest.start())
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        if number >= len(self._lines):
            return
        for start, length, kind in self._lines[number]:
            style = QTextCharFormat()
            style.setForeground(QColor(syntax_color(kind, self._theme.tokens)))
            self.setFormat(start, length, style)

    def _read(self) -> None:
        text = self.document().toPlainText()
        self._lines = list(highlight_lines(text, "jinja")) if len(text) <= _MAX_COLOURED else []
        self.document().blockSignals(True)
        self.rehighlight()
        self.document().blockSignals(False)
