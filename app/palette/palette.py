"""The command palette: one field over the window that finds commands, chats and whatever else is offered."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from app.palette.items import PaletteItem, PaletteProvider
from app.palette.rows import PaletteDelegate, PaletteModel
from app.theme.theme import Theme

WIDTH = 620
TOP = 92
LIST_HEIGHT = 400


class CommandPalette(QFrame):
    """A child of the window, not a window: it opens at once and takes nothing else away.

    Up, Down, Page keys choose; Enter runs; Esc or a click elsewhere closes and gives the keyboard back.
    """

    opened = Signal(str)
    closed = Signal()

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._providers: dict[str, PaletteProvider] = {}
        self._provider: PaletteProvider | None = None
        self._question = 0
        self._before: QWidget | None = None
        self.setProperty("surface", "card")
        self.setProperty("elevated", True)
        self.field = QLineEdit()
        self.field.setProperty("kind", "palette")
        self.field.textChanged.connect(self._ask)
        self.field.installEventFilter(self)
        self.rows = PaletteModel(self)
        self._list = QListView()
        self._list.setModel(self.rows)
        self._list.setItemDelegate(PaletteDelegate(theme, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setMouseTracking(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._clicked)
        self._list.entered.connect(lambda index: self._select(index.row()))
        self._nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("role", "muted")
        self._nothing.setMinimumHeight(64)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 7)
        column.setSpacing(6)
        for widget in (self.field, self._list, self._nothing):
            column.addWidget(widget)
        self.hide()

    def add_provider(self, provider_id: str, provider: PaletteProvider) -> None:
        """Offer another kind of rows; `open_with(provider_id)` shows them."""
        self._providers[provider_id] = provider

    def has_provider(self, provider_id: str) -> bool:
        return provider_id in self._providers

    def open_with(self, provider_id: str, text: str = "") -> None:
        """Show the rows of a provider. The same one again closes. Raises `KeyError` for an unknown one."""
        provider = self._providers[provider_id]
        if self.isVisible() and provider is self._provider:
            self.close_palette()
            return
        self._provider = provider
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.field.setPlaceholderText(provider.placeholder)
        self.field.setAccessibleName(provider.placeholder)
        self._list.setAccessibleName(provider.placeholder)
        if self.field.text() == text:
            self._ask(text)
        else:
            self.field.setText(text)
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.opened.emit(provider_id)

    def current_item(self) -> PaletteItem | None:
        """The row that Enter would run."""
        return self.rows.item(self._list.currentIndex().row())

    def close_palette(self) -> None:
        """Close without running anything; the keyboard goes back where it was."""
        if not self.isVisible():
            return
        self._question += 1
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Top centre of the window, as high as its rows need."""
        width = min(WIDTH, self._window.width() - 48)
        rows = sum(self._list.sizeHintForRow(row) for row in range(min(self.rows.rowCount(), 16)))
        self._list.setFixedHeight(min(rows + 4, LIST_HEIGHT, max(80, self._window.height() - TOP - 140)))
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._window.width() - width) // 2, min(TOP, self._window.height() // 8))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusOut:
                self._question += 1
                self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        row = self._list.currentIndex().row()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.rows.item(row))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._select(self.rows.next_row(row, 1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = 1 if key == Qt.Key.Key_PageDown else -1
            target = min(max(row + step * 9, 0), self.rows.rowCount() - 1)
            self._select(target if self.rows.item(target) else self.rows.next_row(target, step))
        elif key == Qt.Key.Key_Tab:
            pass
        else:
            return False
        return True

    def _ask(self, query: str) -> None:
        if self._provider is None:
            return
        self._question += 1
        question = self._question

        def deliver(items: list[PaletteItem]) -> None:
            if question == self._question:
                self._show(items)

        self._provider.search(query, deliver)

    def _show(self, items: list[PaletteItem]) -> None:
        self.rows.set_items(items)
        self._list.setVisible(bool(items))
        self._nothing.setVisible(not items)
        if self._provider is not None:
            self._nothing.setText(self._provider.nothing_found)
        self._select(self.rows.next_row(-1, 1))
        self._list.scrollToTop()
        self.place()

    def _select(self, row: int) -> None:
        if self.rows.item(row) is not None:
            self._list.setCurrentIndex(self.rows.index(row, 0))

    def _clicked(self, index: QModelIndex) -> None:
        self._run(self.rows.item(index.row()))

    def _run(self, item: PaletteItem | None) -> None:
        if item is None:
            return
        self.close_palette()
        item.run()
