"""The files attached to the message being written, as chips that can be taken away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.pages.chat.pill import Pill
from app.theme.theme import Theme
from app.widgets.flow_layout import FlowLayout
from engine.messages import AttachmentPart


class AttachmentChips(QWidget):
    """Hidden while there are none. `removed` follows when the user takes one away."""

    removed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.attachments: list[AttachmentPart] = []
        self._chips: list[Pill] = []
        self._layout = FlowLayout(self, spacing=6)
        self.hide()

    def set_attachments(self, attachments: Sequence[AttachmentPart]) -> None:
        """Show these instead."""
        self.attachments = list(attachments)
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for attachment in self.attachments:
            chip = Pill("file-text", attachment.name, self._theme, removable=True, parent=self)
            chip.setAccessibleDescription(self.tr("Attached file; Delete removes it"))
            chip.removed.connect(lambda attachment=attachment: self._remove(attachment))
            self._layout.addWidget(chip)
            self._chips.append(chip)
        self.setVisible(bool(self._chips))

    def _remove(self, attachment: AttachmentPart) -> None:
        self.set_attachments([kept for kept in self.attachments if kept is not attachment])
        self.removed.emit()
