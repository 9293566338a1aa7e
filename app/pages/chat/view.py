"""The centre of the chat page: bar, notices, conversation, composer."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.commands.registry import CommandRegistry
from app.pages.chat.banner import Banner
from app.pages.chat.composer import Composer
from app.pages.chat.find_bar import FindBar
from app.pages.chat.start_page import StartPage
from app.pages.chat.top_bar import ChatTopBar
from app.theme.theme import Theme
from app.widgets.transcript.view import TranscriptView

_COMPOSER_EXTRA = 16
"""The card is this much wider than the text column."""
_MARGIN = 16


class ChatView(QWidget):
    """Lays the parts out; their signals are wired by the page."""

    files_dropped = Signal(list)
    """Paths that were dropped on the conversation; the composer has a signal of its own."""

    def __init__(self, theme: Theme, registry: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.top_bar = ChatTopBar(theme, registry, self)
        self.banner = Banner(theme, self)
        self.transcript = TranscriptView(theme)
        self.find_bar = FindBar(self.transcript, theme, self)
        self.start = StartPage(theme)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.transcript)
        # Last, so that Tab goes through the page from top to bottom.
        self.composer = Composer(theme, self)
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.setProperty("firstFocus", self.composer.edit)
        self._composer_row = QHBoxLayout()
        self._composer_row.setContentsMargins(_MARGIN, 4, _MARGIN, 12)
        self._composer_row.addWidget(self.composer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.top_bar, self.banner, self.find_bar):
            column.addWidget(widget)
        column.addWidget(self._stack, 1)
        column.addLayout(self._composer_row)
        self.banner.left.connect(self.composer.edit.setFocus)
        self.find_bar.closed.connect(self.composer.edit.setFocus)
        self.transcript.installEventFilter(self)

    def show_conversation(self, shown: bool) -> None:
        """The transcript, or what an empty chat shows."""
        self._stack.setCurrentWidget(self.transcript if shown else self.start)

    @property
    def shows_conversation(self) -> bool:
        return self._stack.currentWidget() is self.transcript

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Typing over the conversation goes to the composer; Escape there stops the reply."""
        if watched is not self.transcript or event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(event, QKeyEvent) or self.transcript.focused is not None:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.composer.edit.escaped.emit()
            return True
        control = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        text = event.text()
        if control or not text or not text.isprintable() or text == " ":
            return False
        self.composer.edit.setFocus()
        self.composer.edit.insertPlainText(text)
        return True

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self._theme.tokens.text_column + _COMPOSER_EXTRA
        side = max(_MARGIN, (self.width() - wanted) // 2)
        self._composer_row.setContentsMargins(side, 4, side, 12)
