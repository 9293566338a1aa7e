"""Which attention of an encoder-decoder is shown."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.inspection_subject import AttentionPart, Subject
from app.theme.theme import Theme
from app.widgets.select import Select


class PartChoice(QWidget):
    """Decoder, encoder or cross-attention; hidden where there is only one."""

    chosen = Signal()
    """By the user."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part: AttentionPart = "attention"
        self.offered = False
        self.select = Select(self.tr("Which attention"), _choices(), theme, height=22)
        self.select.set_current(self.part)
        self.select.setFixedWidth(132)
        self.select.setToolTip(
            self.tr(
                "The decoder reading what it has written, the encoder reading its text both ways, or the "
                "decoder reading the encoder's text (cross-attention)."
            )
        )
        self.select.selected.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.select)
        self.hide()

    def show_parts(self, subject: Subject | None) -> None:
        """Offer what there is of this subject."""
        self.offered = subject is not None and bool(subject.parts)
        self.setVisible(self.offered)

    def _choose(self, part: AttentionPart) -> None:
        if part != self.part:
            self.part = part
            self.chosen.emit()


def _choices() -> tuple[tuple[str, str], ...]:
    translate = QCoreApplication.translate
    return (
        ("attention", translate("PartChoice", "Decoder")),
        ("encoder_attention", translate("PartChoice", "Encoder")),
        ("cross_attention", translate("PartChoice", "Cross-attention")),
    )
