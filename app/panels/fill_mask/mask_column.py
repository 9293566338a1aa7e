"""One mask: how certain the model is, and its candidates."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panels.fill_mask.candidate_list import ROW, CandidateList
from app.theme.theme import Theme
from app.widgets.section import SectionHeader
from engine.protocol.inspection import FilledMask

WIDTH = 236


class MaskColumn(QWidget):
    """`taken`: the mask's number and the candidate."""

    taken = Signal(int, object)

    def __init__(self, number: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = self.tr("Mask {number}").format(number=number + 1)
        self.header = SectionHeader(title, theme)
        self.header.setToolTip(
            self.tr(
                "H is the entropy: 0 bits where the model is certain, more the more words could stand here."
            )
        )
        self.list = CandidateList(self.tr("Candidates for mask {number}").format(number=number + 1), theme)
        self.list.taken.connect(lambda one: self.taken.emit(number, one))
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.header)
        column.addWidget(self.list, 1)

    def show_mask(self, mask: FilledMask) -> None:
        self.header.set_note(self.tr("H = {bits} bits").format(bits=f"{mask.entropy:.2f}"))
        self.list.set_candidates(mask.candidates)
        self.list.setMinimumHeight(min(6, len(mask.candidates)) * ROW)
