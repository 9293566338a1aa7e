"""The text field of the composer: grows, sends on Enter, recalls, takes files and long pastes."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app.theme.fonts import ui_font
from app.theme.theme import Theme
from app.theme.tokens import Tokens

MAX_LINES = 10
MAX_EDIT_LINES = 18
LONG_PASTE_CHARS = 4_000

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ComposerEdit(QPlainTextEdit):
    """Plain text. `enter_sends` False turns the two Enter keys around (then Ctrl+Enter or Shift+Enter sends).

    While an input method composes, Enter belongs to it. `popup_keys` names the keys that an open popup
    takes before the field sees them.
    """

    submitted = Signal()
    escaped = Signal()
    files_dropped = Signal(list)
    long_paste = Signal(str)
    popup_key = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._composing = False
        self._history: list[str] = []
        self._recalled = -1
        self.enter_sends = True
        self.editing = False
        self.popup_open = False
        self.setObjectName("composerEdit")
        self.setAccessibleName(self.tr("Message"))
        self.setFont(ui_font(theme.tokens.text_l))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._on_text_changed)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_history(self, texts: list[str]) -> None:
        """What Up recalls in an empty field, newest last."""
        self._history = texts
        self._recalled = -1

    def set_text(self, text: str) -> None:
        """Replace everything; undo can bring the old text back. The caret goes to the end."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    # input

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing:
            super().keyPressEvent(event)
        elif self.popup_open and event.key() in _POPUP_KEYS:
            self.popup_key.emit(event.key())
        elif event.key() in _ENTER:
            self._on_enter(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif not self._recall(event):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasUrls() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = [url.toLocalFile() for url in source.urls() if url.isLocalFile()]
        if files:
            self.files_dropped.emit(files)
            return
        text = source.text()
        super().insertFromMimeData(source)
        if len(text) >= LONG_PASTE_CHARS and not self.editing:
            self.long_paste.emit(text)

    def _on_enter(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if self.editing:
            sends = control
        elif self.enter_sends:
            sends = modifiers == Qt.KeyboardModifier.NoModifier
        else:
            sends = bool(
                modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
            )
        if sends:
            self.submitted.emit()
        elif control or modifiers & Qt.KeyboardModifier.AltModifier:
            event.ignore()
        else:
            self.insertPlainText("\n")
            self.ensureCursorVisible()

    def _recall(self, event: QKeyEvent) -> bool:
        """Up in an empty field brings back what was sent before; Up and Down walk on from there."""
        untouched = self._recalled >= 0 and self.toPlainText() == self._history[self._recalled]
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self.editing:
            return False
        if event.key() == Qt.Key.Key_Up and self._history and (untouched or not self.toPlainText()):
            target = self._recalled - 1 if untouched else len(self._history) - 1
            if target < 0:
                return True
            self._show_recalled(target)
            return True
        if event.key() == Qt.Key.Key_Down and untouched:
            target = self._recalled + 1
            self._show_recalled(target if target < len(self._history) else -1)
            return True
        return False

    def _show_recalled(self, position: int) -> None:
        self._recalled = -1
        self.set_text(self._history[position] if position >= 0 else "")
        self._recalled = position

    # size

    def _restyle(self) -> None:
        self.setFont(ui_font(self._theme.tokens.text_l))
        self._fit()

    def _on_text_changed(self) -> None:
        self._fit()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))
        limit = MAX_EDIT_LINES if self.editing else MAX_LINES
        spacing = QFontMetricsF(self.font()).lineSpacing()
        self.setFixedHeight(round(spacing * min(lines, limit)) + 4)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if lines > limit else policy.ScrollBarAlwaysOff
        )


_POPUP_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
)


def composer_style(tokens: Tokens) -> str:
    """The card and the field in it."""
    return (
        f"#composer {{ background: {tokens.bg3}; border: 1px solid {tokens.line2};"
        f" border-radius: {tokens.radius_bubble}px; }}"
        f"#composerEdit {{ background: transparent; border: 0; color: {tokens.fg};"
        f" font-size: {tokens.text_l}px; }}"
    )
