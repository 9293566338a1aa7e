"""The left region of the chat page: header, search, the list of chats."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.models.session_tree import SessionTreeModel
from app.pages.chat.search_results import SearchResults
from app.pages.chat.session_view import SessionView
from app.theme.theme import Theme
from app.widgets.icon_button import IconButton
from app.widgets.painting import SEMIBOLD
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel

_SEARCH_DELAY_MS = 120
_WORDS_LEFT = 34
"""Where the words of the search field begin, behind its icon, and a gap after them."""


class SearchField(TextField):
    """Down goes to the results, Enter opens the first, Escape clears and then gives the focus back."""

    moved_down = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme, icon_name="search", height=30)
        self.setPlaceholderText(self.tr("Search chats"))
        self.setAccessibleName(self.tr("Search in all chats"))
        self._key = QLabel(self)
        self._key.setProperty("role", "key")
        self._key.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(lambda _text: self._place())
        self.set_shortcut("")

    def set_shortcut(self, keys: str) -> None:
        """Show the key that leads here, where there is room for it."""
        self._key.setText(keys)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        elif event.key() == Qt.Key.Key_Escape and not self.text():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self._key.adjustSize()
        gap = (self.height() - self._key.height()) // 2
        self._key.move(self.width() - self._key.width() - gap - 1, gap)
        words = self.fontMetrics().horizontalAdvance(self.placeholderText()) + _WORDS_LEFT
        self._key.setVisible(bool(self._key.text()) and not self.text() and self._key.x() > words)


class SessionPanel(QWidget):
    """Wires header, field, tree and results; everything wanted comes out as a signal of the parts."""

    new_requested = Signal()
    collapse_requested = Signal()
    search_requested = Signal(str)
    left = Signal()
    """The user is done here: the focus belongs to the composer."""

    def __init__(self, model: SessionTreeModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = SessionView(model, theme, self)
        self.results = SearchResults(theme, self)
        self.field = SearchField(theme)
        self.new_button = IconButton("square-pen", self.tr("New chat"), theme)
        self.collapse_button = IconButton("panel-left", self.tr("Hide the list of chats"), theme)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self.results)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SEARCH_DELAY_MS)
        self._build(theme)
        self._connect()

    def focus_search(self) -> None:
        """Put the keyboard into the search field, with its text selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _build(self, theme: Theme) -> None:
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header = QHBoxLayout()
        header.setContentsMargins(16, 0, 8, 0)
        header.setSpacing(2)
        header.addWidget(TextLabel(self.tr("Chats"), theme, role="fg", size="l", weight=SEMIBOLD))
        header.addStretch(1)
        header.addWidget(self.collapse_button)
        header.addWidget(self.new_button)
        search = QHBoxLayout()
        search.setContentsMargins(12, 0, 12, 0)
        search.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 9, 0, 0)
        column.setSpacing(7)
        column.addLayout(header)
        column.addLayout(search)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_requested)
        self.collapse_button.clicked.connect(self.collapse_requested)
        self.field.textChanged.connect(self._on_text)
        self.field.returnPressed.connect(self._open_first)
        self.field.moved_down.connect(self._enter_list)
        self.field.left.connect(self.left)
        self.results.left.connect(self._leave_results)
        self._delay.timeout.connect(lambda: self.search_requested.emit(self.field.text().strip()))

    def _on_text(self, text: str) -> None:
        if text.strip():
            self._stack.setCurrentWidget(self.results)
            self._delay.start()
        else:
            self._delay.stop()
            self._stack.setCurrentWidget(self.tree)

    def _leave_results(self) -> None:
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_first(self) -> None:
        if self._stack.currentWidget() is self.results:
            self.results.open_first()

    def _enter_list(self) -> None:
        target = self._stack.currentWidget()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
