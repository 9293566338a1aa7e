"""A data set from chats: which of them, and as what."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.dialogs.room import open_as_large_as
from app.widgets.painting import SEMIBOLD
from app.widgets.segmented import SegmentedControl
from app.widgets.text_button import TextButton
from app.widgets.text_field import TextField
from app.widgets.text_label import TextLabel
from engine.store.records import SessionRecord

_ROW = 28


class ChatsDialog(QDialog):
    """All chats with something in them, the newest first and all of them chosen."""

    confirmed = Signal(list, str, str)
    """Ids of the chats, what to make of them (messages, preference, kto), and a name."""

    def __init__(self, sessions: Sequence[SessionRecord], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setWindowTitle(self.tr("Data set from chats"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_as_large_as(self, 520, 520)
        self.kind = SegmentedControl(
            self.tr("Rows"),
            (
                ("messages", self.tr("Conversations")),
                ("preference", self.tr("Preferences")),
                ("kto", self.tr("Rated replies")),
            ),
            theme,
        )
        self.kind.set_current("messages")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Chats"))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        for session in sorted(sessions, key=lambda one: one.updated_ms, reverse=True):
            if session.message_count > 1:
                self._add(session)
        self.name = TextField(self.tr("Name of the data set"), theme, height=30)
        self.name.setText(self.tr("My chats"))
        self.make = TextButton(self.tr("Make data set"), theme, kind="primary")
        self._words = TextLabel("", theme, role="fg3", wrap=True)
        self._build()
        self.kind.selected.connect(lambda _key: self._explain())
        self.list.itemChanged.connect(lambda _item: self._explain())
        self._explain()

    def chosen(self) -> list[str]:
        """Ids of the marked chats."""
        items = [self.list.item(row) for row in range(self.list.count())]
        checked = Qt.CheckState.Checked
        return [str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == checked]

    def accept(self) -> None:
        name = self.name.text().strip() or self.tr("My chats")
        self.confirmed.emit(self.chosen(), self.kind.current() or "messages", name)
        super().accept()

    def _add(self, session: SessionRecord) -> None:
        item = QListWidgetItem(session.title or self.tr("New chat"))
        item.setData(Qt.ItemDataRole.UserRole, session.id)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
        item.setSizeHint(QSize(0, _ROW))
        self.list.addItem(item)

    def _explain(self) -> None:
        words = {
            "messages": self.tr(
                "One row a chat, along the versions of replies you chose, up to the first with a thumb down."
            ),
            "preference": self.tr(
                "One row for each reply that has a better version: thumbs up beats the version the chat goes"
                " on with, and that one beats the others."
            ),
            "kto": self.tr("One row for each reply that you gave a thumb."),
        }
        self._words.set_text(words[self.kind.current() or "messages"])
        self.make.setEnabled(bool(self.chosen()))

    def _build(self) -> None:
        theme = self._theme
        cancel = TextButton(self.tr("Cancel"), theme, kind="ghost")
        cancel.clicked.connect(self.reject)
        self.make.clicked.connect(self.accept)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(key, self, lambda: cancel.click() if cancel.hasFocus() else self.make.click())
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.make)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(
            TextLabel(self.tr("Data set from chats"), theme, role="fg", size="l", weight=SEMIBOLD)
        )
        column.addWidget(self.kind)
        column.addWidget(self._words)
        column.addWidget(self.list, 1)
        column.addWidget(self.name)
        column.addLayout(buttons)
