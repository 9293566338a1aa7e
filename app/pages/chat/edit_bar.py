"""The row above the composer's field while an existing message is edited: what it is, and how to end it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.theme.theme import Theme
from app.widgets.text_button import TextButton
from app.widgets.text_label import TextLabel
from engine.messages import Role


class EditBar(QWidget):
    """Emits how the edit is to be saved: “answer”, “version”, “in_place”."""

    finished = Signal(str)
    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role: Role = "user"
        self._title = TextLabel("", theme, role="accent_text", size="s")
        cancel = TextButton(self.tr("Cancel"), theme, kind="ghost")
        cancel.setToolTip(self.tr("Leave the message as it was (Esc)"))
        in_place = TextButton(self.tr("Save without version"), theme, kind="ghost")
        in_place.setToolTip(self.tr("Change the message itself; the old text is gone"))
        self._version = TextButton(self.tr("Save"), theme, kind="plain")
        self._version.setToolTip(self.tr("A new version of the message, without a reply yet"))
        self._save = TextButton("", theme, kind="primary")
        self._save.setToolTip(self.tr("Ctrl+Enter"))
        cancel.clicked.connect(self.cancelled)
        in_place.clicked.connect(lambda: self.finished.emit("in_place"))
        self._version.clicked.connect(lambda: self.finished.emit("version"))
        self._save.clicked.connect(self.save)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._title)
        row.addStretch(1)
        for button in (cancel, in_place, self._version, self._save):
            row.addWidget(button)
        self.hide()

    def show_role(self, role: Role) -> None:
        """A message of this role is edited."""
        self._role = role
        captions: dict[Role, str] = {
            "user": self.tr("Editing your message"),
            "assistant": self.tr("Editing the reply"),
            "system": self.tr("Editing the system message"),
            "tool": self.tr("Editing the tool result"),
        }
        self._title.set_text(captions[role])
        asks = role == "user"
        self._save.setText(self.tr("Save and send") if asks else self.tr("Save as new version"))
        self._version.setVisible(asks)

    def save(self) -> None:
        """The usual way for this role: a user's message is answered again."""
        self.finished.emit("answer" if self._role == "user" else "version")
